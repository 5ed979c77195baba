"""Several processes that remind at once: everyone who is due is reminded, nobody twice."""

import json
import secrets
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from typing import Final

from tests.postgres import running_postgres
from tracker.domain.endpoints import Endpoint
from tracker.domain.people import Account, Role, Theme
from tracker.domain.reminders import Fate, Letter, Wish
from tracker.keys import Keys
from tracker.services import people, reminders, reminding, subscriptions
from tracker.services.hashing import Hasher
from tracker.services.people import Door, Visitor
from tracker.services.reminding import Sender
from tracker.services.subscriptions import Browser
from tracker.storage.database import Database
from tracker.storage.migrations import migrate
from tracker.web.reminder_words import message
from tracker.web.words import ENGLISH

ROOT: Final = Path(__file__).resolve().parents[2]
KEYS: Final = Keys.derived(b"r" * 32)
NINE: Final = datetime(2026, 11, 21, 21, tzinfo=UTC)
BEFORE: Final = NINE - timedelta(hours=6)
POINT: Final = b"\x04" + bytes(64)
PROCESSES: Final = 3
PEOPLE: Final = 500


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the processes sent.

    Attributes:
        sent: people who were reminded.
        twice: people who were reminded again.
        shares: how many each process sent.
        seconds: how long it took.
    """

    sent: int
    twice: int
    shares: tuple[int, ...]
    seconds: float


class Noting:
    """A courier who notes whom it was sent to, in place of going out."""

    def __init__(self) -> None:
        self.urls: Final[list[str]] = []

    def push(self, endpoint: Endpoint, content: bytes, seconds: int) -> Fate:
        """Note a push."""
        del content, seconds
        self.urls.append(endpoint.url)
        return Fate.ACCEPTED

    def mail(self, letter: Letter) -> Fate:
        """Note a mail."""
        self.urls.append(letter.to)
        return Fate.ACCEPTED


def fill(url: str, count: int) -> None:
    """Let people wish to be reminded at nine, each on a phone."""
    with Database(url, audit_key=KEYS.audit) as database:
        migrate(database)
        door = Door(database, Hasher(), Visitor("127.0.0.1", "a phone"), BEFORE, KEYS.totp)
        for number in range(count):
            who = Account(
                id=secrets.token_urlsafe(16),
                name=f"Moth {number}",
                role=Role.PATIENT,
                zone="UTC",
                rollover=clock_time(4),
                theme=Theme.AUTO,
                language="",
                created_at=BEFORE,
                consent_version=1,
            )
            phone = Browser(Endpoint(f"https://localhost/{number}", POINT, bytes(16)), "a phone")
            with database.writing() as session:
                people.add(session, who, None, who.id, BEFORE)
                signed_in = people.open_session(session, door, who).signed_in
                reminders.wish(session, who, Wish(clock_time(21)), KEYS, BEFORE)
                subscriptions.add(session, signed_in, phone, KEYS, BEFORE)


def remind(url: str) -> list[str]:
    """Be one of the processes; return whom it reminded."""
    courier = Noting()
    with Database(url, audit_key=KEYS.audit) as database:
        sender = Sender(database, KEYS, courier, lambda _: message(ENGLISH), None)
        print("ready", flush=True)
        sys.stdin.readline()
        reminding.remind(sender, lambda: NINE)
    return courier.urls


def together(url: str, *, processes: int = PROCESSES, count: int = PEOPLE) -> Outcome:
    """Let processes remind at once those who are due in one database."""
    fill(url, count)
    command = [sys.executable, "-m", "tools.prove.reminding", url]
    with ExitStack() as stack:
        started = [
            stack.enter_context(
                subprocess.Popen(
                    command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
                )
            )
            for _ in range(processes)
        ]
        for each in started:
            if each.stdout is None or each.stdout.readline() != "ready\n":
                raise RuntimeError("a process did not start")
        begun = time.perf_counter()
        for each in started:
            if each.stdin is not None:
                each.stdin.write("go\n")
                each.stdin.flush()
        lists: list[list[str]] = [json.loads(each.communicate()[0]) for each in started]
        seconds = time.perf_counter() - begun
    counts = Counter(url for urls in lists for url in urls)
    twice = sum(1 for often in counts.values() if often > 1)
    return Outcome(len(counts), twice, tuple(len(urls) for urls in lists), seconds)


def prove() -> bool:
    """Run it in full on both databases and print the figures; return whether the goal was met."""
    with tempfile.TemporaryDirectory() as folder, running_postgres() as postgres:
        postgres.create("reminders")
        outcomes = {
            "SQLite": together(f"sqlite:///{folder}/proof.db"),
            "PostgreSQL": together(postgres.url("reminders")),
        }
    for product, found in outcomes.items():
        shares = ", ".join(str(share) for share in found.shares)
        print(
            f"{PROCESSES} processes remind {PEOPLE} who are due, {product}: {found.sent} sent "
            f"({shares}), {found.twice} twice, {found.seconds:.1f} s"
        )
    return all((found.sent, found.twice) == (PEOPLE, 0) for found in outcomes.values())


if __name__ == "__main__":
    json.dump(remind(sys.argv[1]), sys.stdout)
