"""Studies: a protocol that several people live through, each known by a code alone."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

from tracker.domain import plans
from tracker.domain.limits import MEDICINE_LIMIT
from tracker.domain.plans import READY_MADE, Blinding, Plan
from tracker.domain.questionnaire import CORE, DOSE_TAKEN, OPTIONAL, PGIC, TOLERABILITY, Ruler
from tracker.domain.spans import Span
from tracker.domain.text import clean_line, clean_lines
from tracker.domain.words import N_, Refused

OWN_PLAN: Final = "own"  # pairs of periods; all other plans are ready-made
TITLE_LIMIT: Final = 100
CONSENT_LIMIT: Final = 10_000
REASON_LIMIT: Final = 500  # of a deed against the rule: why
MOST_PEOPLE: Final = 1_000  # in one study
MOST_DAYS: Final = 730
CODE_LIFE: Final = timedelta(days=90)  # of an enrolment code
MOST_USES: Final = 1_000
MISSED_OF: Final = 14  # nights that the coordinator's list looks back over
MOST_DELAY: Final = timedelta(weeks=8)  # [O] by which a plan that life moves may end later
# What is asked each night of everybody, and what a study may add.
ALWAYS_ASKED: Final = tuple(item.key for item in CORE)
ADDABLE: Final = tuple(item.key for item in OPTIONAL)
# Asked in a rhythm of their own, whatever the study.
RHYTHMIC: Final = (DOSE_TAKEN.key, TOLERABILITY.key, PGIC.key)


class StudyRefused(Refused):
    """A study can't be so, or this can't be done with it now."""


class StudyState(StrEnum):
    """How far a study has come."""

    PREPARING = "preparing"  # no consent text yet, or no key
    OPEN = "open"  # people can be enrolled and randomised
    CLOSED = "closed"  # nobody joins any more
    UNBLINDED = "unblinded"  # the arms are known


@dataclass(frozen=True, slots=True)
class Protocol:
    """What everyone in a study goes through.

    `plan` is the key of a ready-made one, or `OWN_PLAN`: then `pairs`, `period_days`,
    `washout_days` and `baseline_days` say how. `medicine` and `dose_mg` are the protocol's.
    """

    plan: str
    medicine: str
    dose_mg: Decimal | None = None
    pairs: int = 0
    period_days: int = 0
    washout_days: int = 0
    baseline_days: int = 0

    def steps(self) -> Plan:
        """Return the plan with what is taken in it.

        Raises:
            PlanRefused: it can't be lived.
        """
        if self.plan == OWN_PLAN:
            return plans.pairs_of(
                self.medicine,
                self.dose_mg,
                days=self.period_days,
                pairs=self.pairs,
                washout_days=self.washout_days,
                baseline_days=self.baseline_days,
            )
        return plans.prescribed(READY_MADE[self.plan], self.medicine, self.dose_mg)


@dataclass(frozen=True, slots=True)
class Draft:
    """A study as its coordinator writes it down.

    `items` are asked beside those of `ALWAYS_ASKED`. `size` is how many people are wanted,
    `least_nights` how many nights of the baseline have to be there before one is randomised.
    """

    title: str
    protocol: Protocol
    ruler: Ruler
    items: tuple[str, ...]
    size: int
    least_nights: int


@dataclass(frozen=True, slots=True)
class Study:
    """One study.

    `consent` is the version that is agreed to now, 0 where there is none yet. `enrolled` counts
    the codes that were given. `public` closes the boxes of the slots; None while there is no key.
    `asked_by` asked for the unblinding.
    """

    id: str
    draft: Draft
    created_at: datetime
    enrolled: int = 0
    consent: int = 0
    public: bytes | None = None
    closed_at: datetime | None = None
    asked_by: str | None = None
    unblinded_at: datetime | None = None

    @property
    def is_drawn(self) -> bool:
        """True where an order is drawn and sealed; else everyone knows what comes."""
        return self.draft.protocol.steps().blinding is not Blinding.NONE

    @property
    def state(self) -> StudyState:
        """How far it has come."""
        if self.unblinded_at is not None:
            return StudyState.UNBLINDED
        if self.closed_at is not None:
            return StudyState.CLOSED
        if not self.consent or (self.is_drawn and self.public is None):
            return StudyState.PREPARING
        return StudyState.OPEN

    @property
    def tells_arms(self) -> bool:
        """True where figures by arm may be shown."""
        return not self.is_drawn or self.unblinded_at is not None

    @property
    def asked(self) -> tuple[str, ...]:
        """The keys of the items that are asked each night."""
        return (*ALWAYS_ASKED, *self.draft.items)

    @property
    def seen(self) -> tuple[str, ...]:
        """The keys of all items whose answers the study sees; never a note or an own symptom."""
        return (*self.asked, *RHYTHMIC)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who runs a study; `name` as it was when they were named."""

    account: str
    name: str
    coordinates: bool
    holds_key: bool


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody's part in a study.

    `start` is the first diary day of the plan. `slot` is None until they are randomised. `left_at`
    is None while they take part; `withdrawn` says that what they gave is taken back. `until` is
    where the phases of their plan end as they stand, None where there are none.
    """

    owner: str
    study: str
    code: str
    consent: int
    joined_at: datetime
    start: date
    slot: int | None = None
    left_at: datetime | None = None
    left_on: date | None = None
    withdrawn: bool = False
    until: date | None = None

    def span(self, plan: Plan) -> Span:
        """Return the days that the study may see: those of the plan, until the person left.

        A plan that was moved takes its days along, `MOST_DELAY` at most; one that was stopped
        keeps them, for the nights after it count too.
        """
        agreed = self.start + timedelta(days=plan.days)
        end = max(agreed, min(self.until or agreed, agreed + MOST_DELAY))
        if self.left_on is not None:
            end = max(self.start, min(end, self.left_on))
        return Span(self.start, end)


@dataclass(frozen=True, slots=True)
class Unblinded:
    """One person's order, opened in an emergency: it stays visible in the report."""

    code: str
    at: datetime
    by: str
    by_name: str
    reason: str
    order: int


@dataclass(frozen=True, slots=True)
class Consent:
    """What people agree to before they take part."""

    version: int
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class EnrolmentCode:
    """A code by which people join, until `expires_at` or until it was used so often."""

    id: str
    created_at: datetime
    expires_at: datetime
    uses_left: int


def code_of(number: int) -> str:
    """Return the study code of the person who joined as the `number`th.

    >>> code_of(7)
    'P-007'
    """
    return f"P-{number:03}"


def checked(draft: Draft) -> Draft:
    """Return `draft` with its texts cleaned.

    Raises:
        StudyRefused: it has no title, or a number or an item is out of range.
        PlanRefused: its plan can't be lived.
        TextRefused: a text is too long, or holds what can't be seen.
    """
    title = clean_line(draft.title, TITLE_LIMIT)
    medicine = clean_line(draft.protocol.medicine, MEDICINE_LIMIT)
    if not title:
        raise StudyRefused(N_("Give the study a title: people see it before they join."))
    if not medicine:
        raise StudyRefused(N_("Say which medicine the study is about."))
    if not 0 < draft.size <= MOST_PEOPLE:
        raise StudyRefused(N_("A study has 1 to %(most)s people."), most=MOST_PEOPLE)
    protocol = replace(draft.protocol, medicine=medicine)
    before = sum(step.days for step in plans.checked(protocol.steps()).before)
    if not 0 <= draft.least_nights <= before:
        raise StudyRefused(
            N_("The baseline has %(days)s nights. Ask for no more than that."), days=before
        )
    items = tuple(key for key in ADDABLE if key in draft.items)
    return replace(draft, title=title, protocol=protocol, items=items)


def clean_consent(text: str) -> str:
    """Return a consent text.

    Raises:
        StudyRefused: there is none.
        TextRefused: it is too long, or holds what can't be seen.
    """
    cleaned = clean_lines(text, CONSENT_LIMIT)
    if not cleaned:
        raise StudyRefused(N_("Write down what people agree to."))
    return cleaned


def clean_reason(text: str) -> str:
    """Return why somebody goes against the rule.

    Raises:
        StudyRefused: they don't say.
        TextRefused: it is too long, or holds what can't be seen.
    """
    cleaned = clean_line(text, REASON_LIMIT)
    if not cleaned:
        raise StudyRefused(N_("Say why. It stays in the study's log."))
    return cleaned
