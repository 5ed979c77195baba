"""What a person can take along of their diary."""

from collections.abc import Sequence
from datetime import date, datetime

from tracker.domain.archives import OPERATOR, Archive
from tracker.domain.diary import Diary, closed_until, diary_day
from tracker.domain.dossiers import Dossier, pseudonym
from tracker.domain.people import Account
from tracker.domain.phases import Phase
from tracker.domain.questionnaire import Questionnaire
from tracker.domain.responder import Rule
from tracker.domain.spans import Span
from tracker.domain.windows import Preset
from tracker.services.reports import read_report
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


def dossier(
    session: Session, who: Account, now: datetime, span: Span | None = None, *, notes: bool = False
) -> Dossier:
    """Return the diary with its report, for every file but the archive and the plain tables.

    Args:
        session: one that sees one moment (`snapshot`).
        who: the owner.
        now: when the file is made.
        span: only these nights; all by default.
        notes: with what the person wrote beside the answers.
    """
    reading = read_report(session, who, Rule.YOUNGER2013, Preset.WEEK, now)
    return Dossier(
        person=pseudonym(who.id),
        name=who.name,
        today=diary_day(now, who.tzinfo, who.rollover),
        closed_until=reading.closed_until,
        diary=reading.diary,
        asked=questionnaires.current(session, who.id).items,
        phases=reading.phases,
        report=reading.report,
        span=span,
        notes=notes,
        changed=diaries.list_changed(session, who.id),
        happened=reading.happenings,
        openings=reading.openings,
    )


def archive(session: Session, who: Account) -> Archive:
    """Return everything; give a session that sees one moment (`snapshot`)."""
    return archives.load_archive(session, who)


def note_by_operator(session: Session, who: Account, form: str, now: datetime) -> None:
    """Write down, for the person to see, that the operator took a copy of the diary."""
    audit.record(session, who.id, "diary.exported", OPERATOR, now, format=form)
