"""The table of glances: what each reader's list says of each person, in the order it needs."""

from typing import Final

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index

from tracker.domain.glances import BILLION, LEAST_NEED, NIGHTS, SHOWN_NIGHTS
from tracker.domain.people import NAME_LIMIT
from tracker.domain.questionnaire import Ruler
from tracker.domain.responder import Verdict
from tracker.domain.statistics import Reason
from tracker.storage.columns import choice, day, key, owner, table, text, utc, whole

glances: Final = table(  # one a reader of a diary; counted anew, never added to
    "glances",
    owner(),
    key("reader", primary_key=True),
    key("grant_id"),  # the one that holds
    text("name_key", 20 * NAME_LIMIT, least=1, by_code_point=True),
    utc("due_at"),  # the owner's next rollover, or the grant's end: counted anew then
    whole("need", 0, LEAST_NEED - 1),  # the place in a list by need
    day("closed"),  # the last closed diary day
    choice("ruler", Ruler),
    whole("expected", 0, NIGHTS, nullable=True),  # of the last 14 nights; None: not to be told
    whole("logged", 0, NIGHTS, nullable=True),
    whole("change", -BILLION, BILLION, nullable=True),  # of pain, in billionths of the ruler
    day("last_entry"),  # 9999-12-31: none to be told, last in a list by it
    whole("lowest_mood", 0, 100, nullable=True),
    choice("verdict", Verdict, nullable=True),
    choice("reason", Reason, nullable=True),
    text("pains", 4 * SHOWN_NIGHTS, least=1),  # a word a night, oldest first; - where none is seen
    ForeignKeyConstraint(["owner", "grant_id"], ["grants.owner", "grants.id"]),
    CheckConstraint("(expected IS NULL) = (logged IS NULL)", name="counted"),
    CheckConstraint("logged <= expected", name="logged_expected"),
    CheckConstraint("reason IS NULL OR verdict = 'not_assessable'", name="reason_verdict"),
    # Each with the name last: a search finds its people in the index alone.
    Index("ix_glances_by_need", "reader", "need", "owner", "name_key"),
    Index("ix_glances_by_name", "reader", "name_key", "owner"),
    Index("ix_glances_by_last_entry", "reader", "last_entry", "owner", "name_key"),
    Index(None, "due_at"),
    clustered=True,
)
