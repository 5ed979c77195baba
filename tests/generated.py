"""Seeded, valid diary files of every odd shape, to hold two implementations against each other."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tests.generated_scores import MAXIMA, Course, courses_of
from tests.generated_spans import Span, plan_of, spans_csv

RULES = ("younger2013", "pain30", "pain50", "fm30_short", "fm30_long", "pain_pgic")
PRESETS = ("week", "stanford", "two_week", "pregabalin")
EXTRAS = ("ruler", "status", "revision", "submitted_at", "zone")
STATUSES = ("on_time", "on_time", "on_time", "before_time", "late", "imported")
NOTES = ("", "", "", "slept badly", 'said "fine", was not', "two\nlines", "Müde, aber wach")

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Case:
    """One pair of files with the question asked of them.

    `traits` names what is unusual: `no_phases`, `no_rows`, `other_ruler` (every window lies on one
    ruler), `mixed_rulers` (a window may hold two), `exported` (the five columns of an export).
    """

    diary_csv: str
    phases_csv: str | None
    ruler: str
    rule: str
    preset: str
    traits: frozenset[str]


def diaries(count: int, seed: int) -> Iterator[Case]:
    """Make so many cases; every rule meets every preset once in 24 of them."""
    for number in range(count):
        rng = Random(f"{seed}/{number}")
        rule = RULES[number % len(RULES)]
        preset = PRESETS[number // len(RULES) % len(PRESETS)]
        yield case_of(rng, rule, preset)


def case_of(rng: Random, rule: str, preset: str) -> Case:
    """Make one case."""
    ruler = rng.choice(("nrs", "vas"))
    first = date(2023, 1, 1) + timedelta(days=rng.randrange(700))
    tidy = rng.random() < 0.45
    spans = [] if rng.random() < 0.03 else plan_of(rng, first, tidy=tidy)
    days = days_of(rng, spans, first)
    courses = courses_of(rng, spans, rule, tidy=tidy)
    rows = rows_of(rng, kept_days(rng, days, tidy=tidy), courses, ruler, rule)
    traits = set()
    if rng.random() < 0.3:
        traits |= add_extras(rng, rows, spans, ruler)
    if not spans:
        traits.add("no_phases")
    if rng.random() < 0.005:
        rows = rows[:1]
    if len(rows) == 1:
        traits.add("no_rows")
    phases = spans_csv(spans) if spans else None
    return Case(text_of(rng, rows), phases, ruler, rule, preset, frozenset(traits))


def rows_of(
    rng: Random, days: Sequence[date], courses: Sequence[Course], ruler: str, rule: str
) -> list[Row]:
    """Give the rows of a diary; the first one is the header, its cells empty."""
    besides = []
    if rng.random() < (0.85 if rule == "pain_pgic" else 0.15):
        besides.append("pgic")
    besides += [column for column in ("tolerability", "dose_taken") if rng.random() < 0.2]
    columns = [*besides, *(course.column for course in courses)]
    rng.shuffle(columns)
    header = dict.fromkeys(["date", *columns, "note"], "")
    unlogged = rng.choice((0.0, 0.0, 0.05))
    asked = rng.choice((0.03, 0.1))
    rows = [header]
    for day in days:
        row = header | {"date": day.isoformat(), "note": rng.choice(NOTES)}
        if rng.random() >= unlogged:
            row |= {course.column: course.cell(rng, day, MAXIMA[ruler]) for course in courses}
            row |= {column: beside(rng, column, day, asked) for column in besides}
        if row.get("dream_vividness") == "no_recall" and "dream_distress" in row:
            row["dream_distress"] = "n/a"
        rows.append(row)
    return rows


def beside(rng: Random, column: str, day: date, asked: float) -> str:
    """Write a cell of a column that is no scale item."""
    if column == "pgic":
        answer = rng.choice(("1", "2", "2", "2", "3", "4", "5", "6", "7", "declined"))
        return answer if rng.random() < asked else ""
    if column == "tolerability":
        return str(rng.randrange(101)) if day.weekday() == 6 else ""
    return rng.choice(("yes", "yes", "no", "not_prescribed", "", "declined"))


def days_of(rng: Random, spans: Sequence[Span], first: date) -> list[date]:
    """Give the calendar days that a diary may cover: before, inside and after its phases."""
    if not spans:
        return [first + timedelta(days=i) for i in range(rng.randrange(1, 90))]
    start = spans[0].start
    if spans[0].kind != "baseline" and rng.random() < 0.75:
        start -= timedelta(days=rng.choice((14, 20, 30)))
    elif rng.random() < 0.4:
        start += timedelta(days=rng.randrange(-20, 8))
    last = spans[-1]
    end = last.end or last.start + timedelta(days=last.length)
    if rng.random() < 0.3:
        end += timedelta(days=rng.randrange(-25, 10))
    return [start + timedelta(days=i) for i in range(max(1, (end - start).days))]


def kept_days(rng: Random, days: Sequence[date], *, tidy: bool) -> list[date]:
    """Leave out single nights and long silences, then put the rest in some order."""
    share = rng.choice((1.0, 0.97, 0.9) if tidy else (1.0, 0.97, 0.9, 0.75, 0.55))
    kept = [day for day in days if rng.random() < share]
    if rng.random() < (0.05 if tidy else 0.25) and kept:
        silent = rng.choice(kept)
        length = timedelta(days=rng.choice((5, 8, 12, 20, 40)))
        kept = [day for day in kept if not silent <= day < silent + length]
    order = rng.random()
    if order < 0.25:
        rng.shuffle(kept)
    elif order < 0.35:
        kept.reverse()
    return kept


def add_extras(rng: Random, rows: list[Row], spans: Sequence[Span], ruler: str) -> set[str]:
    """Add the columns of an export, sometimes with nights on the other ruler."""
    kind = rng.random()
    foreign: set[str] = set()
    traits = {"exported"}
    if kind < 0.15:
        foreign = foreign_days(rng, rows, spans)
        traits.add("other_ruler")
    elif kind < 0.2:
        foreign = {row["date"] for row in rows[1:] if rng.random() < 0.3}
        traits.add("mixed_rulers")
    other = "nrs" if ruler == "vas" else "vas"
    for row in rows:
        entry = any(cell for column, cell in row.items() if column not in {"date", "note"})
        row.update(dict.fromkeys(EXTRAS, ""))
        if entry:
            row["ruler"] = other if row["date"] in foreign else ruler
            row.update(provenance(rng, row["date"]))
        if foreign:
            cap_scores(row)
    return traits


def foreign_days(rng: Random, rows: Sequence[Row], spans: Sequence[Span]) -> set[str]:
    """Give all days, or those on one side of the first treated phase's start."""
    dates = [row["date"] for row in rows[1:]]
    side = rng.choice(("all", "before", "before", "after"))
    treated = [span for span in spans if span.kind in {"placebo", "treatment"}]
    if side == "all" or not treated:
        return set(dates)
    change = treated[0].start.isoformat()
    return {day for day in dates if (day < change) == (side == "before")}


def cap_scores(row: Row) -> None:
    """Keep every score of a row valid on both rulers."""
    for column, cell in row.items():
        if column not in {"date", "note", "tolerability", "pgic", *EXTRAS} and cell.isdigit():
            row[column] = str(int(cell) % 11)


def provenance(rng: Random, day: str) -> Row:
    """Give when and how a night was written."""
    status = rng.choice(STATUSES)
    written = date.fromisoformat(day)
    hour = "20:15:00"
    if status == "late":
        written += timedelta(days=1)
        hour = "10:00:00"
    elif status == "before_time":
        hour = "09:30:00"
    elif status == "imported":
        written += timedelta(days=90)
    return {
        "status": status,
        "revision": str(rng.choice((1, 1, 1, 2, 5))),
        "submitted_at": f"{written.isoformat()}T{hour}Z",
        "zone": "Europe/Berlin",
    }


def text_of(rng: Random, rows: Sequence[Row]) -> str:
    """Write rows as CSV, sometimes with a byte order mark or another system's line ends."""
    out = io.StringIO()
    out.write(rng.choice(("", "", "", "\ufeff")))
    writer = csv.writer(out, lineterminator=rng.choice(("\n", "\n", "\r\n")))
    writer.writerow(rows[0])
    for row in rows[1:]:
        writer.writerow(row.values())
    return out.getvalue()
