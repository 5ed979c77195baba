"""Medicines in words: a dose, who decided on it, how often it was taken, the opioid notice."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from tracker.domain.medicines import Adherence, ChangedBy, Dose, Medicine, steps_of
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


def decided(medicine: Medicine, dose: Dose, voice: Voice) -> str:
    """Return who decided, and the remark: dose change by the clinician; as prescribed."""
    is_first = dose == medicine.doses[0]
    by = voice.say((FIRST if is_first else DECIDED)[dose.by])
    return "; ".join(filter(None, (by, dose.note)))


def dose_in_words(medicine: Medicine, dose: Dose, voice: Voice) -> str:
    """Return a dose with its day: from 21 Nov 2026: 4.5 mg (by the clinician)."""
    return voice.say(
        N_("from %(day)s: %(dose)s (%(why)s)"),
        day=voice.dated_day(dose.start),
        dose=amount_of(dose, voice),
        why=decided(medicine, dose, voice),
    )


def taken_in_words(medicine: Medicine, voice: Voice) -> str:
    """Return the days of a medicine as a report's tables have room for them."""
    if medicine.end is None:
        return voice.say(N_("since %(day)s"), day=voice.dated_day(medicine.start))
    return voice.days(Span(medicine.start, medicine.end))


def medicine_rows(medicines: Iterable[Medicine], voice: Voice) -> Sequence[tuple[str, str, str]]:
    """Return a row a medicine: its name, its days, every dose."""
    return [
        (
            medicine.name,
            taken_in_words(medicine, voice),
            ", ".join(dose_in_words(medicine, dose, voice) for dose in medicine.doses),
        )
        for medicine in medicines
    ]


def step_rows(
    medicines: Iterable[Medicine], shown: Span, voice: Voice
) -> Sequence[tuple[str, str, str]]:
    """Return a row a dose that begins in `shown`: the day, medicine and dose, who decided."""
    return [
        (
            voice.dated_day(step.dose.start),
            f"{step.medicine.name} {amount_of(step.dose, voice)}",
            decided(step.medicine, step.dose, voice),
        )
        for step in steps_of(medicines)
        if step.dose.start in shown
    ]


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
        names=", ".join(_once((*notice.naltrexone, *notice.opioids))),
    )
    return voice.say(NOTICE), named


def _once(names: Iterable[str]) -> Iterable[str]:
    """Return each name as it was written first, whatever the case of the others."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(name.casefold(), name)
    return found.values()
