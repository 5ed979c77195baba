"""The plans of an archive read back, without what was sealed in them."""

import re
from typing import Final

from tracker.domain.archives import canonical
from tracker.domain.limits import REASON_LIMIT
from tracker.domain.plan_texts import read_plan
from tracker.domain.plans import Blinding, Plan
from tracker.domain.started_plans import (
    Holder,
    OpenedBy,
    Sealing,
    StartedPlan,
    Unblinding,
    Why,
)
from tracker.domain.words import N_, Refused
from tracker.imports.structure import Place, demand_new

ID: Final = re.compile(r"[A-Za-z0-9_-]{1,40}", re.ASCII)
PUBLIC: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)


def read_plans(place: Place) -> tuple[StartedPlan, ...]:
    """Return the plans of an archive, as they stand in it.

    Raises:
        FileRefused: one is not as an archive has it.
    """
    places = tuple(place.each())
    found = tuple(_started(each) for each in places)
    demand_new([plan.id for plan in found], places)
    return found


def _started(place: Place) -> StartedPlan:
    parts = place.members(
        "id",
        "definition",
        "start",
        "created_at",
        "ended_at",
        "holder",
        "opens_on",
        "public",
        "looked_at",
        "unblinding",
    )
    holder, plan = parts["holder"].choice(Holder), _plan(parts["definition"])
    started = StartedPlan(
        id=parts["id"].match(ID),
        plan=plan,
        started_on=parts["start"].day(),
        created_at=parts["created_at"].instant(),
        holder=holder,
        ended_at=parts["ended_at"].maybe(Place.instant),
        opens_on=parts["opens_on"].maybe(Place.day),
        sealing=parts["public"].maybe(_sealing),
        looked_at=parts["looked_at"].maybe(Place.instant),
        unblinding=parts["unblinding"].maybe(_unblinding),
    )
    is_open = holder is Holder.NONE
    hides = (started.sealing, started.opens_on, started.unblinding, started.looked_at)
    if is_open != (plan.blinding is Blinding.NONE) or (is_open and any(hides)):
        parts["holder"].refuse(N_("a plan that hides nothing has no key, and any other has one."))
    return started


def _plan(place: Place) -> Plan:
    try:
        return read_plan(canonical(place.value))
    except Refused as refused:
        place.refuse(refused.text, **refused.values)


def _sealing(place: Place) -> Sealing:
    return Sealing(bytes.fromhex(place.match(PUBLIC)))


def _unblinding(place: Place) -> Unblinding:
    parts = place.members("at", "by", "why", "reason")
    return Unblinding(
        at=parts["at"].instant(),
        by=parts["by"].choice(OpenedBy),
        why=parts["why"].choice(Why),
        reason=parts["reason"].text(REASON_LIMIT),
    )
