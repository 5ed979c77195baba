"""Test that a night costs few SQL statements, however long the diary."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, event

from tests.web.client import Visitor
from tracker.domain.phases import Phase, PhaseKind
from tracker.storage import phases
from tracker.web.context import Installation

TONIGHT = "/diary/2026-11-21"
FRAME = ("BEGIN", "COMMIT", "ROLLBACK")


def statements(deed: Callable[[], object]) -> list[str]:
    """Return the SQL that `deed` ran, without what opens and closes a transaction."""
    said: list[str] = []

    def listen(_connection: object, _cursor: object, sql: str, *_: object) -> None:
        if not sql.startswith(FRAME):
            said.append(sql)

    event.listen(Engine, "before_cursor_execute", listen)
    try:
        deed()
    finally:
        event.remove(Engine, "before_cursor_execute", listen)
    return said


@pytest.mark.parametrize("path", ["/", TONIGHT, "/diary/"])
def test_a_page_takes_at_most_3(owner: Visitor, path: str) -> None:
    assert len(statements(lambda: owner.get(path))) <= 3
    owner.post(TONIGHT, {"pain": "4"})
    assert len(statements(lambda: owner.get(path))) <= 3


def test_a_save_takes_at_most_8(owner: Visitor) -> None:
    made: Installation = owner.app.extensions["evenfall"]
    assert owner.account is not None
    with made.database.writing() as session:
        start = date(2026, 11, 21) - timedelta(days=10)
        begun = datetime(2026, 11, 1, tzinfo=UTC)
        phases.add_phase(session, owner.account.id, Phase(PhaseKind.BASELINE, start), begun)
    fields = {**owner.guard(), "pain": "4", "mood": "5"}
    headers = {"Sec-Fetch-Site": "same-origin", "Accept": "text/html"}
    said = statements(lambda: owner.client.post(TONIGHT, data=fields, headers=headers))
    assert len(said) <= 8
    assert any("INSERT INTO revisions" in sql for sql in said)
