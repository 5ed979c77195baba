"""Scopes that were there before medicines could be shared let them be read; the others don't."""

from typing import Final

from alembic import command
from alembic.config import Config
from sqlalchemy import insert, select

from tests.storage.access import GLANCE, GRANT, GRANT_INVITATION, HELD, SHARE
from tests.storage.nights import welcome
from tracker.storage import models
from tracker.storage.database import Database
from tracker.storage.schema import migrations_folder

BEFORE: Final = "20261126_mappings"
SCOPED: Final = (models.grants, models.grant_invitations, models.shares)
OFFER: Final = {**GRANT_INVITATION, "id": "o", "side": "offer", "token_sha256": b"\x02" * 32}
ROWS: Final = (
    (models.grants, HELD),
    (models.grants, {**GRANT, "kind": "help"}),
    (models.glances, GLANCE),
    (models.grant_invitations, GRANT_INVITATION),
    (models.grant_invitations, OFFER),
    (models.shares, SHARE),
)


def test_who_could_read_before_may_read_treatment_and_nobody_else(database: Database) -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations_folder()))
    with database.writing() as session:
        welcome(session)
        for table, row in ROWS:
            session.execute(insert(table).values(row))
    with database.connected(foreign_keys=False) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, BEFORE)
        command.upgrade(config, "head")
    with database.reading() as session:
        found = {
            row.id: row.treatment for table in SCOPED for row in session.execute(select(table))
        }
        assert session.execute(select(models.glances.c.grant_id)).scalar_one() == HELD["id"]
    assert found == {"held": True, "g": False, "i": False, "o": True, "s": True}


def test_a_release_that_knows_no_treatment_shares_none(database: Database) -> None:
    row = {name: value for name, value in SHARE.items() if name != "treatment"}
    with database.writing() as session:
        welcome(session)
        session.execute(insert(models.shares).values(row))
        assert not session.execute(select(models.shares.c.treatment)).scalar_one()
