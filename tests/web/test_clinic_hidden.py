"""Nothing in a clinician's list depends on what is hidden: not one byte of it."""

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import count
from typing import Final

import pytest
from flask import Flask
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.storage import nights
from tests.web import readers, stored
from tests.web.client import page_text
from tests.web.test_hidden import PHASES, SCOPES, Night, revisions, shown_nights, whole_diary
from tracker.domain.grants import GrantKind, Terms
from tracker.domain.people import Role
from tracker.domain.questionnaire import CORE, Direction, Item, Ruler
from tracker.domain.scopes import Scope
from tracker.services import grants
from tracker.storage import accounts, phases, questionnaires
from tracker.storage.revisions import append_revision

NUMBERS: Final = count()
OWN: Final = ("own_a2a2a2a2a2a2", "own_b3b3b3b3b3b3")


def listed(app: Flask, scope: Scope, diary: Mapping[int, Night]) -> str:
    """Keep `diary` as somebody's, and return the list of a clinician who may read it by `scope`."""
    number = next(NUMBERS)
    clinician = readers.reader(app, Role.CLINICIAN, f"Ada {number}")
    assert clinician.account is not None
    owner = replace(nights.person(f"m{number}"), name=f"Moth {number}")
    made = stored.installation(app)
    with made.database.writing() as session:
        accounts.add(session, owner, None)
        questionnaires.begin(session, owner.id, nights.NOW)
        own = [Item(key, key, "?", "none", "all", Direction.LOWER) for key in OWN]
        for item in own:
            questionnaires.add_own_item(session, owner.id, item, nights.NOW)
        items = (*CORE[:4], *own)
        asked = questionnaires.save_next(session, owner.id, Ruler.NRS, items, nights.NOW)
        for one in revisions(owner.id, diary, asked.number):
            append_revision(session, owner.id, one)
        for phase in PHASES:
            phases.add_phase(session, owner.id, phase, nights.NOW)
        terms = Terms(GrantKind.READ, scope)
        grants.give(session, owner, clinician.account, terms, made.settings.clock())
    page = page_text(clinician.get("/clinic/"))
    table = page.partition("<table")[2].partition("</table>")[0]
    assert table.count("<tr") == 2
    return re.sub(rf"\bm{number}\b|\bMoth {number}\b", "", table)


@pytest.mark.parametrize("scope", SCOPES)
@settings(
    max_examples=4,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_two_diaries_that_differ_in_what_is_hidden_have_one_line(
    app: Flask, scope: Scope, data: st.DataObject
) -> None:
    shown = data.draw(shown_nights(scope))
    diaries = whole_diary(scope, shown)
    assume(shown)
    assert len({listed(app, scope, data.draw(diaries)) for _each in range(2)}) == 1
