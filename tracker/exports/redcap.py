"""A diary for REDCap: one zip with a data dictionary and the data that goes into it.

Three instruments. `diary` is the person, `night` and `phase` repeat: a row a night, a row a phase.
Instance n of `night` is the n-th calendar day from the diary's first night on, so a later export
brings the same nights under the same numbers; a night that nobody wrote has no row.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from tracker.domain.diary import Entry
from tracker.domain.dossiers import Dossier, saved_at
from tracker.domain.naming import RULERS, STATUSES
from tracker.exports.redcap_fields import (
    COMPLETE,
    HEADER,
    RECORD,
    SCORES,
    answer_values,
    coded,
    data_csv,
    field,
    item_fields,
    phase_fields,
    phase_values,
    repeated,
    variable,
    zipped,
)
from tracker.exports.table import table_csv

README: Final = """\
Evenfall diary for REDCap

1. Make a project and upload dictionary.csv under "Data Dictionary".
2. Under "Project Setup", enable repeatable instruments: tick night and phase.
3. Import data.csv with the "Data Import Tool"; dates are YYYY-MM-DD.

night: one row a night. Its instance is the calendar day counted from the
diary's first night, so the same night keeps its number in a later export.
Where older nights were added to the diary since, import into an empty project.
"""


def redcap_zip(dossier: Dossier) -> bytes:
    """Return the zip: the same bytes for the same diary on the same day."""
    files = {
        "README.txt": f"{README}\n{SCORES}".encode(),
        "dictionary.csv": table_csv(HEADER, dictionary(dossier)),
        "data.csv": _data(dossier),
    }
    return zipped(files)


def dictionary(dossier: Dossier) -> Iterator[Sequence[str]]:
    """Yield a row of eighteen cells for each variable."""
    yield field(RECORD, "diary", "text", "Who keeps the diary, by a made-up id")
    yield field("diary_made", "diary", "text", "The day this file was made", kind="date_ymd")
    yield field("night_date", "night", "text", "Diary day", kind="date_ymd")
    rulers = sorted({entry.ruler for entry in dossier.entries})
    for item in dossier.items.values():
        yield from item_fields(item, rulers or [dossier.diary.ruler])
    if dossier.notes:
        yield field("night_note", "night", "notes", "Note", identifier="y")
    yield field(
        "night_ruler", "night", "radio", "Ruler of this night's scores", coded(RULERS.items())
    )
    yield field(
        "night_status", "night", "radio", "When it was first written", coded(STATUSES.items())
    )
    yield field("night_revision", "night", "text", "How many times it was saved", kind="integer")
    yield field("night_helped", "night", "yesno", "Was it entered by a helper?")
    yield field(
        "night_saved",
        "night",
        "text",
        "When it was first saved, by the clocks of night_zone",
        kind="datetime_seconds_ymd",
    )
    yield field("night_zone", "night", "text", "Time zone")
    yield from phase_fields()


def _data(dossier: Dossier) -> bytes:
    """Return the data: a row of the person, one a night, one a phase."""
    names = [row[0] for row in dictionary(dossier)][1:]
    return data_csv(names, ("diary", "night", "phase"), _rows(dossier))


def _rows(dossier: Dossier) -> Iterator[Mapping[str, str]]:
    person = {RECORD: str(dossier.person)}
    made = {"diary_made": dossier.today.isoformat(), "diary_complete": COMPLETE}
    yield {**person, **made}
    first = min(dossier.diary.entries, default=dossier.today)
    for entry in dossier.entries:
        instance = (entry.day - first).days + 1
        yield {**person, **repeated("night", instance), **_night(entry, dossier)}
    for instance, phase in enumerate(dossier.phases, 1):
        if phase in dossier.spans:
            yield {**person, **repeated("phase", instance), **phase_values(phase)}


def _night(entry: Entry, dossier: Dossier) -> Mapping[str, str]:
    saved = saved_at(entry)
    told = {
        "night_date": entry.day.isoformat(),
        "night_note": entry.note if dossier.notes else "",
        "night_ruler": entry.ruler.value,
        "night_status": entry.status.value,
        "night_revision": str(entry.revision),
        "night_helped": "1" if entry.entered_by else "0",
        "night_saved": ""
        if saved is None
        else saved.replace(tzinfo=None).isoformat(" ", "seconds"),
        "night_zone": "" if saved is None else str(saved.tzinfo),
    }
    for key, item in dossier.items.items():
        told |= answer_values(variable(item), entry.answers.get(key))
    return told
