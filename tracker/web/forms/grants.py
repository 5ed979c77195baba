"""The forms of access: what somebody may do, and until when."""

from datetime import datetime
from typing import Any

from tracker.domain.diary import closing
from tracker.domain.grants import GrantKind, Terms
from tracker.domain.people import Account
from tracker.domain.scopes import Scope
from tracker.domain.words import N_
from tracker.web.forms.base import BaseForm
from tracker.web.forms.exports import Night
from tracker.web.forms.scopes import ScopeForm

_END: Any = {
    "label": N_("Last day of this access (optional)"),
    "description": N_("Left empty, it lasts until one of you ends it."),
}


def _end_of(form: BaseForm, who: Account) -> datetime | None:
    """Return when access ends that is good through the last day chosen."""
    last = form["until"].data
    return None if last is None else closing(last, who.tzinfo, who.rollover)


class ReadForm(ScopeForm):
    """What a clinician may read, and until when: `terms()` where `is_sound()`."""

    until = Night(**_END)

    def terms(self, who: Account) -> Terms:
        """Return what `who` chose."""
        return Terms(GrantKind.READ, self.scope(), _end_of(self, who))


class HelpForm(BaseForm):
    """Until when somebody may log nights: `terms()` where `is_sound()`."""

    until = Night(**_END)

    def is_sound(self) -> bool:
        """Say whether the end can be read; note what is wrong with it."""
        return bool(self.validate())

    def terms(self, who: Account) -> Terms:
        """Return what `who` chose."""
        return Terms(GrantKind.HELP, Scope(), _end_of(self, who))
