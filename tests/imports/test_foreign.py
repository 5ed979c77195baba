"""A file of any app is a table with its encoding and delimiter said, or refused by its line."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import other_apps
from tracker.imports.foreign import MOST_COLUMNS, Delimiter, Encoding, is_ours, read_sheet
from tracker.imports.problems import FileRefused

TEXT = "Datum;Übelkeit;Notiz\n31.01.2026;3;müde\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), Encoding.UTF8),
        (TEXT.encode("utf-8-sig"), Encoding.UTF8_MARK),
        (TEXT.encode("utf-16"), Encoding.UTF16),
        (TEXT.replace("Ü", "U").encode("utf-16-le"), Encoding.UTF16_LITTLE),
        (TEXT.replace("Ü", "U").encode("utf-16-be"), Encoding.UTF16_BIG),
        (TEXT.encode("cp1252"), Encoding.WINDOWS),
    ],
)
def test_encodings_are_found(data: bytes, encoding: Encoding) -> None:
    sheet = read_sheet(data)
    assert (sheet.encoding, sheet.delimiter) == (encoding, Delimiter.SEMICOLON)
    assert sheet.table.headings[0] == "Datum"
    assert sheet.table.rows[0].cells["Notiz"] == "müde"


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b\n1,2\n", Delimiter.COMMA),
        ("a;b\n1,5;2\n2,5;3\n", Delimiter.SEMICOLON),
        ("a\tb, c\n1\t2\n", Delimiter.TAB),
        ("a|b\n1|2\n", Delimiter.BAR),
        ("sep=;\na;b,c\n1;2\n", Delimiter.SEMICOLON),
        ("a\n1\n", Delimiter.COMMA),
    ],
)
def test_what_stands_between_cells_is_found(text: str, delimiter: Delimiter) -> None:
    sheet = read_sheet(text.encode())
    assert sheet.delimiter is delimiter
    assert sheet.table.rows[0].cells["a"] in {"1", "1,5"}


def test_the_line_that_names_the_delimiter_counts_as_a_line() -> None:
    assert read_sheet(b"sep=;\na;b\n1;2\n").table.rows[0].line == 3


def test_headings_can_be_told_apart() -> None:
    sheet = read_sheet(b"a, ,a,a (2)\n1,2,3,4\n")
    assert sheet.table.headings == ("a", "#2", "a (2)", "a (2) (2)")
    assert not sheet.table.problems


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"sep=;", "is empty"),
        (b"PK\x03\x04 a workbook", "workbook"),
        (b"a,b\n1,\x81\n", "Line 2 holds a sign"),
        (b"a,b\n1,\x00\n", "Line 2 holds no text"),
        (b'a,b\n1,"x\n', "Line 2 can't be read as CSV"),
        (b"\xff\xfea", "Line 1 holds a sign"),
        (b"," * (MOST_COLUMNS + 1), "is empty"),
        (b"x" + b"," * MOST_COLUMNS, "201 columns"),
    ],
)
def test_what_is_no_table_is_refused_in_words(data: bytes, said: str) -> None:
    with pytest.raises(FileRefused, match=said):
        read_sheet(data)


def test_a_file_longer_than_any_diary_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.imports.foreign.MOST_ROWS", 1)
    with pytest.raises(FileRefused, match="has 2 lines"):
        read_sheet(b"a,b\n1,2\n1,2\n")


@given(st.binary(max_size=200))
def test_unknown_bytes_never_break_it(data: bytes) -> None:
    with contextlib.suppress(FileRefused):
        read_sheet(data)


@pytest.mark.parametrize(
    "data", [b"date,pain\n2026-01-01,5\n", b"date,pain,person\n", b"pain,date\n2026-01-01,x\n"]
)
def test_a_table_whose_columns_are_all_known_is_ours_right_or_wrong(data: bytes) -> None:
    assert is_ours(data)


@pytest.mark.parametrize(
    "data",
    [
        b"date,ache\n",
        b"day,pain\n",
        b"date;pain\n",
        b"",
        other_apps.daylio(1),
        other_apps.bearable(1),
    ],
)
def test_any_other_table_is_another_app_s(data: bytes) -> None:
    assert not is_ours(data)
