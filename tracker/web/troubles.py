"""Every kind of trouble a page can meet: its status, its word for scripts, its words for people."""

from dataclasses import dataclass
from typing import Final

from tracker.domain.words import N_


@dataclass(frozen=True, slots=True)
class Trouble:
    """One kind of trouble. `slug` is the script's word; `retry` says whether later may do."""

    status: int
    slug: str
    title: str
    text: str
    retry: bool = False


BAD_REQUEST: Final = Trouble(
    400,
    "bad_request",
    N_("That request could not be read"),
    N_("Something in it was damaged, or it was not meant for this address. Go back, try again."),
)
SIGNED_OUT: Final = Trouble(
    401,
    "signed_out",
    N_("Please sign in"),
    N_("You were signed out in the meantime. Sign in, and what you typed can be saved."),
    retry=True,
)
FORBIDDEN: Final = Trouble(
    403, "forbidden", N_("This is not open to you"), N_("Your account is not made for this page.")
)
FACTOR_MISSING: Final = Trouble(
    403,
    "factor_missing",
    N_("Your second factor is missing"),
    N_("This account opens once its second factor is set up."),
)
BAD_TOKEN: Final = Trouble(
    403,
    "csrf",
    N_("Please send that again"),
    N_("The page was open since an earlier sign-in, so nothing has been saved yet."),
    retry=True,
)
FOREIGN: Final = Trouble(
    403,
    "origin",
    N_("That came from somewhere else"),
    N_("Only pages of this diary may change it, so nothing was changed."),
)
OPEN_NETWORK: Final = Trouble(
    403,
    "not_encrypted",
    N_("Sign-in needs https"),
    N_("On this connection others in the network could read your password and your diary."),
)
NOT_FOUND: Final = Trouble(
    404,
    "not_found",
    N_("There is nothing here"),
    N_("The address may be mistyped, or what was here is gone."),
)
METHOD: Final = Trouble(
    405, "method", N_("This page can't do that"), N_("Go back, and use the button there.")
)
WRONG_USER: Final = Trouble(
    409,
    "wrong_user",
    N_("This form is not yours"),
    N_("Someone else opened it on this device. Nothing was saved. Go to tonight's own form."),
)
TOO_LARGE: Final = Trouble(
    413,
    "too_large",
    N_("That is too much at once"),
    N_("Nothing was saved. Send less, or a smaller file."),
)
REFUSED: Final = Trouble(422, "refused", N_("That could not be saved as it is"), "")
TOO_MANY: Final = Trouble(
    429,
    "too_many",
    N_("Please wait a moment"),
    N_("There were many attempts in a short time. Try again a little later."),
    retry=True,
)
FAILED: Final = Trouble(
    500,
    "failed",
    N_("Something broke on our side"),
    N_("It is not your doing, and it has been noted. Nothing that was saved is lost."),
    retry=True,
)
BUSY: Final = Trouble(503, "busy", N_("Not saved yet"), "", retry=True)
UNNOTED: Final = Trouble(503, "busy", N_("Nothing is shown just now"), "", retry=True)
FULL: Final = Trouble(507, "full", N_("Not saved"), "", retry=True)
