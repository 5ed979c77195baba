"""Another app's rows become nights exactly as a person said, and every other place is named."""

from collections.abc import Mapping
from datetime import date, time
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.answers import DECLINED, NO_RECALL, answered
from tracker.domain.questionnaire import Ruler
from tracker.imports.foreign import read_sheet
from tracker.imports.mapped import MappedFile, read_mapped
from tracker.imports.moments import DateOrder
from tracker.imports.readings import Column, Reading, Several, as_text, from_text
from tracker.imports.scales import Rounding, Scale
from tracker.imports.surveys import are_answers, crowded, first_values, texts, words
from tracker.imports.tables import Row, Table

ZONE = ZoneInfo("Europe/Helsinki")
DAY = date(2026, 1, 31)
ONE_TO_FIVE = Scale(Fraction(1), Fraction(5))
DATES = {"day": Column("date")}


# Choices are those of `Reading`, by their names.
def reading(columns: Mapping[str, Column], **choices: Any) -> Reading:  # noqa: ANN401
    return Reading({**DATES, **columns}, Ruler.NRS, DateOrder.YMD, **choices)


def read(text: str, columns: Mapping[str, Column], **choices: Any) -> MappedFile:  # noqa: ANN401
    return read_mapped(read_sheet(text.encode()).table, reading(columns, **choices), ZONE)


def wrong(mapped: MappedFile) -> list[str]:
    return [problem.in_words(str) for problem in mapped.file.problems]


def pain(mapped: MappedFile) -> dict[date, int | None]:
    entries = mapped.file.diary.entries
    return {day: entry.answers["pain"].value for day, entry in entries.items()}


def test_columns_become_answers_and_what_is_not_taken_stays_behind() -> None:
    mapped = read(
        "day,ache,wind,note\n2026-01-31,7,9,rain\n2026-02-01,,9,\n",
        {"ache": Column("pain"), "note": Column("note")},
    )
    (entry,) = mapped.file.diary.entries.values()
    assert (entry.day, dict(entry.answers), entry.note) == (DAY, {"pain": answered(7)}, "rain")
    assert (mapped.lines, mapped.skipped, wrong(mapped)) == (2, 0, [])


def test_an_own_symptom_is_taken_under_its_name() -> None:
    mapped = read("day,x\n2026-01-31,3\n", {"x": Column("own:Itch:lower")})
    (item,) = mapped.file.diary.items.values()
    assert (item.name, item.direction) == ("Itch", "lower")


def test_a_scale_is_carried_and_rounded_only_where_told() -> None:
    text = "day,ache\n2026-01-31,1\n2026-02-01,2\n2026-02-02,5\n2026-02-03,6\n"
    columns = {"ache": Column("pain", ONE_TO_FIVE)}
    strict = read(text, columns)
    rounded = read(text, columns, rounding=Rounding.NEAREST)
    assert pain(strict) == {DAY: 0, date(2026, 2, 2): 10}
    assert [line[:7] for line in wrong(strict)] == ["Line 3,", "Line 5,"]
    assert "(2.5)" in wrong(strict)[0]
    assert "outside the scale from 1 to 5" in wrong(strict)[1]
    assert pain(rounded) == {DAY: 0, date(2026, 2, 1): 3, date(2026, 2, 2): 10}
    told = [(one.text, one.is_exact, one.cell, one.count) for one in rounded.conversions["ache"]]
    assert told == [
        ("1", True, "0", 1),
        ("2", False, "3", 1),
        ("5", True, "10", 1),
        ("6", True, "", 1),
    ]
    assert (strict.lines, strict.skipped, rounded.skipped) == (4, 2, 1)


def test_a_scale_that_runs_the_other_way_is_turned_where_told() -> None:
    text = "day,ease\n2026-01-31,5\n2026-02-01,1\n"
    turned = {"ease": Column("pain", Scale(Fraction(5), Fraction(1)))}
    assert list(pain(read(text, turned)).values()) == [0, 10]


def test_words_become_the_answers_they_were_given() -> None:
    given = {"bad": "8", "fine": "0", "?": "", "no": "declined"}
    text = "day,ache\n" + "".join(
        f"2026-01-{n},{word}\n" for n, word in enumerate(("bad", "fine", "?", "no", "new"), 11)
    )
    mapped = read(text, {"ache": Column("pain", words=given)})
    assert [entry.answers["pain"] for entry in mapped.file.diary.entries.values()] == [
        answered(8),
        answered(0),
        DECLINED,
    ]
    assert wrong(mapped) == [
        "Line 6, column “ache”: Nobody said yet what “new” stands for. Give it an answer."
    ]
    assert [one.cell for one in mapped.conversions["ache"]] == ["", "8", "0", "", "declined"]


def test_a_word_s_answer_must_be_one() -> None:
    mapped = read("day,ache\n2026-01-31,bad\n", {"ache": Column("pain", words={"bad": "eleven"})})
    assert "“eleven” is not an answer here" in wrong(mapped)[0]


def test_a_choice_is_taken_by_words_alone() -> None:
    column = Column("dose_taken", words={"1": "yes"})
    mapped = read("day,dose\n2026-01-31,1\n2026-02-01,0\n", {"dose": column})
    assert [entry.answers["dose_taken"].value for entry in mapped.file.diary.entries.values()] == [
        1
    ]
    assert "Nobody said yet what “0” stands for" in wrong(mapped)[0]


def test_no_dream_recalled_settles_its_distress_as_in_our_own_tables() -> None:
    columns = {"dream": Column("dream_vividness", words={"none": "no_recall"})}
    mapped = read("day,dream\n2026-01-31,none\n", columns)
    assert mapped.file.diary.entries[DAY].answers["dream_vividness"] == NO_RECALL


def test_a_number_beyond_the_ruler_asks_for_its_scale() -> None:
    mapped = read("day,ache\n2026-01-31,70\n", {"ache": Column("pain")})
    assert "70 is no number from 0 to 10. Say which numbers" in wrong(mapped)[0]


def test_decimals_follow_a_comma_where_told() -> None:
    columns = {"ache": Column("pain", Scale(Fraction(0), Fraction(5)))}
    assert pain(read("day;ache\n2026-01-31;2,5\n", columns, comma=True)) == {DAY: 5}
    assert "what “2,5” stands for" in wrong(read("day;ache\n2026-01-31;2,5\n", columns))[0]


TWICE = (
    "day,when,ache,note\n2026-01-31,21:00,4,late\n2026-01-31,09:00,7,early\n"
    "2026-01-31,15:00,2,early\n2026-02-01,09:00,3,\n2026-02-01,10:00,3,\n"
)


@pytest.mark.parametrize(
    ("several", "value"),
    [(Several.FIRST, 7), (Several.LAST, 4), (Several.HIGHEST, 7), (Several.LOWEST, 2)],
)
def test_of_several_answers_on_a_day_the_one_asked_for_counts(several: Several, value: int) -> None:
    columns = {"when": Column("time"), "ache": Column("pain"), "note": Column("note")}
    mapped = read(TWICE, columns, several=several)
    assert pain(mapped) == {DAY: value, date(2026, 2, 1): 3}
    assert mapped.file.diary.entries[DAY].note == "early\nlate"
    own = {**columns, "ache": Column("pain", several=several)}
    assert pain(read(TWICE, own)) == pain(mapped)


def test_several_answers_are_never_settled_silently() -> None:
    mapped = read(TWICE, {"ache": Column("pain")})
    (said,) = wrong(mapped)
    assert said.startswith("Line 4, column “ache”: 2026-01-31 has several answers here, on the")
    assert said.endswith("lines 2, 3, 4. Say which of them counts.")
    assert pain(mapped) == {date(2026, 2, 1): 3}
    assert (mapped.lines, mapped.skipped) == (5, 3)


def test_answers_that_are_no_numbers_have_no_highest() -> None:
    words_of = Column("pain", words={"x": "declined", "y": "n/a"}, several=Several.HIGHEST)
    mapped = read("day,ache\n2026-01-31,x\n2026-01-31,y\n", {"ache": words_of})
    assert mapped.file.diary.entries[DAY].answers["pain"] == DECLINED


def test_the_time_says_which_night_only_where_told() -> None:
    text = "day,when,ache\n2026-02-01,00:30,4\n2026-02-01,21:00,7\n2026-02-02,x,7\n"
    columns = {"when": Column("time"), "ache": Column("pain")}
    assert pain(read(text, columns, rollover=time(4))) == {DAY: 4, date(2026, 2, 1): 7}
    assert "several answers" in wrong(read(text, columns))[0]
    assert "“x” is not a time of day" in wrong(read(text, columns))[1]


def test_a_wrong_line_is_kept_out_whole_and_all_its_places_are_named() -> None:
    mapped = read(
        "day,ache,tired\nsoon,x,1\n2026-01-31,1,1,1\n2026-02-01,3,y\n2026-02-02,3,4\n",
        {"ache": Column("pain"), "tired": Column("fatigue")},
    )
    assert [line.partition(":")[0] for line in wrong(mapped)] == [
        "Line 2, column “ache”",
        "Line 2, column “day”",
        "Line 3",
        "Line 4, column “tired”",
    ]
    assert (list(mapped.file.diary.entries), mapped.skipped) == ([date(2026, 2, 2)], 3)


def test_a_note_too_long_is_named_by_its_column() -> None:
    mapped = read(f"day,said\n2026-01-31,{'x' * 2001}\n", {"said": Column("note")})
    assert wrong(mapped)[0].startswith("Line 2, column “said”: This can be at most 2000")


cells = st.text(max_size=12) | st.sampled_from(["2026-01-31", "2026-02-01", "3", "4", "5", "9"])


@given(
    st.lists(st.tuples(cells, cells, cells), max_size=8),
    st.sampled_from(list(Several)),
    st.sampled_from(list(Rounding)),
)
def test_any_cells_are_nights_or_named_by_line(
    rows: list[tuple[str, str, str]], several: Several, rounding: Rounding
) -> None:
    names = ("day", "ache", "note")
    made = [Row(line, dict(zip(names, row, strict=True))) for line, row in enumerate(rows, 2)]
    columns = {"ache": Column("pain", ONE_TO_FIVE), "note": Column("note")}
    told = reading(columns, several=several, rounding=rounding, rollover=time(4))
    mapped = read_mapped(Table(names, tuple(made), ()), told, ZONE)
    assert all(problem.line > 1 and problem.column for problem in mapped.file.problems)
    assert mapped.skipped <= mapped.lines == len(rows)


def test_what_was_said_is_kept_word_for_word() -> None:
    told = reading(
        {
            "ache": Column("pain", ONE_TO_FIVE, {"“bad”\t": "8", "": ""}, Several.LAST),
            "note": Column("note"),
        },
        rollover=time(3, 30),
        comma=True,
        several=Several.LOWEST,
        rounding=Rounding.NEAREST,
    )
    assert from_text(as_text(told)) == told
    assert from_text(as_text(reading({}))) == reading({})


def test_a_survey_says_what_columns_hold() -> None:
    table = read_sheet(TWICE.encode()).table
    assert first_values(table, "ache") == ["4", "7", "2"]
    assert words(texts(table, "note"), comma=False) == ["early", "late"]
    assert words(texts(table, "ache"), comma=False) == []
    assert are_answers(["early"])
    assert not are_answers(["x" * 81])
    assert not are_answers([str(n) for n in range(41)])
    told = reading({"ache": Column("pain"), "note": Column("note")})
    assert crowded(table, told, ZONE) == {"ache": 1, "note": 1}
    broken = read_sheet(b"day,ache\nx,1\n2026-01-31,\n").table
    assert crowded(broken, told, ZONE) == {}
