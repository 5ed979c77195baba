"""Rows of reminders and subscriptions, good ones and what breaks their rules."""

from typing import Any, Final

from tests.storage.nights import MOTH, NOW

REMINDER: Final = {
    "owner": MOTH,
    "id": "r",
    "clock": 1_260,
    "by_push": True,
    "by_mail": True,
    "due_at": NOW,
    "tries": 0,
    "off_sha256": b"o" * 32,
    "asked": 0,
    "created_at": NOW,
}
SUBSCRIPTION: Final = {
    "owner": MOTH,
    "id": "s",
    "endpoint_sha256": b"e" * 32,
    "endpoint": b"sealed",
    "label": "",
    "created_at": NOW,
}
BAD_REMINDERS: Final[list[tuple[str, dict[str, Any]]]] = [
    ("reminders", {"clock": -1}),
    ("reminders", {"clock": 1_440}),
    ("reminders", {"tries": 4}),
    ("reminders", {"due_at": None}),
    ("reminders", {"off_at": NOW}),
    ("reminders", {"delivered_at": NOW}),
    ("reminders", {"delivered_by": "push"}),
    ("reminders", {"delivered_at": NOW, "delivered_by": "pigeon"}),
    ("reminders", {"off_sha256": b"short"}),
    ("reminders", {"confirm_sha256": b"c" * 32}),
    ("reminders", {"address": b""}),
    ("reminders", {"address": b"x" * 2_001}),
    ("reminders", {"asked": 1}),
    ("reminders", {"asked_at": NOW}),
    ("reminders", {"owner": "nobody"}),
    ("subscriptions", {"session_sha256": b"n" * 32}),
    ("subscriptions", {"endpoint_sha256": b"short"}),
    ("subscriptions", {"endpoint": None}),
    ("subscriptions", {"endpoint": b""}),
    ("subscriptions", {"owner": "nobody"}),
]
