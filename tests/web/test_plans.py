"""The pages of plans: started, looked at, moved, stopped and opened by their owner."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from tests.web import sharing
from tests.web.client import Visitor, page_text, sign_up
from tests.web.stored import installation
from tracker.domain.people import Account
from tracker.domain.phases import Phase
from tracker.domain.plans import READY_MADE
from tracker.domain.scopes import Scope
from tracker.services import phases, plans

STARTS = {"started_on": "2026-11-21", "medicine": "Naltrexone", "dose_mg": "4.5", "holder": "none"}
PAIRS = {**STARTS, "pairs": "2", "period_days": "14", "washout_days": "7", "baseline_days": "14"}
WHY = {"why": "side_effect", "reason": "Bad dreams"}


@pytest.fixture
def backend() -> str:
    """Pages don't know which product holds the rows; deeds and rows are tested on both."""
    return "sqlite"


def with_order(app: Flask, order: int) -> None:
    app.extensions["evenfall"] = replace(installation(app), draw=lambda _most: order)


def known(owner: Visitor) -> Sequence[Phase]:
    assert owner.account is not None
    with installation(owner.app).database.reading() as session:
        return [stored.phase for stored in phases.list_all(session, owner.account)]


def account_of(owner: Visitor) -> Account:
    assert owner.account is not None
    return owner.account


def kinds(owner: Visitor) -> str:
    return " ".join(phase.label or phase.kind.value for phase in known(owner))


def plan_of(owner: Visitor) -> str:
    """Return the path of the owner's newest plan."""
    assert owner.account is not None
    with installation(owner.app).database.reading() as session:
        return f"/plans/{plans.list_all(session, owner.account)[-1].id}"


def read(owner: Visitor, path: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page_text(owner.get(path))).split())


@pytest.mark.parametrize("key", [*READY_MADE, "pairs", "own"])
def test_every_plan_says_what_it_is_and_advises_nothing(owner: Visitor, key: str) -> None:
    page = read(owner, f"/plans/new/{key}")
    assert "Your prescriber decides" in page
    assert ("How it would lie in time" in page) == (key in READY_MADE)
    fields = page_text(owner.get(f"/plans/new/{key}"))
    assert 'name="dose_mg" type="text" value=""' in fields or key == "own"
    assert owner.get("/plans/new/nothing").status_code == 404


def test_a_plan_is_shown_before_it_is_started(owner: Visitor) -> None:
    answer = owner.post("/plans/new/pairs", {**PAIRS, "holder": "app", "preview": "y"})
    assert answer.status_code == 200
    page = page_text(answer)
    for shown in ("1A", "2B", "Washout", "21 Nov 2026"):
        assert shown in page
    assert known(owner) == []
    open_page = page_text(owner.post("/plans/new/pairs", {**PAIRS, "preview": "y"}))
    assert "One possible order" in open_page


def test_an_open_plan_lays_out_its_phases(app: Flask, owner: Visitor) -> None:
    with_order(app, 1)
    answer = owner.post("/plans/new/crossover2013", STARTS)
    assert answer.headers["Location"] == plan_of(owner)
    assert kinds(owner) == "baseline placebo treatment follow_up"
    page = read(owner, plan_of(owner))
    assert "Next: Placebo, from 5 Dec 2026." in page
    assert "Nothing of this plan is hidden." in page
    assert "Open the order" not in page
    assert owner.post(f"{plan_of(owner)}/open", WHY).status_code == 404, "nothing is closed"
    assert "Crossover, as in the 2013 trial" in read(owner, "/plans/")


def test_a_plan_of_ones_own(owner: Visitor) -> None:
    rows = {"rows-0-kind": "baseline", "rows-0-days": "14", "rows-1-kind": "treatment"}
    rows |= {"rows-1-days": "28", "rows-1-dose_mg": "1,5", "rows-2-kind": "washout"}
    owner.post("/plans/new/own", {**STARTS, **rows})
    baseline, treatment = known(owner)
    assert (treatment.medicine, str(treatment.dose_mg)) == ("Naltrexone", "1.5")
    assert (baseline.medicine, baseline.dose_mg) == ("", None)
    assert "A plan of your own" in read(owner, "/plans/")


@pytest.mark.parametrize(
    ("key", "fields", "why"),
    [
        ("crossover2013", {**STARTS, "started_on": ""}, "Enter the first day."),
        ("crossover2013", {**STARTS, "started_on": "2020-01-01"}, "within a year"),
        ("crossover2013", {**STARTS, "holder": "moon"}, "Not a valid choice"),
        ("pairs", {**PAIRS, "pairs": "99"}, "Choose 1 to 8 pairs."),
        ("own", {**STARTS, "rows-0-kind": "baseline", "rows-0-days": "x"}, "whole number"),
        ("own", STARTS, "at least one phase"),
    ],
)
def test_what_can_not_be_is_said_beside_the_field(
    owner: Visitor, key: str, fields: dict[str, str], why: str
) -> None:
    answer = owner.post(f"/plans/new/{key}", fields)
    assert answer.status_code == 422
    assert why in page_text(answer)
    assert "Naltrexone" in page_text(answer), "what was typed stays"
    assert known(owner) == []


def test_what_is_left_moves(owner: Visitor) -> None:
    owner.post("/plans/new/crossover2013", STARTS)
    before = known(owner)
    path = plan_of(owner)
    assert owner.post(f"{path}/shift", {"days": "x"}).status_code == 422
    assert owner.post(f"{path}/shift", {"days": "3"}).status_code == 303
    assert "moved by 3 days" in read(owner, path)
    assert (known(owner)[1].start - before[1].start).days == 3


def test_a_hidden_part_is_never_moved_before_today(owner: Visitor) -> None:
    owner.post("/plans/new/crossover2013", {**STARTS, "holder": "app"})
    answer = owner.post(f"{plan_of(owner)}/shift", {"days": "-20"})
    assert answer.status_code == 422
    assert "before today" in page_text(answer)


def test_a_plan_is_stopped_and_goes_on_after_all(owner: Visitor) -> None:
    owner.post("/plans/new/crossover2013", {**STARTS, "started_on": "2026-11-10"})
    before, path = known(owner), plan_of(owner)
    assert owner.post(f"{path}/stop").headers["Location"] == "/plans/"
    assert kinds(owner) == "baseline"
    assert "stopped early" in read(owner, "/plans/")
    assert owner.post(f"{path}/stop").status_code == 422
    assert owner.post("/plans/undo").headers["Location"] == path
    assert known(owner) == before
    assert owner.post("/plans/undo").status_code == 404


def test_what_was_stopped_comes_back_only_where_there_is_room(owner: Visitor) -> None:
    owner.post("/plans/new/crossover2013", STARTS)
    path = plan_of(owner)
    owner.post(f"{path}/stop")
    owner.post("/phases/new", {"kind": "washout", "start": "2026-12-10", "ends_running": "y"})
    answer = owner.post("/plans/undo")
    assert answer.status_code == 422
    assert "overlap" in page_text(answer) or "needs an end" in page_text(answer)
    assert kinds(owner) == "baseline washout"


@pytest.mark.parametrize("order", [0, 1])
def test_the_app_opens_the_order_and_says_why(app: Flask, owner: Visitor, order: int) -> None:
    with_order(app, order)
    owner.post("/plans/new/crossover2013", {**STARTS, "holder": "app"})
    path = plan_of(owner)
    page = read(owner, path)
    assert "This app holds the key until" in page
    assert "Whoever holds this server's files could read it." in page.replace("&#39;", "'")
    assert owner.post(f"{path}/open").status_code == 422
    assert owner.post(f"{path}/open", WHY).status_code == 303
    assert kinds(owner).split()[1:3] == ["treatment placebo", "placebo treatment"][order].split()
    page = read(owner, path)
    assert "Unblinded on 21 Nov 2026" in page
    assert "Why: A side effect." in page
    assert "Bad dreams" in page
    assert "Order of a plan opened" in read(owner, "/account/log")
    assert owner.post(f"{path}/open", WHY).status_code == 422, "it is open already"


def test_readers_see_when_and_why_it_was_opened(app: Flask, owner: Visitor) -> None:
    owner.post("/plans/new/crossover2013", {**STARTS, "started_on": "2026-11-07", "holder": "app"})
    for day in ("2026-11-20", "2026-11-21"):
        owner.post(f"/diary/{day}", {"pain": "5"})
    with_notes, without = Scope(notes=True), Scope()
    before = sharing.page(app, account_of(owner), with_notes)
    assert "Unblinded" not in before
    owner.post(f"{plan_of(owner)}/open", WHY)
    assert "Unblinded on 21 Nov 2026" in read(owner, "/response/")
    page = sharing.page(app, account_of(owner), with_notes)
    assert "Unblinded on 21 Nov 2026, by the diary" in page
    assert "Bad dreams" in page
    page = sharing.page(app, account_of(owner), without)
    assert "Why: A side effect." in page
    assert "Bad dreams" not in page, "own words go with the notes"
    long_ago = Scope(end=date(2026, 11, 1))
    assert "Unblinded" not in sharing.page(app, account_of(owner), long_ago)


def test_a_hidden_phase_can_be_moved_and_not_renamed(owner: Visitor) -> None:
    owner.post("/plans/new/pairs", {**PAIRS, "holder": "app"})
    assert owner.account is not None
    with installation(owner.app).database.reading() as session:
        first = phases.list_all(session, owner.account)[1]
    page = page_text(owner.get(f"/phases/{first.id}"))
    assert 'name="medicine"' not in page
    assert 'name="label"' not in page
    changed = {"kind": "blinded", "start": "2026-12-06", "last_day": "2026-12-18", "label": "drug"}
    assert owner.post(f"/phases/{first.id}", changed).status_code == 303
    assert (known(owner)[1].label, f"{known(owner)[1].start}") == ("1A", "2026-12-06")
    owner.post(f"/phases/{first.id}/delete")
    owner.post("/phases/undo")
    assert "1A" in kinds(owner)
    owner.post(f"{plan_of(owner)}/open", WHY)
    assert "blinded" not in {phase.kind.value for phase in known(owner)}


def test_a_plan_is_its_owners_alone(app: Flask, owner: Visitor) -> None:
    owner.post("/plans/new/crossover2013", {**STARTS, "holder": "app"})
    path, wren = plan_of(owner), sign_up(app, "Wren")
    assert wren.get(path).status_code == 404
    for deed in ("shift", "stop", "open", "link"):
        assert wren.post(f"{path}/{deed}", {"days": "1", **WHY}).status_code == 404
    assert owner.post(f"{path}/link").status_code == 404, "nobody else holds this key"


def test_a_plan_without_phases_is_still_there(owner: Visitor) -> None:
    owner.post("/plans/new/cytokine2015", STARTS)
    assert owner.account is not None
    with installation(owner.app).database.writing() as session:
        for stored in phases.list_all(session, owner.account):
            now = installation(owner.app).settings.clock()
            phases.remove(session, owner.account, stored.id, now)
    assert "No phase of this plan is left." in read(owner, plan_of(owner))


def test_a_phase_that_goes_on_has_no_last_day(app: Flask, owner: Visitor) -> None:
    owner.post("/plans/new/open_label", STARTS)
    made, who = installation(app), account_of(owner)
    with made.database.writing() as session:
        last = phases.list_all(session, who)[-1]
        going_on = replace(last.phase, end=None)
        assert phases.change(session, who, last.id, going_on, made.settings.clock())
    assert "since 2 Jan 2027" in read(owner, plan_of(owner))
