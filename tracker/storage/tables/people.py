"""The tables of people: who they are and how they sign in."""

from typing import Final

from sqlalchemy import CheckConstraint, Index, PrimaryKeyConstraint, UniqueConstraint

from tracker.domain.diary import LATEST_ROLLOVER
from tracker.domain.limits import DEVICE_LABEL_LIMIT
from tracker.domain.people import NAME_LIMIT, Role, Theme
from tracker.storage.columns import choice, digest, flag, key, owner, table, text, utc, whole

BUCKETS: Final = (
    *("account", "network", "device", "recovery", "link", "register", "password"),
    "factor",
)
RECOVERY_KINDS: Final = ("sheet", "operator", "factor")  # for a password, or a second factor
LATEST_ROLLOVER_MINUTE: Final = 60 * LATEST_ROLLOVER.hour

accounts: Final = table(
    "accounts",
    key("id", primary_key=True),
    text("name", NAME_LIMIT, least=1),
    text("name_key", 20 * NAME_LIMIT, least=1),  # folded: one person, however it is typed
    choice("role", Role),
    text("password_hash", 200, nullable=True),  # argon2id; None: signs in by recovery or link only
    text("zone", 64, least=1),  # IANA name
    whole("rollover", 0, LATEST_ROLLOVER_MINUTE),  # minutes after midnight, wall clock
    choice("theme", Theme),
    text("language", 16),  # "": as the browser asks
    flag("calm"),  # one question at a time
    flag("demo"),
    whole("consent_version", 1, nullable=True),
    utc("consented_at", nullable=True),
    utc("created_at"),
    utc("disabled_at", nullable=True),
    utc("erase_at", nullable=True),  # asked for, to be done then; None: not asked
    UniqueConstraint("name_key"),
    CheckConstraint("(consent_version IS NULL) = (consented_at IS NULL)", name="consent"),
)

sessions: Final = table(
    "sessions",
    digest("token_sha256", primary_key=True),
    owner(primary_key=False),
    digest("device_sha256", nullable=True),
    text("label", DEVICE_LABEL_LIMIT),
    utc("created_at"),
    utc("seen_at"),
    utc("confirmed_at"),  # last proof of a factor: sensitive deeds want a fresh one
    utc("expires_at"),
    Index(None, "owner", "seen_at"),
    clustered=True,
)

devices: Final = table(  # signed in here before: gives no right, only a bucket of its own
    "devices",
    owner(),
    digest("token_sha256", primary_key=True),
    text("label", DEVICE_LABEL_LIMIT),
    utc("created_at"),
    utc("seen_at"),
    clustered=True,
)

attempts: Final = table(  # failures counted a bucket; the bucket's own name only as a hash
    "attempts",
    choice("kind", BUCKETS),
    digest("bucket_sha256"),
    whole("failures", 0),
    utc("last_at"),
    utc("not_before"),
    PrimaryKeyConstraint("kind", "bucket_sha256"),
    Index(None, "last_at"),
    clustered=True,
)

recovery_codes: Final = table(
    "recovery_codes",
    owner(),
    digest("code_sha256", primary_key=True),
    choice("kind", RECOVERY_KINDS),
    utc("created_at"),
    utc("expires_at", nullable=True),
    utc("used_at", nullable=True),
    clustered=True,
)

invitations: Final = table(
    "invitations",
    digest("token_sha256", primary_key=True),
    utc("created_at"),
    utc("expires_at"),
    utc("used_at", nullable=True),
    clustered=True,
)
