"""Test tonight's page and each night's, as people meet them."""

from datetime import date, timedelta
from http import HTTPStatus
from pathlib import Path

import pytest

from tests.applications import MakeApp
from tests.web.client import Visitor, page_text, sign_up
from tracker.domain.questionnaire import Ruler
from tracker.services import questionnaires
from tracker.storage import diaries, tidying
from tracker.web.context import Installation

DAY = date(2026, 11, 21)
TONIGHT = f"/diary/{DAY}"
YESTERDAY = "/diary/2026-11-20"


def revisions(visitor: Visitor) -> int:
    made: Installation = visitor.app.extensions["evenfall"]
    assert visitor.account is not None
    with made.database.reading() as session:
        return len(diaries.list_revisions(session, visitor.account.id))


def save(visitor: Visitor, path: str = TONIGHT, **fields: str) -> str:
    """Fill in the night's form, save it, and return the page that follows."""
    answer = visitor.submit(visitor.get(path), path, **fields)
    assert answer.status_code == HTTPStatus.SEE_OTHER, answer.text
    return page_text(visitor.get(answer.headers["Location"]))


def test_a_stranger_sees_what_this_is(stranger: Visitor) -> None:
    page = stranger.get("/")
    assert page.status_code == HTTPStatus.OK
    assert "Start a diary" in page_text(page)


def test_tonight_asks_with_nothing_chosen(owner: Visitor) -> None:
    page = page_text(owner.get("/"))
    assert "On average, how much pain did you have today?" in page
    assert "checked" not in page


def test_tonight_is_saved_and_shown(owner: Visitor) -> None:
    page = save(owner, pain="0", sleep="declined")
    assert "Saved." in page
    assert "<dt>Pain</dt><dd>0</dd>" in page
    assert "<dt>Sleep</dt><dd>Prefer not to say</dd>" in page
    assert "Need help now?</h2>" not in page
    assert "What you answered" in page_text(owner.get("/"))


def test_an_untouched_form_says_so_kindly(owner: Visitor) -> None:
    answer = owner.submit(owner.get("/"), TONIGHT)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "One answer is enough to save." in answer.text
    assert revisions(owner) == 0


def test_opening_and_saving_a_saved_night_writes_no_revision(owner: Visitor) -> None:
    save(owner, pain="7", dream_vividness="no_recall", note="Two\r\nlines")
    page = save(owner)
    assert "Nothing had changed." in page
    assert revisions(owner) == 1


def test_a_very_low_mood_shows_where_help_is_and_stores_nothing_of_it(owner: Visitor) -> None:
    assert "See who you can reach" in save(owner, mood="1")
    assert "See who you can reach" not in page_text(owner.get(TONIGHT))


def test_a_refused_form_keeps_what_was_typed(owner: Visitor) -> None:
    answer = owner.submit(
        owner.get("/"), TONIGHT, pain="11", mood="4", note="x" * 2_001, reason="y" * 501
    )
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'href="#pain"' in answer.text
    assert 'value="4" checked' in answer.text
    assert "x" * 2_001 in answer.text
    assert revisions(owner) == 0


def test_a_refused_edit_keeps_its_reason(owner: Visitor) -> None:
    save(owner, pain="7")
    answer = owner.submit(owner.get(TONIGHT), TONIGHT, pain="6", reason="y" * 501)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'href="#reason"' in answer.text
    assert "y" * 501 in answer.text


def test_an_edit_shows_who_when_why_and_what(owner: Visitor) -> None:
    save(owner, pain="7", note="Rain")
    page = save(owner, pain="6", mood="5", note="Sun", reason="A slip")
    assert "Pain: 7 → 6" in page
    assert "Mood: \N{EN DASH} → 5" in page
    assert "The note was changed." in page
    assert "“A slip”" in page
    assert "21 Nov 21:30 · you" in page
    assert "edited" in page


def test_yesterday_is_one_tap_away_and_marked_late(make_app: MakeApp, tmp_path: Path) -> None:
    clock = tmp_path / "clock"
    clock.write_text("2026-11-19T19:30:00Z")
    person = sign_up(make_app(CLOCK=f"@{clock}"), "Lark")
    clock.write_text("2026-11-21T19:30:00Z")
    assert f'href="{YESTERDAY}"' in page_text(person.get("/"))
    assert "will be marked late" in page_text(person.get(YESTERDAY))
    assert "late" in save(person, YESTERDAY, pain="5")
    assert f'href="{YESTERDAY}"' not in page_text(person.get("/"))


def test_a_new_person_is_not_asked_about_yesterday(owner: Visitor) -> None:
    assert "I fell asleep" not in page_text(owner.get("/"))


def test_an_old_day_takes_a_note_and_no_scores(owner: Visitor) -> None:
    path = "/diary/2026-11-10"
    page = page_text(owner.get(path))
    assert "takes no scores" in page
    assert "how much pain" not in page
    assert "A cold" in save(owner, path, note="A cold")
    answer = owner.post(path, {"pain": "4", "base_revision": "1"})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "closed more than 48 hours ago" in answer.text


def test_a_future_day_is_refused(owner: Visitor) -> None:
    path = "/diary/2026-11-22"
    assert owner.get(path).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert owner.post(path, {"pain": "4"}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY


@pytest.mark.parametrize("text", ["2026-W47-6", "20261121", "2026-02-30", "1969-12-31", "x"])
def test_what_is_no_day_is_not_there(owner: Visitor, text: str) -> None:
    assert owner.get(f"/diary/{text}").status_code == HTTPStatus.NOT_FOUND


def test_a_night_is_deleted_and_brought_back(owner: Visitor) -> None:
    save(owner, pain="7")
    gone = owner.submit(owner.get(TONIGHT), f"{TONIGHT}/delete")
    page = owner.get(gone.headers["Location"])
    assert "until 21 December 2026" in page_text(page)
    back = owner.submit(page, f"{TONIGHT}/restore")
    assert "<dt>Pain</dt><dd>7</dd>" in page_text(owner.get(back.headers["Location"]))
    assert owner.post(f"{TONIGHT}/restore").status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_two_ways_of_one_night_are_picked_in_one_tap(owner: Visitor) -> None:
    first, second = owner.get("/"), owner.get("/")
    owner.submit(first, TONIGHT, pain="7")
    beside = owner.submit(second, TONIGHT, pain="3", note="Elsewhere")
    page = owner.get(beside.headers["Location"])
    assert "Which one counts?" in page_text(page)
    assert "two answers" in page_text(page)
    assert "Which one counts?" in page_text(owner.get("/"))
    assert "kept beside" in page_text(page)
    chosen = owner.post(f"{TONIGHT}/choose", {"revision": "2", "keep": "other"})
    assert "<dt>Pain</dt><dd>3</dd>" in page_text(owner.get(chosen.headers["Location"]))
    late = owner.post(f"{TONIGHT}/choose", {"revision": "x"})
    assert late.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_a_hundred_point_ruler_is_a_number_without_a_start(owner: Visitor) -> None:
    made: Installation = owner.app.extensions["evenfall"]
    assert owner.account is not None
    with made.database.writing() as session:
        questionnaires.choose_ruler(session, owner.account, Ruler.VAS, made.settings.clock())
    page = owner.get("/")
    assert 'name="pain" value=""' in page_text(page)
    both = owner.submit(page, TONIGHT, **{"pain": "40", "pain.state": "declined"})
    assert "Keep one of them." in both.text
    page_after = save(owner, **{"pain": "40", "sleep.state": "declined", "mood.state": ""})
    assert "<dt>Pain</dt><dd>40</dd>" in page_after
    assert "<dt>Sleep</dt><dd>Prefer not to say</dd>" in page_after


def test_the_list_shows_months_marks_and_quiet_gaps(owner: Visitor) -> None:
    save(owner, pain="7", dream_vividness="no_recall")
    save(owner, "/diary/2026-09-29", note="A cold")
    page = page_text(owner.get("/diary/"))
    assert "Pain: 7 · Dream vividness: I don" in page
    assert "Does not apply" not in page
    assert "not written" in page
    assert 'href="/diary/?month=2026-10"' in page
    october = page_text(owner.get("/diary/?month=2026-10"))
    assert 'href="/diary/?month=2026-11"' in october
    assert 'href="/diary/?month=2026-09"' in october
    september = page_text(owner.get("/diary/?month=2026-09"))
    assert "A cold" in september
    assert "note only" in september
    assert "Nothing is written" in page_text(owner.get("/diary/?month=2026-08"))
    assert owner.get("/diary/?month=2026-13").status_code == HTTPStatus.NOT_FOUND


def test_paused_days_are_called_so(owner: Visitor) -> None:
    save(owner, "/diary/2026-11-10", note="A cold")
    owner.post("/pauses/", {"first_day": "2026-11-12", "last_day": "2026-11-13"})
    assert page_text(owner.get("/diary/")).count("paused") == 2


@pytest.mark.parametrize(
    ("zone", "now", "day"),
    [
        ("America/New_York", "2025-06-10T04:30:00Z", "2025-06-09"),
        ("America/New_York", "2025-06-10T07:59:59Z", "2025-06-09"),
        ("America/New_York", "2025-06-10T08:00:00Z", "2025-06-10"),
        ("America/New_York", "2025-03-09T08:30:00Z", "2025-03-09"),
        ("America/New_York", "2025-11-02T06:30:00Z", "2025-11-01"),
        ("America/New_York", "2025-11-02T08:30:00Z", "2025-11-01"),
        ("Asia/Kathmandu", "2025-03-09T18:45:00Z", "2025-03-09"),
        ("Asia/Kathmandu", "2025-03-10T22:14:00Z", "2025-03-10"),
        ("Asia/Kathmandu", "2025-03-10T22:15:00Z", "2025-03-11"),
        ("Pacific/Auckland", "2025-06-09T12:30:00Z", "2025-06-09"),
        ("Pacific/Auckland", "2025-06-09T15:59:00Z", "2025-06-09"),
        ("Pacific/Auckland", "2025-06-09T16:00:00Z", "2025-06-10"),
        ("Pacific/Auckland", "2025-09-27T14:59:00Z", "2025-09-27"),
        ("Pacific/Auckland", "2025-09-27T15:00:00Z", "2025-09-28"),
        ("Pacific/Auckland", "2025-04-05T15:59:00Z", "2025-04-05"),
        ("Pacific/Auckland", "2025-04-05T16:00:00Z", "2025-04-06"),
        ("Pacific/Apia", "2011-12-30T10:30:00Z", "2011-12-30"),
        ("Pacific/Apia", "2011-12-30T13:59:00Z", "2011-12-30"),
        ("Pacific/Apia", "2011-12-30T14:00:00Z", "2011-12-31"),
    ],
)
def test_an_entry_lands_on_the_day_of_the_evening(
    make_app: MakeApp, zone: str, now: str, day: str
) -> None:
    person = sign_up(make_app(CLOCK=now), "Moth", zone=zone)
    answer = person.submit(person.get("/"), f"/diary/{day}", pain="5")
    assert answer.headers["Location"] == f"/diary/{day}?saved=stored"


def test_after_30_days_a_deleted_night_is_told_to_be_gone(
    make_app: MakeApp, tmp_path: Path
) -> None:
    clock = tmp_path / "clock"
    clock.write_text("2026-11-21T19:30:00Z")
    person = sign_up(make_app(CLOCK=f"@{clock}"), "Moth")
    save(person, pain="7", note="Rain")
    person.post(f"{TONIGHT}/delete")
    clock.write_text("2026-12-21T19:29:00Z")
    assert "Bring it back" in page_text(person.get(TONIGHT))
    clock.write_text("2026-12-21T19:31:00Z")
    assert "have passed" in page_text(person.get(TONIGHT))


def test_late_days_name_themselves(owner: Visitor) -> None:
    assert "<h1>Yesterday</h1>" in page_text(owner.get(YESTERDAY))
    two_days_ago = DAY - timedelta(days=2)
    assert "<h1>A night</h1>" in page_text(owner.get(f"/diary/{two_days_ago}"))


def test_a_wrong_clock_is_told_in_the_history(owner: Visitor) -> None:
    page = save(
        owner, pain="4", measured_at="2026-11-21T22:30:00Z", phone_now="2026-11-21T22:30:00Z"
    )
    assert "clock was wrong and was set right" in page


def test_a_purged_note_is_told_in_the_history(make_app: MakeApp, tmp_path: Path) -> None:
    clock = tmp_path / "clock"
    clock.write_text("2026-11-21T19:30:00Z")
    app = make_app(CLOCK=f"@{clock}")
    person = sign_up(app, "Moth")
    save(person, pain="7", note="Rain")
    save(person, note="")
    made: Installation = app.extensions["evenfall"]
    later = made.settings.clock() + timedelta(days=31)
    with made.database.writing() as session:
        assert tidying.tidy(session, tmp_path / "erased.log", later).texts == 1
    assert "was deleted for good" in page_text(person.get(TONIGHT))
