"""A new diary in which nights are saved while all that it asks of the disk is recorded."""

import json
import random
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from tests.postgres import free_port
from tools.prove import kill9, served
from tools.prove.phones import Acknowledged, Phone
from tools.prove.recording import Event, Kind, events, watching
from tools.prove.served import Place
from tools.prove.unpowered import Disk

PATIENCE: Final = 60.0
NIGHT: Final = re.compile(rb'\{[^{}]*"saved": ?true[^{}]*\}')
PERSON: Final = re.compile(rb'\{[^{}]*"person": ?"[^{}]*\}')
# What need not come back: it is made anew, or holds nothing.
PASSING: Final = ("-shm", ".lock", ".queue")


@dataclass(frozen=True, slots=True)
class Recording:
    """What a server did while nights were saved.

    Attributes:
        root: the folder that holds the instance.
        events: all that was done to files, and what was answered, in order.
        nights: each acknowledged night by its `client_id`.
        sent: the ids of all savings.
    """

    root: Path
    events: Sequence[Event]
    nights: Mapping[str, Acknowledged]
    sent: frozenset[str]


def record(root: Path, saves: Sequence[int], program: Sequence[str] = served.PRODUCT) -> Recording:
    """Serve a new diary, again and again, while four clients save; keep what the disk was asked.

    Args:
        root: an empty folder.
        saves: how many are acknowledged, at least, each time it is served.
        program: what serves.

    Raises:
        RuntimeError: files or acknowledgements are not all in the recording.
    """
    place = Place(root / "instance", free_port(), program=program)
    log = root.with_name(f"{root.name}.strace")
    lines: list[str] = []
    clients: list[Phone] = []
    for number, wanted in enumerate(saves):
        before = len(kill9.heads(place))
        server = served.serve(place, watching(log))
        try:
            clients = clients or kill9.phones(place, random.Random(6))
            # Soon after each start heads are signed; at the first there may be nobody yet.
            signed = partial(wait_for_heads, place, before) if number else lambda: None
            kill9.burst(clients, wanted, 0, signed)
        finally:
            served.stop(server)
        lines += log.read_text(encoding="ascii").splitlines()
    nights = {each.sending.client_id: each for one in clients for each in one.acknowledged}
    waiting = [one.waiting.client_id for one in clients if one.waiting]
    found = events(lines, root)
    compare(found, root)
    told = {promise for event in found for kind, promise in promises(event) if kind == "night"}
    if told != nights.keys():
        raise RuntimeError("the acknowledgements of the recording are not those that arrived")
    return Recording(root, found, nights, frozenset([*nights, *waiting]))


def wait_for_heads(place: Place, before: int) -> None:
    """Wait until heads were signed once more."""
    end = time.monotonic() + PATIENCE
    while len(kill9.heads(place)) == before and time.monotonic() < end:
        time.sleep(0.01)


def compare(found: Sequence[Event], root: Path) -> None:
    """See that the recording is complete: played in full it gives the files that there are.

    Raises:
        RuntimeError: it doesn't.
    """
    disk = Disk(str(root))
    for event in found:
        disk.take(event)
    played = {
        name: bytes(node.live) for name, node in disk.live.items() if node and not node.is_folder
    }
    there = {
        str(file): file.read_bytes() for file in (root / "instance").rglob("*") if file.is_file()
    }
    for name in played.keys() | there.keys():
        if not name.endswith(PASSING) and played.get(name) != there.get(name):
            raise RuntimeError(f"the recording of {name} is not complete")


def promises(event: Event) -> Iterator[tuple[str, str]]:
    """Yield what an answer promises: ("night", client_id) or ("person", id)."""
    if event.kind is Kind.ANSWER:
        for kind, name, wanted in (("night", "client_id", NIGHT), ("person", "person", PERSON)):
            for answer in wanted.findall(event.data):
                yield kind, json.loads(answer)[name]
