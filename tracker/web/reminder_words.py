"""What reminders say, in the person's language, with nothing of what the diary is about."""

from collections.abc import Callable, Mapping

from tracker.domain.people import Account
from tracker.domain.reminders import Letter, Message
from tracker.domain.words import N_
from tracker.web.words import Language, chosen

TEXT = N_(
    "Tonight's form is ready:\n"
    "{tonight}\n"
    "\n"
    "To end these mails, open this and press the button:\n"
    "{off}\n"
)
ASKING = N_(
    "Somebody, most likely you, wants to get reminders at this address.\n"
    "\n"
    "If so, open this and press the button:\n"
    "{link}\n"
    "\n"
    "If not, do nothing: no further mail will come.\n"
)


def in_language_of(languages: Mapping[str, Language]) -> Callable[[Account], Message]:
    """Return what gives somebody's words; who follows the browser gets English."""
    return lambda who: message(chosen(languages, [who.language]))


def message(language: Language) -> Message:
    """Return the words of a reminder."""
    say = language.catalogue.gettext
    return Message(
        title="Evenfall",
        body=say("Tonight's form is ready."),
        off=say("No more reminders"),
        is_off=say("Reminders are off. Tap to turn them on again."),
        subject=say("Evenfall: tonight's form is ready"),
        text=say(TEXT),
    )


def asking(language: Language, to: str, link: str) -> Letter:
    """Return the mail that asks whether its reader wants reminders."""
    say = language.catalogue.gettext
    subject = say("Evenfall: do you want reminders here?")
    return Letter(to, subject, say(ASKING).replace("{link}", link))
