"""Test every route as a clinician, as one whose second factor is missing, and as a coordinator."""

from typing import Final

import pytest
from flask import Flask

from tests.applications import MakeApp
from tests.web.client import Visitor, page_text, sign_up
from tests.web.readers import add_factor, reader
from tests.web.test_routes import LED, OUT, ROUTES, ask, belongings
from tracker.domain.people import Role

CLINICIAN, MISSING, COORDINATOR = "clinician", "factor missing", "coordinator"
FORBIDDEN: Final = 403
# What strangers may open is open to everybody, and answers these like anyone with an account.
PUBLIC: Final = {route for route, found in ROUTES.items() if found[0] not in {LED, OUT}} | {
    "POST /sign-out"
}
# What is theirs, with what they get; all else is 403. Things belong to somebody else: 404.
FIRST: Final = {"POST /reminders/confirm/<address_token>": 200}  # good once, and they come first
BOTH: Final[dict[str, int]] = {
    **FIRST,
    "GET /": 303,
    "GET /account/": 200,
    "POST /account/": 422,
    "GET /account/confirm": 200,
    "POST /account/confirm": 422,
    "GET /account/erase": 200,
    "POST /account/erase": 303,
    "GET /account/factors/": 200,
    "GET /account/factors/<factor_id>": 404,
    "POST /account/factors/<factor_id>": 404,
    "GET /account/factors/<factor_id>/remove": 404,
    "POST /account/factors/<factor_id>/remove": 404,
    "GET /account/factors/codes": 200,
    "POST /account/factors/codes": 200,
    "GET /account/factors/new": 200,
    "POST /account/factors/new": 303,
    "GET /account/log": 200,
    "GET /account/password": 200,
    "POST /account/password": 422,
    "POST /account/places/end": 404,
    "POST /account/places/end-all": 303,
    "POST /account/places/end-others": 303,
    "GET /account/recovery": 200,
    "POST /account/recovery": 200,
    "GET /for/": 200,
    "GET /for/<owner_id>/": 404,
    "GET /for/<owner_id>/diary/<text>": 404,
    "POST /for/<owner_id>/diary/<text>": 404,
    "POST /grants/<grant_id>/leave": 404,
    "POST /invitations/<invitation_id>/withdraw": 404,
    "POST /join": 422,
    "GET /join/<invitation_id>": 422,
    "POST /join/<invitation_id>": 422,
    "GET /more/": 200,
    "GET /session.json": 200,
}
THEIRS: Final[dict[str, dict[str, int]]] = {
    CLINICIAN: {
        **BOTH,
        "GET /clinic/": 200,
        "GET /clinic/<person>": 404,
        "GET /clinic/invite": 200,
        "POST /clinic/invite": 200,
        "GET /clinic/<person>/report.pdf": 404,
    },
    COORDINATOR: {
        **BOTH,
        "GET /studies/": 200,
        "GET /studies/new": 200,
        "POST /studies/new": 422,
        "GET /studies/<study_id>/": 404,
        "GET /studies/<study_id>/codes": 404,
        "GET /studies/<study_id>/consent": 404,
        "GET /studies/<study_id>/key": 404,
        "GET /studies/<study_id>/data/<name>": 404,
        "GET /studies/<study_id>/report": 404,
        "GET /studies/<study_id>/report.json": 404,
        "GET /studies/<study_id>/report.pdf": 404,
        "GET /studies/<study_id>/log": 404,
        "GET /studies/<study_id>/members": 404,
        "GET /studies/<study_id>/people/<code>": 404,
        "GET /studies/<study_id>/unblinding": 404,
        "POST /studies/<study_id>/close": 404,
        "POST /studies/<study_id>/codes": 404,
        "POST /studies/<study_id>/codes/<code_id>/revoke": 404,
        "POST /studies/<study_id>/consent": 404,
        "POST /studies/<study_id>/key": 404,
        "POST /studies/<study_id>/members": 404,
        "POST /studies/<study_id>/packing": 404,
        "POST /studies/<study_id>/people/<code>/randomise": 404,
        "POST /studies/<study_id>/people/<code>/unblind": 404,
        "POST /studies/<study_id>/reopen": 404,
        "POST /studies/<study_id>/slots": 404,
        "POST /studies/<study_id>/unblinding": 404,
        "POST /studies/<study_id>/unblinding/ask": 404,
    },
    # Before the second factor is set: its page, the question whether it is they, the way out.
    MISSING: {
        **FIRST,
        "GET /account/confirm": 200,
        "POST /account/confirm": 422,
        "GET /account/factors/new": 200,
        "POST /account/factors/new": 303,
        "GET /": 303,
    },
}


def person(app: Flask, who: str, name: str = "Ada") -> Visitor:
    """Return the person whom the table is about."""
    role = Role.COORDINATOR if who == COORDINATOR else Role.CLINICIAN
    visitor = reader(app, role, name, complete=False)
    if who != MISSING:
        add_factor(visitor, "another-phone")
    return visitor


def expected(route: str, who: str) -> int:
    """Return what somebody gets."""
    if route in THEIRS[who]:
        return THEIRS[who][route]
    if route in PUBLIC:
        return ROUTES[route][2]
    if who == MISSING:
        return FORBIDDEN if route.endswith(".json") else 303
    return FORBIDDEN


@pytest.mark.parametrize("who", THEIRS)
def test_everyone_who_reads_gets_what_is_theirs_and_nothing_else(app: Flask, who: str) -> None:
    things = belongings(sign_up(app, "Moth"))
    reading = person(app, who)
    found = {route: ask(reading, route, things) for route in ROUTES if route.startswith("GET ")}
    for number, route in enumerate(set(ROUTES) - set(found)):  # some of these sign out
        found[route] = ask(person(app, who, f"Ada {number}"), route, things)
    assert found == {route: expected(route, who) for route in ROUTES}


def test_the_tables_name_routes_that_are_there() -> None:
    assert {route for theirs in THEIRS.values() for route in theirs} <= set(ROUTES)


@pytest.mark.parametrize("path", ["/", "/account/", "/clinic/", "/trends/", "/nothing-of-theirs"])
def test_without_the_second_factor_every_page_leads_to_where_it_is_set_up(
    app: Flask, path: str
) -> None:
    ada = person(app, MISSING)
    answer = ada.get(path)
    if path == "/":
        answer = ada.get(answer.headers["Location"])
    if path == "/nothing-of-theirs":
        assert answer.status_code == 404, "what isn't there is no secret"
    else:
        assert answer.headers["Location"] == "/account/factors/new"
    sent = ada.post("/account/places/end-all")
    assert (sent.status_code, sent.headers["Location"]) == (303, "/account/factors/new")


def test_scripts_are_told_why(app: Flask) -> None:
    answer = person(app, MISSING).get("/session.json", Accept="application/json")
    assert answer.status_code == FORBIDDEN
    assert answer.json is not None
    assert (answer.json["error"], answer.json["retry"]) == ("factor_missing", False)


@pytest.mark.parametrize(
    ("role", "home", "name"),
    [(Role.CLINICIAN, "/clinic/", "People"), (Role.COORDINATOR, "/studies/", "Studies")],
)
def test_each_role_begins_at_its_own_place(app: Flask, role: Role, home: str, name: str) -> None:
    ada = reader(app, role)
    assert ada.get("/").headers["Location"] == home
    page = page_text(ada.get(home))
    assert f'<a href="{home}" aria-current="page">{name}</a>' in page
    for absent in ("Tonight", "/trends/", "/response/"):
        assert absent not in page


def test_their_pages_speak_of_no_diary_of_their_own(app: Flask) -> None:
    ada = reader(app, Role.CLINICIAN)
    pages = [page_text(ada.get(path)) for path in ("/account/", "/more/", "/account/erase")]
    for absent in (
        "rollover",
        "/reminders/",
        "/exports/",
        "/account/lock",
        "/imports/",
        "your diary",
    ):
        assert not any(absent in page for page in pages), absent
    answer = ada.submit(
        ada.get("/account/"), "/account/", zone="Pacific/Apia", language="", rollover="09:00"
    )
    assert answer.status_code == 303
    page = page_text(ada.get("/account/"))
    assert '<option selected value="Pacific/Apia">' in page
    assert "Past nights" not in page
    assert "Go to the start" in page_text(ada.get("/trends/"))


def test_before_the_second_factor_no_places_are_shown(app: Flask) -> None:
    ada = person(app, MISSING)
    for path in ("/account/factors/new", "/account/confirm"):
        page = page_text(ada.get(path))
        assert 'class="places"' not in page
        assert 'action="/sign-out"' in page


@pytest.mark.parametrize("path", ["/clinic/", "/account/", "/more/", "/account/factors/"])
def test_their_pages_are_sound_from_the_right_too(make_app: MakeApp, path: str) -> None:
    ada = reader(make_app(), Role.CLINICIAN)
    ada.language = "qps-plocm"
    assert ada.get(path).status_code == 200
