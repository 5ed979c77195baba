"""Seeded courses of scores: level, effect, onset, noise, and all the ways not to answer."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from tests.generated_spans import Span

MAXIMA = {"nrs": 10, "vas": 100}
CORE = ("pain", "fatigue", "sleep")
USUAL = ("mood", "dream_vividness", "dream_distress")
OPTIONAL = (
    "activity",
    "function",
    "satisfaction",
    "stress",
    "memory",
    "headache",
    "overall",
    "worst_pain",
)
OWN = ("own:burning feet:lower", "own:Übelkeit, morgens:lower", "own:grip (left):higher")
OWN_NEUTRAL = ("own:screen time:neutral",)
HIGHER = ("sleep", "mood", "function", "satisfaction", "memory", "own:grip (left):higher")
ASKED_BY_FM = ("function", "stress", "memory", "mood")
# What a phase multiplies the badness by; the round ones meet the limits of the bands exactly.
EFFECTS = (0.0, 0.2, 0.45, 0.5, 0.6, 0.65, 0.7, 0.7, 0.75, 0.85, 0.9, 1.0, 1.1, 1.1, 1.3, 1.3, 1.6)
TIDY_EFFECTS = (0.3, 0.45, 0.5, 0.6, 0.65, 0.7, 0.8, 1.0)
SILENCES = ("", "declined", "n/a")


@dataclass(slots=True)
class Course:
    """How one item goes over time; `level` is the badness before treatment, as share of the ruler.

    `effects` holds one factor per phase; `onset` the days until it sets in, `relapse` the days
    until it is over (None: never). `silent` is a cell that stands for the whole item, `silent_in`
    a phase's number in which the item was never answered.
    """

    column: str
    spans: Sequence[Span]
    level: float
    effects: Sequence[float]
    onset: int
    relapse: int | None
    noise: float
    memory: float
    missing: float
    silent: str | None
    silent_in: int | None
    drift: float = field(default=0.0)

    def cell(self, rng: Random, day: date, maximum: int) -> str:
        """Write the cell of one night."""
        number = self.span_of(day)
        if self.silent is not None:
            return self.silent
        if number is not None and number == self.silent_in:
            return ""
        if rng.random() < self.missing:
            return rng.choice(SILENCES)
        if self.column == "dream_vividness" and rng.random() < 0.15:
            return "no_recall"
        bad = self.badness(rng, day, number, maximum)
        return str(maximum - bad if self.column in HIGHER else bad)

    def span_of(self, day: date) -> int | None:
        """Give the number of the phase that a day lies in."""
        for number, span in enumerate(self.spans):
            if span.start <= day and (span.end is None or day < span.end):
                return number
        return None

    def badness(self, rng: Random, day: date, number: int | None, maximum: int) -> int:
        """Give the night's score as a whole number, lower is better."""
        mean = self.level * maximum
        if number is not None:
            since = (day - self.spans[number].start).days
            if since > self.onset and (self.relapse is None or since <= self.relapse):
                mean *= self.effects[number]
        if self.noise == 0:
            return min(maximum, round(mean))
        self.drift = self.memory * self.drift + rng.gauss(0, self.noise * maximum)
        value = math.floor(mean + self.drift + rng.random())
        return min(maximum, max(0, value))


@dataclass(frozen=True, slots=True)
class Temper:
    """What the items of one diary share; `quiet` ones don't vary from night to night."""

    tidy: bool
    quiet: bool
    effects: Sequence[float]
    onset: int
    relapse: int | None
    missing: float


def temper_of(rng: Random, spans: Sequence[Span], *, tidy: bool) -> Temper:
    """Choose what the items of one diary share."""
    return Temper(
        tidy=tidy,
        quiet=rng.random() < 0.2,
        effects=effects_of(rng, spans, tidy=tidy),
        onset=rng.choice((0, 0, 0, 0, 6, 14, 28)),
        relapse=rng.choice((None, None, None, None, None, 21, 45)),
        missing=rng.choice((0.0, 0.0, 0.03) if tidy else (0.0, 0.03, 0.1, 0.35)),
    )


def courses_of(rng: Random, spans: Sequence[Span], rule: str, *, tidy: bool) -> list[Course]:
    """Make a course for each column of a diary."""
    temper = temper_of(rng, spans, tidy=tidy)
    return [course_of(rng, spans, column, temper) for column in columns_of(rng, rule)]


def course_of(rng: Random, spans: Sequence[Span], column: str, temper: Temper) -> Course:
    """Make the course of one item."""
    odd = 0.02 if temper.tidy else 0.06
    alone = rng.random() < 0.25
    still = temper.quiet or rng.random() < 0.08
    return Course(
        column=column,
        spans=spans,
        level=level_of(rng, temper),
        effects=effects_of(rng, spans, tidy=temper.tidy) if alone else temper.effects,
        onset=temper.onset,
        relapse=temper.relapse,
        noise=0.0 if still else rng.choice((0.02, 0.05, 0.1, 0.2)),
        memory=rng.choice((0.0, 0.0, 0.4, 0.8, 0.95)),
        missing=temper.missing,
        silent=rng.choice(SILENCES) if rng.random() < odd else None,
        silent_in=rng.randrange(len(spans)) if spans and rng.random() < odd else None,
    )


def columns_of(rng: Random, rule: str) -> list[str]:
    """Choose the items of a diary; a fibromyalgia rule mostly gets what it asks for."""
    columns = [column for column in CORE if rng.random() < 0.95]
    columns += [column for column in USUAL if rng.random() < 0.5]
    share = rng.choice((0.0, 0.3, 0.6))
    columns += [column for column in OPTIONAL if rng.random() < share]
    columns += [column for column in (*OWN, *OWN_NEUTRAL) if rng.random() < 0.12]
    if rule.startswith("fm30"):
        columns += [column for column in ASKED_BY_FM if rng.random() < 0.9]
    return list(dict.fromkeys(columns)) or ["pain"]


def effects_of(rng: Random, spans: Sequence[Span], *, tidy: bool) -> list[float]:
    """Choose by how much each phase changes an item; nothing happens in a baseline."""
    choice = TIDY_EFFECTS if tidy else EFFECTS
    return [1.0 if span.kind == "baseline" else rng.choice(choice) for span in spans]


def level_of(rng: Random, temper: Temper) -> float:
    """Choose the badness before treatment, as share of the ruler."""
    if temper.quiet:
        return rng.choice((0.0, 0.1, 0.3, 0.4, 0.5, 0.5, 0.6, 0.8, 1.0, 1.0))
    if rng.random() < (0.92 if temper.tidy else 0.6):
        return rng.uniform(0.4, 0.95)
    return rng.choice((0.0, 0.0, 0.02, 0.04, 0.07, 0.1, 0.15, 0.25, 0.35, 1.0))
