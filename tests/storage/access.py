"""Rows of grants, readings and shares: good ones, and what the tables refuse of them."""

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
    ("grants", {"reader": MOTH}),
    ("grants", {"reader_name": ""}),
    ("grants", {"kind": "write"}),
    ("grants", {"first_day": DAY, "end_day": DAY}),
    ("grants", {"items": ""}),
    ("grants", {"ended_at": NOW}),
    ("grants", {"ended_by": "owner"}),
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
