"""Medicines in words: a dose, who decided on it, how often it was taken, the opioid notice."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from tracker.domain.medicines import Adherence, ChangedBy, Dose, Medicine
from tracker.domain.opioids import NOTICE, Notice
from tracker.domain.spans import Span
from tracker.domain.voice import Voice
from tracker.domain.words import N_

DECIDED: Final[Mapping[ChangedBy, str]] = MappingProxyType(
    {
        ChangedBy.ME: N_("own decision"),
        ChangedBy.CLINICIAN: N_("dose change by the clinician"),
        ChangedBy.STUDY: N_("by the study"),
    }
)
FIRST: Final[Mapping[ChangedBy, str]] = MappingProxyType(
    {
        ChangedBy.ME: N_("own decision"),
        ChangedBy.CLINICIAN: N_("by the clinician"),
        ChangedBy.STUDY: N_("by the study"),
    }
)


def amount_of(dose: Dose, voice: Voice) -> str:
    """Return how much: 4.5 mg."""
    return f"{voice.shown(f'{dose.dose_mg.normalize():f}')}\N{NO-BREAK SPACE}mg"


def decided(dose: Dose, *, is_first: bool, voice: Voice) -> str:
    """Return who decided, and the remark: dose change by the clinician; as prescribed."""
    by = voice.say((FIRST if is_first else DECIDED)[dose.by])
    return "; ".join(filter(None, (by, dose.note)))


def dose_in_words(medicine: Medicine, dose: Dose, voice: Voice) -> str:
    """Return a dose with its day: from 21 Nov 2026: 4.5 mg (by the clinician)."""
    return voice.say(
        N_("from %(day)s: %(dose)s (%(why)s)"),
        day=voice.dated_day(dose.start),
        dose=amount_of(dose, voice),
        why=decided(dose, is_first=dose is medicine.doses[0], voice=voice),
    )


def taken_in_words(medicine: Medicine, voice: Voice) -> str:
    """Return the days of a medicine as a report's tables have room for them."""
    if medicine.end is None:
        return voice.say(N_("since %(day)s"), day=voice.dated_day(medicine.start))
    return voice.days(Span(medicine.start, medicine.end))


def adherence_in_words(adherence: Adherence, voice: Voice) -> str:
    """Return how often the dose was taken, with every count; "" where no night says so."""
    if not adherence.answered and not adherence.not_prescribed:
        return ""
    return voice.say(
        N_(
            "Dose taken on %(taken)d of %(answered)d nights answered yes or no; not prescribed on "
            "%(not_prescribed)d, without an answer on %(unanswered)d."
        ),
        taken=adherence.taken,
        answered=adherence.answered,
        not_prescribed=adherence.not_prescribed,
        unanswered=adherence.unanswered,
    )


def notice_lines(notice: Notice, voice: Voice) -> Sequence[str]:
    """Return the notice, then the names that it goes by."""
    named = voice.say(
        N_("It goes by these names: %(names)s."),
        names=", ".join(dict.fromkeys((*notice.naltrexone, *notice.opioids))),
    )
    return voice.say(NOTICE), named
