"""Sums over the headline windows, one row an item, kept in the transaction that changes them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import (
    ColumnElement,
    Date,
    Subquery,
    and_,
    bindparam,
    delete,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session

from tracker.domain.phases import Phase, PhaseKind, as_of
from tracker.domain.questionnaire import Questionnaire
from tracker.domain.spans import ONE_DAY, Span
from tracker.domain.statistics import Tally
from tracker.domain.windows import Preset, after_start, baseline_of, evaluation_of
from tracker.storage.models import answers, entries, questionnaire_items, summaries

UNJUDGED: Final = frozenset({PhaseKind.BASELINE, PhaseKind.BLINDED})


@dataclass(frozen=True, slots=True)
class Windows:
    """The headline windows as they stand: the newest phase judged against the one baseline.

    `as_of` is the last closed diary day. `phase` is None where the newest one is not judged,
    `evaluation` also where too few of its days have passed.
    """

    as_of: date
    phase: Phase | None
    baseline: Span | None
    evaluation: Span | None


@dataclass(frozen=True, slots=True)
class Summary:
    """One item's sums over both windows."""

    windows: Windows
    baseline: Tally
    evaluation: Tally


def windows_of(phases: Sequence[Phase], closed_until: date) -> Windows:
    """Return the headline windows; `closed_until` is the day after the last closed one.

    >>> from datetime import date
    >>> phases = [Phase(PhaseKind.BASELINE, date(2026, 1, 1), date(2026, 1, 15)),
    ...           Phase(PhaseKind.TREATMENT, date(2026, 1, 15))]
    >>> windows_of(phases, date(2026, 2, 1)).evaluation.start
    datetime.date(2026, 1, 25)
    """
    begun = as_of(phases, closed_until)
    judged = begun[-1] if begun and begun[-1].kind not in UNJUDGED else None
    return Windows(
        as_of=closed_until - ONE_DAY,
        phase=judged,
        baseline=baseline_of(begun, closed_until),
        evaluation=None
        if judged is None
        else evaluation_of(after_start(judged, closed_until), Preset.WEEK),
    )


def _sums(name: str) -> Subquery:
    window = and_(
        answers.c.day >= bindparam(f"{name}_start", type_=Date),
        answers.c.day < bindparam(f"{name}_end", type_=Date),
    )
    return (
        select(
            answers.c.item,
            func.sum(answers.c.value).label("total"),
            func.count(answers.c.value).label("days"),
        )
        .join_from(
            answers,
            entries,
            and_(
                entries.c.owner == answers.c.owner,
                entries.c.day == answers.c.day,
                entries.c.head == answers.c.revision,
            ),
        )
        .where(
            answers.c.owner == bindparam("owner"),
            answers.c.ruler == bindparam("ruler"),
            entries.c.deleted_at.is_(None),
            window,
        )
        .group_by(answers.c.item)
        .subquery(name)
    )


_BASELINE: Final = _sums("baseline")
_EVALUATION: Final = _sums("evaluation")
_GIVEN: Final = (
    "ruler",
    "as_of",
    "phase_kind",
    "phase_start",
    "phase_end",
    "baseline_start",
    "baseline_end",
    "evaluation_start",
    "evaluation_end",
)
_NONE: Final[ColumnElement[int]] = literal_column("0")
_COUNTED: Final = (
    select(
        questionnaire_items.c.owner,
        questionnaire_items.c.item,
        *(bindparam(name, type_=summaries.c[name].type).label(name) for name in _GIVEN),
        func.coalesce(_BASELINE.c.total, _NONE),
        func.coalesce(_BASELINE.c.days, _NONE),
        func.coalesce(_EVALUATION.c.total, _NONE),
        func.coalesce(_EVALUATION.c.days, _NONE),
    )
    .select_from(
        questionnaire_items.outerjoin(
            _BASELINE, _BASELINE.c.item == questionnaire_items.c.item
        ).outerjoin(_EVALUATION, _EVALUATION.c.item == questionnaire_items.c.item)
    )
    .where(
        questionnaire_items.c.owner == bindparam("owner"),
        questionnaire_items.c.number == bindparam("number"),
    )
)
_SUMMED: Final = ("baseline_sum", "baseline_days", "evaluation_sum", "evaluation_days")
# Both databases read PostgreSQL's ON CONFLICT; prebuilt, for this is every evening's path.
_INSERT: Final = postgresql.insert(summaries).from_select(
    ["owner", "item", *_GIVEN, *_SUMMED], _COUNTED
)
_RECOUNT: Final = _INSERT.on_conflict_do_update(
    index_elements=["owner", "item"],
    set_={name: _INSERT.excluded[name] for name in (*_GIVEN, *_SUMMED)},
)
_CLEAR: Final = delete(summaries).where(summaries.c.owner == bindparam("whose"))
_OF_OWNER: Final = select(summaries).where(summaries.c.owner == bindparam("owner"))
_LATE: Final = (
    select(summaries.c.owner).where(summaries.c.as_of < bindparam("day")).distinct().limit(1_000)
)


def recount(session: Session, owner: str, asked: Questionnaire, windows: Windows) -> None:
    """Sum both windows anew for every item asked; one statement, none where there is no window.

    Call it after the audit event of the same deed: that holds the owner's lock, so that the sums
    see what others wrote before.
    """
    if windows.baseline is not None or windows.phase is not None:
        session.execute(_RECOUNT, _values(owner, asked, windows))


def refresh(session: Session, owner: str, asked: Questionnaire, windows: Windows) -> None:
    """Put the sums in place of those of other phases or items: two statements."""
    session.execute(_CLEAR, {"whose": owner})
    recount(session, owner, asked, windows)


def load_summaries(session: Session, owner: str) -> Mapping[str, Summary]:
    """Return the sums by item; nothing before the first window."""
    found = {}
    for row in session.execute(_OF_OWNER, {"owner": owner}):
        phase = (
            None
            if row.phase_start is None
            else Phase(PhaseKind(row.phase_kind), row.phase_start, row.phase_end)
        )
        windows = Windows(
            row.as_of,
            phase,
            _span(row.baseline_start, row.baseline_end),
            _span(row.evaluation_start, row.evaluation_end),
        )
        found[row.item] = Summary(
            windows,
            Tally(row.baseline_sum, row.baseline_days),
            Tally(row.evaluation_sum, row.evaluation_days),
        )
    return found


def late_owners(session: Session, day: date) -> Sequence[str]:
    """Return up to 1,000 people whose sums know of no day from `day` on: to be rolled forward."""
    return session.scalars(_LATE, {"day": day}).all()


def _span(start: date | None, end: date | None) -> Span | None:
    return None if start is None or end is None else Span(start, end)


def _values(owner: str, asked: Questionnaire, windows: Windows) -> dict[str, object]:
    phase, baseline, evaluation = windows.phase, windows.baseline, windows.evaluation
    return {
        "owner": owner,
        "number": asked.number,
        "ruler": asked.ruler.value,
        "as_of": windows.as_of,
        "phase_kind": phase and phase.kind.value,
        "phase_start": phase and phase.start,
        "phase_end": phase and phase.end,
        "baseline_start": baseline and baseline.start,
        "baseline_end": baseline and baseline.end,
        "evaluation_start": evaluation and evaluation.start,
        "evaluation_end": evaluation and evaluation.end,
    }
