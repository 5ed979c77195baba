"""The forms of the questions page: the ruler, and a symptom in the person's own words."""

from typing import Final

from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # not in its types

from tracker.domain.limits import OWN_ANCHOR_LIMIT, OWN_NAME_LIMIT, OWN_QUESTION_LIMIT
from tracker.domain.questionnaire import Direction
from tracker.domain.words import N_
from tracker.services.questionnaires import OwnWords
from tracker.web.forms.base import BaseForm, Line, Required

DIRECTIONS: Final = (
    SelectChoice(Direction.LOWER.value, N_("Lower is better")),
    SelectChoice(Direction.HIGHER.value, N_("Higher is better")),
    SelectChoice(Direction.NEUTRAL.value, N_("Neither")),
)


class OwnItemForm(BaseForm):
    """A symptom in the person's own words."""

    name = Line(
        N_("Name"),
        limit=OWN_NAME_LIMIT,
        validators=[Required(N_("Give the symptom a name."))],
        description=N_("As it stands in tables and charts."),
    )
    question = Line(
        N_("Question (optional)"),
        limit=OWN_QUESTION_LIMIT,
        description=N_("As it is asked each night. Left empty, the name alone is the question."),
    )
    low = Line(
        N_("What the lowest answer, 0, means"),
        limit=OWN_ANCHOR_LIMIT,
        validators=[Required(N_("Say what 0 means, such as: not at all."))],
    )
    high = Line(
        N_("What the highest answer means"),
        limit=OWN_ANCHOR_LIMIT,
        validators=[Required(N_("Say what the highest answer means, such as: extremely."))],
    )
    direction = RadioField(
        N_("Which way is better?"),
        choices=[*DIRECTIONS],
        default=Direction.LOWER.value,
        validate_choice=False,
    )

    def words(self) -> OwnWords:
        """Return what was typed; a direction that isn't offered counts as neither."""
        known = self.direction.data in set(Direction)
        return OwnWords(
            name=self.name.data or "",
            question=self.question.data or "",
            low=self.low.data or "",
            high=self.high.data or "",
            direction=Direction(self.direction.data) if known else Direction.NEUTRAL,
        )
