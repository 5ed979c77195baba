"""The tables of imported files."""

from enum import StrEnum
from typing import Final

from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, LargeBinary

from tracker.domain.limits import FILE_NAME_LIMIT, READING_LIMIT
from tracker.storage.columns import choice, key, owner, sha256, table, text, utc
from tracker.storage.tables.nights import answer_parts, revision_parts


class ImportState(StrEnum):
    """Where a batch stands."""

    STAGED = "staged"
    APPLIED = "applied"
    UNDONE = "undone"
    DROPPED = "dropped"


class Format(StrEnum):
    """What sort of file it came from."""

    CSV = "csv"
    JSON = "json"


imports: Final = table(
    "imports",
    owner(),
    key("id", primary_key=True),
    choice("state", ImportState),
    choice("format", Format),
    text("file_name", FILE_NAME_LIMIT),
    sha256("file_sha256"),
    text("author", 40, least=1),
    utc("created_at"),
    utc("applied_at", nullable=True),
    utc("undone_at", nullable=True),
    Column("content", LargeBinary),  # the upload, between its preview and the word of the person
    CheckConstraint("(state IN ('applied', 'undone')) = (applied_at IS NOT NULL)", name="applied"),
    CheckConstraint("(state = 'undone') = (undone_at IS NOT NULL)", name="undone"),
    CheckConstraint("content IS NULL OR state = 'staged'", name="content"),
    clustered=True,
)

mappings: Final = table(  # how a table of another app is read, as its person said
    "mappings",
    key("owner", primary_key=True),
    key("import_id", primary_key=True),
    text("told", READING_LIMIT, least=1),
    ForeignKeyConstraint(["owner", "import_id"], ["imports.owner", "imports.id"]),
    clustered=True,
)

staged_revisions: Final = table(  # filled in batches, seen by nobody until the import's one flip
    "staged_revisions",
    key("owner", primary_key=True),
    key("import_id", primary_key=True),
    *revision_parts(),
    ForeignKeyConstraint(["owner", "import_id"], ["imports.owner", "imports.id"]),
    clustered=True,
)

staged_answers: Final = table(
    "staged_answers",
    key("owner", primary_key=True),
    key("import_id", primary_key=True),
    *answer_parts(),
    ForeignKeyConstraint(
        ["owner", "import_id", "day", "revision"],
        [f"staged_revisions.{name}" for name in ("owner", "import_id", "day", "number")],
    ),
    clustered=True,
)
