"""Seeded plans of phases: in any order, touching or not, over or still running."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

PLANS = (
    "baseline treatment",
    "baseline treatment",
    "baseline treatment",
    "baseline placebo treatment",
    "baseline placebo treatment washout",
    "baseline treatment placebo follow_up",
    "baseline treatment washout treatment",
    "baseline",
    "baseline washout",
    "baseline blinded blinded follow_up",
    "baseline placebo blinded",
    "baseline treatment baseline treatment",
    "treatment",
    "treatment",
    "placebo treatment washout",
    "treatment baseline",
    "washout treatment",
    "follow_up",
    "blinded treatment",
    "blinded",
)
BASELINE_LENGTHS = (1, 3, 5, 7, 7, 10, 14, 14, 14, 14, 21, 28)
LENGTHS = (1, 2, 3, 4, 7, 8, 10, 14, 15, 20, 28, 28, 29, 35, 36, 42, 56, 70)
TIDY_PLANS = ("baseline treatment", "baseline placebo treatment", "baseline treatment placebo")
TIDY_LENGTHS = (20, 28, 29, 36, 42, 56)
LABELS = ("", "", "first", "low dose, evening", "zweite Hälfte")


@dataclass(frozen=True, slots=True)
class Span:
    """One phase of a plan; `end` is None while it runs, `length` is what it was to last."""

    kind: str
    start: date
    end: date | None
    length: int
    label: str
    medicine: str
    dose: str


def plan_of(rng: Random, first: date, *, tidy: bool) -> list[Span]:
    """Make the phases of one person, in the order of their days; tidy ones can be judged."""
    kinds = rng.choice(TIDY_PLANS if tidy else PLANS).split()
    gaps = rng.random() < 0.2
    running = rng.random() < 0.35
    spans: list[Span] = []
    start = first
    for number, kind in enumerate(kinds):
        length = length_of(rng, kind, tidy=tidy)
        last = number == len(kinds) - 1
        end = None if last and running else start + timedelta(days=length)
        spans.append(Span(kind, start, end, length, *words_of(rng, kind, number)))
        gap = rng.choice((1, 3, 7, 20)) if gaps and rng.random() < 0.6 else 0
        start += timedelta(days=length + gap)
    return spans


def length_of(rng: Random, kind: str, *, tidy: bool) -> int:
    """Choose how many days a phase is to last."""
    if kind == "baseline":
        return 14 if tidy else rng.choice(BASELINE_LENGTHS)
    return rng.choice(TIDY_LENGTHS if tidy else LENGTHS)


def words_of(rng: Random, kind: str, number: int) -> tuple[str, str, str]:
    """Give a label, a medicine and a dose; a blinded phase has only a label."""
    if kind == "blinded":
        return "AB"[number % 2], "", ""
    if kind == "treatment" and rng.random() < 0.5:
        return rng.choice(LABELS), "naltrexone", rng.choice(("4.5", "1.5", "3"))
    return rng.choice(LABELS), "", ""


def spans_csv(spans: Sequence[Span]) -> str:
    """Write the phases file of a plan."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("phase", "start", "end", "label", "medicine", "dose_mg"))
    for span in spans:
        end = "" if span.end is None else span.end.isoformat()
        dates = (span.start.isoformat(), end)
        writer.writerow((span.kind, *dates, span.label, span.medicine, span.dose))
    return out.getvalue()
