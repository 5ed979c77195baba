"""The form of a pause: its days and, for those who like, why."""

from tracker.domain.limits import REASON_LIMIT
from tracker.domain.words import N_
from tracker.web.forms.base import BaseForm, Day, Line, Required


class PauseForm(BaseForm):
    """Days on which no night is expected."""

    first_day = Day(
        N_("First day"), validators=[Required(N_("Say on which day the pause begins."))]
    )
    last_day = Day(
        N_("Last day (optional)"),
        description=N_(
            "The last day that belongs to the pause. Left empty, it runs until you end it."
        ),
    )
    reason = Line(
        N_("Why? (optional)"),
        limit=REASON_LIMIT,
        description=N_("For example: in hospital, or a holiday from the diary."),
    )
