"""How long an appointment's PDF takes, from the report to its bytes: a process for each."""

import gettext
from collections.abc import Mapping

from tools.bench import people
from tools.bench.pages import Bench
from tools.bench.people import Person
from tools.bench.timing import Ask, Times, interleaved
from tracker.domain.responder import Rule
from tracker.domain.voice import Voice
from tracker.domain.windows import Preset
from tracker.services.reports import read_report
from tracker.web.appointments import Wish, appointment
from tracker.web.context import Installation

NIGHTS = 1_095
PAGE, YEAR, LONG = "PDF, one page", "PDF, a year's table", "PDF, 1,095 nights"


def timed(bench: Bench, rounds: int) -> Mapping[str, Times]:
    """Return what each takes; the CPU is that of this process, which waits."""
    long = people.add(bench.app, "Printed", NIGHTS)
    asks = {
        PAGE: _printing(bench, bench.year, Wish(question="Is there anything I can change?")),
        YEAR: _printing(bench, bench.year, Wish(table=True)),
        LONG: _printing(bench, long, Wish(table=True)),
    }
    return interleaved(asks, rounds)


def _printing(bench: Bench, person: Person, wish: Wish) -> Ask:
    made: Installation = bench.app.extensions["evenfall"]
    with made.database.reading() as session:
        now = made.settings.clock()
        reading = read_report(session, person.account, Rule.YOUNGER2013, Preset.WEEK, now)
    voice = Voice(gettext.gettext, gettext.ngettext)
    name, today = person.account.name, person.today

    def ask(_turn: int) -> None:
        appointment(reading, name, wish, today, voice)

    return ask
