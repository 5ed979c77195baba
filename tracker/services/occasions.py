"""What a night is asked beside the person's own questions, as the database stands."""

from datetime import date

from tracker.domain.occasions import Asked, due_on, next_pgic
from tracker.domain.people import Account
from tracker.domain.questionnaire import OCCASIONAL
from tracker.services.diaries import asked_on
from tracker.storage import diaries
from tracker.storage.database import Session
from tracker.storage.diaries import Standing


def asked_of(session: Session, who: Account, standing: Standing, day: date) -> Asked:
    """Return all that the form of `day` asks: what is due then, and what was answered there."""
    due = due_on(day, standing.phases, standing.lately, took_medicine=standing.took_medicine)
    answered = {} if standing.head is None else standing.head.answers
    besides = tuple(item for item in OCCASIONAL if item in due or item.key in answered)
    version = asked_on(session, who, standing)
    return Asked(version, tuple(item for item in besides if item not in version.items))


def next_overall_change(session: Session, who: Account, today: date) -> date | None:
    """Return when the person is asked about overall change next, None where that isn't known."""
    standing = diaries.load_standing(session, who.id, today)
    return next_pgic(today, standing.phases, standing.lately)
