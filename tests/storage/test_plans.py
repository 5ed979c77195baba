"""Plans as rows: they come back whole, an order is sealed once, and opened once."""

from datetime import timedelta

from tests.storage.nights import DAY, MOTH, NOW, OWL, welcome
from tests.storage.planned import PAIRS, started
from tracker.domain.plans import drawn
from tracker.domain.started_plans import Holder, OpenedBy, Sealing, Unblinding, Why
from tracker.storage import plans
from tracker.storage.database import Database
from tracker.storage.plans import HeldPlan

SEALING = Sealing(b"p" * 32, b"hidden", b"box")
UNBLINDING = Unblinding(NOW + timedelta(days=9), OpenedBy.OWNER, Why.OTHER, "I fell ill")
TOKEN = b"t" * 32
OPEN = started(id="a", plan=drawn(PAIRS, 1))
WAITING = started(id="b", holder=Holder.PERSON)
RICH = started(
    id="c",
    started_on=DAY + timedelta(days=1),
    holder=Holder.APP,
    ended_at=NOW + timedelta(days=3),
    opens_on=DAY + timedelta(days=80),
    sealing=SEALING,
    looked_at=NOW,
    unblinding=UNBLINDING,
)


def test_plans_come_back_by_start(database: Database) -> None:
    with database.writing() as session:
        welcome(session)
        for plan in (RICH, WAITING, OPEN):
            plans.add(session, MOTH, plan, TOKEN if plan is WAITING else None)
    with database.reading() as session:
        assert plans.list_plans(session, MOTH) == [OPEN, WAITING, RICH]
        assert plans.list_plans(session, OWL) == []
        assert plans.find(session, MOTH, "c") == RICH
        assert plans.find(session, OWL, "c") is None
        assert plans.find_by_link(session, TOKEN) == HeldPlan(MOTH, WAITING)
        assert plans.find_by_link(session, b"u" * 32) is None


def test_an_order_is_sealed_once_and_opened_once(database: Database) -> None:
    other = Sealing(b"q" * 32, b"other", b"box")
    with database.writing() as session:
        welcome(session)
        plans.add(session, MOTH, WAITING, TOKEN)
        plans.look(session, MOTH, "b", NOW)
        assert not plans.seal(session, OWL, "b", SEALING)
        assert plans.seal(session, MOTH, "b", SEALING)
        assert not plans.seal(session, MOTH, "b", other)
        found = plans.find(session, MOTH, "b")
        assert found is not None
        assert (found.sealing, found.looked_at) == (SEALING, None)
        plans.look(session, MOTH, "b", NOW)
        assert plans.unblind(session, MOTH, "b", UNBLINDING)
        assert not plans.unblind(session, MOTH, "b", UNBLINDING)
    with database.reading() as session:
        opened = plans.find(session, MOTH, "b")
        assert opened is not None
        assert (opened.unblinding, opened.looked_at) == (UNBLINDING, NOW)


def test_a_plan_ends_and_goes_on(database: Database) -> None:
    with database.writing() as session:
        welcome(session)
        plans.add(session, MOTH, OPEN)
        assert not plans.end(session, MOTH, "a", None)
        assert plans.end(session, MOTH, "a", NOW)
        assert not plans.end(session, MOTH, "a", NOW)
        assert plans.end(session, MOTH, "a", None)
        assert plans.find(session, MOTH, "a") == OPEN


def test_what_is_sealed_is_never_shown_by_accident() -> None:
    assert "box" not in repr(RICH)
    assert "hidden" not in repr(SEALING)
