"""What the pages about nights are loaded from: one night, or the nights of one month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from tracker.domain.answers import NOT_APPLICABLE, write_answer
from tracker.domain.diary import DayTooOld, Diary, diary_day, status_at
from tracker.domain.nights import very_low_mood
from tracker.domain.people import Account
from tracker.domain.questionnaire import OCCASIONAL, Questionnaire
from tracker.domain.revisions import Head, Revision
from tracker.domain.side_effects import is_due
from tracker.domain.spans import ONE_DAY, Span
from tracker.domain.words import N_
from tracker.services.occasions import asked_of
from tracker.services.revisions import choice
from tracker.storage import diaries
from tracker.storage.database import Session
from tracker.web import phone_words
from tracker.web.dates import MONTHS, weekday_and_day
from tracker.web.forms.questions import in_words, wording
from tracker.web.nights import (
    NightForm,
    NightPage,
    Typed,
    form_of,
    history_of,
    marks_of,
    rows_of,
    sides_of,
    undo_until,
)
from tracker.web.words import _, current_language

_CONFIRMED: Final = {
    "stored": N_("Saved."),
    "merged": N_("Saved, together with what was written elsewhere."),
    "conflict": N_("Saved beside what was written elsewhere: please choose."),
    "unchanged": N_("Saved. Nothing had changed."),
    "deleted": N_("Deleted."),
    "restored": N_("Brought back."),
    "chosen": N_("Saved: this is what counts now."),
}
_GLIMPSE: Final = 80  # characters of a note in the list
_MOODED: Final = frozenset({"stored", "merged", "conflict", "unchanged"})


@dataclass(frozen=True, slots=True)
class Row:
    """One day of a month; `scores` is "" where nothing was answered."""

    title: str
    href: str
    marks: tuple[str, ...]
    scores: str


@dataclass(frozen=True, slots=True)
class Month:
    """The nights of one month, newest first, and the ways to the months beside it."""

    title: str
    rows: tuple[Row, ...]
    older: str
    older_title: str
    newer: str
    newer_title: str


@dataclass(frozen=True, slots=True)
class Visit:
    """What is asked for: a day, at `now`, what was typed before, and which deed was just done.

    `is_home` is True for tonight's own place, which offers yesterday too.
    """

    who: Account
    day: date
    now: datetime
    typed: Typed
    done: str
    is_home: bool

    @property
    def today(self) -> date:
        """The diary day of now."""
        return diary_day(self.now, self.who.tzinfo, self.who.rollover)

    def is_too_old(self, day: date) -> bool:
        """True where scores come too late for `day`.

        Raises:
            FutureDay: it has not begun.
        """
        try:
            status_at(day, self.now, self.who.tzinfo, self.who.rollover)
        except DayTooOld:
            return True
        return False


def load_page(session: Session, visit: Visit) -> NightPage:
    """Return what a night's page shows; two statements where all is as usual.

    Raises:
        FutureDay: the day has not begun.
    """
    standing = diaries.load_standing(session, visit.who.id, visit.day)
    asked, head = asked_of(session, visit.who, standing, visit.day), standing.head
    form = form_of(asked, head, visit.day, visit.typed, is_note_only=visit.is_too_old(visit.day))
    page = _empty(visit, form)
    if form.questions and asked.version.number == standing.questionnaire.number:
        page = replace(page, definition=_definition(visit.who))
    if visit.is_home:
        page = replace(page, missed=_missed(session, visit))
    if head is None:
        return page
    history: Sequence[Revision] = ()
    if head.conflict or not visit.is_home:
        history = diaries.list_revisions(session, visit.who.id, visit.day)
    is_open = visit.day == visit.today and head.deleted_at is None
    asks = is_open and is_due(standing.phases, standing.effects_asked, visit.today)
    page = replace(page, asks_effects=asks)
    return _written(page, visit, asked.version.also(OCCASIONAL), head, history)


def load_month(session: Session, who: Account, first: date, today: date) -> Month:
    """Return the nights of the month that begins with `first`; two statements."""
    after = _next_month(first)
    diary, written = diaries.load_days(session, who.id, Span(first, after))
    begun = today if written is None else written
    days = Span(max(first, begun), min(after, today + ONE_DAY))
    before = (first - ONE_DAY).replace(day=1)
    return Month(
        title=_month_title(first),
        rows=tuple(_row(diary, day) for day in reversed(list(days))),
        older=f"{before:%Y-%m}" if begun < first else "",
        older_title=_month_title(before),
        newer=f"{after:%Y-%m}" if after <= today else "",
        newer_title=_month_title(after),
    )


def _empty(visit: Visit, form: NightForm) -> NightPage:
    """Return the page of a night of which nothing is written."""
    day, today = visit.day, visit.today
    remarks = []
    if form.is_note_only:
        remarks.append(
            _("This day closed more than 48 hours ago, so it takes no scores. A note is welcome.")
        )
    elif day < today:
        remarks.append(_("This night will be marked late, and counts all the same."))
    headings = {today: _("Tonight"), today - ONE_DAY: _("Yesterday")}
    return NightPage(
        day=day,
        heading=headings.get(day, _("A night")),
        day_name=weekday_and_day(day),
        zone=visit.who.zone if day == today else "",
        save=_("Save note") if form.is_note_only else _("Save tonight"),
        form=form,
        links=((_("Your nights"), "/diary/"), (_("What is asked"), "/items/")),
        remarks=tuple(remarks),
    )


def _definition(who: Account) -> Mapping[str, object]:
    """Return what a phone keeps of the person; the questions it takes from the form itself."""
    language = current_language()
    return {
        "name": who.name,
        "zone": who.zone,
        "rollover": f"{who.rollover:%H:%M}",
        "lang": language.tag,
        "dir": language.direction,
        "words": phone_words.carried(),
    }


def _written(
    page: NightPage,
    visit: Visit,
    asked: Questionnaire,
    head: Head,
    history: Sequence[Revision],
) -> NightPage:
    """Return the page of a night that was written, deleted ones too."""
    is_low = visit.done in _MOODED and very_low_mood(head.answers, head.ruler)
    confirmed = _CONFIRMED.get(visit.done)
    is_noted = not head.answers
    return replace(
        page,
        confirmation=_(confirmed) if confirmed else "",
        is_low_mood=is_low,
        is_deleted=head.deleted_at is not None,
        undo_until=undo_until(head, visit.now, visit.who),
        summary_title=_("Your note") if is_noted else _("What you answered"),
        change=_("Write this night anew") if head.deleted_at else _("Change this night"),
        remove=_("Delete this night"),
        marks=marks_of(head.entry),
        rows=rows_of(asked, head.answers),
        note=head.note,
        sides=sides_of(asked, choice(history, head)),
        history=() if visit.is_home else history_of(asked, history, visit.who),
    )


def _missed(session: Session, visit: Visit) -> date | None:
    """Return yesterday where it is empty and still takes scores."""
    day = visit.today - ONE_DAY
    if day < visit.who.created_at.astimezone(visit.who.tzinfo).date():
        return None
    head = diaries.find_head(session, visit.who.id, day)
    return None if head is not None or visit.is_too_old(day) else day


def _row(diary: Diary, day: date) -> Row:
    entry = diary.entries.get(day)
    if entry is None:
        mark = _("paused") if diary.is_paused(day) else _("not written")
        return Row(weekday_and_day(day), f"/diary/{day}", (mark,), "")
    scores = [
        f"{wording(item, item.name, _)}: {in_words(item, write_answer(item, answer), _)}"
        for key, item in diary.items.items()
        if (answer := entry.answers.get(key, NOT_APPLICABLE)) != NOT_APPLICABLE
    ]
    return Row(
        title=weekday_and_day(day),
        href=f"/diary/{day}",
        marks=marks_of(entry),
        scores=" · ".join(scores) or entry.note[:_GLIMPSE],
    )


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _month_title(first: date) -> str:
    return _("%(month)s %(year)d", month=_(MONTHS[first.month - 1]), year=first.year)
