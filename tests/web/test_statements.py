"""Test that a page costs the same few SQL statements for ten nights as for four hundred."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy import Engine, event

from tests.web.client import Visitor
from tests.web.stored import installation, keep
from tracker.domain.answers import answered
from tracker.domain.diary import Diary, Entry, Status
from tracker.domain.grants import GrantKind, Terms
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import FIRST, Kind
from tracker.domain.scopes import WHOLE
from tracker.services import grants

TODAY = date(2026, 11, 21)
FRAME = ("BEGIN", "COMMIT", "ROLLBACK")
FEW, MANY = 10, 400


@pytest.fixture
def said() -> Iterator[list[str]]:
    """Collect the SQL that is run, without what opens and closes a transaction."""
    statements: list[str] = []

    def listen(_connection: object, _cursor: object, sql: str, *_: object) -> None:
        if not sql.startswith(FRAME):
            statements.append(sql)

    event.listen(Engine, "before_cursor_execute", listen)
    yield statements
    event.remove(Engine, "before_cursor_execute", listen)


def written(visitor: Visitor, nights: int) -> None:
    """Keep a diary of so many nights until yesterday, a baseline and a treatment."""
    scales = {item.key: item for item in FIRST.items if item.kind is Kind.SCALE}
    days = [TODAY - timedelta(days=number) for number in range(nights, 0, -1)]
    entries = {
        day: Entry(
            day,
            {key: answered((day.toordinal() + place) % 11) for place, key in enumerate(scales)},
            FIRST.ruler,
            Status.ON_TIME,
        )
        for day in days
    }
    diary = Diary(FIRST.ruler, {item.key: item for item in FIRST.items}, entries)
    middle = days[nights // 2]
    phases = [Phase(PhaseKind.BASELINE, days[0], middle), Phase(PhaseKind.TREATMENT, middle)]
    keep(visitor, diary, phases)


def counted(said: list[str], deed: Callable[[], object]) -> int:
    """Return how many statements `deed` took."""
    said.clear()
    deed()
    return len(said)


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/", 3),
        ("/diary/", 3),
        ("/together/", 4),
        ("/trends/", 4),
        ("/trends/figure.json", 4),
        ("/trends/picture.svg", 4),
        ("/response/", 4),
        ("/response.json", 4),
        ("/side-effects/", 4),
        ("/measurements/", 3),
        ("/account/readings", 2),
        ("/grants/", 6),
        ("/exports/diary.csv", 4),
        ("/exports/phases.csv", 4),
        ("/exports/diary.json", 9),  # one for each kind of thing that an archive holds
        ("/exports/diary.xlsx", 6),
        ("/exports/diary.fhir.json", 6),
        ("/exports/diary.redcap.zip", 6),
        ("/exports/diary.txt", 6),
    ],
)
def test_a_page_takes_few_statements_however_long_the_diary(
    owner: Visitor, other: Visitor, said: list[str], path: str, most: int
) -> None:
    written(owner, FEW)
    written(other, MANY)
    short, long = (counted(said, partial(who.client.get, path)) for who in (owner, other))
    assert short == long <= most


def test_a_save_takes_at_most_8_however_long_the_diary(
    owner: Visitor, other: Visitor, said: list[str]
) -> None:
    written(owner, FEW)
    written(other, MANY)
    headers = {"Sec-Fetch-Site": "same-origin", "Accept": "text/html"}

    def save(who: Visitor, fields: dict[str, str]) -> None:
        answer = who.client.post(f"/diary/{TODAY}", data=fields, headers=headers)
        assert answer.status_code == 303

    counts = []
    for who in (owner, other):
        fields = {**who.guard(), "pain": "4", "note": "Rain."}
        counts.append(counted(said, partial(save, who, fields)))
    assert counts[0] == counts[1] <= 8


def test_a_save_of_a_diary_that_others_read_takes_three_more(
    owner: Visitor, other: Visitor, said: list[str]
) -> None:
    headers = {"Sec-Fetch-Site": "same-origin", "Accept": "text/html"}
    counts = []
    for who, nights in ((owner, FEW), (other, MANY)):
        written(who, nights)
        let_read(who, 3)
        fields = {**who.guard(), "pain": "4"}
        save = partial(who.client.post, f"/diary/{TODAY}", data=fields, headers=headers)
        counts.append(counted(said, save))
    assert counts[0] == counts[1] <= 11


def let_read(visitor: Visitor, readers: int) -> None:
    """Let so many clinicians read."""
    made, who = installation(visitor.app), visitor.account
    assert who is not None
    now = made.settings.clock()
    with made.database.writing() as session:
        for number in range(readers):
            reader = replace(who, id=f"reader-{number}", name=f"Reader {number}")
            grants.give(session, who, reader, Terms(GrantKind.READ, WHOLE), now)
