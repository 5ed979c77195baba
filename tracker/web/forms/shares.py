"""The forms of shares: what a new link is to be, and what whoever holds one gives."""

from datetime import timedelta
from typing import Final

from wtforms import PasswordField, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # not in its types

from tracker.domain.shares import LABEL_LIMIT, LIVES, USUAL_LIFE, ShareRefused, clean_passphrase
from tracker.domain.words import N_
from tracker.services.shares import Wish
from tracker.web.forms.base import Line, Required
from tracker.web.forms.scopes import ScopeForm

LIFE_NAMES: Final = {
    7: N_("7 days"),
    30: N_("30 days"),
    90: N_("90 days"),
    365: N_("a year"),
}


class ShareForm(ScopeForm):
    """A new share: `wish()` where `is_sound()`."""

    label = Line(
        N_("Who is it for?"),
        limit=LABEL_LIMIT,
        description=N_(
            "For your own memory, such as “Dr K.” Whoever opens the link doesn't see it."
        ),
    )
    life = RadioField(
        N_("How long may it be read?"),
        choices=[SelectChoice(str(days), LIFE_NAMES[days]) for days in LIVES],
        default=str(USUAL_LIFE),
        validators=[Required(N_("Choose how long it may be read."))],
    )
    passphrase = PasswordField(
        N_("Passphrase (optional)"),
        description=N_(
            "Then the link alone opens nothing. Tell it by another way than the link. "
            "At least 8 characters."
        ),
    )

    def is_sound(self) -> bool:
        """Say whether a share can be made of this; note what is wrong with it."""
        sound = super().is_sound()
        try:
            clean_passphrase(self.passphrase.data or "")
        except ShareRefused as refused:
            self.refuse(refused, "passphrase")
            return False
        return sound

    def wish(self) -> Wish:
        """Return what was chosen."""
        return Wish(
            label=self.label.data or "",
            scope=self.scope(),
            life=timedelta(days=int(self.life.data)),
            passphrase=self.passphrase.data or "",
        )
