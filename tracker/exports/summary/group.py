"""A group report as a PDF: the tables of its sheet, and the picture of its curves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from tracker.domain.group_sheets import Figure, Sheet, Table
from tracker.domain.voice import Voice
from tracker.domain.words import N_
from tracker.exports.summary import method
from tracker.exports.summary.pdf import PAPERS, typeset
from tracker.exports.summary.values import Json, Paper, said

TEMPLATE: Final = "group.typ"


@dataclass(frozen=True, slots=True)
class GroupPaper:
    """All that the PDF says. `picture` and those of `legend` are SVGs that need no style sheet.

    `picture` is "" where there is none; `remarks` stand beside the figures.
    """

    title: str
    sheet: Sheet
    remarks: Sequence[str]
    picture: str
    legend: Sequence[tuple[str, str]]
    is_release: bool


def group_pdf(made: GroupPaper, size: Paper, printed: date, voice: Voice) -> bytes:
    """Return the PDF: the same bytes for the same report on the same day, tagged.

    Raises:
        PdfFailed: the typesetter broke off, or took too long.
    """
    return typeset(TEMPLATE, document(made, size, printed, voice), printed)


def document(made: GroupPaper, size: Paper, printed: date, voice: Voice) -> dict[str, Json]:
    """Return everything that the template sets."""
    say, sheet = voice.say, made.sheet
    return {
        "lang": voice.tag.partition("-")[0],
        "rtl": voice.is_from_right,
        "paper": PAPERS[size],
        "report": say(N_("Report by arm, for release") if made.is_release else N_("Report by arm")),
        "printed": say(N_("Printed %(day)s"), day=voice.dated_day(printed)),
        "pages": say(N_("page %(page)s of %(pages)s"), page="{page}", pages="{pages}"),
        "foot": say(method.SELF_REPORTED),
        "title": said(made.title),
        "counted": sheet.counted,
        "asked": [*sheet.asked],
        "responders": say(N_("Responders by the rule")),
        "answers": [{"name": said(name), **_cell(told)} for name, told in sheet.answers],
        "nobody": say(N_("Nobody has a placebo or a treatment phase, so there is no arm.")),
        "main": _table(sheet.main),
        "paired": None if sheet.paired is None else _table(sheet.paired),
        "curve": {
            "heading": say(N_("Pain better by at least so many percent")),
            "picture": made.picture,
            "about": say(N_("The same figures stand in the tables below.")),
            "legend": [
                {"picture": picture, "meaning": said(meaning)} for picture, meaning in made.legend
            ],
        },
        "curves": [_table(table) for table in sheet.curves],
        "others": [
            _table(table) for table in (sheet.effects, sheet.pgic, sheet.rules) if table is not None
        ],
        "beside": {"heading": say(N_("Beside these figures")), "lines": [*map(said, made.remarks)]},
        "method": {"heading": say(N_("How to read this")), "lines": [*sheet.method]},
    }


def _table(table: Table) -> Json:
    rows: list[Json] = [
        {"name": name, "cells": [_cell(one) for one in cells]} for name, cells in table.rows
    ]
    return {
        "title": said(table.title),
        "heads": [said(head) for head in table.heads],
        "rows": rows,
        "about": table.about,
    }


def _cell(figure: Figure) -> dict[str, Json]:
    return {"text": figure.text, "more": figure.more}
