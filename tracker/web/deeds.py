"""The log of an account in words: what was done, by whom, and which night it was about."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Final

from tracker.domain.words import N_
from tracker.storage.audit import Event
from tracker.web import figures
from tracker.web.dates import clock_time
from tracker.web.words import _

OPERATOR: Final = "operator"
PROGRAM: Final = "tracker"
HOLDER: Final = "holder"
DEEDS: Final = {
    "account.changed": N_("Settings changed"),
    "account.disabled": N_("Account closed"),
    "account.made": N_("Account made"),
    "audit.resealed": N_("This log was sealed with a new key"),
    "demo.loaded": N_("Made-up nights loaded"),
    "diary.exported": N_("Diary taken out as a file"),
    "diary.import_undone": N_("Nights of a file taken back"),
    "diary.imported": N_("Nights taken in from a file"),
    "diary.listed": N_("Page of your people looked at"),
    "diary.read": N_("Diary read by someone else"),
    "diary.restored": N_("Put back from a backup"),
    "effect.added": N_("Side effect added"),
    "effect.asked": N_("Said that there is no new side effect"),
    "effect.changed": N_("Side effect changed"),
    "effect.removed": N_("Side effect removed"),
    "effect.unasked": N_("Took that back"),
    "dose.added": N_("Dose noted"),
    "dose.removed": N_("Dose removed"),
    "erasure.asked": N_("Asked to erase everything"),
    "erasure.withdrawn": N_("Kept the diary after all"),
    "factor.added": N_("Second factor added"),
    "factor.code_used": N_("Recovery code of the second factor used"),
    "factor.codes_made": N_("Recovery codes for the second factor made"),
    "factor.named": N_("Second factor named"),
    "factor.removed": N_("Second factor removed"),
    "grant.asked": N_("Invitation to a patient made"),
    "grant.ended": N_("Access ended"),
    "grant.given": N_("Access given"),
    "grant.offered": N_("Invitation to read or help made"),
    "grant.received": N_("Access received"),
    "grant.withdrawn": N_("Invitation taken back"),
    "mail.asked": N_("Mail address for reminders given"),
    "mail.confirmed": N_("Mail address for reminders confirmed"),
    "mail.removed": N_("Mail address for reminders removed"),
    "measurement.added": N_("Measurement added"),
    "measurement.changed": N_("Measurement changed"),
    "measurement.removed": N_("Measurement removed"),
    "medicine.added": N_("Medicine added"),
    "medicine.changed": N_("Medicine changed"),
    "medicine.removed": N_("Medicine removed"),
    "medicine.restored": N_("Medicine brought back"),
    "medicine.stopped": N_("Medicine stopped"),
    "night.chosen": N_("Chose between two answers"),
    "night.deleted": N_("Night deleted"),
    "night.edited": N_("Night changed"),
    "night.restored": N_("Night brought back"),
    "night.saved": N_("Night written"),
    "password.changed": N_("Password changed"),
    "password.link_made": N_("Link for a new password made"),
    "password.reset": N_("New password set by a link or a recovery code"),
    "pause.added": N_("Pause added"),
    "pause.ended": N_("Pause ended"),
    "pause.removed": N_("Pause removed"),
    "phase.added": N_("Phase added"),
    "phase.changed": N_("Phase changed"),
    "phase.removed": N_("Phase removed"),
    "plan.link_made": N_("Link for a plan's key made"),
    "plan.looked_at": N_("Order of a plan looked at"),
    "plan.resumed": N_("Plan goes on after all"),
    "plan.revealed": N_("Order of a plan opened"),
    "plan.sealed": N_("Order of a plan drawn and sealed"),
    "plan.shifted": N_("Rest of a plan moved"),
    "plan.started": N_("Plan started"),
    "plan.stopped": N_("Plan stopped"),
    "push.added": N_("Reminders on a device"),
    "push.removed": N_("No more reminders on a device"),
    "questions.changed": N_("Questions changed"),
    "recovery.sheet_made": N_("Recovery sheet made"),
    "reminder.off": N_("Reminders switched off"),
    "reminder.off_by_link": N_("Reminders switched off by their link"),
    "reminder.set": N_("Reminders set"),
    "session.confirmed": N_("Password or code given again"),
    "session.ended": N_("Signed out"),
    "session.opened": N_("Signed in"),
    "sessions.ended": N_("Signed out everywhere or everywhere else"),
    "share.made": N_("Link to the report made"),
    "share.revoked": N_("Link to the report ended"),
    "study.closed": N_("Enrolment closed"),
    "study.code_made": N_("Code to join made"),
    "study.code_revoked": N_("Code to join taken back"),
    "study.consent_written": N_("Consent text written"),
    "study.joined": N_("Joined a study"),
    "study.key_set": N_("Passphrase of the key set"),
    "study.left": N_("Left a study"),
    "study.list_printed": N_("Packing list shown"),
    "study.made": N_("Study made"),
    "study.member_named": N_("Somebody named who runs the study"),
    "study.plan_moved": N_("What had not begun of somebody's plan moved"),
    "study.plan_resumed": N_("Somebody's plan goes on after all"),
    "study.plan_stopped": N_("Somebody stopped their plan; their nights go on"),
    "study.randomised": N_("Randomised in a study"),
    "study.read": N_("How people's nights stand looked at"),
    "study.reopened": N_("Enrolment opened again"),
    "study.slots_drawn": N_("Slots drawn and sealed"),
    "study.unblinded": N_("Study unblinded: the phases say what they were"),
    "study.unblinded_one": N_("What one person takes in a study opened in an emergency"),
    "study.unblinding_asked": N_("Unblinding asked for"),
    "study.withdrawn": N_("Left a study and took back what was given"),
}


@dataclass(frozen=True, slots=True)
class Deed:
    """One line of the log. `about` is the night it was about, "" where it was about none."""

    name: str
    about: str
    when: str
    who: str


def in_words(
    events: Sequence[Event], owner: str, zone: tzinfo, names: Mapping[str, str]
) -> Sequence[Deed]:
    """Return the lines of `owner`, with times as the clocks of `zone` showed them.

    Args:
        events: of one chain.
        owner: whose chain.
        zone: their zone.
        names: of others, by the id that stands in the chain.
    """
    return [_deed(event, owner, zone, names) for event in events]


def _deed(event: Event, owner: str, zone: tzinfo, names: Mapping[str, str]) -> Deed:
    at = event.at.astimezone(zone)
    about = json.loads(event.ids).get("day", "")
    return Deed(
        name=_(DEEDS[event.verb]) if event.verb in DEEDS else event.verb,
        about=figures.dated_day(date.fromisoformat(about)) if about else "",
        when=f"{figures.dated_day(at.date())}, {clock_time(at)}",
        who=_who(event.actor, owner, names),
    )


def _who(actor: str, owner: str, names: Mapping[str, str]) -> str:
    if actor in names:
        return _("by %(name)s", name=names[actor])
    known = {
        owner: _("by you"),
        OPERATOR: _("by the operator"),
        PROGRAM: _("by the program"),
        HOLDER: _("by the key's holder"),
    }
    return known.get(actor, _("by someone else"))
