"""Sign-in with a known and with an unknown name: how far apart in time, and whether in bytes."""

import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Final

from flask.testing import FlaskClient

from tracker.config import Settings
from tracker.keys import Keys
from tracker.services import people
from tracker.services.hashing import shared
from tracker.services.people import Door, NewPerson, Visitor
from tracker.storage import installation
from tracker.storage.database import Database
from tracker.storage.migrations import migrate
from tracker.web.app import create_app

ROUNDS: Final = 200
GOAL: Final = 5.0  # milliseconds between the medians
START: Final = datetime(2026, 11, 21, 22, tzinfo=UTC)
HEADERS: Final = {"Sec-Fetch-Site": "same-origin"}


def prove() -> bool:
    """Measure, print the figures, and say whether the goal was met."""
    with tempfile.TemporaryDirectory() as folder:
        known, unknown, same = _measured(Path(folder))
    apart = abs(statistics.median(known) - statistics.median(unknown))
    print(
        f"sign-in: {ROUNDS} wrong passwords each; known name {statistics.median(known):.1f} ms, "
        f"unknown {statistics.median(unknown):.1f} ms, {apart:.2f} ms apart (goal < {GOAL:.0f}); "
        f"bytes {'equal' if same else 'DIFFER'}"
    )
    return apart < GOAL and same


def _measured(folder: Path) -> tuple[list[float], list[float], bool]:
    clock = folder / "clock"
    clock.write_text(f"{START:%Y-%m-%dT%H:%M:%SZ}")
    settings = Settings.from_environment(
        {
            "TRACKER_INSTANCE": str(folder),
            "TRACKER_CLOCK": f"@{clock}",
            "TRACKER_ALLOW_TEST_CLOCK": "1",
        }
    )
    keys = Keys.made_or_read(settings.secret_key_file)
    with Database(settings.database_url, audit_key=keys.audit) as database:
        migrate(database)
        with database.writing() as session:
            installation.settle(session, START, test_clock=True)
        door = Door(database, shared(), Visitor("192.0.2.7", ""), START, keys.totp)
        people.register(door, NewPerson("Moth", "copper kettle by the window", "UTC"))
        client = create_app(settings, database, keys).test_client()
        times: dict[str, list[float]] = {"Moth": [], "Goth": []}
        same = True
        for number in range(ROUNDS):
            # After a day nobody has to wait for the attempts before; turns keep it fair.
            at = START + timedelta(days=number + 1)
            clock.write_text(f"{at:%Y-%m-%dT%H:%M:%SZ}")
            pages = set()
            for name in sorted(times, reverse=bool(number % 2)):
                taken, page = _tried(client, name)
                times[name].append(taken)
                pages.add(page.replace(name, ""))
            same = same and len(pages) == 1
    return times["Moth"], times["Goth"], same


def _tried(client: FlaskClient, name: str) -> tuple[float, str]:
    start = time.perf_counter()
    answer = client.post("/sign-in", data={"name": name, "password": "wrong"}, headers=HEADERS)
    taken = (time.perf_counter() - start) * 1000
    if answer.status_code != HTTPStatus.UNPROCESSABLE_ENTITY:
        raise RuntimeError(f"sign-in answered {answer.status_code}")
    return taken, answer.text
