"""The command `tracker user`: add people, help them in again, list them, close their account."""

import argparse
import sys
from gettext import gettext as _

from tracker.cli.opening import Opened, opened
from tracker.cli.tree import Commands
from tracker.config import Settings
from tracker.domain.passwords import clean_password
from tracker.domain.people import Account, Role
from tracker.domain.recovery import LINK_LIFE
from tracker.domain.words import N_, Refused


class UserRefused(Refused):
    """There is no such person, or their account is closed."""


def add(commands: Commands) -> None:
    """Add the command to the tree."""
    parser = commands.add_parser(
        "user",
        help=_("add people, help them in again, list them"),
        description=_("Looks after the accounts. None of this reads a diary."),
        allow_abbrev=False,
    )
    deeds = parser.add_subparsers(title=_("deeds"), metavar=_("DEED"), required=True)
    adding = deeds.add_parser(
        "add",
        help=_("add a person"),
        description=_(
            "Adds a person and prints a link that works once. By it they choose a password, "
            "read what they agree to, and bring their time zone. With --password-stdin the "
            "password is read from the first line of standard input instead, and they agree "
            "by using it. Clinicians and coordinators set up a second factor at their first "
            "sign-in; before that nothing else is open to them."
        ),
        allow_abbrev=False,
    )
    adding.add_argument("name", metavar=_("NAME"), help=_("a pseudonym will do"))
    adding.add_argument("--role", required=True, choices=[role.value for role in Role])
    adding.add_argument("--password-stdin", action="store_true", help=_("read the password"))
    adding.set_defaults(run=run_add)
    for name, run, summary, more in (
        (
            "reset",
            run_reset,
            _("print a link that sets a new password once"),
            _(
                "Prints a link that sets a new password once. A second factor is taken away: then "
                "the old password opens nothing any more, and the person is signed out everywhere."
            ),
        ),
        (
            "disable",
            run_disable,
            _("close an account: nobody signs in to it any more"),
            _("Closes an account: nobody signs in to it any more."),
        ),
    ):
        deed = deeds.add_parser(name, help=summary, description=more, allow_abbrev=False)
        deed.add_argument("name", metavar=_("NAME"))
        deed.set_defaults(run=run)
    listing = deeds.add_parser("list", help=_("list everyone"), allow_abbrev=False)
    listing.set_defaults(run=run_list)


def run_add(args: argparse.Namespace) -> int:
    """Add a person."""
    from tracker.services import people
    from tracker.services.hashing import shared

    with opened() as diary:
        now = diary.settings.clock()
        chosen = _asked_password() if args.password_stdin else ""
        role = Role(args.role)
        made = people.added_account(args.name, now, role, agreed=args.password_stdin)
        least = role.least_password(has_factor=False)
        password = clean_password(chosen, made.name, least) if args.password_stdin else None
        hashed = None if password is None else shared().hash(password)
        with diary.database.writing() as session:
            people.add(session, made, hashed, "operator", now)
        if password is None:
            _print_link(diary, made)
        else:
            print(_("%(name)s can sign in.") % {"name": made.name})
    return 0


def run_reset(args: argparse.Namespace) -> int:
    """Print a link to a new password; a second factor goes."""
    from tracker.services import recovery

    with opened() as diary:
        account = found(diary, args.name)
        _refuse_disabled(account)
        with diary.database.writing() as session:
            had_factor = recovery.take_factors(session, account, diary.settings.clock())
        if had_factor:
            said = _(
                "The second factor of %(name)s is removed. The old password opens nothing any "
                "more, and %(name)s is signed out everywhere."
            )
            print(said % {"name": account.name}, file=sys.stderr)
        _print_link(diary, account)
    return 0


def run_disable(args: argparse.Namespace) -> int:
    """Close an account."""
    from tracker.services import accounts

    with opened() as diary:
        account = found(diary, args.name)
        with diary.database.writing() as session:
            accounts.disable(session, account, diary.settings.clock())
        print(_("%(name)s is signed out and can't sign in any more.") % {"name": account.name})
    return 0


def run_list(args: argparse.Namespace) -> int:
    """List everyone: name, role, since when, and what is the matter."""
    from tracker.storage import accounts, factors

    del args
    with opened() as diary, diary.database.reading() as session:
        proved = factors.owners(session)
        for account in accounts.everyone(session):
            columns = (
                account.name,
                account.role,
                f"{account.created_at:%Y-%m-%d}",
                _state(account, has_factor=account.id in proved),
            )
            print("\t".join(columns).rstrip())
    return 0


def link(settings: Settings, token: str) -> str:
    """Return the address by which a person sets a password.

    The token follows the #, so that no server, proxy or mail scanner ever sees it.
    """
    return f"{settings.base_url or f'http://localhost:{settings.port}'}/reset#{token}"


def _print_link(diary: Opened, account: Account) -> None:
    from tracker.services import recovery

    with diary.database.writing() as session:
        token = recovery.make_link(session, account, diary.settings.clock())
    told = {"name": account.name, "days": LINK_LIFE.days}
    print(
        _("Give this link to %(name)s. It works once, for %(days)s days:") % told, file=sys.stderr
    )
    print(link(diary.settings, token))


def _refuse_disabled(account: Account) -> None:
    if account.disabled:
        raise UserRefused(N_("The account of %(name)s is disabled."), name=account.name)


def found(diary: Opened, name: str) -> Account:
    """Return the account of this name.

    Raises:
        UserRefused: there is none.
    """
    from tracker.storage import accounts

    with diary.database.reading() as session:
        account = accounts.find_by_name(session, name)
    if account is None:
        raise UserRefused(
            N_("Nobody here is called %(name)s. `tracker user list` names everyone."), name=name
        )
    return account


def _state(account: Account, *, has_factor: bool) -> str:
    if account.disabled:
        return _("disabled")
    if account.erase_at is not None:
        return _("to be erased on %(day)s") % {"day": f"{account.erase_at:%Y-%m-%d}"}
    if not account.consent_version:
        return _("invited")
    return _("no second factor yet") if account.role.needs_factor and not has_factor else ""


def _asked_password() -> str:
    return sys.stdin.readline().rstrip("\r\n")
