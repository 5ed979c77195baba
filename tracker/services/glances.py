"""Keep true what readers' lists say of each person, and give them a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tracker.domain import glances as domain
from tracker.domain.diary import closing, diary_day
from tracker.domain.glances import Glance, Order, glance_at, is_enough
from tracker.domain.grants import Grant
from tracker.domain.people import Account, name_key
from tracker.domain.scopes import excerpt_of
from tracker.storage import accounts, audit, glances
from tracker.storage.database import Database, Session
from tracker.storage.glances import Frame, Place, Seen


@dataclass(frozen=True, slots=True)
class ListPage:
    """Some lines of a reader's list, true as of `as_of`; `after` is None after the last one."""

    lines: Sequence[Seen]
    after: Place | None
    as_of: datetime


MOST: Final = 500  # people asked for at once
BATCH: Final = 10  # people counted in one transaction: a save waits no longer than for these


def refresh(session: Session, owner: Account, now: datetime) -> None:
    """Count anew what each reader sees of `owner`, and forget those who may read no more.

    Call it after the deed's audit event, which holds the owner's lock.
    """
    frame = glances.load_frame(session, owner.id, now) if owner.is_open else Frame(())
    glances.keep_only(session, owner.id, [grant.reader for grant in frame.grants])
    _save(session, owner, frame, now)


def recount(session: Session, owner: Account, now: datetime) -> None:
    """Count anew what each reader sees of `owner`: at most four statements.

    Call it after the deed's audit event, which holds the owner's lock.
    """
    _save(session, owner, glances.load_frame(session, owner.id, now), now)


def roll_forward(database: Database, now: datetime) -> int:
    """Count all anew whose diary day, or some reader's grant, ended; return how many people."""
    count = 0
    while True:
        with database.reading() as session:
            late = glances.list_late(session, now, MOST)
        for start in range(0, len(late), BATCH):
            with database.writing() as session:
                for owner in late[start : start + BATCH]:
                    refresh_by_id(session, owner, now)
        count += len(late)
        if not late:
            return count


def page(
    session: Session,
    reader: Account,
    order: Order,
    now: datetime,
    *,
    search: str = "",
    after: Place | None = None,
) -> ListPage:
    """Return a page of the people who let `reader` read; `search` is a part of a folded name.

    A day that ended since all were counted makes the list as old as that moment.
    """
    found = glances.list_page(session, reader.id, order, now, search=search, after=after)
    as_of = now if found.due_at is None else min(now, found.due_at)
    return ListPage(found.lines, found.after, as_of)


def refresh_by_id(session: Session, owner_id: str, now: datetime) -> None:
    """Count anew what each reader sees of a person, whose lock is taken here."""
    owner = accounts.find(session, owner_id)
    if owner is not None:
        audit.lock(session, owner_id)
        refresh(session, owner, now)


def count(
    session: Session, owner: Account, frame: Frame, now: datetime
) -> Sequence[tuple[Grant, Glance]]:
    """Return what each reader sees; one statement, two where a diary has been silent for long."""
    today = diary_day(now, owner.tzinfo, owner.rollover)
    since, besides = domain.read_since(today), domain.read_besides(frame.phases, today)
    diary = glances.load_nights(session, owner.id, frame, since, besides)
    whole = None
    counted = []
    for grant in frame.grants:
        excerpt = excerpt_of(diary, frame.phases, grant.scope, today)
        if not is_enough(excerpt, today):
            whole = whole or glances.load_nights(session, owner.id, frame)
            excerpt = excerpt_of(whole, frame.phases, grant.scope, today)
        counted.append((grant, glance_at(excerpt, today)))
    return counted


def _save(session: Session, owner: Account, frame: Frame, now: datetime) -> None:
    if frame.grants:
        today = diary_day(now, owner.tzinfo, owner.rollover)
        ends = [grant.expires_at for grant in frame.grants if grant.expires_at is not None]
        due_at = min([closing(today, owner.tzinfo, owner.rollover), *ends])
        counted = count(session, owner, frame, now)
        glances.save(session, name_key(owner.name), due_at, counted)
