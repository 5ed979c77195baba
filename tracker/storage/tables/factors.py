"""The table of second factors: what opens an account besides its password."""

from typing import Final

from sqlalchemy import CheckConstraint, Index
from sqlalchemy import text as sql_text

from tracker.domain.factors import LABEL_LIMIT, FactorKind
from tracker.storage.columns import choice, key, owner, sealed, table, text, utc, whole

SEALED_LIMIT: Final = 200  # bytes; a secret of 32 letters takes 60
BEGUN: Final = sql_text("confirmed_at IS NULL")

factors: Final = table(
    "factors",
    owner(),
    key("id", primary_key=True),
    choice("kind", FactorKind),
    sealed("secret", SEALED_LIMIT),
    text("label", LABEL_LIMIT),
    utc("created_at"),
    utc("confirmed_at", nullable=True),  # None: begun, and no code has proved it yet
    whole("last_step", 0, nullable=True),  # of the last code taken: each opens once
    CheckConstraint("(confirmed_at IS NULL) = (last_step IS NULL)", name="confirmed"),
    Index("uq_factors_begun", "owner", unique=True, sqlite_where=BEGUN, postgresql_where=BEGUN),
    clustered=True,
)
