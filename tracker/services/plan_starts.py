"""A plan begun as somebody wants it: its order is drawn, and sealed for whoever holds the key."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from tracker.boxes import Key, close, new_key
from tracker.domain.blinding import encode_order
from tracker.domain.diary import diary_day
from tracker.domain.people import Account
from tracker.domain.plans import Plan, PlanRefused, drawn
from tracker.domain.started_plans import Holder, Sealing, StartedPlan, about
from tracker.domain.words import N_
from tracker.keys import Keys
from tracker.sealing import seal, unseal
from tracker.services import phases
from tracker.services.people import hash_of
from tracker.services.plans import Keeping, KeyMissing, has_begun, new_id, start
from tracker.storage.database import Session

REACH: Final = timedelta(days=366)  # how far from today a plan may start

Draw = Callable[[int], int]  # one of so many, from 0 on, each as likely as any other


@dataclass(frozen=True, slots=True)
class Wish:
    """A plan as somebody wants to live it.

    `opens_on` is when the app's own key is to be used, None where the plan's end decides.
    `ends_running` lets a phase that still runs end on the day before.
    """

    plan: Plan
    started_on: date
    holder: Holder = Holder.NONE
    opens_on: date | None = None
    ends_running: bool = False


@dataclass(frozen=True, slots=True)
class Begun:
    """A plan just started, and the token of its holder's link, "" where nobody gets one."""

    id: str
    token: str = field(default="", repr=False)


def begin(
    session: Session, owner: Account, wish: Wish, keys: Keys, draw: Draw, now: datetime
) -> Begun:
    """Start a plan as somebody wants it.

    The order is drawn now, but where a second person holds the key: then it is drawn when they
    come, and nobody else ever has that key.

    Raises:
        PlanRefused: it starts too far away, or its blinded part would have begun already.
        PhasesRefused: its phases can't stand beside those that are there.
    """
    today = diary_day(now, owner.tzinfo, owner.rollover)
    if abs(wish.started_on - today) > REACH:
        raise PlanRefused(N_("Choose a first day within a year of today."))
    if wish.holder is Holder.NONE:
        plan, keeping, token = drawn(wish.plan, draw(len(wish.plan.orders))), Keeping(), ""
        made = new_id()
    else:
        plan, made = wish.plan, new_id()
        token = secrets.token_urlsafe(32) if wish.holder is Holder.PERSON else ""
        keeping = _kept(wish, made, token, keys, draw)
        _demand_future(plan, wish.started_on, today)
    if wish.ends_running:
        phases.end_running(session, owner, wish.started_on, now)
    return Begun(start(session, owner, plan, wish.started_on, keeping, now, plan_id=made), token)


def own_key(started: StartedPlan, keys: Keys) -> Key:
    """Return the key that the installation keeps for a plan.

    Raises:
        KeyMissing: it keeps none, or other keys hid it.
    """
    hidden = None if started.sealing is None else started.sealing.hidden
    private = None if hidden is None else unseal(keys.plans, hidden, started.about)
    if started.holder is not Holder.APP or private is None:
        raise KeyMissing(N_("The key of this plan is not on this server (any more)."))
    return Key(private)


def sealed_order(plan: Plan, plan_id: str, public: bytes, draw: Draw) -> bytes:
    """Draw an order of `plan` and return it in a box that only the key of `public` opens."""
    return close(public, encode_order(draw(len(plan.orders))), about(plan_id))


def _kept(wish: Wish, plan_id: str, token: str, keys: Keys, draw: Draw) -> Keeping:
    """Return who keeps the key of a plan that is about to start."""
    if len(wish.plan.orders) < 2:  # noqa: PLR2004 - one order hides nothing from who reads it
        raise PlanRefused(N_("This plan has one order only: there is nothing to hide."))
    if wish.holder is Holder.PERSON:
        return Keeping(Holder.PERSON, token_sha256=hash_of(token))
    key = new_key()
    hidden = seal(keys.plans, key.private, about(plan_id))
    box = sealed_order(wish.plan, plan_id, key.public, draw)
    until = wish.started_on + timedelta(days=wish.plan.days)
    return Keeping(Holder.APP, Sealing(key.public, hidden, box), wish.opens_on or until)


def _demand_future(plan: Plan, started_on: date, today: date) -> None:
    """Refuse a blinded part that would have begun: nothing was drawn when it did."""
    begins = started_on + timedelta(days=sum(step.days for step in plan.before))
    if begins < today:
        raise has_begun(begins)
