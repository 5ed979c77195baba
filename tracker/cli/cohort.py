"""`tracker cohort`: the group report over many diaries, without a database or an account."""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import Final, TextIO

from tracker.cli.analyze import add_choices, refuse, show
from tracker.cli.progress import bar, stop
from tracker.cli.tree import Commands, command
from tracker.domain.group_sheets import Asked
from tracker.domain.group_words import sheet
from tracker.domain.groups import group_report
from tracker.domain.outcomes import Outcome, outcomes_of
from tracker.domain.phases import Phase
from tracker.domain.questionnaire import Ruler
from tracker.domain.releases import released
from tracker.domain.responder import Rule
from tracker.domain.scoresheets import no_nights
from tracker.domain.voice import Voice
from tracker.domain.windows import Preset
from tracker.domain.words import N_, Refused
from tracker.exports.groups import group
from tracker.exports.plain_groups import plain_group
from tracker.exports.plain_sheets import plain_sheet
from tracker.exports.releases import released_group
from tracker.imports.cohorts import Person, Reading, read_one, read_people
from tracker.imports.people import read_person
from tracker.imports.problems import FileRefused, ProblemsFound
from tracker.imports.streams import ENCODING, ERRORS
from tracker.imports.timelines import Timelines, read_timelines

DONE: Final = 0
STEPS: Final = 100  # of the bar
NO_PHASES: Final = N_(
    "Line %(line)d: “%(person)s” has nights here and no phases in the phases file. Add the phases "
    "there, correct the name, or take these rows out."
)
NO_FILES: Final = N_(
    "This folder holds no diaries. Name each file after its person, like anna.csv."
)


class _Wrong(Exception):  # noqa: N818 - an answer to a person, not a fault
    """What is wrong with a file, a line each."""

    def __init__(self, told: list[str]) -> None:
        super().__init__(told)
        self.told = told


def add(commands: Commands) -> None:
    """Add the command to the tree."""
    parser = command(
        commands,
        "cohort",
        run,
        _("the group report over many diaries"),
        _(
            "Judge many people's diaries, each against its own baseline, and report on each arm: "
            "responders with Wilson's interval, mean improvement, the cumulative curve, and pairs "
            "where people were in both arms. Both files have a column “person”, and in the diary "
            "file a person's rows stand together; or the diaries are files of their own, named "
            "after the person. No database and no account are needed. Example: tracker cohort "
            "diaries.csv --phases phases.csv --ruler vas"
        ),
    )
    parser.add_argument(
        "diary",
        type=Path,
        metavar="DIARY.csv|DIRECTORY",
        help=_("person,date,<item>,...,note; or a folder of <person>.csv, without that column"),
    )
    parser.add_argument(
        "--phases",
        type=Path,
        required=True,
        metavar="PHASES.csv",
        help=_("person,phase,start,end,label,medicine,dose_mg; who wrote nothing counts too"),
    )
    parser.add_argument(
        "--release",
        action="store_true",
        help=_("withhold what would tell of fewer than five people, for others to read"),
    )
    add_choices(parser)


def run(args: argparse.Namespace) -> int:
    """Print the group report, or one line on stderr that says what is wrong."""
    asked = Ruler(args.ruler), Rule(args.rule), Preset(args.preset)
    try:
        with _opened(args.phases) as file:
            timelines = read_timelines(file)
        report = group_report(_outcomes(args, timelines), timelines.arms)
    except _Wrong as wrong:
        return refuse(wrong.told, listed=not args.json)
    if args.json:
        made = group(report, *asked)
        if args.release:
            made = released_group(released(report, asked[1]), *asked)
        json.dump(made, sys.stdout, indent=1)
        print()
    elif args.release:
        show(plain_sheet(sheet(released(report, asked[1]), Asked(*asked), Voice(_, ngettext))))
    else:
        show(plain_group(report, asked, _))
    return DONE


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    """Open a file for reading; what is found wrong with it is told with its path."""
    try:
        with path.open(encoding=ENCODING, errors=ERRORS, newline="") as file:
            yield file
    except ProblemsFound as found:
        raise _Wrong([f"{path}: {each.in_words(_)}" for each in found.problems]) from found
    except Refused as refused:
        raise _Wrong([f"{path}: {refused.in_words(_)}"]) from refused


def _outcomes(args: argparse.Namespace, timelines: Timelines) -> Iterator[dict[str, Outcome]]:
    """Yield everyone's outcomes, and draw how far this has come."""
    reading = Reading(Ruler(args.ruler), Rule(args.rule), dict(args.map))
    people = timelines.people
    done, step = 0, max(1, len(people) // STEPS)
    try:
        for person in _everyone(args, reading, people):
            yield outcomes_of(person.sheet, people[person.name], reading.rule, Preset(args.preset))
            done += 1
            if done % step == 0 or done == len(people):
                bar(done, len(people))
    except _Wrong:
        if done >= step:
            stop()
        raise


def _everyone(
    args: argparse.Namespace, reading: Reading, people: Mapping[str, tuple[Phase, ...]]
) -> Iterator[Person]:
    """Yield each person with nights, then those with phases alone."""
    left = dict.fromkeys(people)
    files = _files(args) if args.diary.is_dir() else [args.diary]
    for path in files:
        with _opened(path) as file:
            for person in _written(path, file, reading, apart=args.diary.is_dir()):
                if person.name not in left:
                    raise FileRefused(NO_PHASES, line=person.line, person=person.name)
                del left[person.name]
                yield person
    sheet = no_nights(reading.ruler, reading.rule)
    yield from (Person(name, 0, sheet) for name in left)


def _files(args: argparse.Namespace) -> list[Path]:
    """Return the files of a folder, by name, the phases that may lie there too left out."""
    found = [
        path
        for path in sorted(args.diary.glob("*.csv"))
        if not path.name.startswith(".") and not path.samefile(args.phases)
    ]
    if not found:
        raise _Wrong([f"{args.diary}: {_(NO_FILES)}"])
    return found


def _written(path: Path, file: TextIO, reading: Reading, *, apart: bool) -> Iterator[Person]:
    if apart:
        yield Person(read_person(path.stem), 1, read_one(file, reading))
    else:
        yield from read_people(file, reading)
