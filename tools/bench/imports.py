"""How long five years take to be taken in: from an archive, and from a table."""

from collections.abc import Callable, Mapping

from tools.bench import people
from tools.bench.pages import Bench
from tools.bench.timing import Ask, Page, Times, UnexpectedError, answer, interleaved
from tracker.domain.questionnaire import Ruler
from tracker.imports.archive import read_archive
from tracker.imports.diaries import read_diary
from tracker.services import imports
from tracker.services.imports import Format, Taking, Upload
from tracker.services.intakes import Intake, of_archive, of_diary
from tracker.web.context import Installation

Read = Callable[[bytes], Intake]
ARCHIVE, TABLE = "import an archive, 5 years", "import a table, 5 years"


def timed(bench: Bench, rounds: int) -> Mapping[str, Times]:
    """Return what each takes, from bytes to a commit, into diaries without a night."""
    now = _made(bench).settings.clock()
    readers: dict[str, tuple[str, Read]] = {
        ARCHIVE: ("json", lambda data: of_archive(read_archive(data))),
        TABLE: ("csv", lambda data: of_diary(read_diary(data, Ruler.NRS, {}).diary, [], now)),
    }
    asks = {name: _taking(bench, rounds, *each) for name, each in readers.items()}
    return interleaved(asks, rounds)


def _taking(bench: Bench, rounds: int, kind: str, read: Read) -> Ask:
    content = answer(bench.app, Page(f"/exports/diary.{kind}", cookie=bench.long.cookie))
    upload = Upload(Format(kind), f"diary.{kind}", content)
    fresh = [people.add(bench.app, f"{kind} {turn}", 0).account for turn in range(rounds + 1)]
    database, now = _made(bench).database, _made(bench).settings.clock()

    def take(turn: int) -> None:
        who, intake = fresh[turn], read(content)
        batch = database.write(lambda to: imports.keep_upload(to, who, upload, who.id, now))
        if not imports.take(database, Taking(who, batch, intake, who.id, now)).new:
            raise UnexpectedError("an import took nothing in")

    return take


def _made(bench: Bench) -> Installation:
    made: Installation = bench.app.extensions["evenfall"]
    return made
