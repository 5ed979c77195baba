"""A phases file is read whole, or every wrong row in it is named."""

from datetime import date
from decimal import Decimal

import pytest

from tracker.domain.limits import LABEL_LIMIT, MEDICINE_LIMIT
from tracker.domain.phases import Phase, PhaseKind
from tracker.imports.phases import PhasesFile, read_phases
from tracker.imports.problems import FileRefused

HEAD = "phase,start,end,label,medicine,dose_mg\n"


def read(rows: str, head: str = HEAD) -> PhasesFile:
    return read_phases((head + rows).encode())


def wrong(rows: str, head: str = HEAD) -> list[str]:
    """Give what is wrong with a file, in words."""
    return [problem.in_words(str) for problem in read(rows, head).problems]


def test_a_row_is_a_phase() -> None:
    file = read(
        "treatment,2026-01-15,,low dose,naltrexone,4.5\nbaseline,2026-01-01,2026-01-15,,,\n"
    )
    assert file.problems == ()
    assert file.phases == (
        Phase(PhaseKind.BASELINE, date(2026, 1, 1), date(2026, 1, 15)),
        Phase(
            PhaseKind.TREATMENT,
            date(2026, 1, 15),
            label="low dose",
            medicine="naltrexone",
            dose_mg=Decimal("4.5"),
        ),
    )


def test_label_medicine_and_dose_may_be_left_out() -> None:
    file = read("washout,2026-01-01,2026-01-08\n", "phase,start,end\n")
    assert file.phases == (Phase(PhaseKind.WASHOUT, date(2026, 1, 1), date(2026, 1, 8)),)


def test_a_blinded_phase_has_a_label_and_nothing_that_tells() -> None:
    assert read("blinded,2026-01-01,,A,,\n").phases[0].label == "A"
    for telling in ("A,naltrexone,", "A,,4.5"):
        assert wrong(f"blinded,2026-01-01,,{telling}\n") == [
            "Line 2: A blinded phase names no medicine and no dose."
        ]


def test_every_wrong_cell_is_named() -> None:
    file = read("drug,soon,later,,,much\ntreatment,2026-01-01,,,,\n")
    assert [(problem.line, problem.column) for problem in file.problems] == [
        (2, "phase"),
        (2, "start"),
        (2, "end"),
        (2, "dose_mg"),
    ]
    assert len(file.phases) == 1


def test_every_overlap_is_named_on_its_line() -> None:
    rows = (
        "baseline,2026-01-01,2026-01-15,,,\n"
        "placebo,2026-01-14,2026-02-01,,,\n"
        "treatment,2026-01-20,,,,\n"
        "washout,2026-03-01,2026-03-01,,,\n"
        "follow_up,2026-04-01,,,,\n"
    )
    said = wrong(rows)
    assert [line.split(":")[0] for line in said] == ["Line 3", "Line 4", "Line 5", "Line 6"]
    assert "overlap" in said[0]
    assert "overlap" in said[1]
    assert "must end after" in said[2]
    assert "needs an end" in said[3]


def test_unknown_columns_and_people_are_refused() -> None:
    assert "A phases file has" in wrong("", "phase,start,end,colour\n")[0]
    assert "tracker cohort" in wrong("", "person,phase,start,end\n")[0]


def test_a_missing_column_is_named() -> None:
    with pytest.raises(FileRefused, match="“end” is missing"):
        read("", "phase,start\n")


def test_words_and_doses_are_read_as_long_as_the_diary_keeps_them() -> None:
    label, medicine = "l" * LABEL_LIMIT, "m" * MEDICINE_LIMIT
    file = read(f"treatment,2026-01-15,,{label},{medicine},999999.999\n")
    assert file.problems == ()
    assert (file.phases[0].label, file.phases[0].medicine) == (label, medicine)
    assert file.phases[0].dose_mg == Decimal("999999.999")
