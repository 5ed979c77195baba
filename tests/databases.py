"""Give tests real databases: SQLite files and PostgreSQL, each one fresh."""

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Final

import pytest

from tests.postgres import Postgres, running_postgres
from tracker.storage.database import Database
from tracker.storage.migrations import migrate

BACKENDS: Final = ("sqlite", "postgresql")
TEMPLATE: Final = "evenfall_template"
NUMBERS: Final = count(1)


def sqlite_url(path: Path) -> str:
    """Return the address of a database file as SQLAlchemy writes it."""
    return f"sqlite:///{path}"


def fill_template(url: str) -> None:
    """Bring an empty database to today's tables, leaving no connection open."""
    with Database(url) as database:
        migrate(database)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    """Run one PostgreSQL server for the whole session."""
    with running_postgres() as postgres:
        yield postgres


@pytest.fixture(scope="session")
def postgres_template(postgres_server: Postgres) -> str:
    """Return the name of the database that others are copied from."""
    postgres_server.create(TEMPLATE)
    fill_template(postgres_server.url(TEMPLATE))
    return TEMPLATE


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file that other database files are copied from."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    path.touch(0o600)
    fill_template(sqlite_url(path))
    return path


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """Return the database product: a test that needs one runs on both."""
    product: str = request.param
    return product


@pytest.fixture
def sqlite_database_url(sqlite_template: Path, tmp_path: Path) -> str:
    """Return the address of an SQLite database with today's tables and no rows."""
    path = tmp_path / "evenfall.db"
    shutil.copy(sqlite_template, path)
    return sqlite_url(path)


@pytest.fixture
def postgres_database_url(postgres_server: Postgres, postgres_template: str) -> Iterator[str]:
    """Return the address of a PostgreSQL database with today's tables and no rows."""
    name = f"evenfall_{next(NUMBERS)}"
    postgres_server.create(name, template=postgres_template)
    yield postgres_server.url(name)
    postgres_server.drop(name)


@pytest.fixture
def database_url(backend: str, request: pytest.FixtureRequest) -> str:
    """Return the address of a database with today's tables and no rows, on each product."""
    name = "sqlite_database_url" if backend == "sqlite" else "postgres_database_url"
    url: str = request.getfixturevalue(name)
    return url


@pytest.fixture
def empty_postgres_url(postgres_server: Postgres) -> Iterator[str]:
    """Return the address of a PostgreSQL database without a table."""
    name = f"evenfall_{next(NUMBERS)}"
    postgres_server.create(name)
    yield postgres_server.url(name)
    postgres_server.drop(name)


@pytest.fixture
def empty_database_url(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of a database without a table, on each product."""
    if backend == "sqlite":
        return sqlite_url(tmp_path / "empty.db")
    url: str = request.getfixturevalue("empty_postgres_url")
    return url
