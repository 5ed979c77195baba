"""Every page that is timed, against bare Flask, in one process and in turn."""

import gzip
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask

from tools.bench import bare, people
from tools.bench.people import Person
from tools.bench.timing import Ask, Page, Times, answer, interleaved
from tracker.charts.figure import build_figure
from tracker.cli.opening import opened
from tracker.config import Settings
from tracker.domain.responder import Rule
from tracker.domain.windows import Preset
from tracker.services.reports import read_report
from tracker.web.app import create_app
from tracker.web.context import Installation

YEAR = 365
MONTH = 28
LONG = 5 * 365
SAVED = urlencode({"day": "2026-11-21", "pain": "4", "fatigue": "5", "sleep": "6"})


@dataclass(frozen=True, slots=True)
class Bench:
    """What is timed: ours beside the peers, and the people whose diaries are asked for."""

    app: Flask
    year: Person
    long: Person
    crowd: tuple[Person, ...]
    folder: Path


@contextmanager
def ready(rounds: int) -> Iterator[Bench]:
    """Set up an installation with a year, five years, and as many people as will save a night."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = Settings.from_environment({"TRACKER_INSTANCE": str(folder / "instance")})
        with opened(settings) as diary:
            app = create_app(settings, diary.database, diary.keys)
            yield Bench(
                app=app,
                year=people.add(app, "Year", YEAR),
                long=people.add(app, "Long", LONG),
                crowd=tuple(people.add(app, f"P{each}", MONTH) for each in range(rounds + 1)),
                folder=folder,
            )


def timed(bench: Bench, rounds: int) -> Mapping[str, Times]:
    """Return what each page takes; the two exports of five years get a fifth of the rounds."""
    commits = bare.commits(bench.folder / "bare.db")
    hello = bare.hello()
    nights = [saving(person) for person in bench.crowd[: rounds + 1]]
    year = f"item=pain&from={first(bench.year)}"

    def get(path: str, query: str = "", person: Person = bench.year) -> Ask:
        page = Page(path, query, person.cookie)
        return lambda _: _asked(bench.app, page)

    short: dict[str, Ask] = {
        "bare hello": lambda _: _asked(hello, Page("/")),
        "bare commit": lambda _: _asked(commits, Page("/entry", body=SAVED)),
        "save one night": lambda turn: _asked(bench.app, nights[turn]),
        "tonight's form": get("/"),
        "list": get("/diary/"),
        "trends, 12 weeks": get("/trends/"),
        "trends, a year": get("/trends/", year),
        "verdict, a year": get("/response/"),
        "figure.json, a year": get("/trends/figure.json", year),
        "figure built": figure_built(bench),
    }
    long: dict[str, Ask] = {
        "CSV, 5 years": get("/exports/diary.csv", person=bench.long),
        "archive, 5 years": get("/exports/diary.json", person=bench.long),
    }
    return {**interleaved(short, rounds), **interleaved(long, max(3, rounds // 5))}


def first(person: Person) -> date:
    """Return the first day of a year until today."""
    return person.today - timedelta(days=YEAR)


def saving(person: Person) -> Page:
    """Return the request that saves somebody's night."""
    body = urlencode(person.night(4))
    return Page(f"/diary/{person.today}", cookie=person.cookie, body=body, status="303")


def figure_built(bench: Bench) -> Ask:
    """Return what builds the figure of a year and no more."""
    made: Installation = bench.app.extensions["evenfall"]
    now = made.settings.clock()
    with made.database.reading() as session:
        reading = read_report(session, bench.year.account, Rule.YOUNGER2013, Preset.WEEK, now)
    trend = reading.report.trends["pain"]
    return lambda _: _done(lambda: build_figure(reading.report, trend, reading.nights, str))


def figure_bytes(bench: Bench) -> tuple[int, int]:
    """Return the bytes of the figure of a year, as they are and packed."""
    query = f"item=pain&from={first(bench.year)}"
    body = answer(bench.app, Page("/trends/figure.json", query, bench.year.cookie))
    return len(body), len(gzip.compress(body))


def _asked(app: Flask, page: Page) -> None:
    answer(app, page)


def _done(deed: Callable[[], object]) -> None:
    deed()


def after(bench: Bench, saved: int) -> Bench:
    """Return the bench with those people only who have not saved their night yet."""
    return replace(bench, crowd=bench.crowd[saved:])
