"""The files that were taken in, as the page lists them."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.domain.archives import OPERATOR
from tracker.imports.readings import from_text
from tracker.services.imports import Format, ImportState, Past
from tracker.web.context import current_account
from tracker.web.dates import clock_time, full_day
from tracker.web.import_previews import rules
from tracker.web.words import _, ngettext


@dataclass(frozen=True, slots=True)
class Line:
    """One file: its name, when it came and from whom, what became of it, how it was read."""

    id: str
    name: str
    when: str
    state: str
    rules: Sequence[str]
    can_undo: bool
    is_waiting: bool


def in_words(past: Sequence[Past]) -> Sequence[Line]:
    """Return the files in words, in their order."""
    return [_line(one) for one in past]


def _line(past: Past) -> Line:
    file = past.file
    at = (file.applied_at or file.created_at).astimezone(current_account().tzinfo)
    kind = _("Archive") if file.format is Format.JSON else _("Table")
    when = _("%(kind)s, %(day)s, %(time)s", kind=kind, day=full_day(at.date()), time=clock_time(at))
    return Line(
        id=file.id,
        name=file.file_name or kind,
        when=f"{when}, {_('by the operator')}" if file.author == OPERATOR else when,
        state=_state(past),
        rules=() if past.reading is None else rules(from_text(past.reading)),
        can_undo=past.can_undo,
        is_waiting=file.state is ImportState.STAGED,
    )


def _state(past: Past) -> str:
    if past.file.state is ImportState.STAGED:
        return _("Not taken in yet")
    if past.file.state is ImportState.UNDONE:
        return _("Taken back")
    return ngettext("%(count)s night", "%(count)s nights", past.nights)
