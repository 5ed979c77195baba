"""People who are reminded, with browsers at a push service of the test's own."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec

from tests.delivery.authority import Authority
from tests.delivery.browsers import Browser as Phone
from tests.delivery.mailing import MailHost
from tests.delivery.pushing import PushService
from tests.services import doors
from tests.services.lives import KEYS
from tracker.delivery.couriers import Couriers
from tracker.delivery.encrypting import CURVE
from tracker.delivery.mail import Mailer
from tracker.delivery.push import Pusher
from tracker.domain.people import Account, SignedIn
from tracker.domain.reminders import Wish
from tracker.services import mail_addresses, people, reminders, reminding, subscriptions
from tracker.services.people import NewPerson, Opened
from tracker.services.reminding import Sender, Told
from tracker.services.subscriptions import Browser
from tracker.storage import accounts
from tracker.storage import reminders as rows
from tracker.storage.database import Database
from tracker.storage.reminders import Reminder
from tracker.web.reminder_words import message
from tracker.web.words import ENGLISH

ZONE: Final = "Asia/Kathmandu"
# 21:00 in Kathmandu, on the first of March.
NINE: Final = datetime(2026, 3, 1, 15, 15, tzinfo=UTC)
TONIGHT: Final = date(2026, 3, 1)
AFTERNOON: Final = NINE - timedelta(hours=6)
BASE: Final = "https://diary.example.org"
MOTH_MAIL: Final = "moth@example.org"


@dataclass(slots=True)
class Evening:
    """A database, a way out into the test's own world, and a clock that the test moves."""

    database: Database
    pushes: PushService
    mails: MailHost
    authority: Authority
    now: datetime = NINE
    sender: Sender = field(init=False)

    def __post_init__(self) -> None:
        key = ec.generate_private_key(CURVE)
        trust = self.authority.trusted()
        pusher = Pusher(key, None, [self.pushes.host], lambda: self.now, trust, inside=True)
        mailer = Mailer(self.mails.url, "keeper@example.org", lambda: self.now)
        self.sender = Sender(
            self.database, KEYS, Couriers(pusher, mailer), lambda _: message(ENGLISH), BASE
        )

    def remind(self) -> dict[str, int]:
        """Remind once; return the fates that there were."""
        told = reminding.remind(self.sender, lambda: self.now)
        return {fate.value: count for fate, count in told.items() if count}

    def at(self, moment: datetime) -> dict[str, int]:
        """Remind at a moment."""
        self.now = moment
        return self.remind()

    def opened(self, name: str = "Moth", zone: str = ZONE) -> Opened:
        """Return a person who has just signed up, on a phone."""
        account = people.new_account(NewPerson(name, "", zone), AFTERNOON)
        door = doors.door(self.database, now=AFTERNOON)
        with self.database.writing() as session:
            people.add(session, account, None, account.id, AFTERNOON)
            return people.open_session(session, door, account)

    def person(self, name: str = "Moth", clock: time = time(21)) -> SignedIn:
        """Return somebody who wants to be reminded."""
        who = self.opened(name).signed_in
        with self.database.writing() as session:
            reminders.wish(session, who.account, Wish(clock), KEYS, AFTERNOON)
        return who

    def phone(self, who: SignedIn, path: str = "/phone") -> Phone:
        """Give them a browser that is pushed to."""
        phone = Phone(self.pushes.url(path))
        with self.database.writing() as session:
            subscriptions.add(session, who, Browser(phone.endpoint, "a test"), KEYS, AFTERNOON)
        return phone

    def address(self, who: Account, address: str = MOTH_MAIL) -> None:
        """Give them an address that counts."""
        token = self.ask(who, address)
        with self.database.writing() as session:
            mail_addresses.confirm(session, token, AFTERNOON)

    def ask(self, who: Account, address: str = MOTH_MAIL) -> str:
        """Give them an address that waits for its yes; return the link's token."""
        with self.database.writing() as session:
            return mail_addresses.ask(session, who, address, KEYS, AFTERNOON)[1]

    def crowd(self, like: Account, count: int) -> None:
        """Store people who are due and had their reminder already."""
        with self.database.writing() as session:
            for number in range(count):
                other = replace(like, id=f"person{number}", name=f"Person {number}")
                assert accounts.add(session, other, None)
                made = replace(reminders.new(other, KEYS), due_at=NINE, reminded_day=TONIGHT)
                rows.add(session, made, AFTERNOON)

    def look(self, who: Account) -> Reminder:
        """Return how their reminder stands."""
        with self.database.reading() as session:
            found = reminders.find(session, who)
        assert found is not None
        return found


NOBODY: Final[dict[str, int]] = {}
PUSHED: Final = {Told.PUSHED.value: 1}
MAILED: Final = {Told.MAILED.value: 1}
LATER: Final = {Told.LATER.value: 1}
UNREACHED: Final = {Told.NOBODY.value: 1}
