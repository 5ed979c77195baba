"""Processes: several that answer on one socket, watched by a parent that only waits."""

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType
from typing import Final, NoReturn
from wsgiref.types import WSGIApplication

import waitress

from tracker.domain.words import N_, Refused

THREADS: Final = 4
BACKLOG: Final = 512
CONNECTIONS: Final = 2_000
# Seconds without a byte, after which a stalled client is let go.
STALLED: Final = 20
WATCHED: Final = frozenset({signal.SIGTERM, signal.SIGINT, signal.SIGCHLD})
# A process that lived so short did not get to work.
YOUNG: Final = 1.0
# Before it is started again.
PAUSE: Final = 1.0
MOST_YOUNG_DEATHS: Final = 5
# Seconds for the requests that are being answered; more than the server's own five.
GRACE: Final = 8.0


class AddressTaken(Refused):
    """The address to serve on is not to be had."""


class KeepsFailing(Refused):
    """A process dies again and again as soon as it was started."""


@dataclass(frozen=True, slots=True)
class Job:
    """What a process of its own does, until it is told to end by `SystemExit`."""

    name: str
    run: Callable[[], object]


@dataclass(slots=True)
class Child:
    """A running job."""

    job: Job
    started: float = field(default_factory=time.monotonic)


def bound(host: str, port: int) -> socket.socket:
    """Return a listening socket.

    Raises:
        AddressTaken: the address is in use, not ours, or not allowed.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise AddressTaken(
            N_("Can't serve on %(host)s port %(port)s (%(why)s): choose --port or --host."),
            host=host,
            port=port,
            why=error.strerror,
        ) from error


def answer(
    listening: socket.socket, application: WSGIApplication, *, most_bytes: int, behind_proxy: bool
) -> None:
    """Answer requests until `SystemExit`, then finish those that were begun."""
    server = waitress.create_server(
        application,
        sockets=[listening],
        threads=THREADS,
        backlog=BACKLOG,
        connection_limit=CONNECTIONS,
        channel_timeout=STALLED,
        asyncore_use_poll=True,
        max_request_body_size=most_bytes,
        # A proxy's headers are believed by the application, as far as its settings say.
        clear_untrusted_proxy_headers=not behind_proxy,
        ident=None,
    )
    server.run()
    server.close()


def supervise(jobs: Sequence[Job], started: Callable[[], object] = lambda: None) -> None:
    """Run each job in a process of its own until SIGTERM or SIGINT; start the dead again.

    Call it with no other thread running and no connection open: processes are forked.
    Where the parent itself is killed, its processes notice and end too.

    Args:
        jobs: what to run; the same one may stand there several times.
        started: called when all run, and signals already end us cleanly.

    Raises:
        KeepsFailing: a process died young several times in a row; all were ended.
    """
    signal.signal(signal.SIGCHLD, _noticed)
    signal.pthread_sigmask(signal.SIG_BLOCK, WATCHED)
    reading, writing = os.pipe()
    children: dict[int, Child] = {}

    def start(job: Job) -> None:
        # The child gets 0, becomes the job, and never comes back here.
        process = os.fork() or _become(job, reading, writing)
        children[process] = Child(job)

    for job in jobs:
        start(job)
    young_deaths = 0
    try:
        started()
        while True:
            if signal.sigwait(WATCHED) != signal.SIGCHLD:
                return
            for child in _buried(children):
                young = time.monotonic() - child.started < YOUNG
                young_deaths = young_deaths + 1 if young else 0
                if young_deaths == MOST_YOUNG_DEATHS:
                    raise KeepsFailing(
                        N_("A process of the server fails at its start again and again.")
                    )
                time.sleep(PAUSE * young)
                start(child.job)
    finally:
        _end(children)
        os.close(reading)
        os.close(writing)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, WATCHED)


def _noticed(number: int, frame: FrameType | None) -> None:
    """Take note of a signal that is waited for elsewhere: unhandled it would be dropped."""


def _buried(children: dict[int, Child]) -> list[Child]:
    """Return the children that died, and forget them."""
    dead = [process for process in children if os.waitpid(process, os.WNOHANG) != (0, 0)]
    return [children.pop(process) for process in dead]


def _end(children: dict[int, Child]) -> None:
    """Tell all to end; kill those that don't."""
    for process in children:
        os.kill(process, signal.SIGTERM)
    end = time.monotonic() + GRACE
    while children and time.monotonic() < end:
        time.sleep(0.01)
        _buried(children)
    for process in children:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)


def _become(job: Job, parent: int, parents_own: int) -> NoReturn:
    """Be the process of a job; nothing of the parent's is run or cleaned up here."""
    status = 1
    try:
        signal.signal(signal.SIGTERM, leave)
        # Ctrl-C reaches us all; the parent alone decides what it means.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, WATCHED)
        os.close(parents_own)
        threading.Thread(target=_end_with_parent, args=(parent,), daemon=True).start()
        job.run()
        status = 0
    except SystemExit:
        status = 0
    except Refused as refusal:
        print(f"tracker: {job.name}: {refusal}", file=sys.stderr)  # noqa: T201 - a line of the log
    finally:
        fault = sys.exc_info()[1]
        if fault is not None:
            # Whatever it was, it is a mistake of ours and goes into the log as it is.
            sys.excepthook(type(fault), fault, fault.__traceback__)
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def leave(number: int, frame: FrameType | None) -> NoReturn:
    """End cleanly at a signal."""
    del number, frame
    raise SystemExit(0)


def _end_with_parent(parent: int) -> None:
    # The other end is closed by the system when the parent is gone, however it went.
    os.read(parent, 1)
    os.kill(os.getpid(), signal.SIGTERM)
