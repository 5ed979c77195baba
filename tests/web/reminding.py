"""A person's reminder with a device and an address that waits, for tests of pages."""

from datetime import datetime

from tests.delivery.browsers import Browser as Phone
from tests.web.client import Visitor
from tracker.domain.people import SignedIn
from tracker.services import mail_addresses, reminders, subscriptions
from tracker.services.people import hash_of
from tracker.services.reminders import NEVER_SET
from tracker.services.subscriptions import Browser
from tracker.storage import sessions
from tracker.storage.database import Session
from tracker.web.context import Installation


def session_of(session: Session, visitor: Visitor, now: datetime) -> SignedIn:
    """Return the session of who is signed in."""
    with visitor.client.session_transaction() as cookie:
        token: str = cookie["_user_id"]
    found = sessions.find(session, hash_of(token), now)
    assert found is not None
    return found


def with_reminder(
    session: Session, made: Installation, visitor: Visitor, now: datetime
) -> dict[str, str]:
    """Give somebody a reminder; return what stands in its addresses."""
    who = session_of(session, visitor, now)
    phone = Phone(f"https://localhost:9/{who.account.id}")
    reminder = reminders.wish(session, who.account, NEVER_SET, made.keys, now)
    subscriptions.add(session, who, Browser(phone.endpoint, "Firefox, Android"), made.keys, now)
    _, token = mail_addresses.ask(session, who.account, "moth@example.org", made.keys, now)
    return {
        "off_token": reminders.off_token(made.keys, reminder.id),
        "address_token": token,
        "device_id": subscriptions.list_all(session, who.account)[0].id,
    }
