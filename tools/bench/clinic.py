"""A clinician's list of 1,000, 10,000 and 100,000 people, and what a save costs that it shows.

`python -m tools.bench.clinic`: on SQLite and PostgreSQL, sizes in turn. A few diaries of 180 nights
are written as people write them; all others are copies of these under names of their own, made by
the database.
"""

import argparse
import json
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, cycle, islice, repeat
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from flask import Flask
from sqlalchemy import inspect, select, text

from tests.postgres import running_postgres
from tools.bench import people
from tools.bench.pages import saving
from tools.bench.people import Person
from tools.bench.timing import Ask, Page, Times, answer, interleaved
from tracker.cli.opening import opened
from tracker.config import Settings
from tracker.storage.database import Session
from tracker.storage.models import glances as lines
from tracker.web.app import create_app
from tracker.web.context import Installation

PRODUCTS: Final = ("sqlite", "postgresql")
GROWTH: Final = "first page, largest size against smallest"
SIZES: Final = (1_000, 10_000, 100_000)
NIGHTS: Final = 180
WRITTEN: Final = 10  # diaries that were written; the list of each size holds copies of these
WITH_NIGHTS: Final = 1_000  # up to here copies have their nights too: the list reads none of them
ROUNDS: Final = 40
NAMES: Final = random.Random(18)
LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
# Whose rows are copied, in this order, and what is another's in a copy.
TABLES: Final = {
    "accounts": {"id": "new", "name": "name", "name_key": "name"},
    "questionnaires": {"owner": "new"},
    "questionnaire_items": {"owner": "new"},
    "phases": {"owner": "new"},
    "grants": {"owner": "new", "id": "new"},
    "glances": {"owner": "new", "grant_id": "new", "name_key": "name"},
}
NIGHTLY: Final = {
    "revisions": {"owner": "new", "author": "new"},
    "answers": {"owner": "new"},
    "entries": {"owner": "new"},
}


@dataclass(frozen=True, slots=True)
class Clinic:
    """An installation with a clinician whom so many people let read.

    The accounts of `read` are among them; nobody reads what those of `unread` write.
    """

    app: Flask
    clinician: Person
    read: Sequence[str]
    unread: Sequence[str]


def measured(
    rounds: int = ROUNDS, sizes: Sequence[int] = SIZES, with_nights: int = WITH_NIGHTS
) -> dict[str, Any]:
    """Return what each page takes, by database, page and size, and how it grows with size."""
    times: dict[str, Times] = {}
    with TemporaryDirectory() as name, running_postgres() as postgres:
        for product in PRODUCTS:
            addresses = dict.fromkeys(sizes, "")
            if product == "postgresql":
                for size in sizes:
                    postgres.create(f"clinic_{size}")
                    addresses[size] = postgres.url(f"clinic_{size}")
            with _opened(Path(name, product), addresses, with_nights) as clinics:
                times |= interleaved(_asks(product, clinics, rounds), rounds)
    found: dict[str, Any] = {name: each.figures() for name, each in times.items()}
    found[GROWTH] = {
        product: round(
            found[first_page(product, max(sizes))]["wall_ms"]
            / found[first_page(product, min(sizes))]["wall_ms"],
            2,
        )
        for product in PRODUCTS
    }
    return found


def first_page(product: str, size: int) -> str:
    """Return the name of a figure."""
    return f"{product}: first page, {size:,}"


@contextmanager
def _opened(
    folder: Path, addresses: Mapping[int, str], with_nights: int
) -> Iterator[Mapping[int, Clinic]]:
    """Open and fill an installation of each size."""
    if not addresses:
        yield {}
        return
    size, address = next(iter(addresses.items()))
    rest = {each: where for each, where in addresses.items() if each != size}
    variables = {"TRACKER_INSTANCE": str(folder / str(size)), "TRACKER_DATABASE_URL": address}
    settings = Settings.from_environment({k: v for k, v in variables.items() if v})
    settings.instance.parent.mkdir(parents=True, exist_ok=True)
    with opened(settings) as diary:
        made = fill(
            create_app(settings, diary.database, diary.keys), size, with_nights=size <= with_nights
        )
        with _opened(folder, rest, with_nights) as others:
            yield {size: made, **others}


def fill(app: Flask, size: int, *, with_nights: bool) -> Clinic:
    """Let so many people be read by one clinician."""
    made: Installation = app.extensions["evenfall"]
    clinician = people.add_clinician(app)
    read = [people.add(app, f"read {n}", NIGHTS, clinician.account) for n in range(WRITTEN)]
    unread = people.add(app, "unread", NIGHTS)
    tables = {**TABLES, **(NIGHTLY if with_nights else {})}
    names = [*_names("copy", size - WRITTEN), *_names("alone", ROUNDS + 1)]
    originals = [each.account.id for each in read]
    alone = repeat(unread.account.id, ROUNDS + 1)
    olds = chain(islice(cycle(originals), size - WRITTEN), alone)
    copies = [
        {"new": new, "old": old, "name": name} for (new, name), old in zip(names, olds, strict=True)
    ]
    with made.database.writing() as session:
        session.execute(text("CREATE TABLE copies (new TEXT, old TEXT, name TEXT)"))
        session.execute(text("INSERT INTO copies VALUES (:new, :old, :name)"), copies)
        for table, changes in tables.items():
            _copy(session, table, changes)
        session.execute(text("DROP TABLE copies"))
    with made.database.connected() as connection:
        connection.execute(text("ANALYZE"))
    ids = [new for new, _name in names]
    return Clinic(app, clinician, ids[: ROUNDS + 1], ids[-ROUNDS - 1 :])


def _names(kind: str, count: int) -> Sequence[tuple[str, str]]:
    """Return so many ids of people, each with a name."""
    return [
        (f"{kind}-{number:06}", "".join(NAMES.choices(LETTERS, k=8)) + f" {number}")
        for number in range(count)
    ]


def _copy(session: Session, table: str, changes: Mapping[str, str]) -> None:
    columns = [column["name"] for column in inspect(session.connection()).get_columns(table)]
    values = [
        f"copies.{changes[each]}" if each in changes else f"{table}.{each}" for each in columns
    ]
    owner = "id" if table == "accounts" else "owner"
    session.execute(
        text(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} "  # noqa: S608 - ours
            f"FROM {table} JOIN copies ON copies.old = {table}.{owner}"
        )
    )


def _asks(product: str, clinics: Mapping[int, Clinic], rounds: int) -> Mapping[str, Ask]:
    """Return each page of each size, and saves that somebody reads, and nobody."""
    asks: dict[str, Ask] = {}
    for size, clinic in clinics.items():
        for name, query in _pages(clinic).items():
            page = Page("/clinic/", query, clinic.clinician.cookie)
            asks[f"{product}: {name}, {size:,}"] = _asking(clinic.app, page)
    smallest = clinics[min(clinics)]
    for name, crowd in (("one reads", smallest.read), ("nobody reads", smallest.unread)):
        nights = [saving(people.signed_in(smallest.app, who)) for who in crowd[: rounds + 1]]
        asks[f"{product}: save one night, {name}"] = _saving(smallest.app, nights)
    return asks


def _pages(clinic: Clinic) -> Mapping[str, str]:
    """Return the queries of the pages that are timed; the last page holds ten people."""
    made: Installation = clinic.app.extensions["evenfall"]
    newest = (
        select(lines.c.need, lines.c.owner, lines.c.name_key)
        .where(lines.c.reader == clinic.clinician.account.id)
        .order_by(lines.c.need.desc(), lines.c.owner.desc())
        .limit(1)
        .offset(10)
    )
    with made.database.reading() as session:
        last = session.execute(newest).one()
    return {
        "first page": "",
        "last page": f"after={last.need}~{last.owner}",
        "by name": "sort=name",
        "by last entry": "sort=last_entry",
        "search, one found": f"q={last.name_key[2:7]}",
        "search, nobody found": "q=nobody",
    }


def _asking(app: Flask, page: Page) -> Ask:
    return lambda _: _answered(app, page)


def _saving(app: Flask, nights: Sequence[Page]) -> Ask:
    return lambda turn: _answered(app, nights[turn])


def _answered(app: Flask, page: Page) -> None:
    answer(app, page)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="default: %(default)s")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--with-nights", type=int, default=WITH_NIGHTS)
    args = parser.parse_args()
    print(json.dumps(measured(args.rounds, args.sizes, args.with_nights), indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
