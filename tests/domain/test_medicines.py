"""A medicine has days and doses in them; nights say whether it was taken."""

from dataclasses import replace
from datetime import time
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.builders import FIRST, day, diary_of, entry
from tracker.domain import medicine_words
from tracker.domain.answers import DECLINED, Answer, answered
from tracker.domain.diary import Diary
from tracker.domain.medicines import (
    MOST_DOSES,
    Adherence,
    ChangedBy,
    Dose,
    Medicine,
    MedicineRefused,
    active_on,
    clean_medicine,
    count_adherence,
    in_order,
    steps_of,
    whole_micrograms,
    with_dose,
)
from tracker.domain.opioids import NOTICE, Notice
from tracker.domain.questionnaire import DOSE_TAKEN
from tracker.domain.spans import Span
from tracker.domain.voice import Voice

ENGLISH = Voice(str, lambda one, many, count: one if count == 1 else many)
LOW = Dose(day(2), Decimal("1.5"), ChangedBy.CLINICIAN, "as prescribed")
HIGH = Dose(day(16), Decimal("4.5"), ChangedBy.ME)
LDN = Medicine("LDN", day(0), day(30), time(22), (LOW, HIGH))
NO, YES, NOT_PRESCRIBED = (answered(n) for n in range(3))


def test_a_medicine_is_taken_from_its_first_day_until_before_its_end() -> None:
    assert [LDN.active_on(day(n)) for n in (-1, 0, 29, 30)] == [False, True, True, False]
    assert replace(LDN, end=None).active_on(day(9_999))
    assert active_on([LDN, replace(LDN, end=None)], day(30)) == [replace(LDN, end=None)]


def test_a_dose_holds_until_the_next() -> None:
    held = [LDN.dose_on(day(n)) for n in (-1, 0, 1, 2, 15, 16, 29, 30)]
    assert held == [None, None, None, LOW, LOW, HIGH, HIGH, None]
    assert LDN.last_dose is HIGH
    assert replace(LDN, doses=()).last_dose is None


@given(st.sets(st.integers(0, 29)), st.integers(-3, 33))
def test_the_dose_of_a_day_is_the_newest_that_began_by_then(starts: set[int], asked: int) -> None:
    doses = tuple(replace(LOW, start=day(n)) for n in sorted(starts))
    known = [dose for dose in doses if dose.start <= day(asked)]
    expected = known[-1] if known and 0 <= asked < 30 else None
    assert replace(LDN, doses=doses).dose_on(day(asked)) == expected


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": ""}, "called"),
        ({"end": day(0)}, "before the first"),
        ({"end": day(16)}, "outside the days"),
        ({"start": day(3)}, "outside the days"),
        ({"doses": (LOW, replace(LOW, dose_mg=Decimal(3)))}, "noted already"),
        ({"doses": (replace(LOW, dose_mg=Decimal(0)),)}, "above 0"),
        ({"doses": (LOW,) * (MOST_DOSES + 1)}, "At most 200"),
    ],
)
def test_what_can_not_be_is_refused(change: dict[str, object], said: str) -> None:
    with pytest.raises(MedicineRefused, match=said):
        clean_medicine(replace(LDN, **change))  # type: ignore[arg-type] # each its own type


def test_what_can_be_stays_as_it_is() -> None:
    for medicine in (LDN, replace(LDN, end=None), replace(LDN, doses=(), end=day(17))):
        assert clean_medicine(medicine) is medicine


@pytest.mark.parametrize("dose", ["0", "-1", "0.0001", "1000000.001", "NaN", "Infinity"])
def test_a_dose_that_is_no_whole_number_of_micrograms_is_refused(dose: str) -> None:
    with pytest.raises(MedicineRefused, match="three decimals"):
        whole_micrograms(Decimal(dose))


@given(st.integers(1, 10**9))
def test_a_dose_is_kept_exactly(micrograms: int) -> None:
    assert whole_micrograms(Decimal(micrograms) / 1000) == micrograms


def test_doses_and_medicines_stand_by_day() -> None:
    assert with_dose(replace(LDN, doses=(HIGH,)), LOW) == (LOW, HIGH)
    other = Medicine("Aspirin", day(0), doses=(replace(LOW, start=day(5)),))
    assert in_order([LDN, other]) == (other, LDN)
    assert [(step.medicine.name, step.dose.start) for step in steps_of([LDN, other])] == [
        ("LDN", day(2)),
        ("Aspirin", day(5)),
        ("LDN", day(16)),
    ]


def nights(told: list[Answer | None]) -> Diary:
    """Give a diary of these answers to `dose_taken`, None where the night is missing."""
    days = {day(n): answer for n, answer in enumerate(told) if answer is not None}
    found = diary_of({})
    return replace(
        found,
        items={DOSE_TAKEN.key: DOSE_TAKEN},
        entries={when: entry(when, {DOSE_TAKEN.key: one}) for when, one in days.items()},
    )


@given(st.lists(st.sampled_from([NO, YES, NOT_PRESCRIBED, DECLINED, None])))
def test_adherence_is_yes_of_yes_and_no(told: list[Answer | None]) -> None:
    found = count_adherence(nights(told), Span(FIRST, day(len(told))))
    yes, no = told.count(YES), told.count(NO)
    rest = len(told) - yes - no - told.count(NOT_PRESCRIBED)
    assert found == Adherence(yes, no, told.count(NOT_PRESCRIBED), rest)
    assert found.share == (Fraction(yes, yes + no) if yes + no else None)


def test_nights_outside_the_days_do_not_count() -> None:
    assert count_adherence(nights([YES, NO, YES]), [day(0)]) == Adherence(taken=1)


def test_medicines_are_told_in_words() -> None:
    said = [medicine_words.dose_in_words(LDN, dose, ENGLISH) for dose in LDN.doses]
    assert said == [
        "from 3 Jan 2026: 1.5\N{NO-BREAK SPACE}mg (by the clinician; as prescribed)",
        "from 17 Jan 2026: 4.5\N{NO-BREAK SPACE}mg (own decision)",
    ]
    assert medicine_words.taken_in_words(LDN, ENGLISH) == "1 Jan 2026 to 30 Jan 2026"
    assert medicine_words.taken_in_words(replace(LDN, end=None), ENGLISH) == "since 1 Jan 2026"
    later = replace(LDN, doses=(LOW, replace(HIGH, by=ChangedBy.CLINICIAN)))
    assert "dose change by the clinician" in medicine_words.dose_in_words(
        later, later.doses[1], ENGLISH
    )


def test_how_often_a_dose_was_taken_is_told_with_every_count() -> None:
    assert medicine_words.adherence_in_words(Adherence(38, 2, 3, 4), ENGLISH) == (
        "Dose taken on 38 of 40 nights answered yes or no; not prescribed on 3, without an answer "
        "on 4."
    )
    assert medicine_words.adherence_in_words(Adherence(not_prescribed=1), ENGLISH)
    assert not medicine_words.adherence_in_words(Adherence(unanswered=9), ENGLISH)


def test_the_notice_is_told_with_the_names_it_goes_by() -> None:
    lines = medicine_words.notice_lines(Notice(("LDN",), ("Tramal", "LDN")), ENGLISH)
    assert lines == (NOTICE, "It goes by these names: LDN, Tramal.")
