"""`tracker analyze`: the verdict on a diary file, without a database or an account."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import Final, TypeVar

from tracker.cli.tree import Commands, command
from tracker.domain.phases import Phase
from tracker.domain.questionnaire import Ruler
from tracker.domain.report import build_report
from tracker.domain.responder import Rule
from tracker.domain.windows import Preset
from tracker.exports.plain import plain
from tracker.exports.verdict import verdict
from tracker.imports.diaries import DiaryFile, read_diary
from tracker.imports.phases import PhasesFile, read_phases
from tracker.imports.problems import FileRefused

DONE: Final = 0
REFUSED: Final = 1

File = TypeVar("File", DiaryFile, PhasesFile)


def add(commands: Commands) -> None:
    """Add the command to the tree."""
    parser = command(
        commands,
        "analyze",
        run,
        _("the verdict on a diary file"),
        _(
            "Judge a diary file: which rule is met, on which days, by which figures? No database "
            "and no account are needed. Example: tracker analyze diary.csv --phases phases.csv "
            "--ruler vas"
        ),
    )
    parser.add_argument("diary", type=Path, metavar="DIARY.csv", help=_("date,<item>,...,note"))
    parser.add_argument(
        "--phases",
        type=Path,
        metavar="PHASES.csv",
        help=_("phase,start,end,label,medicine,dose_mg; the end is the day after the last"),
    )
    add_choices(parser)


def add_choices(parser: argparse.ArgumentParser) -> None:
    """Add the options that say how diaries are judged."""
    parser.add_argument(
        "--ruler",
        choices=[each.value for each in Ruler],
        default=Ruler.NRS.value,
        help=_("nrs: scores from 0 to 10 (the default); vas: from 0 to 100; never guessed"),
    )
    parser.add_argument(
        "--rule",
        choices=[each.value for each in Rule],
        default=Rule.YOUNGER2013.value,
        help=_("what makes a responder (default: younger2013)"),
    )
    parser.add_argument(
        "--preset",
        choices=[each.value for each in Preset],
        default=Preset.WEEK.value,
        help=_("which days of a phase are judged (default: week, its last seven)"),
    )
    parser.add_argument(
        "--map",
        type=pair,
        action="append",
        default=[],
        metavar="COLUMN=ITEM",
        help=_("read the file's COLUMN as ITEM; may be given several times"),
    )
    parser.add_argument("--json", action="store_true", help=_("print one JSON object instead"))


def run(args: argparse.Namespace) -> int:
    """Print the verdict, or one line on stderr that says what is wrong; return the exit code."""
    ruler, mapping = Ruler(args.ruler), dict(args.map)
    diary, told = _read(args.diary, lambda data: read_diary(data, ruler, mapping))
    phases: tuple[Phase, ...] = ()
    if args.phases is not None:
        file, also = _read(args.phases, read_phases)
        phases = () if file is None else file.phases
        told += also
    if diary is None or told:
        return refuse(told, listed=not args.json)
    report = build_report(
        diary.diary,
        phases,
        Rule(args.rule),
        Preset(args.preset),
        date.min if diary.rows is None else diary.rows.end,
        asked=diary.rows,
    )
    if args.json:
        json.dump(verdict(report), sys.stdout, indent=1)
        print()
    else:
        show(plain(report, _))
    return DONE


def show(text: str) -> None:
    """Print `text`, with question marks for what an old terminal's encoding lacks."""
    encoding = sys.stdout.encoding
    print(text.encode(encoding, "replace").decode(encoding), end="")


def _read(path: Path, reader: Callable[[bytes], File]) -> tuple[File | None, list[str]]:
    """Return what the file says, None where nothing can be read, and a line for each problem."""
    try:
        file = reader(path.read_bytes())
    except FileRefused as refused:
        return None, [f"{path}: {refused.in_words(_)}"]
    return file, [f"{path}: {problem.in_words(_)}" for problem in file.problems]


def refuse(told: Sequence[str], *, listed: bool = True) -> int:
    """Print one line on stderr: the first thing wrong, and how many more there are.

    Where there are more and `listed` is true, all stand on stdout, a line each.
    """
    if listed and len(told) > 1:
        for each in told:
            print(" ".join(each.split()))
    line = " ".join(told[0].split())
    if len(told) > 1:
        more = ngettext("(%(count)d more problem)", "(%(count)d more problems)", len(told) - 1)
        line = f"{line} {more % {'count': len(told) - 1}}"
    print(f"tracker: {line}", file=sys.stderr)
    return REFUSED


def pair(text: str) -> tuple[str, str]:
    """Return the column and the item of `COLUMN=ITEM`."""
    column, sign, item = text.rpartition("=")
    if not (column and sign and item):
        raise argparse.ArgumentTypeError(_("write it as COLUMN=ITEM"))
    return column, item
