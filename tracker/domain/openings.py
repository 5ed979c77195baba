"""How a hidden order was opened: which phases it told of, and when, by whom and why, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.phases import Phase
from tracker.domain.plan_words import OPENED_BY, WHY
from tracker.domain.started_plans import Unblinding
from tracker.domain.voice import Voice
from tracker.domain.words import N_


@dataclass(frozen=True, slots=True)
class Opening:
    """One plan's order that was hidden and is open, `how.at` by the owner's clocks.

    `starts` are the first days of the phases that the plan laid out.
    """

    how: Unblinding
    starts: Sequence[date]


def opened_among(openings: Iterable[Opening], phases: Iterable[Phase]) -> Sequence[Opening]:
    """Return the openings that tell of at least one of `phases`."""
    starts = {phase.start for phase in phases}
    return [one for one in openings if not starts.isdisjoint(one.starts)]


def opening_lines(how: Unblinding, voice: Voice, *, own_words: bool = True) -> Sequence[str]:
    """Return when, by whom and why, and the reason in the person's `own_words` if there are."""
    said = voice.say(
        N_("Unblinded on %(day)s, %(by)s. Why: %(why)s."),
        day=voice.dated_day(how.at.date()),
        by=voice.say(OPENED_BY[how.by]),
        why=voice.say(WHY[how.why]),
    )
    return [said, f"“{how.reason}”"] if own_words and how.reason else [said]
