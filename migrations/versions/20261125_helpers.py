"""Index what helpers entered: every night that is read looks there, and nearly none is in it."""

from collections.abc import Sequence

from alembic import op

revision: str = "20261125_helpers"
down_revision: str | None = "20261125_grant_invitations"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        "CREATE INDEX ix_revisions_owner_day ON revisions (owner, day) WHERE entered_by IS NOT NULL"
    )


def downgrade() -> None:
    op.get_bind().exec_driver_sql("DROP INDEX ix_revisions_owner_day")
