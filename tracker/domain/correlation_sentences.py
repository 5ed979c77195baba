"""What is said of two questions that go together: in which direction, and which nights and days."""

from typing import Final

from tracker.domain.correlations import Link
from tracker.domain.figures import item_name
from tracker.domain.questionnaire import (
    DOSE_TAKEN,
    DREAM_DISTRESS,
    DREAM_VIVIDNESS,
    SLEEP,
    Item,
)
from tracker.domain.voice import Voice
from tracker.domain.words import N_

# Answered on a day about the night before it; everything else is about the day itself.
OF_THE_NIGHT: Final = frozenset(
    item.key for item in (SLEEP, DREAM_VIVIDNESS, DREAM_DISTRESS, DOSE_TAKEN)
)
# By whether the first is about a night, whether the second is, and the days between their entries.
WHEN: Final = {
    (True, True, 0): N_("the same night"),
    (True, False, 0): N_("a night and the day after it"),
    (False, False, 0): N_("the same day"),
    (True, True, 1): N_("a night and the next night"),
    (True, False, 1): N_("a night and the second day after it"),
    (False, True, 1): N_("a day and the night after it"),
    (False, False, 1): N_("a day and the next day"),
}
HIGHER: Final = N_("When %(first)s was scored higher, %(second)s tended to be scored higher.")
LOWER: Final = N_("When %(first)s was scored higher, %(second)s tended to be scored lower.")
DOSE_HIGHER: Final = N_("When the dose was taken, %(second)s tended to be scored higher.")
DOSE_LOWER: Final = N_("When the dose was taken, %(second)s tended to be scored lower.")
MORE_DOSES: Final = N_("When %(first)s was scored higher, the dose was taken more often.")
FEWER_DOSES: Final = N_("When %(first)s was scored higher, the dose was taken less often.")


def in_time(link: Link) -> tuple[Item, Item]:
    """Return both items, the one that came first in time first: of one entry, the night's."""
    if link.lag == 0 and link.second.key in OF_THE_NIGHT and link.first.key not in OF_THE_NIGHT:
        return link.second, link.first
    return link.first, link.second


def when(link: Link, voice: Voice) -> str:
    """Return which nights and days were compared."""
    first, second = in_time(link)
    of_night = first.key in OF_THE_NIGHT, second.key in OF_THE_NIGHT
    return voice.say(WHEN[(*of_night, link.lag)])


def names(link: Link, voice: Voice) -> tuple[str, str]:
    """Return what both are called, in time."""
    first, second = in_time(link)
    return item_name(first, voice.say), item_name(second, voice.say)


def direction(link: Link, voice: Voice) -> str:
    """Return what tends to go with what, in one sentence."""
    (first, second), (one, two) = in_time(link), names(link, voice)
    words = HIGHER, LOWER
    if first.key == DOSE_TAKEN.key:
        words = DOSE_HIGHER, DOSE_LOWER
    elif second.key == DOSE_TAKEN.key:
        words = MORE_DOSES, FEWER_DOSES
    return voice.say(words[link.r < 0], first=one, second=two)
