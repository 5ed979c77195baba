"""The forms of a side effect: telling of one takes two taps and no typing."""

from datetime import date
from typing import Any, Final

from wtforms import BooleanField, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # not in its types

from tracker.domain.limits import EFFECT_NAME_LIMIT
from tracker.domain.side_effects import (
    ACTIONS,
    EFFECTS,
    SEVERITIES,
    Action,
    Effect,
    Severity,
    SideEffect,
)
from tracker.domain.spans import ONE_DAY
from tracker.domain.words import N_
from tracker.web.forms.base import BaseForm, Day, Line, Required
from tracker.web.forms.phases import WithinReach

LIST: Final = [SelectChoice(effect.value, name) for effect, name in EFFECTS.items()]
STRENGTHS: Final = [SelectChoice(one.value, name) for one, name in SEVERITIES.items()]
DONE: Final = [SelectChoice(action.value, name) for action, name in ACTIONS.items()]


class EffectForm(BaseForm):
    """One side effect: a person knows its last day, what is stored is the day after."""

    effect = RadioField(
        N_("What is it?"), choices=LIST, validators=[Required(N_("Choose what it is."))]
    )
    name = Line(
        N_("If it is something else: what?"),
        limit=EFFECT_NAME_LIMIT,
    )
    severity = RadioField(
        N_("How strong is it?"),
        choices=STRENGTHS,
        validators=[Required(N_("Choose how strong it is."))],
    )
    start = Day(N_("First day"), validators=[Required(N_("Enter the first day.")), WithinReach()])
    last_day = Day(
        N_("Last day (optional)"),
        id="effect-last-day",
        description=N_("Leave it empty while it lasts."),
        validators=[WithinReach()],
    )
    bothersome = BooleanField(N_("It bothers me"))
    action = RadioField(N_("What have you done about it?"), choices=DONE, default=Action.NONE.value)

    @classmethod
    def of(cls, told: SideEffect) -> "EffectForm":
        """Return the form filled with `told`."""
        return cls(
            data={
                "effect": told.effect.value,
                "name": told.name,
                "severity": told.severity.value,
                "start": told.start,
                "last_day": None if told.end is None else told.end - ONE_DAY,
                "bothersome": told.bothersome,
                "action": told.action.value,
            }
        )

    def told(self, today: date) -> SideEffect:
        """Return the side effect that was entered, as told of today."""
        given: dict[str, Any] = self.data
        last_day = given["last_day"]
        return SideEffect(
            effect=Effect(given["effect"]),
            start=given["start"],
            severity=Severity(given["severity"]),
            reported=today,
            end=None if last_day is None else last_day + ONE_DAY,
            bothersome=given["bothersome"],
            action=Action(given["action"]),
            name=given["name"],
        )
