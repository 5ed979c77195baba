"""Add plans and which of them a phase came from; a phase's own `sealed`, never used, goes.

The statements stand in `plans/<database>.sql`, frozen, a line `-- next` between them; the way
back in `plans/<database>_down.sql`. On SQLite `phases` is made anew, for its CHECKs changed.
"""

from collections.abc import Sequence
from pathlib import Path

from alembic import op

revision: str = "20261201_plans"
down_revision: str | None = "20261201_studies"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

FOLDER = Path(__file__).parents[1] / "plans"


def upgrade() -> None:
    _run("")


def downgrade() -> None:
    _run("_down")


def _run(way: str) -> None:
    connection = op.get_bind()
    path = FOLDER / f"{connection.dialect.name}{way}.sql"
    for statement in path.read_text(encoding="utf-8").split("\n-- next\n"):
        connection.exec_driver_sql(statement)
