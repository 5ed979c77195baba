"""A sheet in plain lines: its tables in columns, one below the other."""

from tests.appointments import ENGLISH
from tests.domain.test_group_words import ASKED, report
from tracker.domain.group_words import sheet
from tracker.domain.releases import released
from tracker.exports.plain_sheets import plain_sheet


def test_tables_stand_in_columns_with_what_they_are_about() -> None:
    text = plain_sheet(sheet(released(report(), ASKED.rule), ASKED, ENGLISH))
    lines = text.splitlines()
    assert lines[0] == "People in this report: 12"
    head, people = (
        next(line for line in lines if one in line) for one in ("Treatment", "People  ")
    )
    assert head.index("Treatment") == people.index("12")
    assert "  McNemar's exact test looks at those alone" in text
    assert "\N{NO-BREAK SPACE}" not in text
    assert not any(line != line.rstrip() for line in lines)
