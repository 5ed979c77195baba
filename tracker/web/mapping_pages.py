"""The page on which each column of another app's table gets its meaning."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from flask import request
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # not in its types

from tracker.domain.limits import OWN_NAME_LIMIT
from tracker.domain.questionnaire import ITEMS, OWN_COLUMN, Direction
from tracker.domain.text import clean_line
from tracker.domain.words import N_
from tracker.imports import surveys
from tracker.imports.apps import App, short_name
from tracker.imports.columns import DATE, NOTE, item_of
from tracker.imports.foreign import Delimiter, Encoding
from tracker.imports.moments import DateOrder
from tracker.imports.proposals import Proposal
from tracker.imports.readings import TIME, Column, Reading
from tracker.imports.scales import read_number
from tracker.web.context import current_account
from tracker.web.forms.mapped_columns import (
    BY_FILE,
    BY_TIME,
    NEW,
    ColumnsForm,
    Shown,
    columns_form,
)
from tracker.web.waiting_files import Foreign
from tracker.web.words import _

VALUE_LENGTH: Final = 40  # of a first value as it is shown
ENCODINGS: Final = {
    Encoding.UTF8: "UTF-8",
    Encoding.UTF8_MARK: "UTF-8",
    Encoding.UTF16: "UTF-16",
    Encoding.UTF16_LITTLE: "UTF-16",
    Encoding.UTF16_BIG: "UTF-16",
    Encoding.WINDOWS: "Windows-1252",
}
DELIMITERS: Final = {
    Delimiter.COMMA: N_("commas"),
    Delimiter.SEMICOLON: N_("semicolons"),
    Delimiter.TAB: N_("tabs"),
    Delimiter.BAR: N_("bars"),
}
APPS: Final = {App.DAYLIO: "Daylio", App.BEARABLE: "Bearable"}


def found_in(foreign: Foreign) -> str:
    """Return in a sentence what kind of file it is."""
    kind = _(
        "%(count)d lines, %(delimiter)s between the columns, letters as %(encoding)s.",
        count=len(foreign.sheet.table.rows) + len(foreign.sheet.table.problems),
        delimiter=_(DELIMITERS[foreign.sheet.delimiter]),
        encoding=ENCODINGS[foreign.sheet.encoding],
    )
    if foreign.app is None:
        return kind
    return " ".join((_("It looks like a file of %(app)s.", app=APPS[foreign.app]), kind))


def shown(foreign: Foreign) -> Sequence[Shown]:
    """Return the columns with their first values."""
    return [_shown(foreign, heading) for heading in foreign.table.headings]


def _shown(foreign: Foreign, heading: str) -> Shown:
    texts = surveys.texts(foreign.table, heading)
    values = [_short(text) for text in list(texts)[: surveys.SHOWN]]
    # Whether decimals follow a comma isn't said yet: both are numbers here.
    words = [text for text in surveys.words(texts, comma=True) if not _is_number(text)]
    return Shown(heading, " · ".join(values) or _("empty"), surveys.are_answers(words))


def _is_number(text: str) -> bool:
    return read_number(text, comma=False) is not None


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= VALUE_LENGTH else f"{line[: VALUE_LENGTH - 1]}…"


def columns_of(foreign: Foreign, columns: Sequence[Shown], *, is_sent: bool) -> ColumnsForm:
    """Return the form of the columns: as sent, else as said before, else as proposed."""
    sent = request.form if is_sent else None
    return columns_form(columns, _answers(foreign), sent, _chosen(foreign, columns))


def _answers(foreign: Foreign) -> Sequence[SelectChoice]:
    """Return what a column with answers may be: what is asked first."""
    asked = [item for item in foreign.asked.items if not item.is_own]
    others = [item for item in ITEMS.values() if item not in asked]
    groups: tuple[tuple[str, list[tuple[str, str]]], ...] = (
        (_("Asked each night"), [(item.key, _(item.name)) for item in asked]),
        (_("Your own"), [(name, item.name) for name, item in foreign.own.items()]),
        (_("Other questions"), [(item.key, _(item.name)) for item in others]),
        (_("None of these"), [(NEW, _("A new question of my own"))]),
    )
    return [
        SelectChoice(value, name, optgroup=group)
        for group, items in groups
        for value, name in items
    ]


def _chosen(foreign: Foreign, columns: Sequence[Shown]) -> Mapping[str, Any]:
    reading, proposal = foreign.reading, foreign.proposal()
    if reading is None:
        meanings, order, rollover, comma = proposal.meanings, proposal.order, None, False
    else:
        said = {name: column.meaning for name, column in reading.columns.items()}
        meanings = {name: NEW if _is_new(foreign, each) else each for name, each in said.items()}
        order, rollover, comma = reading.order, reading.rollover, reading.comma
    able = {each.heading for each in columns if each.can_answer}
    return {
        "order": None if order is None else order.value,
        "times": BY_FILE if rollover is None else BY_TIME,
        "comma": comma,
        **{
            f"take-{number}": meanings.get(each.heading, "")
            for number, each in enumerate(columns)
            if each.heading in able or meanings.get(each.heading) in {DATE, TIME, NOTE}
        },
    }


def _is_new(foreign: Foreign, meaning: str) -> bool:
    return meaning.startswith(OWN_COLUMN) and meaning not in foreign.own


def reading_of(foreign: Foreign, columns: Sequence[Shown], form: ColumnsForm) -> Reading:
    """Return what the form says, with what was said before of columns that mean the same."""
    proposal, before = foreign.proposal(), foreign.reading
    told = Reading(
        columns={
            heading: _column(foreign, proposal, heading, chosen)
            for heading, chosen in form.meanings(columns).items()
        },
        ruler=foreign.asked.ruler,
        order=DateOrder(form.order.data),
        rollover=current_account().rollover if form.by_time else None,
        comma=form.comma.data,
    )
    if before is None:
        return told
    return replace(told, several=before.several, rounding=before.rounding)


def _column(foreign: Foreign, proposal: Proposal, heading: str, chosen: str) -> Column:
    """Return what was said of a column before if it means the same, else what is proposed."""
    meaning = _named(heading) if chosen == NEW else chosen
    known = None if foreign.reading is None else foreign.reading.columns.get(heading)
    if known is not None:
        # A new question may have got another name since.
        was_new = chosen == NEW and _is_new(foreign, known.meaning)
        if was_new or known.meaning == meaning:
            return known
    if item_of(meaning) is None:
        return Column(meaning)
    texts = surveys.texts(foreign.table, heading)
    words = {text: proposal.words.get(text.lower()) for text in texts}
    given = {text: cell for text, cell in words.items() if cell is not None}
    return Column(meaning, proposal.scales.get(heading), given)


def _named(heading: str) -> str:
    """Return what a column stands for that becomes a question of its name."""
    name = clean_line(short_name(heading)[:OWN_NAME_LIMIT], OWN_NAME_LIMIT)
    return f"{OWN_COLUMN}{name}:{Direction.LOWER}"
