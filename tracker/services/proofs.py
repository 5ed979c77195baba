"""What a typed code proves: that of an app, once, or one of the recovery codes for when it is away.

A code is looked at in three steps, so that a wrong one takes as long as a wrong password: `read`
what it is compared with before the password is hashed, `find` the proof, `use` it up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tracker.domain.factors import Factor
from tracker.domain.recovery import hash_code
from tracker.services import codes
from tracker.storage import audit, factors, recovery
from tracker.storage.database import Session
from tracker.storage.recovery import CodeKind


@dataclass(frozen=True, slots=True)
class Held:
    """What an account proves by: its factors, and whether the typed code is a recovery code."""

    factors: Sequence[Factor]
    is_recovery_code: bool


@dataclass(frozen=True, slots=True)
class Proof:
    """A typed code that is right. `factor` is None where it is the recovery code of `hashed`."""

    factor: Factor | None
    step: int = 0
    hashed: bytes = b""


def read(session: Session, owner: str, typed: str) -> Held:
    """Return what a code is compared with; "" for an owner, where there is no such person."""
    hashed = hash_code(typed)
    return Held(
        factors.confirmed(session, owner),
        recovery.is_good(session, owner, CodeKind.FACTOR, hashed),
    )


def find(held: Held, owner: str, typed: str, key: bytes, now: datetime) -> Proof | None:
    """Return what `typed` proves; None where it proves nothing.

    Args:
        held: what it is compared with.
        owner: whose factors these are.
        typed: the code.
        key: under which secrets are encrypted.
        now: when.
    """
    for factor in held.factors:
        secret = codes.unseal_secret(key, factor.secret, owner, factor.id)
        step = None if secret is None else codes.step_of(secret, typed, now)
        if step is not None:
            return Proof(factor, step)
    return Proof(None, hashed=hash_code(typed)) if held.is_recovery_code else None


def use(session: Session, owner: str, proof: Proof, now: datetime) -> bool:
    """Use a code up; return False where that was done before."""
    if proof.factor is not None:
        return factors.use_step(session, owner, proof.factor.id, proof.step)
    if not recovery.use(session, owner, CodeKind.FACTOR, proof.hashed, now):
        return False
    audit.record(session, owner, "factor.code_used", owner, now)
    return True
