"""The tables refuse, on both databases alike, whatever breaks a rule."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, Final

import pytest
from sqlalchemy import Table, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from tests.storage.access import BAD_ACCESS, GLANCE, GRANT, GRANT_INVITATION, HELD, READING, SHARE
from tests.storage.happened import BAD_HAPPENINGS, CHECK, EFFECT, MEASUREMENT
from tests.storage.medicines import BAD_MEDICINES, DOSE, MEDICINE
from tests.storage.nights import DAY, HASH, MOTH, NOW, night, welcome
from tests.storage.planned import BAD_PLANS, PLAN
from tests.storage.reminded import BAD_REMINDERS, REMINDER, SUBSCRIPTION
from tests.storage.studied import BAD_STUDIES, STUDY_ROWS, with_study
from tracker.storage import models
from tracker.storage.database import Database
from tracker.storage.revisions import append_revision

BYTES: Final = b"\x01" * 32
ACCOUNT: Final = {
    "id": "owl",
    "name": "Owl",
    "name_key": "owl",
    "role": "patient",
    "zone": "UTC",
    "rollover": 240,
    "theme": "auto",
    "language": "",
    "calm": False,
    "demo": False,
    "created_at": NOW,
}
SESSION: Final = {
    "token_sha256": BYTES,
    "owner": MOTH,
    "label": "",
    "created_at": NOW,
    "seen_at": NOW,
    "confirmed_at": NOW,
    "expires_at": NOW,
}
ATTEMPT: Final = {
    "kind": "account",
    "bucket_sha256": BYTES,
    "failures": 1,
    "last_at": NOW,
    "not_before": NOW,
}
QUESTIONNAIRE: Final = {
    "owner": MOTH,
    "number": 2,
    "ruler": "vas",
    "wording": 1,
    "created_at": NOW,
}
ASKED: Final = {"owner": MOTH, "number": 1, "item": "stress", "position": 99}
OWN: Final = {
    "owner": MOTH,
    "item": "own_abcdefgh",
    "name": "Itch",
    "question": "How bad was the itch?",
    "low": "",
    "high": "",
    "direction": "lower",
    "created_at": NOW,
}
REVISION: Final = {
    "owner": MOTH,
    "day": DAY,
    "number": 2,
    "client_id": "second",
    "payload_sha256": HASH,
    "deed": "save",
    "outcome": "stored",
    "origin": "person",
    "status": "on_time",
    "questionnaire": 1,
    "ruler": "nrs",
    "received_at": NOW,
    "zone": "UTC",
    "author": MOTH,
    "reason": "",
    "note": "",
    "sent_later": False,
    "schema": 1,
}
ANSWER: Final = {
    "owner": MOTH,
    "day": DAY,
    "revision": 1,
    "item": "sleep",
    "ruler": "nrs",
    "state": "answered",
    "value": 3,
}
ENTRY: Final = {
    "owner": MOTH,
    "day": date(2026, 3, 2),
    "head": 1,
    "revisions": 1,
    "status": "on_time",
    "origin": "person",
    "zone": "UTC",
    "sent_later": False,
    "scored": True,
    "logged": True,
    "conflict": False,
}
PHASE: Final = {
    "owner": MOTH,
    "id": "p",
    "kind": "treatment",
    "start_day": DAY,
    "label": "",
    "medicine": "",
    "created_at": NOW,
}
PAUSE: Final = {"owner": MOTH, "id": "p", "start_day": DAY, "reason": "", "created_at": NOW}
SUMMARY: Final = {
    "owner": MOTH,
    "item": "pain",
    "ruler": "nrs",
    "as_of": DAY,
    "baseline_sum": 0,
    "baseline_days": 0,
    "evaluation_sum": 0,
    "evaluation_days": 0,
}
IMPORT: Final = {
    "owner": MOTH,
    "id": "i",
    "state": "staged",
    "format": "csv",
    "file_name": "diary.csv",
    "file_sha256": HASH,
    "author": MOTH,
    "created_at": NOW,
}
EVENT: Final = {
    "owner": MOTH,
    "number": 1,
    "at": NOW,
    "actor": MOTH,
    "verb": "night.saved",
    "ids": "{}",
    "previous": HASH,
    "hash": HASH,
}
INSTALLATION: Final = {"id": 1, "epoch": "e", "test_clock": False, "created_at": NOW}
GOOD: Final = {
    "accounts": ACCOUNT,
    "sessions": SESSION,
    "attempts": ATTEMPT,
    "questionnaires": QUESTIONNAIRE,
    "questionnaire_items": ASKED,
    "own_items": OWN,
    "revisions": REVISION,
    "answers": ANSWER,
    "phases": PHASE,
    "medicines": MEDICINE,
    "doses": DOSE,
    "plans": PLAN,
    "pauses": PAUSE,
    "effects": EFFECT,
    "effect_checks": CHECK,
    "measurements": MEASUREMENT,
    "summaries": SUMMARY,
    "imports": IMPORT,
    "grant_invitations": GRANT_INVITATION,
    "grants": GRANT,
    "glances": GLANCE,
    "readings": READING,
    "shares": SHARE,
    "reminders": REMINDER,
    "subscriptions": SUBSCRIPTION,
    **STUDY_ROWS,
    "audit_events": EVENT,
    "installation": INSTALLATION,
}
BAD: Final[list[tuple[str, dict[str, Any]]]] = [
    ("accounts", {"id": ""}),
    ("accounts", {"id": "x" * 41}),
    ("accounts", {"name": ""}),
    ("accounts", {"name": "x" * 41}),
    ("accounts", {"name": "O\0wl"}),
    ("accounts", {"name": None}),
    ("accounts", {"name_key": "moth"}),
    ("accounts", {"role": "operator"}),
    ("accounts", {"theme": "dark"}),
    ("accounts", {"rollover": -1}),
    ("accounts", {"rollover": 721}),
    ("accounts", {"rollover": 1.5}),
    ("accounts", {"rollover": True}),
    ("accounts", {"rollover": 2**31}),
    ("accounts", {"rollover": 2**63}),
    ("accounts", {"consent_version": 1}),
    ("accounts", {"consented_at": NOW}),
    ("accounts", {"created_at": datetime(2026, 3, 1)}),  # noqa: DTZ001 - naive on purpose
    ("accounts", {"calm": None}),
    ("sessions", {"token_sha256": b"short"}),
    ("sessions", {"owner": "nobody"}),
    ("attempts", {"kind": "phase of the moon"}),
    ("attempts", {"failures": -1}),
    ("questionnaires", {"number": 0}),
    ("questionnaires", {"number": 1}),
    ("questionnaires", {"ruler": "feet"}),
    ("questionnaire_items", {"item": "hunger"}),
    ("questionnaire_items", {"item": "own_"}),
    ("questionnaire_items", {"item": "pain"}),
    ("questionnaire_items", {"number": 7}),
    ("questionnaire_items", {"position": 0}),
    ("own_items", {"item": "pain"}),
    ("own_items", {"name": ""}),
    ("own_items", {"name": "x" * 61}),
    ("own_items", {"direction": "sideways"}),
    ("revisions", {"number": 1}),
    ("revisions", {"client_id": f"{DAY}#1"}),
    ("revisions", {"payload_sha256": "ab"}),
    ("revisions", {"deed": "burn"}),
    ("revisions", {"outcome": "lost"}),
    ("revisions", {"origin": "dream"}),
    ("revisions", {"origin": "import"}),
    ("revisions", {"import_id": "none"}),
    ("revisions", {"status": "early"}),
    ("revisions", {"questionnaire": 9}),
    ("revisions", {"note": "x" * 2_001}),
    ("revisions", {"note": "still here", "purged_at": NOW}),
    ("revisions", {"reason": "x" * 501}),
    ("revisions", {"utc_offset": 1_441}),
    ("revisions", {"schema": 0}),
    ("revisions", {"skew_ms": 2**63}),
    ("revisions", {"skew_ms": 10**15 + 1}),
    ("revisions", {"author": ""}),
    ("answers", {"item": "pain"}),
    ("answers", {"item": "hunger"}),
    ("answers", {"revision": 3}),
    ("answers", {"state": "guessed"}),
    ("answers", {"state": "declined"}),
    ("answers", {"value": None}),
    ("answers", {"state": "no_recall", "value": None}),
    ("answers", {"ruler": "feet"}),
    ("answers", {"value": -1}),
    ("answers", {"value": 1.5}),
    ("answers", {"value": 11}),
    ("answers", {"value": 101, "ruler": "vas"}),
    ("answers", {"item": "own_abcdefgh", "value": 11}),
    ("answers", {"item": "dose_taken", "value": 3, "ruler": "vas"}),
    ("answers", {"item": "pgic", "value": 0}),
    ("answers", {"item": "pgic", "value": 8, "ruler": "vas"}),
    ("answers", {"item": "tolerability", "value": 101}),
    ("phases", {"kind": "holiday"}),
    ("phases", {"end_day": DAY}),
    ("phases", {"dose_ug": 0}),
    ("phases", {"dose_ug": 10**10}),
    ("phases", {"kind": "blinded", "medicine": "naltrexone"}),
    ("phases", {"kind": "blinded", "dose_ug": 4_500}),
    ("phases", {"plan": "nowhere"}),
    ("phases", {"label": "x" * 101}),
    ("pauses", {"end_day": DAY}),
    ("summaries", {"baseline_sum": -1}),
    ("summaries", {"item": "hunger"}),
    ("summaries", {"phase_kind": "holiday"}),
    ("imports", {"state": "applied"}),
    ("imports", {"state": "undone", "applied_at": NOW}),
    ("imports", {"undone_at": NOW}),
    ("imports", {"format": "xlsx"}),
    *(*BAD_ACCESS, *BAD_HAPPENINGS, *BAD_MEDICINES, *BAD_PLANS, *BAD_REMINDERS, *BAD_STUDIES),
    ("audit_events", {"number": 0}),
    ("audit_events", {"hash": "ab"}),
    ("installation", {"id": 2}),
]
STORED_BY_SQLITE: Final = [
    ("revisions", "day", "'01.03.2026'"),
    ("revisions", "day", "'2026-02-30'"),
    ("revisions", "received_at", "'yesterday'"),
    ("revisions", "sent_later", "2"),
    ("revisions", "schema", "1.5"),
    ("revisions", "schema", "'one'"),
]


def table(name: str) -> Table:
    return models.metadata.tables[name]


def is_taken(database: Database, name: str, change: dict[str, Any]) -> bool:
    """Say whether a good row with this change finds its way in."""
    try:
        with database.writing() as session:
            session.execute(insert(table(name)).values({**GOOD[name], **change}))
    except StatementError:
        return False
    return True


@pytest.fixture
def furnished(database: Database) -> Database:
    """Return a database with one person, one night, and one who may read it."""
    with database.writing() as session:
        welcome(session)
        append_revision(session, MOTH, night())
        session.execute(insert(models.grants).values(HELD))
        with_study(session)
        session.execute(insert(models.medicines).values({**MEDICINE, "id": "taken"}))
    return database


@pytest.mark.parametrize("name", GOOD)
def test_a_good_row_is_taken(furnished: Database, name: str) -> None:
    with furnished.writing() as session:
        session.execute(insert(table(name)).values(GOOD[name]))


@pytest.mark.parametrize("name", GOOD)
def test_bad_rows_are_refused(furnished: Database, name: str) -> None:
    taken = [
        change
        for table_name, change in BAD
        if table_name == name and is_taken(furnished, name, change)
    ]
    assert taken == []


def test_an_entry_points_at_a_revision_that_is_there(furnished: Database) -> None:
    with pytest.raises(IntegrityError), furnished.writing() as session:
        session.execute(insert(models.entries).values(ENTRY))


@pytest.mark.parametrize(
    ("item", "ruler", "value"),
    [
        ("sleep", "nrs", 0),
        ("sleep", "nrs", 10),
        ("sleep", "vas", 100),
        ("own_abcdefgh", "vas", 100),
        ("dose_taken", "nrs", 2),
        ("pgic", "nrs", 7),
        ("tolerability", "nrs", 100),
    ],
)
def test_each_item_has_the_range_of_its_kind(
    furnished: Database, item: str, ruler: str, value: int
) -> None:
    with furnished.writing() as session:
        row = {**ANSWER, "item": item, "ruler": ruler, "value": value}
        session.execute(insert(models.answers).values(row))


@pytest.mark.parametrize(("name", "column", "value"), STORED_BY_SQLITE)
def test_sqlite_takes_no_type_that_the_column_has_not(
    sqlite_database_url: str, name: str, column: str, value: str
) -> None:
    with Database(sqlite_database_url) as opened:
        with opened.writing() as session:
            welcome(session)
        columns = [key for key in REVISION if key != column]
        names, places = ", ".join([*columns, column]), ", ".join(f":{key}" for key in columns)
        row = {key: str(REVISION[key]) if key == "day" else REVISION[key] for key in columns}
        row["received_at"] = "2026-03-01 21:30:00.000000"
        with pytest.raises(IntegrityError), opened.writing() as session:
            session.execute(
                text(f"INSERT INTO {name} ({names}) VALUES ({places}, {value})"),  # noqa: S608 - ours
                row,
            )


def test_a_night_is_saved_once_for_one_client_id_an_owner(furnished: Database) -> None:
    with furnished.writing() as session:
        welcome(session, "owl")
        assert append_revision(session, "owl", night(author="owl"))
        assert not append_revision(session, "owl", night(number=2, client_id=f"{DAY}#1"))


def test_an_instant_comes_back_in_utc_whatever_zone_it_went_in_by(furnished: Database) -> None:
    evening = datetime(2026, 3, 1, 21, tzinfo=timezone(timedelta(hours=-5)))
    with furnished.writing() as session:
        session.execute(insert(models.erasures).values(owner="gone", at=evening))
    with furnished.reading() as session:
        found = session.scalars(select(models.erasures.c.at)).one()
    assert (found, found.tzinfo) == (evening, UTC)


def test_rows_of_people_carry_their_owner_first() -> None:
    for made in models.metadata.sorted_tables:
        if "owner" in made.columns and made.name != "sessions":
            assert next(iter(made.primary_key)).name == "owner", made.name


def test_nothing_is_deleted_in_the_wake_of_something_else() -> None:
    keys = [key for made in models.metadata.sorted_tables for key in made.foreign_keys]
    assert keys
    assert {(key.ondelete, key.onupdate) for key in keys} == {(None, None)}


def test_a_refusal_has_one_name_on_both(furnished: Database) -> None:
    with pytest.raises(DBAPIError) as refused, furnished.writing() as session:
        session.execute(insert(models.answers).values({**ANSWER, "value": 11}))
    assert isinstance(refused.value, IntegrityError)
