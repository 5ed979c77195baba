"""Phases as a CSV table: the inverse of `tracker.imports.phases`."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from tracker.domain.phases import Phase, in_order
from tracker.exports.table import table_csv

COLUMNS: Final = ("phase", "start", "end", "label", "medicine", "dose_mg")


def phases_csv(phases: Sequence[Phase], closed_until: date) -> bytes:
    """Return the phases as the bytes of a CSV file, UTF-8, lines ended by LF.

    Args:
        phases: in any order.
        closed_until: the day after the last closed one: an end that lies after it has not come, so
            its cell is empty where no other phase follows.
    """
    ordered = in_order(phases)
    return table_csv(COLUMNS, _rows(ordered, closed_until))


def _rows(ordered: Sequence[Phase], closed_until: date) -> Iterable[tuple[str, ...]]:
    for place, phase in enumerate(ordered):
        is_last = place == len(ordered) - 1
        ended = phase.end is not None and (phase.end <= closed_until or not is_last)
        yield (
            phase.kind.value,
            phase.start.isoformat(),
            phase.end.isoformat() if ended and phase.end is not None else "",
            phase.label,
            phase.medicine,
            "" if phase.dose_mg is None else format(phase.dose_mg.normalize(), "f"),
        )
