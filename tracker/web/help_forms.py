"""What a helper sees of somebody's night: its form as it stands, and nothing around it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from tracker.domain.nights import very_low_mood
from tracker.domain.people import Account
from tracker.domain.words import N_
from tracker.services.helping import open_days
from tracker.services.occasions import asked_of
from tracker.storage import diaries
from tracker.storage.database import Session
from tracker.web.dates import weekday_and_day
from tracker.web.nights import NightForm, Typed, form_of
from tracker.web.words import _

CONFIRMED: Final = {
    "stored": N_("Saved."),
    "merged": N_("Saved, together with what was written elsewhere."),
    "conflict": N_("Saved beside what was written elsewhere: the owner chooses what counts."),
    "unchanged": N_("Saved. Nothing had changed."),
}


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One night's form for a helper; `beside` is the other day that is open, as name and path.

    `has_note` tells that a note stands, which only the owner sees.
    """

    owner: Account
    day: date
    heading: str
    day_name: str
    form: NightForm
    has_note: bool
    is_late: bool
    confirmation: str
    is_low_mood: bool
    beside: tuple[str, str]


def path_of(owner: Account, day: date) -> str:
    """Return the address of a night's form."""
    return f"/for/{owner.id}/diary/{day}"


def load(
    session: Session, owner: Account, day: date, now: datetime, typed: Typed, done: str
) -> HelpPage:
    """Return the form of `day`, which is one of the days that are open to a helper."""
    standing = diaries.load_standing(session, owner.id, day)
    head = standing.head
    shown = None if head is None else replace(head, note="")
    form = form_of(asked_of(session, owner, standing, day), shown, day, typed, is_note_only=False)
    today, yesterday = open_days(owner, now)
    is_late = day == yesterday
    names = {today: _("Tonight"), yesterday: _("Yesterday")}
    other = today if is_late else yesterday
    said = CONFIRMED.get(done)
    return HelpPage(
        owner=owner,
        day=day,
        heading=_("%(when)s, for %(name)s", when=names[day], name=owner.name),
        day_name=weekday_and_day(day),
        form=form,
        has_note=head is not None and bool(head.note),
        is_late=is_late,
        confirmation=_(said) if said else "",
        is_low_mood=bool(said and head and very_low_mood(head.answers, head.ruler)),
        beside=(names[other], path_of(owner, other)),
    )
