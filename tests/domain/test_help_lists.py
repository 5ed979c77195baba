"""Test when the operator's help list was checked too long ago."""

from datetime import date

import pytest

from tracker.domain.help_lists import HelpList


@pytest.mark.parametrize(
    ("first_line", "is_stale"),
    [
        ("reviewed 2025-11-21", False),
        ("reviewed 2025-11-20", True),
        ("reviewed 2026-13-01", True),
        ("Reviewed lately", True),
    ],
)
def test_a_list_is_good_for_a_year(first_line: str, is_stale: bool) -> None:  # noqa: FBT001 - a case's own
    listed = HelpList.from_text(f"{first_line}\nCall Anna.")
    assert listed.is_stale(date(2026, 11, 21)) is is_stale
