"""Phases as a CSV table: the inverse of `tracker.imports.phases`."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from tracker.domain.phases import Phase, as_of
from tracker.exports.table import table_csv

COLUMNS: Final = ("phase", "start", "end", "label", "medicine", "dose_mg")


def phases_csv(phases: Sequence[Phase], closed_until: date) -> bytes:
    """Return the phases as the bytes of a CSV file, UTF-8, lines ended by LF.

    Args:
        phases: in any order.
        closed_until: the day after the last closed one. An end that lies after it has not come, so
            its cell is empty; a phase that has not begun is left out, as no report knows of it and
            only a file's last phase may run.
    """
    return table_csv(COLUMNS, map(_row, as_of(phases, closed_until)))


def _row(phase: Phase) -> tuple[str, ...]:
    return (
        phase.kind.value,
        phase.start.isoformat(),
        "" if phase.end is None else phase.end.isoformat(),
        phase.label,
        phase.medicine,
        "" if phase.dose_mg is None else format(phase.dose_mg.normalize(), "f"),
    )
