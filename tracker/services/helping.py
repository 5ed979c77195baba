"""Help: somebody logs tonight or yesterday for an owner who let them."""

from dataclasses import replace
from datetime import date, datetime

from tracker.domain.diary import diary_day
from tracker.domain.people import Account
from tracker.domain.spans import ONE_DAY
from tracker.services.diaries import Night, Saved, record_night
from tracker.storage import diaries
from tracker.storage.database import Session


def open_days(owner: Account, now: datetime) -> tuple[date, date]:
    """Return the days whose form a helper sees: tonight and yesterday, by the owner's clock."""
    today = diary_day(now, owner.tzinfo, owner.rollover)
    return today, today - ONE_DAY


def record(session: Session, owner: Account, helper: Account, night: Night, now: datetime) -> Saved:
    """Save what a helper sent for a night of `owner`, under the helper's name.

    A note that stands stays as it is: helpers don't see it.

    Raises:
        NightRefused, DayRefused, NothingToSave, IdReused: as for the owner.
    """
    head = diaries.find_head(session, owner.id, night.day)
    kept = night if head is None or not head.note else replace(night, note=None)
    return record_night(session, owner, kept, now, helper)
