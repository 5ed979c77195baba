"""Every route as every kind of person: nobody learns of a diary what they were not let see."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

import pytest
from flask import Flask
from sqlalchemy import update
from werkzeug.test import TestResponse

from tests.web import happened, sharing, stored, studying
from tests.web.access import end, give
from tests.web.client import SAME_ORIGIN, Visitor, page_text, sign_up
from tests.web.readers import add_factor
from tests.web.test_routes import ROUTES, belongings
from tracker.domain.grants import GrantKind
from tracker.domain.medicines import ChangedBy, Dose, Medicine
from tracker.domain.people import Role
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import Direction, Ruler
from tracker.domain.scopes import Scope
from tracker.services import accounts, imports, medicines, pauses, phases, questionnaires, recovery
from tracker.services.imports import Format, Upload
from tracker.services.questionnaires import OwnWords
from tracker.services.shares import Wish
from tracker.storage.models import shares

TONIGHT, BEFORE = "2026-11-21", "2026-11-19"
NAME: Final = "Quillon"
SYMPTOM: Final = "Zarnith ache"
SCORE: Final = "97"  # no other figure of a page; told apart as a word of its own
HIDDEN: Final = (  # what nobody else may see, whatever they hold
    "probe-note",
    "probe-older-note",
    "probe-reason",
    "probe-pause",
    "probe-effect",
    "probe-plan",
    "probe-file",
    "probe-imported-note",
    "moth@example.org",
    "probe-share",
)
# A report's.
SHARED: Final = ("probe-label", "probe-medicine", "probe-taken", "probe-dose", SYMPTOM, SCORE)
EVERYTHING: Final = (NAME, *SHARED, *HIDDEN)
BESIDE: Final = ("/phases/", "/pauses/", "/side-effects/", "/measurements/")
# Routes whose token alone lets anyone do the one thing that it is for.
BY_TOKEN: Final = ("<off_token>", "<address_token>")
# Of things that are the owner's: to others they are not there.
THINGS: Final = {
    "batch",
    "code",
    "code_id",
    "device_id",
    "effect_id",
    "factor_id",
    "grant_id",
    "invitation_id",
    "key",
    "measurement_id",
    "owner_id",
    "medicine_id",
    "pause_id",
    "person",
    "phase_id",
    "plan_id",
    "share_id",
    "study_id",
}
# These end the session that asks, so they come last.
LAST: Final = {
    "POST /account/erase",
    "POST /account/places/end-all",
    "POST /sign-out",
}


@pytest.fixture
def backend() -> str:
    """Who may see what is decided above the database: one product will do for all of them."""
    return "sqlite"


def owner_of(app: Flask) -> tuple[Visitor, dict[str, str]]:
    """Return somebody with a probe in every field, and what stands in their addresses."""
    owner = sign_up(app, NAME)
    assert owner.account is not None
    things, who = belongings(owner), owner.account
    made = stored.installation(app)
    now = made.settings.clock()
    file = b"date,pain,note\n2026-11-02,5,probe-imported-note\n"
    phase = Phase(
        PhaseKind.TREATMENT, date(2026, 11, 15), label="probe-label", medicine="probe-medicine"
    )
    words = OwnWords(SYMPTOM, f"{SYMPTOM}?", "none", "all", Direction.LOWER)
    with made.database.writing() as session:
        phases.remove(session, who, things["phase_id"], now)
        things["phase_id"] = phases.add(session, who, phase, now)
        dose = Dose(date(2026, 11, 16), Decimal("0.77"), ChangedBy.CLINICIAN, "probe-dose")
        medicines.remove(session, who, things["medicine_id"], now)
        taken = Medicine("probe-taken", date(2026, 11, 15), doses=(dose,))
        things["medicine_id"] = medicines.add(session, who, taken, now)
        pauses.begin(session, who, date(2026, 11, 3), date(2026, 11, 4), "probe-pause", now)
        things |= happened.with_happenings(session, who, now, "probe-effect")
        things["key"] = questionnaires.add_own(session, who, words, now).key
        upload = Upload(Format.CSV, "probe-file.csv", file)
        things["batch"] = imports.keep_upload(session, who, upload, who.id, now)
        questionnaires.choose_ruler(session, who, Ruler.VAS, now)
    owner.post(f"/diary/{BEFORE}", {"note": "probe-older-note"})
    night = f"/diary/{TONIGHT}"
    owner.post(night, {"pain": SCORE, things["key"]: SCORE, "note": "probe-note"})
    owner.post(night, {"sleep": "40", "reason": "probe-reason"})
    owner.post("/shares/new", {"questions": "all", "life": "30", "label": "probe-share"})
    return owner, things


def somebody(app: Flask, role: Role) -> Visitor:
    """Return somebody of this role, with the second factor that it needs."""
    visitor = sign_up(app, "Ada", role=role)
    if role is not Role.PATIENT:
        add_factor(visitor, "another-phone")
    return visitor


def granted(
    kind: GrantKind, role: Role = Role.PATIENT, *, over: str = ""
) -> Callable[[Flask, Visitor], Visitor]:
    """Return what makes somebody with a grant, or with one that is `over`: ended, expired."""

    def made(app: Flask, owner: Visitor) -> Visitor:
        visitor = somebody(app, role)
        now = stored.installation(app).settings.clock()
        grant = give(owner, visitor, kind, expires_at=now if over == "expired" else None)
        if over == "ended":
            end(owner, grant)
        return visitor

    return made


def disabled(app: Flask, owner: Visitor) -> Visitor:
    visitor = granted(GrantKind.HELP)(app, owner)
    assert visitor.account is not None
    made = stored.installation(app)
    with made.database.writing() as session:
        accounts.disable(session, visitor.account, made.settings.clock())
    return visitor


def of_their_study(app: Flask, owner: Visitor) -> Visitor:
    """Return a coordinator of the study that the owner takes part in."""
    visitor = somebody(app, Role.COORDINATOR)
    studying.name(owner, visitor)
    return visitor


def link_holder(_app: Flask, owner: Visitor) -> Visitor:
    return sharing.opened(owner)[0]


def revoked_link(_app: Flask, owner: Visitor) -> Visitor:
    visitor, path = sharing.opened(owner)
    owner.post(f"/shares/{path.split('/')[2]}/revoke")
    return visitor


def expired_link(app: Flask, owner: Visitor) -> Visitor:
    visitor, path = sharing.opened(owner)
    now = stored.installation(app).settings.clock()
    lived = {"created_at": now - timedelta(days=1), "expires_at": now}
    with stored.installation(app).database.writing() as session:
        session.execute(update(shares).where(shares.c.id == path.split("/")[2]).values(lived))
    return visitor


def locked_link(app: Flask, owner: Visitor) -> Visitor:
    """Return who holds a link and not the passphrase that goes with it."""
    visitor = Visitor(app)
    token = sharing.made(owner, Wish("", Scope(), timedelta(days=1), "plum stones")).token
    assert visitor.post("/s", {"token": token}).status_code == 200
    assert visitor.post("/s", {"token": token, "passphrase": "plum stone"}).status_code == 422
    return visitor


def reset_link(app: Flask, owner: Visitor) -> Visitor:
    """Return who holds the operator's link to a new password, and has set none."""
    visitor, made = Visitor(app), stored.installation(app)
    assert owner.account is not None
    with made.database.writing() as session:
        token = recovery.make_link(session, owner.account, made.settings.clock())
    assert NAME in visitor.post("/reset", {"token": token}).text
    return visitor


@dataclass(frozen=True, slots=True)
class Actor:
    """A kind of person: how one is made, and what of `EVERYTHING` they were let see.

    Who differs from another actor only in what is over asks for the owner's things alone.
    """

    made: Callable[[Flask, Visitor], Visitor]
    may_see: tuple[str, ...] = ()
    is_over: bool = False

    @property
    def routes(self) -> list[str]:
        """What they ask for; what ends the session comes last."""
        mine = {one for one in ROUTES if not any(token in one for token in BY_TOKEN)}
        if self.is_over:
            mine = {one for one in mine if _is_of_owner(one)} | {"GET /for/", "GET /clinic/"}
        return sorted(mine - LAST) + sorted(mine & LAST)


def _is_of_owner(route: str) -> bool:
    return any(f"<{name}>" in route for name in THINGS)


# A line each; branches that bring another kind of person add theirs.
ACTORS: Final[Mapping[str, Actor]] = {
    "stranger": Actor(lambda app, _owner: Visitor(app)),
    "other patient": Actor(lambda app, _owner: sign_up(app, "Wren")),
    "helper": Actor(granted(GrantKind.HELP), (NAME, SYMPTOM, SCORE)),
    "helper, ended": Actor(granted(GrantKind.HELP, over="ended"), is_over=True),
    "helper, expired": Actor(granted(GrantKind.HELP, over="expired"), is_over=True),
    "clinician": Actor(granted(GrantKind.READ, Role.CLINICIAN), (NAME, *SHARED)),
    "clinician, without": Actor(lambda app, _owner: somebody(app, Role.CLINICIAN)),
    "clinician, ended": Actor(granted(GrantKind.READ, Role.CLINICIAN, over="ended"), is_over=True),
    "clinician, expired": Actor(
        granted(GrantKind.READ, Role.CLINICIAN, over="expired"), is_over=True
    ),
    "clinician, no factor": Actor(lambda app, _: sign_up(app, "Ada", role=Role.CLINICIAN)),
    "patient with a clinician's grant": Actor(granted(GrantKind.READ), is_over=True),
    "coordinator": Actor(lambda app, _owner: somebody(app, Role.COORDINATOR)),
    "coordinator of their study": Actor(of_their_study, ("P-001",)),
    "disabled": Actor(disabled, is_over=True),
    "link": Actor(link_holder, (NAME, *SHARED)),
    "link, revoked": Actor(revoked_link, is_over=True),
    "link, expired": Actor(expired_link, is_over=True),
    "link, without its passphrase": Actor(locked_link),
    "operator's reset link": Actor(reset_link),
}


def filled(route: str, things: Mapping[str, str]) -> tuple[str, str]:
    method, _, rule = route.partition(" ")
    for name, value in things.items():
        rule = rule.replace(f"<{name}>", value)
    return method, rule


def answers(
    visitor: Visitor, routes: Iterable[str], things: Mapping[str, str]
) -> Iterator[tuple[str, TestResponse]]:
    """Ask for one after the other."""
    guard = _guard(visitor)
    for route in routes:
        method, path = filled(route, things)
        headers = {"Accept": "text/html", **(SAME_ORIGIN if method == "POST" else {})}
        data = guard if method == "POST" else None
        yield route, visitor.client.open(path, method=method, data=data, headers=headers)


def _guard(visitor: Visitor) -> Mapping[str, str]:
    try:
        return visitor.guard()
    except (StopIteration, KeyError):  # the account is closed: nobody is signed in any more
        return {}


def told(answer: TestResponse) -> str:
    """Return all that an answer says, where it leads too."""
    is_text = (answer.mimetype or "").startswith("text/")
    body = page_text(answer) if is_text else answer.data.decode("latin1")
    return f"{answer.headers}\n{body}"


def leaks(text: str, probes: tuple[str, ...]) -> list[str]:
    """Return the probes that stand in `text`; the score only where it stands by itself."""
    # A picture or a PDF has figures of its own.
    visible = "" if "\0" in text else re.sub(r"<[^>]+>|[A-Za-z0-9+/_=-]{20,}", " ", text)
    by_itself = re.search(rf"(?<![\w.:,]){SCORE}(?![\w.:,])", visible) is not None
    return [probe for probe in probes if (by_itself if probe == SCORE else probe in text)]


@pytest.mark.parametrize("who", ACTORS)
def test_nobody_learns_what_they_were_not_let_see(app: Flask, who: str) -> None:
    owner, things = owner_of(app)
    actor = ACTORS[who]
    visitor = actor.made(app, owner)
    hidden = tuple(probe for probe in EVERYTHING if probe not in actor.may_see)
    found = {}
    for route, answer in answers(visitor, actor.routes, things):
        assert answer.status_code < 500, route
        if seen := leaks(told(answer), hidden):
            found[route] = seen
    assert found == {}


def test_the_probes_are_there_for_the_owner(app: Flask) -> None:
    owner, things = owner_of(app)
    paths = ("/", f"/diary/{TONIGHT}", f"/diary/{BEFORE}", "/diary/", *BESIDE)
    batch = f"/imports/{things['batch']}"
    more = ("/medicines/", "/items/", "/reminders/", "/shares/", "/response/", batch)
    text = "".join(told(owner.get(path)) for path in (*paths, *more))
    archive = owner.get("/exports/diary.json").text
    assert set(leaks(text + archive, EVERYTHING)) >= set(EVERYTHING) - {
        "probe-file",
        "probe-imported-note",
    }
    assert "probe-imported-note" in text or "probe-file" in text


@pytest.mark.parametrize("who", [one for one, actor in ACTORS.items() if not actor.may_see])
def test_what_is_anothers_is_answered_as_what_is_not_there(app: Flask, who: str) -> None:
    owner, things = owner_of(app)
    visitor = ACTORS[who].made(app, owner)
    nowhere = {
        name: "x" * len(value) if name in THINGS else value for name, value in things.items()
    }
    routes = [one for one in ROUTES if _is_of_owner(one) and one.startswith("GET ")]
    assert len(routes) > 8
    for route in routes:
        asked = [visitor.client.get(filled(route, ids)[1]) for ids in (things, nowhere)]
        real, none = (
            (one.status_code, one.data.replace(filled(route, ids)[1].encode(), b""))
            for one, ids in zip(asked, (things, nowhere), strict=True)
        )
        assert real == none, route


@pytest.mark.parametrize("who", [one for one in ACTORS if one.startswith("helper")])
def test_a_helper_comes_in_while_the_grant_holds(app: Flask, who: str) -> None:
    owner, things = owner_of(app)
    visitor = ACTORS[who].made(app, owner)
    status = visitor.get(f"/for/{things['owner_id']}/").status_code
    assert status == (200 if ACTORS[who].may_see else 404)
