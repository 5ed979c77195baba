"""A study for REDCap: one zip with a data dictionary and the data of all its people, by code.

Instruments: `person`, and repeating under it `night`, `phase`, `effect` and `check`. Instance n
of `night` is the n-th day of the plan, so a later export brings the same nights under the same
numbers.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from tracker.domain.diary import Entry
from tracker.domain.naming import RULERS, STATUSES
from tracker.domain.questionnaire import ITEMS
from tracker.domain.side_effects import ACTIONS, EFFECTS, SEVERITIES, SideEffect
from tracker.domain.studies import Study
from tracker.domain.study_data import Volunteer
from tracker.exports.redcap_fields import (
    COMPLETE,
    HEADER,
    RECORD,
    SCORES,
    answer_values,
    coded,
    complete,
    data_csv,
    field,
    item_fields,
    phase_fields,
    phase_values,
    repeated,
    variable,
    zipped,
)
from tracker.exports.study_effects import last_day
from tracker.exports.table import table_csv

FORMS: Final = ("person", "night", "phase", "effect", "check")
README: Final = """\
A study of Evenfall for REDCap

1. Make a project and upload dictionary.csv under "Data Dictionary".
2. Under "Project Setup", enable repeatable instruments: tick night, phase,
   effect and check.
3. Import data.csv with the "Data Import Tool"; dates are YYYY-MM-DD.

record_id is the person's code in the study: no name is in these files.
night: one row a night. Its instance is the day of the plan, 1 is the first.
phase: blinded ones stand as such until the study is unblinded.
effect: a side effect, without the person's words for it.
check: a day on which they were asked, and there was nothing new.
"""


def redcap_zip(people: Sequence[Volunteer], study: Study) -> bytes:
    """Return the zip: the same bytes for the same nights, with no time of export in it."""
    fields = [*_dictionary(people, study)]
    names = [row[0] for row in fields][1:]
    return zipped(
        {
            "README.txt": f"{README}\n{SCORES}".encode(),
            "dictionary.csv": table_csv(HEADER, fields),
            "data.csv": data_csv(names, FORMS, (row for one in people for row in _rows(one))),
        }
    )


def _dictionary(people: Sequence[Volunteer], study: Study) -> Iterator[Sequence[str]]:
    """Yield a row of eighteen cells for each variable."""
    yield field(RECORD, "person", "text", "The person's code in the study")
    yield field("person_first_day", "person", "text", "First day of the plan", kind="date_ymd")
    yield field("night_date", "night", "text", "Diary day", kind="date_ymd")
    rulers = {entry.ruler for one in people for entry in one.diary.entries.values()}
    for key in study.seen:
        yield from item_fields(ITEMS[key], sorted({study.draft.ruler, *rulers}))
    of_ruler, of_status = coded(RULERS.items()), coded(STATUSES.items())
    yield field("night_ruler", "night", "radio", "Ruler of this night's scores", of_ruler)
    yield field("night_status", "night", "radio", "When it was first written", of_status)
    yield field("night_imported", "night", "yesno", "Did it come from a file?")
    yield field("night_sent_later", "night", "yesno", "Was it saved first and sent later?")
    yield field("night_revision", "night", "text", "How many times it was saved", kind="integer")
    yield from phase_fields()
    severities, actions = coded(SEVERITIES.items()), coded(ACTIONS.items())
    yield field("effect_what", "effect", "radio", "Side effect", coded(EFFECTS.items()))
    yield field("effect_severity", "effect", "radio", "How strong", severities)
    yield field("effect_first", "effect", "text", "First day", kind="date_ymd")
    yield field("effect_last", "effect", "text", "Last day; empty while it lasts", kind="date_ymd")
    yield field("effect_told", "effect", "text", "Day on which they told of it", kind="date_ymd")
    yield field("effect_bothersome", "effect", "yesno", "Is it bothersome?")
    yield field("effect_action", "effect", "radio", "What was done about it", actions)
    yield field("check_day", "check", "text", "Asked, and nothing new", kind="date_ymd")


def _rows(one: Volunteer) -> Iterator[Mapping[str, str]]:
    record = {RECORD: one.code}
    yield {**record, "person_first_day": one.start.isoformat(), complete("person"): COMPLETE}
    for day, entry in one.diary.entries.items():
        yield {**record, **repeated("night", one.study_day(day)), **_night(entry)}
    for number, phase in enumerate(one.phases, 1):
        yield {**record, **repeated("phase", number), **phase_values(phase)}
    for number, told in enumerate(one.effects, 1):
        yield {**record, **repeated("effect", number), **_effect(told)}
    for number, asked in enumerate(one.checks, 1):
        yield {**record, **repeated("check", number), "check_day": asked.isoformat()}


def _night(entry: Entry) -> Mapping[str, str]:
    told = {
        "night_date": entry.day.isoformat(),
        "night_ruler": entry.ruler.value,
        "night_status": entry.status.value,
        "night_imported": str(int(entry.imported)),
        "night_sent_later": str(int(entry.sent_later)),
        "night_revision": str(entry.revision),
    }
    for key, answer in entry.answers.items():
        told |= answer_values(variable(ITEMS[key]), answer)
    return told


def _effect(told: SideEffect) -> Mapping[str, str]:
    last: date | None = last_day(told)
    return {
        "effect_what": told.effect.value,
        "effect_severity": told.severity.value,
        "effect_first": told.start.isoformat(),
        "effect_last": "" if last is None else last.isoformat(),
        "effect_told": told.reported.isoformat(),
        "effect_bothersome": str(int(told.bothersome)),
        "effect_action": told.action.value,
    }
