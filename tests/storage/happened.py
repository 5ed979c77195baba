"""Rows of side effects and measurements: good ones, and what the tables refuse of them."""

from typing import Any, Final

from tests.storage.nights import DAY, MOTH, NOW, later

EFFECT: Final = {
    "owner": MOTH,
    "id": "e",
    "effect": "headache",
    "name": "",
    "severity": "mild",
    "start_day": DAY,
    "bothersome": False,
    "action": "none",
    "reported_day": DAY,
    "created_at": NOW,
}
CHECK: Final = {"owner": MOTH, "day": DAY, "created_at": NOW}
MEASUREMENT: Final = {
    "owner": MOTH,
    "id": "m",
    "name": "ESR",
    "bound": "",
    "digits": 125,
    "places": 1,
    "unit": "mm/h",
    "day": DAY,
    "note": "",
    "created_at": NOW,
}
BAD_HAPPENINGS: Final[list[tuple[str, dict[str, Any]]]] = [
    ("effects", {"owner": "nobody"}),
    ("effects", {"effect": "hunger"}),
    ("effects", {"effect": "other"}),
    ("effects", {"name": "dry mouth"}),
    ("effects", {"effect": "other", "name": "x" * 101}),
    ("effects", {"severity": "awful"}),
    ("effects", {"end_day": DAY}),
    ("effects", {"action": "doubled"}),
    ("effects", {"reported_day": later(-1)}),
    ("effects", {"bothersome": None}),
    ("effect_checks", {"owner": "nobody"}),
    ("effect_checks", {"day": None}),
    ("measurements", {"owner": "nobody"}),
    ("measurements", {"name": ""}),
    ("measurements", {"name": "x" * 61}),
    ("measurements", {"bound": "about"}),
    ("measurements", {"digits": 1.5}),
    ("measurements", {"digits": 10**15}),
    ("measurements", {"digits": -(10**15)}),
    ("measurements", {"places": -1}),
    ("measurements", {"places": 7}),
    ("measurements", {"unit": "x" * 31}),
    ("measurements", {"note": "x" * 501}),
]
