"""The audit chains read again: every line that is not as it was sealed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final

from sqlalchemy import select

from tracker.domain.words import N_, Refused
from tracker.storage.audit import EVENTS, GENESIS, LINE, Checkpoint, Event
from tracker.storage.database import Session
from tracker.storage.models import audit_checkpoints, audit_events, audit_heads, erasures

BATCH: Final = 1_000

# Each chain's hashes that were once signed, by the event's number.
Signed = Mapping[str, Mapping[int, str]]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a chain is not as it was.

    Attributes:
        owner: whose chain; "" where it can't be said.
        number: the event, or the line of the file.
        problem: a marked sentence with places for owner and number.
    """

    owner: str
    number: int
    problem: str

    def as_refusal(self) -> Refused:
        """Return the finding as a sentence that can be translated."""
        return Refused(self.problem, owner=self.owner, number=self.number)


CHANGED: Final = N_("Chain %(owner)s: event %(number)s is not as it was written.")
MISSING: Final = N_("Chain %(owner)s: event %(number)s is missing.")
CUT: Final = N_("Chain %(owner)s: it once had event %(number)s, which is gone.")
OTHER: Final = N_("Chain %(owner)s: event %(number)s is not the one that was signed.")
HEAD: Final = N_("Chain %(owner)s: its head does not name event %(number)s, its last.")
FORGED: Final = N_("Chain %(owner)s: the checkpoint at event %(number)s has a wrong signature.")
UNREADABLE: Final = N_("Line %(number)s of the checkpoints can't be read.")


@dataclass(frozen=True, slots=True)
class Verified:
    """What reading all chains gave: how much there is, and what is wrong with it."""

    chains: int
    events: int
    findings: tuple[Finding, ...]


def verify(session: Session, outside: Iterable[str] = ()) -> Verified:
    """Read every chain with the key; memory stays flat in the number of events.

    Args:
        session: of a database opened with its audit key.
        outside: lines of the checkpoints kept outside the database.
    """
    key: bytes = session.info["audit_key"]
    findings: list[Finding] = []
    signed: dict[str, dict[int, str]] = {}
    inside = tuple(_inside(session))
    for each in (*inside, *_read(outside, frozenset(inside), findings)):
        if each.is_genuine(key):
            signed.setdefault(each.owner, {})[each.number] = each.hash
        else:
            findings.append(Finding(each.owner, each.number, FORGED))
    heads = {
        owner: (number, head)
        for owner, number, head in session.execute(
            select(audit_heads.c.owner, audit_heads.c.number, audit_heads.c.hash)
        )
    }
    rows = session.execute(
        EVENTS.order_by(audit_events.c.owner, audit_events.c.number),
        execution_options={"yield_per": BATCH},
    )
    chains = events = 0
    for owner, chain in groupby((Event(*row) for row in rows), key=lambda event: event.owner):
        last, found = _follow(key, chain, signed.pop(owner, {}))
        if heads.pop(owner, None) != last:
            found = (*found, Finding(owner, last[0], HEAD))
        findings.extend(found)
        chains, events = chains + 1, events + last[0]
    findings.extend(_vanished(session, heads, signed))
    return Verified(chains, events, tuple(findings))


def _follow(
    key: bytes, chain: Iterable[Event], signed: Mapping[int, str]
) -> tuple[tuple[int, str], tuple[Finding, ...]]:
    """Return the last event's number and hash, and what is wrong up to there."""
    number, previous = 0, GENESIS
    findings: list[Finding] = []
    for event in chain:
        number += 1
        if event.number != number:
            findings.append(Finding(event.owner, number, MISSING))
        elif event.previous != previous or event.hash != event.seal(key):
            findings.append(Finding(event.owner, number, CHANGED))
        elif signed.get(number, event.hash) != event.hash:
            findings.append(Finding(event.owner, number, OTHER))
        number, previous, owner = event.number, event.hash, event.owner
    findings.extend(Finding(owner, each, CUT) for each in signed if each > number)
    return (number, previous), tuple(findings)


def _vanished(
    session: Session, heads: Mapping[str, tuple[int, str]], signed: Signed
) -> Iterator[Finding]:
    """Name the chains of which nothing is left though nobody was erased."""
    erased = set(session.scalars(select(erasures.c.owner)))
    once = {owner: number for owner, (number, _) in heads.items() if number}
    once |= {owner: max(numbers) for owner, numbers in signed.items()}
    for owner, number in once.items():
        if owner not in erased:
            yield Finding(owner, number, CUT)


def _inside(session: Session) -> Iterator[Checkpoint]:
    columns = audit_checkpoints.c
    rows = session.execute(
        select(columns.owner, columns.number, columns.hash, columns.at, columns.signature)
    )
    for row in rows:
        yield Checkpoint(*row)


def _read(
    lines: Iterable[str], inside: frozenset[Checkpoint], findings: list[Finding]
) -> Iterator[Checkpoint]:
    """Yield the checkpoints of a list, which must be one of this database.

    The outside is written first. So what can't be read after all that stands inside too is
    what a power cut left of lines on their way: they count for nothing, and are written again.
    """
    unsure: list[Finding] = []
    is_ours = not inside
    for at, line in enumerate(lines, start=1):
        try:
            found = _checkpoint(line)
        except ValueError:
            unsure.append(Finding("", at, UNREADABLE))
            continue
        if found in inside:
            is_ours = True
            findings.extend(unsure)
            unsure.clear()
        yield found
    if not is_ours:
        findings.extend(unsure)


def _checkpoint(line: str) -> Checkpoint:
    match = LINE.fullmatch(line)
    if match is None:
        raise ValueError(line)
    owner, number, head, when, signature = match.groups()
    return Checkpoint(owner, int(number), head, datetime.fromisoformat(when), signature)
