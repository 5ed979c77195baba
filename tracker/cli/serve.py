"""The command `tracker serve`: the diary, set up, migrated and answering."""

import argparse
import os
import socket
import sys
import time
from dataclasses import replace
from gettext import gettext as _
from typing import Final

from tracker import serving
from tracker.cli.opening import Opened, opened
from tracker.cli.remind import be_reminder
from tracker.cli.tree import Commands, command
from tracker.config import HOST, PORT, Settings
from tracker.domain.words import N_, Refused
from tracker.keys import Keys
from tracker.storage import installation
from tracker.storage.database import Database
from tracker.storage.writer import in_use
from tracker.web import app

WORKERS: Final = 2
MOST_WORKERS: Final = 64
HIGHEST_PORT: Final = 65_535
HOUSEKEEPING: Final = 600.0
# The first requests shall not wait for the first round.
FIRST_ROUND: Final = 2.0


class DemoRefused(Refused):
    """Demo people would be met by strangers."""


def add(commands: Commands) -> None:
    """Add the command to the tree."""
    parser = command(
        commands,
        "serve",
        run,
        _("serve the diary"),
        _(
            "Makes what is missing (folder, key, database), migrates an older diary after a "
            "backup, and serves until Ctrl-C. Each day it writes a backup; every ten minutes "
            "it signs the audit chains; it reminds those who want that."
        ),
    )
    parser.add_argument(
        "--host",
        default=HOST,
        help=_("address to serve on (default: %(default)s, this machine only)"),
    )
    parser.add_argument(
        "--port",
        type=port,
        default=PORT,
        help=_("default: %(default)s; 0 takes any that is free"),
    )
    parser.add_argument(
        "--workers",
        type=workers,
        default=WORKERS,
        help=_("processes that answer (default: %(default)s; one for each core is good)"),
    )
    parser.add_argument(
        "--public",
        action="store_true",
        help=_("serve demo people beyond this machine too"),
    )


def run(args: argparse.Namespace) -> int:
    """Serve until told to end."""
    settings = Settings.from_environment(os.environ).serving_on(
        args.host, args.port, public=args.public
    )
    settings.prepare()
    with in_use(settings.serving_file), serving.bound(args.host, args.port) as listening:
        settings = replace(settings, port=listening.getsockname()[1])
        with opened(settings) as diary:
            refuse_demo(diary)
            keys = diary.keys
        answering = serving.Job("web", lambda: answer(settings, keys, listening))
        others = (
            serving.Job("housekeeping", lambda: keep_house(settings, keys)),
            serving.Job("reminders", lambda: be_reminder(settings, keys)),
        )
        serving.supervise([*[answering] * args.workers, *others], lambda: say_where(settings))
    return 0


def port(text: str) -> int:
    """Return the number of a port."""
    if not (text.isascii() and text.isdigit() and int(text) <= HIGHEST_PORT):
        raise argparse.ArgumentTypeError(_("a port is a number from 0 to 65535"))
    return int(text)


def workers(text: str) -> int:
    """Return a number of processes."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_WORKERS):
        raise argparse.ArgumentTypeError(_("workers are 1 to 64"))
    return int(text)


def refuse_demo(diary: Opened) -> None:
    """Refuse to show demo people, whose passwords were on a screen, to strangers."""
    with diary.database.reading() as session:
        demo = installation.has_demo(session)
    if demo and diary.settings.meets_strangers and not diary.settings.public:
        raise DemoRefused(
            N_("There are demo people in this database: serve it on this machine, or say --public.")
        )


def say_where(settings: Settings) -> None:
    """Print the address, once, and what the operator should know."""
    host = "localhost" if settings.on_loopback else settings.host
    named = f"[{host}]" if ":" in host else host
    print(_("Evenfall serves on %(url)s") % {"url": f"http://{named}:{settings.port}"}, flush=True)
    if settings.proxy_hops and not settings.on_loopback:
        print(
            _(
                "TRACKER_PROXY_HOPS: who reaches this port past the proxy can pretend to be "
                "anyone's address; serve on 127.0.0.1 where the proxy is on this machine."
            ),
            file=sys.stderr,
            flush=True,
        )
    if settings.test_clock is not None:
        print(_("TEST CLOCK: %(now)s") % {"now": settings.clock().isoformat()}, flush=True)


def answer(settings: Settings, keys: Keys, listening: socket.socket) -> None:
    """Be one of the processes that answer."""
    with Database(settings.database_url, audit_key=keys.audit) as database:
        serving.answer(
            listening,
            app.create_wsgi(settings, database, keys),
            most_bytes=app.MOST_BYTES,
            behind_proxy=settings.proxy_hops > 0,
        )


def keep_house(settings: Settings, keys: Keys, first: float = FIRST_ROUND) -> None:
    """Be the process that signs, backs up and tidies; trouble waits for the next round."""
    time.sleep(first)
    from tracker.services import housekeeping

    with Database(settings.database_url, audit_key=keys.audit) as database:
        while True:
            try:
                housekeeping.keep_house(database, settings, settings.clock())
            except (Refused, OSError) as trouble:
                print(f"tracker: housekeeping: {trouble}", file=sys.stderr, flush=True)
            time.sleep(HOUSEKEEPING)
