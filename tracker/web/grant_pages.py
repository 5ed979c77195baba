"""What the pages about access show: who holds what now, what waits, what is over."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Final

from tracker.domain.diary import diary_day
from tracker.domain.grants import Grant, GrantEnd, GrantKind, Invitation, Terms
from tracker.domain.people import Account, Role
from tracker.domain.questionnaire import Item
from tracker.domain.words import N_
from tracker.services import grants, invitations, questionnaires
from tracker.storage.database import Session
from tracker.web import guard, qr, scope_words
from tracker.web.context import current_account
from tracker.web.figures import dated_day
from tracker.web.templating import render
from tracker.web.words import _

HERE: Final = "/grants/"
INVITE: Final = "/clinic/invite"
_LEAST: Final = timedelta(microseconds=1)
KINDS: Final = {
    GrantKind.READ: N_("clinician, may read the report"),
    GrantKind.HELP: N_("helper, may log tonight and yesterday"),
}
ENDS: Final = {
    GrantEnd.OWNER: N_("ended by you"),
    GrantEnd.READER: N_("ended by them"),
    GrantEnd.OPERATOR: N_("their account was closed"),
}


@dataclass(frozen=True, slots=True)
class Card:
    """One grant or invitation: `id` names it in its button's address, `lines` are its scope."""

    id: str
    title: str
    kind: str
    lines: Sequence[str]
    dates: str


@dataclass(frozen=True, slots=True)
class Page:
    """All that the owner's page of access shows."""

    holding: Sequence[Card]
    waiting: Sequence[Card]
    over: Sequence[Card]


def load(session: Session, owner: Account, now: datetime) -> Page:
    """Return who may read or help now, what waits to be accepted, and what is over."""
    given = grants.list_given(session, owner)
    waiting = invitations.list_open(session, owner, now)
    items = questionnaires.readable(session, owner)
    cards = [(one.holds(now), _granted(one, items, owner, now)) for one in given]
    return Page(
        holding=[card for holds, card in cards if holds],
        waiting=[waiting_card(one, items, owner) for one in waiting],
        over=[card for holds, card in cards if not holds],
    )


def waiting_card(invitation: Invitation, items: Iterable[Item], maker: Account) -> Card:
    """Return an invitation that nobody accepted yet."""
    it = invitation
    made, last = (_day(at, maker.tzinfo) for at in (it.created_at, it.expires_at))
    return Card(
        id=it.id,
        title=_("Made on %(day)s", day=made),
        kind=_(KINDS[it.kind]),
        lines=() if it.terms is None else terms_lines(it.terms, items, maker),
        dates=_("Can be accepted until %(day)s", day=last),
    )


def terms_lines(terms: Terms, items: Iterable[Item], owner: Account) -> Sequence[str]:
    """Return what an owner lets somebody do, a line each, the end last."""
    if terms.expires_at is None:
        end = _("Until one of you ends it")
    else:
        # It ends with a diary day, which is not over at midnight.
        last = diary_day(terms.expires_at - _LEAST, owner.tzinfo, owner.rollover)
        end = _("Through %(day)s", day=dated_day(last))
    if terms.kind is GrantKind.HELP:
        return (_("Tonight's and yesterday's form, nothing else"), end)
    return (*scope_words.lines_of(terms.scope, items), end)


def made(token: str, lines: Sequence[str] = ()) -> str:
    """Return the page that shows an invitation's link: in this one answer, and nowhere else."""
    link = f"{guard.own_origin()}/join#{token}"
    role = current_account().role
    return render(
        "grants/made.html",
        place="clinic" if role is Role.CLINICIAN else "share",
        link=link,
        picture=qr.drawn(link),
        lines=lines,
        back=home(),
    )


def home() -> str:
    """Return the path of the page with the invitations that who is signed in made."""
    return INVITE if current_account().role is Role.CLINICIAN else HERE


def _granted(grant: Grant, items: Iterable[Item], owner: Account, now: datetime) -> Card:
    terms, zone = Terms(grant.kind, grant.scope, grant.expires_at), owner.tzinfo
    since = _day(grant.created_at, zone)
    if grant.holds(now):
        dates = _("Since %(day)s", day=since)
    else:
        ended = grant.ended_at or grant.expires_at or now
        why = _("its time was over") if grant.ended_by is None else _(ENDS[grant.ended_by])
        dates = _(
            "From %(first)s to %(last)s, %(why)s", first=since, last=_day(ended, zone), why=why
        )
    return Card(
        id=grant.id,
        title=grant.reader_name,
        kind=_(KINDS[grant.kind]),
        lines=terms_lines(terms, items, owner),
        dates=dates,
    )


def _day(at: datetime, zone: tzinfo) -> str:
    return dated_day(at.astimezone(zone).date())
