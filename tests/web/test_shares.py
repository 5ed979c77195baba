"""The owner's links: made with a choice of nights and questions, shown once, listed, ended."""

import re
from datetime import timedelta

import pytest
import segno
from flask import Flask

from tests.applications import MakeApp
from tests.charts import courses
from tests.charts.courses import BASELINE, FIRST, OWN, TREATMENT
from tests.storage import nights
from tests.web import lint, sharing, signing, stored
from tests.web.client import Visitor, page_text, sign_up
from tracker.domain.scopes import Scope
from tracker.services import shares
from tracker.services.hashing import shared
from tracker.services.shares import Listed, Wish
from tracker.web import qr

CHOSEN = {
    "label": "Dr K.",
    "from": "2026-09-01",
    "to": "2026-10-31",
    "questions": "some",
    "item": ["pain", OWN.key],
    "life": "90",
}
WHOLE = {"questions": "all", "life": "30"}


@pytest.fixture
def moth(owner: Visitor) -> Visitor:
    """Return somebody with 81 nights, a baseline and a treatment."""
    stored.keep(owner, courses.diary(courses.course(81)), [BASELINE, TREATMENT])
    return owner


def listed(owner: Visitor) -> list[Listed]:
    assert owner.account is not None
    with stored.installation(owner.app).database.reading() as session:
        return list(shares.list_all(session, owner.account))


def text(visitor: Visitor, path: str = "/shares/") -> str:
    return lint.text_of(lint.parsed(page_text(visitor.get(path))))


def test_nothing_is_shared_until_a_link_is_made(owner: Visitor) -> None:
    assert "Nothing is shared. Nobody but you reads this diary." in text(owner)


def test_a_passphrase_waits_its_turn_where_others_are_hashing(
    moth: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    hasher = shared()
    monkeypatch.setattr(hasher, "_queue", 0.01)
    with hasher._strangers:  # noqa: SLF001 - as while a stranger's password is looked at
        waiting = moth.post("/shares/new", {**WHOLE, "label": "Dr K.", "passphrase": "plum stones"})
    assert waiting.status_code == 429
    assert waiting.headers["Retry-After"]
    assert 'value="Dr K."' in waiting.text
    assert listed(moth) == []


def test_a_new_link_starts_with_the_baseline_all_questions_and_no_notes(
    moth: Visitor, other: Visitor
) -> None:
    root = lint.parsed(page_text(moth.get("/shares/new")))
    fields = {one.get("name"): one for one in root.iter("input") if one.get("type") != "radio"}
    assert fields["from"].get("value") == f"{FIRST}"
    assert fields["to"].get("value") == ""
    assert "checked" not in fields["notes"].attrib
    assert "checked" in fields["treatment"].attrib
    assert "checked" not in fields["pdf"].attrib
    chosen = [one.get("value") for one in root.iter("input") if "checked" in one.attrib]
    assert chosen == ["all", "y", "30"]
    assert OWN.name in lint.text_of(root)
    root = lint.parsed(page_text(other.get("/shares/new")))
    assert {one.get("value") for one in root.iter("input") if one.get("name") == "from"} == {""}


def test_a_link_is_shown_once_with_its_picture(moth: Visitor) -> None:
    answer = moth.post("/shares/new", CHOSEN)
    assert answer.status_code == 200
    (link,) = re.findall(r"http://localhost/s#[A-Za-z0-9_-]{43}", answer.text)
    assert str(qr.drawn(link)) in answer.text
    assert "Whoever has the link can read" in answer.text
    assert "can&#39;t be called back" in answer.text
    assert "Nobody watches your entries" in answer.text
    assert link.rpartition("#")[2] not in page_text(moth.get("/shares/"))
    reader = Visitor(moth.app)
    assert reader.post("/s", {"token": link}).status_code == 303


def test_the_picture_is_the_link() -> None:
    link = f"https://diary.example/s#{'a' * 43}"
    code = segno.make(link, error="m", micro=False)
    side = code.symbol_size(border=qr.QUIET)[0]
    dark = {
        (x, y)
        for y, row in enumerate(code.matrix_iter(border=qr.QUIET))
        for x, module in enumerate(row)
        if module
    }
    root = courses.parsed(qr.drawn(link))
    assert root.get("viewBox") == f"0 0 {side} {side}"
    (path,) = root
    assert _drawn_modules(path.get("d") or "") == dark


def _drawn_modules(path: str) -> set[tuple[int, int]]:
    """Return the modules that the strokes of a path cover."""
    found, x, y = set(), 0.0, 0.0
    for move, numbers in re.findall(r"([Mmh])([-0-9. ]+)", path):
        values = [float(number) for number in numbers.split()]
        if move == "h":
            found |= {(int(x + n), int(y)) for n in range(int(values[0]))}
            x += values[0]
        else:
            x, y = values if move == "M" else (x + values[0], y + values[1])
    return found


def test_what_was_chosen_is_what_is_shared(moth: Visitor) -> None:
    moth.post("/shares/new", CHOSEN)
    (only,) = listed(moth)
    items = frozenset({"pain", OWN.key})
    assert only.share.scope == Scope(FIRST, FIRST + timedelta(61), items)
    assert only.share.label == "Dr K."
    assert only.share.expires_at - only.share.created_at == timedelta(days=90)
    said = text(moth)
    assert "Dr K. Can be read until 19 Feb 2027, 21:30" in said
    assert "Nights from 1 Sep 2026 to 31 Oct 2026" in said
    assert f"Only these questions: Pain, {OWN.name}" in said
    assert "Without a passphrase Not opened yet." in said


def test_notes_file_and_passphrase_are_chosen_too(moth: Visitor) -> None:
    more = {"notes": "y", "pdf": "y", "passphrase": "plum stones"}
    assert "passphrase too" in moth.post("/shares/new", {**WHOLE, **more}).text
    (only,) = listed(moth)
    assert only.share.scope == Scope(notes=True, pdf=True)
    assert only.share.has_passphrase
    assert "A passphrase goes with it" in text(moth)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"life": "400"}, "Not a valid choice"),
        ({"life": ""}, "Choose how long it may be read."),
        ({"questions": ""}, "Choose which questions may be read."),
        ({"questions": "many"}, "Not a valid choice"),
        ({"label": "x" * 61}, "at most 60 characters"),
        ({"passphrase": "short"}, "needs 8 to 128 characters"),
        ({"questions": "some"}, "at least one question"),
        ({"from": "2026-10-02", "to": "2026-10-01"}, "The last night can&#39;t lie before"),
        ({"from": "tomorrow"}, "year-month-day"),
    ],
)
def test_what_cant_be_shared_is_said_beside_the_field(
    moth: Visitor, changed: dict[str, str], words: str
) -> None:
    answer = moth.post("/shares/new", {**WHOLE, **changed})
    assert answer.status_code == 422
    assert words in answer.text
    assert listed(moth) == []


def test_a_new_link_asks_for_the_password_again(app: Flask, make_app: MakeApp) -> None:
    signing.person(app)
    later = Visitor(make_app(CLOCK="2026-11-21T19:41:00Z"))
    signing.sign_in(later)
    long_after = signing.copy_of(later)
    long_after.app = make_app(CLOCK="2026-11-21T19:55:00Z")
    cookie = later.client.get_cookie("__Host-evenfall")
    long_after.client = long_after.app.test_client()
    long_after.client.set_cookie(cookie.key, cookie.value)
    asked = long_after.get("/shares/new")
    assert asked.headers["Location"] == "/account/confirm?next=/shares/new"
    long_after.account = later.account
    kept = long_after.post("/shares/new", WHOLE)
    assert kept.status_code == 403
    assert "/shares/new" in kept.text, "what was chosen is carried along"


def test_a_link_can_be_ended_once_and_by_its_owner_alone(moth: Visitor, other: Visitor) -> None:
    path = f"/shares/{sharing.made(moth).share.id}/revoke"
    assert other.post(path).status_code == 404
    answer = moth.post(path)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/shares/")
    said = text(moth)
    assert "The link is ended. It opens nothing any more." in said
    assert "1 link that is over" in said
    assert "Ended by you on 21 Nov 2026, 21:30" in said
    assert "End this link now" not in said
    assert moth.post(path).status_code == 404


def test_a_link_past_its_end_is_listed_as_over(moth: Visitor, make_app: MakeApp) -> None:
    sharing.made(moth, Wish("", Scope(), timedelta(days=7)))
    cookie = moth.client.get_cookie("__Host-evenfall")
    later = Visitor(make_app(CLOCK="2026-11-28T19:30:00Z"), moth.account)
    later.client.set_cookie(cookie.key, cookie.value)
    said = text(later)
    assert "Made on 21 Nov 2026, 21:30 Over since 28 Nov 2026, 21:30" in said
    assert "End this link now" not in said


def test_making_and_ending_stand_in_the_log(moth: Visitor) -> None:
    made = sharing.made(moth)
    moth.post(f"/shares/{made.share.id}/revoke")
    said = text(moth, "/account/log")
    assert "Link to the report made" in said
    assert "Link to the report ended" in said


def test_share_is_the_fourth_place_and_more_stands_at_the_foot(owner: Visitor) -> None:
    root = lint.parsed(page_text(owner.get("/shares/")))
    (current,) = (one for one in root.iter("a") if one.get("aria-current") == "page")
    assert (current.text, current.get("href")) == ("Share", "/shares/")
    assert len([one for one in root.iter("a") if one.get("href") == "/more/"]) == 2


def test_the_list_takes_few_statements_however_many_links(moth: Visitor) -> None:
    counts = []
    for _ in range(2):
        sharing.opened(moth)
        with nights.counted() as statements:
            moth.client.get("/shares/")
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 6


@pytest.mark.parametrize("path", ["/shares/", "/shares/new"])
def test_every_word_can_be_translated(app: Flask, path: str) -> None:
    moth = sign_up(app, "Moth")
    moth.language = "qps"
    for _ in range(2):
        sharing.opened(moth)
    shares_made = listed(moth)
    moth.post(f"/shares/{shares_made[0].share.id}/revoke")
    kept = {"Evenfall", "TEST", "CLOCK", "Moth"}
    assert not lint.untranslated(page_text(moth.get(path)), kept)
    made = moth.post("/shares/new", {**WHOLE, "passphrase": "plum stones"})
    assert not lint.untranslated(re.sub(r"http://[^<]+", "", made.text), kept)
