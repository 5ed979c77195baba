"""The command `tracker remind`: reminders to those who are due, once or until stopped."""

import argparse
import signal
import sys
import time
from gettext import gettext as _
from typing import Final

from tracker.cli.opening import opened
from tracker.cli.tree import Commands, command
from tracker.config import Settings
from tracker.delivery.couriers import Couriers
from tracker.domain.words import Refused
from tracker.keys import Keys
from tracker.services import reminding
from tracker.services.reminding import Sender, Told
from tracker.serving import leave
from tracker.storage.database import Database
from tracker.web import words
from tracker.web.reminder_words import in_language_of

# A reminder comes at most this late; seconds.
PACE: Final = 20.0


def add(commands: Commands) -> None:
    """Add the command to the tree."""
    parser = command(
        commands,
        "remind",
        run,
        _("send the reminders that are due"),
        _(
            "Reminds everyone whose time has come, whose night is still empty and not paused: "
            "by push to all devices, by mail where no push arrives. A running server does this "
            "by itself; any number of processes may do it at once, none sends what another "
            "sends. Without --once it goes on until Ctrl-C."
        ),
    )
    parser.add_argument("--once", action="store_true", help=_("send what is due now, then end"))


def run(args: argparse.Namespace) -> int:
    """Remind."""
    with opened() as diary:
        sender = made(diary.settings, diary.keys, diary.database)
        if not args.once:
            signal.signal(signal.SIGTERM, leave)
            keep_reminding(sender, diary.settings)
        told = reminding.remind(sender, diary.settings.clock)
    print(
        _("Pushed: %(pushed)s, mailed: %(mailed)s, later: %(later)s, nobody reached: %(nobody)s.")
        % {fate.value: told[fate] for fate in Told}
    )
    return 0


def made(settings: Settings, keys: Keys, database: Database) -> Sender:
    """Return what sending needs.

    Raises:
        KeyRefused: the push key is not safe to use.
    """
    speak = in_language_of(words.installed())
    return Sender(database, keys, Couriers.of(settings), speak, settings.base_url)


def keep_reminding(sender: Sender, settings: Settings) -> None:
    """Remind until told to end; trouble waits for the next round."""
    while True:
        try:
            reminding.remind(sender, settings.clock)
        except Refused as trouble:
            print(f"tracker: remind: {trouble}", file=sys.stderr, flush=True)
        time.sleep(PACE)


def be_reminder(settings: Settings, keys: Keys) -> None:
    """Be the process of a server that reminds."""
    with Database(settings.database_url, audit_key=keys.audit) as database:
        keep_reminding(made(settings, keys, database), settings)
