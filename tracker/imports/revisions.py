"""The revisions of an archive, each held against the questions that it answers."""

import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Final

from tracker.domain.answers import Answer, AnswerState, answered
from tracker.domain.diary import NOTE_LIMIT, Status
from tracker.domain.limits import REASON_LIMIT
from tracker.domain.questionnaire import Item, Kind, Questionnaire, Ruler
from tracker.domain.revisions import Deed, Outcome, Revision
from tracker.domain.words import N_, Refused
from tracker.imports import cells
from tracker.imports.structure import Place, demand_new

MOST: Final = 2**31 - 1
NAMES: Final = (
    *(field.name for field in fields(Revision) if field.name not in ("origin", "import_id")),
    "sha256",
)
PAYLOAD_HASH: Final = re.compile("[0-9a-f]{64}")
NAME: Final = re.compile("[!-~]{1,40}")  # ids, "owner", "operator"


def read_revisions(
    place: Place, asked: Mapping[int, Questionnaire], items: Mapping[str, Item]
) -> tuple[Revision, ...]:
    """Return all revisions, by day and number.

    Args:
        place: the list.
        asked: the person's versions by number.
        items: every item there is, own symptoms too.

    Raises:
        FileRefused: one can't be.
    """
    places = list(place.each())
    found = [_revision(each, asked, items) for each in places]
    demand_new([one.client_id for one in found], places)
    before: Revision | None = None
    for one, there in zip(found, places, strict=True):
        if before is not None and (before.day, before.number) >= (one.day, one.number):
            there.refuse(N_("revisions must stand in order of day and number, each once."))
        if (before is None or before.day != one.day) and one.outcome is Outcome.CONFLICT:
            there.refuse(N_("a night can't begin with a conflict."))
        before = one
    return tuple(found)


def _revision(
    place: Place, asked: Mapping[int, Questionnaire], items: Mapping[str, Item]
) -> Revision:
    part = place.members(*NAMES)
    number = part["questionnaire"].whole(1, len(asked))
    ruler = part["ruler"].choice(Ruler)
    if asked[number].ruler is not ruler:
        part["ruler"].refuse(N_("this is not the ruler of the questionnaire."))
    purged_at = part["purged_at"].maybe(Place.instant)
    note = part["note"].text(NOTE_LIMIT)
    if note and purged_at is not None:
        part["note"].refuse(N_("a note that was taken out can't hold words."))
    return Revision(
        day=part["day"].day(),
        number=part["number"].whole(1, MOST),
        client_id=part["client_id"].match(NAME),
        payload_sha256=part["payload_sha256"].match(PAYLOAD_HASH),
        status=part["status"].choice(Status),
        questionnaire=number,
        ruler=ruler,
        received_at=part["received_at"].instant(),
        author=part["author"].match(NAME),
        answers=_answers(part["answers"], ruler, items),
        note=note,
        deed=part["deed"].choice(Deed),
        outcome=part["outcome"].choice(Outcome),
        saved_at=part["saved_at"].maybe(Place.instant),
        measured_at=part["measured_at"].maybe(Place.instant),
        skew_ms=part["skew_ms"].maybe(lambda there: there.whole(-MOST, MOST)),
        zone=part["zone"].read(cells.read_zone),
        utc_offset=part["utc_offset"].maybe(lambda there: there.whole(-1_440, 1_440)),
        entered_by=part["entered_by"].maybe(lambda there: there.read(cells.read_helper)) or None,
        reason=part["reason"].text(REASON_LIMIT),
        purged_at=purged_at,
        sent_later=part["sent_later"].flag(),
        base_revision=part["base_revision"].maybe(lambda there: there.whole(0, MOST)),
        replaces=part["replaces"].maybe(lambda there: there.match(NAME)),
        schema=part["schema"].whole(1, MOST),
    )


def _answers(place: Place, ruler: Ruler, items: Mapping[str, Item]) -> dict[str, Answer]:
    found: dict[str, Answer] = {}
    for key, there in place.entries().items():
        item = items.get(key)
        if item is None:
            there.refuse(N_("there is no such item."))
        found[key] = _answer(there, item, ruler)
    return found


def _answer(place: Place, item: Item, ruler: Ruler) -> Answer:
    if isinstance(place.value, str):
        return place.read(lambda text: _word(item, text))
    if item.kind is Kind.CHOICE:
        place.refuse(N_("a text is needed here."))
    return answered(place.whole(*item.bounds(ruler)))


def _word(item: Item, text: str) -> Answer:
    if text in item.choices:
        return answered(item.choices.index(text))
    states = [AnswerState.DECLINED, AnswerState.NOT_APPLICABLE]
    if item.key == "dream_vividness":
        states.append(AnswerState.NO_RECALL)
    if text not in states:
        raise Refused(N_("“%(text)s” is not an answer here."), text=text)
    return Answer(AnswerState(text))
