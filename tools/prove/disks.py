"""A disk that is full or can't be written to, and is then mended: nothing lost, no restart."""

import random
import resource
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.postgres import free_port
from tools.prove import kill9, served
from tools.prove.crashing import running_cluster
from tools.prove.phones import AGAIN, NEW, Phone
from tools.prove.served import Place

PAGES: Final = ("/", "/diary/", "/diary/2026-11-20", "/trends/", "/response/", "/phases/")
FULL: Final = 507
READABLE: Final = 200
ATTEMPTS: Final = 5
UNLIMITED: Final = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a person met.

    Attributes:
        refused: how many savings were refused as they should be: 507, to be sent again.
        otherwise: every other answer while the disk was bad.
        unreadable: the owner's pages that could not be read meanwhile.
        lost: savings acknowledged before or after, without a restart, that are not there.
        mended: whether the same savings were taken once the disk was mended.
    """

    refused: int
    otherwise: tuple[int, ...]
    unreadable: tuple[str, ...]
    lost: int
    mended: bool

    @property
    def is_as_promised(self) -> bool:
        """True where nothing was lost, and nothing else was said than should be."""
        return self.refused == ATTEMPTS and self.mended and not (self.unreadable or self.lost)


def suffer(place: Place, spoil: Callable[[int], None], mend: Callable[[int], None]) -> Outcome:
    """Save, spoil the disk, try to save and to read, mend, save the same again; then count.

    Args:
        place: a folder and a port.
        spoil: makes the disk bad for a server's group of processes.
        mend: makes it good again.
    """
    server = served.serve(place)
    try:
        phone = Phone(place.port, "Moth", random.Random(5))
        phone.register()
        for _ in range(ATTEMPTS):
            phone.deliver(phone.next_night())
        spoil(server.pid)
        waiting = [phone.next_night() for _ in range(ATTEMPTS)]
        answers = [phone.save(each) for each in waiting]
        unreadable = tuple(page for page in PAGES if phone.ask("GET", page)[0] != READABLE)
        mend(server.pid)
        taken = []
        for each in waiting:
            taken += [phone.save(each)[0], phone.save(each)[0]]
            phone.deliver(each)
    finally:
        served.kill(server)
    right = [a for a in answers if a[0] == FULL and a[1]["retry"] and not a[1]["saved"]]
    return Outcome(
        refused=len(right),
        otherwise=tuple(status for status, _ in answers if status != FULL),
        unreadable=unreadable,
        lost=kill9.count(place, [phone], 0).lost,
        mended=taken == [NEW, AGAIN] * ATTEMPTS,
    )


def limit(group: int, most: int) -> None:
    """Let no file of a running server grow beyond so many bytes."""
    for process in served.members(group):
        resource.prlimit(process, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))


def unlimit(group: int) -> None:
    """Take the limit off."""
    for process in served.members(group):
        resource.prlimit(process, resource.RLIMIT_FSIZE, UNLIMITED)


def no_room(folder: Path) -> Outcome:
    """Let the log of SQLite grow no further than it is."""
    place = Place(folder, free_port())
    log = folder / "tracker.db-wal"
    return suffer(place, lambda group: limit(group, log.stat().st_size), unlimit)


def no_writing(folder: Path) -> Outcome:
    """Let SQLite, and anything else, write not one byte."""
    return suffer(Place(folder, free_port()), lambda group: limit(group, 0), unlimit)


def standby_postgres(folder: Path) -> Outcome:
    """Let a PostgreSQL server become a read-only standby, then the writing one again."""
    with running_cluster() as cluster:
        cluster.postgres.create("spoiled")
        place = Place(folder, free_port(), cluster.postgres.url("spoiled"))
        return suffer(place, lambda _: cluster.stand_by(), lambda _: cluster.promote())


def prove() -> bool:
    """Run all and print the figures; the limits need Linux."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        outcomes = {
            "no room for SQLite": no_room(folder / "a"),
            "no writing for SQLite": no_writing(folder / "b"),
            "PostgreSQL as a read-only standby": standby_postgres(folder / "c"),
        }
    for told, outcome in outcomes.items():
        print(f"{told}: {outcome}", flush=True)
    return all(outcome.is_as_promised for outcome in outcomes.values())


if __name__ == "__main__":
    sys.exit(not prove())
