"""A night as its page shows it: the form, what was saved, how it came about."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Final

from tracker.domain.answers import Answer, write_answer
from tracker.domain.diary import NOTE_LIMIT, Entry, Status
from tracker.domain.limits import REASON_LIMIT
from tracker.domain.nights import SKEW_FLAGGED_OVER, Content
from tracker.domain.occasions import Asked
from tracker.domain.people import Account
from tracker.domain.questionnaire import Questionnaire
from tracker.domain.revisions import Deed, Head, Outcome, Revision
from tracker.domain.words import N_
from tracker.services.revisions import Choice, standing_before
from tracker.storage.tidying import UNDO
from tracker.web.dates import clock_time, full_day, short_day
from tracker.web.forms.questions import Question, in_words, questions, tokens, wording
from tracker.web.words import _

_MARKS: Final = {
    Status.BEFORE_TIME: N_("before the evening"),
    Status.LATE: N_("late"),
    Status.IMPORTED: N_("imported"),
}
_NOTHING: Final = "\N{EN DASH}"
_DEEDS: Final = {
    Deed.SAVE: N_("Changed"),
    Deed.DELETE: N_("Deleted"),
    Deed.RESTORE: N_("Brought back"),
}


@dataclass(frozen=True, slots=True)
class Typed:
    """What a refused form had in it, and what was wrong with each field ("" for the whole)."""

    fields: Mapping[str, str]
    errors: Mapping[str, str]


NOTHING_TYPED: Final = Typed(MappingProxyType({}), MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class NightForm:
    """One night's form. `problems` are shown on top, each with the id of its field."""

    day: date
    client_id: str
    base_revision: str
    questionnaire: int
    questions: tuple[Question, ...]
    note: str
    reason: str
    problems: tuple[tuple[str, str], ...]
    note_error: str
    reason_error: str
    asks_reason: bool
    is_note_only: bool
    note_limit: int = NOTE_LIMIT
    reason_limit: int = REASON_LIMIT

    @property
    def has_slider(self) -> bool:
        """True where a question is answered on a slider."""
        return any(one.is_slider for one in self.questions)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a night's history."""

    when: str
    who: str
    deed: str
    reason: str
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One of two ways in which a night was written."""

    title: str
    button: str
    keep: str
    revision: int
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class NightPage:
    """All that a night's page shows. `missed` is yesterday, where it is empty and still open.

    `zone` is the diary's on today's pages, "" on those of other days. `definition` is what a phone
    keeps of the person to open tonight's form without a connection, None where the page's form is
    another one. `asks_effects` is True where side effects are to be asked about today.
    """

    day: date
    heading: str
    day_name: str
    zone: str
    save: str
    form: NightForm
    links: tuple[tuple[str, str], ...]
    definition: Mapping[str, object] | None = None
    remarks: tuple[str, ...] = ()
    missed: date | None = None
    confirmation: str = ""
    is_low_mood: bool = False
    asks_effects: bool = False
    is_deleted: bool = False
    undo_until: str = ""
    summary_title: str = ""
    change: str = ""
    remove: str = ""
    marks: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    note: str = ""
    sides: tuple[Side, ...] = ()
    history: tuple[Step, ...] = ()


def form_of(
    asked_of: Asked, head: Head | None, day: date, typed: Typed, *, is_note_only: bool
) -> NightForm:
    """Return the form for `day`: what stands in the night, or what was typed and refused."""
    asked = asked_of.whole
    stands = tokens(asked, None if head is None else head.entry)
    fields, errors = typed.fields, typed.errors
    chosen = {
        key: fields.get(f"{key}.state") or fields.get(key, stands.get(key, ""))
        for key in (item.key for item in asked.items)
    }
    base = str(0 if head is None else head.number)
    shown = () if is_note_only else questions(asked_of, chosen, errors, _)
    is_edit = head is not None and head.scored and head.deleted_at is None
    asks_reason = is_edit or bool(fields.get("reason"))
    known = {one.key for one in shown} | {"note", *(["reason"] if asks_reason else [])}
    return NightForm(
        day=day,
        client_id=str(uuid.uuid4()),
        base_revision=fields.get("base_revision", base),
        questionnaire=asked.number,
        questions=shown,
        note=fields.get("note", "" if head is None else head.note),
        reason=fields.get("reason", ""),
        problems=tuple((key if key in known else "", text) for key, text in errors.items()),
        note_error=errors.get("note", ""),
        reason_error=errors.get("reason", ""),
        asks_reason=asks_reason,
        is_note_only=is_note_only,
    )


def rows_of(
    asked: Questionnaire, answers: Mapping[str, Answer], note: str = ""
) -> tuple[tuple[str, str], ...]:
    """Return what was answered, an item a row; a note, where one is given, last."""
    rows = [
        (wording(item, item.name, _), in_words(item, write_answer(item, answers[item.key]), _))
        for item in asked.items
        if item.key in answers
    ]
    return (*rows, *([(_("Note"), note)] if note else []))


def marks_of(entry: Entry) -> tuple[str, ...]:
    """Return how a night stands apart, in words."""
    imported = entry.imported and entry.status is not Status.IMPORTED
    marks = [
        _(_MARKS[entry.status]) if entry.is_logged and entry.status in _MARKS else "",
        _("imported") if imported else "",
        _("sent later") if entry.sent_later else "",
        _("edited") if entry.revision > 1 else "",
        _("entered by %(name)s", name=entry.entered_by) if entry.entered_by else "",
        _("two answers") if entry.conflict else "",
        "" if entry.is_logged else _("note only"),
    ]
    return tuple(mark for mark in marks if mark)


def history_of(asked: Questionnaire, history: Sequence[Revision], who: Account) -> tuple[Step, ...]:
    """Return a night's revisions, newest first: who, when, why, and what changed."""
    return tuple(_step(asked, history, one, who) for one in reversed(history))


def sides_of(asked: Questionnaire, choice: Choice | None) -> tuple[Side, ...]:
    """Return the two ways of a night that waits for a choice; none where it doesn't."""
    if choice is None:
        return ()
    sides: tuple[tuple[str, str, Content], ...] = (
        (_("As it stands"), "head", choice.stands),
        (_("The other"), "other", choice.other),
    )
    return tuple(
        Side(
            title=title,
            button=_("Use this one"),
            keep=keep,
            revision=choice.revision.number,
            rows=rows_of(asked, content.answers, content.note),
        )
        for title, keep, content in sides
    )


def undo_until(head: Head, now: datetime, who: Account) -> str:
    """Return the last day on which a deleted night can be brought back, "" once it has passed."""
    if head.deleted_at is None or now - head.deleted_at > UNDO:
        return ""
    return full_day((head.deleted_at + UNDO).astimezone(who.tzinfo).date())


def _step(asked: Questionnaire, history: Sequence[Revision], one: Revision, who: Account) -> Step:
    local = (one.saved_at or one.received_at).astimezone(who.tzinfo)
    before = standing_before(history, one.number)
    return Step(
        when=f"{short_day(local.date())} {clock_time(local)}",
        who=_writer(one, who),
        deed=_deed(one),
        reason=one.reason,
        changes=_changes(asked, before, one),
    )


def _writer(one: Revision, who: Account) -> str:
    if one.entered_by is not None:
        return _("entered by %(name)s", name=one.entered_by)
    return _("you") if one.author == who.id else one.author


def _deed(one: Revision) -> str:
    if one.outcome is Outcome.CONFLICT:
        return _("Written elsewhere too, kept beside")
    if one.deed is Deed.SAVE and one.number == 1:
        return _("Written")
    return _(_DEEDS[one.deed])


def _changes(asked: Questionnaire, before: Content, one: Revision) -> tuple[str, ...]:
    changes = [
        _(
            "%(item)s: %(before)s → %(after)s",
            item=wording(item, item.name, _),
            before=in_words(item, write_answer(item, before.answers.get(item.key)), _) or _NOTHING,
            after=in_words(item, write_answer(item, one.answers.get(item.key)), _) or _NOTHING,
        )
        for item in asked.items
        if before.answers.get(item.key) != one.answers.get(item.key)
    ]
    if one.purged_at is not None:
        changes.append(_("The note of this step was deleted for good."))
    elif before.note != one.note:
        changes.append(_("The note was changed."))
    if one.skew_ms is not None and abs(timedelta(milliseconds=one.skew_ms)) > SKEW_FLAGGED_OVER:
        changes.append(_("The phone's clock was wrong and was set right here."))
    return tuple(changes)
