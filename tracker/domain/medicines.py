"""Medicines: what somebody takes, from when to when, and every dose as it was prescribed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Final

from tracker.domain.diary import Diary
from tracker.domain.limits import DOSE_LIMIT_UG
from tracker.domain.questionnaire import DOSE_TAKEN
from tracker.domain.words import N_, Refused

UG_A_MG: Final = 1_000
MOST_MEDICINES: Final = 200  # a person; a bound for pages and files
MOST_DOSES: Final = 200  # steps of one medicine


class ChangedBy(StrEnum):
    """Who decided on a dose, as the owner of the diary says."""

    ME = "me"
    CLINICIAN = "clinician"
    STUDY = "study"


class MedicineRefused(Refused):
    """This medicine, or one of its doses, can't be."""


@dataclass(frozen=True, slots=True)
class Dose:
    """A step: from the day `start` on so many milligrams were prescribed."""

    start: date
    dose_mg: Decimal
    by: ChangedBy
    note: str = ""


@dataclass(frozen=True, slots=True)
class Medicine:
    """One medicine, taken without a break.

    `end` is exclusive, None while it is taken. `at` is the usual time of day by the owner's clock,
    None where it was not told. `doses` are by day; empty where none was told.
    """

    name: str
    start: date
    end: date | None = None
    at: time | None = None
    doses: tuple[Dose, ...] = ()

    def active_on(self, day: date) -> bool:
        """True where it is taken on `day`."""
        return self.start <= day and (self.end is None or day < self.end)

    def dose_on(self, day: date) -> Dose | None:
        """Return the dose prescribed for `day`; None where there is none, or it isn't taken.

        >>> step = Dose(date(2026, 1, 8), Decimal(3), ChangedBy.CLINICIAN)
        >>> taken = Medicine("Naltrexone", date(2026, 1, 1), doses=(step,))
        >>> taken.dose_on(date(2026, 1, 7)), taken.dose_on(date(2026, 1, 8)) is step
        (None, True)
        """
        if not self.active_on(day):
            return None
        return next((dose for dose in reversed(self.doses) if dose.start <= day), None)

    @property
    def last_dose(self) -> Dose | None:
        """The newest step: what a form for the next begins with."""
        return self.doses[-1] if self.doses else None


@dataclass(frozen=True, slots=True)
class Step:
    """A day on which the dose of a medicine changed, or its first was taken."""

    medicine: Medicine
    dose: Dose


@dataclass(frozen=True, slots=True)
class Adherence:
    """How the nights answered `dose_taken`; `unanswered` were missing or preferred not to say."""

    taken: int = 0
    missed: int = 0
    not_prescribed: int = 0
    unanswered: int = 0

    @property
    def answered(self) -> int:
        """Nights that count: yes or no."""
        return self.taken + self.missed

    @property
    def share(self) -> Fraction | None:
        """Taken of answered, exact; None where no night was answered yes or no."""
        return Fraction(self.taken, self.answered) if self.answered else None


def clean_medicine(medicine: Medicine) -> Medicine:
    """Return `medicine` where it can be.

    Raises:
        MedicineRefused: it has no name or no day, or its doses don't lie in it one after another.
    """
    if not medicine.name:
        raise MedicineRefused(N_("Enter what the medicine is called."))
    if medicine.end is not None and medicine.end <= medicine.start:
        raise MedicineRefused(N_("The last day can't lie before the first."))
    if len(medicine.doses) > MOST_DOSES:
        raise MedicineRefused(
            N_("At most %(most)d doses can be noted of one medicine."), most=MOST_DOSES
        )
    for dose in medicine.doses:
        whole_micrograms(dose.dose_mg)
        if dose.start < medicine.start or (medicine.end and dose.start >= medicine.end):
            raise MedicineRefused(
                N_("The dose from %(day)s lies outside the days of the medicine. Remove it first."),
                day=dose.start,
            )
    for one, other in pairwise(medicine.doses):
        if one.start == other.start:
            raise MedicineRefused(
                N_("A dose from %(day)s is noted already. Remove it first."), day=one.start
            )
    return medicine


def whole_micrograms(dose_mg: Decimal) -> int:
    """Return a dose in micrograms.

    Raises:
        MedicineRefused: it is not above 0, or has more than three decimals.
    """
    exact = dose_mg * UG_A_MG
    if not exact.is_finite() or exact != int(exact) or not 0 < exact <= DOSE_LIMIT_UG:
        raise MedicineRefused(
            N_("A dose is a number of milligrams above 0 with at most three decimals.")
        )
    return int(exact)


def with_dose(medicine: Medicine, dose: Dose) -> tuple[Dose, ...]:
    """Return the doses of `medicine` and one more, by day."""
    return tuple(sorted((*medicine.doses, dose), key=lambda each: each.start))


def in_order(medicines: Iterable[Medicine]) -> tuple[Medicine, ...]:
    """Return medicines by first day, then name: the same wherever they are kept."""
    return tuple(sorted(medicines, key=lambda each: (each.start, each.name, each.end or date.max)))


def active_on(medicines: Iterable[Medicine], day: date) -> Sequence[Medicine]:
    """Return those that are taken on `day`."""
    return [medicine for medicine in medicines if medicine.active_on(day)]


def steps_of(medicines: Iterable[Medicine]) -> Iterator[Step]:
    """Yield every dose of every medicine, by day."""
    found = [Step(medicine, dose) for medicine in medicines for dose in medicine.doses]
    yield from sorted(found, key=lambda step: step.dose.start)


def count_adherence(diary: Diary, days: Iterable[date]) -> Adherence:
    """Count how the nights of `days`, each given once, answered whether a dose was taken."""
    told = Counter(_told(diary, day) for day in days)
    return Adherence(told["yes"], told["no"], told["not_prescribed"], told[""])


def _told(diary: Diary, day: date) -> str:
    entry = diary.entries.get(day)
    answer = None if entry is None else entry.answers.get(DOSE_TAKEN.key)
    if answer is None or answer.value is None:
        return ""
    return DOSE_TAKEN.choices[answer.value]
