"""People of a study as its data has them, for tests."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Final

from tracker.domain.answers import Answer, AnswerState, answered
from tracker.domain.diary import Diary, Entry, Status
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import ITEMS, Ruler
from tracker.domain.side_effects import Action, Effect, Severity, SideEffect
from tracker.domain.studies import Draft, Protocol, Study
from tracker.domain.study_data import Volunteer

NOW: Final = datetime(2026, 1, 1, tzinfo=UTC)
START: Final = date(2026, 1, 1)
PROTOCOL: Final = Protocol("crossover2013", "naltrexone", Decimal("4.5"))
STUDY: Final = Study("s", Draft("Lamps", PROTOCOL, Ruler.NRS, (), 28, 8), NOW)
ANSWERS: Final = {
    "pain": answered(6),
    "fatigue": Answer(AnswerState.DECLINED),
    "dream_vividness": Answer(AnswerState.NO_RECALL),
    "dream_distress": Answer(AnswerState.NOT_APPLICABLE),
    "dose_taken": answered(1),
}


def day(number: int) -> date:
    """Return a day of the plan; 1 is its first."""
    return START + timedelta(days=number - 1)


def effect(number: int, what: Effect = Effect.HEADACHE, **told: object) -> SideEffect:
    """Return a side effect told of on its first day, the `number`th of the plan."""
    known = {"severity": Severity.MILD, "reported": day(number), **told}
    return SideEffect(what, day(number), **known)  # type: ignore[arg-type]  # any field


def volunteer(
    code: str = "P-001",
    nights: Sequence[int] = (1, 20),
    effects: Sequence[SideEffect] = (),
    checks: Sequence[date] = (),
) -> Volunteer:
    """Return somebody with a baseline of two weeks, then a treatment, and nights on these days."""
    status = Status.LATE
    entries = {day(n): Entry(day(n), ANSWERS, Ruler.NRS, status) for n in nights}
    phases = (
        Phase(PhaseKind.BASELINE, START, day(15)),
        Phase(PhaseKind.TREATMENT, day(15), day(99), "", "naltrexone", Decimal("4.50")),
    )
    diary = Diary(Ruler.NRS, {key: ITEMS[key] for key in STUDY.seen}, entries)
    return Volunteer(code, START, diary, phases, tuple(effects), tuple(checks))


STRONG: Final = effect(
    16,
    Effect.VIVID_DREAMS,
    severity=Severity.SEVERE,
    reported=day(18),
    end=day(21),
    bothersome=True,
    action=Action.STOPPED,
)
