"""The command `tracker restore`: a backup becomes the diary."""

import argparse
import os
from gettext import gettext as _
from pathlib import Path

from tracker.cli.backup import asked_passphrase
from tracker.cli.tree import Commands, command
from tracker.config import Settings
from tracker.domain.words import N_, Refused
from tracker.keyfile import KeyFile
from tracker.keys import Keys, keep_secret
from tracker.storage import restores
from tracker.storage.writer import refuse_network_folder, sole_use


class OtherKeys(Refused):
    """There are keys already, and the file holds others."""


def add(commands: Commands) -> None:
    """Add the command to the tree."""
    parser = command(
        commands,
        "restore",
        run,
        _("make a backup the diary"),
        _(
            "Stop the server first. The backup is checked before anything is touched; the "
            "present diary is moved into the backup folder, everyone signs in again, and who "
            "was erased since stays erased. With --keys the keys come back too; without the "
            "keys under which the backup was made, --without-keys says that you know what is "
            "lost: second factors, push subscriptions and the proof of the audit up to today."
        ),
    )
    parser.add_argument("file", type=Path, metavar=_("FILE"), help=_("a backup"))
    parser.add_argument(
        "--keys", type=Path, metavar=_("FILE"), help=_("what tracker backup --keys wrote")
    )
    parser.add_argument(
        "--passphrase-stdin",
        action="store_true",
        help=_("read the passphrase from the first line of standard input"),
    )
    parser.add_argument(
        "--without-keys", action="store_true", help=_("go on though the keys are lost")
    )


def run(args: argparse.Namespace) -> int:
    """Restore."""
    settings = Settings.from_environment(os.environ)
    settings.prepare()
    if settings.database_file is not None:
        refuse_network_folder(settings.database_file.parent)
    with sole_use(settings.serving_file):
        if args.keys is not None:
            _restore_keys(settings, args.keys, from_stdin=args.passphrase_stdin)
        keys = Keys.made_or_read(settings.secret_key_file)
        done = restores.restore(
            settings, keys.audit, args.file, settings.clock(), without_keys=args.without_keys
        )
    print(_("Restored: %(file)s") % {"file": args.file})
    if done.aside is not None:
        print(_("The diary from before is kept as %(file)s.") % {"file": done.aside})
    if done.erased:
        print(_("Erased once more: %(count)s.") % {"count": done.erased})
    if done.resealed:
        print(_("The audit chains were sealed anew: they prove nothing up to now."))
    return 0


def _restore_keys(settings: Settings, file: Path, *, from_stdin: bool) -> None:
    held = KeyFile.opened(file.read_bytes(), asked_passphrase(from_stdin=from_stdin))
    wanted = {settings.secret_key_file: held.secret, settings.push_key_file: held.push}
    for place, content in wanted.items():
        if place.exists() and place.read_bytes() != content:
            raise OtherKeys(
                N_("%(file)s is there and holds other keys: move it away, then restore again."),
                file=place,
            )
    for place, content in wanted.items():
        keep_secret(place, content)
    if held.help_text and not settings.help_file.exists():
        settings.help_file.write_text(held.help_text, "utf-8")
        print(_("The help list is back: %(file)s") % {"file": settings.help_file})
    print(_("Keys restored. The settings of that day were:"))
    for name, value in sorted(held.settings.items()):
        print(f"  {name}={value}")
