"""Seeded cohorts of generated diaries: several people's rows in two files, or file by file."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from tests.generated import PRESETS, RULES, Case, case_of

Row = dict[str, str]
NAMES = ("p1", "Anna-Luise", "0042", "Ærø, north", "moth 7", "P1", "x", "zz", "kestrel", "17b")


@dataclass(frozen=True, slots=True)
class Cohort:
    """The two files of several people, and the question asked of them.

    `apart` has each diary as a file of its own. `silent` people have phases and no rows.
    """

    diary_csv: str
    phases_csv: str
    apart: dict[str, str]
    ruler: str
    rule: str
    preset: str


def cohorts(count: int, seed: int) -> Iterator[Cohort]:
    """Make so many cohorts; every rule meets every preset once in 24 of them."""
    for number in range(count):
        rng = Random(f"cohort {seed}/{number}")
        rule = RULES[number % len(RULES)]
        preset = PRESETS[number // len(RULES) % len(PRESETS)]
        yield cohort_of(rng, rule, preset)


def cohort_of(rng: Random, rule: str, preset: str) -> Cohort:
    """Make one cohort: its people on one ruler, half of the time without labels."""
    ruler, labelled = rng.choice(("nrs", "vas")), rng.random() < 0.5
    people = people_of(rng, rule, preset, ruler)
    diaries = {name: rows_of(case.diary_csv) for name, case in people.items()}
    phases = [
        {"person": name, **row, "label": row["label"] if labelled else ""}
        for name, case in people.items()
        for row in rows_of(case.phases_csv or "")
    ]
    # Where a file has no column of a kind, another person's rows leave its cells empty.
    columns = list(dict.fromkeys(key for rows in diaries.values() for row in rows for key in row))
    columns = columns or ["date", "pain"]
    rng.shuffle(columns)
    written = [
        {"person": name, **dict.fromkeys(columns, ""), **row}
        for name, rows in diaries.items()
        for row in rows
    ]
    return Cohort(
        text_of(["person", *columns], written, rng),
        text_of(["person", "phase", "start", "end", "label", "medicine", "dose_mg"], phases, rng),
        {name: case.diary_csv for name, case in people.items()},
        ruler,
        rule,
        preset,
    )


def people_of(rng: Random, rule: str, preset: str, ruler: str) -> dict[str, Case]:
    """Make some people with phases, all asked about on one ruler."""
    count = rng.choice((1, 3, 5, 8, 10))
    found: list[Case] = []
    while len(found) < count:
        case = case_of(rng, rule, preset)
        if case.phases_csv is not None and case.ruler == ruler:
            found.append(case)
    return dict(zip(rng.sample(NAMES, count), found, strict=True))


def rows_of(text: str) -> list[Row]:
    """Give the rows of a file by column."""
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def text_of(columns: Sequence[str], rows: Sequence[Row], rng: Random) -> str:
    """Write a file, sometimes with a byte order mark or another system's line ends."""
    out = io.StringIO()
    out.write(rng.choice(("", "", "", "\ufeff")))
    writer = csv.DictWriter(out, columns, lineterminator=rng.choice(("\n", "\n", "\r\n")))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
