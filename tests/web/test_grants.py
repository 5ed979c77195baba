"""Access by invitation: made by either side, accepted by the other, ended by one tap."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.web import stored
from tests.web.client import Visitor, page_text
from tests.web.readers import reader
from tracker.domain.grants import Grant
from tracker.domain.people import Role
from tracker.services import grants, invitations
from tracker.storage import accounts
from tracker.web import grant_pages

LINK = re.compile(r"http://localhost(?::[0-9]+)?/join#([A-Za-z0-9_-]{43})")
EVERYTHING = {"questions": "all"}


@pytest.fixture
def clinician(app: Flask) -> Visitor:
    """Return a clinician with a second factor, signed in."""
    return reader(app, Role.CLINICIAN, "Ada")


def text(answer: TestResponse) -> str:
    """Return a page, its spaces joined."""
    return " ".join(page_text(answer).split())


def token(made: TestResponse) -> str:
    """Return the token of the invitation that a page shows, as often as it likes."""
    assert made.status_code == 200
    (found,) = set(LINK.findall(made.text))
    assert isinstance(found, str)
    return found


def opened(visitor: Visitor, link: str) -> tuple[str, TestResponse]:
    """Open an invitation; return where it leads and what stands there."""
    led = visitor.post("/join", {"token": f"http://localhost/join#{link}"})
    assert led.status_code == 303
    return led.location, visitor.get(led.location)


def given(owner: Visitor) -> list[Grant]:
    assert owner.account is not None
    with stored.installation(owner.app).database.reading() as session:
        return list(grants.list_given(session, owner.account))


def test_a_clinician_is_let_in_by_the_owners_link_as_far_as_it_says(
    owner: Visitor, clinician: Visitor
) -> None:
    fields = {"questions": "some", "item": ["pain", "sleep"], "from": "2026-11-01", "notes": "y"}
    made = owner.post("/grants/new/read", {**fields, "until": "2026-12-24"})
    assert "Only these questions: Pain, Sleep" in text(made)
    waiting = text(owner.get("/grants/"))
    assert "Invitations that nobody accepted yet" in waiting
    assert "Can be accepted until 5 Dec 2026" in waiting
    where, page = opened(clinician, token(made))
    for said in (
        "Moth lets you read their report.",
        "Nights from 1 Nov 2026 on",
        "Only these questions: Pain, Sleep",
        "Notes: yes",
        "May not save the report",
        "Through 24 Dec 2026",
    ):
        assert said in text(page)
    assert given(owner) == [], "seeing it accepts nothing"
    assert clinician.post(where).location == "/clinic/"
    shown = text(owner.get("/grants/"))
    assert "<bdi>Ada</bdi>" in shown
    assert "clinician, may read the report" in shown
    assert "Since 21 Nov 2026" in shown
    assert "nobody accepted yet" not in shown


def test_one_tap_ends_it(owner: Visitor, clinician: Visitor) -> None:
    where, _page = opened(clinician, token(owner.post("/grants/new/read", EVERYTHING)))
    clinician.post(where)
    (grant,) = given(owner)
    assert owner.post(f"/grants/{grant.id}/end").status_code == 303
    page = text(owner.get("/grants/"))
    assert "That access is ended." in page
    assert "Nobody but you may read or write here." in page
    assert "From 21 Nov 2026 to 21 Nov 2026, ended by you" in page
    assert owner.post(f"/grants/{grant.id}/end").status_code == 404


def test_the_reader_can_give_it_up(owner: Visitor, clinician: Visitor, other: Visitor) -> None:
    for visitor, kind, home in ((clinician, "read", "/clinic/"), (other, "help", "/for/")):
        where, _page = opened(visitor, token(owner.post(f"/grants/new/{kind}", EVERYTHING)))
        visitor.post(where)
        (grant,) = [one for one in given(owner) if one.ended_at is None]
        assert visitor.post(f"/grants/{grant.id}/leave").location == home
    assert "ended by them" in text(owner.get("/grants/"))


def test_a_patient_sees_who_asks_before_choosing_how_far(
    owner: Visitor, clinician: Visitor
) -> None:
    link = token(clinician.post("/clinic/invite"))
    assert "Made on 21 Nov 2026" in text(clinician.get("/clinic/invite"))
    where, page = opened(owner, link)
    assert "Ada, a clinician here, asks to read your report." in text(page)
    assert "Made on 21 Nov 2026" in text(clinician.get("/clinic/invite")), "told nothing yet"
    for wrong in ({"questions": "some"}, {"until": "2026-11-01"}, {"until": "soon"}):
        refused = owner.post(where, {**EVERYTHING, **wrong})
        assert refused.status_code == 422
        assert 'class="error"' in refused.text
    assert owner.post(where, {**EVERYTHING, "pdf": "y"}).location == "/grants/"
    (grant,) = given(owner)
    assert (grant.reader_name, grant.scope.pdf, grant.expires_at) == ("Ada", True, None)
    assert "Ada may read now." in text(owner.get("/grants/"))
    assert "nobody accepted yet" not in text(clinician.get("/clinic/invite"))


def test_a_helper_is_told_what_they_are_asked_for(owner: Visitor, other: Visitor) -> None:
    made = owner.post("/grants/new/help", {"until": "2026-12-24"})
    where, page = opened(other, token(made))
    assert "Moth asks you to log nights for them." in text(page)
    assert "nothing else" in text(page)
    assert other.post(where).location == "/for/"
    assert "helper, may log tonight and yesterday" in text(owner.get("/grants/"))


def gone(visitor: Visitor, *links: str) -> Iterator[bytes]:
    for link in links:
        answer = visitor.post("/join", {"token": link})
        assert answer.status_code == 422
        assert link.encode() not in answer.data
        yield answer.data


def test_whatever_opens_nothing_is_answered_by_the_same_bytes(
    owner: Visitor, other: Visitor
) -> None:
    assert owner.account is not None
    used, revoked, closed = (token(owner.post("/grants/new/help")) for _each in range(3))
    where, _page = opened(other, used)
    other.get(other.post(where).location)
    made = stored.installation(owner.app)
    now = made.settings.clock()
    with made.database.writing() as session:
        left = invitations.list_open(session, owner.account, now)
        by_token = {
            link: invitations.open_by_token(session, other.account, link, now).invitation.id
            for link in (revoked, closed)
            if other.account is not None
        }
        assert {one.id for one in left} == set(by_token.values())
    assert owner.post(f"/invitations/{by_token[revoked]}/withdraw").location == "/grants/"
    with made.database.writing() as session:
        accounts.disable(session, owner.account.id, now)
    answers = set(gone(other, used, revoked, closed, "never-one", "x" * 400))
    assert len(answers) == 1
    assert other.get(where).data in answers, "what was shown before, too"


def test_an_invitation_is_seen_by_its_token_alone(owner: Visitor, other: Visitor) -> None:
    owner.post("/grants/new/help")
    assert owner.account is not None
    made = stored.installation(owner.app)
    with made.database.reading() as session:
        (one,) = invitations.list_open(session, owner.account, made.settings.clock())
    for answer in (other.get(f"/join/{one.id}"), other.post(f"/join/{one.id}")):
        assert answer.status_code == 422
        assert "Moth" not in page_text(answer)


@pytest.mark.parametrize(
    ("kind", "who", "said"),
    [
        ("help", "owner", "You made this invitation yourself."),
        ("read", "other", "This invitation is for a clinician"),
        ("ask", "clinician", "You made this invitation yourself."),
    ],
)
def test_it_is_said_where_the_wrong_person_opens_it(
    owner: Visitor, other: Visitor, clinician: Visitor, kind: str, who: str, said: str
) -> None:
    visitors = {"owner": owner, "other": other, "clinician": clinician}
    if kind == "ask":
        link = token(clinician.post("/clinic/invite"))
    else:
        link = token(owner.post(f"/grants/new/{kind}", EVERYTHING))
    answer = visitors[who].post("/join", {"token": link})
    assert answer.status_code == 422
    assert said in text(answer)


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/grants/new/read", {"questions": "some"}),
        ("/grants/new/read", {"questions": "all", "until": "2026-11-20"}),
        ("/grants/new/help", {"until": "2026-11-20"}),
        ("/grants/new/help", {"until": "never"}),
    ],
)
def test_what_cant_be_is_refused_beside_its_field(
    owner: Visitor, path: str, fields: dict[str, str]
) -> None:
    refused = owner.post(path, fields)
    assert refused.status_code == 422
    assert 'class="error"' in refused.text
    assert owner.get("/grants/new/everything").status_code == 404


def test_a_stranger_is_told_to_sign_in_first(stranger: Visitor) -> None:
    page = text(stranger.get("/join"))
    assert "you need an account here" in page
    assert '<form method="post" action="/join"' not in page


def test_access_that_is_over_by_itself_says_so(owner: Visitor, other: Visitor) -> None:
    where, _page = opened(other, token(owner.post("/grants/new/help", {"until": "2026-11-21"})))
    other.post(where)
    made = stored.installation(owner.app)
    (grant,) = given(owner)
    assert grant.expires_at is not None
    assert owner.account is not None
    with made.database.reading() as session, owner.app.test_request_context("/help/"):
        page = grant_pages.load(session, owner.account, grant.expires_at)
    assert [card.dates for card in page.over] == [
        "From 21 Nov 2026 to 22 Nov 2026, its time was over"
    ]
