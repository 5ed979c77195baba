"""The command `tracker export`: someone's diary into a file."""

import argparse
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import Final

from tracker.cli.opening import opened
from tracker.cli.tree import Commands, command
from tracker.cli.user import found
from tracker.domain.dossiers import Dossier
from tracker.domain.limits import QUESTION_LIMIT
from tracker.domain.people import Account
from tracker.domain.responder import Rule
from tracker.domain.spans import ONE_DAY, Span
from tracker.domain.text import clean_lines
from tracker.domain.voice import Voice
from tracker.domain.windows import Preset
from tracker.domain.words import N_, Refused
from tracker.exports.archive import archive_json
from tracker.exports.fhir import bundle_json
from tracker.exports.redcap import redcap_zip
from tracker.exports.summary.values import Paper
from tracker.exports.table import diary_csv
from tracker.exports.text import report_text
from tracker.exports.workbook import workbook_xlsx
from tracker.imports.cells import read_date
from tracker.services import exports
from tracker.services.reports import read_report
from tracker.storage.database import Session

VOICE: Final = Voice(_, ngettext)


class ExportRefused(Refused):
    """The file can't be made, or is there already."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which nights, with notes or without, as of when; `page` is what only a printed one knows."""

    span: Span
    notes: bool
    now: datetime
    page: argparse.Namespace


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file: how it is made, and whether nights and notes can be chosen."""

    make: Callable[[Session, Account, Asked], bytes]
    is_whole: bool = False


def _table(session: Session, who: Account, asked: Asked) -> bytes:
    nights, questions = exports.nights(session, who)
    return diary_csv(nights, questions.items, span=asked.span, notes=asked.notes)


def _archive(session: Session, who: Account, _asked: Asked) -> bytes:
    return archive_json(exports.archive(session, who))


def _pdf(session: Session, who: Account, asked: Asked) -> bytes:
    # The typesetter is large: who asks for a table doesn't wait for it.
    from tracker.web.appointments import Wish, appointment

    reading = read_report(session, who, Rule.YOUNGER2013, Preset.WEEK, asked.now)
    wish = Wish(
        span=asked.span,
        paper=Paper(asked.page.paper),
        table=asked.page.table or asked.notes,
        notes=asked.notes,
        question=clean_lines(asked.page.question, QUESTION_LIMIT),
    )
    printed = asked.now.astimezone(who.tzinfo).date()
    return appointment(reading, who.name, wish, printed, VOICE)


def _of_dossier(write: Callable[[Dossier], bytes]) -> Callable[[Session, Account, Asked], bytes]:
    def make(session: Session, who: Account, asked: Asked) -> bytes:
        span, notes = asked.span, asked.notes
        return write(exports.dossier(session, who, asked.now, span, notes=notes))

    return make


FORMATS: Final[Mapping[str, Format]] = {
    "csv": Format(_table),
    "xlsx": Format(_of_dossier(lambda dossier: workbook_xlsx(dossier, _))),
    "json": Format(_archive, is_whole=True),
    "fhir": Format(_of_dossier(bundle_json)),
    "redcap": Format(_of_dossier(redcap_zip)),
    "pdf": Format(_pdf),
    "text": Format(_of_dossier(lambda dossier: report_text(dossier, VOICE)), is_whole=True),
}


def add(commands: Commands) -> None:
    """Add the command to the tree."""
    parser = command(
        commands,
        "export",
        run,
        _("write someone's diary into a file"),
        _(
            "csv: one row a night, for a spreadsheet and for `tracker analyze`. xlsx: a workbook "
            "with nights, phases, the verdict's figures and a dictionary. pdf: a page for an "
            "appointment. text: a page for a patient record. fhir: a FHIR R4 Bundle for clinical "
            "systems. redcap: a zip with a data dictionary and the data. json: the complete "
            "archive, which another installation takes in whole; `tracker verify` checks it "
            "anywhere. Who keeps the diary sees in their account that the operator took a copy."
        ),
    )
    parser.add_argument("name", metavar=_("NAME"), help=_("who keeps the diary"))
    parser.add_argument("--format", required=True, choices=[*FORMATS])
    parser.add_argument(
        "--from",
        dest="first",
        type=_day,
        metavar=_("DAY"),
        help=_("the first night, such as 2026-01-31; not for json and text, which are whole"),
    )
    parser.add_argument(
        "--to", dest="last", type=_day, metavar=_("DAY"), help=_("the last night, likewise")
    )
    parser.add_argument(
        "--notes", action="store_true", help=_("with the notes; they are left out else (not json)")
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
    form = FORMATS[args.format]
    if form.is_whole and (args.first or args.last or args.notes):
        raise ExportRefused(
            N_("A file of the format %(format)s is always whole: leave out --from, --to, --notes."),
            format=args.format,
        )
    last = date.max if args.last is None else args.last + ONE_DAY
    with opened() as diary:
        who, now = found(diary, args.name), diary.settings.clock()
        asked = Asked(Span(args.first or date.min, last), args.notes, now, args)
        with diary.database.snapshot() as session:
            data = form.make(session, who, asked)
        diary.database.write(
            lambda session: exports.note_by_operator(session, who, args.format, now)
        )
    if args.file == "-":
        sys.stdout.buffer.write(data)
    else:
        write_new(Path(args.file), data)
    return 0


def write_new(path: Path, data: bytes) -> None:
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
