"""Add medicines: what somebody takes, and every dose of it.

The statements stand in `medicines/<database>.sql`, frozen, a line `-- next` between them.
"""

from collections.abc import Sequence
from pathlib import Path

from alembic import op

revision: str = "20261201_medicines"
down_revision: str | None = "20261201_treatment_scope"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

FOLDER = Path(__file__).parents[1] / "medicines"
TABLES = ("doses", "medicines")


def upgrade() -> None:
    connection = op.get_bind()
    path = FOLDER / f"{connection.dialect.name}.sql"
    for statement in path.read_text(encoding="utf-8").split("\n-- next\n"):
        connection.exec_driver_sql(statement)


def downgrade() -> None:
    connection = op.get_bind()
    for table in TABLES:
        connection.exec_driver_sql(f"DROP TABLE {table}")
