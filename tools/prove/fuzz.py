"""Bad inputs to every form and query, on both databases: never our fault, always alike."""

import json
import random
import re
import sys
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote_from_bytes

from werkzeug.test import TestResponse

from tests.postgres import running_postgres
from tests.web.client import SAME_ORIGIN, Visitor, sign_up
from tools.prove.bad_values import BODIES, FILES, LITERALS, MARK, NAMES, TYPES, VALUES
from tools.prove.forms import DAY, FORMS, GUARD, NIGHT, QUERIES
from tracker.config import Settings
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import Direction, Ruler
from tracker.keys import Keys
from tracker.services import imports, pauses, phases, questionnaires
from tracker.services.imports import Format, Upload
from tracker.services.questionnaires import OwnWords
from tracker.storage import installation
from tracker.storage.database import Database
from tracker.storage.migrations import migrate
from tracker.web.app import create_app
from tracker.web.context import Installation

REQUESTS: Final = 20_000
EVENING: Final = "2026-11-21T19:30:00Z"
# So many requests one person and their belongings take part in.
LIFE: Final = 60
PART_OF_PRODUCT: Final = 0.6  # every field with every kind of value, as far as it goes
REFUSED, FAULT = 400, 500
TOLD_EACH: Final = 2_000
OURS: Final = re.compile(r"<([a-z_]+)>")
FORM: Final = "application/x-www-form-urlencoded"
MULTIPART: Final = "multipart/form-data; boundary=bbbb"
CALENDAR: Final = b"date,pain,note\n2026-10-20,7,Rain\n2026-10-21,6,\n"

Field = tuple[bytes, bytes]


@dataclass(frozen=True, slots=True)
class Attempt:
    """One request. Each house puts what it has its own of in place of `<words>`.

    Attributes:
        rule: whose view it is for.
        what: what is bad about it, for whoever reads a finding.
        fields: of the form; None where `body` is sent as it is.
    """

    rule: str
    what: str
    method: str = "POST"
    fields: tuple[Field, ...] | None = None
    body: bytes = b""
    content_type: str = FORM
    query: tuple[Field, ...] = ()
    path: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


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
            pauses.begin(session, account, date(2026, 11, 10), None, "", now)
            questionnaires.add_own(session, account, words, now)
            file = Upload(Format.CSV, "diary.csv", CALENDAR)
            batch = imports.keep_upload(session, account, file, account.id, now)
            pause = pauses.list_all(session, account)[0]
            own = questionnaires.choices(session, account)[0].items[-1]
        self.things = {
            **self.visitor.guard(),
            "name": name,
            "text": DAY,
            "phase_id": phase,
            "pause_id": pause.id,
            "key": own.key,
            "batch": batch,
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


def urlencoded(fields: tuple[Field, ...]) -> bytes:
    """Return fields as a form sends them, whatever bytes they are."""
    pairs = (f"{quote_from_bytes(name)}={quote_from_bytes(value)}" for name, value in fields)
    return "&".join(pairs).encode()


def multipart(fields: tuple[Field, ...]) -> bytes:
    """Return fields as a form with a file sends them; `file` is the file."""
    parts = []
    for name, value in fields:
        shown = name.replace(b'"', b"%22").replace(b"\r", b"%0D").replace(b"\n", b"%0A")
        file = b'; filename="diary.csv"' if name == b"file" else b""
        head = b'--bbbb\r\nContent-Disposition: form-data; name="' + shown + b'"' + file
        parts.append(head + b"\r\n\r\n" + value + b"\r\n")
    return b"".join(parts) + b"--bbbb--\r\n"


def valid(rule: str, chance: random.Random) -> Attempt:
    """Return a form as a page of ours sends it."""
    fields = {**FORMS[rule], **{name: f"<{name}>" for name in GUARD}}
    if "client_id" in fields:
        fields["client_id"] = str(uuid.UUID(int=chance.getrandbits(128)))
    if "make" in fields and chance.random() < 0.8:  # noqa: PLR2004 - it hides all other errors
        del fields["make"]
    pairs = tuple((name.encode(), value.encode()) for name, value in fields.items())
    kind = MULTIPART if "file" in fields else FORM
    return Attempt(rule, "as it should be", fields=pairs, content_type=kind)


def spoiled(attempt: Attempt, name: bytes, value: bytes) -> Attempt:
    """Return an attempt with another value in one field."""
    fields = attempt.fields or ()
    changed = tuple((each, value if each == name else was) for each, was in fields)
    return replace(attempt, what=f"{name!r}={value[:60]!r}", fields=changed)


def every_field(chance: random.Random) -> Iterator[Attempt]:
    """Return every field with every kind of bad value, in any order."""
    pairs = [(rule, name) for rule in FORMS for name in FORMS[rule]]
    # The guard is one for all forms: three of them are enough.
    pairs += [(rule, name) for rule in ("/diary/<text>", "/items/", "/imports/") for name in GUARD]
    cases = list(product(pairs, VALUES))
    chance.shuffle(cases)
    for (rule, name), value in cases:
        yield spoiled(valid(rule, chance), name.encode(), value)


def generated(chance: random.Random) -> Iterator[Attempt]:
    """Return bad requests of every other shape, without end."""
    makers = (several, shapes, queries, paths, night_json, raw, files)
    while True:
        yield chance.choices(makers, weights=(6, 4, 3, 2, 5, 3, 2))[0](chance)


def several(chance: random.Random) -> Attempt:
    """Return a form with several bad fields at once."""
    attempt = valid(chance.choice(list(FORMS)), chance)
    names = [name for name, _ in attempt.fields or () if name.decode() not in GUARD]
    for name in chance.sample(names, min(2, len(names))):
        attempt = spoiled(attempt, name, chance.choice(VALUES))
    return replace(attempt, what=f"several {attempt.what}")


def shapes(chance: random.Random) -> Attempt:
    """Return a form with a field twice, gone, or of no name we know."""
    attempt = valid(chance.choice(list(FORMS)), chance)
    fields = list(attempt.fields or ())
    name, value = chance.choice(fields)
    deed = chance.choice(("twice", "gone", "added", "many", "alone"))
    if deed == "twice":
        fields.append((name, chance.choice((value, *VALUES))))
    elif deed == "gone":
        fields.remove((name, value))
    elif deed == "added":
        fields.append((chance.choice(NAMES), chance.choice(VALUES)))
    elif deed == "many":
        fields += [(b"%s%d" % (name, number), value) for number in range(chance.choice((90, 600)))]
    else:
        fields = [(name, value)]
    return replace(attempt, what=f"{deed} {name!r}", fields=tuple(fields))


def queries(chance: random.Random) -> Attempt:
    """Return a question with a bad value."""
    rule = chance.choice(list(QUERIES))
    asked = {name.encode(): value.encode() for name, value in QUERIES[rule].items()}
    name = chance.choice([*asked, chance.choice(NAMES)])
    asked[name] = chance.choice(VALUES)
    twice = ((name, chance.choice(VALUES)),) if chance.random() < 0.1 else ()  # noqa: PLR2004
    what = f"?{name!r}={asked[name][:60]!r}"
    return Attempt(rule, what, "GET", query=(*asked.items(), *twice))


def paths(chance: random.Random) -> Attempt:
    """Return a request for something that can't have that address."""
    rules = [rule for rule in (*FORMS, *QUERIES) if "<" in rule]
    rule = chance.choice([*rules, "/diary/<text>"])
    value = chance.choice(VALUES)
    method = chance.choice(("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS"))
    path = re.sub(rb"<[a-z_]+>", lambda _: value, rule.encode())
    fields = valid(rule, chance).fields if method == "POST" and rule in FORMS else ()
    return Attempt(rule, f"path {path[:60]!r}", method, fields=fields or (), path=path)


def night_json(chance: random.Random) -> Attempt:
    """Return a night as a script sends it, with bad values, names and literals."""
    told = {name.encode(): json.dumps(value).encode() for name, value in NIGHT.items()}
    told.pop(b"pain.state")
    told[b"client_id"] = f'"{uuid.UUID(int=chance.getrandbits(128))}"'.encode()
    name = chance.choice([*told, *NAMES])
    value = chance.choice((_quoted(chance.choice(VALUES)), chance.choice(LITERALS)))
    pairs = [*{**told, name: value}.items()]
    if chance.random() < 0.1:  # noqa: PLR2004 - a name twice
        pairs.append((name, value))
    body = b"{" + b",".join(_quoted(each) + b":" + text for each, text in pairs) + b"}"
    return _with_token(
        Attempt("/diary/<text>", f"JSON {name!r}:{value[:60]!r}", body=body), "application/json"
    )


def raw(chance: random.Random) -> Attempt:
    """Return a body that may be no body of the kind that it says it is."""
    rule, kind, body = chance.choice(list(FORMS)), chance.choice(TYPES), chance.choice(BODIES)
    return _with_token(Attempt(rule, f"{kind!r} {body[:60]!r}", body=body), kind)


def files(chance: random.Random) -> Attempt:
    """Return a file that can't be taken in, or hardly."""
    content = chance.choice((*FILES, *(_cell(chance) for _ in range(len(FILES)))))
    attempt = spoiled(valid("/imports/", chance), b"file", content)
    return spoiled(attempt, b"ruler", chance.choice([*Ruler, ""]).encode())


def _cell(chance: random.Random) -> bytes:
    row = [b"2026-10-20", b"7", b"3", b"Rain"]
    row[chance.randrange(len(row))] = chance.choice(VALUES)
    return b"date,pain,mood,note\n" + b",".join(row) + b"\n"


def _quoted(value: bytes) -> bytes:
    """Return bytes as a text in JSON, lone surrogates as they are written there."""
    text = value.decode("utf-8", "surrogatepass") if _is_text(value) else value.decode("latin-1")
    return json.dumps(text).encode()


def _is_text(value: bytes) -> bool:
    try:
        value.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _with_token(attempt: Attempt, kind: str) -> Attempt:
    accepts = {"Accept": "application/json", "X-CSRF-Token": "own"}
    return replace(attempt, content_type=kind, headers=accepts)


@contextmanager
def house(name: str, url: str, folder: Path) -> Iterator[House]:
    """Open the application on an empty database."""
    settings = Settings.from_environment(
        {
            "TRACKER_INSTANCE": str(folder),
            "TRACKER_DATABASE_URL": url,
            "TRACKER_CLOCK": EVENING,
            "TRACKER_ALLOW_TEST_CLOCK": "1",
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
