"""A study with those who run it and people who take part, for tests."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Final

from tests.services import lives
from tracker.boxes import lock_up, new_key
from tracker.domain.people import Account, Role
from tracker.domain.questionnaire import Ruler
from tracker.domain.studies import Draft, Protocol, Study
from tracker.services import participants, people, studies
from tracker.services.people import NewPerson
from tracker.services.studies import Run
from tracker.storage.database import Database

NOW: Final = datetime(2026, 3, 1, 17, tzinfo=UTC)  # 22:45 in Kathmandu
START: Final = date(2026, 3, 1)
PASSPHRASE: Final = "a lamp on the night table"
CROSSOVER: Final = Protocol("crossover2013", "naltrexone", Decimal("4.5"))
DRAFT: Final = Draft("Lamps at night", CROSSOVER, Ruler.NRS, ("stress",), 28, 8)


@dataclass(frozen=True, slots=True)
class House:
    """Who runs a study: two coordinators, and a pharmacist who holds the key."""

    database: Database
    ada: Account
    ben: Account
    pharmacist: Account
    study_id: str

    def run(self, who: Account | None = None) -> Run:
        """Return the study as it stands, as `who` (Ada) runs it."""
        with self.database.reading() as session:
            found = studies.find_run(session, self.study_id, who or self.ada)
        assert found is not None
        return found

    @property
    def study(self) -> Study:
        """The study as it stands."""
        return self.run().study

    def code(self, uses: int = 100) -> str:
        """Return a code by which people join."""
        with self.database.writing() as session:
            return studies.new_code(session, self.run(), uses, NOW)

    def join(self, who: Account, start: date = START, now: datetime = NOW) -> str:
        """Let somebody join; return their study code."""
        code = self.code()
        with self.database.writing() as session:
            version = self.study.consent
            return participants.join(session, who, code, version, start, now).code


def coordinator(database: Database, name: str) -> Account:
    """Make a coordinator's account."""
    account = people.new_account(NewPerson(name, "", "UTC"), NOW, Role.COORDINATOR)
    with database.writing() as session:
        people.add(session, account, None, account.id, NOW)
    return account


def house(database: Database, draft: Draft = DRAFT, *, ready: bool = True) -> House:
    """Make a study that people can join."""
    ada, ben, pharmacist = (coordinator(database, name) for name in ("Ada", "Ben", "Pharmacy"))
    with database.writing() as session:
        made = House(database, ada, ben, pharmacist, studies.make(session, ada, draft, NOW).id)
    with database.writing() as session:
        studies.name_member(session, made.run(), "ben", holds_key=False, now=NOW)
        studies.name_member(session, made.run(), "Pharmacy", holds_key=True, now=NOW)
    if ready:
        with database.writing() as session:
            studies.write_consent(session, made.run(), "I take part of my own will.", NOW)
        if made.study.is_drawn:
            with database.writing() as session:
                lock = lock_up(new_key(), PASSPHRASE)
                studies.set_key(session, made.run(made.pharmacist), lock, NOW)
    return made


def person(database: Database, name: str) -> Account:
    """Make somebody who keeps a diary."""
    return lives.person(database, name)


def keep(database: Database, who: Account, days: int, **tokens: str) -> None:
    """Write so many nights from the first on."""
    for day in range(days):
        lives.save(database, who, day, tokens or lives.CORE_ANSWERS)


def after(days: int) -> datetime:
    """Return the evening so many days after the first."""
    return NOW + timedelta(days=days)
