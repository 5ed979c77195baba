"""The power cut while nights are saved, anywhere: nothing acknowledged may be missing after."""

import os
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial, reduce
from pathlib import Path
from typing import Final, Self

from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from tools import packages
from tools.prove import hasty, kill9, served
from tools.prove.recording import MISSING, Event
from tools.prove.saving import Recording, promises, record
from tools.prove.served import Place
from tools.prove.unpowered import Disk
from tracker.cli.opening import Opened, opened
from tracker.config import Settings
from tracker.domain.words import Refused
from tracker.storage import audit_check
from tracker.storage.audit import Checkpoint
from tracker.storage.database import Session
from tracker.storage.models import accounts, audit_checkpoints

CUTS: Final = 10_000
HASTY_CUTS: Final = 1_000
PROCESSES: Final = 4
# Acknowledged before the server is stopped, each time it is started.
SAVES: Final = (150, 150, 150)
HASTY_SAVES: Final = (150,)
BY_FILE: Final = 0.2
# Once in so many cuts the command itself verifies the chains, in a process of its own.
BY_COMMAND: Final = 100
MEMORY: Final = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it


@dataclass(slots=True)
class Outcome:
    """What many power cuts met.

    Attributes:
        acknowledged: nights of the whole recording.
        events: calls of the whole recording: where a cut can be.
        cuts: how often the power was cut.
        losing: the cuts after which something acknowledged before was missing.
        lost: the nights and people that were missing, over all cuts.
        damaged: cuts after which pages, keys, chains or signed heads were damaged, or the
            diary did not open.
        doubled: savings that became more than one revision, and nights whose count is off.
        by_command: cuts after which `tracker audit verify` passed.
        first: the first trouble, in words.
    """

    acknowledged: int
    events: int
    cuts: int = 0
    losing: int = 0
    lost: int = 0
    damaged: int = 0
    doubled: int = 0
    by_command: int = 0
    first: str = ""

    @property
    def is_whole(self) -> bool:
        """True where nothing was lost, damaged or doubled."""
        return not (self.lost or self.damaged or self.doubled)

    def with_other(self, other: Self) -> Self:
        """Return both in one; of the same recording."""
        told = {
            name: getattr(self, name) + getattr(other, name)
            for name in ("cuts", "losing", "lost", "damaged", "doubled", "by_command")
        }
        return replace(self, **told, first=self.first or other.first)

    def __str__(self) -> str:
        told = (
            f"{self.cuts} cuts in {self.events} calls with {self.acknowledged} acknowledged: "
            f"{self.lost} lost after {self.losing} of the cuts, {self.damaged} damaged, "
            f"{self.doubled} doubled, {self.by_command} verified by the command"
        )
        return f"{told}; first: {self.first}" if self.first else told


def cut(recording: Recording, cuts: int, seed: int, folder: Path) -> Outcome:
    """Cut the power so many times, anywhere, and see each time what came back.

    Args:
        recording: what was done until then.
        cuts: how often.
        seed: of moments and of what becomes of the unsynced.
        folder: gets the files that came back.
    """
    chance = random.Random(seed)
    outcome = Outcome(len(recording.nights), len(recording.events))
    disk = Disk(str(recording.root))
    promised: dict[str, set[str]] = {"night": set(), "person": set()}
    done = 0
    for moment in moments(recording.events, cuts, chance):
        for event in recording.events[done:moment]:
            disk.take(event)
            for kind, promise in promises(event):
                promised[kind].add(promise)
        done = moment
        place = come_back(disk.after_cut(chance), recording.root, folder)
        judge(place, recording, promised, outcome)
    return outcome


def moments(found: Sequence[Event], cuts: int, chance: random.Random) -> Sequence[int]:
    """Choose moments anywhere, a part of them by file: rare files are met as often as busy ones."""
    by_file: dict[str, list[int]] = {}
    for number, event in enumerate(found, start=1):
        by_file.setdefault(event.path, []).append(number)
    files = list(by_file.values())
    return sorted(
        chance.choice(chance.choice(files))
        if chance.random() < BY_FILE
        else chance.randint(0, len(found))
        for _ in range(cuts)
    )


def come_back(files: Mapping[str, bytes | None], root: Path, folder: Path) -> Place:
    """Write what a cut left, in place of what the one before left."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, content in files.items():
        path = folder / Path(name).relative_to(root)
        if content is None:
            path.mkdir(mode=0o700)
        else:
            path.write_bytes(content)
            path.chmod(0o600)
    return Place(folder / "instance", 0)


def judge(
    place: Place, recording: Recording, promised: Mapping[str, set[str]], outcome: Outcome
) -> None:
    """Open with the product what came back, and count what is wrong with it."""
    outcome.cuts += 1
    lost, doubled, troubles = 0, 0, []
    try:
        with opened(Settings.from_environment(tracker_variables(place))) as diary:
            troubles = [*damages(diary, place)]
            with diary.database.reading() as session:
                lost = missing(session, recording, promised)
                doubled = kill9.miscounted(session)
        if outcome.cuts % BY_COMMAND == BY_COMMAND // 2:
            verified = place.run("audit", "verify")
            troubles += [verified.stderr] * bool(verified.returncode)
            outcome.by_command += not verified.returncode
    except (Refused, DatabaseError) as trouble:
        lost, troubles = sum(map(len, promised.values())), [f"{trouble!r} {trouble}"]
    outcome.losing += bool(lost)
    outcome.lost += lost
    outcome.damaged += bool(troubles)
    outcome.doubled += doubled
    if not outcome.first and (lost or troubles or doubled):
        outcome.first = f"cut {outcome.cuts}: {lost} lost, {doubled} doubled, {troubles[:3]}"


def tracker_variables(place: Place) -> Mapping[str, str]:
    """Return the product's variables for a place."""
    return {k: v for k, v in place.environment().items() if k.startswith("TRACKER_")}


def damages(diary: Opened, place: Place) -> Iterator[str]:
    """Name what is damaged in a diary."""
    outside = kill9.heads(place)
    with diary.database.reading() as session:
        if (whole := session.execute(text("PRAGMA integrity_check")).scalars().all()) != ["ok"]:
            yield f"pages: {whole[:3]}"
        if astray := session.execute(text("PRAGMA foreign_key_check")).all():
            yield f"keys: {astray[:3]}"
        yield from (str(each) for each in audit_check.verify(session, outside).findings)
        columns = audit_checkpoints.c
        for row in session.execute(
            select(columns.owner, columns.number, columns.hash, columns.at, columns.signature)
        ):
            if Checkpoint(*row).line().rstrip("\n") not in outside:
                yield f"signed inside, not outside: {row}"


def missing(session: Session, recording: Recording, promised: Mapping[str, set[str]]) -> int:
    """Return how much that was promised is not there as it was sent."""
    stored = kill9.written(session)
    strange = stored.keys() - recording.sent
    if strange:
        raise RuntimeError(f"nobody sent {strange}")
    nights = sum(
        stored.get(each) != kill9.expected(recording.nights[each]) for each in promised["night"]
    )
    return nights + len(promised["person"] - set(session.scalars(select(accounts.c.id))))


def run(
    folder: Path,
    cuts: int,
    saves: Sequence[int],
    seed: int,
    program: Sequence[str] = served.PRODUCT,
    processes: int = 1,
) -> Outcome:
    """Record, then cut in several processes; what comes back lies in memory where that can be."""
    root = folder / "recorded"
    root.mkdir(parents=True)
    recording = record(root, saves, program)
    memory = MEMORY if os.access(MEMORY, os.W_OK) else folder
    with tempfile.TemporaryDirectory(dir=memory) as name:
        share = partial(cut, recording, cuts // processes)
        places = [Path(name, str(number)) for number in range(processes)]
        seeds = range(seed, seed + processes)
        if processes == 1:
            return share(seed, *places)
        with ProcessPoolExecutor(processes) as pool:
            return reduce(Outcome.with_other, pool.map(share, seeds, places))


def prove() -> bool:
    """Run it in full, then without the guard, and print the figures; it needs Linux and strace."""
    if packages.program("strace") is None:
        print(MISSING, flush=True)
        return False
    with tempfile.TemporaryDirectory() as name:
        kept = run(Path(name, "a"), CUTS, SAVES, seed=10, processes=PROCESSES)
        print(f"power cuts, SQLite: {kept}", flush=True)
        careless = run(Path(name, "b"), HASTY_CUTS, HASTY_SAVES, seed=20, program=hasty.PROGRAM)
        print(f"without the guard (synchronous=NORMAL): {careless}", flush=True)
    return kept.is_whole and careless.lost > 0


if __name__ == "__main__":
    sys.exit(not prove())
