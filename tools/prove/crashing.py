"""A PostgreSQL server that is stopped on the spot and started again, as after a crash."""

import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.postgres import (
    OPTIONS,
    Identity,
    Postgres,
    await_answer,
    free_port,
    ordinary_user,
    reachable_binaries,
)


@dataclass(slots=True)
class Cluster:
    """A server of our own, with its folder.

    Its options promise nothing: `synchronous_commit` is off unless who connects asks for it.
    """

    folder: Path
    binaries: Path
    identity: Identity
    postgres: Postgres
    server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it has recovered and answers."""
        options = [word for option in OPTIONS for word in ("-c", option)]
        log = self.folder / "log"
        with log.open("ab") as output:
            self.server = subprocess.Popen(
                [
                    self.binaries / "postgres",
                    f"-D{self.folder / 'data'}",
                    f"-p{self.postgres.port}",
                    *options,
                ],
                stdout=output,
                stderr=output,
                stdin=subprocess.DEVNULL,
                cwd=self.folder,
                env={"LC_ALL": "C"},
                process_group=0,
                **self.identity,
            )
        await_answer(self.postgres, self.server, log)

    def crash(self) -> None:
        """Stop it as `restart -m immediate` does: no checkpoint, no goodbye."""
        if self.server is not None:
            self.server.send_signal(signal.SIGQUIT)
            self.server.wait()

    def restart(self) -> None:
        """Crash and start again: it recovers from its log."""
        self.crash()
        self.start()

    def stand_by(self) -> None:
        """Start again as a standby, which reads and doesn't write."""
        self.crash()
        (self.folder / "data" / "standby.signal").touch()
        self.start()

    def promote(self) -> None:
        """Let the standby write."""
        with self.postgres.connect() as connection:
            connection.execute("SELECT pg_promote()")


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """Run a server that can be crashed, on a fresh folder and a free port."""
    identity = ordinary_user()
    with tempfile.TemporaryDirectory(prefix="evenfall-crash-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if identity:
            os.chown(folder, identity["user"], identity["group"])
        cluster = Cluster(
            folder, reachable_binaries(folder, identity), identity, Postgres(free_port())
        )
        subprocess.run(
            [
                cluster.binaries / "initdb",
                f"--pgdata={folder / 'data'}",
                "--username=postgres",
                "--auth=trust",
                "--encoding=UTF8",
                "--no-locale",
                "--no-sync",
            ],
            check=True,
            capture_output=True,
            cwd=folder,
            env={"LC_ALL": "C"},
            **identity,
        )
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.crash()
