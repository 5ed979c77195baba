"""The list of readings: an owner sees every look by others, by whom, at what, how often."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.web import stored
from tests.web.client import Visitor, page_text
from tracker.domain.readings import Reader, ReaderKind, Seen
from tracker.services import readings
from tracker.web.reading_words import KINDS, SEEN

AT = datetime(2026, 11, 20, 19, 5, tzinfo=UTC)
OWL = Reader("owl", "Dr <Owl>", ReaderKind.CLINICIAN)


def looked(visitor: Visitor, what: Seen, *minutes: int, reader: Reader = OWL) -> None:
    """Let somebody look, so many minutes after five past nine by the owner's clock."""
    assert visitor.account is not None
    with stored.installation(visitor.app).database.writing() as session:
        for after in minutes:
            at = AT + timedelta(minutes=after)
            readings.note_reading(session, visitor.account.id, reader, what, at)


def shown(visitor: Visitor, query: str = "") -> str:
    """Return the list, its spaces joined."""
    return " ".join(page_text(visitor.get(f"/account/readings{query}")).split())


def test_a_look_names_who_what_and_when_by_the_owners_clock(owner: Visitor) -> None:
    looked(owner, Seen.REPORT, 0, 7, 30)
    looked(owner, Seen.PDF, 60)
    page = shown(owner)
    assert page.count("<bdi>Dr &lt;Owl&gt;</bdi>") == 2
    assert "(clinician)" in page
    assert "<span>The report</span>" in page
    assert "20 Nov 2026, 21:05 to 21:35 · 3 times" in page
    assert "20 Nov 2026, 22:05</span>" in page
    assert page.index("saved as a PDF") < page.index("<span>The report</span>"), "newest first"


def test_whoever_looked_at_whatever_is_said_in_words(owner: Visitor) -> None:
    for kind in ReaderKind:
        for what in Seen:
            looked(owner, what, 0, reader=Reader(kind, "Somebody", kind))
    page = shown(owner)
    for said in (*KINDS.values(), *SEEN.values()):
        assert said in page
    assert set(KINDS) == set(ReaderKind)
    assert set(SEEN) == set(Seen)


def test_nobody_else_sees_it_and_nothing_yet_is_said(owner: Visitor, other: Visitor) -> None:
    looked(owner, Seen.REPORT, 0)
    assert "Nobody else has looked" in shown(other)


def test_fifty_are_a_page(owner: Visitor) -> None:
    looked(owner, Seen.REPORT, *(60 * hours for hours in range(readings.LINES + 10)))
    first = shown(owner)
    assert first.count("Dr &lt;Owl&gt;") == readings.LINES
    assert 'href="/account/readings?page=2"' in first
    second = shown(owner, "?page=2")
    assert second.count("Dr &lt;Owl&gt;") == 10
    assert "Older" not in second
    assert "Newest" in second
    assert "There is nothing before this." in shown(owner, "?page=3")


@pytest.mark.parametrize("page", ["0", "-1", "x", "9999999", ""])
def test_what_is_no_page_is_not_found(owner: Visitor, page: str) -> None:
    assert owner.get(f"/account/readings?page={page}").status_code == 404


def test_the_log_and_the_list_lead_to_each_other(owner: Visitor) -> None:
    assert 'href="/account/log"' in shown(owner)
    assert 'href="/account/readings"' in page_text(owner.get("/account/log"))
    looked(owner, Seen.REPORT, 0)
    log = page_text(owner.get("/account/log"))
    assert "Diary read by someone else" in log
