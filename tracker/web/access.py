"""Who may open what: a view without a declared policy stops the application from being made."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeVar

from flask import Flask, current_app, request
from werkzeug.exceptions import Forbidden, NotFound, Unauthorized

from tracker.domain.people import Role
from tracker.web import context

View = TypeVar("View", bound=Callable[..., Any])
Found = TypeVar("Found")

ANY_FIELD: Final = "*"  # in `repeats`: the view itself looks at fields sent twice
FORM_BYTES: Final = 128 * 1024  # a night with the longest note, percent-encoded, is a third of it


class Policy(StrEnum):
    """Who a view is for."""

    PUBLIC = "public"  # anyone
    LINK = "link"  # who holds the link; it comes from mails and workers, so no origin is asked
    SIGNED_OUT = "signed_out"  # strangers: sign-in, register; no session, so no token is asked
    SETTING_UP = "setting_up"  # anyone with an account, also before the second factor is set
    SIGNED_IN = "signed_in"  # anyone with an account, and with the second factor that it needs
    PATIENT = "patient"  # who keeps a diary
    CLINICIAN = "clinician"  # who reads diaries as a clinician
    COORDINATOR = "coordinator"  # who runs studies


OPEN: Final = frozenset({Policy.PUBLIC, Policy.LINK, Policy.SIGNED_OUT})
ROLES: Final[Mapping[Policy, Role]] = {
    Policy.PATIENT: Role.PATIENT,
    Policy.CLINICIAN: Role.CLINICIAN,
    Policy.COORDINATOR: Role.COORDINATOR,
}


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for one view. `repeats` names the fields that a form may send several times."""

    policy: Policy
    max_bytes: int = FORM_BYTES
    repeats: frozenset[str] = frozenset()


class PolicyMissingError(RuntimeError):
    """A view doesn't say who it is for."""


class SignedOut(Unauthorized):
    """The view is for people with an account, and nobody is signed in."""


class FactorMissing(Forbidden):
    """The account needs a second factor before it opens anything."""


_RULES: Final[dict[Callable[..., Any], Rules]] = {}


def policy(
    who: Policy, *, max_bytes: int = FORM_BYTES, repeats: Iterable[str] = ()
) -> Callable[[View], View]:
    """Declare who a view is for; stands under the route.

    Args:
        who: anyone else gets the sign-in page (strangers) or 403.
        max_bytes: of the request's body; more is 413.
        repeats: fields of which a form may send several; any other field twice is 400.
            `ANY_FIELD` leaves them all to the view.
    """

    def declare(view: View) -> View:
        _RULES[view] = Rules(who, max_bytes, frozenset(repeats))
        return view

    return declare


def demand_policies(app: Flask) -> None:
    """Check that every view says who it is for.

    Raises:
        PolicyMissingError: one doesn't.
    """
    for endpoint, view in app.view_functions.items():
        if view not in _RULES:
            raise PolicyMissingError(f"the view {endpoint} has no policy")


def rules() -> Rules | None:
    """Return what holds for the view asked for; None where there is no such view."""
    if request.endpoint is None:
        return None
    return _RULES[current_app.view_functions[request.endpoint]]


def check(who: Policy) -> None:
    """Let the right people through to a view.

    Raises:
        SignedOut: a stranger asked for what needs an account.
        FactorMissing: the account has to set up a second factor first.
        Forbidden: the account is of another role.
    """
    if who in OPEN:
        return
    signed_in = context.current().signed_in
    if signed_in is None:
        raise SignedOut
    if signed_in.lacks_factor and who is not Policy.SETTING_UP:
        raise FactorMissing
    if who in ROLES and signed_in.account.role is not ROLES[who]:
        raise Forbidden


def found(value: Found | None) -> Found:
    """Return `value`; what is not there, or not this person's, is the same 404.

    Raises:
        NotFound: it is None.
    """
    if value is None:
        raise NotFound
    return value
