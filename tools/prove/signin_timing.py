"""Sign-in with an unknown name, a wrong password, a wrong code: how far apart, and in bytes."""

import statistics
import tempfile
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Final

from flask.testing import FlaskClient

from tracker.config import Settings
from tracker.domain.factors import Factor, FactorKind
from tracker.keys import Keys
from tracker.services import codes, people
from tracker.services.hashing import shared
from tracker.services.people import Door, NewPerson, Visitor
from tracker.storage import factors, installation
from tracker.storage.database import Database
from tracker.storage.migrations import migrate
from tracker.web.app import create_app

ROUNDS: Final = 200
GOAL: Final = 5.0  # milliseconds between the medians
START: Final = datetime(2026, 11, 21, 22, tzinfo=UTC)
HEADERS: Final = {"Sec-Fetch-Site": "same-origin"}
PASSWORD: Final = "copper kettle by the window"  # noqa: S105 - of nobody
NO_CODE: Final = "123456"  # right once in 330,000 times
# What is tried in one round, without a code and with one; "Moth" has a second factor.
PLAIN: Final[Mapping[str, Mapping[str, str]]] = {
    "unknown name": {"name": "Goth", "password": PASSWORD},
    "wrong password": {"name": "Moth", "password": PASSWORD[::-1]},
}
CODED: Final[Mapping[str, Mapping[str, str]]] = {
    **{what: {**typed, "code": NO_CODE} for what, typed in PLAIN.items()},
    "wrong code": {"name": "Moth", "password": PASSWORD, "code": NO_CODE},
}

TRIED: Final = {"name and password": PLAIN, "name, password and code": CODED}


def prove() -> bool:
    """Measure, print the figures, and say whether the goal was met."""
    with tempfile.TemporaryDirectory() as folder:
        met = [_told(what, *_measured(Path(folder, what), TRIED[what])) for what in TRIED]
    return all(met)


def _told(what: str, times: Mapping[str, list[float]], same: bool) -> bool:  # noqa: FBT001 - found out
    medians = {tried: statistics.median(taken) for tried, taken in times.items()}
    apart = max(medians.values()) - min(medians.values())
    told = ", ".join(f"{tried} {median:.1f} ms" for tried, median in medians.items())
    print(
        f"sign-in by {what}, {ROUNDS} rounds: {told}; {apart:.2f} ms apart (goal < {GOAL:.0f}); "
        f"bytes {'equal' if same else 'DIFFER'}"
    )
    return apart < GOAL and same


def _measured(
    folder: Path, tries: Mapping[str, Mapping[str, str]]
) -> tuple[Mapping[str, list[float]], bool]:
    folder.mkdir()
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
        _welcome(Door(database, shared(), Visitor("192.0.2.7", ""), START, keys.totp))
        client = create_app(settings, database, keys).test_client()
        times: dict[str, list[float]] = {tried: [] for tried in tries}
        same = True
        for number in range(ROUNDS):
            # After a day nobody has to wait for the attempts before; turns keep it fair.
            at = START + timedelta(days=number + 1)
            clock.write_text(f"{at:%Y-%m-%dT%H:%M:%SZ}")
            pages = set()
            for tried in sorted(times, reverse=bool(number % 2)):
                taken, page = _tried(client, tries[tried])
                times[tried].append(taken)
                pages.add(page)
            same = same and len(pages) == 1
    return times, same


def _welcome(door: Door) -> None:
    """Let somebody with a second factor come."""
    who = people.register(door, NewPerson("Moth", PASSWORD, "UTC")).signed_in.account
    sealed = codes.seal_secret(door.totp_key, codes.new_secret(), who.id, "phone")
    factor = Factor("phone", FactorKind.TOTP, sealed, "", START, START, 1)
    with door.database.writing() as session:
        factors.add(session, who.id, factor)


def _tried(client: FlaskClient, typed: Mapping[str, str]) -> tuple[float, str]:
    start = time.perf_counter()
    answer = client.post("/sign-in", data=typed, headers=HEADERS)
    taken = (time.perf_counter() - start) * 1000
    if answer.status_code != HTTPStatus.UNPROCESSABLE_ENTITY:
        raise RuntimeError(f"sign-in answered {answer.status_code}")
    # What was typed stands there again: it tells nothing.
    return taken, answer.text.replace(typed["name"], "").replace(typed["password"], "")
