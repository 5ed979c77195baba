"""An archive read back: complete and unbroken, or refused with the first thing that is wrong."""

import re
from collections.abc import Container, Mapping
from datetime import date, time
from typing import Final

from tracker.domain.archives import (
    FORMAT,
    GENESIS,
    Archive,
    KeptPause,
    KeptPhase,
    KeptReminder,
    OwnItem,
    Preferences,
    Version,
    link,
)
from tracker.domain.limits import (
    LABEL_LIMIT,
    MEDICINE_LIMIT,
    OWN_ANCHOR_LIMIT,
    OWN_NAME_LIMIT,
    OWN_QUESTION_LIMIT,
    REASON_LIMIT,
)
from tracker.domain.people import Theme, clean_rollover, clean_zone
from tracker.domain.phases import Phase, PhaseKind, PhasesRefused, in_order
from tracker.domain.questionnaire import ITEMS, OWN_PREFIX, Direction, Item, Questionnaire, Ruler
from tracker.domain.reminders import Wish
from tracker.domain.words import N_
from tracker.imports import happenings
from tracker.imports.medicines import read_amount, read_clock, read_medicines
from tracker.imports.plans import ID, read_plans
from tracker.imports.problems import FileRefused
from tracker.imports.revisions import read_revisions
from tracker.imports.structure import Place, demand_new, read_json

MOST: Final = 2**31 - 1
PARTS: Final = (
    "format",
    "account",
    "questionnaires",
    "own_items",
    "phases",
    "plans",
    "pauses",
    "medicines",
    "reminder",
    *happenings.PARTS,
    "revisions",
    "chain",
)
PHASE_PARTS: Final = (
    "phase",
    "start",
    "end",
    "label",
    "medicine",
    "dose_mg",
    "created_at",
    "plan",
)
# Not in the archives of earlier versions.
ADDED: Final = frozenset({"medicines", "plans", "reminder", *happenings.PARTS})
ITEM_KEY: Final = re.compile(rf"{OWN_PREFIX}[A-Za-z0-9_-]{{5,36}}", re.ASCII)


def read_archive(data: bytes) -> Archive:
    """Read an archive.

    Raises:
        FileRefused: it is none, of a later format, damaged, or its chain is broken.
    """
    whole = read_json(data)
    _demand_format(whole)
    parts = whole.members(*PARTS, but=ADDED)
    _demand_chain(parts["revisions"], parts["chain"])
    own_items = _own_items(parts["own_items"])
    items = {**ITEMS, **{own.item.key: own.item for own in own_items}}
    versions = _versions(parts["questionnaires"], items)
    asked = {version.asked.number: version.asked for version in versions}
    plans = read_plans(parts["plans"]) if "plans" in parts else ()
    return Archive(
        preferences=_preferences(parts["account"]),
        versions=versions,
        own_items=own_items,
        phases=_phases(parts["phases"], {plan.id for plan in plans}),
        pauses=_pauses(parts["pauses"]),
        revisions=read_revisions(parts["revisions"], asked, items),
        medicines=read_medicines(parts["medicines"]) if "medicines" in parts else (),
        reminder=parts["reminder"].maybe(_reminder) if "reminder" in parts else None,
        happenings=happenings.read_happenings(parts),
        plans=plans,
    )


def is_archive(data: bytes) -> bool:
    """Say whether a file is meant as JSON: nothing else begins with a brace."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


def _demand_format(whole: Place) -> None:
    found = whole.entries().get("format")
    number = None if found is None else found.value
    if type(number) is not int:
        raise FileRefused(N_("The file is no archive of a diary: it has no format number."))
    if number != FORMAT:
        raise FileRefused(
            N_(
                "The archive is of format %(number)d, and this version reads format %(known)d. "
                "Install the version that wrote it, or a newer one."
            ),
            number=number,
            known=FORMAT,
        )


def _demand_chain(revisions: Place, chain: Place) -> None:
    """Follow the chain of hashes: nobody changed, took out or put in a revision."""
    previous, count = GENESIS, 0
    for place in revisions.each():
        told = {name: part.value for name, part in place.entries().items()}
        said = told.pop("sha256", None)
        previous, count = link(previous, told), count + 1
        if said != previous:
            place.refuse(
                N_("the chain breaks at the night %(day)s, revision %(number)s: it was changed."),
                day=told.get("day"),
                number=told.get("number"),
            )
    end = chain.members("revisions", "sha256")
    if (end["revisions"].value, end["sha256"].value) != (count, previous):
        chain.refuse(N_("the chain's end does not fit: revisions are missing or were added."))


def _preferences(account: Place) -> Preferences:
    parts = account.members("zone", "rollover", "theme", "language", "calm")
    return Preferences(
        zone=parts["zone"].read(clean_zone),
        rollover=_rollover(parts["rollover"]),
        theme=parts["theme"].choice(Theme),
        language=parts["language"].text(16),
        calm=parts["calm"].flag(),
    )


def _rollover(place: Place) -> time:
    told = read_clock(place)
    return place.read(lambda _: clean_rollover(told))


def _reminder(place: Place) -> KeptReminder:
    parts = place.members("time", "push", "mail", "on")
    wish = Wish(
        read_clock(parts["time"]), by_push=parts["push"].flag(), by_mail=parts["mail"].flag()
    )
    return KeptReminder(wish, parts["on"].flag())


def _own_items(place: Place) -> tuple[OwnItem, ...]:
    places = list(place.each())
    found = tuple(_own_item(each) for each in places)
    demand_new([own.item.key for own in found], places)
    return found


def _own_item(place: Place) -> OwnItem:
    parts = place.members("item", "name", "question", "low", "high", "direction", "created_at")
    item = Item(
        key=parts["item"].match(ITEM_KEY),
        name=parts["name"].text(OWN_NAME_LIMIT, 1),
        question=parts["question"].text(OWN_QUESTION_LIMIT, 1),
        low=parts["low"].text(OWN_ANCHOR_LIMIT),
        high=parts["high"].text(OWN_ANCHOR_LIMIT),
        direction=parts["direction"].choice(Direction),
    )
    return OwnItem(item, parts["created_at"].instant())


def _versions(place: Place, items: Mapping[str, Item]) -> tuple[Version, ...]:
    places = list(place.each())
    found = tuple(_version(each, number, items) for number, each in enumerate(places, 1))
    if not found:
        place.refuse(N_("there must be one at least."))
    return found


def _version(place: Place, number: int, items: Mapping[str, Item]) -> Version:
    parts = place.members("number", "ruler", "wording", "items", "created_at")
    keys = list(parts["items"].each())
    asked = tuple(_known_item(key, items) for key in keys)
    demand_new([item.key for item in asked], keys)
    return Version(
        Questionnaire(parts["number"].whole(number, number), parts["ruler"].choice(Ruler), asked),
        parts["wording"].whole(1, MOST),
        parts["created_at"].maybe(Place.instant),
    )


def _known_item(place: Place, items: Mapping[str, Item]) -> Item:
    item = items.get(place.text(100))
    return item if item is not None else place.refuse(N_("there is no such item."))


def _phases(place: Place, plans: Container[str]) -> tuple[KeptPhase, ...]:
    found = tuple(_phase(each, plans) for each in place.each())
    try:
        in_order([kept.phase for kept in found])
    except PhasesRefused as refused:
        place.refuse(refused.text, **refused.values)
    return found


def _phase(place: Place, plans: Container[str]) -> KeptPhase:
    parts = place.members(*PHASE_PARTS, but=frozenset({"plan"}))
    plan = parts["plan"].maybe(lambda told: told.match(ID)) if "plan" in parts else None
    if plan is not None and plan not in plans:
        parts["plan"].refuse(N_("no such plan stands in the file."))
    phase = Phase(
        kind=parts["phase"].choice(PhaseKind),
        start=parts["start"].day(),
        end=parts["end"].maybe(Place.day),
        label=parts["label"].text(LABEL_LIMIT),
        medicine=parts["medicine"].text(MEDICINE_LIMIT),
        dose_mg=parts["dose_mg"].maybe(read_amount),
    )
    if phase.kind is PhaseKind.BLINDED and (phase.medicine or phase.dose_mg is not None):
        place.refuse(N_("a blinded phase names no medicine and no dose."))
    return KeptPhase(phase, parts["created_at"].instant(), plan)


def _pauses(place: Place) -> tuple[KeptPause, ...]:
    return tuple(_pause(each) for each in place.each())


def _pause(place: Place) -> KeptPause:
    parts = place.members("start", "end", "reason", "created_at")
    start, end = parts["start"].day(), parts["end"].maybe(Place.day)
    _demand_order(place, start, end)
    return KeptPause(start, end, parts["reason"].text(REASON_LIMIT), parts["created_at"].instant())


def _demand_order(place: Place, start: date, end: date | None) -> None:
    if end is not None and end <= start:
        place.refuse(N_("it must end after the day on which it starts."))
