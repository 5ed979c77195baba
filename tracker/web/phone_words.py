"""The words of what happens on the phone itself, without a server to write them."""

from collections.abc import Mapping
from typing import Final

from tracker.domain.words import N_
from tracker.web.words import ENGLISH, _, current_language

# Beside the form: what became of a Save.
FORM: Final = {
    "saving": N_("Saving …"),
    "offline": N_("Saved on this phone. It will be sent when there is a connection."),
    "signed_out": N_("Saved on this phone. Sign in to send it."),
    "refused_for_now": N_("Saved on this phone. The server can't take it yet: sent in a while."),
    "attention": N_("Saved on this phone, but you need to look at it."),
    "unkept": N_(
        "Not saved. This phone can't keep it, and there is no connection. "
        "Leave this page open and try again, or download it."
    ),
    "not_saved": N_("Not saved."),
    "arrived": N_("Saved."),
    "another_evening": N_(
        "A new day has begun. This form is still for the day named above: save it, then open "
        "tonight's."
    ),
    "nothing": N_("Nothing is answered yet. One answer is enough to save."),
    "draft": N_("What you had begun is here again. It is not saved yet."),
    "download": N_("Download it"),
    "see": N_("What is on this phone"),
}
# On every page: what waits.
WAITING: Final = {
    "waits": N_("Waiting on this phone: {count}."),
    "needs": N_("You need to look at: {count}."),
    "others": N_("Of other people, waiting until they sign in: {count}."),
    "signed_out": N_("Waiting on this phone: {count}. Sign in to send."),
    "leaving": N_(
        "Not sent yet: {days}. It stays on this phone and is sent when you sign in again. "
        "Press once more to leave."
    ),
}
# In the shell, the page that opens without a connection.
SHELL: Final = {
    "tonight": N_("Tonight"),
    "yesterday": N_("Yesterday"),
    "night": N_("A night"),
    "no_connection": N_("No connection"),
    "needs_network": N_(
        "This page needs a connection. Tonight's form works without one: what you save stays on "
        "this phone and is sent later."
    ),
    "to_tonight": N_("Go to tonight"),
    "try_again": N_("Try again"),
    "stranger": N_(
        "Nobody is signed in on this phone, so there is no form to open without a connection."
    ),
    "offline_form": N_("No connection. What you save stays on this phone and is sent later."),
    "saved_before": N_(
        "This night was saved before. Only what you touch here is changed; the rest stays."
    ),
    "fell_asleep": N_("I fell asleep: fill in yesterday"),
    "save": N_("Save tonight"),
    "on_phone": N_("On this phone"),
    "what_waits": N_(
        "These nights are saved on this phone and not yet in your diary. "
        "They are sent by themselves when there is a connection."
    ),
    "nothing_waits": N_("Nothing waits on this phone: all that was saved here was sent."),
    "saved_at": N_("Saved on {time}"),
    "send_now": N_("Send now"),
    "download_all": N_("Download these nights"),
    "all_sent": N_("Sent. Nothing waits any more."),
    "clock": N_(
        "The clock of this phone was wrong or changed, so it is not certain which night this is. "
        "Which one is it?"
    ),
    "old": N_(
        "This was begun and never saved, and its night is closed. It can become a note for that "
        "day, or be saved for another night if that is what you meant."
    ),
    "which_night": N_("Night"),
    "send_for_night": N_("Save for this night"),
    "keep_as_note": N_("Keep as a note for this day"),
    "throw_away": N_("Throw it away"),
    "press_again": N_("Press once more to throw it away"),
}
# The four places, by their addresses.
PLACES: Final = {
    "/": N_("Tonight"),
    "/trends/": N_("Trends"),
    "/response/": N_("Answer"),
    "/shares/": N_("Share"),
}


def in_words(texts: Mapping[str, str]) -> dict[str, str]:
    """Return texts in the reader's language."""
    return {key: _(text) for key, text in texts.items()}


def carried() -> dict[str, str]:
    """Return what a phone must keep to speak without a connection; the shell speaks English."""
    if current_language() is ENGLISH:
        return {}
    return in_words({**SHELL, **FORM, **WAITING, **PLACES})
