"""The command `tracker verify`: say whether an archive is whole, wherever it lies."""

import argparse
import json
from gettext import gettext as _
from pathlib import Path

from tracker.cli.tree import Commands, command
from tracker.imports.archive import read_archive


def add(commands: Commands) -> None:
    """Add the command to the tree."""
    parser = command(
        commands,
        "verify",
        run,
        _("say whether an archive is whole"),
        _(
            "Each revision in an archive carries the hash of itself after the one before. This "
            "follows the chain to its end and says what it ends with: who noted that down when the "
            "archive was made knows that nothing was changed, taken out or put in since. No "
            "database, account or key is needed."
        ),
    )
    parser.add_argument(
        "archive", type=Path, metavar="ARCHIVE.json", help=_("what `export --format json` wrote")
    )


def run(args: argparse.Namespace) -> int:
    """Print what the chain holds; a broken one is refused by the first place that is wrong."""
    data = args.archive.read_bytes()
    archive = read_archive(data)
    told = {
        "revisions": len(archive.revisions),
        "nights": len({one.day for one in archive.revisions}),
        "sha256": json.loads(data)["chain"]["sha256"],
    }
    print(_("Whole: %(revisions)d revisions of %(nights)d nights, ending in %(sha256)s") % told)
    return 0
