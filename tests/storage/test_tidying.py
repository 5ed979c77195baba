"""Tidying: what is past its time goes, the rest stays."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select, update

from tests.storage.nights import MOTH, OWL, later, night, scores, welcome
from tests.storage.people import KEY
from tests.storage.people import NOW as TODAY
from tracker.config import Settings
from tracker.services import housekeeping
from tracker.storage.database import Database
from tracker.storage.models import accounts, entries, erasures, revisions, sessions
from tracker.storage.revisions import append_revision
from tracker.storage.tidying import Tidied

NOW = TODAY + timedelta(days=400)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    made = Settings.from_environment(
        {"TRACKER_INSTANCE": str(tmp_path / "instance"), "TRACKER_DATABASE_URL": database_url}
    )
    made.prepare()
    return made


def test_what_is_past_its_time_goes_and_the_rest_stays(settings: Settings) -> None:
    with Database(settings.database_url, audit_key=KEY) as database:
        with database.writing() as session:
            for owner in (MOTH, OWL):
                welcome(session, owner)
                for number in range(3):
                    saved = night(later(number), answers=scores(pain=1), note="Rain", reason="Why")
                    append_revision(session, owner, saved)
            append_revision(session, MOTH, night(later(1), 2, answers=scores(pain=1), note=""))
            first = (entries.c.owner == MOTH, entries.c.day == later(0))
            session.execute(update(entries).where(*first).values(deleted_at=TODAY))
            session.execute(
                insert(sessions),
                [
                    {
                        "token_sha256": bytes([days]) * 32,
                        "owner": MOTH,
                        "label": "",
                        "created_at": TODAY,
                        "seen_at": TODAY,
                        "confirmed_at": TODAY,
                        "expires_at": NOW + timedelta(days=days - 1),
                    }
                    for days in (0, 2)
                ],
            )
        assert housekeeping.tidy(database, settings, NOW) == Tidied(1, 0, 2, 0)
        assert housekeeping.tidy(database, settings, NOW) == Tidied(0, 0, 0, 0)
        with database.reading() as session:
            rows = session.execute(
                select(revisions.c.day, revisions.c.number, revisions.c.note, revisions.c.reason)
                .where(revisions.c.owner == MOTH)
                .order_by(revisions.c.day, revisions.c.number)
            ).all()
            assert [tuple(row) for row in rows] == [
                (later(0), 1, "", ""),
                (later(1), 1, "", "Why"),
                (later(1), 2, "", ""),
                (later(2), 1, "Rain", "Why"),
            ]
        database.write(
            lambda session: session.execute(
                update(accounts).where(accounts.c.id == OWL).values(erase_at=NOW)
            )
        )
        assert housekeeping.tidy(database, settings, NOW) == Tidied(0, 0, 0, 1)
        assert settings.erased_file.read_text() == f"{OWL} {NOW.isoformat()}\n"
        with database.reading() as session:
            assert session.scalars(select(erasures.c.owner)).all() == [OWL]
            assert session.scalars(select(accounts.c.id)).all() == [MOTH]


def test_house_is_kept_once_a_day(settings: Settings) -> None:
    with Database(settings.database_url, audit_key=KEY) as database:
        for hours in (0, 1, 3):
            housekeeping.keep_house(database, settings, NOW + timedelta(hours=hours))
    names = sorted(path.name for path in settings.backup_dir.iterdir())
    assert names == ["tracker-20271226T220000Z.db", "tracker-20271227T010000Z.db"]
