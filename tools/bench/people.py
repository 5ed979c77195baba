"""People to measure with: a diary of as many nights as wanted, a session that is signed in."""

import base64
import hmac
import random
import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Final

from flask import Flask

from tracker.domain.answers import answered
from tracker.domain.diary import Status, diary_day
from tracker.domain.factors import Factor, FactorKind, step_at
from tracker.domain.grants import GrantKind, Terms
from tracker.domain.people import Account, Role
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import FIRST, Kind
from tracker.domain.revisions import Revision
from tracker.domain.scopes import WHOLE
from tracker.services import codes, grants, people, sums
from tracker.services.hashing import Hasher
from tracker.services.people import Door, NewPerson, Visitor
from tracker.storage import accounts, factors, phases, questionnaires
from tracker.storage.database import Session
from tracker.storage.revisions import append_revision
from tracker.web.context import Installation, hash_of
from tracker.web.security import COOKIE

SCORES: Final = random.Random(30)
MISSED: Final = 10  # one night in so many is not written
BASELINE: Final = timedelta(days=14)
ROUNDS: Final = 3  # treatments in a diary


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a diary; `cookie` carries the session and `token` belongs into its forms."""

    account: Account
    today: date
    cookie: str
    token: str

    def night(self, pain: int, revision: int = 0) -> dict[str, str]:
        """Return the form of tonight as a browser sends it."""
        return {
            "csrf_token": self.token,
            "person": self.account.id,
            "client_id": str(uuid.uuid4()),
            "base_revision": str(revision),
            **{item.key: str(pain) for item in FIRST.items if item.kind is Kind.SCALE},
            "note": "Rain in the evening.",
        }


def add(app: Flask, name: str, nights: int, reader: Account | None = None) -> Person:
    """Return a new person who has written for so many nights, tonight not yet.

    `reader` is a clinician who may read all of it.
    """
    made: Installation = app.extensions["evenfall"]
    now = made.settings.clock()
    account = people.new_account(NewPerson(name, "", "UTC"), now)
    door = Door(made.database, Hasher(), Visitor("127.0.0.1", "bench"), now, made.keys.totp)
    today = diary_day(now, account.tzinfo, account.rollover)
    with made.database.writing() as session:
        people.add(session, account, None, account.id, now)
        opened = people.open_session(session, door, account)
        _write(session, account, today, nights)
        for phase in spans(today, nights):
            phases.add_phase(session, account.id, phase, now)
        sums.refresh(session, account, now)
        if reader is not None:
            grants.give(session, account, reader, Terms(GrantKind.READ, WHOLE), now)
    return Person(account, today, *_signed_in(app, account, opened.token))


def add_clinician(app: Flask) -> Person:
    """Return a new clinician who has a second factor."""
    made: Installation = app.extensions["evenfall"]
    now = made.settings.clock()
    account = people.new_account(NewPerson("Clinician", "", "UTC"), now, Role.CLINICIAN)
    door = Door(made.database, Hasher(), Visitor("127.0.0.1", "bench"), now, made.keys.totp)
    sealed = codes.seal_secret(made.keys.totp, codes.new_secret(), account.id, "a-phone")
    factor = Factor("a-phone", FactorKind.TOTP, sealed, "", now, now, step_at(now))
    with made.database.writing() as session:
        people.add(session, account, None, account.id, now)
        factors.add(session, account.id, factor)
        opened = people.open_session(session, door, account)
    return Person(account, now.date(), *_signed_in(app, account, opened.token))


def signed_in(app: Flask, owner: str) -> Person:
    """Return somebody who is there already, signed in."""
    made: Installation = app.extensions["evenfall"]
    now = made.settings.clock()
    with made.database.writing() as session:
        account = accounts.find(session, owner)
        if account is None:
            raise LookupError(owner)
        door = Door(made.database, Hasher(), Visitor("127.0.0.1", "bench"), now, made.keys.totp)
        opened = people.open_session(session, door, account)
    today = diary_day(now, account.tzinfo, account.rollover)
    return Person(account, today, *_signed_in(app, account, opened.token))


def _signed_in(app: Flask, account: Account, token: str) -> tuple[str, str]:
    """Return the cookie of a session, and the token of its forms."""
    made: Installation = app.extensions["evenfall"]
    signed = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    value = signed.dumps({"_permanent": True, "_user_id": token, "person": account.id})
    return f"__Host-{COOKIE}={value}", _token(made, token)


def spans(today: date, nights: int) -> list[Phase]:
    """Return a baseline, and treatments of equal length up to tonight, the last one running.

    A diary without a night has none.
    """
    if not nights:
        return []
    first = today - timedelta(days=nights)
    begin = first + BASELINE
    length = max((today - begin) // ROUNDS, timedelta(days=8))
    starts = [begin + length * number for number in range(ROUNDS)]
    starts = [start for start in starts if start < today]
    ends = [*starts[1:], None]
    return [
        Phase(PhaseKind.BASELINE, first, begin),
        *(
            Phase(PhaseKind.TREATMENT if place % 2 else PhaseKind.PLACEBO, start, end)
            for place, (start, end) in enumerate(zip(starts, ends, strict=True))
        ),
    ]


def _write(session: Session, account: Account, today: date, nights: int) -> None:
    asked = questionnaires.current(session, account.id)
    for number in range(nights, 0, -1):
        if SCORES.randrange(MISSED) == 0 and number != nights:
            continue
        day = today - timedelta(days=number)
        at = datetime.combine(day, time(21), UTC)
        level = 4 + 3 * number / nights
        revision = Revision(
            day=day,
            number=1,
            client_id=str(uuid.uuid4()),
            payload_sha256="0" * 64,
            status=Status.LATE if SCORES.randrange(MISSED) == 0 else Status.ON_TIME,
            questionnaire=asked.number,
            ruler=asked.ruler,
            received_at=at,
            author=account.id,
            answers={
                item.key: answered(round(min(10, max(0, SCORES.gauss(level, 1)))))
                for item in asked.items
                if item.kind is Kind.SCALE
            },
            saved_at=at,
            measured_at=at,
            zone="UTC",
            utc_offset=0,
        )
        append_revision(session, account.id, revision)


def _token(made: Installation, session_token: str) -> str:
    """Return the token of the person's forms: masked by nothing, which is a mask too."""
    secret = hmac.digest(made.keys.csrf, hash_of(session_token), sha256().name)
    return base64.urlsafe_b64encode(bytes(32) + secret).rstrip(b"=").decode()
