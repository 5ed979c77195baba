"""Rows of grants, glances, readings and shares: good ones, and what the tables refuse of them."""

from datetime import timedelta
from typing import Any, Final

from tests.storage.nights import DAY, MOTH, NOW, OWL

GRANT: Final = {
    "owner": MOTH,
    "id": "g",
    "reader": OWL,
    "reader_name": "Owl",
    "kind": "read",
    "notes": False,
    "pdf": False,
    "created_at": NOW,
}
HELD: Final = {**GRANT, "id": "held", "reader": "rook"}
GLANCE: Final = {
    "owner": MOTH,
    "reader": "rook",
    "grant_id": "held",
    "name_key": "moth",
    "due_at": NOW,
    "need": 0,
    "closed": DAY,
    "ruler": "nrs",
    "last_entry": DAY,
    "pains": "- 4",
}
GRANT_INVITATION: Final = {
    "owner": MOTH,
    "id": "i",
    "token_sha256": b"\x01" * 32,
    "side": "ask",
    "kind": "read",
    "notes": False,
    "pdf": False,
    "created_at": NOW,
    "expires_at": NOW + timedelta(days=14),
}
READING: Final = {
    "owner": MOTH,
    "reader": OWL,
    "what": "report",
    "hour": NOW.replace(minute=0),
    "reader_kind": "clinician",
    "reader_name": "Owl",
    "times": 1,
    "first_at": NOW,
    "last_at": NOW,
}
SHARE: Final = {
    "owner": MOTH,
    "id": "s",
    "token_sha256": b"\x01" * 32,
    "notes": False,
    "pdf": False,
    "label": "",
    "created_at": NOW,
    "expires_at": NOW + timedelta(days=7),
}
BAD_ACCESS: Final[list[tuple[str, dict[str, Any]]]] = [
    ("grant_invitations", {"owner": "nobody"}),
    ("grant_invitations", {"token_sha256": b"short"}),
    ("grant_invitations", {"side": "both"}),
    ("grant_invitations", {"kind": "help"}),
    ("grant_invitations", {"notes": True}),
    ("grant_invitations", {"pdf": True}),
    ("grant_invitations", {"items": "pain"}),
    ("grant_invitations", {"first_day": DAY}),
    ("grant_invitations", {"grant_end": NOW}),
    ("grant_invitations", {"expires_at": NOW}),
    ("grant_invitations", {"used_at": NOW, "revoked_at": NOW}),
    ("grants", {"reader": MOTH}),
    ("grants", {"reader_name": ""}),
    ("grants", {"kind": "write"}),
    ("grants", {"first_day": DAY, "end_day": DAY}),
    ("grants", {"items": ""}),
    ("grants", {"ended_at": NOW}),
    ("grants", {"ended_by": "owner"}),
    ("glances", {"grant_id": "nowhere"}),
    ("glances", {"need": -1}),
    ("glances", {"expected": 14}),
    ("glances", {"expected": 3, "logged": 4}),
    ("glances", {"change": 1_000_000_001}),
    ("glances", {"last_entry": None}),
    ("glances", {"verdict": "better"}),
    ("glances", {"verdict": "responder", "reason": "no_baseline"}),
    ("glances", {"pains": ""}),
    ("readings", {"owner": "nobody"}),
    ("readings", {"what": "diary"}),
    ("readings", {"reader_kind": "owner"}),
    ("readings", {"reader_name": ""}),
    ("readings", {"times": 0}),
    ("readings", {"hour": NOW + timedelta(hours=1)}),
    ("readings", {"last_at": NOW - timedelta(minutes=1)}),
    ("shares", {"token_sha256": b"short"}),
    ("shares", {"label": "x" * 61}),
    ("shares", {"passphrase_hash": ""}),
    ("shares", {"expires_at": NOW}),
    ("shares", {"first_day": DAY, "end_day": DAY}),
]
