"""A study lived over HTTP, for tests: coordinators, a key's holder, people who join by a code."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from flask import Flask

from tests.web import readers, stored
from tests.web.client import Visitor, page_text, sign_up
from tracker.domain.people import Account, Role
from tracker.domain.questionnaire import Ruler
from tracker.domain.recovery import hash_code
from tracker.domain.studies import (
    Consent,
    Draft,
    EnrolmentCode,
    Member,
    Participant,
    Protocol,
    Study,
)
from tracker.storage import participants, studies
from tracker.storage.database import Session

PASSPHRASE: Final = "a lamp on the night table"
FIELDS: Final = {
    "title": "Lamps at night",
    "plan": "crossover2013",
    "medicine": "naltrexone",
    "dose_mg": "4.5",
    "ruler": "nrs",
    "items": "stress",
    "size": "12",
    "least_nights": "0",
}
CODE: Final = re.compile(r"/studies/join#([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})")


@dataclass(frozen=True, slots=True)
class House:
    """Who runs a study, signed in, and its path."""

    app: Flask
    ada: Visitor
    ben: Visitor
    holder: Visitor
    path: str

    @property
    def study_id(self) -> str:
        """The study's id."""
        return self.path.split("/")[2]

    def code(self, uses: int = 100) -> str:
        """Return a code by which people join."""
        made = self.ada.post(f"{self.path}codes", {"uses": str(uses)})
        (code,) = set(CODE.findall(page_text(made)))
        assert isinstance(code, str)
        return code

    def join(self, name: str, **fields: str) -> Visitor:
        """Let a new person join."""
        visitor = sign_up(self.app, name)
        answer = join(visitor, self.code(), **fields)
        assert answer == 303
        return visitor


def coordinator(app: Flask, name: str) -> Visitor:
    """Return a coordinator with a second factor, signed in."""
    return readers.reader(app, Role.COORDINATOR, name)


def join(visitor: Visitor, code: str, **fields: str) -> int:
    """Join by a code, having read what is agreed to; return the answer's status."""
    assert visitor.post("/studies/join", {"token": code}).status_code == 303
    page = visitor.get("/studies/join/consent")
    given = {"start": "2026-11-21", "agreed": "y", **fields}
    return visitor.submit(page, "/studies/join/consent", **given).status_code


def house(app: Flask, **fields: str) -> House:
    """Return a study that people can join, made by the pages."""
    ada, ben, holder = (coordinator(app, name) for name in ("Ada", "Ben", "Pharmacy"))
    made = ada.post("/studies/new", {**FIELDS, **fields})
    assert made.status_code == 303
    path = made.location
    assert ada.post(f"{path}consent", {"words": "I take part."}).status_code == 303
    for name, part in (("Ben", "coordinator"), ("Pharmacy", "holder")):
        named = ada.post(f"{path}members", {"name": name, "part": part})
        assert named.status_code == 303
    twice = {"passphrase": PASSPHRASE, "again": PASSPHRASE}
    assert holder.post(f"{path}key", twice).status_code == 303
    return House(app, ada, ben, holder, path)


def with_study(session: Session, who: Account, now: datetime) -> dict[str, str]:
    """Let `who` take part in a study of their own diary; return what stands in its addresses."""
    protocol = Protocol("crossover2013", "naltrexone", Decimal("4.5"))
    study = Study(f"study-{who.id[:20]}", Draft("Lamps", protocol, Ruler.NRS, (), 28, 8), now)
    studies.add(session, study)
    studies.add_consent(session, study.id, Consent(1, "I take part.", now))
    code = EnrolmentCode("a-code", now, now + timedelta(days=1), 5)
    studies.add_code(session, study.id, code, hash_code(who.id))
    part = Participant(who.id, study.id, "P-001", 1, now, date(2026, 11, 1))
    participants.add(session, part)
    return {"study_id": study.id, "code_id": code.id, "code": part.code, "name": "long.csv"}


def name(owner: Visitor, runner: Visitor) -> None:
    """Let `runner` coordinate the study that `owner` takes part in."""
    assert owner.account is not None
    assert runner.account is not None
    made = stored.installation(owner.app)
    member = Member(runner.account.id, runner.account.name, coordinates=True, holds_key=False)
    with made.database.writing() as session:
        (part,) = participants.list_of_owner(session, owner.account.id)
        studies.add_member(session, part.study, member, made.settings.clock())
