"""What a person can do with the browsers that reminders are pushed to."""

import json
import secrets
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tracker.domain.endpoints import Endpoint
from tracker.domain.people import Account, SignedIn
from tracker.domain.reminders import DEVICES
from tracker.domain.words import N_, Refused
from tracker.keys import Keys
from tracker.sealing import seal, unseal
from tracker.services.people import hash_of
from tracker.storage import audit, subscriptions
from tracker.storage.database import Session
from tracker.storage.subscriptions import Subscription


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser that asks for pushes; `label` is what it says it is."""

    endpoint: Endpoint
    label: str


class TooManyDevices(Refused):
    """The person is pushed to in as many browsers as may be."""


def list_all(session: Session, who: Account) -> Sequence[Subscription]:
    """Return the browsers that are pushed to, oldest first."""
    return subscriptions.awake(session, who.id)


def add(session: Session, who: SignedIn, browser: Browser, keys: Keys, now: datetime) -> None:
    """Push to a browser from now on, until the person signs out there.

    Raises:
        TooManyDevices: one has to go first.
    """
    owner = who.account.id
    standing = list_all(session, who.account)
    url_hash = hash_of(browser.endpoint.url)
    known = any(one.endpoint_sha256 == url_hash for one in standing)
    if len(standing) >= DEVICES and not known:
        raise TooManyDevices(
            N_("%(count)d devices are reminded already: remove one first."), count=DEVICES
        )
    made = Subscription(
        owner=owner,
        id=secrets.token_urlsafe(16),
        session_sha256=who.token_hash,
        endpoint_sha256=url_hash,
        endpoint=_sealed(browser.endpoint, owner, keys),
        label=browser.label,
        created_at=now,
    )
    subscriptions.add(session, made)
    if not known:
        audit.record(session, owner, "push.added", owner, now)


def renew(
    session: Session, who: SignedIn, before: str, browser: Browser, keys: Keys, now: datetime
) -> bool:
    """Put a browser in the place of the one at the endpoint `before`.

    Return False, and change nothing, where that is none of the person's.
    """
    old = hash_of(before)
    found = [one for one in list_all(session, who.account) if one.endpoint_sha256 == old]
    if not found:
        return False
    subscriptions.remove(session, who.account.id, found[0].id)
    add(session, who, browser, keys, now)
    return True


def remove(session: Session, who: Account, subscription_id: str, now: datetime) -> bool:
    """Push to a browser no more; return False where there is none of that id."""
    if not subscriptions.remove(session, who.id, subscription_id):
        return False
    audit.record(session, who.id, "push.removed", who.id, now)
    return True


def opened(subscription: Subscription, keys: Keys) -> Endpoint | None:
    """Return where a browser is pushed to; None where other keys sealed that."""
    told = unseal(keys.reminders, subscription.endpoint, subscription.owner)
    if told is None:
        return None
    url, public, secret = json.loads(told)
    return Endpoint(url, b64decode(public), b64decode(secret))


def _sealed(endpoint: Endpoint, owner: str, keys: Keys) -> bytes:
    both = (b64encode(part).decode() for part in (endpoint.public, endpoint.secret))
    return seal(keys.reminders, json.dumps([endpoint.url, *both]).encode(), owner)
