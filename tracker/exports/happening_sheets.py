"""The sheets of side effects and measurements; there is none where there is nothing to show."""

from tracker.domain.dossiers import Dossier
from tracker.domain.happening_words import effect_name
from tracker.domain.measurements import Measurement, Series
from tracker.domain.naming import Translate
from tracker.domain.side_effects import ACTIONS, SEVERITIES, SideEffect
from tracker.domain.spans import ONE_DAY
from tracker.domain.words import N_
from tracker.exports.sheets import Cell, Sheet

EFFECT_HEADS = (
    N_("Side effect"),
    N_("First day"),
    N_("Last day"),
    N_("How strong"),
    N_("Bothersome"),
    N_("What was done"),
    N_("Told on"),
)
MEASURED_HEADS = (
    N_("Measurement"),
    N_("Day"),
    N_("Value"),
    N_("Below or above"),
    N_("Unit"),
    N_("Baseline"),
    N_("Change"),
    N_("Change, %"),
    N_("Note"),
)


def effects_sheet(dossier: Dossier, translate: Translate) -> Sheet | None:
    """Return a row a side effect, and below the days on which nothing new was told."""
    found = dossier.happenings
    if not found.effects and not found.checks:
        return None
    asked = ", ".join(day.isoformat() for day in found.checks)
    return Sheet(
        translate(N_("Side effects")),
        [translate(head) for head in EFFECT_HEADS],
        [_effect(one, translate) for one in found.effects],
        [translate(N_("Asked, and nothing new: %(days)s")) % {"days": asked}] if asked else [],
    )


def _effect(told: SideEffect, translate: Translate) -> list[Cell]:
    return [
        effect_name(told, translate),
        told.start,
        None if told.end is None else told.end - ONE_DAY,
        translate(SEVERITIES[told.severity]),
        translate(N_("yes") if told.bothersome else N_("no")),
        translate(ACTIONS[told.action]),
        told.reported,
    ]


def measurements_sheet(dossier: Dossier, translate: Translate) -> Sheet | None:
    """Return a row a value, series after series, with the change from its baseline."""
    found = dossier.series
    if not found:
        return None
    return Sheet(
        translate(N_("Measurements")),
        [translate(head) for head in MEASURED_HEADS],
        [_measured(series, one, dossier) for series in found for one in series.values],
        [
            translate(
                N_(
                    "Baseline: the last value inside or before the baseline, "
                    "else the first value of all."
                )
            )
        ],
    )


def _measured(series: Series, one: Measurement, dossier: Dossier) -> list[Cell]:
    change, before = series.change(one), series.baseline.of
    return [
        one.name,
        one.day,
        one.value.size,
        one.value.bound.value,
        one.unit,
        str(before.value) if before.value.exact is None else before.value.size,
        change.difference,
        change.percent,
        one.note if dossier.notes else "",
    ]
