"""Diaries with everything in them, for tests: lived through the deeds that people have."""

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from tests.services import doors
from tracker.domain.measurements import Measurement, read_value
from tracker.domain.medicines import ChangedBy, Dose, Medicine
from tracker.domain.people import Account
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import CORE, STRESS, Direction, Ruler
from tracker.domain.reminders import Wish
from tracker.domain.side_effects import Effect, Severity, SideEffect
from tracker.exports.archive import archive_json
from tracker.exports.table import diary_csv
from tracker.keys import Keys
from tracker.services import (
    diaries,
    exports,
    measurements,
    medicines,
    pauses,
    phases,
    questionnaires,
    reminders,
    revisions,
    side_effects,
)
from tracker.services import imports as importing
from tracker.services.diaries import Night
from tracker.services.imports import Format, Standing, Taken, Taking, Upload
from tracker.services.intakes import Intake
from tracker.services.questionnaires import OwnWords
from tracker.storage.database import Database

FIRST: Final = date(2026, 3, 1)
EVENING: Final = datetime(2026, 3, 1, 17, 0, 0, 123, tzinfo=UTC)  # 22:45 in Kathmandu
KEYS: Final = Keys.derived(b"a test" * 8)
CORE_ANSWERS: Final = {"pain": "4", "fatigue": "0", "sleep": "7", "mood": "declined"}


def person(database: Database, name: str = "Moth") -> Account:
    """Make somebody who keeps a diary."""
    return doors.registered(doors.door(database), name).signed_in.account


def save(  # noqa: PLR0913 - a night has so many sides
    database: Database,
    who: Account,
    day: int,
    tokens: dict[str, str],
    *,
    note: str | None = None,
    later: timedelta = timedelta(),
    base: int | None = None,
) -> None:
    """Save a night, `day` days after the first, that evening or `later`."""
    night = Night(
        day=FIRST + timedelta(days=day),
        tokens=tokens,
        client_id=str(uuid.uuid4()),
        payload_sha256="0" * 64,
        note=note,
        base_revision=base,
        reason="thought again" if base else "",
    )
    now = EVENING + timedelta(days=day) + later
    database.write(lambda session: diaries.record_night(session, who, night, now))


def rich(database: Database, name: str = "Moth") -> Account:
    """Make a diary with edits, a conflict, settled and open, a deletion, own words, two rulers."""
    who = person(database, name)
    at = EVENING
    save(database, who, 0, {**CORE_ANSWERS, "dream_vividness": "no_recall"}, note="=1+1")
    save(database, who, 0, {"pain": "5"}, later=timedelta(hours=1), base=1)
    save(database, who, 1, {**CORE_ANSWERS, "dream_vividness": "3"}, later=timedelta(hours=20))
    for day in (2, 3):  # two phones that both saw the first revision
        save(database, who, day, {"pain": "6"})
        save(database, who, day, {"pain": "7"}, later=timedelta(minutes=5), base=1)
        save(database, who, day, {"pain": "8"}, later=timedelta(minutes=9), base=1)
    settled = FIRST + timedelta(days=3)
    with database.writing() as session:
        revisions.choose(session, who, settled, 3, at + timedelta(days=4), keep_other=True)
    save(database, who, 4, CORE_ANSWERS, note="gone soon")
    with database.writing() as session:
        gone = FIRST + timedelta(days=4)
        revisions.delete_night(session, who, gone, at + timedelta(days=5))
    save(database, who, 5, {}, note="only\nwords, “quoted” and 'such'")
    with database.writing() as session:
        own = questionnaires.add_own(
            session, who, OwnWords("Stiff, cold", "", "none", "all", Direction.HIGHER), at
        )
        keys = [*(item.key for item in CORE), STRESS.key, own.key]
        questionnaires.ask(session, who, keys, at + timedelta(days=6))
        questionnaires.choose_ruler(session, who, Ruler.VAS, at + timedelta(days=6))
    for day in range(6, 12):
        save(database, who, day, {"pain": str(day * 7), "stress": "100", own.key: "0"})
    with database.writing() as session:
        for phase in (
            Phase(PhaseKind.BASELINE, FIRST, FIRST + timedelta(days=5), "first"),
            Phase(
                PhaseKind.TREATMENT,
                FIRST + timedelta(days=5),
                medicine="naltrexone",
                dose_mg=Decimal("4.5"),
            ),
        ):
            phases.add(session, who, phase, at)
        steps = (
            Dose(FIRST + timedelta(days=5), Decimal("1.5"), ChangedBy.CLINICIAN, "as prescribed"),
            Dose(FIRST + timedelta(days=9), Decimal("4.5"), ChangedBy.STUDY),
        )
        for medicine in (
            Medicine("naltrexone", FIRST + timedelta(days=5), None, time(22), steps),
            Medicine("Aspirin", FIRST, FIRST + timedelta(days=2)),
        ):
            medicines.add(session, who, medicine, at)
        pauses.begin(session, who, FIRST, FIRST, "away", at)
        dreams = SideEffect(Effect.VIVID_DREAMS, FIRST, Severity.MILD, FIRST, bothersome=True)
        told = replace(dreams, effect=Effect.OTHER, end=FIRST + timedelta(days=2), name="cold feet")
        for effect in (dreams, told):
            side_effects.tell(session, who, effect, FIRST + timedelta(days=3), at)
        side_effects.nothing_new(session, who, FIRST + timedelta(days=3), at)
        for value in ("20.50", "<3"):
            noted = Measurement("ESR", read_value(value), FIRST, "mm/h", "fasting")
            measurements.add(session, who, noted, FIRST, at)
        reminders.wish(session, who, Wish(time(22, 15), by_mail=False), KEYS, at)
    return who


def table(database: Database, who: Account, *, notes: bool = True) -> bytes:
    """Return the person's diary as a table."""
    with database.snapshot() as session:
        diary, asked = exports.nights(session, who)
    return diary_csv(diary, asked.items, notes=notes)


def archived(database: Database, who: Account) -> bytes:
    """Return the person's archive."""
    with database.snapshot() as session:
        return archive_json(exports.archive(session, who))


def take(
    database: Database,
    who: Account,
    intake: Intake,
    *,
    standing: Standing = Standing.SKIP,
    now: datetime = EVENING + timedelta(days=20),
) -> Taken:
    """Keep a file and take it in."""
    upload = Upload(Format.CSV, "diary.csv", b"date,pain\n")
    batch = database.write(lambda session: importing.keep_upload(session, who, upload, who.id, now))
    return importing.take(database, Taking(who, batch, intake, who.id, now, standing))
