"""Bad inputs to every form and query, on both databases: never our fault, always alike."""

import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from werkzeug.test import TestResponse

from tests.postgres import running_postgres
from tests.web import happened, readers, reminding, tables
from tests.web.client import SAME_ORIGIN, Visitor, sign_up
from tests.web.planned import held_plan
from tools.prove.attempts import MULTIPART, Attempt, every_field, generated, multipart, urlencoded
from tools.prove.bad_values import MARK, VALUES
from tools.prove.forms import DAY
from tracker.config import Settings
from tracker.domain.medicines import ChangedBy, Dose, Medicine
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import Direction
from tracker.keys import Keys
from tracker.services import imports, medicines, pauses, phases, questionnaires
from tracker.services.imports import Format, Upload
from tracker.services.questionnaires import OwnWords
from tracker.storage import installation
from tracker.storage import plans as stored_plans
from tracker.storage.database import Database
from tracker.storage.migrations import migrate
from tracker.web.app import create_app
from tracker.web.context import Installation

REQUESTS: Final = 20_000
DOSE: Final = Dose(date(2026, 11, 1), Decimal(3), ChangedBy.STUDY)
EVENING: Final = "2026-11-21T19:30:00Z"
# So many requests one person and their belongings take part in.
LIFE: Final = 60
PART_OF_PRODUCT: Final = 0.6  # every field with every kind of value, as far as it goes
REFUSED, FAULT = 400, 500
TOLD_EACH: Final = 2_000
OURS: Final = re.compile(r"<([a-z_]+)>")
CALENDAR: Final = b"date,pain,note\n2026-10-20,7,Rain\n2026-10-21,6,\n"


@dataclass(slots=True)
class House:
    """The application on one database, with a person who is replaced from time to time."""

    name: str
    database: Database
    app: Any
    visitor: Visitor = field(init=False)
    things: dict[str, str] = field(init=False)
    people: int = 0

    def __post_init__(self) -> None:
        self.renew()

    def renew(self) -> None:
        """Let a new person come, with one thing of each kind that has an address."""
        self.people += 1
        name = f"Moth {self.people}"
        self.visitor = sign_up(self.app, name)
        made: Installation = self.app.extensions["evenfall"]
        now, account = made.settings.clock(), self.visitor.account
        if account is None:
            raise RuntimeError("nobody came")
        words = OwnWords("Stiff hands", "", "none", "worst", Direction.LOWER)
        with self.database.writing() as session:
            phase = phases.add(session, account, Phase(PhaseKind.BASELINE, date(2026, 11, 1)), now)
            taken = Medicine("Naltrexone", date(2026, 11, 1), doses=(DOSE,))
            medicine = medicines.add(session, account, taken, now)
            pauses.begin(session, account, date(2026, 11, 10), None, "", now)
            questionnaires.add_own(session, account, words, now)
            file = Upload(Format.CSV, "diary.csv", CALENDAR)
            batch = imports.keep_upload(session, account, file, account.id, now)
            links = reminding.with_reminder(session, made, self.visitor, now)
            links |= tables.with_table(session, account, now)
            links |= happened.with_happenings(session, account, now)
            stored_plans.add(session, account.id, held_plan("a-plan", date(2026, 11, 21), now))
            pause = pauses.list_all(session, account)[0]
            own = questionnaires.choices(session, account)[0].items[-1]
        self.things = {
            **self.visitor.guard(),
            "name": name,
            "text": DAY,
            "phase_id": phase,
            "medicine_id": medicine,
            "plan_id": "a-plan",
            "plan_key": "pairs",
            "pause_id": pause.id,
            "key": own.key,
            "batch": batch,
            "factor_id": readers.add_factor(self.visitor),
            **links,
        }

    def send(self, attempt: Attempt, address: str) -> TestResponse:
        """Send a request from an address, as this house's person."""
        body, content_type = self._own(attempt.body), attempt.content_type
        if attempt.fields is not None:
            write = multipart if content_type == MULTIPART else urlencoded
            body = write(
                tuple((self._own(name), self._own(value)) for name, value in attempt.fields)
            )
        path = attempt.path or self._own(attempt.rule.encode())
        token = self.things["csrf_token"] if "X-CSRF-Token" in attempt.headers else ""
        answer: TestResponse = self.visitor.client.open(
            "/",
            method=attempt.method,
            data=body or None,
            content_type=content_type,
            headers={
                **SAME_ORIGIN,
                **attempt.headers,
                **({"X-CSRF-Token": token} if token else {}),
            },
            environ_overrides={
                "PATH_INFO": path.decode("latin-1"),
                "QUERY_STRING": urlencoded(attempt.query).decode("latin-1"),
                "REMOTE_ADDR": address,
            },
        )
        return answer

    def is_in(self) -> bool:
        """Say whether the same person is still signed in."""
        told = self.visitor.client.get("/session.json").get_json()
        return bool(told.get("person") == self.things["person"])

    def _own(self, text: bytes) -> bytes:
        found = OURS.sub(lambda m: self.things.get(m[1], m[0]), text.decode("latin-1"))
        return found.encode("latin-1")


@dataclass(slots=True)
class Report:
    """What was met.

    Attributes:
        sent: how many requests, each to both.
        statuses: how often each status was answered.
        findings: our faults, different answers, unescaped text: one line each.
        reached: the rules that were asked for.
    """

    sent: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    findings: list[str] = field(default_factory=list)
    reached: set[str] = field(default_factory=set)

    def note(self, attempt: Attempt, answers: Mapping[str, TestResponse]) -> None:
        """Take down what both answered."""
        self.sent += 1
        self.reached.add(attempt.rule)
        statuses = {name: answer.status_code for name, answer in answers.items()}
        self.statuses.update(statuses.values())
        echoed = any(
            "html" in (answer.mimetype or "") and MARK.encode() in answer.data
            for answer in answers.values()
        )
        if len(set(statuses.values())) > 1 or max(statuses.values()) >= FAULT or echoed:
            told = " echoed" if echoed else ""
            self.findings.append(
                f"{attempt.method} {attempt.rule} {attempt.what}: {statuses}{told}"
            )


@contextmanager
def house(name: str, url: str, folder: Path) -> Iterator[House]:
    """Open the application on an empty database."""
    settings = Settings.from_environment(
        {
            "TRACKER_INSTANCE": str(folder),
            "TRACKER_DATABASE_URL": url,
            "TRACKER_CLOCK": EVENING,
            "TRACKER_ALLOW_TEST_CLOCK": "1",
            # Where nobody listens: nothing goes out.
            "TRACKER_PUSH_HOSTS": "localhost:9",
            "TRACKER_SMTP_URL": "smtp://127.0.0.1:9",
            "TRACKER_BASE_URL": "http://localhost",
            "TRACKER_CONTACT": "keeper@example.org",
        }
    )
    keys = Keys.derived(b"f" * 32)
    with Database(url, audit_key=keys.audit) as database:
        migrate(database)
        with database.writing() as session:
            installation.settle(session, settings.clock(), test_clock=True)
        yield House(name, database, create_app(settings, database, keys))


def run(houses: list[House], requests: int, seed: int) -> Report:
    """Send so many bad requests to each house, the same to all in the same order."""
    chance, report = random.Random(seed), Report()
    fields, others = every_field(chance), generated(chance)
    for number in range(requests):
        attempt = next(fields if chance.random() < PART_OF_PRODUCT else others)
        address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        answers = {each.name: each.send(attempt, address) for each in houses}
        report.note(attempt, answers)
        # A refusal changes nothing, least of all who is signed in.
        done = any(answer.status_code < REFUSED for answer in answers.values())
        inside = {each.is_in() for each in houses if done and attempt.method == "POST"} or {True}
        if len(inside) > 1:
            report.findings.append(f"{attempt.rule} {attempt.what}: signed out in one alone")
        if inside != {True} or number % LIFE == LIFE - 1:
            for each in houses:
                each.renew()
        if number % TOLD_EACH == TOLD_EACH - 1:
            print(f"{number + 1} of {requests}, {len(report.findings)} findings", flush=True)
    return report


def prove(requests: int = REQUESTS) -> bool:
    """Run it in full and print the figures; return whether nothing was found."""
    begun = time.monotonic()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        postgres = stack.enter_context(running_postgres())
        postgres.create("fuzzed")
        urls = {"SQLite": f"sqlite:///{folder / 'fuzzed.db'}", "PostgreSQL": postgres.url("fuzzed")}
        houses = [stack.enter_context(house(name, url, folder)) for name, url in urls.items()]
        report = run(houses, requests, seed=1)
    answered = ", ".join(f"{status}: {many}" for status, many in sorted(report.statuses.items()))
    print(
        f"bad inputs: {report.sent} requests to each database, {len(VALUES)} kinds of values, "
        f"{len(report.findings)} findings ({time.monotonic() - begun:.0f} s; {answered})",
        flush=True,
    )
    return not report.findings


if __name__ == "__main__":
    raise SystemExit(not prove(int(sys.argv[1]) if sys.argv[1:] else REQUESTS))
