"""Test every route as a stranger, as the owner and as another patient; none may be left out."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

import pytest
from flask import Flask

from tests.applications import MakeApp
from tests.web import happened, readers, reminding, sharing, studying, tables
from tests.web.client import Visitor, sign_up
from tests.web.planned import held_plan
from tracker.domain.grants import GrantKind, Terms
from tracker.domain.medicines import ChangedBy, Dose, Medicine
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import Direction
from tracker.domain.scopes import Scope
from tracker.services import (
    grants,
    imports,
    invitations,
    medicines,
    pauses,
    people,
    phases,
    questionnaires,
)
from tracker.services.imports import Format, Upload
from tracker.services.people import NewPerson
from tracker.services.questionnaires import OwnWords
from tracker.services.shares import Wish
from tracker.storage import plans
from tracker.web.context import Installation

DAY: Final = date(2026, 11, 21)
DOSE: Final = Dose(date(2026, 11, 1), Decimal("1.5"), ChangedBy.CLINICIAN, "as prescribed")
LED: Final = 303  # a stranger is led to the sign-in
OUT: Final = 401  # what a stranger sends is kept beside a sign-in
# Method and rule: what a stranger, the owner and another patient get. A form sent empty is
# answered 303 (a deed without fields) or 422 (fields are missing), what is not theirs with 404.
ROUTES: Final[dict[str, tuple[int, int, int]]] = {
    "GET /": (200, 200, 200),
    "GET /account/": (LED, 200, 200),
    "POST /account/": (OUT, 422, 422),
    "POST /account/calm": (OUT, 303, 303),
    "GET /account/confirm": (LED, 200, 200),
    "POST /account/confirm": (OUT, 422, 422),
    "GET /account/erase": (LED, 200, 200),
    "POST /account/erase": (OUT, 303, 303),
    "GET /account/factors/": (LED, 200, 200),
    "GET /account/factors/<factor_id>": (LED, 200, 404),
    "POST /account/factors/<factor_id>": (OUT, 303, 404),
    "GET /account/factors/<factor_id>/remove": (LED, 200, 404),
    "POST /account/factors/<factor_id>/remove": (OUT, 422, 404),
    "GET /account/factors/codes": (LED, 200, 200),
    "POST /account/factors/codes": (OUT, 200, 404),
    "GET /account/factors/new": (LED, 200, 200),
    "POST /account/factors/new": (OUT, 303, 303),
    "GET /account/lock": (LED, 200, 200),
    "POST /account/lock": (OUT, 303, 303),
    "GET /account/log": (LED, 200, 200),
    "GET /account/password": (LED, 200, 200),
    "POST /account/password": (OUT, 422, 422),
    "POST /account/places/end": (OUT, 404, 404),
    "POST /account/places/end-all": (OUT, 303, 303),
    "POST /account/places/end-others": (OUT, 303, 303),
    "GET /account/readings": (LED, 200, 200),
    "GET /account/recovery": (LED, 200, 200),
    "POST /account/recovery": (OUT, 200, 200),
    "POST /account/zone": (OUT, 303, 303),
    "GET /clinic/": (LED, 403, 403),
    "GET /clinic/invite": (LED, 403, 403),
    "POST /clinic/invite": (OUT, 403, 403),
    "GET /clinic/<person>": (LED, 403, 403),
    "GET /clinic/<person>/report.pdf": (LED, 403, 403),
    "GET /diary/": (LED, 200, 200),
    "GET /diary/<text>": (LED, 200, 200),
    "POST /diary/<text>": (OUT, 422, 422),
    "POST /diary/<text>/choose": (OUT, 422, 422),
    "POST /diary/<text>/delete": (OUT, 422, 422),
    "POST /diary/<text>/restore": (OUT, 422, 422),
    "GET /exports/": (LED, 200, 200),
    "GET /exports/diary.csv": (LED, 200, 200),
    "GET /exports/diary.fhir.json": (OUT, 200, 200),
    "GET /exports/diary.json": (OUT, 200, 200),
    "GET /exports/diary.pdf": (LED, 200, 200),
    "POST /exports/diary.pdf": (OUT, 200, 200),
    "GET /exports/diary.redcap.zip": (LED, 200, 200),
    "GET /exports/diary.txt": (LED, 200, 200),
    "GET /exports/diary.xlsx": (LED, 200, 200),
    "GET /exports/phases.csv": (LED, 200, 200),
    "GET /for/": (LED, 200, 200),
    "GET /for/<owner_id>/": (LED, 404, 404),
    "GET /for/<owner_id>/diary/<text>": (LED, 404, 404),
    "POST /for/<owner_id>/diary/<text>": (OUT, 404, 404),
    "GET /grants/": (LED, 200, 200),
    "POST /grants/<grant_id>/end": (OUT, 303, 404),
    "POST /grants/<grant_id>/leave": (OUT, 404, 404),
    "GET /grants/new/<kind>": (LED, 200, 200),
    "POST /grants/new/<kind>": (OUT, 422, 422),
    "GET /healthz": (200, 200, 200),
    "GET /help/": (200, 200, 200),
    "GET /help/now": (200, 200, 200),
    "GET /hold": (200, 200, 200),
    "POST /hold": (422, 422, 422),
    "POST /hold/key": (422, 422, 422),
    "POST /hold/look": (422, 422, 422),
    "POST /hold/open": (422, 422, 422),
    "POST /hold/seal": (422, 422, 422),
    "GET /imports/": (LED, 200, 200),
    "POST /imports/": (OUT, 422, 422),
    "GET /imports/<batch>": (LED, 200, 404),
    "POST /imports/<batch>": (OUT, 303, 404),
    "GET /imports/<table_id>/answers": (LED, 200, 404),
    "POST /imports/<table_id>/answers": (OUT, 422, 404),
    "GET /imports/<table_id>/columns": (LED, 200, 404),
    "POST /imports/<table_id>/columns": (OUT, 303, 404),
    "POST /imports/<batch>/drop": (OUT, 303, 404),
    "POST /imports/<batch>/undo": (OUT, 404, 404),
    "POST /invitations/<invitation_id>/withdraw": (OUT, 303, 404),
    "GET /items/": (LED, 200, 200),
    "POST /items/": (OUT, 422, 422),
    "POST /items/own": (OUT, 422, 422),
    "GET /items/own/<key>": (LED, 200, 404),
    "POST /items/own/<key>": (OUT, 422, 422),
    "POST /items/ruler": (OUT, 400, 400),
    "GET /join": (200, 200, 200),
    "POST /join": (OUT, 422, 422),
    "GET /join/<invitation_id>": (LED, 422, 422),
    "POST /join/<invitation_id>": (OUT, 422, 422),
    "GET /manifest.webmanifest": (200, 200, 200),
    "GET /measurements/": (LED, 200, 200),
    "GET /measurements/<measurement_id>": (LED, 200, 404),
    "POST /measurements/<measurement_id>": (OUT, 422, 404),
    "POST /measurements/<measurement_id>/delete": (OUT, 303, 404),
    "GET /measurements/new": (LED, 200, 200),
    "POST /measurements/new": (OUT, 422, 422),
    "POST /measurements/undo": (OUT, 404, 404),
    "GET /medicines/": (LED, 200, 200),
    "GET /medicines/<medicine_id>": (LED, 200, 404),
    "POST /medicines/<medicine_id>": (OUT, 422, 404),
    "GET /medicines/<medicine_id>/dose": (LED, 200, 404),
    "POST /medicines/<medicine_id>/dose": (OUT, 422, 404),
    "POST /medicines/<medicine_id>/dose/remove": (OUT, 404, 404),
    "POST /medicines/<medicine_id>/remove": (OUT, 303, 404),
    "POST /medicines/<medicine_id>/stop": (OUT, 422, 404),
    "GET /medicines/new": (LED, 200, 200),
    "POST /medicines/new": (OUT, 422, 422),
    "POST /medicines/undo": (OUT, 404, 404),
    "GET /more/": (LED, 200, 200),
    "GET /offline": (200, 200, 200),
    "GET /pauses/": (LED, 200, 200),
    "POST /pauses/": (OUT, 422, 422),
    "POST /pauses/<pause_id>/end": (OUT, 303, 404),
    "POST /pauses/<pause_id>/remove": (OUT, 303, 404),
    "GET /phases/": (LED, 200, 200),
    "GET /phases/<phase_id>": (LED, 200, 404),
    "POST /phases/<phase_id>": (OUT, 422, 404),
    "POST /phases/<phase_id>/delete": (OUT, 303, 404),
    "POST /phases/<phase_id>/end": (OUT, 422, 404),
    "GET /phases/new": (LED, 200, 200),
    "POST /phases/new": (OUT, 422, 422),
    "POST /phases/undo": (OUT, 404, 404),
    "GET /plans/": (LED, 200, 200),
    "GET /plans/<plan_id>": (LED, 200, 404),
    "POST /plans/<plan_id>/link": (OUT, 200, 404),
    "POST /plans/<plan_id>/open": (OUT, 422, 404),
    "POST /plans/<plan_id>/shift": (OUT, 422, 404),
    "POST /plans/<plan_id>/stop": (OUT, 422, 404),
    "GET /plans/new/<plan_key>": (LED, 200, 200),
    "POST /plans/new/<plan_key>": (OUT, 422, 422),
    "POST /plans/undo": (OUT, 404, 404),
    "GET /recover": (200, 200, 200),
    "POST /recover": (422, 422, 422),
    "GET /register": (200, 200, 200),
    "POST /register": (422, 422, 422),
    "GET /reset": (200, 200, 200),
    "POST /reset": (422, 422, 422),
    "GET /reminders/": (LED, 200, 200),
    "POST /reminders/": (OUT, 422, 422),
    "GET /reminders/alarm.ics": (LED, 200, 200),
    "GET /reminders/confirm/<address_token>": (200, 200, 200),
    "POST /reminders/confirm/<address_token>": (200, 404, 404),
    "POST /reminders/devices": (OUT, 422, 422),
    "POST /reminders/devices/<device_id>/remove": (OUT, 303, 404),
    "POST /reminders/mail": (OUT, 404, 404),
    "POST /reminders/mail/remove": (OUT, 303, 303),
    "POST /reminders/off": (OUT, 303, 303),
    "GET /reminders/off/<off_token>": (200, 200, 200),
    "POST /reminders/off/<off_token>": (200, 200, 200),
    "POST /reminders/on": (OUT, 303, 303),
    "POST /reminders/test": (OUT, 303, 303),
    "GET /response.json": (OUT, 200, 200),
    "GET /response/": (LED, 200, 200),
    "GET /s": (200, 200, 200),
    "POST /s": (422, 422, 422),
    "GET /s/<share_id>/": (404, 404, 404),
    "GET /s/<share_id>/report.pdf": (404, 404, 404),
    "GET /service-worker.js": (200, 200, 200),
    "GET /session.json": (OUT, 200, 200),
    "GET /shares/": (LED, 200, 200),
    "GET /shares/new": (LED, 200, 200),
    "POST /shares/new": (OUT, 422, 422),
    "POST /shares/<share_id>/revoke": (OUT, 303, 404),
    "GET /side-effects/": (LED, 200, 200),
    "POST /side-effects/": (OUT, 422, 422),
    "GET /side-effects/<effect_id>": (LED, 200, 404),
    "POST /side-effects/<effect_id>": (OUT, 422, 404),
    "POST /side-effects/<effect_id>/delete": (OUT, 303, 404),
    "POST /side-effects/<effect_id>/end": (OUT, 422, 404),
    "POST /side-effects/none": (OUT, 303, 303),
    "POST /side-effects/none/undo": (OUT, 303, 303),
    "POST /side-effects/undo": (OUT, 404, 404),
    "GET /sign-in": (200, 303, 303),
    "POST /sign-in": (422, 422, 422),
    "GET /sign-in/help": (200, 200, 200),
    "GET /sign-in/here": (200, 303, 303),
    "POST /sign-out": (303, 303, 303),
    "POST /theme/": (400, 400, 400),
    "GET /studies/": (LED, 403, 403),
    "GET /studies/new": (LED, 403, 403),
    "POST /studies/new": (OUT, 403, 403),
    "GET /studies/join": (200, 200, 200),
    "POST /studies/join": (OUT, 422, 422),
    "GET /studies/join/consent": (LED, 422, 422),
    "POST /studies/join/consent": (OUT, 422, 422),
    "GET /study/": (LED, 200, 200),
    "GET /study/<study_id>/leave": (LED, 200, 404),
    "POST /study/<study_id>/leave": (OUT, 404, 404),
    "GET /studies/<study_id>/": (LED, 403, 403),
    "GET /studies/<study_id>/codes": (LED, 403, 403),
    "GET /studies/<study_id>/consent": (LED, 403, 403),
    "GET /studies/<study_id>/key": (LED, 403, 403),
    "GET /studies/<study_id>/data/<name>": (LED, 403, 403),
    "GET /studies/<study_id>/report": (LED, 403, 403),
    "GET /studies/<study_id>/report.json": (OUT, 403, 403),
    "GET /studies/<study_id>/report.pdf": (OUT, 403, 403),
    "GET /studies/<study_id>/log": (LED, 403, 403),
    "GET /studies/<study_id>/members": (LED, 403, 403),
    "GET /studies/<study_id>/people/<code>": (LED, 403, 403),
    "GET /studies/<study_id>/unblinding": (LED, 403, 403),
    "POST /studies/<study_id>/close": (OUT, 403, 403),
    "POST /studies/<study_id>/codes": (OUT, 403, 403),
    "POST /studies/<study_id>/codes/<code_id>/revoke": (OUT, 403, 403),
    "POST /studies/<study_id>/consent": (OUT, 403, 403),
    "POST /studies/<study_id>/key": (OUT, 403, 403),
    "POST /studies/<study_id>/members": (OUT, 403, 403),
    "POST /studies/<study_id>/packing": (OUT, 403, 403),
    "POST /studies/<study_id>/people/<code>/randomise": (OUT, 403, 403),
    "POST /studies/<study_id>/people/<code>/unblind": (OUT, 403, 403),
    "POST /studies/<study_id>/reopen": (OUT, 403, 403),
    "POST /studies/<study_id>/slots": (OUT, 403, 403),
    "POST /studies/<study_id>/unblinding": (OUT, 403, 403),
    "POST /studies/<study_id>/unblinding/ask": (OUT, 403, 403),
    "GET /together/": (LED, 200, 200),
    "GET /trends/": (LED, 200, 200),
    "GET /trends/figure.json": (OUT, 200, 200),
    "GET /trends/picture.svg": (LED, 200, 200),
    "GET /yesterday": (LED, 303, 303),
}

READING: Final = [route for route in ROUTES if route.startswith("GET ")]  # changes nothing


def rules(app: Flask) -> Iterator[str]:
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield f"{method} {rule.rule}"


def belongings(owner: Visitor) -> dict[str, str]:
    """Give the owner one thing of each kind that has an address."""
    made: Installation = owner.app.extensions["evenfall"]
    now, account = made.settings.clock(), owner.account
    assert account is not None
    phase = Phase(PhaseKind.BASELINE, date(2026, 11, 1))
    words = OwnWords("Stiff hands", "", "none", "worst", Direction.LOWER)
    with made.database.writing() as session:
        phase_id = phases.add(session, account, phase, now)
        taken = Medicine("Naltrexone", date(2026, 11, 1), doses=(DOSE,))
        medicine = medicines.add(session, account, taken, now)
        pauses.begin(session, account, date(2026, 11, 10), None, "", now)
        questionnaires.add_own(session, account, words, now)
        pause = pauses.list_all(session, account)[0]
        own = questionnaires.choices(session, account)[0].items[-1]
        file = Upload(Format.CSV, "diary.csv", b"date,pain\n2026-11-01,5\n")
        batch = imports.keep_upload(session, account, file, account.id, now)
        links = reminding.with_reminder(session, made, owner, now)
        helper = people.new_account(NewPerson("Hen", "", "UTC"), now)
        people.add(session, helper, None, helper.id, now)
        helps = Terms(GrantKind.HELP, Scope())
        grant = grants.give(session, account, helper, helps, now)
        invitations.offer(session, account, helps, now)
        invitation = invitations.list_open(session, account, now)[0]
        plans.add(session, account.id, held_plan("a-plan", DAY, now))
        links |= tables.with_table(session, account, now)
        links |= studying.with_study(session, account, now)
        links |= happened.with_happenings(session, account, now)
    return {
        **links,
        "share_id": sharing.made(owner).share.id,
        "person": account.id,
        "text": f"{DAY}",
        "phase_id": phase_id,
        "medicine_id": medicine,
        "plan_id": "a-plan",
        "plan_key": "crossover2013",
        "pause_id": pause.id,
        "key": own.key,
        "batch": batch,
        "owner_id": account.id,
        "grant_id": grant.id,
        "invitation_id": invitation.id,
        "kind": "read",
        "factor_id": readers.add_factor(owner),
    }


def ask(visitor: Visitor, route: str, things: dict[str, str]) -> int:
    method, _, rule = route.partition(" ")
    for name, value in things.items():
        rule = rule.replace(f"<{name}>", value)
    assert "<" not in rule, f"{route}: say in `belongings` what stands there"
    fetch = visitor.get if method == "GET" else visitor.post
    return fetch(rule).status_code


def test_no_route_is_left_out(app: Flask) -> None:
    assert set(rules(app)) == set(ROUTES)


def test_everyone_reads_what_is_theirs(app: Flask) -> None:
    owner, other = sign_up(app, "Moth"), sign_up(app, "Wren")
    things = belongings(owner)
    visitors = (Visitor(app), owner, other)
    given = {one: tuple(ask(who, one, things) for who in visitors) for one in READING}
    assert given == {one: ROUTES[one] for one in READING}


@pytest.mark.parametrize("route", [route for route in ROUTES if route not in READING])
def test_everyone_changes_what_is_theirs(app: Flask, route: str) -> None:
    owner, other = sign_up(app, "Moth"), sign_up(app, "Wren")
    things = belongings(owner)
    stranger, other_status = ask(Visitor(app), route, things), ask(other, route, things)
    assert (stranger, ask(owner, route, things), other_status) == ROUTES[route]


def test_who_holds_a_link_gets_its_report_and_else_what_strangers_get(app: Flask) -> None:
    owner = sign_up(app, "Moth")
    reader, path = sharing.opened(owner)
    things = {**belongings(owner), "share_id": path.split("/")[2]}
    given = {route: ask(reader, route, things) for route in ROUTES}
    strangers = {route: ROUTES[route][0] for route in ROUTES}
    # What a link in a mail does once was done by then.
    done = {"POST /reminders/confirm/<address_token>": 200}
    assert given == {**strangers, **done, "GET /s/<share_id>/": 200}


@pytest.mark.parametrize("kind", ["expired", "revoked", "without its passphrase"])
def test_a_link_that_opens_nothing_lets_nobody_in(make_app: MakeApp, kind: str) -> None:
    app = make_app()
    owner, reader = sign_up(app, "Moth"), Visitor(app)
    phrase = "plum stones" if kind == "without its passphrase" else ""
    made = sharing.made(owner, Wish("", Scope(), timedelta(days=7), phrase))
    if kind == "revoked":
        owner.post(f"/shares/{made.share.id}/revoke")
    if kind == "expired":
        reader = Visitor(make_app(CLOCK="2026-11-28T19:30:00Z"))
    reader.post("/s", {"token": made.token})
    assert ask(reader, "GET /s/<share_id>/", {"share_id": made.share.id}) == 404


def test_every_page_is_sound_from_the_right_too(app: Flask) -> None:
    owner = sign_up(app)
    owner.language = "qps-plocm"
    things = belongings(owner)
    given = {route: ask(owner, route, things) for route in READING}
    assert given == {route: ROUTES[route][1] for route in READING}
