"""Everything killed while nights are being saved: nothing acknowledged may be missing after."""

import random
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from sqlalchemy import func, select, text

from tests.postgres import free_port, running_postgres
from tools.prove import careless, served
from tools.prove.crashing import running_cluster
from tools.prove.phones import Acknowledged, Phone
from tools.prove.served import Place
from tracker.keys import Keys
from tracker.storage import audit_check
from tracker.storage.database import Database, Session
from tracker.storage.models import answers, entries, revisions

CYCLES: Final = 50
OTHER_CYCLES: Final = 20
FEW: Final = 10
CLIENTS: Final = 4
# A kill comes when so many more are acknowledged, and a moment later: a saving takes as
# long as the machine is busy, so seconds alone would kill now in thousands, now in none.
MOST_SAVED: Final = 60
LONGEST_MOMENT: Final = 0.05
PATIENCE: Final = 60.0

Kill = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run of kills met.

    Attributes:
        cycles: how often everything was killed.
        acknowledged: how many savings were.
        lost: those of them that the database doesn't hold as they were sent.
        sent_again: savings without an answer that were sent again, twice.
        refused: savings that were asked to come again later.
        doubled: savings that became more than one revision, and nights whose count is off.
    """

    cycles: int
    acknowledged: int
    lost: int
    sent_again: int
    refused: int
    doubled: int

    def __str__(self) -> str:
        return (
            f"{self.cycles} kills, {self.acknowledged} acknowledged, {self.lost} lost, "
            f"{self.sent_again} sent again, {self.refused} put off, {self.doubled} doubled"
        )


def phones(place: Place, chance: random.Random) -> list[Phone]:
    """Return clients that are signed in: four, of three people, two of them one person's."""
    made = [Phone(place.port, f"Person {number}", chance) for number in range(CLIENTS - 1)]
    for phone in made:
        phone.register()
    second = Phone(place.port, made[0].name, chance)
    second.sign_in()
    return [*made, second]


def run(place: Place, cycles: int, seed: int, crash: Kill | None = None) -> Outcome:
    """Save and be killed, again and again; then count.

    Args:
        place: a folder and a port, and what serves.
        cycles: how often.
        seed: of the moments.
        crash: what is done to the database instead of killing who serves.
    """
    chance = random.Random(seed)
    server = served.serve(place)
    try:
        clients = phones(place, chance)
        for cycle in range(cycles):
            wanted, moment = chance.randint(0, MOST_SAVED), chance.uniform(0, LONGEST_MOMENT)
            burst(clients, wanted, moment, crash or partial(served.kill, server))
            check(place, cycle)
            if crash is None:
                server = served.serve(place)
        # What was on the way at the last kill is sent again too.
        burst(clients, MOST_SAVED, LONGEST_MOMENT, lambda: None)
    finally:
        served.kill(server)
    return count(place, clients, cycles)


def burst(clients: Sequence[Phone], wanted: int, moment: float, kill: Kill) -> None:
    """Let all save at once; kill a moment after so many are acknowledged, and wait for them.

    Raises:
        BrokenPromiseError: the server said something that the contract doesn't have.
    """
    stop = threading.Event()
    threads = [threading.Thread(target=each.burst, args=(stop,)) for each in clients]
    for thread in threads:
        thread.start()
    begun = acknowledged(clients)
    end = time.monotonic() + PATIENCE
    while acknowledged(clients) - begun < wanted and time.monotonic() < end:
        time.sleep(0.001)
    time.sleep(moment)
    kill()
    stop.set()
    for thread in threads:
        thread.join()
    for each in clients:
        if each.trouble is not None:
            raise each.trouble


def acknowledged(clients: Sequence[Phone]) -> int:
    """Return how many savings were acknowledged so far."""
    return sum(len(each.acknowledged) for each in clients)


def check(place: Place, cycle: int) -> None:
    """Check what a kill left behind: whole pages, keys that point somewhere, sealed chains.

    Raises:
        RuntimeError: the database or a chain is damaged.
    """
    with opened(place) as database, database.reading() as session:
        if database.file is not None:
            whole = session.execute(text("PRAGMA integrity_check")).scalars().all()
            astray = session.execute(text("PRAGMA foreign_key_check")).all()
            if whole != ["ok"] or astray:
                raise RuntimeError(f"cycle {cycle}: the file is damaged")
        if audit_check.verify(session, heads(place)).findings:
            raise RuntimeError(f"cycle {cycle}: an audit chain is damaged")


def count(place: Place, clients: Sequence[Phone], cycles: int) -> Outcome:
    """Compare what was acknowledged with what the database holds."""
    done = [each for client in clients for each in client.acknowledged]
    with opened(place) as database, database.reading() as session:
        stored = written(session)
        lost = sum(stored.get(each.sending.client_id) != expected(each) for each in done)
        doubled = miscounted(session)
    if (verified := place.run("audit", "verify")).returncode:
        raise RuntimeError(verified.stderr)
    return Outcome(
        cycles=cycles,
        acknowledged=len(done),
        lost=lost,
        sent_again=sum(client.sent_again for client in clients),
        refused=sum(client.refused for client in clients),
        doubled=doubled,
    )


def expected(done: Acknowledged) -> dict[str, Any]:
    """Return the row that an acknowledged saving must have become."""
    sending = done.sending
    return {
        "owner": done.person,
        "day": sending.day,
        "number": done.revision,
        "payload_sha256": sending.payload_sha256,
        "note": sending.body["note"],
        "answers": sending.answers,
    }


def written(session: Session) -> dict[str, dict[str, Any]]:
    """Return every revision with its answers, by the id under which it was sent."""
    scores: dict[tuple[str, Any, int], dict[str, int]] = {}
    for owner, day, number, item, value in session.execute(
        select(answers.c.owner, answers.c.day, answers.c.revision, answers.c.item, answers.c.value)
    ):
        scores.setdefault((owner, day, number), {})[item] = value
    names = ("owner", "day", "number", "payload_sha256", "note")
    rows = session.execute(select(revisions.c.client_id, *(revisions.c[name] for name in names)))
    return {
        client_id: {
            **dict(zip(names, row, strict=True)),
            "day": str(row[1]),
            "answers": scores.get((row[0], row[1], row[2]), {}),
        }
        for client_id, *row in rows
    }


def miscounted(session: Session) -> int:
    """Return how many ids became several revisions, and heads don't count their revisions."""
    twice = session.execute(
        select(revisions.c.client_id).group_by(revisions.c.client_id).having(func.count() > 1)
    ).all()
    counted = {
        (owner, day): (many, last)
        for owner, day, many, last in session.execute(
            select(
                revisions.c.owner,
                revisions.c.day,
                func.count(),
                func.max(revisions.c.number),
            ).group_by(revisions.c.owner, revisions.c.day)
        )
    }
    heads_off = [
        row
        for row in session.execute(
            select(entries.c.owner, entries.c.day, entries.c.head, entries.c.revisions)
        )
        if counted[row.owner, row.day] != (row.revisions, row.revisions)
        or row.head != row.revisions
    ]
    return len(twice) + len(heads_off)


def opened(place: Place) -> Database:
    """Open the database of a place with its own key."""
    return Database(place.database_url, audit_key=Keys.read(place.folder / "secret.key").audit)


def heads(place: Place) -> list[str]:
    """Return the signed heads outside the database."""
    file = place.folder / "audit-heads.log"
    return file.read_text(encoding="ascii", errors="replace").splitlines() if file.exists() else []


def on_postgres(folder: Path, cycles: int) -> Outcome:
    """Kill everything that serves a diary on PostgreSQL."""
    with running_postgres() as postgres:
        postgres.create("killed")
        return run(Place(folder, free_port(), postgres.url("killed")), cycles, seed=2)


def crashed(folder: Path, cycles: int, program: Sequence[str] = served.PRODUCT) -> Outcome:
    """Crash PostgreSQL itself, and let everything else go on."""
    with running_cluster() as cluster:
        cluster.postgres.create("crashed")
        place = Place(folder, free_port(), cluster.postgres.url("crashed"), program)
        return run(place, cycles, seed=3, crash=cluster.restart)


def prove() -> bool:
    """Run it in full on both databases, then without the guards, and print the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        kept = [
            said("kill -9 of everything, SQLite", run(Place(folder / "a", free_port()), CYCLES, 1)),
            said("kill -9 of everything, PostgreSQL", on_postgres(folder / "b", OTHER_CYCLES)),
            said("PostgreSQL itself stopped on the spot", crashed(folder / "c", OTHER_CYCLES)),
        ]
        place = Place(folder / "d", free_port(), program=careless.PROGRAM)
        told = "without the guard (acknowledged before COMMIT), SQLite"
        careless_runs = [said(told, run(place, FEW, seed=4))]
        told = "without the guard (synchronous_commit off), PostgreSQL stopped"
        careless_runs.append(said(told, crashed(folder / "e", FEW, careless.PROGRAM)))
    whole = not any(each.lost or each.doubled for each in kept)
    return whole and all(each.lost for each in careless_runs)


def said(what: str, outcome: Outcome) -> Outcome:
    """Print a figure as soon as there is one."""
    print(f"{what}: {outcome}", flush=True)
    return outcome


if __name__ == "__main__":
    raise SystemExit(not prove())
