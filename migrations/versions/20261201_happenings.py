"""Add side effects, the days of being asked about them, and measurements.

The statements stand in `happenings/<database>.sql`, frozen, a line `-- next` between them.
"""

from collections.abc import Sequence
from pathlib import Path

from alembic import op

revision: str = "20261201_happenings"
down_revision: str | None = "20261201_medicines"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

FOLDER = Path(__file__).parents[1] / "happenings"
TABLES = ("measurements", "effect_checks", "effects")


def upgrade() -> None:
    connection = op.get_bind()
    path = FOLDER / f"{connection.dialect.name}.sql"
    for statement in path.read_text(encoding="utf-8").split("\n-- next\n"):
        connection.exec_driver_sql(statement)


def downgrade() -> None:
    connection = op.get_bind()
    for table in TABLES:
        connection.exec_driver_sql(f"DROP TABLE {table}")
