"""Where a database stands in the row of migrations, read without loading Alembic."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect, text

from tracker.domain.words import N_, Refused
from tracker.storage.database import Database, Session

PACKAGE: Final = Path(__file__).resolve().parent.parent
# "Evnf": how SQLite files of ours are told from other programs'.
APPLICATION_ID: Final = 0x45766E66
NAMED: Final = re.compile(r"^(revision|down_revision)\b[^=]*= *[\"'](\w+)[\"']", re.MULTILINE)


class ForeignDatabase(Refused):
    """The database holds something, but not a diary."""


class NewerDatabase(Refused):
    """The database was made or migrated by a newer version of this program."""


def migrations_folder() -> Path:
    """Return the migrations: a wheel carries them inside, a checkout has them beside."""
    inside = PACKAGE / "_migrations"
    return inside if inside.is_dir() else PACKAGE.parent / "migrations"


def known(folder: Path) -> tuple[str, ...]:
    """Return all revisions from the first to the newest.

    They stand in one row: a branch would be refused by Alembic, and by a test.
    """
    after: dict[str, str] = {}
    for file in folder.glob("versions/*.py"):
        names = dict(NAMED.findall(file.read_text(encoding="utf-8")))
        after[names.get("down_revision", "")] = names["revision"]
    return tuple(_followed(after))


def _followed(after: dict[str, str]) -> Iterator[str]:
    revision = after.get("", "")
    while revision:
        yield revision
        revision = after.get(revision, "")


def standing(connection: Connection, revisions: Iterable[str]) -> str | None:
    """Return the revision of a database; None where it is empty.

    Raises:
        ForeignDatabase: it holds tables of another program.
        NewerDatabase: its revision is unknown here.
    """
    tables = set(inspect(connection).get_table_names())
    if tables <= {"alembic_version"}:
        return None
    if not tables >= {"alembic_version", "installation"}:
        raise ForeignDatabase(
            N_("The database holds something else than a diary, so it was left alone.")
        )
    revision = connection.scalar(text("SELECT version_num FROM alembic_version"))
    if revision not in set(revisions):
        raise NewerDatabase(
            N_("The database was made by a newer version of tracker: install that one.")
        )
    return str(revision)


def is_current(database: Database) -> bool:
    """Say whether a database stands at the newest revision.

    Raises:
        ForeignDatabase: it holds tables of another program.
        NewerDatabase: its revision is unknown here.
    """
    revisions = known(migrations_folder())
    with database.reading() as session:
        return standing(session.connection(), revisions) == revisions[-1]


def is_empty(database: Database) -> bool:
    """Say whether a database holds no table of ours yet.

    Raises:
        ForeignDatabase: it holds tables of another program.
        NewerDatabase: its revision is unknown here.
    """
    with database.reading() as session:
        return standing(session.connection(), known(migrations_folder())) is None


def server_settings(session: Session, names: Iterable[str]) -> Mapping[str, str]:
    """Return settings of a PostgreSQL server; nothing where there is no server."""
    if session.get_bind().dialect.name != "postgresql":
        return {}
    return {name: str(session.scalar(text(f"SHOW {name}"))) for name in names}
