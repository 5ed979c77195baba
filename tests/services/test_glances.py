"""What lists say of each person is what a fresh count says, whatever was done to the diary."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

import pytest
from sqlalchemy import select

from tests.services import lives
from tests.services.lives import EVENING, FIRST, person
from tests.storage.nights import scores
from tests.web import stored
from tracker.domain.diary import Diary, Entry, diary_day
from tracker.domain.glances import Glance, Order, glance_at
from tracker.domain.grants import Grant, GrantKind
from tracker.domain.people import Account
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import CORE, STRESS, Ruler
from tracker.domain.scopes import WHOLE, Scope, excerpt_of
from tracker.domain.words import Refused
from tracker.services import (
    accounts,
    glances,
    pauses,
    phases,
    questionnaires,
    revisions,
)
from tracker.storage import accounts as account_rows
from tracker.storage import diaries, erasures, grants
from tracker.storage import glances as rows
from tracker.storage import phases as phase_rows
from tracker.storage import questionnaires as asking
from tracker.storage.database import Database, Session
from tracker.storage.models import audit_heads
from tracker.storage.models import glances as glance_table

BEGUN: Final = 44  # nights that are there when the random hand takes over
SCOPES: Final = (
    WHOLE,
    Scope(items=frozenset({"pain"})),
    Scope(items=frozenset({"mood", "sleep"})),
    Scope(first=FIRST + timedelta(days=20)),
    Scope(end=FIRST + timedelta(days=BEGUN + 9)),
    Scope(FIRST, FIRST + timedelta(days=30), frozenset({"pain", "fatigue", "sleep"}), notes=True),
)
ITEMS: Final[Sequence[str]] = ("pain", "fatigue", "sleep", "mood")


def let_read(session: Session, owner: Account, scopes: Sequence[Scope], at: datetime) -> None:
    """Let one reader more read for each scope."""
    for number, scope in enumerate(scopes):
        reader = f"reader-{number}"
        grants.add_grant(
            session,
            Grant(f"grant-{number}", owner.id, reader, "Owl", GrantKind.READ, scope, at),
        )
    glances.refresh(session, owner, at)


def kept(session: Session, owner: Account, now: datetime) -> dict[str, Glance]:
    """Return what the lists of all readers say of `owner`."""
    frame = rows.load_frame(session, owner.id, now)
    pages = {each.reader: listed(session, each.reader, now) for each in frame.grants}
    return {reader: page[owner.id] for reader, page in pages.items() if owner.id in page}


def listed(session: Session, reader: str, now: datetime) -> dict[str, Glance]:
    page = rows.list_page(session, reader, Order.NEED, now)
    return {line.owner: line.glance for line in page.lines}


def fresh(session: Session, owner: Account, now: datetime) -> dict[str, Glance]:
    """Count from the whole diary, as the report does."""
    today = diary_day(now, owner.tzinfo, owner.rollover)
    diary = diaries.load_diary(session, owner.id)
    known = phase_rows.load_phases(session, owner.id)
    changed = diaries.list_changed(session, owner.id)
    return {
        grant.reader: glance_at(excerpt_of(diary, known, grant.scope, today, changed), today)
        for grant in grants.list_grants(session, owner.id)
        if grant.kind is GrantKind.READ and grant.holds(now)
    }


class Life:
    """A diary that a random hand goes on with, evening by evening."""

    def __init__(self, database: Database, seed: int) -> None:
        self.rng = Random(seed)
        self.database = database
        self.who = person(database)
        self.day = BEGUN
        with database.writing() as session:
            self._begin(session)
        self.deeds: Sequence[Callable[[Session], object]] = (
            self._phase,
            self._phase,
            self._pause,
            self._ruler,
            self._items,
            self._delete,
            self._preferences,
        )

    def _begin(self, session: Session) -> None:
        """Write a baseline of two weeks, and a treatment that helps more or less."""
        nights = {}
        for number in range(BEGUN):
            level = self.rng.choice((5, 6, 7)) - (number > 25) * self.rng.choice((1, 2, 3, 5))
            if self.rng.random() < 0.9:
                day = FIRST + timedelta(days=number)
                nights[day] = Entry(day, scores(**dict.fromkeys(ITEMS, level)), Ruler.NRS)
        diary = Diary(Ruler.NRS, {item.key: item for item in CORE}, nights)
        stored.write(session, self.who.id, diary)
        start = FIRST + timedelta(days=self.rng.choice((14, 14, 30)))
        phase_rows.add_phase(
            session, self.who.id, Phase(PhaseKind.BASELINE, FIRST, start), self.now
        )
        phase_rows.add_phase(session, self.who.id, Phase(PhaseKind.TREATMENT, start), self.now)

    @property
    def now(self) -> datetime:
        return EVENING + timedelta(days=self.day)

    @property
    def today(self) -> date:
        return diary_day(self.now, self.who.tzinfo, self.who.rollover)

    def go_on(self) -> None:
        """Let some days pass, then do one thing."""
        self.day += self.rng.choice((1, 1, 1, 1, 1, 2, 2, 30))
        glances.roll_forward(self.database, self.now)
        if self.rng.random() < 0.8:
            self._save()
            return
        deed = self.rng.choice(self.deeds)
        try:
            self.database.write(deed)
        except Refused:
            return

    def _save(self) -> None:
        with self.database.reading() as session:
            asked = {item.key for item in asking.current(session, self.who.id).items}
        tokens = {
            key: str(self.rng.randrange(11))
            for key in ITEMS
            if key in asked and self.rng.random() < 0.8
        }
        night = (self.today - FIRST).days - self.rng.choice((0, 0, 1))
        try:
            lives.save(self.database, self.who, night, tokens, later=self._after(night))
        except Refused:
            return

    def _after(self, night: int) -> timedelta:
        return self.now - EVENING - timedelta(days=night)

    def _phase(self, session: Session) -> None:
        kind = self.rng.choice((*PhaseKind,)[:-1] * 3 + (PhaseKind.BLINDED,))
        start = self.today - timedelta(days=self.rng.choice((0, 1, 9, 20)))
        phases.add(session, self.who, Phase(kind, start), self.now, ends_running=True)

    def _pause(self, session: Session) -> None:
        last = self.rng.choice((self.today, None))
        pauses.begin(session, self.who, self.today - timedelta(days=3), last, "", self.now)

    def _ruler(self, session: Session) -> None:
        ruler = self.rng.choice((*Ruler,))
        questionnaires.choose_ruler(session, self.who, ruler, self.now)

    def _items(self, session: Session) -> None:
        keys = self.rng.choice(([item.key for item in CORE], ["pain", STRESS.key]))
        questionnaires.ask(session, self.who, keys, self.now)

    def _delete(self, session: Session) -> None:
        night = self.today - timedelta(days=self.rng.randrange(4))
        revisions.delete_night(session, self.who, night, self.now)
        if self.rng.random() < 0.5:
            revisions.restore_night(session, self.who, night, self.now)

    def _preferences(self, session: Session) -> None:
        zone = self.rng.choice(("Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"))
        wanted = replace(self.who, zone=zone, rollover=time(self.rng.randrange(12)))
        accounts.save_preferences(session, wanted, self.now)
        self.who = wanted


@pytest.mark.parametrize("seed", range(4))
def test_a_glance_is_always_what_a_fresh_count_says(database: Database, seed: int) -> None:
    life = Life(database, seed)
    with database.writing() as session:
        let_read(session, life.who, SCOPES, life.now)
    told: set[object] = set()
    for _evening in range(20):
        life.go_on()
        with database.reading() as session:
            found = kept(session, life.who, life.now)
            assert found == fresh(session, life.who, life.now)
            told |= {glance.verdict for glance in found.values()}
            told |= {"change" for glance in found.values() if glance.change is not None}
    assert len(found) == len(SCOPES)
    assert {"change", None} < told


def seen(database: Database, reader: str, now: datetime) -> list[str]:
    """Return whom a reader's list shows."""
    with database.reading() as session:
        return [line.owner for line in rows.list_page(session, reader, Order.NEED, now).lines]


def test_a_day_that_ends_and_a_grant_that_ends_are_counted_anew(database: Database) -> None:
    who = person(database)
    expires_at = EVENING + timedelta(days=1)
    with database.writing() as session:
        let_read(session, who, [WHOLE], EVENING)
        grant = replace(grants.list_grants(session, who.id)[0], id="short", reader="guest")
        grants.add_grant(session, replace(grant, expires_at=expires_at))
        glances.refresh(session, who, EVENING)
    assert glances.roll_forward(database, EVENING) == 0
    night = EVENING + timedelta(hours=6)  # 04:45 in Kathmandu
    assert glances.roll_forward(database, night) == 1
    assert glances.roll_forward(database, night) == 0
    assert seen(database, "guest", night) == [who.id]
    assert glances.roll_forward(database, expires_at) == 1
    assert glances.roll_forward(database, expires_at) == 0
    assert (seen(database, "guest", night), seen(database, "reader-0", night)) == ([], [who.id])


def test_who_was_never_counted_is_counted(database: Database) -> None:
    who = person(database)
    with database.writing() as session:
        let_read(session, who, [WHOLE], EVENING)
        rows.keep_only(session, who.id, [])
    assert seen(database, "reader-0", EVENING) == []
    assert glances.roll_forward(database, EVENING) == 1
    assert seen(database, "reader-0", EVENING) == [who.id]


def test_who_is_to_be_erased_is_forgotten_and_comes_back_with_the_wish(database: Database) -> None:
    who = person(database)
    night = EVENING + timedelta(hours=6)
    with database.writing() as session:
        let_read(session, who, [WHOLE], EVENING)
        account_rows.set_erasure(session, who.id, EVENING + timedelta(days=7))
    assert [glances.roll_forward(database, night) for _each in range(2)] == [1, 0]
    with database.writing() as session:
        account_rows.set_erasure(session, who.id, None)
    assert glances.roll_forward(database, night) == 1
    assert seen(database, "reader-0", night) == [who.id]


def test_nobody_is_counted_who_is_not_there(database: Database) -> None:
    with database.writing() as session:
        glances.refresh_by_id(session, "nobody", EVENING)
        assert session.scalars(select(audit_heads.c.owner)).all() == []


def test_an_erased_person_leaves_no_line(database: Database) -> None:
    who = person(database)
    with database.writing() as session:
        let_read(session, who, [WHOLE], EVENING)
        erasures.erase(session, who.id, EVENING)
        assert session.scalars(select(glance_table.c.owner)).all() == []
