"""A migration killed at each of its statements, then run again: it must converge."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from sqlalchemy import MetaData, event, text

from tests.postgres import running_postgres
from tracker.storage.database import Database
from tracker.storage.migrations import migrate

ROOT: Final = Path(__file__).resolve().parents[2]
SCHEMA: Final = {
    "sqlite": "SELECT type, name, sql FROM sqlite_master ORDER BY type, name",
    "postgresql": (
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE "
        "connamespace = 'public'::regnamespace UNION ALL "
        "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal UNION ALL "
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' UNION ALL "
        "SELECT table_name || '.' || column_name, data_type || is_nullable "
        "FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2"
    ),
}


def die_at(url: str, statement: int) -> None:
    """Migrate, and be killed before the given statement; end well where there are fewer."""
    left = statement

    def count(*_: Any) -> None:  # noqa: ANN401 - what an event is called with
        nonlocal left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    with Database(url) as database:
        event.listen(database.writer, "before_cursor_execute", count)
        event.listen(database.writer, "commit", count)
        migrate(database)


def killed_at(url: str, statement: int) -> bool:
    """Run a migration that is killed at a statement; return whether it came that far."""
    command = [sys.executable, "-m", "tools.prove.migrating", url, str(statement)]
    # Coverage of a process that is killed is of no use, and costs time.
    environment = {k: v for k, v in os.environ.items() if not k.startswith("COVERAGE")}
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False)
    if done.returncode not in {0, -signal.SIGKILL}:
        raise RuntimeError(f"the migration ended with {done.returncode}")
    return done.returncode != 0


def schema(url: str) -> list[tuple[Any, ...]]:
    """Return everything that a schema is made of, with triggers and CHECKs."""
    with Database(url) as database, database.reading() as session:
        product = session.get_bind().dialect.name
        return [tuple(row) for row in session.execute(text(SCHEMA[product]))]


def converges_after(url: str, statement: int) -> bool:
    """Kill a first migration at a statement; return whether it was, and left nothing."""
    if not killed_at(url, statement):
        return False
    with Database(url) as database, database.reading() as session:
        left = MetaData()
        left.reflect(session.connection())
    return not left.tables


def converges(url: str, statements: Iterable[int], expected: list[tuple[Any, ...]]) -> int:
    """Kill at each statement and migrate again; return how many kills there were.

    Raises:
        RuntimeError: something was left behind, or the end was another than without kills.
    """
    kills = 0
    for statement in statements:
        if not converges_after(url, statement):
            break
        kills += 1
    with Database(url) as database:
        migrate(database)
    if schema(url) != expected:
        raise RuntimeError("after kills the schema is another")
    return kills


def prove() -> bool:
    """Kill at every statement on both databases, and print how many there were."""
    with tempfile.TemporaryDirectory() as folder, running_postgres() as postgres:
        for name in ("whole", "killed"):
            postgres.create(name)
        _prove("SQLite", f"sqlite:///{folder}/whole.db", f"sqlite:///{folder}/killed.db")
        _prove("PostgreSQL", postgres.url("whole"), postgres.url("killed"))
    return True


def _prove(product: str, whole: str, killed: str) -> None:
    with Database(whole) as database:
        migrate(database)
    kills = converges(killed, range(10_000), schema(whole))
    print(f"migration killed at each of {kills} statements, {product}: converges")


if __name__ == "__main__":
    die_at(sys.argv[1], int(sys.argv[2]))
