"""Help: how the answer is found, what the diary does not do, and help right now."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from flask import Blueprint

from tracker.web.access import Policy, policy
from tracker.web.context import current
from tracker.web.templating import render

blueprint = Blueprint("help_pages", __name__)
HELP_FILE: Final = "help.txt"
REVIEWED: Final = re.compile(r"reviewed ([0-9]{4}-[0-9]{2}-[0-9]{2})", re.ASCII)
OUR_REVIEW: Final = date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class HelpList:
    """Where to find help right now. `paragraphs` is empty where the operator wrote none.

    `reviewed` is when somebody last checked it; None where the operator's file doesn't say.
    """

    paragraphs: tuple[str, ...]
    reviewed: date | None


@blueprint.get("/help/")
@policy(Policy.PUBLIC)
def how_it_works() -> str:
    """Explain windows, the 30 % mark, and what this product does not do."""
    return render("help/index.html", contact=current().settings.contact)


@blueprint.get("/help/now")
@policy(Policy.PUBLIC)
def now() -> str:
    """Show where to find help right now; nothing is noted about who looks."""
    settings = current().settings
    return render(
        "help/now.html",
        help_list=read_help(settings.instance / HELP_FILE),
        contact=settings.contact,
    )


def read_help(file: Path) -> HelpList:
    """Return the operator's list: a first line `reviewed YYYY-MM-DD`, then paragraphs."""
    try:
        text = file.read_text("utf-8").strip()
    except (FileNotFoundError, UnicodeDecodeError):
        return HelpList((), OUR_REVIEW)
    first, _, rest = text.partition("\n")
    stated = REVIEWED.fullmatch(first.strip())
    body = rest if stated else text
    paragraphs = tuple(part.strip() for part in re.split(r"\n\s*\n", body) if part.strip())
    return HelpList(paragraphs, _day(stated[1]) if stated else None)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
