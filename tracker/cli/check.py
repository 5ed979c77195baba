"""The command `tracker check`: every setting and habit that is not safe, by name."""

import argparse
import sqlite3
import stat
from collections.abc import Iterator
from datetime import timedelta
from gettext import gettext as _
from typing import Final
from urllib.parse import urlsplit

from tracker.cli.opening import Opened, opened
from tracker.cli.tree import Commands, command
from tracker.config import Registration, Settings
from tracker.domain.help_lists import HelpList
from tracker.domain.words import N_, Refused
from tracker.storage import backups, installation, reminders
from tracker.storage.schema import server_settings
from tracker.variables import is_at_home, is_loopback

# From here on SQLite's log can't be reset under a reader's feet.
MENDED: Final = (3, 51, 3)
STALE: Final = timedelta(days=2)
OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
# Without these PostgreSQL acknowledges what a power cut takes back.
DURABLE: Final = ("fsync", "full_page_writes")


class Unsafe(Refused):
    """Something is not safe; nothing is refused for it."""


def add(commands: Commands) -> None:
    """Add the command to the tree."""
    command(
        commands,
        "check",
        run,
        _("name every unsafe setting"),
        _(
            "Looks at settings, files, backups and the database, and names what is not safe "
            "and what to do about it. Nothing is changed."
        ),
    )


def run(args: argparse.Namespace) -> int:
    """Name what is unsafe, one line each."""
    del args
    with opened() as diary:
        found = [
            *of_settings(diary.settings),
            *of_files(diary.settings),
            *of_database(diary),
            *of_reminders(diary),
        ]
    for each in found:
        print(each.in_words(_))
    print(_("Unsafe: %(count)s.") % {"count": len(found)})
    return 0


def of_settings(settings: Settings) -> Iterator[Unsafe]:
    """Name unsafe settings."""
    if settings.test_clock is not None:
        yield Unsafe(N_("TRACKER_CLOCK: this server runs on a test clock."))
    if settings.meets_strangers and settings.asked_registration is Registration.OPEN:
        yield Unsafe(N_("TRACKER_REGISTRATION: anyone who finds this server may register."))
    yield from of_the_way(settings)
    if any(name.startswith(".") for name in settings.trusted_hosts):
        yield Unsafe(N_("TRACKER_TRUSTED_HOSTS: a leading dot trusts every name below it."))
    database = urlsplit(settings.database_url)
    remote = database.hostname and not is_loopback(database.hostname)
    if remote and "sslmode=verify-" not in database.query:
        yield Unsafe(N_("TRACKER_DATABASE_URL: without sslmode=verify-full others can read along."))


def of_the_way(settings: Settings) -> Iterator[Unsafe]:
    """Name what is unsafe, or doesn't fit together, on the way from a phone to here."""
    base = urlsplit(settings.base_url or "")
    host = base.hostname or ""
    if settings.takes_plain_http:
        yield Unsafe(
            N_("TRACKER_ALLOW_HTTP_LAN: passwords and diaries cross the network unencrypted.")
        )
    elif settings.allow_http_lan:
        yield Unsafe(
            N_("TRACKER_ALLOW_HTTP_LAN: does nothing beside an https address; take it out.")
        )
    usable = is_loopback(host) or (settings.takes_plain_http and is_at_home(host))
    if base.scheme == "http" and not usable:
        yield Unsafe(N_("TRACKER_BASE_URL: http is not encrypted; nobody can sign in there."))
    if base.scheme == "https" and not settings.proxy_hops:
        yield Unsafe(
            N_(
                "TRACKER_PROXY_HOPS: https needs a proxy in front, which is believed only where "
                "it is counted; with 0 hops nobody can sign in. With one proxy set it to 1."
            )
        )
    if settings.proxy_hops and not base.scheme:
        yield Unsafe(
            N_(
                "TRACKER_BASE_URL: not set, but people come through a proxy; links lead to "
                "localhost, and the proxy's name is refused. Set it to the https address."
            )
        )


def of_files(settings: Settings) -> Iterator[Unsafe]:
    """Name unsafe places and files."""
    near = settings.database_file or settings.instance
    folder = settings.backup_dir
    if not folder.is_dir() or folder.stat().st_dev == near.parent.stat().st_dev:
        yield Unsafe(
            N_("TRACKER_BACKUP_DIR: backups lie on the diary's own disk and would go with it.")
        )
    newest = backups.newest(folder)
    if newest is None or settings.clock() - newest.taken > STALE:
        yield Unsafe(N_("There is no backup of the last two days: run tracker backup."))
    yield from _of_help(settings)
    for path in (near, folder, settings.audit_heads_file):
        if path.exists() and path.stat().st_mode & OTHERS:
            yield Unsafe(
                N_("Others on this machine can reach %(file)s: run chmod go= on it."), file=path
            )


def _of_help(settings: Settings) -> Iterator[Unsafe]:
    listed = HelpList.from_text(settings.help_text() or "")
    if not listed.paragraphs:
        yield Unsafe(
            N_(
                "“Need help now?” shows general words only: write who can be reached into %(file)s."
            ),
            file=settings.help_file,
        )
    elif listed.is_stale(settings.clock().date()):
        yield Unsafe(
            N_(
                "Nobody checked the help list %(file)s within a year: try its numbers, then begin "
                "it with a line such as “reviewed %(today)s”."
            ),
            file=settings.help_file,
            today=settings.clock().date(),
        )


def of_database(diary: Opened) -> Iterator[Unsafe]:
    """Name what is unsafe in and about the database."""
    with diary.database.reading() as session:
        present = installation.found(session)
        demo = installation.has_demo(session)
        told = server_settings(session, DURABLE)
    if present is None or present.keys_saved_at is None:
        yield Unsafe(N_("The keys were never backed up: run tracker backup --keys FILE."))
    if demo:
        yield Unsafe(N_("There are demo people, whose passwords were shown on a screen."))
    for name in DURABLE:
        if told.get(name, "on") != "on":
            yield Unsafe(
                N_("PostgreSQL runs with %(name)s off: a power cut can damage it."), name=name
            )
    if diary.database.file is not None and sqlite3.sqlite_version_info < MENDED:
        yield Unsafe(
            N_(
                "SQLite %(version)s has a rare fault (mended in 3.51.3) that our writer lock "
                "keeps away: let no other program write to the diary."
            ),
            version=sqlite3.sqlite_version,
        )


def of_reminders(diary: Opened) -> Iterator[Unsafe]:
    """Name what keeps reminders from those who want them."""
    with diary.database.reading() as session:
        wanted = reminders.any_on(session)
    settings = diary.settings
    if not wanted:
        return
    if settings.base_url is None:
        yield Unsafe(N_("TRACKER_BASE_URL: without it reminders by mail can't be sent."))
    if settings.smtp_url is None:
        yield Unsafe(N_("TRACKER_SMTP_URL: without it whom no push reaches isn't reminded."))
    if settings.mail_sender is None:
        yield Unsafe(N_("TRACKER_CONTACT: a mail address in it is needed, to send reminders from."))
