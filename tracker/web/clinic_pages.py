"""What a clinician's list is asked for, and what its lines say."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

from markupsafe import Markup, escape

from tracker.charts import drawing
from tracker.charts.spark import draw_spark
from tracker.domain.figures import DASH
from tracker.domain.glances import Glance, Order
from tracker.domain.people import NAME_LIMIT, name_key
from tracker.domain.responder import Verdict
from tracker.domain.statistics import Reason
from tracker.domain.words import N_
from tracker.storage.glances import Place, Seen
from tracker.web import figures
from tracker.web.words import _

PATH: Final = "/clinic/"
ORDERS: Final[Mapping[Order, str]] = {
    Order.NEED: N_("By need"),
    Order.NAME: N_("By name"),
    Order.LAST_ENTRY: N_("By last entry"),
}
VERDICTS: Final[Mapping[Verdict, str]] = {
    Verdict.RESPONDER: N_("response"),
    Verdict.NON_RESPONDER: N_("no response"),
    Verdict.NOT_ASSESSABLE: N_("can't be said"),
}
# Why it can't be said; the person's own page says it at length.
REASONS: Final[Mapping[Reason, str]] = {
    Reason.SCALE_CHANGED: N_("two rulers"),
    Reason.NO_BASELINE: N_("no baseline"),
    Reason.PHASE_BOUNDARY: N_("phase too short so far"),
    Reason.TOO_FEW_DAYS: N_("too few nights"),
    Reason.BASELINE_ZERO: N_("baseline at its best"),
    Reason.BASELINE_TOO_LOW: N_("baseline too mild"),
}
_AFTER: Final[Mapping[Order, re.Pattern[str]]] = {
    Order.NEED: re.compile(r"([0-9]{1,18})", re.ASCII),
    Order.NAME: re.compile(r"(.+)"),
    Order.LAST_ENTRY: re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})", re.ASCII),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which page of the list: its order, the name searched for, and after whom it goes on."""

    order: Order = Order.NEED
    search: str = ""
    after: Place | None = None

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Asked":
        """Read the query of an address; what can't be read is as if it were not there."""
        given = query.get("sort", "")
        order = Order(given) if given in set(Order) else Order.NEED
        typed = "".join(sign for sign in query.get("q", "") if sign.isprintable())
        return cls(order, typed.strip()[:NAME_LIMIT], _place(order, query.get("after", "")))

    @property
    def key(self) -> str:
        """The name searched for, folded as names are; "" where all are asked for."""
        return name_key(self.search)

    def address(self, order: Order, after: Place | None = None) -> str:
        """Return the address of the same search in another order, or further on."""
        parts = {"sort": "" if order is Order.NEED else order.value, "q": self.search}
        if after is not None:
            parts["after"] = f"{after.value}~{after.owner}"
        query = urlencode({name: value for name, value in parts.items() if value})
        return f"{PATH}?{query}" if query else PATH


@dataclass(frozen=True, slots=True)
class Line:
    """One person's line; `remark` is why the verdict can't be said, "" where it can."""

    name: str
    path: str
    verdict: str
    remark: str
    pain: Markup
    nights: str
    last_entry: str
    lowest_mood: str
    change: str


def heads() -> Sequence[str]:
    """Return the heads of the table."""
    return (
        _("Person"),
        _("Verdict"),
        _("Pain, 8 weeks (up is worse)"),
        _("Nights of the last 14"),
        _("Last entry"),
        _("Lowest mood, 8 weeks"),
        _("Change of pain, points"),
    )


def tabs(asked: Asked) -> Sequence[tuple[str, str, bool]]:
    """Return the orders to choose from."""
    return [(_(name), asked.address(each), each is asked.order) for each, name in ORDERS.items()]


def line(seen: Seen) -> Line:
    """Return what the list says of one person."""
    glance = seen.glance
    return Line(
        name=seen.name,
        path=f"{PATH}{seen.owner}",
        verdict=DASH if glance.verdict is None else _(VERDICTS[glance.verdict]),
        remark="" if glance.reason is None else _(REASONS[glance.reason]),
        pain=_picture(glance),
        nights=_nights(glance),
        last_entry=DASH if glance.last_entry is None else figures.dated_day(glance.last_entry),
        lowest_mood=_lowest_mood(glance),
        change=figures.points_of(glance.points),
    )


def _picture(glance: Glance) -> Markup:
    if all(pain is None for pain in glance.pains):
        return escape(DASH)
    name, meaning = _("Pain, last 8 weeks"), _("up is worse")
    drawn = draw_spark(glance.pains, glance.ruler.maximum, name, meaning)
    # Its words are ours.
    return Markup(drawing.write(drawn))  # noqa: S704 - our own markup


def _nights(glance: Glance) -> str:
    if glance.logged is None or glance.expected is None:
        return DASH
    return _("%(logged)d of %(expected)d", logged=glance.logged, expected=glance.expected)


def _lowest_mood(glance: Glance) -> str:
    if glance.lowest_mood is None:
        return DASH
    return _("%(score)d of %(most)d", score=glance.lowest_mood, most=glance.ruler.maximum)


def _place(order: Order, text: str) -> Place | None:
    """Return where a page goes on, None where that can't be read."""
    value, _tilde, owner = text.rpartition("~")
    if not (owner.isprintable() and value.isprintable() and _AFTER[order].fullmatch(value)):
        return None
    if order is Order.NEED:
        return Place(int(value), owner)
    if order is Order.NAME:
        return Place(value, owner)
    try:
        return Place(date.fromisoformat(value), owner)
    except ValueError:
        return None
