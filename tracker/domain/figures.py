"""How the figures of a report, its items and its phases are written."""

from collections.abc import Callable
from fractions import Fraction
from typing import Final

from tracker.domain import wording
from tracker.domain.completion import Days
from tracker.domain.improvement import ItemResult
from tracker.domain.phases import Phase
from tracker.domain.questionnaire import Item
from tracker.domain.statistics import Tally
from tracker.domain.voice import Voice
from tracker.domain.words import N_

DASH: Final = "\N{EN DASH}"


def item_name(item: Item, translate: Callable[[str], str]) -> str:
    """Return what `item` is called: a person's own words are never translated."""
    return item.name if item.is_own else translate(item.name)


def phase_name(phase: Phase, voice: Voice) -> str:
    """Return the label of a phase, else its medicine and dose, else what it is."""
    return phase.label or taken(phase, voice) or voice.say(wording.KINDS[phase.kind])


def taken(phase: Phase, voice: Voice) -> str:
    """Return medicine and dose as the person wrote them, "" where they didn't."""
    size = phase.dose_mg
    dose = "" if size is None else f"{voice.shown(f'{size.normalize():f}')} mg"
    return " ".join(word for word in (phase.medicine, dose) if word)


def mean_of(tally: Tally, voice: Voice) -> str:
    """Return a mean with one decimal, a dash where no day was answered."""
    return DASH if tally.mean is None else voice.number(tally.mean)


def points_of(points: Fraction | None, voice: Voice) -> str:
    """Return a change in points with its sign, a dash where there is none."""
    if points is None:
        return DASH
    text = voice.number(points)
    return f"+{text}" if points > 0 and text != voice.number(0) else text


def percent_of(result: ItemResult, voice: Voice) -> str:
    """Return the percent in words: 28.3 % better; a dash where none can be taken."""
    if result.percent is None:
        return DASH
    size = voice.shown(result.shown.removeprefix("-"))
    if not result.shown.strip("-0."):
        return voice.say(N_("no change"))
    if result.percent > 0:
        return voice.say(N_("%(percent)s %% better"), percent=size)
    return voice.say(N_("%(percent)s %% worse"), percent=size)


def interval_of(result: ItemResult, voice: Voice) -> str:
    """Return the 95 % interval in whole percents, a dash where there is none."""
    if result.ci95 is None:
        return DASH
    low, high = (voice.number(limit, 0) for limit in result.ci95)
    return voice.say(N_("%(low)s to %(high)s %%"), low=low, high=high)


def logged_of(days: Days, voice: Voice) -> str:
    """Return how many of the expected days are logged, and what is to be known of them."""
    words = N_("%(logged)d of %(expected)d")
    parts = [voice.say(words, logged=days.logged, expected=days.expected)]
    if days.late:
        parts.append(voice.ngettext("%(count)d late", "%(count)d late", days.late))
    if days.imported:
        parts.append(voice.ngettext("%(count)d imported", "%(count)d imported", days.imported))
    if days.helped:
        words = "%(count)d entered by a helper"
        parts.append(voice.ngettext(words, words, days.helped))
    if days.paused:
        parts.append(voice.ngettext("%(count)d paused", "%(count)d paused", days.paused))
    return ", ".join(parts)
