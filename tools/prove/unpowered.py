"""A disk whose power is cut: what was synced is there, of all else anything may be.

It knows no order that was not asked for. A name is safe when its folder was synced, bytes are
when their file was; what came after may be there whole, torn, as rubbish, or not at all, each
write and each name by itself. That is harsher than any file system in use.
"""

import os
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from tools.prove.recording import Event, Kind

SECTOR: Final = 512
# How much of what was not synced is there: nothing, all, or some.
KEPT: Final = (0.0, 0.1, 0.5, 0.9, 1.0)
TORN: Final = 0.25
SHUFFLED: Final = 0.5


@dataclass(slots=True, eq=False)
class Node:
    """A file or folder, whatever its names.

    Attributes:
        safe: the bytes that are on the disk for good.
        live: the bytes as the system shows them while there is power.
        waiting: what was written and not synced.
        is_folder: whether it holds names and not bytes.
    """

    safe: bytearray = field(default_factory=bytearray)
    live: bytearray = field(default_factory=bytearray)
    waiting: list[Event] = field(default_factory=list)
    is_folder: bool = False

    def take(self, event: Event) -> None:
        """Write or resize, in memory."""
        change(self.live, event, event.data)
        self.waiting.append(event)

    def sync(self, moment: int) -> None:
        """Bring to the disk what was written before a moment."""
        for event in (each for each in self.waiting if each.ended < moment):
            change(self.safe, event, event.data)
        self.waiting = [each for each in self.waiting if each.ended >= moment]

    def after_cut(self, chance: random.Random, kept: float) -> bytes:
        """Return bytes that may be found after a cut."""
        content = bytearray(self.safe)
        there = [each for each in self.waiting if chance.random() < kept]
        if chance.random() < SHUFFLED:
            chance.shuffle(there)
        for event in there:
            if event.kind is Kind.WRITE and chance.random() < TORN:
                tear(content, event, chance)
            else:
                change(content, event, event.data)
        return bytes(content)


class Disk:
    """All files below a folder that is there and safe from the beginning."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.live: dict[str, Node | None] = {root: Node(is_folder=True)}
        self.safe = dict(self.live)
        self.waiting: list[tuple[int, Mapping[str, Node | None]]] = []

    def take(self, event: Event) -> None:
        """Let something happen."""
        node = self.live.get(event.path)
        match event.kind:
            case Kind.FOLDER:
                self._name(event, {event.path: Node(is_folder=True)})
            case Kind.FILE if node is None:
                self._name(event, {event.path: Node()})
            case Kind.LINK:
                self._name(event, {event.other: node})
            case Kind.NAME:
                self._name(event, {event.path: None, event.other: node})
            case Kind.REMOVE:
                self._name(event, {event.path: None})
            case Kind.WRITE | Kind.SIZE if node is not None:
                # An end that moves is settled when it is written to.
                at = len(node.live) if event.at is None else event.at
                node.take(Event(event.kind, event.begun, event.ended, "", at=at, data=event.data))
            case Kind.SYNC if node is not None:
                self._sync(node, event)
            case _:
                pass  # an answer, or a file that has no name any more

    def _name(self, event: Event, names: Mapping[str, Node | None]) -> None:
        self.live.update(names)
        self.waiting.append((event.ended, names))

    def _sync(self, node: Node, event: Event) -> None:
        if not node.is_folder:
            node.sync(event.begun)
            return
        waiting, self.waiting = self.waiting, []
        for ended, names in waiting:
            inside = any(os.path.dirname(name) == event.path for name in names)  # noqa: PTH120 - of text
            if inside and ended < event.begun:
                self.safe.update(names)
            else:
                self.waiting.append((ended, names))

    def after_cut(self, chance: random.Random) -> Mapping[str, bytes | None]:
        """Return what may be found after a cut now: bytes of files, None for folders."""
        kept = chance.choice(KEPT)
        names = dict(self.safe)
        for _, changed in self.waiting:
            if chance.random() < kept:
                names.update(changed)
        found = {self.root: None} | {
            name: None if node.is_folder else node.after_cut(chance, kept)
            for name, node in sorted(names.items(), key=lambda item: item[0])
            if node is not None
        }
        # A name is found only if its folder is.
        return {name: found[name] for name in found if set(self._above(name)) <= found.keys()}

    def _above(self, name: str) -> Iterator[str]:
        while name != self.root:
            name = os.path.dirname(name)  # noqa: PTH120 - of text
            yield name


def change(content: bytearray, event: Event, data: bytes) -> None:
    """Write or resize as an event says."""
    if event.kind is Kind.SIZE:
        put(content, event.at or 0, b"")
        del content[event.at or 0 :]
    else:
        put(content, event.at or 0, data)


def put(content: bytearray, at: int, data: bytes) -> None:
    """Write bytes at a place; what lies between it and the old end is zeros."""
    content.extend(bytes(max(0, at - len(content))))
    content[at : at + len(data)] = data


def tear(content: bytearray, event: Event, chance: random.Random) -> None:
    """Write some sectors of a write alone, or its beginning, or rubbish in one of its sectors."""
    at, data = event.at or 0, event.data
    how = chance.choice(("sectors", "beginning", "rubbish"))
    if how == "beginning":
        put(content, at, data[: chance.randint(0, len(data))])
        return
    # The disk's sectors, not the write's: the first piece may be short.
    edges = [at, *range(at - at % SECTOR + SECTOR, at + len(data), SECTOR), at + len(data)]
    pieces = list(pairwise(edges))
    spoilt = chance.choice(pieces)
    for piece in pieces:
        start, end = piece
        if how == "rubbish":
            rubbish = chance.randbytes(end - start)
            put(content, start, rubbish if piece == spoilt else data[start - at : end - at])
        elif chance.choice((True, False)):
            put(content, start, data[start - at : end - at])
