"""The tables of reminders: when and how somebody is reminded, and the browsers that hear it."""

from typing import Final

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, UniqueConstraint
from sqlalchemy import text as sql_text

from tracker.domain.limits import DEVICE_LABEL_LIMIT
from tracker.domain.reminders import RETRIES, Channel
from tracker.storage.columns import (
    choice,
    day,
    digest,
    flag,
    key,
    owner,
    sealed,
    table,
    text,
    utc,
    whole,
)

LAST_MINUTE: Final = 24 * 60 - 1
SEALED_LIMIT: Final = 2_000  # bytes; an endpoint and its keys have less


def _session() -> Column[bytes]:
    column = digest("session_sha256", nullable=True)
    column.append_foreign_key(ForeignKey("sessions.token_sha256"))
    return column


reminders: Final = table(  # one a person, kept while it is off
    "reminders",
    owner(),
    key("id"),  # its links are derived from it: another id, other links
    whole("clock", 0, LAST_MINUTE),  # minutes after midnight, wall clock
    flag("by_push"),
    flag("by_mail"),
    utc("due_at", nullable=True),  # the next try; None: it is off
    utc("off_at", nullable=True),  # since when; None: it is on
    whole("tries", 0, len(RETRIES)),  # that failed this evening
    day("reminded_day", nullable=True),  # the last diary day that had its reminder
    utc("delivered_at", nullable=True),
    choice("delivered_by", Channel, nullable=True),
    digest("off_sha256"),  # of the token in the links that switch it off
    sealed("address", SEALED_LIMIT, nullable=True),  # of the mail; None: none
    digest("confirm_sha256", nullable=True),  # of the token in the mail that asks; None: answered
    whole("asked", 0),  # mails that asked, since the last answer
    utc("asked_at", nullable=True),
    utc("tested_at", nullable=True),
    utc("created_at"),
    UniqueConstraint("off_sha256"),
    UniqueConstraint("confirm_sha256"),
    CheckConstraint("(due_at IS NULL) = (off_at IS NOT NULL)", name="on_or_off"),
    CheckConstraint("(delivered_at IS NULL) = (delivered_by IS NULL)", name="delivered"),
    CheckConstraint("address IS NOT NULL OR confirm_sha256 IS NULL", name="asked"),
    CheckConstraint("(asked = 0) = (asked_at IS NULL)", name="asked_at"),
    Index(  # what is due next, without those that are off
        None,
        "due_at",
        sqlite_where=sql_text("due_at IS NOT NULL"),
        postgresql_where=sql_text("due_at IS NOT NULL"),
    ),
    clustered=True,
)

subscriptions: Final = table(  # a browser that is pushed to, as long as somebody is signed in there
    "subscriptions",
    owner(),
    key("id", primary_key=True),
    _session(),  # None: a restore signed it out; it sleeps until its owner signs in there
    digest("device_sha256", nullable=True),
    digest("endpoint_sha256"),  # a browser belongs to one person
    sealed("endpoint", SEALED_LIMIT),  # with its keys
    text("label", DEVICE_LABEL_LIMIT),
    utc("created_at"),
    UniqueConstraint("endpoint_sha256"),
    Index(None, "session_sha256"),
    Index(None, "device_sha256"),
    clustered=True,
)
