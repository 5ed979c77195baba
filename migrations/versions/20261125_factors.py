"""Add second factors, their recovery codes, and a count of codes that were tried.

The statements stand in `factors/<database>.sql`, frozen, a line `-- next` between them; the way
back in `factors/<database>_down.sql`. On SQLite two tables are made anew, for their CHECKs grew.
"""

from collections.abc import Sequence
from pathlib import Path

from alembic import op

revision: str = "20261125_factors"
down_revision: str | None = "20261125_grants"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

FOLDER = Path(__file__).parents[1] / "factors"


def upgrade() -> None:
    _run("")


def downgrade() -> None:
    _run("_down")


def _run(way: str) -> None:
    connection = op.get_bind()
    path = FOLDER / f"{connection.dialect.name}{way}.sql"
    for statement in path.read_text(encoding="utf-8").split("\n-- next\n"):
        connection.exec_driver_sql(statement)
