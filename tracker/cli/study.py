"""The command `tracker study`: list studies, make codes, randomise, unblind, report, export."""

import argparse
import sys
from gettext import gettext as _
from pathlib import Path
from typing import Final

from tracker.cli.analyze import show
from tracker.cli.backup import asked_passphrase
from tracker.cli.opening import Opened, opened
from tracker.cli.tree import Commands
from tracker.domain.people import Role
from tracker.domain.plans import READY_MADE
from tracker.domain.questionnaire import Ruler
from tracker.domain.readings import Reader, ReaderKind
from tracker.domain.responder import Rule
from tracker.domain.studies import Draft, Member, Protocol, Study, StudyRefused
from tracker.domain.windows import Preset
from tracker.domain.words import N_
from tracker.exports.summary.values import Paper

OPERATOR: Final = Member("operator", "operator", coordinates=True, holds_key=False)


def add(commands: Commands) -> None:
    """Add the command to the tree."""
    parser = commands.add_parser(
        "study",
        help=_("studies: list, create, enrol, randomise, unblind, report, export"),
        description=_(
            "Looks after studies from this machine. People are named by study code alone. A "
            "study's key is set on its page, by whoever holds it; nothing here opens it without "
            "their passphrase."
        ),
        allow_abbrev=False,
    )
    deeds = parser.add_subparsers(title=_("deeds"), metavar=_("DEED"), required=True)

    def deed(name: str, summary: str) -> argparse.ArgumentParser:
        added = deeds.add_parser(name, help=summary, description=summary, allow_abbrev=False)
        if name not in {"list", "create"}:
            added.add_argument("study", metavar=_("STUDY"), help=_("its id, or its title"))
        return added

    deed("list", _("list studies")).set_defaults(run=run_list)
    creating = deed("create", _("make a study that a coordinator runs; prints its id"))
    creating.add_argument("--coordinator", required=True, metavar=_("NAME"))
    creating.add_argument("--title", required=True)
    creating.add_argument(
        "--plan", required=True, help=_("a ready-made one"), choices=list(READY_MADE)
    )
    creating.add_argument("--medicine", required=True, help=_("as in the protocol"))
    creating.add_argument("--consent", required=True, type=Path, metavar=_("FILE"))
    creating.add_argument("--ruler", choices=[one.value for one in Ruler], default="nrs")
    creating.add_argument("--size", type=int, default=28)
    creating.add_argument("--least-nights", type=int, default=0)
    creating.set_defaults(run=run_create)
    enrolling = deed("enrol", _("print a code by which people join"))
    enrolling.add_argument("--uses", type=int, default=1)
    enrolling.set_defaults(run=run_enrol)
    drawing = deed("randomise", _("give the next sealed slot to a participant"))
    drawing.add_argument("code", metavar=_("CODE"))
    drawing.add_argument("--why", default="", help=_("where the baseline is too short"))
    drawing.set_defaults(run=run_randomise)
    opening = deed(
        "unblind", _("open all orders of a closed study, after a coordinator asked for it")
    )
    opening.add_argument("--passphrase-stdin", action="store_true", help=_("read it there"))
    opening.set_defaults(run=run_unblind)
    reporting = deed("report", _("print the report by arm, once unblinded"))
    reporting.add_argument("--rule", choices=[one.value for one in Rule], default="younger2013")
    reporting.add_argument("--preset", choices=[one.value for one in Preset], default="week")
    reporting.add_argument("--json", action="store_true", help=_("the same as --format json"))
    reporting.add_argument("--format", choices=["text", "json", "pdf"], default="text")
    reporting.add_argument("--paper", choices=[*Paper], default=Paper.A4, help=_("pdf only"))
    reporting.add_argument(
        "--release",
        action="store_true",
        help=_("withhold what would tell of fewer than five people, for others to read"),
    )
    reporting.add_argument(
        "-o", "--output", metavar=_("FILE"), default="-", help=_("- is the standard output")
    )
    reporting.set_defaults(run=run_report)
    exporting = deed("export", _("write the data set into a folder"))
    exporting.add_argument("-o", "--output", required=True, type=Path, metavar=_("FOLDER"))
    exporting.set_defaults(run=run_export)


def run_list(_args: argparse.Namespace) -> int:
    """List studies."""
    from tracker.storage import studies

    with opened() as diary, diary.database.reading() as session:
        for one in studies.list_all(session):
            print(f"{one.id}  {one.state}  {one.enrolled}/{one.draft.size}  {one.draft.title}")
    return 0


def run_create(args: argparse.Namespace) -> int:
    """Make a study."""
    from tracker.services import studies
    from tracker.storage import accounts

    protocol = Protocol(args.plan, args.medicine)
    draft = Draft(args.title, protocol, Ruler(args.ruler), (), args.size, args.least_nights)
    words = args.consent.read_text(encoding="utf-8")
    with opened() as diary:
        now = diary.settings.clock()
        with diary.database.writing() as session:
            who = accounts.find_by_name(session, args.coordinator)
            if who is None or who.role is not Role.COORDINATOR:
                raise StudyRefused(
                    N_("There is no coordinator's account of this name. The operator makes them.")
                )
            made = studies.make(session, who, draft, now)
            studies.write_consent(session, studies.Run(made, OPERATOR), words, now)
        print(made.id)
    return 0


def run_enrol(args: argparse.Namespace) -> int:
    """Print a code by which people join."""
    from tracker.services import studies

    with opened() as diary, diary.database.writing() as session:
        run = studies.Run(_found(diary, args.study), OPERATOR)
        print(studies.new_code(session, run, args.uses, diary.settings.clock()))
    return 0


def run_randomise(args: argparse.Namespace) -> int:
    """Give the next slot to somebody."""
    from tracker.services import allocations, studies

    with opened() as diary, diary.database.writing() as session:
        run, now = studies.Run(_found(diary, args.study), OPERATOR), diary.settings.clock()
        slot = allocations.randomise(session, run, args.code, args.why, now)
        print(_("%(code)s has slot %(slot)d.") % {"code": args.code, "slot": slot})
    return 0


def run_unblind(args: argparse.Namespace) -> int:
    """Open all orders."""
    from tracker.services import allocations, studies

    with opened() as diary:
        run = studies.Run(_found(diary, args.study), OPERATOR)
        passphrase = asked_passphrase(from_stdin=args.passphrase_stdin)
        with diary.database.writing() as session:
            count = allocations.unblind(session, run, passphrase, diary.settings.clock())
        print(_("%(count)d people are unblinded.") % {"count": count})
    return 0


def run_report(args: argparse.Namespace) -> int:
    """Print the report by arm, or write it into a file."""
    from tracker.cli.exports import write_new
    from tracker.cli.study_reports import written
    from tracker.services import study_reports
    from tracker.web.study_reports import judge

    with opened() as diary:
        study, today = _found(diary, args.study), diary.settings.clock().date()
        study_reports.demand_arms(study)
        with diary.database.snapshot() as session:
            people = [one for _owner, one in study_reports.gather(session, study)]
            beside = study_reports.beside(session, study)
        _note(diary, study)
    by = Rule(args.rule), Preset(args.preset)
    judged = judge(study, people, beside, by, release=args.release)
    kind = "json" if args.json else args.format
    made = written(judged, kind, Paper(args.paper), today)
    if args.output != "-":
        write_new(Path(args.output), made)
    elif kind == "pdf":
        sys.stdout.buffer.write(made)
    else:
        show(made.decode())
    return 0


def run_export(args: argparse.Namespace) -> int:
    """Write the data set."""
    from tracker.exports import studies as tables
    from tracker.services import study_reports

    with opened() as diary:
        study = _found(diary, args.study)
        with diary.database.snapshot() as session:
            people = [one for _owner, one in study_reports.gather(session, study)]
        _note(diary, study)
    args.output.mkdir(parents=True, exist_ok=True)
    for name, write in tables.FILES.items():
        (args.output / name).write_bytes(write(people, study))
        print(args.output / name)
    return 0


def _found(diary: Opened, named: str) -> Study:
    """Return the study of this id or title.

    Raises:
        StudyRefused: there is none, or several have this title.
    """
    from tracker.storage import studies

    with diary.database.reading() as session:
        known = studies.list_all(session)
    mine = [one for one in known if named in {one.id, one.draft.title}]
    if len(mine) != 1:
        raise StudyRefused(
            N_("There is no one study “%(named)s”. “tracker study list” shows them."), named=named
        )
    return mine[0]


def _note(diary: Opened, study: Study) -> None:
    """Write down, for each of its people, that the operator took what the study sees."""
    from tracker.services import readings, study_reports

    who, now = Reader("operator", "operator", ReaderKind.OPERATOR), diary.settings.clock()
    with diary.database.writing() as session:
        owners = [owner for owner, _one in study_reports.gather(session, study)]
        readings.note_study(session, study.id, who, owners, now)
