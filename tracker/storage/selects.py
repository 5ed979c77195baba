"""The statements that read nights, built once: a page takes one or two of them."""

from datetime import date
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    ScalarSelect,
    Text,
    and_,
    bindparam,
    cast,
    exists,
    func,
    or_,
    select,
    union_all,
)

from tracker.domain.grants import GrantKind
from tracker.domain.questionnaire import PGIC, TOLERABILITY
from tracker.domain.revisions import Outcome
from tracker.storage.models import (
    accounts,
    answers,
    effect_checks,
    effects,
    entries,
    grants,
    medicines,
    own_items,
    pauses,
    phases,
    questionnaire_items,
    questionnaires,
    revisions,
)
from tracker.storage.questionnaires import ASKED, OF_ITEM, OF_VERSION, OWN_COLUMNS

OWNER: Final[BindParameter[str]] = bindparam("owner")


def tokens(day: ColumnElement[Any], number: ColumnElement[Any]) -> ScalarSelect[str]:
    """All answers of one revision as one text, "pain=4 fatigue=declined": one row a night."""
    token = answers.c.item + "=" + func.coalesce(cast(answers.c.value, Text), answers.c.state)
    return (
        select(func.aggregate_strings(token, " "))
        .where(answers.c.owner == OWNER, answers.c.day == day, answers.c.revision == number)
        .scalar_subquery()
    )


HELPED: Final = revisions.alias("helped")
ENTERED_BY: Final = (  # the helper who last entered something of a night
    select(HELPED.c.entered_by)
    .where(
        HELPED.c.owner == OWNER,
        HELPED.c.day == entries.c.day,
        HELPED.c.entered_by.is_not(None),
        HELPED.c.outcome != Outcome.CONFLICT.value,
    )
    .order_by(HELPED.c.number.desc())
    .limit(1)
    .scalar_subquery()
)
HEAD_COLUMNS: Final = (
    entries.c.day,
    entries.c.head,
    entries.c.revisions,
    entries.c.status,
    entries.c.origin,
    entries.c.first_submitted_at,
    entries.c.zone,
    entries.c.sent_later,
    entries.c.scored,
    entries.c.conflict,
    entries.c.deleted_at,
    revisions.c.questionnaire,
    revisions.c.ruler.label("head_ruler"),
    revisions.c.note,
    tokens(entries.c.day, entries.c.head).label("tokens"),
    ENTERED_BY.label("entered_by"),
)
IS_HEAD: Final = and_(
    revisions.c.owner == entries.c.owner,
    revisions.c.day == entries.c.day,
    revisions.c.number == entries.c.head,
)
HEADS: Final = (
    select(*HEAD_COLUMNS)
    .join_from(entries, revisions, IS_HEAD)
    .where(entries.c.owner == OWNER)
    .order_by(entries.c.day)
)
HEAD: Final = HEADS.where(entries.c.day == bindparam("day"))
LIVING: Final = HEADS.where(entries.c.deleted_at.is_(None))
# Only what an entry is made of, in its order: this is read for every chart and verdict.
ENTRIES: Final = LIVING.with_only_columns(
    entries.c.day,
    tokens(entries.c.day, entries.c.head),
    revisions.c.ruler,
    entries.c.status,
    revisions.c.note,
    entries.c.head,
    entries.c.first_submitted_at,
    entries.c.zone,
    entries.c.origin,
    entries.c.sent_later,
    entries.c.conflict,
    ENTERED_BY,
)
WITHIN: Final = ENTRIES.where(
    entries.c.day >= bindparam("first"), entries.c.day < bindparam("after")
)
SINCE: Final = ENTRIES.where(
    or_(
        entries.c.day >= bindparam("since"),
        entries.c.day.in_(bindparam("besides", expanding=True)),
    )
)
DELETED: Final = HEADS.where(entries.c.deleted_at.is_not(None))

# Pauses and phases lie beside every item asked: one statement for all that frames the nights.
PAUSES: Final = (
    select(
        func.aggregate_strings(
            cast(pauses.c.start_day, Text)
            + "/"
            + func.coalesce(cast(pauses.c.end_day, Text), date.max.isoformat()),
            " ",
        )
    )
    .where(pauses.c.owner == OWNER)
    .scalar_subquery()
)
BEGUN: Final = (
    select(func.min(entries.c.day))
    .where(entries.c.owner == OWNER, entries.c.deleted_at.is_(None))
    .scalar_subquery()
)
PHASES: Final = (
    select(
        func.aggregate_strings(
            cast(phases.c.start_day, Text)
            + "/"
            + func.coalesce(cast(phases.c.end_day, Text), "")
            + "/"
            + phases.c.kind,
            " ",
        )
    )
    .where(phases.c.owner == OWNER)
    .scalar_subquery()
)
LATELY: Final = (  # which nights around a day answer what is not asked nightly
    select(func.aggregate_strings(answers.c.item + "=" + cast(answers.c.day, Text), " "))
    .join_from(
        answers,
        entries,
        and_(
            entries.c.owner == answers.c.owner,
            entries.c.day == answers.c.day,
            entries.c.head == answers.c.revision,
        ),
    )
    .where(
        answers.c.owner == OWNER,
        answers.c.day.between(bindparam("lately", type_=Date), bindparam("soon", type_=Date)),
        answers.c.item.in_([TOLERABILITY.key, PGIC.key]),
        entries.c.deleted_at.is_(None),
    )
    .scalar_subquery()
)
TOOK_MEDICINE: Final = exists().where(  # in the night before a day
    medicines.c.owner == OWNER,
    medicines.c.removed_at.is_(None),
    medicines.c.start_day <= bindparam("before", type_=Date),
    or_(medicines.c.end_day.is_(None), medicines.c.end_day > bindparam("before", type_=Date)),
)
HAS_READERS: Final = exists().where(
    grants.c.owner == OWNER, grants.c.kind == GrantKind.READ.value, grants.c.ended_at.is_(None)
)
FRAME: Final = (
    select(
        questionnaires.c.number,
        questionnaires.c.ruler,
        questionnaire_items.c.item,
        *OWN_COLUMNS,
        PAUSES.label("pauses"),
        BEGUN.label("begun"),
    )
    .select_from(
        # A plain chain: SQLite would build the inner join of everyone's versions first.
        accounts.outerjoin(questionnaires, questionnaires.c.owner == accounts.c.id)
        .outerjoin(questionnaire_items, OF_VERSION)
        .outerjoin(own_items, OF_ITEM)
    )
    .where(accounts.c.id == OWNER)
    .order_by(questionnaires.c.number.desc(), questionnaire_items.c.position)
)

NEWEST: Final = (
    select(func.max(questionnaires.c.number)).where(questionnaires.c.owner == OWNER)
).scalar_subquery()
_ASKED_OF_EFFECTS: Final = union_all(
    select(effect_checks.c.day.label("day")).where(effect_checks.c.owner == OWNER),
    select(effects.c.reported_day).where(effects.c.owner == OWNER),
).subquery()
EFFECTS_ASKED: Final = (
    select(func.max(_ASKED_OF_EFFECTS.c.day))
    .where(_ASKED_OF_EFFECTS.c.day <= bindparam("day"))
    .scalar_subquery()
)
BASE: Final = revisions.alias("base")
STANDING: Final = (
    select(
        questionnaires.c.number,
        questionnaires.c.ruler,
        questionnaire_items.c.item,
        *OWN_COLUMNS,
        *HEAD_COLUMNS,
        BASE.c.note.label("base_note"),
        BASE.c.received_at.label("base_received_at"),
        tokens(bindparam("day"), bindparam("base")).label("base_tokens"),
        PHASES.label("phases"),
        LATELY.label("lately"),
        TOOK_MEDICINE.label("took_medicine"),
        HAS_READERS.label("has_readers"),
        EFFECTS_ASKED.label("effects_asked"),
    )
    .select_from(
        ASKED.outerjoin(entries, and_(entries.c.owner == OWNER, entries.c.day == bindparam("day")))
        .outerjoin(revisions, IS_HEAD)
        .outerjoin(
            BASE,
            and_(
                BASE.c.owner == OWNER,
                BASE.c.day == bindparam("day"),
                BASE.c.number == bindparam("base"),
            ),
        )
    )
    .where(questionnaires.c.owner == OWNER, questionnaires.c.number == NEWEST)
    .order_by(questionnaire_items.c.position)
)

OF_ENTRY: Final = and_(entries.c.owner == revisions.c.owner, entries.c.day == revisions.c.day)
REVISIONS: Final = (
    select(revisions, tokens(revisions.c.day, revisions.c.number).label("tokens"))
    .where(revisions.c.owner == OWNER)
    .order_by(revisions.c.day, revisions.c.number)
)
OF_NIGHT: Final = REVISIONS.where(revisions.c.day == bindparam("day"))
IMPORTED: Final = REVISIONS.where(revisions.c.import_id == bindparam("batch"))
CHANGED: Final = REVISIONS.join(entries, OF_ENTRY).where(entries.c.revisions > 1)
BY_CLIENT_ID: Final = REVISIONS.where(revisions.c.client_id == bindparam("client_id"))
