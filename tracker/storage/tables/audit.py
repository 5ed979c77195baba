"""The tables of what was done, and of this installation."""

from typing import Final

from tracker.storage.columns import flag, key, sha256, table, text, utc, whole

audit_heads: Final = table(  # one row a chain; its lock is what a deed takes
    "audit_heads",
    key("owner", primary_key=True),  # no foreign key: studies will have chains too
    whole("number", 0),
    sha256("hash"),
    clustered=True,
)

audit_events: Final = table(  # append-only
    "audit_events",
    key("owner", primary_key=True),
    whole("number", 1, primary_key=True),
    utc("at"),
    text("actor", 40, least=1),  # account id, "operator" or "tracker"
    text("verb", 60, least=1),
    text("ids", 2_000),  # canonical JSON of random ids and days, never names or content
    sha256("previous"),
    sha256("hash"),
    clustered=True,
)

audit_checkpoints: Final = table(  # append-only; heads as they stood, signed
    "audit_checkpoints",
    key("owner", primary_key=True),
    whole("number", 0, primary_key=True),
    sha256("hash"),
    utc("at"),
    sha256("signature"),
    clustered=True,
)

erasures: Final = table(  # all that is left of an erased person
    "erasures",
    key("owner", primary_key=True),
    utc("at"),
    clustered=True,
)

installation: Final = table(
    "installation",
    whole("id", 1, 1, primary_key=True),
    key("epoch"),  # a new one after each restore
    flag("test_clock"),
    utc("created_at"),
    utc("keys_saved_at", nullable=True),  # None: `backup --keys` never done
)
