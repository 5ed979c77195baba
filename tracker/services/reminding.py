"""The round that reminds: push to all devices of who is due, mail where no push arrives."""

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from typing import Final, Protocol

from tracker.domain.diary import closing, diary_day
from tracker.domain.endpoints import Endpoint
from tracker.domain.people import Account
from tracker.domain.reminders import TAG, TEST_STEP, Channel, Fate, Letter, Message
from tracker.domain.words import N_, Refused
from tracker.keys import Keys
from tracker.services import claims
from tracker.services.claims import Claim, Target
from tracker.services.reminders import off_token
from tracker.storage import reminders
from tracker.storage.database import Database, Session
from tracker.storage.reminders import Reminder

OFF_PATH: Final = "/reminders/off/"


class Courier(Protocol):
    """Who carries messages out into the world."""

    def push(self, endpoint: Endpoint, content: bytes, seconds: int) -> Fate:
        """Hand a message to a push service, kept for a phone that is off for so long."""

    def mail(self, letter: Letter) -> Fate:
        """Hand a mail to the mail host."""


class NothingToTry(Refused):
    """There is no device and no confirmed address."""


class TriedTooOften(Refused):
    """A test was sent a moment ago."""


class Told(StrEnum):
    """What became of one person's reminder in one try."""

    PUSHED = "pushed"
    MAILED = "mailed"
    LATER = "later"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Sender:
    """What sending needs.

    `words` says it in somebody's language. `base_url` is None where it is not set: mails could
    hold no links then, so none are sent.
    """

    database: Database
    keys: Keys
    courier: Courier
    words: Callable[[Account], Message]
    base_url: str | None


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of a test: devices reached of those there are, and whether a mail went."""

    reached: int
    devices: int
    mailed: bool


def remind(sender: Sender, clock: Callable[[], datetime]) -> dict[Told, int]:
    """Remind all who are due; return how many had which fate."""
    counts = dict.fromkeys(Told, 0)
    while _has_due(sender.database, now := clock()):
        claimed = sender.database.write(partial(claims.claim, keys=sender.keys, now=now))
        if claimed is not None:
            counts[_send(sender, claimed, now)] += 1
    return counts


def _has_due(database: Database, now: datetime) -> bool:
    with database.reading() as session:
        return reminders.has_due(session, now)


def _send(sender: Sender, claimed: Claim, now: datetime) -> Told:
    """Push what was claimed to all devices; mail it where none of them can be reached."""
    fates = _push(sender, claimed.who, claimed.held, claimed.targets, now)
    gone = _gone(claimed.targets, fates)
    if gone:
        sender.database.write(lambda s: claims.forget(s, claimed.who, gone))
    if Fate.ACCEPTED in fates:
        sender.database.write(lambda s: claims.delivered(s, claimed, Channel.PUSH, now))
        return Told.PUSHED
    if Fate.LATER in fates and not claimed.is_last:
        return Told.LATER
    if claimed.address is None or sender.base_url is None:
        sender.database.write(lambda s: claims.unreached(s, claimed, now))
        return Told.NOBODY
    return _mail(sender, claimed, claimed.address, now)


def _mail(sender: Sender, claimed: Claim, address: str, now: datetime) -> Told:
    """Mail it, at most once: what is written down before is taken back where the host refuses."""
    sender.database.write(lambda s: claims.delivered(s, claimed, Channel.MAIL, now))
    fate = sender.courier.mail(letter(sender, claimed.who, claimed.held, address))
    if fate is Fate.ACCEPTED:
        return Told.MAILED
    for_good = fate is Fate.GONE
    sender.database.write(lambda s: claims.not_mailed(s, claimed, for_good=for_good))
    return Told.NOBODY if for_good or claimed.is_last else Told.LATER


def try_out(sender: Sender, who: Account, now: datetime) -> Tried:
    """Send what a reminder looks like to all devices, and to the address where it counts.

    Raises:
        NothingToTry: there are neither.
        TriedTooOften: one was sent a moment ago.
    """

    def begin(session: Session) -> tuple[Reminder, Sequence[Target], str | None]:
        found = reminders.find(session, who.id)
        there = claims.targets(session, who, sender.keys)
        address = None if found is None else claims.confirmed_address(found, sender.keys)
        if found is None or not (there or address):
            raise NothingToTry(N_("There is no device and no confirmed address yet."))
        if found.tested_at is not None and now - found.tested_at < TEST_STEP:
            raise TriedTooOften(N_("A test was sent a moment ago. Wait half a minute."))
        marked = replace(found, tested_at=now)
        reminders.change(session, marked)
        return claims.with_own_link(session, marked, sender.keys), there, address

    reminder, there, address = sender.database.write(begin)
    fates = _push(sender, who, reminder, there, now)
    gone = _gone(there, fates)
    sender.database.write(lambda s: claims.forget(s, who, gone))
    mailed = (
        address is not None
        and sender.base_url is not None
        and sender.courier.mail(letter(sender, who, reminder, address)) is Fate.ACCEPTED
    )
    return Tried(fates.count(Fate.ACCEPTED), len(there), mailed)


def notification(sender: Sender, who: Account, reminder: Reminder, day: date) -> bytes:
    """Return what the browser's worker is told: words, and where its button leads."""
    words = sender.words(who)
    told = {
        "tag": TAG,
        "day": day.isoformat(),
        "title": words.title,
        "body": words.body,
        "off": words.off,
        "is_off": words.is_off,
        "off_path": OFF_PATH + off_token(sender.keys, reminder.id),
    }
    return json.dumps(told, ensure_ascii=False).encode()


def letter(sender: Sender, who: Account, reminder: Reminder, address: str) -> Letter:
    """Return the mail of a reminder, with the link that ends them."""
    words = sender.words(who)
    off = f"{sender.base_url}{OFF_PATH}{off_token(sender.keys, reminder.id)}"
    text = words.text.replace("{tonight}", f"{sender.base_url}/").replace("{off}", off)
    return Letter(address, words.subject, text, off)


def _push(
    sender: Sender, who: Account, reminder: Reminder, there: Sequence[Target], now: datetime
) -> Sequence[Fate]:
    """Push to all devices at once: a slow one keeps nobody waiting."""
    if not there:
        return []
    day = diary_day(now, who.tzinfo, who.rollover)
    seconds = int((closing(day, who.tzinfo, who.rollover) - now).total_seconds())
    content = notification(sender, who, reminder, day)
    with ThreadPoolExecutor(len(there)) as pool:
        return list(pool.map(lambda t: sender.courier.push(t.endpoint, content, seconds), there))


def _gone(there: Sequence[Target], fates: Sequence[Fate]) -> Sequence[Target]:
    return [t for t, fate in zip(there, fates, strict=True) if fate is Fate.GONE]
