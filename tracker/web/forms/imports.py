"""The form of a file to be taken in."""

from wtforms import FileField, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than its types

from tracker.domain.questionnaire import Ruler
from tracker.domain.words import N_
from tracker.web.forms.base import BaseForm


class ImportForm(BaseForm):
    """A file, and the ruler of its scores where it doesn't say."""

    file = FileField(
        N_("File"),
        description=N_(
            "A table (CSV), also another app's, or an archive (JSON). You see first what it brings."
        ),
    )
    ruler = RadioField(
        N_("If the file doesn't name its ruler: its scores are"),
        choices=[
            SelectChoice(Ruler.NRS.value, N_("from 0 to 10")),
            SelectChoice(Ruler.VAS.value, N_("from 0 to 100")),
        ],
        validate_choice=False,
    )

    @property
    def chosen_ruler(self) -> Ruler | None:
        """The ruler that was said, None where none was."""
        said = self.ruler.data
        return Ruler(said) if said in set(Ruler) else None
