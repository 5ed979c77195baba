"""Every form and every query of the product, with values that it takes."""

from collections.abc import Mapping
from typing import Final

DAY: Final = "2026-11-21"
PASSWORD: Final = "seven quiet otters knit"  # noqa: S105 - of nobody
NIGHT: Final[Mapping[str, str]] = {
    **dict.fromkeys(("pain", "fatigue", "sleep", "mood", "dream_vividness", "dream_distress"), "5"),
    "stress": "n/a",
    "dose_taken": "yes",
    "<key>": "5",
    "pain.state": "",
    "note": "Rain",
    "client_id": "9f1c2a34-0b5d-4c6e-8f70-112233445566",
    "base_revision": "0",
    "schema": "1",
    "measured_at": "2026-11-21T21:30:00+02:00",
    "phone_now": "2026-11-21T21:30:00+02:00",
    "zone": "Europe/Helsinki",
    "reason": "A slip",
    "replaces": "9f1c2a34-0b5d-4c6e-8f70-112233445567",
    "questionnaire": "1",
}
_PHASE: Final = {
    "kind": "treatment",
    "start": "2026-11-10",
    "last_day": "2026-11-20",
    "medicine": "Naltrexone",
    "dose_mg": "4.5",
    "label": "A",
    "ends_running": "y",
}
_OWN: Final = {
    "name": "Itch",
    "question": "How bad was the itch?",
    "low": "none",
    "high": "worst",
    "direction": "lower",
}
# In angle brackets stands what each house has its own of.
FORMS: Final[Mapping[str, Mapping[str, str]]] = {
    "/account/": {"zone": "Europe/Helsinki", "rollover": "04:00", "language": ""},
    "/account/calm": {"calm": "y"},
    "/account/confirm": {"name": "<name>", "password": PASSWORD, "next": "/account/"},
    "/account/erase": {},
    "/account/lock": {"set": "y"},
    "/account/password": {"name": "<name>", "old": PASSWORD, "password": PASSWORD, "make": "y"},
    "/account/places/end": {"handle": "x"},
    "/account/places/end-all": {},
    "/account/places/end-others": {},
    "/account/recovery": {},
    "/account/zone": {"zone": "Europe/Helsinki"},
    "/diary/<text>": NIGHT,
    "/diary/<text>/choose": {"revision": "1", "keep": "other"},
    "/diary/<text>/delete": {},
    "/diary/<text>/restore": {},
    "/imports/": {"ruler": "nrs", "file": "x"},
    "/imports/<batch>": {"ruler": "nrs", "standing": "add"},
    "/imports/<batch>/drop": {},
    "/items/": {"item": "pain", "order": "pain", "up": "pain", "down": "sleep"},
    "/items/own": _OWN,
    "/items/own/<key>": _OWN,
    "/items/ruler": {"ruler": "vas"},
    "/pauses/": {"first_day": "2026-11-01", "last_day": "2026-11-02", "reason": "Away"},
    "/pauses/<pause_id>/end": {},
    "/pauses/<pause_id>/remove": {},
    "/phases/<phase_id>": _PHASE,
    "/phases/<phase_id>/delete": {},
    "/phases/<phase_id>/end": {"last_day": "2026-11-20"},
    "/phases/new": _PHASE,
    "/phases/undo": {},
    "/recover": {"name": "<name>", "code": "abcd-efgh", "password": PASSWORD, "make": "y"},
    "/register": {
        "name": "Owl",
        "password": PASSWORD,
        "zone": "Europe/Helsinki",
        "consent": "y",
        "make": "y",
    },
    "/reset": {
        "token": "x" * 43,
        "password": PASSWORD,
        "zone": "Europe/Helsinki",
        "consent": "y",
        "make": "y",
    },
    "/sign-in": {
        "name": "<name>",
        "password": PASSWORD,
        "keep": "y",
        "next": "/trends/",
        "carried": '["/diary/2026-11-21","",[["pain","7"]]]',
    },
    "/sign-out": {},
    "/theme/": {"theme": "dim", "next": "/"},
}
# Fields in a form of every signed-in person.
GUARD: Final = ("csrf_token", "person")
_SPAN: Final = {"item": "pain", "from": "2026-11-01", "to": "2026-11-21"}
QUERIES: Final[Mapping[str, Mapping[str, str]]] = {
    "/": {"saved": "stored"},
    "/account/confirm": {"next": "/account/"},
    "/account/recovery": {"new": "1"},
    "/diary/": {"month": "2026-11"},
    "/diary/<text>": {"saved": "stored"},
    "/exports/diary.csv": {"from": "2026-11-01", "to": "2026-11-21", "notes": "y"},
    "/exports/diary.json": {"notes": "y"},
    "/exports/phases.csv": {"from": "2026-11-01"},
    "/imports/<batch>": {"ruler": "vas"},
    "/items/own/<key>": {"x": "1"},
    "/phases/<phase_id>": {"x": "1"},
    "/register": {"next": "/"},
    "/reset": {"token": "x"},
    "/response.json": {"rule": "pain30", "preset": "stanford"},
    "/response/": {"rule": "pain30", "preset": "stanford"},
    "/sign-in": {"next": "/trends/"},
    "/sign-in/here": {"next": "/trends/"},
    "/trends/": _SPAN,
    "/trends/figure.json": _SPAN,
    "/trends/picture.svg": _SPAN,
}
