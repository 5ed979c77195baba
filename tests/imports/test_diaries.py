"""A diary file is read whole, or every wrong cell in it is named."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.answers import DECLINED, NO_RECALL, NOT_APPLICABLE, answered
from tracker.domain.diary import Status
from tracker.domain.questionnaire import Direction, Ruler
from tracker.domain.sheets import bared, guarded
from tracker.domain.spans import Span
from tracker.imports.diaries import DiaryFile, read_diary
from tracker.imports.problems import FileRefused

DAY = date(2026, 1, 1)


def read(
    text: str, ruler: Ruler = Ruler.NRS, mapping: Mapping[str, str] | None = None
) -> DiaryFile:
    return read_diary(text.encode(), ruler, mapping or {})


def wrong(text: str, mapping: Mapping[str, str] | None = None) -> list[str]:
    """Give what is wrong with a file, in words."""
    return [problem.in_words(str) for problem in read(text, mapping=mapping).problems]


def test_a_row_is_a_night() -> None:
    file = read("date,pain,sleep,note\n2026-01-01,0,10,fine\n")
    night = file.diary.entries[DAY]
    assert night.answers == {"pain": answered(0), "sleep": answered(10)}
    assert (night.note, night.status, night.imported) == ("fine", Status.IMPORTED, True)
    assert (night.ruler, night.revision, night.submitted_at) == (Ruler.NRS, 1, None)
    assert file.rows == Span(DAY, date(2026, 1, 2))
    assert not file.problems


def test_states_are_answers_and_empty_is_missing() -> None:
    text = (
        "date,pain,fatigue,dream_vividness,dream_distress,dose_taken\n"
        "2026-01-01,declined,,no_recall,,yes\n"
        "2026-01-02,n/a,,no_recall,n/a,not_prescribed\n"
    )
    first, second = read(text).diary.entries.values()
    assert first.answers == {
        "pain": DECLINED,
        "dream_vividness": NO_RECALL,
        "dream_distress": NOT_APPLICABLE,
        "dose_taken": answered(1),
    }
    assert second.answers["pain"] == NOT_APPLICABLE
    assert second.answers["dose_taken"] == answered(2)


def test_where_no_dream_is_recalled_it_can_not_disturb() -> None:
    assert wrong("date,dream_vividness,dream_distress\n2026-01-01,no_recall,4\n") == [
        "Line 2, column “dream_distress”: Where no dream is recalled, write n/a."
    ]
    assert not wrong("date,dream_vividness,pain\n2026-01-01,no_recall,4\n")


def test_rows_may_come_in_any_order_with_a_mark_and_any_line_ends() -> None:
    text = "\ufeffdate,pain\r\n2026-01-03,1\r\n\r\n2026-01-01,2\r\n,\r\n"
    file = read(text)
    assert list(file.diary.entries) == [DAY, date(2026, 1, 3)]
    assert file.rows == Span(DAY, date(2026, 1, 4))


def test_a_row_with_nothing_is_a_row_and_no_entry() -> None:
    file = read("date,pain,note\n2026-01-01,,\n2026-01-02,,tired\n2026-01-03,5,\n2026-01-04,,\n")
    logged = [night.is_logged for night in file.diary.entries.values()]
    assert logged == [False, True]
    assert file.rows == Span(DAY, date(2026, 1, 5))


def test_a_file_with_headings_only_is_an_empty_diary() -> None:
    file = read("date,pain\n")
    assert (dict(file.diary.entries), file.rows, file.problems) == ({}, None, ())


def test_a_note_may_have_lines_and_errors_still_name_the_right_one() -> None:
    text = 'date,note,pain\n2026-01-01,"one\ntwo",3\n2026-01-02,,eleven\n'
    assert read(text).diary.entries[DAY].note == "one\ntwo"
    assert wrong(text) == [
        "Line 4, column “pain”: “eleven” is not an answer here. Use a whole number from 0 to 10."
    ]


def test_a_score_above_the_ruler_names_the_other_ruler() -> None:
    assert "--ruler vas" in wrong("date,pain\n2026-01-01,11\n")[0]
    assert "--ruler" not in wrong("date,pain\n2026-01-01,101\n")[0]
    assert not read("date,pain\n2026-01-01,100\n", Ruler.VAS).problems


@pytest.mark.parametrize("cell", ["-1", "1.5", "٣", "1_0", " 5", "five", "1e1", "99999"])
def test_only_plain_whole_numbers_are_scores(cell: str) -> None:
    (said,) = wrong(f"date,pain\n2026-01-01,{cell}\n")
    assert said.startswith("Line 2, column “pain”: ")


@pytest.mark.parametrize(
    "cell", ["2026-1-1", "2026-02-30", "01.01.2026", "", "2026-W01-1", "٢٠٢٦-01-01", "1066-10-14"]
)
def test_only_real_dates_are_dates(cell: str) -> None:
    (said,) = wrong(f"date,pain\n{cell},1\n")
    assert said.startswith("Line 2, column “date”: ")


def test_a_date_twice_names_both_lines() -> None:
    (said,) = wrong("date,pain\n2026-01-01,1\n2026-01-02,1\n2026-01-01,2\n")
    assert "2026-01-01 stands on line 2 and again on line 4" in said


def test_every_error_of_a_file_is_told_in_order_and_good_rows_are_kept() -> None:
    text = "date,pain,sleep\n2026-01-01,x,y\nbad,1,1\n2026-01-03,1,1\n2026-01-04,1\n"
    file = read(text)
    assert [(problem.line, problem.column) for problem in file.problems] == [
        (2, "pain"),
        (2, "sleep"),
        (3, "date"),
        (5, ""),
    ]
    assert list(file.diary.entries) == [date(2026, 1, 3)]
    assert file.problems[3].in_words(str) == (
        "Line 5: This line has 2 cells, and the first line has 3 columns."
    )


def test_an_unknown_column_is_named_with_the_way_out() -> None:
    (said,) = wrong("date,ache\n2026-01-01,1\n")
    assert said.startswith("Line 1, column “ache”: ")
    assert "--map ache=ITEM" in said
    (spaced,) = wrong("date,my ache\n2026-01-01,1\n")
    assert "--map 'my ache'=ITEM" in spaced


def test_a_column_can_be_mapped() -> None:
    mapping = {"ache": "pain", "day": "date", "x": "own:Stiff hands:lower"}
    file = read("day,ache,x\n2026-01-01,3,4\n", mapping=mapping)
    assert not file.problems
    assert file.diary.entries[DAY].answers == {
        "pain": answered(3),
        "own:Stiff hands:lower": answered(4),
    }


def test_a_mapping_to_nothing_known_is_refused() -> None:
    (said,) = wrong("date,ache\n2026-01-01,1\n", {"ache": "pian"})
    assert "which is no item" in said


def test_a_mapping_of_an_absent_column_is_refused() -> None:
    with pytest.raises(FileRefused, match="“ache”, and the file has none"):
        read("date,pain\n", mapping={"ache": "pain"})


def test_two_columns_for_one_item_are_refused() -> None:
    (said,) = wrong("date,pain,ache\n2026-01-01,1,2\n", {"ache": "pain"})
    assert said == (
        "Line 1, column “ache”: This column and “pain” both stand for pain. Keep one of them."
    )
    (twice,) = wrong("date,pain,pain\n2026-01-01,1,2\n")
    assert "stands here twice" in twice
    (dates,) = wrong("date,day\n2026-01-01,2026-01-01\n", {"day": "date"})
    assert "both stand for date" in dates


def test_a_person_column_is_for_cohorts() -> None:
    (said,) = wrong("person,date,pain\nA,2026-01-01,1\n")
    assert "tracker cohort" in said


def test_own_symptoms_carry_name_and_direction() -> None:
    file = read("date,own:Stiff: hands:higher\n2026-01-01,7\n")
    (item,) = file.diary.items.values()
    assert (item.key, item.name) == ("own:Stiff: hands:higher", "Stiff: hands")
    assert item.direction is Direction.HIGHER
    assert item.is_own


@pytest.mark.parametrize("column", ["own:Stiff", "own::lower", "own: x:lower", "own:x:sideways"])
def test_an_own_symptom_needs_a_name_and_a_direction(column: str) -> None:
    (said,) = wrong(f"date,{column}\n2026-01-01,7\n")
    assert "not known" in said


def test_the_columns_of_an_export_are_kept() -> None:
    text = (
        "date,pain,note,ruler,status,revision,submitted_at,zone\n"
        "2026-01-01,70,,vas,late,3,2026-01-02T10:00:00+01:00,Europe/Berlin\n"
        "2026-01-02,7,,,,,,\n"
    )
    first, second = read(text).diary.entries.values()
    assert (first.ruler, first.status, first.revision) == (Ruler.VAS, Status.LATE, 3)
    assert first.submitted_at == datetime(2026, 1, 2, 9, tzinfo=UTC)
    assert (first.zone, first.imported) == ("Europe/Berlin", True)
    assert (second.ruler, second.status, second.revision) == (Ruler.NRS, Status.IMPORTED, 1)
    assert (second.submitted_at, second.zone) == (None, "")


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("ruler", "cm"),
        ("status", "early"),
        ("revision", "0"),
        ("submitted_at", "2026-01-02"),
        ("submitted_at", "2026-01-02T10:00:00"),
        ("submitted_at", "2026-13-02T10:00:00Z"),
        ("submitted_at", "0001-01-01T00:00:00+10:00"),
        ("zone", "Europe Berlin"),
        ("note", "nul \x00"),
        ("note", "x" * 2001),
    ],
)
def test_what_an_export_would_not_write_is_refused(column: str, cell: str) -> None:
    (said,) = wrong(f"date,pain,{column}\n2026-01-01,1,{cell}\n")
    assert said.startswith(f"Line 2, column “{column}”: ")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty"),
        (b"date,pain\n2026-01-01,\xff\n", "Line 2 is not UTF-8"),
        (b'date,note\n2026-01-01,"open\n', "Line 2 can't be read as CSV"),
        (b"date;pain\n2026-01-01;3\n", "with commas between them"),
    ],
)
def test_what_is_no_such_file_is_refused_in_one_line(data: bytes, said: str) -> None:
    with pytest.raises(FileRefused, match=said) as refused:
        read_diary(data, Ruler.NRS, {})
    assert "\n" not in str(refused.value)


def test_a_guarded_cell_is_bared() -> None:
    assert read("date,note\n2026-01-01,'=1+1\n").diary.entries[DAY].note == "=1+1"


@given(st.text())
def test_guarding_a_cell_loses_nothing(cell: str) -> None:
    assert bared(guarded(cell)) == cell
    assert not guarded(cell).startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.binary(max_size=200))
def test_no_bytes_make_it_fall_over(data: bytes) -> None:
    try:
        file = read_diary(b"date,pain,note\n" + data, Ruler.NRS, {})
        said = [problem.in_words(str) for problem in file.problems]
    except FileRefused as refused:
        said = [str(refused)]
    assert all("%(" not in each for each in said)
