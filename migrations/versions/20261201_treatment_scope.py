"""Let a scope say whether medicines, side effects and measurements may be read.

Whoever could read a diary before can read these too; who only asked, or only helps, can't. The
statements stand in `treatment_scope/<database>.sql`, frozen, a line `-- next` between them; the way
back in `treatment_scope/<database>_down.sql`. On SQLite the tables are made anew under their own
names, for others point to them.
"""

from collections.abc import Sequence
from pathlib import Path

from alembic import op

revision: str = "20261201_treatment_scope"
down_revision: str | None = "20261126_mappings"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

FOLDER = Path(__file__).parents[1] / "treatment_scope"


def upgrade() -> None:
    _run("")


def downgrade() -> None:
    _run("_down")


def _run(way: str) -> None:
    connection = op.get_bind()
    path = FOLDER / f"{connection.dialect.name}{way}.sql"
    for statement in path.read_text(encoding="utf-8").split("\n-- next\n"):
        connection.exec_driver_sql(statement)
