"""Glances as rows: counted for each reader of a diary, and read a page at a time."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    delete,
    func,
    select,
    tuple_,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session

from tracker.domain.diary import Diary
from tracker.domain.glances import Glance, Order
from tracker.domain.grants import Grant, GrantKind
from tracker.domain.phases import Phase
from tracker.domain.questionnaire import FIRST, Ruler
from tracker.domain.responder import Verdict
from tracker.domain.spans import Span
from tracker.domain.statistics import Reason
from tracker.storage import selects
from tracker.storage.diaries import load_entries, read_pauses, read_phases
from tracker.storage.grants import HOLDS, read_grant
from tracker.storage.models import accounts, glances, grants
from tracker.storage.questionnaires import AnyRow

PAGE: Final = 25
NOBODY: Final = "-"  # of the nights in `pains`: none to be seen
_NEVER: Final = date.max
_ESCAPE: Final = "/"
_LITERAL: Final = re.compile(f"[%_{_ESCAPE}]")  # what LIKE would read as more than itself


@dataclass(frozen=True, slots=True)
class Frame:
    """Who may read a diary now, and what frames its nights; phases without words and doses."""

    grants: Sequence[Grant]
    phases: tuple[Phase, ...] = ()
    pauses: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of a list goes on: after this value of its order, and this owner."""

    value: int | str | date
    owner: str


@dataclass(frozen=True, slots=True)
class Seen:
    """One line of a list."""

    owner: str
    name: str
    glance: Glance


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines of a list.

    `after` is where the next page goes on, None after the last one. `due_at` is when the first
    line of any list was or is to be counted anew: all are true until then.
    """

    lines: Sequence[Seen]
    after: Place | None
    due_at: datetime | None


_READING: Final = (grants.c.kind == GrantKind.READ.value, *HOLDS)
_THERE: Final = (accounts.c.erase_at.is_(None), accounts.c.disabled_at.is_(None))
_OF_READER: Final = and_(glances.c.owner == grants.c.owner, glances.c.reader == grants.c.reader)
_FRAME: Final = (
    select(grants, selects.PAUSES.label("pauses"), selects.PHASES.label("phases"))
    .where(grants.c.owner == selects.OWNER, *_READING)
    .order_by(grants.c.id)
)
_INSERT: Final = postgresql.insert(glances)
_SAVE: Final = _INSERT.on_conflict_do_update(
    index_elements=["owner", "reader"],
    set_={each.name: _INSERT.excluded[each.name] for each in glances.c if not each.primary_key},
)
_FORGET: Final = delete(glances).where(
    glances.c.owner == bindparam("whose"),
    glances.c.reader.not_in(bindparam("readers", expanding=True)),
)
_DUE: Final = (
    select(glances.c.owner)
    .where(glances.c.due_at <= bindparam("now"))
    .order_by(glances.c.due_at)
    .limit(bindparam("most"))
)
_UNCOUNTED: Final = (
    select(grants.c.owner)
    .join(accounts, accounts.c.id == grants.c.owner)
    .outerjoin(glances, _OF_READER)
    .where(glances.c.owner.is_(None), *_READING, *_THERE)
    .limit(bindparam("most"))
)
_LINES: Final = (
    select(
        glances,
        accounts.c.name,
        select(func.min(glances.c.due_at)).scalar_subquery().label("first_due"),
    )
    .join(accounts, accounts.c.id == glances.c.owner)
    .join(grants, and_(grants.c.owner == glances.c.owner, grants.c.id == glances.c.grant_id))
    .where(
        glances.c.reader == bindparam("reader"),
        glances.c.owner.in_(bindparam("owners", expanding=True)),
        *_READING,
        *_THERE,
    )
)
_BY: Final[Mapping[Order, ColumnElement[Any]]] = {
    Order.NEED: glances.c.need,
    Order.NAME: glances.c.name_key,
    Order.LAST_ENTRY: glances.c.last_entry,
}


def load_frame(session: Session, owner: str, now: datetime) -> Frame:
    """Return who may read a diary, and what frames it; nothing of it where nobody may."""
    rows = session.execute(_FRAME, {"owner": owner, "now": now}).all()
    if not rows:
        return Frame(())
    return Frame(
        [read_grant(row) for row in rows],
        read_phases(rows[0].phases),
        read_pauses(rows[0].pauses),
    )


def load_nights(
    session: Session,
    owner: str,
    frame: Frame,
    since: date | None = None,
    besides: Collection[date] = (),
) -> Diary:
    """Return the diary from `since` on (None: all) and of the days `besides`, without its items."""
    entries = load_entries(session, owner, since, besides)
    return Diary(FIRST.ruler, {}, entries, frame.pauses)


def save(
    session: Session, name_key: str, due_at: datetime, counted: Sequence[tuple[Grant, Glance]]
) -> None:
    """Store what each reader sees of one person; one statement."""
    session.execute(
        _SAVE,
        [
            _row(grant, glance) | {"name_key": name_key, "due_at": due_at}
            for grant, glance in counted
        ],
    )


def keep_only(session: Session, owner: str, readers: Sequence[str]) -> None:
    """Delete what others than `readers` saw of a person."""
    session.execute(_FORGET, {"whose": owner, "readers": readers})


def list_late(session: Session, now: datetime, most: int) -> Sequence[str]:
    """Return people whose diary day or some reader's grant ended, or who were not counted yet."""
    asked = {"now": now, "most": most}
    found = session.scalars(_DUE, asked).all() or session.scalars(_UNCOUNTED, asked).all()
    return sorted(set(found))


def list_page(
    session: Session,
    reader: str,
    order: Order,
    now: datetime,
    *,
    search: str = "",
    after: Place | None = None,
) -> Page:
    """Return a page of a reader's list; two statements, however long it is.

    `search` is a part of a folded name (see `name_key`), "" for everybody.
    """
    values: dict[str, Any] = {"reader": reader, "search": _LITERAL.sub(_ESCAPE + r"\g<0>", search)}
    if after is not None:
        values |= {"value": after.value, "owner": after.owner}
    asked = _keys(order, is_search=bool(search), is_later=after is not None)
    keys = session.execute(asked, values).all()
    owners = [key.owner for key in keys[:PAGE]]
    found = {
        row.owner: row
        for row in session.execute(_LINES, {"reader": reader, "owners": owners, "now": now})
    }
    lines = [_read(found[owner]) for owner in owners if owner in found]
    due = next((row.first_due for row in found.values()), None)
    last = keys[PAGE - 1] if len(keys) > PAGE else None
    return Page(lines, None if last is None else Place(last.value, last.owner), due)


@cache
def _keys(order: Order, *, is_search: bool, is_later: bool) -> Select[Any]:
    """Return the statement that finds a page's people; it reads one index and nothing else."""
    by = _BY[order]
    asked = select(by.label("value"), glances.c.owner).where(
        glances.c.reader == bindparam("reader")
    )
    if is_search:
        asked = asked.where(glances.c.name_key.contains(bindparam("search"), escape=_ESCAPE))
    if is_later:
        place = tuple_(bindparam("value", type_=by.type), bindparam("owner"))
        asked = asked.where(tuple_(by, glances.c.owner) > place)
    return asked.order_by(by, glances.c.owner).limit(PAGE + 1)


def _row(grant: Grant, glance: Glance) -> dict[str, Any]:
    return {
        "owner": grant.owner,
        "reader": grant.reader,
        "grant_id": grant.id,
        "need": glance.need,
        "closed": glance.closed,
        "ruler": glance.ruler,
        "expected": glance.expected,
        "logged": glance.logged,
        "change": glance.change,
        "last_entry": glance.last_entry or _NEVER,
        "lowest_mood": glance.lowest_mood,
        "verdict": glance.verdict,
        "reason": glance.reason,
        "pains": " ".join(NOBODY if pain is None else str(pain) for pain in glance.pains),
    }


def _read(row: AnyRow) -> Seen:
    return Seen(
        row.owner,
        row.name,
        Glance(
            closed=row.closed,
            ruler=Ruler(row.ruler),
            expected=row.expected,
            logged=row.logged,
            change=row.change,
            last_entry=None if row.last_entry == _NEVER else row.last_entry,
            lowest_mood=row.lowest_mood,
            verdict=None if row.verdict is None else Verdict(row.verdict),
            reason=None if row.reason is None else Reason(row.reason),
            pains=tuple(None if pain == NOBODY else int(pain) for pain in row.pains.split()),
        ),
    )
