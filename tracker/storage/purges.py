"""Words that a person took back leave the database once they can't be undone any more."""

from datetime import datetime

from sqlalchemy import and_, exists, or_, select, update
from sqlalchemy.orm import Session

from tracker.domain.revisions import Outcome
from tracker.storage.models import entries, revisions


def purge_words(session: Session, before: datetime, now: datetime) -> int:
    """Empty the words of nights and notes that were deleted up to `before`, for good.

    A deleted night loses notes and reasons in all its revisions; a night whose note was emptied
    loses the notes up to there. Scores stay.

    Returns:
        How many revisions were emptied.
    """
    gone = exists(
        select(entries.c.day).where(
            entries.c.owner == revisions.c.owner,
            entries.c.day == revisions.c.day,
            entries.c.deleted_at <= before,
        )
    )
    later = revisions.alias("later")
    emptied = exists(
        select(later.c.number).where(
            later.c.owner == revisions.c.owner,
            later.c.day == revisions.c.day,
            later.c.number > revisions.c.number,
            later.c.outcome != Outcome.CONFLICT,
            later.c.note == "",
            later.c.received_at <= before,
        )
    )
    night = session.execute(
        update(revisions)
        .where(or_(revisions.c.note != "", revisions.c.reason != ""), gone)
        .values(note="", reason="", purged_at=now)
        .returning(revisions.c.number)
    )
    count = len(night.all())
    note = session.execute(
        update(revisions)
        .where(and_(revisions.c.note != "", emptied))
        .values(note="", purged_at=now)
        .returning(revisions.c.number)
    )
    return count + len(note.all())
