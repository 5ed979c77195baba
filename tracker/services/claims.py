"""Claims: who is to be reminded now, in the hands of one process, and what became of it.

A claim moves the next try before anything is sent, so no two processes send the same one; a
process that dies in between has its try made again by that next one. docs/decisions/0009 weighs
that against sending at most once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final

from tracker.domain.diary import diary_day
from tracker.domain.endpoints import Endpoint
from tracker.domain.people import Account
from tracker.domain.reminders import RETRIES, Channel, due_on, is_stale, next_due
from tracker.keys import Keys
from tracker.services import subscriptions as browsers
from tracker.services.people import hash_of
from tracker.services.reminders import address_of, off_token
from tracker.storage import reminders, subscriptions
from tracker.storage.database import Session
from tracker.storage.reminders import Reminder

# Those who need no reminder are passed over in one transaction, this many at most.
PASSED_OVER: Final = 50


@dataclass(frozen=True, slots=True)
class Target:
    """A browser to push to."""

    id: str
    endpoint: Endpoint


@dataclass(frozen=True, slots=True)
class Claim:
    """One person's reminder of diary day `day` in our hands.

    `before` is it as it was due, `held` as the claim left it. `address` is None where no mail may
    go. `is_last` says that tonight no further try follows.
    """

    before: Reminder
    held: Reminder
    who: Account
    day: date
    targets: Sequence[Target] = field(repr=False)
    address: str | None = field(repr=False)
    is_last: bool


def claim(session: Session, keys: Keys, now: datetime) -> Claim | None:
    """Take the next reminder that is to be sent; None where there is none.

    None is said too after `PASSED_OVER` that need no sending: others want to write. Whether
    one is due still, `storage.reminders.has_due` tells.
    """
    for _ in range(PASSED_OVER):
        found = reminders.next_due(session, now)
        if found is None:
            return None
        before, who = found
        day = diary_day(now, who.tzinfo, who.rollover)
        if _is_to_send(session, before, who, day, now):
            return _claimed(session, before, who, day, keys, now)
        reminders.move(session, before, _following(before, who, day, now), 0)
    return None


def _is_to_send(
    session: Session, reminder: Reminder, who: Account, day: date, now: datetime
) -> bool:
    if not who.is_open:
        return False
    due = due_on(day, reminder.wish.clock, who.tzinfo, who.rollover)
    if due is None or now < due or is_stale(due, now):
        return False
    reminded = reminder.reminded_day is not None and reminder.reminded_day >= day
    return not reminded and reminders.is_wanted(session, who.id, day)


def _claimed(
    session: Session, before: Reminder, who: Account, day: date, keys: Keys, now: datetime
) -> Claim:
    is_last = before.tries == len(RETRIES)
    due_at = _following(before, who, day, now) if is_last else now + RETRIES[before.tries]
    tries = 0 if is_last else before.tries + 1
    reminders.move(session, before, due_at, tries)
    held = with_own_link(session, replace(before, due_at=due_at, tries=tries), keys)
    return Claim(
        before=before,
        held=held,
        who=who,
        day=day,
        targets=targets(session, who, keys) if held.wish.by_push else [],
        address=confirmed_address(held, keys) if held.wish.by_mail else None,
        is_last=is_last,
    )


def targets(session: Session, who: Account, keys: Keys) -> Sequence[Target]:
    """Return the browsers of a person that can be pushed to."""
    return [
        Target(one.id, endpoint)
        for one in subscriptions.awake(session, who.id)
        if (endpoint := browsers.opened(one, keys)) is not None
    ]


def confirmed_address(reminder: Reminder, keys: Keys) -> str | None:
    """Return the mail address where it counts."""
    return address_of(reminder, keys) if reminder.is_confirmed else None


def with_own_link(session: Session, reminder: Reminder, keys: Keys) -> Reminder:
    """Return the reminder; its link works again where it was restored without its keys."""
    own = hash_of(off_token(keys, reminder.id))
    if reminder.off_sha256 == own:
        return reminder
    mended = replace(reminder, off_sha256=own)
    reminders.change(session, mended)
    return mended


def delivered(session: Session, claimed: Claim, channel: Channel, now: datetime) -> None:
    """Note that the reminder of this day went out, by which way, and when the next is due."""
    present = _with_next(session, claimed, now)
    if present is not None:
        told = replace(present, reminded_day=claimed.day, delivered_at=now, delivered_by=channel)
        reminders.change(session, told)


def unreached(session: Session, claimed: Claim, now: datetime) -> None:
    """Let a night go by on which nobody could be reached."""
    present = _with_next(session, claimed, now)
    if present is not None:
        reminders.change(session, present)


def not_mailed(session: Session, claimed: Claim, *, for_good: bool) -> None:
    """Take back that it was mailed: try again later, or forget an address refused for good."""
    present = reminders.find(session, claimed.who.id)
    if present is None:
        return
    undone = replace(
        present,
        reminded_day=claimed.before.reminded_day,
        delivered_at=claimed.before.delivered_at,
        delivered_by=claimed.before.delivered_by,
    )
    if for_good:
        undone = replace(undone, address=None, confirm_sha256=None)
    elif present.is_on and not claimed.is_last:
        undone = replace(undone, due_at=claimed.held.due_at, tries=claimed.held.tries)
    reminders.change(session, undone)


def forget(session: Session, who: Account, gone: Sequence[Target]) -> None:
    """Delete browsers in which nobody listens any more."""
    for target in gone:
        subscriptions.remove(session, who.id, target.id)


def _with_next(session: Session, claimed: Claim, now: datetime) -> Reminder | None:
    """Return the reminder as it is now; due next as the claim left it, unless changed meanwhile."""
    present = reminders.find(session, claimed.who.id)
    if present is None or present.due_at != claimed.held.due_at:
        return present
    following = _following(present, claimed.who, claimed.day, now)
    return replace(present, due_at=following, tries=0)


def _following(reminder: Reminder, who: Account, day: date, now: datetime) -> datetime:
    """Return when the reminder of a day after `day` is due, or of `day` where it is not yet."""
    clock, zone, rollover = reminder.wish.clock, who.tzinfo, who.rollover
    due = due_on(day, clock, zone, rollover)
    is_to_come = due is not None and now < due
    return next_due(now, clock, zone, rollover, reminder.reminded_day if is_to_come else day)
