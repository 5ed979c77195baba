"""Everything of one diary, read for an archive; what the diary asked, written from one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Session

from tracker.domain.archives import (
    OWNER,
    Archive,
    KeptMedicine,
    KeptPause,
    KeptReminder,
    OwnItem,
    Preferences,
    Version,
    medicines_in_order,
)
from tracker.domain.people import Account
from tracker.domain.revisions import Revision
from tracker.storage import plans, reminders
from tracker.storage import questionnaires as stored_questionnaires
from tracker.storage.beside import load_beside
from tracker.storage.diaries import list_revisions
from tracker.storage.models import (
    own_items,
    pauses,
    questionnaire_items,
    questionnaires,
)
from tracker.storage.questionnaires import OWN_COLUMNS, read_item

_MADE: Final = (
    select(questionnaires.c.wording, questionnaires.c.created_at)
    .where(questionnaires.c.owner == bindparam("owner"))
    .order_by(questionnaires.c.number)
)
_OWN: Final = (
    select(own_items.c.item, own_items.c.created_at, *OWN_COLUMNS)
    .where(own_items.c.owner == bindparam("owner"))
    .order_by(own_items.c.created_at, own_items.c.item)
)
_PAUSES: Final = (
    select(pauses.c.start_day, pauses.c.end_day, pauses.c.reason, pauses.c.created_at)
    .where(pauses.c.owner == bindparam("owner"))
    .order_by(pauses.c.start_day, pauses.c.created_at, pauses.c.reason)
)


def load_archive(session: Session, who: Account) -> Archive:
    """Return all of a person's diary; give a session that sees one moment (`snapshot`)."""
    owner = {"owner": who.id}
    asked = stored_questionnaires.history(session, who.id)
    made = session.execute(_MADE, owner).all()
    beside = load_beside(session, who.id)
    return Archive(
        preferences=Preferences(who.zone, who.rollover, who.theme, who.language, who.calm),
        versions=tuple(
            # The first was made at sign-up: that belongs to the account and stays with it.
            Version(one, row.wording, None if one.number == 1 else row.created_at)
            for one, row in zip(asked, made, strict=True)
        ),
        own_items=tuple(
            OwnItem(read_item(row), row.created_at) for row in session.execute(_OWN, owner)
        ),
        phases=beside.spans,
        pauses=tuple(KeptPause(*row) for row in session.execute(_PAUSES, owner)),
        revisions=tuple(_anywhere(one, who.id) for one in list_revisions(session, who.id)),
        reminder=_reminder(session, who.id),
        happenings=beside.happened,
        medicines=medicines_in_order(
            KeptMedicine(one.medicine, one.created_at, one.doses_at) for one in beside.medicines
        ),
        plans=tuple(plans.list_plans(session, who.id)),
    )


def _reminder(session: Session, owner: str) -> KeptReminder | None:
    found = reminders.find(session, owner)
    return None if found is None else KeptReminder(found.wish, found.is_on)


def add_version(session: Session, owner: str, version: Version, now: datetime) -> None:
    """Store a version of what is asked, under the number that it has."""
    asked = version.asked
    session.execute(
        insert(questionnaires).values(
            owner=owner,
            number=asked.number,
            ruler=asked.ruler.value,
            wording=version.wording,
            created_at=version.created_at or now,
        )
    )
    rows: Sequence[dict[str, object]] = [
        {"owner": owner, "number": asked.number, "item": item.key, "position": position}
        for position, item in enumerate(asked.items)
    ]
    if rows:
        session.execute(insert(questionnaire_items), rows)


def _anywhere(revision: Revision, owner: str) -> Revision:
    """Return a revision whose author is named alike on every installation."""
    return replace(revision, author=OWNER) if revision.author == owner else revision
