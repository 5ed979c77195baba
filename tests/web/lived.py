"""A life over weeks, for tests: somebody, their clinician, a drawn order, a clock set by hand."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from tests.applications import MakeApp
from tests.web.access import give
from tests.web.client import Visitor, page_text, sign_up
from tests.web.readers import reader
from tests.web.stored import installation
from tracker.domain.grants import GrantKind
from tracker.domain.people import Role
from tracker.domain.scopes import Scope


@dataclass(frozen=True, slots=True)
class Begun:
    """Who lives it, who reads along, and what turns the clock to the evening of a day."""

    moth: Visitor
    ada: Visitor
    turn: Callable[[int], None]


def begin(make_app: MakeApp, folder: Path, first: date, order: int) -> Begun:
    """Let somebody begin on the evening of `first`, whose plans draw `order`."""
    clock = folder / "clock"

    def turn(day: int) -> None:
        at = datetime.combine(first + timedelta(days=day), time(19, 30))
        clock.write_text(f"{at:%Y-%m-%dT%H:%M:%SZ}")

    turn(0)
    app = make_app(CLOCK=f"@{clock}")
    app.extensions["evenfall"] = replace(installation(app), draw=lambda _most: order)
    moth, ada = sign_up(app, "Moth", zone="Europe/London"), reader(app, Role.CLINICIAN)
    give(moth, ada, GrantKind.READ, Scope(treatment=True))
    return Begun(moth, ada, turn)


def words(visitor: Visitor, path: str) -> str:
    """Return what a page says, without its marks."""
    answer = visitor.get(path)
    assert answer.status_code == 200, path
    return " ".join(re.sub(r"<[^>]+>", " ", page_text(answer)).split())
