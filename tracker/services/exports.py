"""What a person can take along of their diary."""

from collections.abc import Sequence
from datetime import date, datetime

from tracker.domain.archives import OPERATOR, Archive
from tracker.domain.diary import Diary, closed_until, diary_day
from tracker.domain.people import Account
from tracker.domain.phases import Phase
from tracker.domain.questionnaire import Questionnaire
from tracker.storage import archives, audit, diaries, phases, questionnaires
from tracker.storage.database import Session


def nights(session: Session, who: Account) -> tuple[Diary, Questionnaire]:
    """Return all nights that stand, and what is asked today."""
    return diaries.load_diary(session, who.id), questionnaires.current(session, who.id)


def spans(session: Session, who: Account, now: datetime) -> tuple[Sequence[Phase], date]:
    """Return the phases, and the day after the last closed one."""
    diary = diaries.load_diary(session, who.id)
    today = diary_day(now, who.tzinfo, who.rollover)
    return phases.load_phases(session, who.id), closed_until(diary, today)


def archive(session: Session, who: Account) -> Archive:
    """Return everything; give a session that sees one moment (`snapshot`)."""
    return archives.load_archive(session, who)


def note_by_operator(session: Session, who: Account, form: str, now: datetime) -> None:
    """Write down, for the person to see, that the operator took a copy of the diary."""
    audit.record(session, who.id, "diary.exported", OPERATOR, now, format=form)
