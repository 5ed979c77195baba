"""The people who let a clinician read: the list by need, each report as far as it is shared."""

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

import pytest
from flask import Flask

from tests.storage.nights import DAY, counted
from tests.web import readers, stored
from tests.web.client import Visitor, page_text, sign_up
from tests.web.test_reading_notes import read_only
from tracker.domain.answers import answered
from tracker.domain.diary import Diary, Entry
from tracker.domain.glances import Glance
from tracker.domain.grants import Grant, GrantKind, Terms
from tracker.domain.people import Account, Role
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import CORE, Ruler
from tracker.domain.readings import Seen
from tracker.domain.scopes import WHOLE, Scope
from tracker.services import accounts, glances, grants, phases, readings
from tracker.storage import accounts as account_rows
from tracker.storage import glances as rows

TODAY: Final = date(2026, 11, 21)
FIRST: Final = TODAY - timedelta(days=59)
BASELINE: Final = Phase(PhaseKind.BASELINE, FIRST, FIRST + timedelta(days=14))
TREATMENT: Final = Phase(PhaseKind.TREATMENT, FIRST + timedelta(days=14))
DASH: Final = "\N{EN DASH}"


@pytest.fixture
def clinician(app: Flask) -> Visitor:
    return readers.reader(app, Role.CLINICIAN)


def now(visitor: Visitor) -> datetime:
    return stored.installation(visitor.app).settings.clock()


def account(visitor: Visitor) -> Account:
    assert visitor.account is not None
    return visitor.account


def kept(owner: Visitor, *, missing: int = 0, pain: int = 3) -> None:
    """Keep sixty nights, the last ones missing, with a treatment after two weeks."""
    nights = {}
    for number in range(60 - missing):
        level = 6 if number < 14 else pain
        scores = dict.fromkeys(("pain", "fatigue", "sleep", "mood"), answered(level))
        day = FIRST + timedelta(days=number)
        nights[day] = Entry(day, scores, Ruler.NRS)
    diary = Diary(Ruler.NRS, {item.key: item for item in CORE}, nights)
    stored.keep(owner, diary, (BASELINE, TREATMENT))


def let_read(
    owner: Visitor, clinician: Visitor, scope: Scope = WHOLE, expires_at: datetime | None = None
) -> Grant:
    terms = Terms(GrantKind.READ, scope, expires_at)
    with stored.installation(owner.app).database.writing() as session:
        return grants.give(session, account(owner), account(clinician), terms, now(owner))


def cells(clinician: Visitor, query: str = "") -> list[list[str]]:
    """Return the words of the list, a row a person; a picture is `picture`."""
    table = page_text(clinician.get(f"/clinic/{query}")).partition("<tbody")[2]
    found = []
    for row in table.partition("</tbody>")[0].split("<tr")[1:]:
        text = re.sub(r"<svg.*?</svg>", "picture", row, flags=re.DOTALL)
        parts = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", text, flags=re.DOTALL)
        found.append([html.unescape(re.sub(r"(\s|<[^>]+>)+", " ", part)).strip() for part in parts])
    return found


def names(clinician: Visitor, query: str = "") -> list[str]:
    return [row[0] for row in cells(clinician, query)]


def test_who_lets_read_stands_in_the_list_with_all_figures(
    owner: Visitor, clinician: Visitor
) -> None:
    kept(owner, missing=3)
    let_read(owner, clinician)
    row = ["Moth", "response", "picture", "12 of 14", "18 Nov 2026", "3 of 10", "\N{MINUS SIGN}3.0"]
    assert cells(clinician) == [row]
    page = page_text(clinician.get("/clinic/"))
    assert "as of 21 November 2026, 21:30" in page
    assert "Nobody watches these entries in real time" in page


@pytest.mark.parametrize(
    ("scope", "row"),
    [
        (Scope(items=frozenset({"pain"})), [DASH, "picture", "14 of 14", DASH, "-3.0"]),
        (Scope(items=frozenset({"mood"})), [DASH, DASH, "14 of 14", "3 of 10", DASH]),
        (Scope(first=TODAY - timedelta(days=5)), [DASH, "picture", DASH, DASH, DASH]),
        (Scope(first=TODAY - timedelta(days=30)), [DASH, "picture", "14 of 14", DASH, DASH]),
        (Scope(end=TODAY - timedelta(days=5)), ["response", "picture", DASH, DASH, DASH]),
    ],
)
def test_a_dash_stands_where_a_figure_rests_on_what_is_hidden(
    owner: Visitor, clinician: Visitor, scope: Scope, row: Sequence[str]
) -> None:
    kept(owner)
    let_read(owner, clinician, scope)
    (found,) = cells(clinician)
    told = [*found[1:4], *found[5:]]
    assert told == [cell.replace("-3", "\N{MINUS SIGN}3") for cell in row]


def test_a_blinded_person_has_neither_verdict_nor_change(
    owner: Visitor, clinician: Visitor
) -> None:
    kept(owner)
    let_read(owner, clinician)
    with stored.installation(owner.app).database.writing() as session:
        blinded = Phase(PhaseKind.BLINDED, TODAY - timedelta(days=1))
        phases.add(session, account(owner), blinded, now(owner), ends_running=True)
    (found,) = cells(clinician)
    assert (found[1], found[6]) == (DASH, DASH)


def test_a_verdict_that_cant_be_said_says_why(owner: Visitor, clinician: Visitor) -> None:
    kept(owner, missing=8)
    let_read(owner, clinician)
    assert cells(clinician)[0][1] == "can't be said too few nights"


def test_need_comes_first_unless_another_order_is_asked_for(
    app: Flask, owner: Visitor, other: Visitor, clinician: Visitor
) -> None:
    third = sign_up(app, "Adder")
    kept(owner, missing=2, pain=7)
    kept(other, missing=6)
    kept(third, missing=2, pain=3)
    for one in (owner, other, third):
        let_read(one, clinician)
    assert names(clinician) == ["Wren", "Moth", "Adder"]
    assert names(clinician, "?sort=name") == ["Adder", "Moth", "Wren"]
    assert names(clinician, "?sort=last_entry")[0] == "Wren"
    assert names(clinician, "?sort=height") == names(clinician)


def test_a_part_of_a_name_finds_whoever_has_it(
    owner: Visitor, other: Visitor, clinician: Visitor
) -> None:
    for one in (owner, other):
        let_read(one, clinician)
    assert names(clinician, "?q=OT") == ["Moth"]
    assert names(clinician, "?q=%E2%80%AEren&sort=name") == ["Wren"]
    nobody = page_text(clinician.get("/clinic/?q=%3Cb%3E"))
    assert "Nobody here has “&lt;b&gt;” in their name." in nobody


def crowd(clinician: Visitor, count: int, prefix: str = "m") -> None:
    """Let so many people read, all alike."""
    made = stored.installation(clinician.app)
    glance = Glance(DAY, Ruler.NRS, 14, 9, None, DAY, None, None, None, (None, 4))
    with made.database.writing() as session:
        for number in range(count):
            owner, name = f"{prefix}-{number:03}", f"Moth {prefix} {number:03}"
            who = replace(account(clinician), id=owner, name=name, role=Role.PATIENT)
            account_rows.add(session, who, None)
            let = grants.give(
                session, who, account(clinician), Terms(GrantKind.READ, WHOLE), now(clinician)
            )
            due = now(clinician) + timedelta(hours=1)
            rows.save(session, name.lower(), due, [(let, glance)])


@pytest.mark.parametrize("order", ["need", "name", "last_entry"])
def test_the_list_goes_on_where_its_page_ended(clinician: Visitor, order: str) -> None:
    crowd(clinician, 52)
    path = f"/clinic/?sort={order}&q=moth"
    seen: list[str] = []
    while path:
        page = page_text(clinician.get(path))
        seen += re.findall(r'href="/clinic/(m-\d+)"', page)
        following = re.search(r'href="([^"]+)">Go on in the list', page)
        path = following[1].replace("&amp;", "&") if following else ""
    assert seen == [f"m-{number:03}" for number in range(52)]
    assert "To the beginning" in page


@pytest.mark.parametrize(
    "query",
    [
        "?after=soon~m-1",
        "?after=1",
        "?sort=name&after=~m-1",
        "?sort=last_entry&after=2026-02-31~m-1",
        "?after=99999999999999999999~m",
    ],
)
def test_a_place_that_cant_be_read_is_the_beginning(clinician: Visitor, query: str) -> None:
    crowd(clinician, 1)
    assert names(clinician, query) == ["Moth m 000"]


def test_behind_the_end_a_way_leads_back(clinician: Visitor) -> None:
    crowd(clinician, 1)
    page = page_text(clinician.get("/clinic/?sort=name&after=z~z"))
    assert "The list ends here." in page


def test_a_page_takes_the_same_few_statements_however_many_there_are(
    app: Flask, clinician: Visitor
) -> None:
    counts = []
    for count, reader in ((3, clinician), (40, readers.reader(app, Role.CLINICIAN, "Bea"))):
        crowd(reader, count, prefix=f"x{count}")
        with counted() as sent:
            reader.client.get("/clinic/")
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 6


def test_an_empty_list_says_how_somebody_comes_onto_it(clinician: Visitor) -> None:
    page = page_text(clinician.get("/clinic/"))
    assert "Nobody lets you read yet" in page
    assert 'name="q"' not in page


def test_everybody_on_a_page_sees_that_it_was_looked_at(
    owner: Visitor, other: Visitor, clinician: Visitor
) -> None:
    let_read(owner, clinician)
    clinician.get("/clinic/")
    clinician.get("/clinic/")
    with stored.installation(owner.app).database.reading() as session:
        (noted,) = readings.page(session, account(owner), 1).readings
        assert (noted.what, noted.times) == (Seen.LIST, 2)
        assert readings.page(session, account(other), 1).readings == ()


def test_where_a_reading_cant_be_noted_nothing_is_shown(owner: Visitor, clinician: Visitor) -> None:
    let_read(owner, clinician)
    paths = ("/clinic/", f"/clinic/{account(owner).id}")
    with read_only(stored.installation(owner.app).database):
        refused = [clinician.get(path) for path in paths]
    for page in refused:
        assert page.status_code == 503
        assert "Moth" not in page_text(page)


def test_the_list_says_since_when_it_is_not_counted_anew(
    owner: Visitor, clinician: Visitor
) -> None:
    let = let_read(owner, clinician)
    glance = Glance(DAY, Ruler.NRS, None, None, None, None, None, None, None, (None,))
    with stored.installation(owner.app).database.writing() as session:
        due = now(owner) - timedelta(minutes=20)
        rows.save(session, "moth", due, [(let, glance)])
    assert "as of 21 November 2026, 21:10" in page_text(clinician.get("/clinic/"))
    glances.roll_forward(stored.installation(owner.app).database, now(owner))
    assert "as of 21 November 2026, 21:30" in page_text(clinician.get("/clinic/"))


def test_a_persons_report_goes_as_far_as_they_share(owner: Visitor, clinician: Visitor) -> None:
    kept(owner)
    until = now(owner) + timedelta(days=3)
    let_read(owner, clinician, Scope(items=frozenset({"pain"})), until)
    answer = clinician.get(f"/clinic/{account(owner).id}?rule=pain30")
    page = page_text(answer)
    assert "The diary of Moth" in page
    assert "Moth lets you read until 24 Nov 2026" in page
    assert "Mood" not in page.partition("<main")[2].partition("</main>")[0]
    assert answer.headers["X-Robots-Tag"].startswith("noindex")
    assert f'href="/clinic/{account(owner).id}?rule=' in page
    with stored.installation(owner.app).database.reading() as session:
        (noted,) = readings.page(session, account(owner), 1).readings
    assert noted.what is Seen.REPORT


def test_a_rule_that_is_not_there_is_refused(owner: Visitor, clinician: Visitor) -> None:
    let_read(owner, clinician)
    assert clinician.get(f"/clinic/{account(owner).id}?rule=best").status_code == 400


def test_without_a_grant_that_holds_a_person_is_not_there(
    app: Flask, owner: Visitor, other: Visitor, clinician: Visitor
) -> None:
    expired, gone = sign_up(app, "Adder"), sign_up(app, "Bee")
    let_read(expired, clinician, expires_at=now(owner))
    let = [let_read(one, clinician) for one in (owner, gone)]
    with stored.installation(app).database.writing() as session:
        grants.end(session, account(owner), let[0].id, now(owner))
        assert gone.account is not None
        account_rows.set_erasure(session, gone.account.id, now(owner) + timedelta(days=7))
    whom = [account(one).id for one in (owner, other, expired, gone, clinician)]
    pages = {without_tokens(clinician, f"/clinic/{one}") for one in [*whom, "x" * 22]}
    assert len(pages) == 1
    assert names(clinician) == []


def without_tokens(visitor: Visitor, path: str) -> str:
    """Return a page that is not there, but for the path asked for and the mask of the token."""
    answer = visitor.get(path)
    assert answer.status_code == 404
    page = page_text(answer).replace(path, "")
    return re.sub(r'name="csrf_token" value="[^"]+"', "", page)


@pytest.mark.parametrize("deed", ["end", "leave"])
def test_who_ends_it_leaves_the_list_at_once(owner: Visitor, clinician: Visitor, deed: str) -> None:
    let = let_read(owner, clinician)
    ends: dict[str, Callable[..., bool]] = {"end": grants.end, "leave": grants.leave}
    who = account(owner if deed == "end" else clinician)
    with stored.installation(owner.app).database.writing() as session:
        assert ends[deed](session, who, let.id, now(owner))
        assert rows.list_late(session, now(owner) + timedelta(days=9), 9) == []
    assert names(clinician) == []


def test_another_rollover_counts_by_another_day(owner: Visitor, clinician: Visitor) -> None:
    kept(owner)
    let_read(owner, clinician)
    with stored.installation(owner.app).database.writing() as session:
        wanted = replace(account(owner), zone="Pacific/Kiritimati")
        accounts.save_preferences(session, wanted, now(owner))
    assert cells(clinician)[0][3] == "14 of 14"
