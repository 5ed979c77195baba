"""The tables of access: whom an owner lets read or help, and how far."""

from typing import Final

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, false
from sqlalchemy import text as sql_text
from sqlalchemy.schema import SchemaItem

from tracker.domain.grants import GrantEnd, GrantKind, Side
from tracker.domain.limits import (
    DEVICE_LABEL_LIMIT,
    ITEM_KEY_LIMIT,
    READER_NAME_LIMIT,
    SCOPE_ITEMS_LIMIT,
)
from tracker.domain.people import NAME_LIMIT
from tracker.domain.readings import ReaderKind, Seen
from tracker.domain.shares import LABEL_LIMIT
from tracker.storage.columns import choice, day, digest, flag, key, owner, table, text, utc, whole


def scope_parts() -> list[SchemaItem]:
    """Return what a scope is made of."""
    return [
        day("first_day", nullable=True),  # None: from the first night
        day("end_day", nullable=True),  # exclusive; None: the nights to come too
        # Keys in order with spaces between; None: all, those added later too.
        text("items", SCOPE_ITEMS_LIMIT * (ITEM_KEY_LIMIT + 1), least=1, nullable=True),
        flag("notes"),
        flag("treatment", server_default=false()),  # medicines, side effects and measurements too
        flag("pdf"),  # the reader may save the report
        CheckConstraint("end_day > first_day", name="scope"),
    ]


_HOLDS: Final = sql_text("ended_at IS NULL")

grants: Final = table(
    "grants",
    owner(),
    key("id", primary_key=True),
    key("reader"),  # an account's id; no foreign key: the log keeps who had read
    text("reader_name", NAME_LIMIT, least=1),
    choice("kind", GrantKind),
    *scope_parts(),
    utc("created_at"),
    utc("expires_at", nullable=True),
    utc("ended_at", nullable=True),
    choice("ended_by", GrantEnd, nullable=True),
    CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="ended"),
    CheckConstraint("reader <> owner", name="reader"),
    Index(  # one a person and kind at a time
        None,
        "owner",
        "reader",
        "kind",
        unique=True,
        sqlite_where=_HOLDS,
        postgresql_where=_HOLDS,
    ),
    Index(None, "reader", "kind", sqlite_where=_HOLDS, postgresql_where=_HOLDS),
    clustered=True,
)

readings: Final = table(  # a reader's readings of one thing within one hour
    "readings",
    owner(),
    key("reader", primary_key=True),  # an account's id or a share's; no foreign key: it stays
    choice("what", Seen, primary_key=True),
    utc("hour", primary_key=True),
    choice("reader_kind", ReaderKind),
    text("reader_name", READER_NAME_LIMIT, least=1),  # as it was
    whole("times", 1),
    utc("first_at"),
    utc("last_at"),
    CheckConstraint("hour <= first_at AND first_at <= last_at", name="order"),
    Index(None, "owner", "hour"),
    clustered=True,
)

grant_invitations: Final = table(
    "grant_invitations",
    owner(),  # who made it: the owner of the diary, or the clinician who asks
    key("id", primary_key=True),
    digest("token_sha256"),
    choice("side", Side),
    choice("kind", GrantKind),
    *scope_parts(),
    utc("grant_end", nullable=True),
    utc("created_at"),
    utc("expires_at"),
    utc("used_at", nullable=True),
    utc("revoked_at", nullable=True),
    UniqueConstraint("token_sha256"),
    CheckConstraint(  # who asks says nothing of scope and end
        "side = 'offer' OR (kind = 'read' AND first_day IS NULL AND end_day IS NULL"
        " AND items IS NULL AND NOT notes AND NOT treatment AND NOT pdf AND grant_end IS NULL)",
        name="asked",
    ),
    CheckConstraint("expires_at > created_at", name="life"),
    CheckConstraint("used_at IS NULL OR revoked_at IS NULL", name="used_or_revoked"),
    clustered=True,
)

shares: Final = table(
    "shares",
    owner(),
    key("id", primary_key=True),
    digest("token_sha256"),  # of what follows the # in the link; the link itself is nowhere
    *scope_parts(),
    text("label", LABEL_LIMIT),
    text("passphrase_hash", 200, least=1, nullable=True),  # argon2id
    utc("created_at"),
    utc("expires_at"),
    utc("revoked_at", nullable=True),
    UniqueConstraint("token_sha256"),
    CheckConstraint("expires_at > created_at", name="life"),
    clustered=True,
)


def _of_share() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["owner", "share"], [shares.c.owner, shares.c.id])


share_openings: Final = table(
    "share_openings",
    owner(),
    key("share", primary_key=True),
    key("id", primary_key=True),
    utc("at"),
    text("device", DEVICE_LABEL_LIMIT),
    _of_share(),
    clustered=True,
)

share_readers: Final = table(  # a reader's browser: it holds one token for all that it opened
    "share_readers",
    owner(),
    key("share", primary_key=True),
    digest("token_sha256", primary_key=True),
    utc("created_at"),
    utc("seen_at"),
    _of_share(),
    CheckConstraint("created_at <= seen_at", name="order"),
    Index(None, "token_sha256", "share"),  # a cookie knows no owner
    Index(None, "seen_at"),
    clustered=True,
)
