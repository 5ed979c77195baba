"""Test that help right now is on every page, and says what the operator wrote."""

from pathlib import Path

import pytest

from tests.applications import MakeApp
from tests.web.client import Visitor


def test_help_explains_the_mark_and_the_start_day(stranger: Visitor) -> None:
    page = stranger.get("/help/").text
    assert "the start day is neither in the baseline nor in the days after" in page
    assert "28\N{NO-BREAK SPACE}% of those on placebo" in page, "a sign stays with its number"
    assert "nobody reads these entries in real time" in page


def test_help_now_is_one_tap_away_from_any_page(stranger: Visitor) -> None:
    for path in ("/help/", "/nothing", "/help/now"):
        assert 'href="/help/now"' in stranger.get(path).text


def test_without_the_operators_list_there_is_a_plain_one(stranger: Visitor) -> None:
    page = stranger.get("/help/now").text
    assert "call the emergency number where you are" in page
    assert "Last checked on 22 November 2026." in page


@pytest.mark.parametrize(
    ("written", "shown", "checked"),
    [
        (
            "reviewed 2026-10-01\nCall Anna.\n\nOr <Ben>.",
            ["Call Anna.", "Or &lt;Ben&gt;."],
            "1 October",
        ),
        ("Call Anna.", ["Call Anna."], ""),
        ("reviewed 2026-13-01\nCall Anna.", ["Call Anna."], ""),
    ],
)
def test_the_operator_may_write_the_list(
    stranger: Visitor, tmp_path: Path, written: str, shown: list[str], checked: str
) -> None:
    (tmp_path / "help.txt").write_text(written, "utf-8")
    page = stranger.get("/help/now").text
    assert all(f">{text}</p>" in page for text in shown)
    assert "emergency number" not in page
    assert ("Last checked" in page) == bool(checked)
    assert checked in page


def test_a_number_is_dialled_by_a_tap_and_stands_as_it_was_written(
    stranger: Visitor, tmp_path: Path
) -> None:
    (tmp_path / "help.txt").write_text("reviewed 2026-10-01\nCall 01 / 406 43-43, day & night.")
    shown = '>Call <a href="tel:014064343" dir="ltr">01 / 406 43-43</a>, day &amp; night.</p>'
    assert shown in stranger.get("/help/now").text


def test_without_a_list_the_emergency_numbers_are_dialled_by_a_tap(stranger: Visitor) -> None:
    page = stranger.get("/help/now").text
    assert [n for n in ("112", "911", "999", "000", "111") if f'href="tel:{n}"' not in page] == []


def test_a_list_that_cannot_be_read_is_as_none(stranger: Visitor, tmp_path: Path) -> None:
    (tmp_path / "help.txt").write_bytes(b"\xff\xfe")
    assert "emergency number" in stranger.get("/help/now").text


def test_the_operator_can_be_reached(make_app: MakeApp) -> None:
    stranger = Visitor(make_app(CONTACT="Anna, 555 01 23"))
    for path in ("/help/", "/help/now"):
        assert "This diary is run by: Anna, 555 01 23" in stranger.get(path).text
