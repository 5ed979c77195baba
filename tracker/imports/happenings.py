"""Side effects and measurements of an archive, read back or refused with what is wrong."""

from collections.abc import Mapping, Sequence
from typing import Final

from tracker.domain.archives import KeptCheck, KeptEffect, KeptHappenings, KeptMeasurement
from tracker.domain.limits import (
    EFFECT_NAME_LIMIT,
    MEASURE_NAME_LIMIT,
    REASON_LIMIT,
    UNIT_LIMIT,
)
from tracker.domain.measurements import Measurement, read_value
from tracker.domain.side_effects import Action, Effect, Severity, SideEffect
from tracker.domain.words import N_
from tracker.imports.structure import Place, demand_new

PARTS: Final = ("effects", "effect_checks", "measurements")


def read_happenings(parts: Mapping[str, Place]) -> KeptHappenings:
    """Read what an archive has of `PARTS`; those of earlier versions have none.

    Raises:
        FileRefused: something is not as a diary stores it.
    """
    effects, checks, measurements = (_each(parts, name) for name in PARTS)
    asked = tuple(map(_check, checks))
    demand_new([one.day.isoformat() for one in asked], checks)
    return KeptHappenings(
        tuple(map(_effect, effects)), asked, tuple(map(_measurement, measurements))
    )


def _each(parts: Mapping[str, Place], name: str) -> Sequence[Place]:
    return [*parts[name].each()] if name in parts else []


def _effect(place: Place) -> KeptEffect:
    parts = place.members(
        "effect",
        "name",
        "severity",
        "start",
        "end",
        "bothersome",
        "action",
        "reported",
        "created_at",
    )
    told = SideEffect(
        effect=parts["effect"].choice(Effect),
        start=parts["start"].day(),
        severity=parts["severity"].choice(Severity),
        reported=parts["reported"].day(),
        end=parts["end"].maybe(Place.day),
        bothersome=parts["bothersome"].flag(),
        action=parts["action"].choice(Action),
        name=parts["name"].text(EFFECT_NAME_LIMIT),
    )
    _demand_sound(place, told)
    return KeptEffect(told, parts["created_at"].instant())


def _demand_sound(place: Place, told: SideEffect) -> None:
    """Refuse what no diary could have stored on any day."""
    if (told.effect is Effect.OTHER) is not bool(told.name):
        place.refuse(N_("a side effect has a name where it is none of the list, and only there."))
    if told.end is not None and told.end <= told.start:
        place.refuse(N_("it must end after the day on which it starts."))
    if told.reported < told.start:
        place.refuse(N_("a side effect can't be told of before it starts."))


def _check(place: Place) -> KeptCheck:
    parts = place.members("day", "created_at")
    return KeptCheck(parts["day"].day(), parts["created_at"].instant())


def _measurement(place: Place) -> KeptMeasurement:
    parts = place.members("name", "value", "unit", "day", "note", "created_at")
    measured = Measurement(
        name=parts["name"].text(MEASURE_NAME_LIMIT, 1),
        value=parts["value"].read(read_value),
        day=parts["day"].day(),
        unit=parts["unit"].text(UNIT_LIMIT),
        note=parts["note"].text(REASON_LIMIT),
    )
    if str(measured.value) != parts["value"].value:
        parts["value"].refuse(N_("this text is not as a diary stores it."))
    return KeptMeasurement(measured, parts["created_at"].instant())
