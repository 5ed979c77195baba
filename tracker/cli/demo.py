"""The command `tracker demo`: made-up people of each role, to look at everything with."""

import argparse
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from gettext import gettext as _

from tracker.boxes import close
from tracker.cli.made_up import LIVES, OTHER_LIVES, ZONE, MadeUp, made_up
from tracker.cli.made_up_besides import DRUG_FIRST, Besides, answer_when_asked, besides_of
from tracker.cli.opening import Opened, opened
from tracker.cli.tree import Commands, command
from tracker.domain.blinding import encode_order
from tracker.domain.diary import diary_day
from tracker.domain.factors import Factor, FactorKind, grouped, step_at
from tracker.domain.grants import GrantKind, Terms
from tracker.domain.passphrases import make_passphrase
from tracker.domain.people import Account, Role
from tracker.domain.questionnaire import MOOD, PAIN, SLEEP, Ruler
from tracker.domain.scopes import WHOLE, Scope
from tracker.domain.started_plans import Sealing
from tracker.domain.words import N_, Refused
from tracker.keys import Keys
from tracker.sealing import seal
from tracker.services import codes, grants, people, sums
from tracker.services.hashing import shared
from tracker.services.people import NewPerson
from tracker.storage import (
    accounts,
    audit,
    factors,
    measurements,
    medicines,
    pauses,
    phases,
    plans,
    questionnaires,
    revisions,
    side_effects,
)
from tracker.storage.database import Session

MAKER = "tracker"  # in the audit chain: nobody did this by hand
SCOPES = {"demo-silent": Scope(items=frozenset({PAIN.key, SLEEP.key, MOOD.key}))}
READERS = {Role.CLINICIAN: "demo-clinician", Role.COORDINATOR: "demo-coordinator"}


class PeopleThere(Refused):
    """Made-up people don't go among real ones."""


def add(commands: Commands) -> None:
    """Add the command to the tree."""
    parser = command(
        commands,
        "demo",
        run,
        _("load made-up people, to look around"),
        _(
            "Loads a finished crossover, a running diary, a clinician who may read them and some "
            "more, and a coordinator into an empty database, and prints their sign-ins, once. "
            "Such a database is served on this machine only."
        ),
    )
    parser.add_argument(
        "--if-empty", action="store_true", help=_("where people are already, do nothing")
    )


def run(args: argparse.Namespace) -> int:
    """Load the demo."""
    with opened() as diary:
        with diary.database.reading() as session:
            is_empty = not accounts.everyone(session)
        if is_empty:
            _load(diary)
        elif not args.if_empty:
            raise PeopleThere(
                N_(
                    "People are here already, and a demo goes into an empty database only: "
                    "set TRACKER_INSTANCE to another folder."
                )
            )
    return 0


def _load(diary: Opened) -> None:
    now = diary.settings.clock()
    today = diary_day(now, UTC)
    made = [made_up(life, today) for life in LIVES]
    passwords = [make_passphrase(secrets.choice, 4) for _each in made]
    hashes = [shared().hash(password) for password in passwords]
    with diary.database.writing() as session:
        owners = [
            _store(session, one, hashed, diary.keys, now)
            for one, hashed in zip(made, hashes, strict=True)
        ]
        others = [made_up(life, today) for life in OTHER_LIVES]
        owners += [_store(session, one, None, diary.keys, now) for one in others]
    added = {role: _add_reader(diary, role, name, now) for role, name in READERS.items()}
    with diary.database.writing() as session:
        for owner in owners:
            terms = Terms(GrantKind.READ, SCOPES.get(owner.name, WHOLE))
            grants.give(session, owner, added[Role.CLINICIAN][0], terms, now)
    print(_("The demo is loaded. Its sign-ins, shown this once:"))
    for one, password in zip(made, passwords, strict=True):
        print(f"  {one.name}   {password}")
    for _who, lines in added.values():
        print("\n".join(lines))


def _add_reader(
    diary: Opened, role: Role, name: str, now: datetime
) -> tuple[Account, Sequence[str]]:
    """Add somebody who signs in with a code too; return them, and the lines that say how."""
    password, secret = make_passphrase(secrets.choice, 4), codes.new_secret()
    hashed = shared().hash(password)
    who = people.new_account(NewPerson(name, "", ZONE), now, role)
    factor_id = secrets.token_urlsafe(16)
    sealed = codes.seal_secret(diary.keys.totp, secret, who.id, factor_id)
    # Its present code was taken by nobody: the first sign-in may use it.
    factor = Factor(factor_id, FactorKind.TOTP, sealed, "", now, now, step_at(now) - 2)
    with diary.database.writing() as session:
        accounts.add(session, who, hashed, demo=True)
        factors.add(session, who.id, factor)
        audit.record(session, who.id, "account.made", MAKER, now)
    return who, (
        f"  {name}   {password}",
        "    " + _("key for an authenticator app: %(key)s") % {"key": grouped(secret)},
        f"    {codes.uri(secret, name)}",
    )


def _store(
    session: Session, made: MadeUp, hashed: str | None, keys: Keys, now: datetime
) -> Account:
    began = datetime.combine(made.first, time(12), UTC)
    who = people.new_account(NewPerson(made.name, "", ZONE), began)
    accounts.add(session, who, hashed, demo=True)
    number = _ask(session, who, made, began)
    besides = besides_of(made)
    if besides is None:
        nights = made.revisions
        for phase in made.phases:
            phases.add_phase(session, who.id, phase, began)
    else:
        nights = tuple(answer_when_asked(made, besides))
        _store_besides(session, who.id, besides, keys)
    pause = pauses.new_pause(made.pause.start, made.pause.end, _("away"))
    pauses.add_pause(session, who.id, pause, began)
    written = [replace(one, author=who.id, questionnaire=number) for one in nights]
    revisions.append_first(session, who.id, [one for one in written if one.number == 1])
    for again in written:
        if again.number > 1:
            revisions.append_revision(session, who.id, again)
    audit.record(session, who.id, "account.made", MAKER, now)
    audit.record(session, who.id, "demo.loaded", MAKER, now, nights=len(made.revisions))
    sums.refresh(session, who, now)
    return who


def _store_besides(session: Session, owner: str, besides: Besides, keys: Keys) -> None:
    """Store a plan with its sealed order, its phases, and all that was noted, each on its day."""
    plan = besides.plan
    key = besides.key
    hidden = seal(keys.plans, key.private, plan.about)
    box = close(key.public, encode_order(DRUG_FIRST), plan.about)
    plans.add(session, owner, replace(plan, sealing=Sealing(key.public, hidden, box)))
    for phase in besides.phases:
        phases.add_phase(session, owner, phase, plan.created_at, plan.id)
    medicine = besides.medicine
    doses_at = [_evening(dose.start) for dose in medicine.doses]
    medicines.add_medicine(session, owner, medicine, _evening(medicine.start), *doses_at)
    for effect in besides.effects:
        side_effects.add_effect(session, owner, effect, _evening(effect.reported))
    for day in besides.checks:
        side_effects.add_check(session, owner, day, _evening(day))
    for one in besides.measurements:
        measurements.add_measurement(session, owner, one, _evening(one.day))


def _evening(day: date) -> datetime:
    return datetime.combine(day, time(19), UTC)


def _ask(session: Session, who: Account, made: MadeUp, began: datetime) -> int:
    """Store what the diary asks; return the number of its version."""
    questionnaires.begin(session, who.id, began)
    for item in made.items:
        if item.is_own:
            questionnaires.add_own_item(session, who.id, item, began)
    return questionnaires.save_next(session, who.id, Ruler.NRS, made.items, began).number
