"""The side effects of a study's people, by code and without their words, as tables."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from tracker.domain.side_effects import Action, SideEffect
from tracker.domain.spans import ONE_DAY
from tracker.domain.study_data import Volunteer
from tracker.exports.table import table_csv

NOTHING_NEW: Final = "none"
EFFECTS: Final = {
    "study_code": "The person's code in this study.",
    "told_day": "The diary day on which they told of it, and so were asked about all others.",
    "told_study_day": "1 is the first day of the plan.",
    "effect": "The key of the side effect; none: asked, and there was nothing new.",
    "severity": "mild, moderate or severe.",
    "first_day": "Its first diary day.",
    "last_day": "Its last one; empty while it lasts.",
    "bothersome": "1: it bothered them.",
    "action": "none, told_clinician, or stopped: they stopped the medicine.",
    "phase": "The kind of phase of its first day; blinded before the unblinding, empty in none.",
}
# SDTM's domain AE, as far as a diary knows; no claim of conformance.
SDTM: Final = (
    *("STUDYID", "DOMAIN", "USUBJID", "AESEQ", "AETERM", "AESEV", "AEACN", "AEACNOTH"),
    *("EPOCH", "AESTDTC", "AEENDTC", "AESTDY", "AEENDY"),
)
WITH_MEDICINE: Final = {Action.STOPPED: "DRUG WITHDRAWN"}
BESIDE: Final = {Action.TOLD: "TOLD A CLINICIAN"}


def effects_csv(people: Iterable[Volunteer]) -> bytes:
    """Return a row for each side effect, and for each day on which there was nothing new."""
    return table_csv(EFFECTS, (row for one in people for row in _told(one)))


def events_csv(people: Iterable[Volunteer], study: str) -> bytes:
    """Return the side effects in the shape of SDTM's domain AE."""
    return table_csv(SDTM, (row for one in people for row in _events(one, study)))


def last_day(told: SideEffect) -> date | None:
    """Return the last day of a side effect; None while it lasts."""
    return None if told.end is None else told.end - ONE_DAY


def _told(one: Volunteer) -> Iterator[tuple[str, ...]]:
    rows = [(each.reported, _effect(one, each)) for each in one.effects]
    rows += [(day, (NOTHING_NEW, *[""] * 6)) for day in one.checks]
    for day, told in sorted(rows):
        yield (one.code, day.isoformat(), str(one.study_day(day)), *told)


def _effect(one: Volunteer, told: SideEffect) -> tuple[str, ...]:
    last, phase = last_day(told), one.phase_on(told.start)
    return (
        told.effect.value,
        told.severity.value,
        told.start.isoformat(),
        "" if last is None else last.isoformat(),
        str(int(told.bothersome)),
        told.action.value,
        "" if phase is None else phase.kind.value,
    )


def _events(one: Volunteer, study: str) -> Iterator[tuple[str, ...]]:
    for number, told in enumerate(one.effects, 1):
        last, phase = last_day(told), one.phase_on(told.start)
        yield (
            *(study, "AE", f"{study}-{one.code}", str(number)),
            *(told.effect.value.upper(), told.severity.value.upper()),
            *(WITH_MEDICINE.get(told.action, ""), BESIDE.get(told.action, "")),
            "" if phase is None else phase.kind.value.upper(),
            told.start.isoformat(),
            "" if last is None else last.isoformat(),
            str(one.study_day(told.start)),
            "" if last is None else str(one.study_day(last)),
        )
