"""What those who run a study can do with it: make it, name others, word the consent, end it."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from string import ascii_letters
from typing import Final

from tracker import boxes
from tracker.domain.blinding import encode_order
from tracker.domain.people import Account, Role
from tracker.domain.randomisation import MOST_SLOTS, draw_orders
from tracker.domain.recovery import hash_code, make_code
from tracker.domain.studies import (
    CODE_LIFE,
    MOST_USES,
    Consent,
    Draft,
    EnrolmentCode,
    Member,
    Study,
    StudyRefused,
    StudyState,
    checked,
    clean_consent,
)
from tracker.domain.words import N_
from tracker.services.plans import order_in
from tracker.storage import accounts, audit, participants, studies
from tracker.storage.database import Session

FIRST_SLOTS: Final = 400  # [O] drawn with the key; more can be added
LOG_LINES: Final = 500


@dataclass(frozen=True, slots=True)
class Run:
    """A study, and as what somebody runs it."""

    study: Study
    member: Member


@dataclass(frozen=True, slots=True)
class Packed:
    """One line of the packing list: a slot, its order in the plan, who took it (None: nobody)."""

    slot: int
    order: int
    code: str | None


def make(session: Session, who: Account, draft: Draft, now: datetime) -> Study:
    """Make a study, run by `who`.

    Raises:
        StudyRefused: it can't be so.
        PlanRefused: its plan can't be lived.
        TextRefused: a text is too long, or holds what can't be seen.
    """
    study = Study(_new_id(), checked(draft), now)
    studies.add(session, study)
    member = Member(who.id, who.name, coordinates=True, holds_key=False)
    studies.add_member(session, study.id, member, now)
    audit.record(session, study.id, "study.made", who.id, now)
    return study


def list_run(session: Session, who: Account) -> Sequence[Run]:
    """Return the studies that somebody runs or holds the key of, newest first."""
    return [Run(*found) for found in studies.list_run_by(session, who.id)]


def find_run(session: Session, study_id: str, who: Account) -> Run | None:
    """Return a study as `who` runs it; None where they don't."""
    if who.role is not Role.COORDINATOR:
        return None
    found = studies.find_run_by(session, study_id, who.id)
    return None if found is None else Run(*found)


def members(session: Session, study: Study) -> Sequence[Member]:
    """Return who runs a study, oldest first."""
    return studies.list_members(session, study.id)


def name_member(session: Session, run: Run, name: str, *, holds_key: bool, now: datetime) -> None:
    """Name somebody who coordinates too, or who holds the key and sees nobody's nights.

    Raises:
        StudyRefused: there is no such coordinator's account, they are named already, or the key
            has a holder.
    """
    account = accounts.find_by_name(session, name)
    if account is None or account.role is not Role.COORDINATOR or not account.is_open:
        raise StudyRefused(
            N_("There is no coordinator's account of this name. The operator makes them.")
        )
    known = studies.list_members(session, run.study.id)
    if any(one.account == account.id for one in known):
        raise StudyRefused(N_("They are named already."))
    if holds_key and any(one.holds_key for one in known):
        raise StudyRefused(N_("The key has a holder already."))
    member = Member(account.id, account.name, coordinates=not holds_key, holds_key=holds_key)
    studies.add_member(session, run.study.id, member, now)
    _record(session, run, "study.member_named", now, member=account.id)


def consents(session: Session, study: Study) -> Sequence[Consent]:
    """Return all versions of what people agree to, newest first."""
    return studies.list_consents(session, study.id)


def write_consent(session: Session, run: Run, text: str, now: datetime) -> int:
    """Store the next version of what people agree to; who joined before agreed to theirs.

    Raises:
        StudyRefused: it is empty.
        TextRefused: it is too long, or holds what can't be seen.
    """
    version = run.study.consent + 1
    studies.add_consent(session, run.study.id, Consent(version, clean_consent(text), now))
    _record(session, run, "study.consent_written", now, version=version)
    return version


def set_key(session: Session, run: Run, lock: boxes.Lock, now: datetime) -> None:
    """Keep the study's lock, and draw and seal the orders of its first slots.

    Whoever does it holds the key from then on; `lock` was made before, for that takes a while.

    Raises:
        StudyRefused: there is a key, somebody else is its holder, or nothing is drawn.
    """
    study = run.study
    studies.hold(session, study.id)
    if studies.find_lock(session, study.id) is not None or not study.is_drawn:
        raise StudyRefused(N_("This study has its key, or needs none."))
    if not run.member.holds_key:
        if any(one.holds_key for one in studies.list_members(session, study.id)):
            raise StudyRefused(N_("Somebody else is to hold the key: they set the passphrase."))
        studies.let_hold(session, study.id, run.member.account)
    studies.set_lock(session, study.id, lock)
    _record(session, run, "study.key_set", now)
    _add_slots(session, run, lock.public, FIRST_SLOTS, now)


def add_slots(session: Session, run: Run, slots: int, now: datetime) -> int:
    """Draw and seal more slots; return how many were added, in whole blocks.

    Raises:
        StudyRefused: there is no key yet, or there would be too many slots.
    """
    studies.hold(session, run.study.id)
    lock = studies.find_lock(session, run.study.id)
    there, _taken = participants.count_slots(session, run.study.id)
    if lock is None or not 0 < slots <= MOST_SLOTS - there:
        raise StudyRefused(N_("A study has at most %(most)s slots."), most=MOST_SLOTS)
    return _add_slots(session, run, lock.public, slots, now)


def packing_list(session: Session, run: Run, passphrase: str, now: datetime) -> Sequence[Packed]:
    """Return which order lies in which slot; the log says that it was looked at.

    Raises:
        StudyRefused: there is no key yet.
        BoxRefused: the passphrase is another.
    """
    key = opened(session, run.study, passphrase)
    plan = run.study.draft.protocol.steps()
    found = [
        Packed(slot, order_in(box, key, plan, about(run.study, slot)), code)
        for slot, code, box in participants.list_boxes(session, run.study.id)
    ]
    _record(session, run, "study.list_printed", now)
    return found


def new_code(session: Session, run: Run, uses: int, now: datetime) -> str:
    """Return a code by which people join: for so many of them, for ninety days.

    Raises:
        StudyRefused: nobody can join now, or the number is out of range.
    """
    if run.study.state is not StudyState.OPEN:
        raise StudyRefused(N_("Nobody can join now: the study is not ready yet, or closed."))
    if not 0 < uses <= MOST_USES:
        raise StudyRefused(N_("A code is for 1 to %(most)s people."), most=MOST_USES)
    code = make_code(secrets.choice)
    made = EnrolmentCode(secrets.token_urlsafe(16), now, now + CODE_LIFE, uses)
    studies.add_code(session, run.study.id, made, hash_code(code))
    _record(session, run, "study.code_made", now, code=made.id, uses=uses)
    return code


def codes(session: Session, study: Study, now: datetime) -> Sequence[EnrolmentCode]:
    """Return the codes by which people can join now, newest first."""
    return studies.list_codes(session, study.id, now)


def revoke_code(session: Session, run: Run, code_id: str, now: datetime) -> bool:
    """Take a code back; return False where there is no such open one."""
    if not studies.revoke_code(session, run.study.id, code_id, now):
        return False
    _record(session, run, "study.code_revoked", now, code=code_id)
    return True


def close(session: Session, run: Run, now: datetime) -> None:
    """End enrolment; those who take part go on."""
    if run.study.closed_at is None:
        studies.change(session, run.study.id, closed_at=now)
        _record(session, run, "study.closed", now)


def reopen(session: Session, run: Run, now: datetime) -> None:
    """Let people join again.

    Raises:
        StudyRefused: the arms are known.
    """
    if run.study.unblinded_at is not None:
        raise StudyRefused(N_("The arms are known: nobody can join any more."))
    if run.study.closed_at is not None:
        studies.change(session, run.study.id, closed_at=None, asked_by=None)
        _record(session, run, "study.reopened", now)


def log(session: Session, study: Study) -> Sequence[audit.Event]:
    """Return the newest deeds on a study, newest first."""
    return audit.events_of(session, study.id, LOG_LINES)


def opened(session: Session, study: Study, passphrase: str) -> boxes.Key:
    """Return the key of a study's boxes; takes about half a second.

    Raises:
        StudyRefused: there is none yet.
        BoxRefused: the passphrase is another.
    """
    lock = studies.find_lock(session, study.id)
    if lock is None:
        raise StudyRefused(N_("This study has no key yet."))
    return lock.opened(passphrase)


def about(study: Study, slot: int) -> str:
    """Return what the box of a slot is about: elsewhere it doesn't open."""
    return f"study {study.id} slot {slot}"


def _new_id() -> str:
    """Return a fresh id that begins with a letter: a command line takes a hyphen for an option."""
    return secrets.choice(ascii_letters) + secrets.token_urlsafe(16)[1:]


def _add_slots(session: Session, run: Run, public: bytes, slots: int, now: datetime) -> int:
    """Draw the orders, close them in boxes, and forget them."""
    study = run.study
    there, _taken = participants.count_slots(session, study.id)
    orders = draw_orders(len(study.draft.protocol.steps().orders), slots, secrets.randbelow)
    closed = [
        boxes.close(public, encode_order(order), about(study, slot))
        for slot, order in enumerate(orders, there + 1)
    ]
    participants.add_slots(session, study.id, there + 1, closed)
    _record(session, run, "study.slots_drawn", now, slots=len(closed))
    return len(closed)


def _record(session: Session, run: Run, verb: str, now: datetime, **ids: object) -> None:
    audit.record(session, run.study.id, verb, run.member.account, now, **ids)
