"""The tables of side effects, of being asked about them, and of measurements."""

from typing import Final

from sqlalchemy import CheckConstraint

from tracker.domain.limits import (
    EFFECT_NAME_LIMIT,
    MEASURE_NAME_LIMIT,
    PLACES_LIMIT,
    REASON_LIMIT,
    UNIT_LIMIT,
    VALUE_DIGITS,
)
from tracker.domain.measurements import Bound
from tracker.domain.side_effects import Action, Effect, Severity
from tracker.storage.columns import choice, day, flag, key, owner, table, text, utc, whole

_MOST: Final = 10**VALUE_DIGITS - 1

effects: Final = table(
    "effects",
    owner(),
    key("id", primary_key=True),
    choice("effect", Effect),
    text("name", EFFECT_NAME_LIMIT),
    choice("severity", Severity),
    day("start_day"),
    day("end_day", nullable=True),  # exclusive; None while it lasts
    flag("bothersome"),
    choice("action", Action),
    day("reported_day"),
    utc("created_at"),
    CheckConstraint("end_day > start_day", name="order"),
    CheckConstraint("reported_day >= start_day", name="reported"),
    CheckConstraint("(effect = 'other') = (name <> '')", name="named"),
    clustered=True,
)

effect_checks: Final = table(  # asked, and nothing new
    "effect_checks",
    owner(),
    day("day", primary_key=True),
    utc("created_at"),
    clustered=True,
)

measurements: Final = table(
    "measurements",
    owner(),
    key("id", primary_key=True),
    text("name", MEASURE_NAME_LIMIT, least=1),
    choice("bound", Bound),
    whole("digits", -_MOST, _MOST),  # the value times 10^places: exact on both databases
    whole("places", 0, PLACES_LIMIT),
    text("unit", UNIT_LIMIT),
    day("day"),
    text("note", REASON_LIMIT),
    utc("created_at"),
    clustered=True,
)
