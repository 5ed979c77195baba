"""Backups by the real command while phones save, restored elsewhere and compared."""

import random
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select

from tests.postgres import free_port
from tools.prove import kill9, served
from tools.prove.phones import Acknowledged
from tools.prove.served import Place
from tracker.storage.models import metadata

BACKUPS: Final = 5
SAVED_BEFORE_EACH: Final = 20
# A restore is a deed in the chains, has an epoch of its own and signs everyone out.
ADDED_TO: Final = {"audit_events", "audit_checkpoints"}
WRITTEN_ANEW: Final = {"installation", "sessions", "audit_heads"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of backups.

    Attributes:
        backups: how many were written while phones saved, restored and verified.
        acknowledged: savings acknowledged before one of them began, counted for each.
        lost: those of them that it doesn't hold.
        differing: tables that differ where nobody saved between backup and comparison.
    """

    backups: int
    acknowledged: int
    lost: int
    differing: tuple[str, ...]


def run(folder: Path, backups: int) -> Outcome:
    """Back up under load, then once more in peace; restore each and compare."""
    place = Place(folder / "here", free_port())
    server = served.serve(place)
    before: list[list[Acknowledged]] = []
    try:
        clients = kill9.phones(place, random.Random(6))

        def back_up() -> None:
            before.append([done for each in clients for done in each.acknowledged])
            told(place, "backup", str(folder / f"{len(before)}.db"))

        for _ in range(backups):
            kill9.burst(clients, SAVED_BEFORE_EACH, 0, back_up)
    finally:
        served.kill(server)
    told(place, "backup", str(folder / "last.db"))
    restored = [restore(place, folder / f"{number}.db") for number in range(1, backups + 1)]
    lost = sum(missing(*each) for each in zip(restored, before, strict=True))
    last = rows(restore(place, folder / "last.db"))
    present = rows(place)
    differing = tuple(
        name
        for name, there in present.items()
        if (set(there) - set(last[name]) if name in ADDED_TO else last[name] != there)
    )
    return Outcome(backups, sum(map(len, before)), lost, differing)


def restore(place: Place, file: Path) -> Place:
    """Restore a backup into an empty folder with the same key, and verify its chains."""
    folder = file.with_suffix("")
    folder.mkdir(mode=0o700)
    shutil.copy(place.folder / "secret.key", folder / "secret.key")
    other = Place(folder, place.port)
    told(other, "restore", str(file))
    told(other, "audit", "verify")
    return other


def told(place: Place, *arguments: str) -> None:
    """Run a command of the product that has to end well."""
    done = place.run(*arguments)
    if done.returncode:
        raise RuntimeError(f"{arguments}: {done.stderr}")


def missing(place: Place, done: list[Acknowledged]) -> int:
    """Return how many acknowledged savings a restored diary doesn't hold."""
    with kill9.opened(place) as database, database.reading() as session:
        stored = kill9.written(session)
    return sum(stored.get(each.sending.client_id) != kill9.expected(each) for each in done)


def rows(place: Place) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row but of the tables that a restore writes anew."""
    with kill9.opened(place) as database, database.snapshot() as session:
        return {
            table.name: [
                tuple(row) for row in session.execute(select(table).order_by(*table.primary_key))
            ]
            for table in metadata.sorted_tables
            if table.name not in WRITTEN_ANEW
        }


def prove() -> bool:
    """Run it in full and print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        outcome = run(Path(folder), BACKUPS)
    print(f"backups while phones save: {outcome}", flush=True)
    return not (outcome.lost or outcome.differing)


if __name__ == "__main__":
    sys.exit(not prove())
