"""Keep true what is counted ahead, sums and glances, after a diary was changed."""

from datetime import datetime

from tracker.domain.diary import diary_day
from tracker.domain.people import Account
from tracker.domain.revisions import Revision
from tracker.domain.spans import ONE_DAY
from tracker.services import glances
from tracker.storage import diaries, phases, questionnaires, summaries
from tracker.storage.database import Session
from tracker.storage.diaries import Standing


def refresh(session: Session, who: Account, now: datetime) -> None:
    """Put all in place of whatever it was, after many nights, phases or questions changed.

    Call it after the deed's audit event, which holds the owner's lock.
    """
    today = diary_day(now, who.tzinfo, who.rollover)
    head = diaries.find_head(session, who.id, today)
    is_closed = head is not None and head.entry.is_logged
    windows = summaries.windows_of(
        phases.load_phases(session, who.id), today + ONE_DAY if is_closed else today
    )
    summaries.refresh(session, who.id, questionnaires.current(session, who.id), windows)
    glances.refresh(session, who, now)


def recount(
    session: Session, who: Account, standing: Standing, revision: Revision, now: datetime
) -> None:
    """Count anew after one night; call it after the audit event, which holds the owner's lock.

    Where nobody may read the diary, glances cost nothing.
    """
    _recount_sums(session, who, standing, revision, now)
    if standing.has_readers:
        glances.recount(session, who, now)


def _recount_sums(
    session: Session, who: Account, standing: Standing, revision: Revision, now: datetime
) -> None:
    today = diary_day(now, who.tzinfo, who.rollover)
    windows = summaries.windows_of(standing.phases, today)
    if windows.baseline is None and windows.phase is None:
        return
    # Today is closed once its entry exists.
    if revision.day == today:
        is_closed = bool(revision.answers)
    else:
        head = diaries.find_head(session, who.id, today)
        is_closed = head is not None and head.entry.is_logged
    closed_until = today + ONE_DAY if is_closed else today
    windows = summaries.windows_of(standing.phases, closed_until)
    summaries.recount(session, who.id, standing.questionnaire, windows)
