"""The command `tracker tidy`: what `serve` does by itself each day, for those who use cron."""

import argparse
from gettext import gettext as _

from tracker.cli.opening import opened
from tracker.cli.tree import Commands, command
from tracker.services import housekeeping


def add(commands: Commands) -> None:
    """Add the command to the tree."""
    command(
        commands,
        "tidy",
        run,
        _("delete what is past its time"),
        _(
            "Deletes sign-ins that have ended, words of nights deleted more than 30 days ago, "
            "people who asked to be erased a week ago, and backups whose time is over. A "
            "running server does this each day by itself."
        ),
    )


def run(args: argparse.Namespace) -> int:
    """Tidy up."""
    del args
    with opened() as diary:
        now = diary.settings.clock()
        done = housekeeping.tidy(diary.database, diary.settings, now)
        gone = housekeeping.let_go(diary.settings, now)
    told = {
        "sessions": done.sessions,
        "texts": done.texts,
        "erased": done.erased,
        "backups": len(gone),
    }
    print(
        _(
            "Gone: %(sessions)s sign-ins, the words of %(texts)s nights, %(erased)s people, "
            "%(backups)s backups."
        )
        % told
    )
    return 0
