"""The tables: one place for every column, key and rule of what is stored.

Owner (the patient's account id) first in every key, random public ids, no sequences, no cascades.
`docs/decisions/0001-tables.md` draws them and gives the reasons. An entry's facts lie in
append-only `revisions` and `answers` (see `triggers.py`); `entries` points at the one that counts.
"""

from typing import Final

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    PrimaryKeyConstraint,
    UniqueConstraint,
)
from sqlalchemy.schema import SchemaItem

from tracker.domain.answers import AnswerState
from tracker.domain.diary import NOTE_LIMIT, Status
from tracker.domain.limits import (
    ACCOUNT_NAME_LIMIT,
    DEVICE_LABEL_LIMIT,
    DOSE_LIMIT_UG,
    FILE_NAME_LIMIT,
    ITEM_KEY_LIMIT,
    LABEL_LIMIT,
    MEDICINE_LIMIT,
    OWN_ANCHOR_LIMIT,
    OWN_NAME_LIMIT,
    OWN_QUESTION_LIMIT,
    REASON_LIMIT,
)
from tracker.domain.phases import PhaseKind
from tracker.domain.questionnaire import ITEMS, OWN_PREFIX, Direction, Kind, Ruler
from tracker.storage.columns import (
    choice,
    day,
    flag,
    key,
    listed,
    metadata,
    sha256,
    table,
    text,
    utc,
    whole,
)

__all__ = ["metadata"]  # beside the tables, for migrations

ROLES: Final = ("patient", "clinician", "coordinator")
THEMES: Final = ("auto", "dim", "light", "sepia")
BUCKETS: Final = ("account", "network", "device", "recovery", "link", "register", "password")
RECOVERY_KINDS: Final = ("sheet", "operator")
ORIGINS: Final = ("person", "import")
DEEDS: Final = ("save", "delete", "restore")  # what a revision did to its night
OUTCOMES: Final = ("stored", "merged", "conflict")  # a conflict is kept, the head stays
IMPORT_STATES: Final = ("staged", "applied", "undone", "dropped")
FORMATS: Final = ("csv", "json")
LATEST_ROLLOVER_MINUTE: Final = 720

_OF_KIND: Final = {
    kind: listed(item.key for item in ITEMS.values() if item.kind is kind) for kind in Kind
}
_KNOWN_ITEM: Final = (
    f"item IN {listed(ITEMS)}"
    f" OR (substr(item, 1, {len(OWN_PREFIX)}) = '{OWN_PREFIX}' AND length(item) > 8)"
)
_RANGE: Final = (  # one range an item: no answer of one kind passes by the bounds of another
    f"value IS NULL OR CASE WHEN item IN {_OF_KIND[Kind.PGIC]} THEN value BETWEEN 1 AND 7"
    f" WHEN item IN {_OF_KIND[Kind.CHOICE]} THEN value BETWEEN 0 AND 2"
    f" WHEN item IN {_OF_KIND[Kind.HUNDRED]} THEN value BETWEEN 0 AND 100"
    f" WHEN ruler = 'nrs' THEN value BETWEEN 0 AND {Ruler.NRS.maximum}"
    f" ELSE value BETWEEN 0 AND {Ruler.VAS.maximum} END"
)


def _owner(*, primary_key: bool = True) -> Column[str]:
    column = key("owner", primary_key=primary_key)
    column.append_foreign_key(ForeignKey("accounts.id"))
    return column


# People -----------------------------------------------------------------------------------------

accounts: Final = table(
    "accounts",
    key("id", primary_key=True),
    text("name", ACCOUNT_NAME_LIMIT, least=1),
    text("name_key", 4 * ACCOUNT_NAME_LIMIT, least=1),  # folded: one person, however it is typed
    choice("role", ROLES),
    text("password_hash", 200, nullable=True),  # argon2id; None: signs in by recovery or link only
    text("zone", 64, least=1),  # IANA name
    whole("rollover", 0, LATEST_ROLLOVER_MINUTE),  # minutes after midnight, wall clock
    choice("theme", THEMES),
    text("language", 16, least=2),
    flag("calm"),  # one question at a time
    flag("demo"),
    text("consent_version", 40, nullable=True),
    utc("consented_at", nullable=True),
    utc("created_at"),
    utc("disabled_at", nullable=True),
    utc("erase_at", nullable=True),  # asked for, to be done then; None: not asked
    UniqueConstraint("name_key"),
    CheckConstraint("(consent_version IS NULL) = (consented_at IS NULL)", name="consent"),
)

sessions: Final = table(
    "sessions",
    sha256("token_sha256", primary_key=True),
    _owner(primary_key=False),
    sha256("device_sha256", nullable=True),
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
    _owner(),
    sha256("token_sha256", primary_key=True),
    text("label", DEVICE_LABEL_LIMIT),
    utc("created_at"),
    utc("seen_at"),
    clustered=True,
)

attempts: Final = table(  # failures counted a bucket; the bucket's own name only as a hash
    "attempts",
    choice("kind", BUCKETS),
    sha256("bucket_sha256"),
    whole("failures", 0),
    utc("last_at"),
    utc("not_before"),
    PrimaryKeyConstraint("kind", "bucket_sha256"),
    Index(None, "last_at"),
    clustered=True,
)

recovery_codes: Final = table(
    "recovery_codes",
    _owner(),
    sha256("code_sha256", primary_key=True),
    choice("kind", RECOVERY_KINDS),
    utc("created_at"),
    utc("expires_at", nullable=True),
    utc("used_at", nullable=True),
    clustered=True,
)

invitations: Final = table(
    "invitations",
    sha256("token_sha256", primary_key=True),
    utc("created_at"),
    utc("expires_at"),
    utc("used_at", nullable=True),
    clustered=True,
)

# What is asked ----------------------------------------------------------------------------------

questionnaires: Final = table(
    "questionnaires",
    _owner(),
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
    CheckConstraint(_KNOWN_ITEM, name="item_known"),
    clustered=True,
)

own_items: Final = table(  # a symptom in the person's words, fixed once answered
    "own_items",
    _owner(),
    text("item", ITEM_KEY_LIMIT, primary_key=True),
    text("name", OWN_NAME_LIMIT, least=1),
    text("question", OWN_QUESTION_LIMIT, least=1),
    text("low", OWN_ANCHOR_LIMIT),
    text("high", OWN_ANCHOR_LIMIT),
    choice("direction", Direction),
    utc("created_at"),
    CheckConstraint(_KNOWN_ITEM.partition(" OR ")[2], name="item_own"),
    clustered=True,
)

# Nights -----------------------------------------------------------------------------------------


def _revision_parts() -> list[SchemaItem]:
    return [
        day("day", primary_key=True),
        whole("number", 1, primary_key=True),  # counts this night's revisions, conflicts too
        text("client_id", 40, least=1),
        sha256("payload_sha256"),
        choice("deed", DEEDS),
        choice("outcome", OUTCOMES),
        choice("origin", ORIGINS),
        choice("status", Status),  # of this saving; the night's own is its first
        whole("questionnaire", 1),
        choice("ruler", Ruler),  # the questionnaire's
        utc("measured_at", nullable=True),  # Save on the phone, corrected; None: a file didn't say
        utc("received_at"),
        whole("skew_ms", -(2**31), nullable=True),  # phone's clock less ours; None: not told
        text("zone", 64),  # IANA name; "": a file didn't say
        whole("utc_offset", -1_440, 1_440, nullable=True),  # minutes east, at measured_at
        text("author", 40, least=1),  # account id, or "operator"
        key("entered_by", nullable=True),  # a helper's account id; None: the author
        text("reason", REASON_LIMIT),
        text("note", NOTE_LIMIT),
        utc("purged_at", nullable=True),  # note and reason taken out for good
        flag("sent_later"),
        whole("base_revision", 0, nullable=True),  # what the form showed; None: not told
        text("replaces", 40, nullable=True),  # a client_id
        whole("schema", 1),  # number of the payload's form
        CheckConstraint("purged_at IS NULL OR (note = '' AND reason = '')", name="purged"),
        CheckConstraint("(import_id IS NULL) = (origin = 'person')", name="import"),
    ]


def _answer_parts() -> list[SchemaItem]:
    return [
        day("day", primary_key=True),
        whole("revision", 1, primary_key=True),
        text("item", ITEM_KEY_LIMIT, primary_key=True),
        choice("ruler", Ruler),
        choice("state", AnswerState),
        whole("value", 0, 100, nullable=True),
        CheckConstraint(_KNOWN_ITEM, name="item_known"),
        CheckConstraint("(state = 'answered') = (value IS NOT NULL)", name="value_where_answered"),
        CheckConstraint("state <> 'no_recall' OR item = 'dream_vividness'", name="no_recall"),
        CheckConstraint(_RANGE, name="value_of_item"),
    ]


revisions: Final = table(  # append-only
    "revisions",
    _owner(),
    *_revision_parts(),
    key("import_id", nullable=True),
    ForeignKeyConstraint(
        ["owner", "questionnaire"], ["questionnaires.owner", "questionnaires.number"]
    ),
    ForeignKeyConstraint(["owner", "import_id"], ["imports.owner", "imports.id"]),
    UniqueConstraint("owner", "client_id"),
    clustered=True,
)

answers: Final = table(  # append-only; all answers of the night as this revision leaves them
    "answers",
    key("owner", primary_key=True),
    *_answer_parts(),
    ForeignKeyConstraint(
        ["owner", "day", "revision"], ["revisions.owner", "revisions.day", "revisions.number"]
    ),
    clustered=True,
)

entries: Final = table(  # one a night: where its head stands, and what its first saving fixed
    "entries",
    key("owner", primary_key=True),
    day("day", primary_key=True),
    whole("head", 1),  # the revision that counts
    whole("revisions", 1),  # how many there are
    choice("status", Status),
    choice("origin", ORIGINS),
    utc("first_submitted_at", nullable=True),  # None: a file didn't say
    text("zone", 64),
    flag("sent_later"),
    flag("logged"),  # the head holds an answer or a state; a note alone is no entry
    flag("conflict"),  # a revision waits for the person's choice
    utc("deleted_at", nullable=True),  # undo for 30 days
    key("import_id", nullable=True),  # came by this import
    ForeignKeyConstraint(
        ["owner", "day", "head"], ["revisions.owner", "revisions.day", "revisions.number"]
    ),
    CheckConstraint("head <= revisions", name="head_known"),
    clustered=True,
)

phases: Final = table(
    "phases",
    _owner(),
    key("id", primary_key=True),
    choice("kind", PhaseKind),
    day("start_day"),
    day("end_day", nullable=True),  # exclusive; None while it runs
    text("label", LABEL_LIMIT),
    text("medicine", MEDICINE_LIMIT),
    whole("dose_ug", 1, DOSE_LIMIT_UG, nullable=True),  # micrograms: exact on both databases
    Column("sealed", LargeBinary, info={"rules": ()}),  # kind, medicine, dose under a holder's key
    utc("created_at"),
    UniqueConstraint("owner", "start_day"),
    CheckConstraint("end_day > start_day", name="order"),
    CheckConstraint("kind <> 'blinded' OR (medicine = '' AND dose_ug IS NULL)", name="blinded"),
    CheckConstraint("sealed IS NULL OR kind = 'blinded'", name="sealed"),
    clustered=True,
)

pauses: Final = table(
    "pauses",
    _owner(),
    key("id", primary_key=True),
    day("start_day"),
    day("end_day", nullable=True),  # exclusive; None while it runs
    text("reason", REASON_LIMIT),
    utc("created_at"),
    UniqueConstraint("owner", "start_day"),
    CheckConstraint("end_day > start_day", name="order"),
    clustered=True,
)

summaries: Final = table(  # sums that lists and cohorts read instead of a diary
    "summaries",
    _owner(),
    text("item", ITEM_KEY_LIMIT, primary_key=True),
    choice("ruler", Ruler),
    day("as_of"),  # the last closed diary day that the windows know of
    day("phase_start", nullable=True),  # of the phase judged; None: none yet
    day("phase_end", nullable=True),  # exclusive; None while it runs
    day("baseline_start", nullable=True),
    day("baseline_end", nullable=True),
    day("evaluation_start", nullable=True),
    day("evaluation_end", nullable=True),
    whole("baseline_sum", 0),
    whole("baseline_days", 0),
    whole("evaluation_sum", 0),
    whole("evaluation_days", 0),
    CheckConstraint(_KNOWN_ITEM, name="item_known"),
    Index(None, "item", "owner"),
    clustered=True,
)

# Files taken in ---------------------------------------------------------------------------------

imports: Final = table(
    "imports",
    _owner(),
    key("id", primary_key=True),
    choice("state", IMPORT_STATES),
    choice("format", FORMATS),
    text("file_name", FILE_NAME_LIMIT),
    sha256("file_sha256"),
    text("author", 40, least=1),
    utc("created_at"),
    utc("applied_at", nullable=True),
    utc("undone_at", nullable=True),
    CheckConstraint("(state IN ('applied', 'undone')) = (applied_at IS NOT NULL)", name="applied"),
    CheckConstraint("(state = 'undone') = (undone_at IS NOT NULL)", name="undone"),
    clustered=True,
)

staged_revisions: Final = table(  # filled in batches, seen by nobody until the import's one flip
    "staged_revisions",
    key("owner", primary_key=True),
    key("import_id", primary_key=True),
    *_revision_parts(),
    ForeignKeyConstraint(["owner", "import_id"], ["imports.owner", "imports.id"]),
    clustered=True,
)

staged_answers: Final = table(
    "staged_answers",
    key("owner", primary_key=True),
    key("import_id", primary_key=True),
    *_answer_parts(),
    ForeignKeyConstraint(
        ["owner", "import_id", "day", "revision"],
        [f"staged_revisions.{name}" for name in ("owner", "import_id", "day", "number")],
    ),
    clustered=True,
)

# What was done ----------------------------------------------------------------------------------

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
