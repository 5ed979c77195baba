"""Studies as rows: what one is, who runs it, what is agreed to, by which codes people join."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from tracker.boxes import Lock
from tracker.domain.questionnaire import Ruler
from tracker.domain.studies import Consent, Draft, EnrolmentCode, Member, Protocol, Study
from tracker.storage.models import consents, enrolment_codes, studies, study_members
from tracker.storage.phases import UG_A_MG
from tracker.storage.questionnaires import AnyRow

_CONSENT: Final = (
    select(func.coalesce(func.max(consents.c.version), 0))
    .where(consents.c.study == studies.c.id)
    .scalar_subquery()
    .label("consent")
)
_STUDIES: Final = select(*(c for c in studies.columns if c.name != "hidden_key"), _CONSENT)
_BY_ID: Final = _STUDIES.where(studies.c.id == bindparam("id"))
_RUN_BY: Final = (
    _STUDIES.add_columns(*(c.label(f"member_{c.name}") for c in study_members.columns))
    .join(study_members, study_members.c.study == studies.c.id)
    .where(study_members.c.account == bindparam("account"))
    .order_by(studies.c.created_at.desc(), studies.c.id)
)
_ONE_RUN_BY: Final = _RUN_BY.where(studies.c.id == bindparam("id"))
_OPEN_CODES: Final = (
    enrolment_codes.c.revoked_at.is_(None),
    enrolment_codes.c.uses_left > 0,
    enrolment_codes.c.expires_at > bindparam("now"),
)


def add(session: Session, study: Study) -> None:
    """Store a new study."""
    draft, protocol = study.draft, study.draft.protocol
    session.execute(
        insert(studies).values(
            id=study.id,
            title=draft.title,
            plan=protocol.plan,
            medicine=protocol.medicine,
            dose_ug=None if protocol.dose_mg is None else int(protocol.dose_mg * UG_A_MG),
            pairs=protocol.pairs,
            period_days=protocol.period_days,
            washout_days=protocol.washout_days,
            baseline_days=protocol.baseline_days,
            ruler=draft.ruler.value,
            items=" ".join(draft.items),
            size=draft.size,
            least_nights=draft.least_nights,
            enrolled=0,
            created_at=study.created_at,
        )
    )


def find(session: Session, study_id: str) -> Study | None:
    """Return a study."""
    row = session.execute(_BY_ID, {"id": study_id}).first()
    return None if row is None else _read(row)


def hold(session: Session, study_id: str) -> None:
    """Let all other deeds on this study wait until the end of this one."""
    session.execute(select(studies.c.id).where(studies.c.id == study_id).with_for_update())


def list_run_by(session: Session, account: str) -> Sequence[tuple[Study, Member]]:
    """Return the studies that somebody runs or holds the key of, newest first, and as what."""
    rows = session.execute(_RUN_BY, {"account": account})
    return [(_read(row), _read_member(row, "member_")) for row in rows]


def find_run_by(session: Session, study_id: str, account: str) -> tuple[Study, Member] | None:
    """Return a study, and as what somebody runs it; None where they don't."""
    row = session.execute(_ONE_RUN_BY, {"id": study_id, "account": account}).first()
    return None if row is None else (_read(row), _read_member(row, "member_"))


def change(session: Session, study_id: str, **values: object) -> None:
    """Set columns of a study."""
    session.execute(update(studies).where(studies.c.id == study_id).values(**values))


def set_lock(session: Session, study_id: str, lock: Lock) -> None:
    """Keep what closes the boxes of a study, and what opens them by a passphrase."""
    change(session, study_id, public_key=lock.public, hidden_key=lock.hidden)


def find_lock(session: Session, study_id: str) -> Lock | None:
    """Return the lock of a study; None while it has none."""
    asked = select(studies.c.public_key, studies.c.hidden_key).where(studies.c.id == study_id)
    public, hidden = session.execute(asked).one()
    return None if public is None else Lock(public, hidden)


def next_number(session: Session, study_id: str) -> int:
    """Count one more person in, and return as which they joined."""
    one_more = update(studies).where(studies.c.id == study_id)
    counted = one_more.values(enrolled=studies.c.enrolled + 1).returning(studies.c.enrolled)
    number: int = session.scalars(counted).one()
    return number


def add_member(session: Session, study_id: str, member: Member, now: datetime) -> None:
    """Store somebody who runs a study."""
    session.execute(
        insert(study_members).values(
            study=study_id,
            account=member.account,
            name=member.name,
            coordinates=member.coordinates,
            holds_key=member.holds_key,
            created_at=now,
        )
    )


def let_hold(session: Session, study_id: str, account: str) -> None:
    """Let a member hold the key too."""
    mine = (study_members.c.study == study_id, study_members.c.account == account)
    session.execute(update(study_members).where(*mine).values(holds_key=True))


def list_members(session: Session, study_id: str) -> Sequence[Member]:
    """Return who runs a study, oldest first."""
    asked = select(study_members).where(study_members.c.study == study_id)
    rows = session.execute(asked.order_by(study_members.c.created_at, study_members.c.name))
    return [_read_member(row) for row in rows]


def forget_member(session: Session, account: str) -> None:
    """Take somebody out of every study that they run: their account is erased."""
    session.execute(delete(study_members).where(study_members.c.account == account))


def add_consent(session: Session, study_id: str, consent: Consent) -> None:
    """Store the next version of what people agree to."""
    values = {"study": study_id, "version": consent.version}
    session.execute(insert(consents).values(**values, words=consent.text, created_at=consent.at))


def list_consents(session: Session, study_id: str) -> Sequence[Consent]:
    """Return all versions of what people agree to, newest first."""
    asked = select(consents).where(consents.c.study == study_id)
    rows = session.execute(asked.order_by(consents.c.version.desc()))
    return [Consent(row.version, row.words, row.created_at) for row in rows]


def add_code(session: Session, study_id: str, code: EnrolmentCode, hashed: bytes) -> None:
    """Store a new code by which people join."""
    session.execute(
        insert(enrolment_codes).values(
            study=study_id,
            id=code.id,
            code_sha256=hashed,
            created_at=code.created_at,
            expires_at=code.expires_at,
            uses_left=code.uses_left,
        )
    )


def list_codes(session: Session, study_id: str, now: datetime) -> Sequence[EnrolmentCode]:
    """Return the codes by which people can join now, newest first."""
    asked = select(enrolment_codes).where(enrolment_codes.c.study == study_id, *_OPEN_CODES)
    newest = asked.order_by(enrolment_codes.c.created_at.desc(), enrolment_codes.c.id)
    return [
        EnrolmentCode(row.id, row.created_at, row.expires_at, row.uses_left)
        for row in session.execute(newest, {"now": now})
    ]


def study_of_code(session: Session, hashed: bytes, now: datetime) -> Study | None:
    """Return the study that this code leads to; None where it opens nothing (any more)."""
    asked = _STUDIES.join(enrolment_codes, enrolment_codes.c.study == studies.c.id)
    opened = asked.where(enrolment_codes.c.code_sha256 == hashed, *_OPEN_CODES)
    row = session.execute(opened, {"now": now}).first()
    return None if row is None else _read(row)


def use_code(session: Session, hashed: bytes, now: datetime) -> Study | None:
    """Use a code once, and return its study; None where it opens nothing (any more)."""
    mine = update(enrolment_codes).where(enrolment_codes.c.code_sha256 == hashed, *_OPEN_CODES)
    used = mine.values(uses_left=enrolment_codes.c.uses_left - 1)
    study = session.scalar(used.returning(enrolment_codes.c.study), {"now": now})
    return None if study is None else find(session, study)


def revoke_code(session: Session, study_id: str, code_id: str, now: datetime) -> bool:
    """Take a code back; return False where there is no such open one."""
    mine = (enrolment_codes.c.study == study_id, enrolment_codes.c.id == code_id)
    taken = update(enrolment_codes).where(*mine, *_OPEN_CODES).values(revoked_at=now)
    return session.execute(taken.returning(enrolment_codes.c.id), {"now": now}).first() is not None


def list_all(session: Session) -> Sequence[Study]:
    """Return every study, oldest first: for the operator."""
    rows = session.execute(_STUDIES.order_by(studies.c.created_at, studies.c.id))
    return [_read(row) for row in rows]


def _read(row: AnyRow) -> Study:
    protocol = Protocol(
        plan=row.plan,
        medicine=row.medicine,
        dose_mg=None if row.dose_ug is None else Decimal(row.dose_ug) / UG_A_MG,
        pairs=row.pairs,
        period_days=row.period_days,
        washout_days=row.washout_days,
        baseline_days=row.baseline_days,
    )
    items = tuple(row.items.split())
    return Study(
        id=row.id,
        draft=Draft(row.title, protocol, Ruler(row.ruler), items, row.size, row.least_nights),
        created_at=row.created_at,
        enrolled=row.enrolled,
        consent=row.consent,
        public=row.public_key,
        closed_at=row.closed_at,
        asked_by=row.asked_by,
        unblinded_at=row.unblinded_at,
    )


def _read_member(row: Any, prefix: str = "") -> Member:  # noqa: ANN401 - columns of any statement
    names = ("account", "name", "coordinates", "holds_key")
    return Member(*(getattr(row, f"{prefix}{name}") for name in names))
