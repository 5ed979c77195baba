"""Create the first tables.

The statements stand in `first/<database>.sql`, frozen as they were on that day, a line `-- next`
between them; triggers and CHECKs differ too much between the databases for one wording.
"""

from collections.abc import Sequence
from pathlib import Path

from alembic import op

revision: str = "20261122_first"
down_revision: str | None = None
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

FIRST = Path(__file__).parents[1] / "first"
TABLES = (  # each before those that it points at
    "staged_answers",
    "staged_revisions",
    "entries",
    "answers",
    "revisions",
    "questionnaire_items",
    "summaries",
    "sessions",
    "recovery_codes",
    "questionnaires",
    "phases",
    "pauses",
    "own_items",
    "imports",
    "devices",
    "invitations",
    "installation",
    "erasures",
    "audit_heads",
    "audit_events",
    "audit_checkpoints",
    "attempts",
    "accounts",
)
FUNCTIONS = (
    "refuse_change",
    "refuse_unless_erased",
    "refuse_once_answered",
    "move_audit_head",
)


def upgrade() -> None:
    connection = op.get_bind()
    path = FIRST / f"{connection.dialect.name}.sql"
    for statement in path.read_text(encoding="utf-8").split("\n-- next\n"):
        connection.exec_driver_sql(statement)


def downgrade() -> None:
    connection = op.get_bind()
    for table in TABLES:
        connection.exec_driver_sql(f"DROP TABLE {table}")
    if connection.dialect.name == "postgresql":
        for function in FUNCTIONS:
            connection.exec_driver_sql(f"DROP FUNCTION {function}()")
