"""Rows of medicines and doses: good ones, and what the tables refuse of them."""

from typing import Any, Final

from tests.storage.nights import DAY, MOTH, NOW

MEDICINE: Final = {
    "owner": MOTH,
    "id": "m",
    "name": "Naltrexone",
    "start_day": DAY,
    "created_at": NOW,
}
DOSE: Final = {
    "owner": MOTH,
    "medicine": "taken",
    "start_day": DAY,
    "dose_ug": 4_500,
    "changed_by": "clinician",
    "note": "",
    "created_at": NOW,
}
BAD_MEDICINES: Final[list[tuple[str, dict[str, Any]]]] = [
    ("medicines", {"name": ""}),
    ("medicines", {"name": "x" * 101}),
    ("medicines", {"end_day": DAY}),
    ("medicines", {"usual_minute": 24 * 60}),
    ("doses", {"medicine": "nowhere"}),
    ("doses", {"dose_ug": 0}),
    ("doses", {"dose_ug": 10**9 + 1}),
    ("doses", {"changed_by": "nobody"}),
    ("doses", {"note": "x" * 201}),
]
