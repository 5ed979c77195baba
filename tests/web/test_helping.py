"""A helper logs tonight and yesterday for somebody, under their own name, and sees no more."""

import csv
import io
import json
from collections.abc import Mapping

import pytest
from werkzeug.test import TestResponse

from tests.web import lint, stored
from tests.web.access import end, give
from tests.web.client import Visitor, page_text, sign_up
from tracker.domain.grants import GrantKind
from tracker.domain.revisions import Revision
from tracker.storage import audit, diaries

TONIGHT, YESTERDAY = "2026-11-21", "2026-11-20"
SECRET = "the owner's own words"


@pytest.fixture
def helper(owner: Visitor, other: Visitor) -> Visitor:
    """Return Wren, who may log nights for Moth."""
    give(owner, other, GrantKind.HELP)
    return other


def base(owner: Visitor) -> str:
    assert owner.account is not None
    return f"/for/{owner.account.id}/"


def text(answer: TestResponse) -> str:
    return " ".join(page_text(answer).split())


def log(helper: Visitor, owner: Visitor, day: str = TONIGHT, **fields: str) -> TestResponse:
    """Fill in the form that the page shows, and send it."""
    path = f"{base(owner)}diary/{day}"
    return helper.submit(helper.get(path), path, **fields)


def history(owner: Visitor, day: str = TONIGHT) -> list[Revision]:
    assert owner.account is not None
    with stored.installation(owner.app).database.reading() as session:
        return list(diaries.list_revisions(session, owner.account.id, stored.day(day)))


def test_a_helper_saves_tonight_under_their_own_name(owner: Visitor, helper: Visitor) -> None:
    assert owner.account is not None
    assert helper.account is not None
    assert "<bdi>Moth</bdi>" in text(helper.get("/for/"))
    page = text(helper.get(base(owner)))
    assert "<h1>Tonight, for Moth</h1>" in page
    assert "The form needs a connection" in page
    assert "night-form" not in page, "what keeps nights on a phone would take it for one's own"
    saved = log(helper, owner, pain="7", note="Slept badly")
    assert saved.location == f"{base(owner)}diary/{TONIGHT}?saved=stored"
    assert "Saved." in text(helper.get(saved.location))
    (one,) = history(owner)
    assert (one.author, one.entered_by, one.note) == (owner.account.id, "Wren", "Slept badly")
    with stored.installation(owner.app).database.reading() as session:
        event = next(
            event
            for event in audit.events_of(session, owner.account.id, 9)
            if event.verb == "night.saved"
        )
    assert event.actor == helper.account.id


def test_who_entered_it_is_said_wherever_the_night_is(owner: Visitor, helper: Visitor) -> None:
    log(helper, owner, pain="7")
    night = text(owner.get(f"/diary/{TONIGHT}"))
    assert night.count("entered by Wren") == 2, "beside the answers and in the history"
    assert "entered by Wren" in text(owner.get("/diary/"))
    trends = text(owner.get("/trends/"))
    assert "entered by Wren" in trends
    assert 'class="c-helped"' in trends
    assert "entered by a helper" in trends
    rows = list(csv.DictReader(io.StringIO(owner.get("/exports/diary.csv").text)))
    assert [row["entered_by"] for row in rows] == ["Wren"]
    archive = json.loads(owner.get("/exports/diary.json").text)
    assert [one["entered_by"] for one in archive["revisions"]] == ["Wren"]
    assert "by Wren" in text(owner.get("/account/log"))
    traces = owner.get("/trends/figure.json").json
    assert traces is not None
    assert "helped" in [trace["meta"] for trace in traces["data"]]


def test_a_diary_without_help_has_no_column_for_it(owner: Visitor) -> None:
    owner.post(f"/diary/{TONIGHT}", {"pain": "3"})
    assert "entered_by" not in owner.get("/exports/diary.csv").text
    assert "c-helped" not in text(owner.get("/trends/"))


def test_the_owners_note_is_not_shown_and_not_written_over(owner: Visitor, helper: Visitor) -> None:
    owner.post(f"/diary/{TONIGHT}", {"pain": "3", "note": SECRET})
    page = text(helper.get(base(owner)))
    assert SECRET not in page
    assert "There is a note for this night. Only Moth sees it." in page
    assert 'name="note"' not in page
    log(helper, owner, pain="4", note="mine")
    owned = history(owner)
    assert [one.note for one in owned] == [SECRET, SECRET]
    assert [one.entered_by for one in owned] == [None, "Wren"]
    assert "edited" in text(owner.get(f"/diary/{TONIGHT}"))


def test_the_form_shows_what_stands_so_that_it_can_be_corrected(
    owner: Visitor, helper: Visitor
) -> None:
    owner.post(f"/diary/{TONIGHT}", {"pain": "3"})
    (sent,) = [dict(fields) for to, fields in forms(helper.get(base(owner))) if "/diary/" in to]
    assert (sent["pain"], sent["base_revision"]) == ("3", "1")


def forms(page: TestResponse) -> list[tuple[str, Mapping[str, str]]]:
    return [(to, fields) for to, fields in lint.forms(page_text(page))]


def test_yesterday_is_open_and_no_other_night(owner: Visitor, helper: Visitor) -> None:
    owner.post("/diary/2026-11-19", {"note": SECRET})
    page = text(helper.get(f"{base(owner)}diary/{YESTERDAY}"))
    assert "<h1>Yesterday, for Moth</h1>" in page
    assert "marked late" in page
    assert log(helper, owner, YESTERDAY, pain="5").status_code == 303
    for day in ("2026-11-19", "2026-11-22", "2026-W47-6", "x"):
        for answer in (
            helper.get(f"{base(owner)}diary/{day}"),
            helper.post(f"{base(owner)}diary/{day}", {"pain": "5"}),
        ):
            assert answer.status_code == 404
            assert SECRET not in answer.text


def test_what_cant_be_read_stays_in_the_form(owner: Visitor, helper: Visitor) -> None:
    path = f"{base(owner)}diary/{TONIGHT}"
    refused = helper.post(path, {"pain": "77", "sleep": "4", "note": "Rain"})
    assert refused.status_code == 422
    assert "Rain" in refused.text
    assert 'href="#pain"' in refused.text
    assert "Nothing is answered yet" in text(helper.post(path, {"pain": ""}))
    assert history(owner) == []


def test_the_confirmation_after_a_very_low_mood_is_the_same_card(
    owner: Visitor, helper: Visitor
) -> None:
    saved = log(helper, owner, mood="1")
    assert "there are people to talk to" in text(helper.get(saved.location))
    assert "there are people to talk to" not in text(helper.get(base(owner)))


def test_each_look_is_noted_for_the_owner(owner: Visitor, helper: Visitor) -> None:
    helper.get(base(owner))
    helper.get(f"{base(owner)}diary/{YESTERDAY}")
    page = text(owner.get("/account/readings"))
    assert "<bdi>Wren</bdi>" in page
    assert "The form of a night" in page
    assert "2 times" in page


def test_an_ended_grant_is_gone_at_the_next_request(owner: Visitor, other: Visitor) -> None:
    grant = give(owner, other, GrantKind.HELP)
    form = other.get(base(owner))
    assert form.status_code == 200
    end(owner, grant)
    nobody = other.get("/for/nobody/")
    assert other.get(base(owner)).data == nobody.data
    path = f"{base(owner)}diary/{TONIGHT}"
    assert other.submit(form, path, pain="9").status_code == 404
    assert history(owner) == []
    assert "Nobody lets you log nights" in text(other.get("/for/"))


def test_a_helper_keeps_a_diary_of_their_own(owner: Visitor, helper: Visitor) -> None:
    helper.post(f"/diary/{TONIGHT}", {"pain": "1"})
    log(helper, owner, pain="9")
    assert [one.answers["pain"].value for one in history(helper)] == [1]
    assert [one.entered_by for one in history(helper)] == [None]
    assert [one.answers["pain"].value for one in history(owner)] == [9]


def test_a_form_that_somebody_else_had_open_saves_nothing(owner: Visitor, helper: Visitor) -> None:
    third = sign_up(owner.app, "Lark")
    give(owner, third, GrantKind.HELP)
    assert third.account is not None
    path = f"{base(owner)}diary/{TONIGHT}"
    refused = helper.post(path, {"pain": "3", "person": third.account.id})
    assert refused.status_code == 409
    assert "This form is not yours" in text(refused)
    assert history(owner) == []


def test_both_may_write_at_once_and_the_owner_chooses(owner: Visitor, helper: Visitor) -> None:
    form = helper.get(base(owner))
    owner.post(f"/diary/{TONIGHT}", {"pain": "3"})
    path = f"{base(owner)}diary/{TONIGHT}"
    saved = helper.submit(form, path, pain="8")
    assert saved.location.endswith("?saved=conflict")
    assert "the owner chooses what counts" in text(helper.get(saved.location))
    assert "entered by Wren" not in text(owner.get("/diary/")), "it doesn't count yet"
