"""Whoever holds a link reads by it, as far and as long as it goes, and leaves no trace of it."""

import io
import logging
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import text

from tests.applications import MakeApp
from tests.charts import courses
from tests.charts.courses import BASELINE, FIRST, TREATMENT
from tests.storage import nights
from tests.web import lint, sharing, stored
from tests.web.client import Visitor, page_text, sign_up
from tests.web.signing import FIREFOX
from tracker.domain.readings import ReaderKind, Seen
from tracker.domain.scopes import Scope
from tracker.services import readings, shares
from tracker.services.shares import Wish
from tracker.storage import accounts, models, tidying
from tracker.storage.database import WriterBusy
from tracker.web.logs import JsonLines

ROBOTS = "noindex, nofollow, noarchive"
MONTH = timedelta(days=30)
SECRET = Wish("Dr K.", Scope(), MONTH, passphrase="plum stones")
KEPT = {"Evenfall", "TEST", "CLOCK", "Moth", "naltrexone", "Legs", "arms", "href", "amp"}


@pytest.fixture
def moth(owner: Visitor) -> Visitor:
    """Return somebody with 81 nights, a baseline and a treatment."""
    stored.keep(owner, courses.diary(courses.course(81)), [BASELINE, TREATMENT])
    return owner


def said(visitor: Visitor, path: str) -> str:
    return lint.text_of(lint.parsed(page_text(visitor.get(path))))


def openings(owner: Visitor) -> list[str]:
    made = stored.installation(owner.app)
    assert owner.account is not None
    with made.database.reading() as session:
        listed = shares.list_all(session, owner.account)
    return [one.device for share in listed for one in share.openings]


def later(make_app: MakeApp, reader: Visitor, clock: str) -> Visitor:
    """Return the same browser at another time."""
    again = Visitor(make_app(CLOCK=clock))
    cookie = reader.client.get_cookie("__Host-reader")
    again.client.set_cookie(cookie.key, cookie.value)
    return again


def test_a_link_opens_the_report_on_the_press_of_a_button(moth: Visitor) -> None:
    made, reader = sharing.made(moth), Visitor(moth.app)
    page = reader.get("/s")
    answer = reader.submit(page, "/s", token=made.token)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/s/{made.share.id}/")
    report = reader.get(f"/s/{made.share.id}/")
    assert "The diary of Moth" in page_text(report)
    assert "Shared with you by a link until 21 Dec 2026." in page_text(report)
    assert 'class="places"' not in page_text(report)
    for one in (page, report):
        assert one.headers["X-Robots-Tag"] == ROBOTS
        assert f'<meta name="robots" content="{ROBOTS}">' in page_text(one)
        assert one.headers["Cache-Control"] == "no-store"
        assert one.headers["Referrer-Policy"] == "same-origin"


def test_the_whole_link_may_be_pasted(moth: Visitor) -> None:
    link = f" http://localhost/s#{sharing.made(moth).token}\n"
    assert Visitor(moth.app).post("/s", {"token": link}).status_code == 303


def test_the_page_with_the_button_is_the_same_for_everyone(moth: Visitor) -> None:
    sharing.made(moth)
    reader, _ = sharing.opened(moth)
    assert moth.get("/s").data == reader.get("/s").data == Visitor(moth.app).get("/s").data


def test_who_has_only_a_link_is_shown_no_places_of_a_diary(moth: Visitor) -> None:
    assert 'class="places"' not in page_text(Visitor(moth.app).get("/s"))
    assert 'class="places"' in page_text(Visitor(moth.app).get("/offline"))


def test_what_fetches_the_page_counts_nothing(moth: Visitor) -> None:
    made = sharing.made(moth)
    for path in ("/s", f"/s/{made.share.id}/"):
        Visitor(moth.app).get(path)
    assert openings(moth) == []


def test_every_opening_is_shown_to_the_owner(moth: Visitor) -> None:
    made = sharing.made(moth)
    for agent in (FIREFOX, ""):
        reader = Visitor(moth.app)
        reader.post("/s", {"token": made.token}, User_Agent=agent)
    assert sorted(openings(moth)) == ["", "Firefox, Android"]
    text = said(moth, "/shares/")
    assert "Opened 2 times" in text
    assert "21 Nov 2026, 21:30 Firefox, Android" in text
    assert "a browser that doesn't say which" in text


def test_wrong_ended_expired_and_missing_are_one_answer(moth: Visitor, make_app: MakeApp) -> None:
    revoked, good = sharing.made(moth), sharing.made(moth)
    assert moth.post(f"/shares/{revoked.share.id}/revoke").status_code == 303
    expired = Visitor(make_app(CLOCK="2026-12-21T19:30:00Z"))
    tried = [
        Visitor(moth.app).post("/s", {"token": "a" * 43}),
        Visitor(moth.app).post("/s", {"token": revoked.token}),
        Visitor(moth.app).post("/s", {"token": "hello", "passphrase": "world"}),
        Visitor(moth.app).post("/s"),
        expired.post("/s", {"token": good.token}),
    ]
    assert {(one.status_code, one.data) for one in tried} == {(422, tried[0].data)}
    assert "This opens nothing." in tried[0].text
    assert {one.headers.get("Set-Cookie") for one in tried} == {None}


def test_only_a_page_of_ours_opens_a_link(moth: Visitor) -> None:
    made = sharing.made(moth)
    for site in ("cross-site", "none"):
        answer = Visitor(moth.app).post("/s", {"token": made.token}, Sec_Fetch_Site=site)
        assert answer.status_code == 403
    assert openings(moth) == []


def test_many_wrong_links_have_to_wait(moth: Visitor) -> None:
    made, reader = sharing.made(moth), Visitor(moth.app)
    answers = [reader.post("/s", {"token": "a" * 43}).status_code for _ in range(10)]
    assert answers == [422] * 10
    late = reader.post("/s", {"token": made.token})
    assert late.status_code == 429
    assert int(late.headers["Retry-After"]) > 0
    assert openings(moth) == []


def test_a_right_link_is_not_held_against_its_network(moth: Visitor) -> None:
    made, reader = sharing.made(moth), Visitor(moth.app)
    tries = [reader.post("/s", {"token": made.token}).status_code for _ in range(12)]
    assert tries == [303] * 12


def test_a_passphrase_is_asked_for_in_a_second_step(moth: Visitor) -> None:
    made, reader = sharing.made(moth, SECRET), Visitor(moth.app)
    asked = reader.post("/s", {"token": f"http://localhost/s#{made.token}"})
    assert asked.status_code == 200
    assert "Passphrase" in asked.text
    wrong = reader.submit(asked, "/s", passphrase="pear stones")
    assert wrong.status_code == 422
    assert "That is not the passphrase" in wrong.text
    assert openings(moth) == []
    right = reader.submit(wrong, "/s", passphrase="plum stones")
    assert right.status_code == 303
    assert reader.get(right.headers["Location"]).status_code == 200


def test_passphrases_can_be_guessed_only_slowly(moth: Visitor) -> None:
    made = sharing.made(moth, SECRET)
    fields = {"token": made.token, "passphrase": "pear stones"}
    tries = [Visitor(moth.app).post("/s", fields).status_code for _ in range(6)]
    assert tries == [422] * 5 + [429]


def test_a_share_ended_meanwhile_opens_nothing(moth: Visitor) -> None:
    made, other = sharing.made(moth), sharing.made(moth)
    reader, path = Visitor(moth.app), f"/s/{made.share.id}/"
    for one in (made, other):
        reader.post("/s", {"token": one.token})
    assert reader.get(path).status_code == 200
    moth.post(f"/shares/{made.share.id}/revoke")
    gone = reader.get(path)
    assert gone.status_code == 404
    assert "Nothing is open here" in gone.text
    assert reader.get(f"/s/{other.share.id}/").status_code == 200


def test_what_is_not_open_here_is_one_answer(moth: Visitor) -> None:
    made = sharing.made(moth)
    reader, _path = sharing.opened(moth)
    foreign, missing = reader.get(f"/s/{made.share.id}/"), reader.get("/s/nothing/")
    stranger = Visitor(moth.app).get(f"/s/{made.share.id}/")
    assert (foreign.status_code, stranger.status_code) == (404, 404)
    assert foreign.data == missing.data == stranger.data


@pytest.mark.parametrize(
    ("clock", "status"),
    [("2026-11-21T19:59:59Z", 200), ("2026-11-21T20:00:00Z", 404)],
)
def test_half_an_hour_without_reading_closes_it(
    moth: Visitor, make_app: MakeApp, clock: str, status: int
) -> None:
    reader, path = sharing.opened(moth)
    assert later(make_app, reader, clock).get(path).status_code == status


@pytest.mark.parametrize(
    ("clock", "status"),
    [("2026-11-22T07:29:59Z", 200), ("2026-11-22T07:30:00Z", 404)],
)
def test_twelve_hours_close_it_in_any_case(
    moth: Visitor, make_app: MakeApp, clock: str, status: int
) -> None:
    reader, path = sharing.opened(moth)
    with stored.installation(moth.app).database.writing() as session:
        seen = {"seen_at": datetime(2026, 11, 22, 7, 20, tzinfo=UTC)}
        session.execute(models.share_readers.update().values(seen))
    assert later(make_app, reader, clock).get(path).status_code == status


def test_each_tab_reads_its_own_share(moth: Visitor, other: Visitor) -> None:
    stored.keep(other, courses.diary(courses.course(30)))
    reader, paths = Visitor(moth.app), []
    for who in (moth, other):
        answer = reader.post("/s", {"token": sharing.made(who).token})
        paths.append(answer.headers["Location"])
    for _ in range(2):
        assert "The diary of Moth" in page_text(reader.get(paths[0]))
        assert "The diary of Wren" in page_text(reader.get(paths[1]))


def test_opening_a_link_touches_no_sign_in(moth: Visitor, other: Visitor) -> None:
    before = other.client.get_cookie("__Host-evenfall").value
    answer = other.post("/s", {"token": sharing.made(moth).token})
    path = answer.headers["Location"]
    assert "Wren" not in lint.text_of(lint.parsed(page_text(other.get(path)))).split("How it")[0]
    assert other.client.get_cookie("__Host-evenfall").value == before
    assert other.get("/account/").status_code == 200


def test_the_cookie_is_kept_from_scripts_and_other_hosts(moth: Visitor) -> None:
    reader, _ = sharing.opened(moth)
    cookie = reader.client.get_cookie("__Host-reader")
    assert (cookie.secure, cookie.http_only, cookie.same_site) == (True, True, "Lax")
    assert (cookie.path, cookie.max_age) == ("/", 12 * 60 * 60)


def test_a_made_up_cookie_is_not_taken_over(moth: Visitor) -> None:
    reader = Visitor(moth.app)
    reader.client.set_cookie("__Host-reader", "x" * 43, secure=True)
    reader.post("/s", {"token": sharing.made(moth).token})
    assert reader.client.get_cookie("__Host-reader").value != "x" * 43


def test_another_rule_is_a_tap_away_and_an_unknown_one_is_refused(moth: Visitor) -> None:
    reader, path = sharing.opened(moth)
    page = page_text(reader.get(f"{path}?rule=pain50&preset=two_week"))
    assert f'href="{path}?rule=pain30&amp;preset=two_week"' in page
    assert reader.get(f"{path}?rule=mine").status_code == 400


def test_a_share_shows_no_more_than_its_scope(moth: Visitor) -> None:
    wish = Wish("", Scope(FIRST, FIRST + timedelta(20), frozenset({"pain"})), MONTH)
    reader, path = sharing.opened(moth, wish)
    text = said(reader, path)
    assert "Nights from 1 Sep 2026 to 20 Sep 2026" in text
    assert "Fatigue" not in text
    assert "Legs" not in text


def test_the_report_is_saved_only_where_the_owner_lets_it(moth: Visitor) -> None:
    reader, path = sharing.opened(moth)
    assert "report.pdf" not in page_text(reader.get(path))
    refused = reader.get(f"{path}report.pdf")
    assert (refused.status_code, refused.data) == (404, reader.get("/s/nothing/").data)
    scope = Scope(FIRST, FIRST + timedelta(30), frozenset({"pain"}), pdf=True)
    reader, path = sharing.opened(moth, Wish("", scope, MONTH))
    assert f'href="{path}report.pdf"' in page_text(reader.get(path))
    answer = reader.get(f"{path}report.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.headers["X-Robots-Tag"] == ROBOTS
    assert "evenfall-report-2026-11-21.pdf" in answer.headers["Content-Disposition"]
    pages = PdfReader(io.BytesIO(answer.data)).pages
    said = " ".join(page.extract_text() for page in pages)
    assert "1 Sep 2026" in said
    assert not [hidden for hidden in ("Fatigue", "Legs", "Oct 2026") if hidden in said]


def test_every_reading_is_written_down(moth: Visitor) -> None:
    reader, path = sharing.opened(moth)
    for _ in range(2):
        reader.get(path)
    assert moth.account is not None
    with stored.installation(moth.app).database.reading() as session:
        found = readings.page(session, moth.account, 1).readings
    assert {(one.what, one.times, one.reader.name, one.reader.kind) for one in found} == {
        (Seen.OPENED, 1, "Dr K.", ReaderKind.LINK),
        (Seen.REPORT, 2, "Dr K.", ReaderKind.LINK),
    }


def test_what_cant_be_written_down_is_not_shown(
    moth: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, path = sharing.opened(moth)

    def busy(*_: object) -> None:
        raise WriterBusy

    monkeypatch.setattr(shares, "note_reading", busy)
    answer = reader.get(path)
    assert answer.status_code == 503
    assert "naltrexone" not in answer.text


@pytest.mark.parametrize("end", ["disabled", "leaving"])
def test_with_the_owner_the_share_goes(moth: Visitor, end: str) -> None:
    made = sharing.made(moth)
    reader, path = sharing.opened(moth)
    installed = stored.installation(moth.app)
    assert moth.account is not None
    with installed.database.writing() as session:
        now = installed.settings.clock()
        if end == "disabled":
            accounts.disable(session, moth.account.id, now)
        else:
            accounts.set_erasure(session, moth.account.id, now + timedelta(days=7))
    assert reader.get(path).status_code == 404
    assert Visitor(moth.app).post("/s", {"token": made.token}).status_code == 422


def test_no_log_header_table_or_file_holds_a_link(
    moth: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    made, headers = sharing.made(moth, SECRET), []
    reader = Visitor(moth.app)
    with caplog.at_level(logging.DEBUG):
        tries: tuple[dict[str, str], ...] = (
            {},
            {"passphrase": "pear stones"},
            {"passphrase": "plum stones"},
        )
        headers += [reader.post("/s", {"token": made.token, **each}).headers for each in tries]
        headers.append(reader.get(f"/s/{made.share.id}/").headers)
    assert caplog.records
    browser = reader.client.get_cookie("__Host-reader").value
    lines = [JsonLines().format(record) for record in caplog.records]
    known = stored.installation(moth.app)
    with known.database.reading() as session:
        for table in models.metadata.sorted_tables:
            lines += [str(tuple(row)) for row in session.execute(table.select())]
    folder = known.settings.instance
    lines += [one.read_bytes().decode("latin-1") for one in folder.rglob("*") if one.is_file()]
    assert "share.made" in "".join(lines)
    for secret in (made.token, "plum stones", "pear stones", browser):
        assert not [line for line in lines if secret in line]
    assert not [one for one in headers if made.token in str(one) or "plum" in str(one)]


def test_what_is_over_is_tidied_away(moth: Visitor, make_app: MakeApp) -> None:
    sharing.opened(moth)
    made = stored.installation(make_app(CLOCK="2026-11-21T20:00:00Z"))
    with made.database.writing() as session:
        tidying.tidy(session, made.settings.instance / "erased.log", made.settings.clock())
        left = session.execute(text("SELECT count(*) FROM share_readers")).scalar_one()
    assert left == 0


@pytest.mark.parametrize("path", ["/s", "/s/nothing/", None])
def test_every_word_can_be_translated(app: Flask, path: str | None) -> None:
    moth = sign_up(app, "Moth")
    stored.keep(moth, courses.diary(courses.course(81)), [BASELINE, TREATMENT])
    reader, report = sharing.opened(moth)
    reader.language = "qps"
    assert not lint.untranslated(page_text(reader.get(path or report)), KEPT)


def test_the_report_takes_few_statements_however_long_the_diary(
    moth: Visitor, other: Visitor
) -> None:
    stored.keep(other, courses.diary(courses.course(5)))
    counts = []
    for who in (moth, other):
        reader, path = sharing.opened(who)
        with nights.counted() as statements:
            assert reader.client.get(path).status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 12
