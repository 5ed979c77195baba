"""The tables of medicines: what is taken from when to when, and every dose of it."""

from typing import Final

from sqlalchemy import CheckConstraint, ForeignKeyConstraint

from tracker.domain.limits import DOSE_LIMIT_UG, DOSE_NOTE_LIMIT, MEDICINE_LIMIT
from tracker.domain.medicines import ChangedBy
from tracker.storage.columns import choice, day, key, owner, table, text, utc, whole

medicines: Final = table(
    "medicines",
    owner(),
    key("id", primary_key=True),
    text("name", MEDICINE_LIMIT, least=1),
    day("start_day"),
    day("end_day", nullable=True),  # exclusive; None while it is taken
    whole("usual_minute", 0, 24 * 60 - 1, nullable=True),  # of the day, by the owner's clock
    utc("created_at"),
    utc("removed_at", nullable=True),  # undo for 30 days
    CheckConstraint("end_day > start_day", name="order"),
    clustered=True,
)

doses: Final = table(  # each holds until the next, or the medicine's end
    "doses",
    owner(),
    key("medicine", primary_key=True),
    day("start_day", primary_key=True),
    whole("dose_ug", 1, DOSE_LIMIT_UG),  # micrograms: exact on both databases
    choice("changed_by", ChangedBy),
    text("note", DOSE_NOTE_LIMIT),
    utc("created_at"),
    ForeignKeyConstraint(["owner", "medicine"], [medicines.c.owner, medicines.c.id]),
    clustered=True,
)
