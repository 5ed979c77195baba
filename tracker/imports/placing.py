"""To which night a row of another app's file belongs, and where in it."""

from dataclasses import dataclass
from datetime import date, tzinfo

from tracker.domain.words import Refused
from tracker.imports.columns import DATE
from tracker.imports.moments import NO_CLOCK, Moment, read_clock, read_moment
from tracker.imports.problems import Problem
from tracker.imports.readings import TIME, Reading
from tracker.imports.tables import Row


@dataclass(frozen=True, slots=True)
class Placed:
    """A diary day, and the minute by which its rows are put in order."""

    day: date
    minute: int


class Placing:
    """Finds the night of each row.

    Args:
        reading: has a column for the date.
        zone: the person's, of times that the file tells in another one.
    """

    def __init__(self, reading: Reading, zone: tzinfo) -> None:
        self.dates = reading.headings(DATE)[0]
        self._times = next(iter(reading.headings(TIME)), None)
        self._reading = reading
        self._zone = zone

    def of(self, row: Row) -> Placed | Problem:
        """Return where a row belongs, or what is wrong with its date or time."""
        heading = self.dates
        try:
            moment = read_moment(row.cells.get(heading, ""), self._reading.order)
            clock = NO_CLOCK
            if self._times is not None:
                heading = self._times
                clock = read_clock(row.cells.get(heading, ""))
        except Refused as refused:
            return Problem.of(row.line, heading, refused)
        return self._placed(moment if clock == NO_CLOCK else Moment(moment.day, clock))

    def _placed(self, moment: Moment) -> Placed:
        rollover = self._reading.rollover
        day = moment.day if rollover is None else moment.diary_day(self._zone, rollover)
        return Placed(day, moment.clock.minute)
