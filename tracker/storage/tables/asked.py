"""The tables of what a person is asked."""

from typing import Final

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint

from tracker.domain.limits import (
    ITEM_KEY_LIMIT,
    OWN_ANCHOR_LIMIT,
    OWN_NAME_LIMIT,
    OWN_QUESTION_LIMIT,
)
from tracker.domain.questionnaire import ITEMS, OWN_PREFIX, Direction, Ruler
from tracker.storage.columns import choice, key, listed, owner, table, text, utc, whole

OWN_ITEM: Final = f"substr(item, 1, {len(OWN_PREFIX)}) = '{OWN_PREFIX}' AND length(item) > 8"
KNOWN_ITEM: Final = f"item IN {listed(ITEMS)} OR ({OWN_ITEM})"

questionnaires: Final = table(
    "questionnaires",
    owner(),
    whole("number", 1, primary_key=True),
    choice("ruler", Ruler),
    whole("wording", 1),  # version of the built-in wording
    utc("created_at"),
    clustered=True,
)

questionnaire_items: Final = table(
    "questionnaire_items",
    key("owner", primary_key=True),
    whole("number", 1, primary_key=True),
    text("item", ITEM_KEY_LIMIT, primary_key=True),
    whole("position", 0, 200),
    ForeignKeyConstraint(["owner", "number"], ["questionnaires.owner", "questionnaires.number"]),
    UniqueConstraint("owner", "number", "position"),
    CheckConstraint(KNOWN_ITEM, name="item_known"),
    clustered=True,
)

own_items: Final = table(  # a symptom in the person's words, fixed once answered
    "own_items",
    owner(),
    text("item", ITEM_KEY_LIMIT, primary_key=True),
    text("name", OWN_NAME_LIMIT, least=1),
    text("question", OWN_QUESTION_LIMIT, least=1),
    text("low", OWN_ANCHOR_LIMIT),
    text("high", OWN_ANCHOR_LIMIT),
    choice("direction", Direction),
    utc("created_at"),
    CheckConstraint(OWN_ITEM, name="item_own"),
    clustered=True,
)
