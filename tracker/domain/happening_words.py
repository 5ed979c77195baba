"""How side effects and measurements are written on pages and in files."""

from collections.abc import Callable
from typing import Final

from tracker.domain.figures import DASH
from tracker.domain.measurements import Baseline, Bound, Change, Measurement, Series, Value
from tracker.domain.side_effects import ACTIONS, EFFECTS, SEVERITIES, Action, Effect, SideEffect
from tracker.domain.statistics import shown
from tracker.domain.voice import Voice
from tracker.domain.words import N_

AS_TEXT: Final = {Bound.MEASURED: "", Bound.BELOW: "< ", Bound.ABOVE: "> "}


def effect_name(told: SideEffect, translate: Callable[[str], str]) -> str:
    """Return what a side effect is called: a person's own words are never translated."""
    return told.name if told.effect is Effect.OTHER else translate(EFFECTS[told.effect])


def effect_days(told: SideEffect, voice: Voice) -> str:
    """Return when it was: its first and last day, or since when it lasts."""
    if told.end is None:
        return voice.say(N_("since %(day)s"), day=voice.dated_day(told.start))
    return voice.days(told.span)


def effect_remarks(told: SideEffect, voice: Voice) -> str:
    """Return how strong it is, whether it bothers, and what was done: mild, bothersome."""
    said = [SEVERITIES[told.severity]]
    if told.bothersome:
        said.append(N_("bothersome"))
    if told.action is not Action.NONE:
        said.append(ACTIONS[told.action])
    return ", ".join(map(voice.say, said))


def value_of(value: Value, voice: Voice) -> str:
    """Return a value with the decimals it was written with."""
    return AS_TEXT[value.bound] + voice.shown(f"{value.size:f}")


def measured(one: Measurement, voice: Voice) -> str:
    """Return a measurement with its unit: 12.5 mm/h."""
    return " ".join(word for word in (value_of(one.value, voice), one.unit) if word)


def change_of(change: Change, voice: Voice) -> str:
    """Return a change with its sign and, where it has one, its percent; a dash where unknown."""
    if change.difference is None:
        return DASH
    told = _signed(f"{change.difference:f}", voice)
    if change.percent is None:
        return told
    percent = _signed(shown(change.percent), voice)
    return voice.say(N_("%(change)s (%(percent)s %%)"), change=told, percent=percent)


def newest_change(series: Series, voice: Voice) -> str:
    """Return the newest value's change from baseline, "" where it is the baseline itself."""
    if series.newest is series.baseline.of:
        return ""
    change = series.change(series.newest)
    before = value_of(series.baseline.of.value, voice)
    if change.difference is None:
        return voice.say(N_("baseline %(before)s"), before=before)
    words = N_("%(change)s from %(before)s")
    return voice.say(words, change=change_of(change, voice), before=before)


def compared(baseline: Baseline, voice: Voice) -> str:
    """Return what the series is compared with."""
    words = (
        N_("Change from %(value)s on %(day)s, the first value: none is from the baseline.")
        if baseline.is_first
        else N_("Change from %(value)s on %(day)s, the last value of the baseline or before it.")
    )
    day = voice.dated_day(baseline.of.day)
    return voice.say(words, value=measured(baseline.of, voice), day=day)


def _signed(text: str, voice: Voice) -> str:
    said = voice.shown(text)
    return f"+{said}" if not text.startswith("-") and text.strip("0.") else said
