"""The table of plans that were started."""

from typing import Final

from sqlalchemy import CheckConstraint, UniqueConstraint

from tracker.domain.limits import PLAN_LIMIT, REASON_LIMIT
from tracker.domain.started_plans import Holder, OpenedBy, Why
from tracker.storage.columns import choice, day, digest, key, owner, sealed, table, text, utc

SEALED_LIMIT: Final = 200  # bytes of a box of an order, and of a private half

plans: Final = table(
    "plans",
    owner(),
    key("id", primary_key=True),  # travels in archives: what is sealed is sealed for it
    text("definition", PLAN_LIMIT, least=2),  # canonical JSON, every order that was possible in it
    day("started_on"),
    utc("created_at"),
    utc("ended_at", nullable=True),  # stopped early
    choice("holder", Holder),
    key("study", nullable=True),
    digest("public", nullable=True),  # what closed the box: no secret, and 32 bytes too
    sealed("hidden", SEALED_LIMIT, nullable=True),  # what opens it, under a passphrase or our key
    sealed("sealed", SEALED_LIMIT, nullable=True),  # the place of the order that was drawn
    day("opens_on", nullable=True),
    digest("token_sha256", nullable=True),  # of the holder's link
    utc("looked_at", nullable=True),
    utc("revealed_at", nullable=True),
    choice("revealed_by", OpenedBy, nullable=True),
    choice("why", Why, nullable=True),
    text("reason", REASON_LIMIT),
    UniqueConstraint("token_sha256"),
    CheckConstraint("study IS NULL OR holder = 'study'", name="study_known"),
    CheckConstraint("holder <> 'none' OR public IS NULL", name="nothing_hidden"),
    CheckConstraint(
        "public IS NOT NULL OR (hidden IS NULL AND sealed IS NULL)", name="public_first"
    ),
    CheckConstraint("token_sha256 IS NULL OR holder = 'person'", name="link"),
    CheckConstraint("opens_on IS NULL OR holder <> 'none'", name="opens"),
    CheckConstraint(
        "(revealed_at IS NULL) = (revealed_by IS NULL) AND (revealed_at IS NULL) = (why IS NULL)"
        " AND (reason = '' OR revealed_at IS NOT NULL)",
        name="revealed",
    ),
    CheckConstraint("revealed_at IS NULL OR holder <> 'none'", name="revealed_hidden"),
    clustered=True,
)
