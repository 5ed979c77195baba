"""The command `tracker backup`: the diary, and on request its keys, into files."""

import argparse
import getpass
import os
import sys
from gettext import gettext as _
from pathlib import Path

from tracker.cli.opening import Opened, opened
from tracker.cli.tree import Commands, command
from tracker.variables import PREFIX


def add(commands: Commands) -> None:
    """Add the command to the tree."""
    parser = command(
        commands,
        "backup",
        run,
        _("write a checked backup while the diary is in use"),
        _(
            "Copies everything that was saved, checks the copy and its audit chains, and only "
            "then gives it its name. Don't copy the database by other means: what was saved "
            "last is still in its log. Without FILE the backup goes into the backup folder, "
            "where 7 daily, 4 weekly and 12 monthly ones are kept."
        ),
    )
    parser.add_argument("file", nargs="?", type=Path, metavar=_("FILE"), help=_("where to"))
    parser.add_argument(
        "--keys",
        type=Path,
        metavar=_("FILE"),
        help=_(
            "write the keys, the settings and the help list there, under a passphrase, "
            "instead of the diary"
        ),
    )
    parser.add_argument(
        "--passphrase-stdin",
        action="store_true",
        help=_("read the passphrase from the first line of standard input"),
    )


def run(args: argparse.Namespace) -> int:
    """Write the backup."""
    with opened() as diary:
        if args.keys is not None:
            _write_keys(diary, args.keys, from_stdin=args.passphrase_stdin)
        else:
            _write_diary(diary, args.file)
    return 0


def asked_passphrase(*, from_stdin: bool) -> str:
    """Return the passphrase that the person types or pipes in."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return getpass.getpass(_("Passphrase: "))


def _write_diary(diary: Opened, file: Path | None) -> None:
    from tracker.services import housekeeping
    from tracker.storage import backups

    now = diary.settings.clock()
    housekeeping.sign_heads(diary.database, diary.settings, now)
    if file is not None:
        written = backups.write_to(diary.database, file)
    else:
        written = housekeeping.back_up(diary.database, diary.settings, now)
    print(_("Backup written: %(file)s") % {"file": written})


def _write_keys(diary: Opened, file: Path, *, from_stdin: bool) -> None:
    from tracker.delivery import vapid
    from tracker.keyfile import KeyFile
    from tracker.keys import keep_secret, read_secret
    from tracker.storage import installation
    from tracker.storage.backups import refuse_existing

    refuse_existing(file)
    settings = {name: text for name, text in os.environ.items() if name.startswith(PREFIX)}
    vapid.made_or_read(diary.settings.push_key_file)
    content = KeyFile(
        diary.settings.secret_key_file.read_bytes(),
        settings,
        read_secret(diary.settings.push_key_file),
        diary.settings.help_text() or "",
    )
    keep_secret(file, content.sealed(asked_passphrase(from_stdin=from_stdin)))
    with diary.database.writing() as session:
        installation.mark_keys_saved(session, diary.settings.clock())
    print(_("Keys written: %(file)s. Keep it away from the backups.") % {"file": file})
