"""What pages say of medicines: their days, their doses, how often a dose was taken, the notice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain import medicine_words
from tracker.domain.medicines import Medicine
from tracker.domain.opioids import Notice
from tracker.domain.spans import ONE_DAY
from tracker.storage.medicines import StoredMedicine
from tracker.web.words import _, voice


@dataclass(frozen=True, slots=True)
class Step:
    """One dose in words; `day` is what its removal sends."""

    day: date
    said: str


@dataclass(frozen=True, slots=True)
class Card:
    """One medicine on its page. `now` is the dose of today, "" where there is none."""

    id: str
    name: str
    days: str
    now: str
    at: str
    steps: Sequence[Step]
    is_stopped: bool
    can_stop: bool


def card_of(stored: StoredMedicine, today: date) -> Card:
    """Return a medicine as its page shows it."""
    medicine = stored.medicine
    dose = medicine.dose_on(today)
    return Card(
        id=stored.id,
        name=medicine.name,
        days=days_of(medicine, today),
        now="" if dose is None else medicine_words.amount_of(dose, voice()),
        at="" if medicine.at is None else f"{medicine.at:%H:%M}",
        steps=[
            Step(dose.start, medicine_words.dose_in_words(medicine, dose, voice()))
            for dose in reversed(medicine.doses)
        ],
        is_stopped=medicine.end is not None and medicine.end <= today,
        can_stop=medicine.end is None and medicine.start <= today,
    )


def days_of(medicine: Medicine, today: date) -> str:
    """Return from when to when a medicine is taken."""
    first = voice().full_day(medicine.start)
    if medicine.end is not None:
        last = voice().full_day(medicine.end - ONE_DAY)
        return _("%(first)s to %(last)s", first=first, last=last)
    if medicine.start > today:
        return _("planned from %(day)s", day=first)
    return _("since %(day)s", day=first)


def notice_lines(notice: Notice | None) -> Sequence[str]:
    """Return the notice and what it is about, a line each; nothing where there is none."""
    return () if notice is None else medicine_words.notice_lines(notice, voice())
