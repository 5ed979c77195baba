"""Made-up diaries for `tracker demo`: the same figures each time, told up to last night."""

import hashlib
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from types import MappingProxyType
from typing import Final

from tracker.domain.answers import DECLINED, NO_RECALL, NOT_APPLICABLE, Answer, answered
from tracker.domain.diary import Status
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import CORE, OWN_PREFIX, STRESS, Direction, Item, Ruler
from tracker.domain.revisions import Revision
from tracker.domain.spans import ONE_DAY, Span

ZONE: Final = "UTC"
MEDICINE: Final = "naltrexone"
DOSE_MG: Final = Decimal("4.5")
SPREAD: Final = 0.9  # points, of one night's own share
DREAMLESS: Final = 0.15  # share of nights
NOTED: Final = 0.08  # share of nights
KEPT: Final = 0.5  # of one night's distance from the mean, the next night still has
ONSET: Final = timedelta(days=21)  # over which a phase's effect builds up
STIFF_HANDS: Final = Item(
    f"{OWN_PREFIX}stiffhandsdemo01",
    "Stiff hands",
    "How stiff were your hands this morning?",
    "Not at all",
    "Could not close them",
    Direction.LOWER,
)
NOTES: Final = (
    "Long walk in the afternoon.",
    "Rain all day, hardly slept the night before.",
    "Family visit. Good company, tired after.",
    "Physiotherapy today.",
    "New pillow, let's see.",
    "Worked late.",
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """One phase of a made-up course: its length, None while it runs, and each item's mean."""

    kind: PhaseKind
    days: int | None
    means: Mapping[str, float]
    label: str = ""


@dataclass(frozen=True, slots=True)
class Life:
    """One made-up diary. `ended` is how long ago its last night was; `missed` the share left out.

    `late`, `declined`, `noted`, `edited` are nights, counted from the first.
    """

    name: str
    seed: int
    ended: int
    stretches: tuple[Stretch, ...]
    items: tuple[Item, ...]
    missed: float
    late: frozenset[int]
    declined: frozenset[int]
    edited: frozenset[int]
    pause: tuple[int, int]


@dataclass(frozen=True, slots=True)
class MadeUp:
    """A made-up diary, ready to be stored: authors are still to be named."""

    name: str
    items: tuple[Item, ...]
    revisions: tuple[Revision, ...]
    phases: tuple[Phase, ...]
    pause: Span
    first: date


def _means(pain: float, fatigue: float, sleep: float, mood: float) -> Mapping[str, float]:
    return {
        "pain": pain,
        "fatigue": fatigue,
        "sleep": sleep,
        "mood": mood,
        "dream_vividness": 3.5,
        "dream_distress": 1.5,
        "stress": 10 - mood,
        STIFF_HANDS.key: pain - 1.2,
    }


def _tried(means: Mapping[str, float]) -> tuple[Stretch, ...]:
    return Stretch(PhaseKind.BASELINE, 14, BEFORE), Stretch(PhaseKind.TREATMENT, None, means)


def _other(
    name: str, seed: int, *, ended: int, stretches: tuple[Stretch, ...], missed: float = 0.05
) -> Life:
    nothing: frozenset[int] = frozenset()
    return Life(name, seed, ended, stretches, CORE, missed, nothing, nothing, nothing, (5, 1))


BEFORE: Final = _means(6.4, 6.8, 3.8, 5.0)
WITH_DRUG: Final = _means(3.9, 4.4, 6.0, 6.3)
WITH_PLACEBO: Final = _means(5.7, 6.2, 4.3, 5.3)

LIVES: Final = (
    Life(
        name="demo-crossover",
        seed=2013,
        ended=20,
        stretches=(
            Stretch(PhaseKind.BASELINE, 14, BEFORE),
            Stretch(PhaseKind.TREATMENT, 84, WITH_DRUG, "first arm"),
            Stretch(PhaseKind.PLACEBO, 28, WITH_PLACEBO, "second arm"),
            Stretch(PhaseKind.FOLLOW_UP, 28, WITH_PLACEBO),
        ),
        items=CORE,
        missed=0.05,
        late=frozenset({9, 47, 101}),
        declined=frozenset({31}),
        edited=frozenset({60}),
        pause=(70, 3),
    ),
    Life(
        name="demo-running",
        seed=2024,
        ended=1,
        stretches=(
            Stretch(PhaseKind.BASELINE, 14, BEFORE),
            Stretch(PhaseKind.TREATMENT, None, WITH_DRUG),
        ),
        items=(*CORE, STRESS, STIFF_HANDS),
        missed=0.06,
        late=frozenset({6, 38}),
        declined=frozenset({17}),
        edited=frozenset({25}),
        pause=(30, 2),
    ),
)
WORSE: Final = _means(8.6, 7.9, 2.6, 3.2)
# People whom the demo's clinician may read too; nobody signs in as them.
OTHER_LIVES: Final = (
    _other("demo-silent", 7, ended=10, stretches=_tried(WITH_DRUG)),
    _other("demo-worse", 11, ended=1, stretches=_tried(WORSE), missed=0.2),
    _other("demo-steady", 13, ended=0, stretches=_tried(WITH_PLACEBO)),
    _other("demo-new", 17, ended=1, stretches=(Stretch(PhaseKind.BASELINE, 10, BEFORE),)),
)
RUNNING_FOR: Final = 44  # nights of the phase that runs


def made_up(life: Life, today: date) -> MadeUp:
    """Return the diary of `life` as it stands on `today`, a diary day."""
    lengths = [stretch.days or RUNNING_FOR for stretch in life.stretches]
    end = today - (life.ended - 1) * ONE_DAY
    first = end - sum(lengths) * ONE_DAY
    phases = tuple(_phases(life, lengths, first))
    pause = Span(first + life.pause[0] * ONE_DAY, first + sum(life.pause) * ONE_DAY)
    return MadeUp(
        name=life.name,
        items=life.items,
        revisions=tuple(_revisions(life, phases, Span(first, end), pause)),
        phases=phases,
        pause=pause,
        first=first,
    )


def _phases(life: Life, lengths: Sequence[int], first: date) -> Iterator[Phase]:
    for stretch, length in zip(life.stretches, lengths, strict=True):
        treated = stretch.kind is PhaseKind.TREATMENT
        yield Phase(
            stretch.kind,
            first,
            None if stretch.days is None else first + length * ONE_DAY,
            stretch.label,
            MEDICINE if treated else "",
            DOSE_MG if treated else None,
        )
        first += length * ONE_DAY


def _revisions(life: Life, phases: Sequence[Phase], days: Span, pause: Span) -> Iterator[Revision]:
    chance = Random(life.seed)  # noqa: S311 - made-up figures, not secrets
    off = dict.fromkeys((item.key for item in life.items), 0.0)
    for place, day in enumerate(days):
        off = {key: KEPT * one + chance.gauss(0, SPREAD) for key, one in off.items()}
        scores = _scores(life, phases, day, off)
        if chance.random() < DREAMLESS:
            scores |= {"dream_vividness": NO_RECALL, "dream_distress": NOT_APPLICABLE}
        note = chance.choice(NOTES) if chance.random() < NOTED else ""
        if place in life.declined:
            scores["mood"] = DECLINED
        minute = chance.randrange(150)
        is_marked = place in life.late | life.declined | life.edited
        if day in pause or (chance.random() < life.missed and not is_marked):
            continue
        saved = _written(day, late=place in life.late, minute=minute)
        yield _revision(life, day, scores, saved, note)
        if place in life.edited:
            pain = scores["pain"].value or 0
            changed = scores | {"pain": answered(min(pain + 1, Ruler.NRS.maximum))}
            again = _revision(life, day, changed, saved + timedelta(minutes=20), note, number=2)
            yield again


def _scores(
    life: Life, phases: Sequence[Phase], day: date, off: Mapping[str, float]
) -> dict[str, Answer]:
    index = max(place for place, phase in enumerate(phases) if phase.start <= day)
    now, before = life.stretches[index].means, life.stretches[max(index - 1, 0)].means
    share = min(1.0, (day - phases[index].start) / ONSET)
    return {
        key: answered(
            min(max(round(before[key] + share * (now[key] - before[key]) + distance), 0), 10)
        )
        for key, distance in off.items()
    }


def _written(day: date, *, late: bool, minute: int) -> datetime:
    """Return when a night was saved: from half past eight, or the next morning."""
    if late:
        return datetime.combine(day + ONE_DAY, time(8, 10), UTC)
    return datetime.combine(day, time(20, 30), UTC) + timedelta(minutes=minute)


def _revision(
    life: Life,
    day: date,
    answers: Mapping[str, Answer],
    saved: datetime,
    note: str,
    *,
    number: int = 1,
) -> Revision:
    client_id = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{life.name}/{day}/{number}"))
    late = saved.date() > day
    return Revision(
        day=day,
        number=number,
        client_id=client_id,
        payload_sha256=hashlib.sha256(client_id.encode()).hexdigest(),
        status=Status.LATE if late else Status.ON_TIME,
        questionnaire=1,
        ruler=Ruler.NRS,
        received_at=saved,
        author="",
        answers=MappingProxyType(dict(answers)),
        note=note,
        saved_at=saved,
        zone=ZONE,
        utc_offset=0,
        reason="tapped beside it" if number > 1 else "",
        base_revision=number - 1,
    )
