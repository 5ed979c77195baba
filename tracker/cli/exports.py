"""The command `tracker export`: someone's diary into a file."""

import argparse
import sys
from datetime import date
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import Final

from tracker.cli.opening import Opened, opened
from tracker.cli.tree import Commands, command
from tracker.cli.user import found
from tracker.domain.limits import QUESTION_LIMIT
from tracker.domain.people import Account
from tracker.domain.responder import Rule
from tracker.domain.spans import ONE_DAY, Span
from tracker.domain.text import clean_lines
from tracker.domain.voice import Voice
from tracker.domain.windows import Preset
from tracker.domain.words import N_, Refused
from tracker.exports.archive import archive_json
from tracker.exports.summary.values import Paper
from tracker.exports.table import diary_csv
from tracker.imports.cells import read_date
from tracker.services import exports
from tracker.services.reports import read_report

FORMATS: Final = ("csv", "json", "pdf")
LATER: Final = ("xlsx", "fhir", "redcap", "text")


class ExportRefused(Refused):
    """The file can't be made, or is there already."""


def add(commands: Commands) -> None:
    """Add the command to the tree."""
    parser = command(
        commands,
        "export",
        run,
        _("write someone's diary into a file"),
        _(
            "csv: one row a night, for a spreadsheet and for `tracker analyze`. json: the "
            "complete archive, which another installation takes in whole. pdf: a page for an "
            "appointment. Who keeps the diary sees in their account that the operator took a "
            "copy."
        ),
    )
    parser.add_argument("name", metavar=_("NAME"), help=_("who keeps the diary"))
    parser.add_argument("--format", required=True, choices=(*FORMATS, *LATER))
    parser.add_argument(
        "--from",
        dest="first",
        type=_day,
        metavar=_("DAY"),
        help=_("csv, pdf: the first night, such as 2026-01-31"),
    )
    parser.add_argument(
        "--to", dest="last", type=_day, metavar=_("DAY"), help=_("csv, pdf: the last night")
    )
    parser.add_argument(
        "--notes", action="store_true", help=_("csv, pdf: with the notes; they are left out else")
    )
    _add_print(parser)
    parser.add_argument(
        "-o",
        dest="file",
        required=True,
        metavar=_("FILE"),
        help=_("where to; - is standard output"),
    )


def _add_print(parser: argparse.ArgumentParser) -> None:
    """Add what only a printed page knows."""
    parser.add_argument("--paper", choices=[*Paper], default=Paper.A4, help=_("pdf only"))
    parser.add_argument("--table", action="store_true", help=_("pdf only: with every night"))
    parser.add_argument(
        "--question",
        default="",
        metavar=_("TEXT"),
        help=_("pdf only: what to ask; other programs of this machine can see it"),
    )


def run(args: argparse.Namespace) -> int:
    """Write the file."""
    if args.format in LATER:
        raise ExportRefused(
            N_("%(format)s is not in this version: use csv, json or pdf."), format=args.format
        )
    if args.format == "json" and (args.first or args.last or args.notes):
        raise ExportRefused(N_("The archive is always whole: leave out --from, --to and --notes."))
    with opened() as diary:
        who = found(diary, args.name)
        data = _data(diary, who, args)
        _note(diary, who, args.format)
    if args.file == "-":
        sys.stdout.buffer.write(data)
    else:
        _write_new(Path(args.file), data)
    return 0


def _data(diary: Opened, who: Account, args: argparse.Namespace) -> bytes:
    if args.format == "json":
        return _archive(diary, who)
    return _pdf(diary, who, args) if args.format == "pdf" else _table(diary, who, args)


def _archive(diary: Opened, who: Account) -> bytes:
    with diary.database.snapshot() as session:
        return archive_json(exports.archive(session, who))


def _table(diary: Opened, who: Account, args: argparse.Namespace) -> bytes:
    with diary.database.snapshot() as session:
        nights, asked = exports.nights(session, who)
    return diary_csv(nights, asked.items, span=_span(args), notes=args.notes)


def _pdf(diary: Opened, who: Account, args: argparse.Namespace) -> bytes:
    # The typesetter is large: who asks for a table doesn't wait for it.
    from tracker.web.appointments import Wish, appointment

    now = diary.settings.clock()
    with diary.database.reading() as session:
        reading = read_report(session, who, Rule.YOUNGER2013, Preset.WEEK, now)
    wish = Wish(
        span=_span(args),
        paper=Paper(args.paper),
        table=args.table or args.notes,
        notes=args.notes,
        question=clean_lines(args.question, QUESTION_LIMIT),
    )
    printed = now.astimezone(who.tzinfo).date()
    return appointment(reading, who.name, wish, printed, Voice(_, ngettext))


def _span(args: argparse.Namespace) -> Span:
    last = date.max if args.last is None else args.last + ONE_DAY
    return Span(args.first or date.min, last)


def _note(diary: Opened, who: Account, form: str) -> None:
    now = diary.settings.clock()
    diary.database.write(lambda session: exports.note_by_operator(session, who, form, now))


def _write_new(path: Path, data: bytes) -> None:
    """Write a file that only its owner reads, where there was none."""
    try:
        path.touch(0o600, exist_ok=False)
    except FileExistsError as error:
        raise ExportRefused(
            N_("%(file)s is there already: move it away, or choose another name."), file=path
        ) from error
    path.write_bytes(data)


def _day(text: str) -> date:
    try:
        return read_date(text)
    except Refused as refused:
        raise argparse.ArgumentTypeError(refused.in_words(_)) from refused
