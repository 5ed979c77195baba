"""The tables of nights: append-only revisions with their answers, and the head that counts."""

from typing import Final

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy import text as sql_text
from sqlalchemy.schema import SchemaItem

from tracker.domain.answers import AnswerState
from tracker.domain.diary import NOTE_LIMIT, Status
from tracker.domain.limits import ITEM_KEY_LIMIT, REASON_LIMIT
from tracker.domain.questionnaire import ITEMS, Kind, Ruler
from tracker.domain.revisions import Deed, Origin, Outcome
from tracker.storage.columns import (
    choice,
    day,
    flag,
    key,
    listed,
    owner,
    sha256,
    table,
    text,
    utc,
    whole,
)
from tracker.storage.tables.asked import KNOWN_ITEM

_OF_KIND: Final = {
    kind: listed(item.key for item in ITEMS.values() if item.kind is kind) for kind in Kind
}
_RANGE: Final = (  # one range an item: no answer of one kind passes by the bounds of another
    f"value IS NULL OR CASE WHEN item IN {_OF_KIND[Kind.PGIC]} THEN value BETWEEN 1 AND 7"
    f" WHEN item IN {_OF_KIND[Kind.CHOICE]} THEN value BETWEEN 0 AND 2"
    f" WHEN item IN {_OF_KIND[Kind.HUNDRED]} THEN value BETWEEN 0 AND 100"
    f" WHEN ruler = 'nrs' THEN value BETWEEN 0 AND {Ruler.NRS.maximum}"
    f" ELSE value BETWEEN 0 AND {Ruler.VAS.maximum} END"
)


def revision_parts() -> list[SchemaItem]:
    """Return what a revision is made of, beside its owner and import."""
    return [
        day("day", primary_key=True),
        whole("number", 1, primary_key=True),  # counts this night's revisions, conflicts too
        text("client_id", 40, least=1),
        sha256("payload_sha256"),
        choice("deed", Deed),
        choice("outcome", Outcome),
        choice("origin", Origin),
        choice("status", Status),  # of this saving; the night's own is its first
        whole("questionnaire", 1),
        choice("ruler", Ruler),  # the questionnaire's
        utc("saved_at", nullable=True),  # the phone's clock at Save, set right; None: not told
        utc("measured_at", nullable=True),  # the same, as the phone said it
        utc("received_at"),
        whole(
            "skew_ms", -(10**15), 10**15, nullable=True
        ),  # phone's clock less ours; None: not told
        text("zone", 64),  # IANA name; "": a file didn't say
        whole("utc_offset", -1_440, 1_440, nullable=True),  # minutes east, at saved_at
        text("author", 40, least=1),  # account id, or "operator"
        key("entered_by", nullable=True),  # a helper's name, as it was; None: the author
        text("reason", REASON_LIMIT),
        text("note", NOTE_LIMIT),
        utc("purged_at", nullable=True),  # the note, maybe the reason, taken out
        flag("sent_later"),
        whole("base_revision", 0, nullable=True),  # what the form showed; None: not told
        text("replaces", 40, nullable=True),  # a client_id
        whole("schema", 1),  # number of the payload's form
        CheckConstraint("purged_at IS NULL OR note = ''", name="purged"),
        CheckConstraint("(import_id IS NULL) = (origin = 'person')", name="import"),
    ]


def answer_parts() -> list[SchemaItem]:
    """Return what an answer is made of, beside its owner."""
    return [
        day("day", primary_key=True),
        whole("revision", 1, primary_key=True),
        text("item", ITEM_KEY_LIMIT, primary_key=True),
        choice("ruler", Ruler),
        choice("state", AnswerState),
        whole("value", 0, 100, nullable=True),
        CheckConstraint(KNOWN_ITEM, name="item_known"),
        CheckConstraint("(state = 'answered') = (value IS NOT NULL)", name="value_where_answered"),
        CheckConstraint("state <> 'no_recall' OR item = 'dream_vividness'", name="no_recall"),
        CheckConstraint(_RANGE, name="value_of_item"),
    ]


revisions: Final = table(  # append-only
    "revisions",
    owner(),
    *revision_parts(),
    key("import_id", nullable=True),
    ForeignKeyConstraint(
        ["owner", "questionnaire"], ["questionnaires.owner", "questionnaires.number"]
    ),
    ForeignKeyConstraint(["owner", "import_id"], ["imports.owner", "imports.id"]),
    UniqueConstraint("owner", "client_id"),
    Index(  # what helpers entered: one seek a night, into next to nothing
        None,
        "owner",
        "day",
        sqlite_where=sql_text("entered_by IS NOT NULL"),
        postgresql_where=sql_text("entered_by IS NOT NULL"),
    ),
    clustered=True,
)

answers: Final = table(  # append-only; all answers of the night as this revision leaves them
    "answers",
    key("owner", primary_key=True),
    *answer_parts(),
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
    choice("origin", Origin),
    utc("first_submitted_at", nullable=True),  # None: a file didn't say
    text("zone", 64),
    flag("sent_later"),
    flag("scored"),  # some revision did: status, time, zone and sent_later are its, for good
    flag("logged"),  # the head holds an answer or a state; a note alone is no entry
    flag("conflict"),  # a revision waits for the person's choice
    utc("deleted_at", nullable=True),  # undo for 30 days
    key("import_id", nullable=True),  # came by this import
    ForeignKeyConstraint(
        ["owner", "day", "head"], ["revisions.owner", "revisions.day", "revisions.number"]
    ),
    CheckConstraint("head <= revisions", name="head_known"),
    Index(  # for the daily tidying; a living night isn't in it
        None,
        "deleted_at",
        sqlite_where=sql_text("deleted_at IS NOT NULL"),
        postgresql_where=sql_text("deleted_at IS NOT NULL"),
    ),
    clustered=True,
)
