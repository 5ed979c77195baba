"""Rows of studies: good ones, and what the tables refuse of them."""

from datetime import timedelta
from typing import Any, Final

from sqlalchemy import insert

from tests.storage.nights import DAY, MOTH, NOW
from tracker.storage.database import Session
from tracker.storage.models import allocations, consents, studies, study_members

BYTES: Final = b"\x01" * 32
STUDY: Final = {
    "id": "another",
    "title": "Lamps",
    "plan": "crossover2013",
    "medicine": "naltrexone",
    "dose_ug": 4_500,
    "pairs": 0,
    "period_days": 0,
    "washout_days": 0,
    "baseline_days": 0,
    "ruler": "vas",
    "items": "function stress",
    "size": 28,
    "least_nights": 8,
    "enrolled": 0,
    "created_at": NOW,
}
MEMBER: Final = {
    "study": "lamps",
    "account": "rook",
    "name": "Rook",
    "coordinates": True,
    "holds_key": False,
    "created_at": NOW,
}
CONSENT: Final = {"study": "lamps", "version": 2, "words": "I agree.", "created_at": NOW}
CODE: Final = {
    "study": "lamps",
    "id": "c",
    "code_sha256": BYTES,
    "created_at": NOW,
    "expires_at": NOW + timedelta(days=90),
    "uses_left": 28,
}
ALLOCATION: Final = {"study": "lamps", "slot": 2, "box": b"sealed"}
PARTICIPANT: Final = {
    "owner": MOTH,
    "study": "lamps",
    "code": "P-001",
    "consent": 1,
    "joined_at": NOW,
    "start_day": DAY,
    "withdrawn": False,
}
UNBLINDING: Final = {
    "study": "lamps",
    "code": "P-001",
    "at": NOW,
    "by_account": "rook",
    "by_name": "Rook",
    "reason": "an operation",
    "drawn": 1,
}
STUDY_ROWS: Final = {
    "studies": STUDY,
    "study_members": MEMBER,
    "consents": CONSENT,
    "enrolment_codes": CODE,
    "allocations": ALLOCATION,
    "participants": PARTICIPANT,
    "unblindings": UNBLINDING,
}
BAD_STUDIES: Final[list[tuple[str, dict[str, Any]]]] = [
    ("studies", {"id": "lamps"}),
    ("studies", {"title": ""}),
    ("studies", {"plan": "astrology"}),
    ("studies", {"plan": "own"}),
    ("studies", {"pairs": 2, "period_days": 14}),
    ("studies", {"medicine": ""}),
    ("studies", {"size": 0}),
    ("studies", {"public_key": BYTES}),
    ("studies", {"public_key": b"short", "hidden_key": b"x"}),
    ("studies", {"unblinded_at": NOW}),
    ("study_members", {"study": "nowhere"}),
    ("study_members", {"coordinates": False}),
    ("study_members", {"holds_key": True}),
    ("consents", {"version": 1}),
    ("consents", {"words": ""}),
    ("enrolment_codes", {"expires_at": NOW}),
    ("enrolment_codes", {"uses_left": -1}),
    ("allocations", {"slot": 0}),
    ("allocations", {"reason": "soon"}),
    ("allocations", {"code": "P-009"}),
    ("allocations", {"code": "P-007", "taken_at": NOW}),
    ("participants", {"owner": "nobody"}),
    ("participants", {"consent": 9}),
    ("participants", {"left_at": NOW}),
    ("participants", {"withdrawn": True}),
    ("unblindings", {"reason": ""}),
]


def with_study(session: Session) -> None:
    """Store a study with a key's holder, a consent text and one slot that is taken."""
    session.execute(insert(studies).values({**STUDY, "id": "lamps"}))
    holder = {"account": "owl", "coordinates": False, "holds_key": True}
    session.execute(insert(study_members).values({**MEMBER, **holder}))
    session.execute(insert(consents).values({**CONSENT, "version": 1}))
    taken = {"slot": 1, "code": "P-007", "taken_at": NOW}
    session.execute(insert(allocations).values({**ALLOCATION, **taken}))
