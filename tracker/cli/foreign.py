"""What `tracker import` needs to be told of a table of another app."""

import argparse
from collections.abc import Mapping, Sequence
from gettext import gettext as _
from typing import Final

from tracker.cli.analyze import pair
from tracker.domain.people import Account
from tracker.domain.questionnaire import ITEMS, OWN_COLUMN, Ruler
from tracker.domain.words import N_
from tracker.imports.apps import prepared
from tracker.imports.columns import DATE, NO_DATE, NOTE, UNKNOWN, item_of
from tracker.imports.diaries import DiaryFile
from tracker.imports.foreign import read_sheet
from tracker.imports.mapped import read_mapped
from tracker.imports.moments import DateOrder
from tracker.imports.problems import FileRefused
from tracker.imports.readings import TIME, Column, Reading, Several
from tracker.imports.scales import Rounding, Scale, read_number

OPTIONS: Final = ("dates", "scale", "word", "several", "by_time", "comma", "round", "skip_others")


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options; any of them makes the file another app's."""
    group = parser.add_argument_group(
        _("tables of other apps"),
        _(
            "Any of these reads a table of any usual encoding and delimiter, and only as told. "
            "--map also takes time. A long table, such as Bearable's, has a column a measurement: "
            "Mood, Symptom: Headache."
        ),
    )
    group.add_argument(
        "--dates",
        choices=[each.value for each in DateOrder],
        help=_("2026-01-31: ymd; 31.01.2026: dmy; 01/31/2026: mdy; 31 Jan 2026: words"),
    )
    group.add_argument(
        "--scale",
        type=scale,
        action="append",
        default=[],
        metavar=_("ITEM=LOW..HIGH"),
        help=_("the file's numbers for ITEM's lowest and highest answer, such as mood=1..5"),
    )
    group.add_argument(
        "--word",
        type=pair,
        action="append",
        default=[],
        metavar=_("WORD=ANSWER"),
        help=_("what a word of the file stands for, such as rad=10"),
    )
    group.add_argument(
        "--several",
        choices=[each.value for each in Several if each is not Several.REFUSE],
        help=_("which of several answers on a day counts; without it such a day is an error"),
    )
    _add_flags(group)


def _add_flags(group: argparse._ArgumentGroup) -> None:
    flags = {
        "--by-time": _("rows from before the person's day ends belong to the day before"),
        "--comma": _("decimals follow a comma"),
        "--round": _("take the nearest answer where a number falls between two; halves go up"),
        "--skip-others": _("leave out the columns that are neither ours nor named by --map"),
    }
    for name, words in flags.items():
        group.add_argument(name, action="store_true", help=words)


def is_asked(args: argparse.Namespace) -> bool:
    """Say whether the file is to be read as another app's."""
    return any(getattr(args, name) for name in OPTIONS)


def read(content: bytes, who: Account, args: argparse.Namespace) -> DiaryFile:
    """Read a table as the options say.

    Raises:
        FileRefused: it is none, or a column is not known.
    """
    _app, table = prepared(read_sheet(content).table)
    scales, words = dict(args.scale), dict(args.word)
    meanings = _meanings(table.headings, dict(args.map), skips=args.skip_others)
    reading = Reading(
        columns={
            heading: Column(meaning, scales.get(meaning), words)
            for heading, meaning in meanings.items()
        },
        ruler=Ruler(args.ruler),
        order=DateOrder(args.dates or DateOrder.YMD),
        rollover=who.rollover if args.by_time else None,
        comma=args.comma,
        several=Several(args.several or Several.REFUSE),
        rounding=Rounding.NEAREST if args.round else Rounding.REFUSE,
    )
    return read_mapped(table, reading, who.tzinfo).file


def scale(text: str) -> tuple[str, Scale]:
    """Return the item and the ends of `ITEM=LOW..HIGH`."""
    item, _sign, ends = text.rpartition("=")
    low, high = (read_number(end, comma=False) for end in (*ends.split("..", 1), "", "")[:2])
    if not item or low is None or high is None or low == high:
        raise argparse.ArgumentTypeError(_("write it as ITEM=LOW..HIGH, such as mood=1..5"))
    return item, Scale(low, high)


def _meanings(
    headings: Sequence[str], mapping: Mapping[str, str], *, skips: bool
) -> Mapping[str, str]:
    for heading in mapping:
        if heading not in headings:
            raise FileRefused(
                N_("--map names the column “%(column)s”, and the file has none of that name."),
                column=heading,
            )
    # What --map says comes before a column that happens to have one of our names.
    taken: dict[str, str] = {}
    for heading in sorted(headings, key=lambda one: one not in mapping):
        meaning = mapping.get(heading, heading)
        if meaning not in {DATE, NOTE, TIME} and item_of(meaning) is None:
            if skips and heading not in mapping:
                continue
            known = ", ".join((*ITEMS, TIME, f"{OWN_COLUMN}<name>:<lower|higher|neutral>"))
            shown = f"'{heading}'" if " " in heading else heading
            raise FileRefused(UNKNOWN, heading=shown, items=known)
        if meaning == NOTE or meaning not in taken.values():
            taken[heading] = meaning
        elif heading in mapping or not skips:
            raise FileRefused(
                N_("Two columns stand for %(meaning)s. Keep one of them."), meaning=meaning
            )
    if DATE not in taken.values():
        raise FileRefused(NO_DATE)
    return taken
