"""Add studies: who runs one, consents, who takes part, sealed slots, readings by coordinators.

The statements stand in `studies/<database>.sql`, frozen, a line `-- next` between them; the way
back in `studies/<database>_down.sql`. On SQLite `readings` is made anew, for its CHECKs grew.
"""

from collections.abc import Sequence
from pathlib import Path

from alembic import op

revision: str = "20261201_studies"
down_revision: str | None = "20261201_happenings"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

FOLDER = Path(__file__).parents[1] / "studies"


def upgrade() -> None:
    _run("")


def downgrade() -> None:
    _run("_down")


def _run(way: str) -> None:
    connection = op.get_bind()
    path = FOLDER / f"{connection.dialect.name}{way}.sql"
    for statement in path.read_text(encoding="utf-8").split("\n-- next\n"):
        connection.exec_driver_sql(statement)
