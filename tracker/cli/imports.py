"""The command `tracker import`: a file into someone's diary."""

import argparse
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from gettext import gettext as _
from pathlib import Path

from tracker.cli import foreign
from tracker.cli.analyze import pair, refuse
from tracker.cli.opening import Opened, opened
from tracker.cli.progress import bar
from tracker.cli.tree import Commands, command
from tracker.cli.user import found
from tracker.domain.people import Account
from tracker.domain.questionnaire import Ruler
from tracker.imports.archive import is_archive, read_archive
from tracker.imports.diaries import read_diary
from tracker.imports.problems import FileRefused
from tracker.services import import_plans, imports
from tracker.services.import_plans import Plan
from tracker.services.imports import OPERATOR, Format, Standing, Taking, Upload
from tracker.services.intakes import Intake, of_archive, of_diary
from tracker.storage import questionnaires


def add(commands: Commands) -> None:
    """Add the command to the tree."""
    parser = command(
        commands,
        "import",
        run,
        _("take a file into someone's diary"),
        _(
            "Takes in a diary CSV or an archive. Every error is named by line and column, and "
            "nothing is stored while there is one. Nights that the diary has already stay as "
            "they are. The person sees in their account that the operator did this."
        ),
    )
    parser.add_argument("name", metavar=_("NAME"), help=_("who keeps the diary"))
    parser.add_argument("file", type=Path, metavar=_("FILE"))
    parser.add_argument(
        "--format",
        choices=[each.value for each in Format],
        help=_("csv or json; by default the file tells"),
    )
    parser.add_argument(
        "--map",
        type=pair,
        action="append",
        default=[],
        metavar=_("COLUMN=ITEM"),
        help=_("read the file's COLUMN as ITEM; may be given several times"),
    )
    parser.add_argument(
        "--ruler",
        choices=[each.value for each in Ruler],
        default=Ruler.NRS.value,
        help=_("of rows that don't name theirs: nrs, 0 to 10 (the default), or vas, 0 to 100"),
    )
    parser.add_argument(
        "--existing",
        choices=[each.value for each in Standing],
        default=Standing.SKIP.value,
        help=_("nights that are there: skip them (the default), or add the file's as a revision"),
    )
    foreign.add(parser)
    parser.add_argument("--dry-run", action="store_true", help=_("say what would be done"))
    parser.add_argument("--skip-bad", action="store_true", help=_("leave out what is wrong"))


def run(args: argparse.Namespace) -> int:
    """Take the file in, or say line by line why not; return the exit code."""
    content = args.file.read_bytes()
    form = Format(args.format or ("json" if is_archive(content) else "csv"))
    with opened() as diary:
        who, now = found(diary, args.name), diary.settings.clock()
        try:
            intake, told = _read(diary, who, content, form, args)
        except FileRefused as refused:
            return refuse([f"{args.file}: {refused.in_words(_)}"])
        if told and not args.skip_bad:
            return refuse(told)
        with diary.database.reading() as session:
            planned = import_plans.plan(session, who, intake, now)
        if args.dry_run:
            print(_said(planned))
            return 0
        upload = Upload(form, args.file.name, content)
        batch = diary.database.write(
            lambda session: imports.keep_upload(session, who, upload, OPERATOR, now)
        )
        taking = Taking(who, batch, intake, OPERATOR, now, Standing(args.existing))
        taken = imports.take(diary.database, taking, bar)
    print(
        _("%(new)d nights taken in, %(added)d added to, %(left)d left as they were.")
        % {"new": taken.new, "added": taken.added, "left": taken.left}
    )
    return 0


def _read(
    diary: Opened,
    who: Account,
    content: bytes,
    form: Format,
    args: argparse.Namespace,
) -> tuple[Intake, list[str]]:
    """Return what the file brings, and a line for each thing that is wrong in it."""
    if form is Format.JSON:
        return of_archive(read_archive(content)), []
    if foreign.is_asked(args):
        file = foreign.read(content, who, args)
    else:
        file = read_diary(content, Ruler(args.ruler), dict(args.map))
    with diary.database.reading() as session:
        mine = questionnaires.own_items_of(session, who.id)
    told = [f"{args.file}: {problem.in_words(_)}" for problem in file.problems]
    intake = of_diary(file.diary, mine, diary.settings.clock())
    return replace(intake, asks_on=intake.asks_on and not foreign.is_asked(args)), told


def _said(planned: Plan) -> str:
    nights, days = planned.nights, planned.days
    lines = [
        _("Nothing was stored. This file holds %(count)d nights.") % {"count": len(days)},
        _("new: %(count)d") % {"count": len(nights.new)},
        _("the same as they stand: %(count)d") % {"count": len(nights.same)},
        _("different from what stands: %(days)s") % {"days": _days(nights.differing)},
        _("deleted in the diary: %(days)s") % {"days": _days(nights.deleted)},
        _("phases: %(new)d, and %(left)d that overlap what stands")
        % {"new": len(planned.phases), "left": planned.phases_left},
        _("medicines: %(new)d, and %(left)d that stand already")
        % {"new": len(planned.medicines), "left": planned.medicines_left},
        _("pauses: %(new)d, and %(left)d that overlap what stands")
        % {"new": len(planned.pauses), "left": planned.pauses_left},
        _("new side effects: %(count)d") % {"count": len(planned.happenings.effects)},
        _("new measurements: %(count)d") % {"count": len(planned.happenings.measurements)},
    ]
    return "\n".join(lines)


def _days(days: Iterable[date]) -> str:
    return ", ".join(day.isoformat() for day in sorted(days)) or _("none")
