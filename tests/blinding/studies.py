"""A study lived under one key: its people, the slot whose order is known, and how it is opened."""

from typing import Final

from flask import Flask
from sqlalchemy import update

from tests.blinding.lives import BEGAN, Begun, Case, Life, come_back, look
from tests.web import stored
from tests.web.client import Visitor
from tests.web.studying import PASSPHRASE, house, join
from tracker.boxes import close
from tracker.domain.blinding import encode_order
from tracker.exports.studies import FILES
from tracker.services import studies
from tracker.storage.models import allocations

DAY: Final = 75  # in one arm or the other: what comes first is over in one order only
MORE: Final = tuple(f"GET /studies/<study_id>/data/{name}" for name in FILES)
FEW: Final = (
    *("GET /phases/", "GET /plans/<plan_id>", "GET /exports/diary.json", "GET /response.json"),
    "GET /clinic/<person>",
    *("GET /studies/<study_id>/", "GET /studies/<study_id>/people/<code>"),
    *MORE,
)
EMERGENCY, OPENED = DAY + 1, DAY + 2  # when one person is unblinded, and when all are


def joins(app: Flask, owner: Visitor, _case: Case, order: int) -> Begun:
    """Take part in a study whose first slot holds `order`, and be randomised."""
    made = house(app)
    assert made.ada.account is not None
    with stored.installation(app).database.writing() as session:
        found = studies.find_run(session, made.study_id, made.ada.account)
        assert found is not None
        assert found.study.public is not None
        box = close(found.study.public, encode_order(order), studies.about(found.study, 1))
        session.execute(update(allocations).where(allocations.c.slot == 1).values(box=box))
    code = made.code()
    assert join(owner, code, start=f"{BEGAN}") == 303
    first = f"{made.path}people/P-001"
    assert made.ada.post(f"{first}/randomise").status_code == 303
    things = {"study_id": made.study_id, "code": "P-001"}
    people = {"ada": made.ada, "ben": made.ben, "holder": made.holder}
    return Begun(
        without=frozenset({"helper", "link", "coordinator"}),
        others=people,
        things=things,
        more=MORE,
    )


def opens(life: Life) -> None:
    """Unblind one person in an emergency, look, then unblind all, and look."""
    path = f"/studies/{life.things['study_id']}/"
    ada, holder = life.others["ada"], life.others["holder"]
    asked = {"passphrase": PASSPHRASE, "reason": "an operation"}
    life.turn(EMERGENCY)
    come_back(life)
    assert ada.post(f"{path}people/P-001/unblind", asked).status_code == 200
    look(life, EMERGENCY, FEW)
    life.turn(OPENED)
    come_back(life)
    assert ada.post(f"{path}close").status_code == 303
    assert holder.post(f"{path}unblinding", {"passphrase": PASSPHRASE}).status_code == 303
    look(life, OPENED, FEW)


STUDY: Final = Case("crossover2013", {}, (DAY,), 2, joins, opens)
