"""A diary as one CSV table, a row a night: the inverse of `tracker.imports.diaries`.

Columns, in this order: `date`; the built-in items in the questionnaire's order; own symptoms by
their heading; `note`; `ruler`, `status`, `revision`, `submitted_at`, `zone`; `entered_by` where a
helper entered one of these nights. An item has a column where it was answered in these nights or is
asked today.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from tracker.domain.answers import write_answer
from tracker.domain.diary import Diary, Entry
from tracker.domain.dossiers import columns_of, nights_of
from tracker.domain.questionnaire import Item
from tracker.domain.sheets import guarded
from tracker.domain.spans import Span

ABOUT: Final = ("ruler", "status", "revision", "submitted_at", "zone")
ENTERED_BY: Final = "entered_by"


def diary_csv(
    diary: Diary, asked: Iterable[Item], *, span: Span | None = None, notes: bool = False
) -> bytes:
    """Return the diary as the bytes of a CSV file, UTF-8, lines ended by LF.

    Args:
        diary: the nights.
        asked: what the person is asked today.
        span: only these days; all by default.
        notes: fill the column `note`; without it a night of which only a note is kept is left out.
    """
    entries = nights_of(diary, span, notes=notes)
    columns = columns_of(diary, entries, asked)
    helped = any(entry.entered_by for entry in entries)
    return table_csv(
        ("date", *columns, "note", *ABOUT, *([ENTERED_BY] if helped else [])),
        (
            [*_row(entry, columns, notes=notes), *([entry.entered_by] if helped else [])]
            for entry in entries
        ),
    )


def table_csv(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    """Return a CSV file in which no cell is a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([guarded(heading) for heading in headings])
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return out.getvalue().encode()


def written_instant(instant: datetime | None) -> str:
    """Return a UTC instant as files write it, "" for None."""
    return "" if instant is None else instant.isoformat().replace("+00:00", "Z")


def _row(entry: Entry, columns: Mapping[str, Item], *, notes: bool) -> list[str]:
    return [
        entry.day.isoformat(),
        *(write_answer(item, entry.answers.get(item.key)) for item in columns.values()),
        entry.note if notes else "",
        entry.ruler.value,
        entry.status.value,
        str(entry.revision),
        written_instant(entry.submitted_at),
        entry.zone,
    ]
