"""One diary lived by a plan through the real application, once for each possible key.

Whatever is random comes from one row of bytes that is the same in each life, the clock from a file;
so two lives differ in nothing but the order that was drawn.
"""

import hashlib
import random
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Final

import pytest
from flask import Flask
from sqlalchemy import select

from tests.web import stored
from tests.web.access import give
from tests.web.client import Visitor, sign_in_anew, sign_up
from tests.web.readers import reader
from tests.web.test_routes import ROUTES
from tools.prove.forms import QUERIES
from tracker.config import Settings
from tracker.domain.answers import answered
from tracker.domain.diary import Diary, Entry, Status
from tracker.domain.grants import GrantKind
from tracker.domain.people import Role
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import FIRST, Kind
from tracker.domain.scopes import Scope
from tracker.keys import Keys
from tracker.services import phases, plans
from tracker.services.hashing import shared
from tracker.storage import installation
from tracker.storage.database import Database, Session
from tracker.storage.models import metadata
from tracker.web.app import create_app

BEGAN: Final = date(2026, 1, 1)
PASSPHRASE: Final = "a lamp on the night table"
# What the key is for: that these differ is the point.
READING: Final = frozenset({"owner", "clinician", "link"})  # who reads by rules and days
SEALED: Final = {
    ("plans", "sealed"),
    ("plans", "hidden"),
    ("allocations", "box"),
    ("unblindings", "drawn"),  # of an emergency: whoever asked was told
}
# The one thing that is left out of what is compared: OpenSSL draws a server's key for pushes.
PUSH_KEY: Final = re.compile(rb'data-key="[A-Za-z0-9_-]{87}"')
Leak = Callable[[Session, str, int], None]


def no_leak(_session: Session, _owner: str, _order: int) -> None:
    """Tell nothing."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A plan just begun: its holder's token, and who else is there with what in their addresses.

    `without` need not look: others who may do as much do. `more` are further routes.
    """

    token: str = ""
    without: frozenset[str] = frozenset()
    others: Mapping[str, Visitor] = field(default_factory=dict)
    things: Mapping[str, str] = field(default_factory=dict)
    more: tuple[str, ...] = ()


def by_form(_app: Flask, owner: Visitor, case: "Case", _order: int) -> Begun:
    """Start the plan by its form, and seal it where somebody else is to."""
    answer = owner.post(f"/plans/new/{case.key}", dict(case.fields))
    token = answer.text.partition("/hold#")[2][:43]
    if token:
        sealed = {"token": token, "passphrase": PASSPHRASE, "again": PASSPHRASE}
        assert Visitor(owner.app).post("/hold/seal", sealed).status_code == 200
    return Begun(token)


def nothing(_life: "Life") -> None:
    """Let nothing happen after the looks."""


@dataclass(frozen=True, slots=True)
class Case:
    """A plan as it is lived: the form's key and fields, and the days on which it is looked at.

    `begin` starts it; `after` is what happens once all was looked at.
    """

    key: str
    fields: Mapping[str, str]
    looks: tuple[int, ...]
    orders: int
    begin: Callable[[Flask, Visitor, "Case", int], Begun] = by_form
    after: Callable[["Life"], None] = nothing


_PRESCRIBED: Final = {
    "started_on": f"{BEGAN}",
    "medicine": "Naltrexone",
    "dose_mg": "4.5",
    "holder": "app",
}
_PAIRS: Final = {
    **_PRESCRIBED,
    "holder": "person",
    "pairs": "2",
    "period_days": "14",
    "washout_days": "7",
    "baseline_days": "14",
}
CASES: Final = {
    "unequal arms": Case("crossover2013", _PRESCRIBED, (75, 140), 2),
    "pairs": Case("pairs", _PAIRS, (45,), 4),
    "one arm or the other": Case("final2024", _PRESCRIBED, (30,), 2),
}


class Dice:
    """Bytes that look random and are the same in every life."""

    def __init__(self) -> None:
        self._numbers = count()

    def __call__(self, size: int) -> bytes:
        """Return so many bytes more."""
        found = b""
        while len(found) < size:
            found += hashlib.sha256(f"life {next(self._numbers)}".encode()).digest()
        return found[:size]


@dataclass(slots=True)
class Life:
    """One diary, whoever may look at it, and its clock."""

    app: Flask
    clock: Path
    owner: Visitor
    others: Mapping[str, Visitor]
    things: dict[str, str]
    link: str
    token: str = ""
    more: tuple[str, ...] = ()
    seen: dict[str, bytes] = field(default_factory=dict)

    @property
    def owner_id(self) -> str:
        """Whose diary it is."""
        assert self.owner.account is not None
        return self.owner.account.id

    def turn(self, day: int) -> None:
        """Let it be the evening of a day, so many after the first."""
        at = datetime.combine(BEGAN + timedelta(days=day), datetime.min.time(), UTC)
        self.clock.write_text(f"{at + timedelta(hours=19, minutes=30):%Y-%m-%dT%H:%M:%SZ}")


def lived(  # noqa: PLR0913 - a life has so many circumstances
    folder: Path,
    template: Path,
    monkeypatch: pytest.MonkeyPatch,
    case: Case,
    order: int,
    *,
    leak: Leak = no_leak,
    routes: tuple[str, ...] | None = None,
) -> Mapping[str, bytes]:
    """Live by a plan whose drawn order is `order`; return all that anybody could see of it.

    Args:
        folder: empty.
        template: a database with today's tables.
        monkeypatch: of the test.
        case: the plan, and when to look.
        order: what is drawn.
        leak: makes a row tell, to see that it is noticed.
        routes: those to fetch; None is every one that there is.
    """
    shared()  # made once in a process: it draws before the first life
    with monkeypatch.context() as patched:
        dice = Dice()
        patched.setattr("os.urandom", dice)
        patched.setattr(random, "_urandom", dice)
        with _database(folder, template) as (settings, database):
            app = create_app(settings, database, Keys.derived(b"a test" * 8))
            made = replace(stored.installation(app), draw=lambda _most: order)
            app.extensions["evenfall"] = made
            life = _begun(app, folder / "clock", case, order)
            with database.writing() as session:
                leak(session, life.owner_id, order)
            for day in case.looks:
                life.turn(day)
                come_back(life)
                _written(life, day)
                look(life, day, routes)
            case.after(life)
    return life.seen


def _begun(app: Flask, clock: Path, case: Case, order: int) -> Life:
    """Let people come, let them in, and begin the plan."""
    owner, ada = sign_up(app, "Moth"), reader(app, Role.CLINICIAN, "Vera")
    hen, grace = sign_up(app, "Hen"), reader(app, Role.COORDINATOR, "Grace")
    give(owner, ada, GrantKind.READ, Scope(notes=True, pdf=True))
    give(owner, hen, GrantKind.HELP)
    assert owner.account is not None
    opioid = Phase(
        PhaseKind.TREATMENT,
        BEGAN - timedelta(days=60),
        BEGAN - timedelta(days=30),
        medicine="Tramadol",
        dose_mg=Decimal(50),
    )
    with stored.installation(app).database.writing() as session:
        phases.add(session, owner.account, opioid, stored.installation(app).settings.clock())
    dose = {"dose_mg": "3", "by": "clinician"}
    for name in ("Tramal", "Study capsules"):
        taken = {"name": name, "start": f"{BEGAN}", **dose}
        assert owner.post("/medicines/new", taken).status_code == 303
    wanted = {"questions": "all", "life": "365", "label": "Dr K.", "notes": "y", "pdf": "y"}
    link = owner.post("/shares/new", wanted).text.partition("/s#")[2][:43]
    by_link = Visitor(app)
    share = by_link.post("/s", {"token": link}).headers["Location"].split("/")[2]
    others = {
        "clinician": ada,
        "helper": hen,
        "coordinator": grace,
        "link": by_link,
        "stranger": Visitor(app),
        "other": sign_up(app, "Wren"),
    }
    begun = case.begin(app, owner, case, order)
    with stored.installation(app).database.reading() as session:
        plan = plans.list_all(session, owner.account)[0]
        hidden = [one for one in phases.list_all(session, owner.account) if one.plan is not None]
    things = {
        "person": owner.account.id,
        "owner_id": owner.account.id,
        "share_id": share,
        "plan_id": plan.id,
        "plan_key": case.key,
        "phase_id": hidden[1].id,
        "kind": "read",
        **begun.things,
    }
    looking = {who: each for who, each in others.items() if who not in begun.without}
    people = {**looking, **begun.others}
    return Life(app, clock, owner, people, things, link, begun.token, begun.more)


def come_back(life: Life) -> None:
    """Let everybody sign in anew, and the link be opened again: sessions don't last that long."""
    for visitor in (life.owner, *life.others.values()):
        if visitor.account is not None:
            sign_in_anew(visitor)
    if "link" in life.others:
        life.others["link"].post("/s", {"token": life.link})


def _written(life: Life, day: int) -> None:
    """Write the nights since the last look, the last of them by hand."""
    written = {text for text in life.seen if text.startswith("written ")}
    first = max((int(text.split()[1]) + 1 for text in written), default=0)
    life.seen[f"written {day}"] = b""
    scales = [item for item in FIRST.items if item.kind is Kind.SCALE]
    entries = {
        BEGAN + timedelta(days=number): Entry(
            BEGAN + timedelta(days=number),
            {
                item.key: answered((number * number + 3 * place) % 11)
                for place, item in enumerate(scales)
            },
            FIRST.ruler,
            Status.ON_TIME,
        )
        for number in range(first, day)
    }
    diary = Diary(FIRST.ruler, {item.key: item for item in FIRST.items}, entries)
    with stored.installation(life.app).database.writing() as session:
        stored.write(session, life.owner_id, diary)
    night = {"pain": "6", "sleep": "4", "note": "Rain"}
    answer = life.owner.post(f"/diary/{BEGAN + timedelta(days=day)}", night)
    assert answer.status_code == 303


def look(life: Life, day: int, routes: tuple[str, ...] | None) -> None:
    """Fetch whatever there is as everybody, and read every row."""
    life.things["text"] = f"{BEGAN + timedelta(days=day)}"
    gets = (*(route for route in ROUTES if route.startswith("GET ")), *life.more)
    for route in gets if routes is None else routes:
        plain, *queried = _paths(life, route.partition(" ")[2])
        for who, visitor in {"owner": life.owner, **life.others}.items():
            for path in (plain, *(queried if who in READING else ())):
                answer = visitor.client.get(path, headers={"Accept-Language": "en"})
                told = f"{answer.status_code} {answer.mimetype} {answer.headers.get('Location')} "
                told += f"{answer.headers.get('Content-Disposition')}\n"
                body = PUSH_KEY.sub(b"", answer.data)
                life.seen[f"day {day}, {who}: {path}"] = told.encode() + body
    if life.token:
        page = Visitor(life.app).client.post("/hold", data={"token": life.token})
        life.seen[f"day {day}, holder"] = page.data
    life.seen.update(_rows(life, day))


def _paths(life: Life, rule: str) -> Iterator[str]:
    """Return the addresses of a route: as it is, and with the queries that it takes."""
    path = rule
    for name, value in life.things.items():
        path = path.replace(f"<{name}>", value)
    if "<" in path:
        path = path.replace("<", "").replace(">", "")
    yield path
    queries = {**QUERIES.get(rule, {})}
    if queries:
        yield f"{path}?" + "&".join(
            f"{name}={value.replace('2026-11-', '2026-01-')}" for name, value in queries.items()
        )


def _rows(life: Life, day: int) -> Mapping[str, bytes]:
    """Return every column of every table but what is sealed."""
    found: dict[str, bytes] = {}
    with stored.installation(life.app).database.reading() as session:
        for table in metadata.sorted_tables:
            columns = [one for one in table.columns if (table.name, one.name) not in SEALED]
            rows = session.execute(select(*columns)).all()
            found[f"day {day}, rows of {table.name}"] = "\n".join(map(repr, rows)).encode()
    return found


@contextmanager
def _database(folder: Path, template: Path) -> Iterator[tuple[Settings, Database]]:
    """Open a database of a life's own, and settings whose clock is a file."""
    file, clock = folder / "evenfall.db", folder / "clock"
    shutil.copy(template, file)
    clock.write_text(f"{BEGAN}T19:30:00Z")
    settings = Settings.from_environment(
        {
            "TRACKER_INSTANCE": str(folder),
            "TRACKER_DATABASE_URL": f"sqlite:///{file}",
            "TRACKER_CLOCK": f"@{clock}",
            "TRACKER_ALLOW_TEST_CLOCK": "1",
        }
    )
    keys = Keys.derived(b"a test" * 8)
    with Database(settings.database_url, audit_key=keys.audit) as database:
        with database.writing() as session:
            installation.settle(session, settings.clock(), test_clock=True)
        yield settings, database
