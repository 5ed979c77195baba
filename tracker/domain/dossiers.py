"""What a file is made of: one diary with its report, cut to the nights that were asked for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from tracker.domain.diary import Diary, Entry
from tracker.domain.happenings import NOTHING, Happenings
from tracker.domain.headings import own_headings
from tracker.domain.measurements import Series, all_series
from tracker.domain.openings import Opening, opened_among
from tracker.domain.people import known_zone
from tracker.domain.phases import Phase
from tracker.domain.questionnaire import ITEMS, Item
from tracker.domain.report import Report
from tracker.domain.revisions import Outcome, Revision
from tracker.domain.spans import Span

PEOPLE: Final = UUID("5d1c5d9e-3c0b-4b0e-9a55-6f0f0a2d9b71")  # names those who keep a diary
_OF_CLOCKS: Final = range(1900, 2200)  # years in which zones and spreadsheets agree on clocks


@dataclass(frozen=True, slots=True)
class Dossier:
    """One diary as a file gives it.

    `person` stands for whoever keeps the diary, and tells nobody who that is; `name` is what they
    call themselves. `asked` is what they are asked on `today`. `phases` have begun, in order. The
    report is of the whole diary, whatever nights are asked for: its windows are fixed. `span` is
    None for all nights. `changed` are all savings of the nights that have several, none for a
    reader who may not see everything of them. `entries` are the nights asked for, in order; `items`
    those that they answer or that are asked today, by key, in the order of a file's columns.
    `openings` are those of hidden orders.
    """

    person: UUID
    name: str
    today: date
    closed_until: date
    diary: Diary
    asked: Sequence[Item]
    phases: Sequence[Phase]
    report: Report
    span: Span | None = None
    notes: bool = False
    changed: Sequence[Revision] = ()
    happened: Happenings = NOTHING
    openings: Sequence[Opening] = ()

    entries: Sequence[Entry] = field(init=False)
    items: Mapping[str, Item] = field(init=False)

    def __post_init__(self) -> None:
        """Choose nights and items once: a writer asks for them night by night."""
        entries = nights_of(self.diary, self.span, notes=self.notes)
        shown = columns_of(self.diary, entries, self.asked).values()
        object.__setattr__(self, "entries", entries)
        object.__setattr__(self, "items", {item.key: item for item in shown})

    @property
    def spans(self) -> Sequence[Phase]:
        """The phases that share a day with the nights asked for."""
        return [phase for phase in self.phases if self.shows(phase.start, phase.end)]

    @property
    def opened(self) -> Sequence[Opening]:
        """The openings of hidden orders that tell of phases in the nights asked for."""
        return opened_among(self.openings, self.spans)

    def shows(self, start: date, end: date | None) -> bool:
        """True where days from `start` on, None: without end, share one with those asked for."""
        span = self.span
        return span is None or (start < span.end and (end is None or end > span.start))

    @property
    def happenings(self) -> Happenings:
        """Side effects and measurements of the days asked for; a side effect is not cut."""
        if self.span is None:
            return self.happened
        return Happenings(
            effects=tuple(one for one in self.happened.effects if one.touches(self.span)),
            checks=tuple(day for day in self.happened.checks if day in self.span),
            measurements=tuple(one for one in self.happened.measurements if one.day in self.span),
        )

    @property
    def series(self) -> Sequence[Series]:
        """The series of the measurements asked for, each against the baseline of them all."""
        shown = {*self.happenings.measurements}
        every = all_series(self.happened.measurements, self.phases)
        cut = (replace(one, values=[each for each in one.values if each in shown]) for one in every)
        return [one for one in cut if one.values]

    @property
    def edits(self) -> Sequence[Revision]:
        """The savings that changed these nights after their first, but those that wait."""
        heads = {entry.day: entry.revision for entry in self.entries}
        return [
            one
            for one in self.changed
            if 1 < one.number <= heads.get(one.day, 0) and one.outcome is not Outcome.CONFLICT
        ]

    def id_of(self, *parts: object) -> UUID:
        """Return the id of one thing in the diary: the same in every file of this person."""
        return uuid5(self.person, "/".join(map(str, parts)))


def pseudonym(owner: str) -> UUID:
    """Return what stands for an account in files: the same each time, and no way back to it."""
    return uuid5(PEOPLE, owner)


def on_the_clock(instant: datetime, zone: str) -> datetime:
    """Return a UTC instant as the clocks of `zone` showed it, in UTC where that is not known.

    >>> from datetime import UTC
    >>> on_the_clock(datetime(2026, 3, 1, 17, tzinfo=UTC), "Asia/Kathmandu").isoformat()
    '2026-03-01T22:45:00+05:45'
    >>> on_the_clock(datetime(1930, 1, 1, tzinfo=UTC), "Europe/Amsterdam").isoformat()
    '1930-01-01T00:00:00+00:00'
    """
    if instant.year not in _OF_CLOCKS or not known_zone(zone):
        return instant
    local = instant.astimezone(ZoneInfo(zone))
    offset = local.utcoffset() or timedelta()
    # Before there were zones, towns were so many seconds apart: no file format knows that.
    return instant if offset % timedelta(minutes=1) else local


def saved_at(entry: Entry) -> datetime | None:
    """Return when a night was first saved, by its own clocks; None where a file didn't say."""
    return None if entry.submitted_at is None else on_the_clock(entry.submitted_at, entry.zone)


def nights_of(diary: Diary, span: Span | None = None, *, notes: bool = False) -> Sequence[Entry]:
    """Return the nights of `span` in order; those of which only a note is kept where `notes`."""
    return [
        entry
        for day, entry in sorted(diary.entries.items())
        if (span is None or day in span) and (entry.is_logged or (notes and entry.note))
    ]


def columns_of(diary: Diary, entries: Iterable[Entry], asked: Iterable[Item]) -> Mapping[str, Item]:
    """Return the items that `entries` answer or that are asked, by their column in a file.

    The built-in ones come first, in the questionnaire's order, then own symptoms by heading.
    """
    answered = {key for entry in entries for key in entry.answers}
    shown = {item.key: item for item in asked}
    shown |= {key: item for key, item in diary.items.items() if key in answered}
    built_in = {key: item for key, item in ITEMS.items() if key in shown}
    return {**built_in, **own_headings(item for item in shown.values() if item.is_own)}
