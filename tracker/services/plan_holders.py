"""What a second person can do who holds a plan's key: seal its order, look at it, open it.

They come by a link and have no account. Whoever has the link and the passphrase can do this; the
passphrase is kept nowhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tracker.boxes import BoxRefused, Key, Lock, Parcel, lock_up, new_key
from tracker.domain.attempts import Bucket, network
from tracker.domain.blinding import revealed
from tracker.domain.diary import diary_day
from tracker.domain.people import Account
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.plans import PlanRefused
from tracker.domain.shares import token_in
from tracker.domain.started_plans import Sealing, StartedPlan, Unblinding
from tracker.domain.words import N_
from tracker.services import plans as plan_deeds
from tracker.services.people import Door, hash_of
from tracker.services.plan_starts import Draw, sealed_order
from tracker.services.plans import KeyMissing, has_begun, order_of
from tracker.services.shares import LinkClosed
from tracker.storage import accounts, attempts, audit, phases, plans
from tracker.storage.attempts import Key as Bucketed
from tracker.storage.database import Session

ACTOR: Final = "holder"  # in the audit chain


@dataclass(frozen=True, slots=True)
class Held:
    """A plan as its key's holder sees it; `blinded` are its phases that are still hidden."""

    owner: Account
    started: StartedPlan
    blinded: Sequence[Phase]


@dataclass(frozen=True, slots=True)
class Told:
    """A plan, and what its hidden phases are."""

    held: Held
    phases: Sequence[Phase]


def find(door: Door, link: str) -> Held:
    """Return the plan that a link leads to; how often links are tried is counted.

    Raises:
        LinkClosed: it leads nowhere.
        TooManyAttempts: it was tried too often from this network.
    """
    tried = Bucketed(Bucket.LINK, f"plan {network(door.visitor.address)}")
    door.database.write(lambda session: attempts.count(session, [tried], door.now))
    with door.database.reading() as session:
        held = _found(session, link)
    door.database.write(lambda session: attempts.forgive(session, tried, door.now))
    return held


def seal(door: Door, link: str, passphrase: str, draw: Draw) -> Told:
    """Draw the order and seal it under a passphrase; return it once.

    Raises:
        LinkClosed: the link leads nowhere.
        PlanRefused: it is sealed already, or its hidden part would have begun.
        BoxRefused: the passphrase is too short.
    """
    held = find(door, link)
    started, who = held.started, held.owner
    if not started.waits:
        raise PlanRefused(N_("The order of this plan is sealed already."))
    today = diary_day(door.now, who.tzinfo, who.rollover)
    late = [phase.start for phase in held.blinded if phase.start < today]
    if late:
        raise has_begun(late[0])
    key = new_key()
    lock = lock_up(key, passphrase)
    box = sealed_order(started.plan, started.id, key.public, draw)
    sealing = Sealing(lock.public, lock.hidden, box)

    def write(session: Session) -> None:
        if not plans.seal(session, who.id, started.id, sealing):
            raise PlanRefused(N_("The order of this plan is sealed already."))
        audit.record(session, who.id, "plan.sealed", ACTOR, door.now, plan=started.id)

    door.database.write(write)
    return _told(find(door, link), key)


def look(door: Door, link: str, passphrase: str) -> Told:
    """Return the order again; the diary's owner sees that it was looked at.

    Raises:
        LinkClosed: the link leads nowhere.
        PlanRefused: nothing is sealed, or it is open already.
        BoxRefused: the passphrase is another.
        TooManyAttempts: there were many guesses.
    """
    held, key = _opened(door, link, passphrase)
    told = _told(held, key)

    def write(session: Session) -> None:
        plans.look(session, held.owner.id, held.started.id, door.now)
        owner = held.owner.id
        audit.record(session, owner, "plan.looked_at", ACTOR, door.now, plan=held.started.id)

    door.database.write(write)
    return told


def reveal(door: Door, link: str, passphrase: str, unblinding: Unblinding) -> Held:
    """Open the order for everybody who reads the diary.

    Raises:
        LinkClosed: the link leads nowhere.
        PlanRefused: nothing is sealed, or it is open already.
        BoxRefused: the passphrase is another.
        TooManyAttempts: there were many guesses.
    """
    held, key = _opened(door, link, passphrase)
    plan_id = held.started.id
    door.database.write(
        lambda session: plan_deeds.reveal(
            session, held.owner, plan_id, key, unblinding, actor=ACTOR
        )
    )
    return find(door, link)


def key_file(door: Door, link: str) -> bytes:
    """Return what opens the order where this server is lost, closed under the passphrase.

    Raises:
        LinkClosed: the link leads nowhere.
        PlanRefused: nothing is sealed.
    """
    held = find(door, link)
    sealing = held.started.sealing
    if sealing is None or sealing.box is None:
        raise _unsealed()
    return Parcel(held.started.about, _lock(sealing), sealing.box).written()


def reveal_by_file(
    door: Door,
    owner: Account,
    plan_id: str,
    content: bytes,
    passphrase: str,
    unblinding: Unblinding,
) -> None:
    """Open the order by its holder's key file and passphrase, wherever the plan is kept now.

    Raises:
        PlanRefused: there is no such plan, or it is open already.
        BoxRefused: the file is another's, or the passphrase is another.
        TooManyAttempts: there were many guesses.
    """
    parcel = Parcel.read(content)
    with door.database.reading() as session:
        started, _phases = plan_deeds.find(session, owner, plan_id)
    is_its = started.sealing is None or started.sealing.public == parcel.lock.public
    if parcel.about != started.about or not is_its:
        raise BoxRefused(N_("This key file belongs to another plan."))
    key = _key(door, started, parcel.lock, passphrase)
    door.database.write(
        lambda session: plan_deeds.reveal(
            session, owner, plan_id, key, unblinding, actor=owner.id, box=parcel.box
        )
    )


def _opened(door: Door, link: str, passphrase: str) -> tuple[Held, Key]:
    held = find(door, link)
    sealing = held.started.sealing
    if sealing is None or sealing.hidden is None:
        raise _unsealed()
    if not held.started.is_blinded:
        raise PlanRefused(N_("The order of this plan is open already."))
    return held, _key(door, held.started, _lock(sealing), passphrase)


def _key(door: Door, started: StartedPlan, lock: Lock, passphrase: str) -> Key:
    """Return the key of a lock; each guess is counted before it is looked at."""
    guess = Bucketed(Bucket.PASSWORD, started.about)
    door.database.write(lambda session: attempts.count(session, [guess], door.now))
    key = lock.opened(passphrase)
    door.database.write(lambda session: attempts.clear(session, guess))
    return key


def _lock(sealing: Sealing) -> Lock:
    return Lock(sealing.public, sealing.hidden or b"")


def _unsealed() -> KeyMissing:
    return KeyMissing(N_("Nothing is sealed in this plan yet."))


def _told(held: Held, key: Key) -> Told:
    order = order_of(held.started, key)
    return Told(held, revealed(held.started.plan, order, held.blinded))


def _found(session: Session, link: str) -> Held:
    held = plans.find_by_link(session, hash_of(token_in(link)))
    owner = None if held is None else accounts.find(session, held.owner)
    if held is None or owner is None or not owner.is_open:
        raise LinkClosed
    mine = [
        stored.phase
        for stored in phases.list_phases(session, owner.id)
        if stored.plan == held.started.id and stored.phase.kind is PhaseKind.BLINDED
    ]
    return Held(owner, held.started, mine)
