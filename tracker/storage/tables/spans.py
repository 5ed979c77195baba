"""The tables of phases, pauses and the sums over their windows."""

from typing import Final

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint

from tracker.domain.limits import (
    DOSE_LIMIT_UG,
    ITEM_KEY_LIMIT,
    LABEL_LIMIT,
    MEDICINE_LIMIT,
    REASON_LIMIT,
)
from tracker.domain.phases import PhaseKind
from tracker.domain.questionnaire import Ruler
from tracker.storage.columns import choice, day, key, owner, table, text, utc, whole
from tracker.storage.tables.asked import KNOWN_ITEM

phases: Final = table(
    "phases",
    owner(),
    key("id", primary_key=True),
    choice("kind", PhaseKind),
    day("start_day"),
    day("end_day", nullable=True),  # exclusive; None while it runs
    text("label", LABEL_LIMIT),
    text("medicine", MEDICINE_LIMIT),
    whole("dose_ug", 1, DOSE_LIMIT_UG, nullable=True),  # micrograms: exact on both databases
    utc("created_at"),
    key("plan", nullable=True),  # that laid it out
    UniqueConstraint("owner", "start_day"),
    CheckConstraint("end_day > start_day", name="order"),
    CheckConstraint("kind <> 'blinded' OR (medicine = '' AND dose_ug IS NULL)", name="blinded"),
    ForeignKeyConstraint(["owner", "plan"], ["plans.owner", "plans.id"]),
    clustered=True,
)

pauses: Final = table(
    "pauses",
    owner(),
    key("id", primary_key=True),
    day("start_day"),
    day("end_day", nullable=True),  # exclusive; None while it runs
    text("reason", REASON_LIMIT),
    utc("created_at"),
    CheckConstraint("end_day > start_day", name="order"),
    clustered=True,
)

summaries: Final = table(  # sums that lists and cohorts read instead of a diary
    "summaries",
    owner(),
    text("item", ITEM_KEY_LIMIT, primary_key=True),
    choice("ruler", Ruler),
    day("as_of"),  # the last closed diary day that the windows know of
    choice("phase_kind", PhaseKind, nullable=True),  # of the phase judged; None: none
    day("phase_start", nullable=True),
    day("phase_end", nullable=True),  # exclusive; None while it runs
    day("baseline_start", nullable=True),
    day("baseline_end", nullable=True),
    day("evaluation_start", nullable=True),
    day("evaluation_end", nullable=True),
    whole("baseline_sum", 0),
    whole("baseline_days", 0),
    whole("evaluation_sum", 0),
    whole("evaluation_days", 0),
    CheckConstraint(KNOWN_ITEM, name="item_known"),
    Index(None, "item", "owner"),
    clustered=True,
)
