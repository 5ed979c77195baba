"""Clinicians and coordinators signed in through real storage, with and without a second factor."""

from datetime import timedelta
from typing import Final

import pyotp
from flask import Flask

from tests.web.client import Visitor, sign_up
from tests.web.signing import installed
from tracker.domain.factors import Factor, FactorKind, step_at
from tracker.domain.people import Role
from tracker.services import codes
from tracker.storage import factors

SECRET: Final = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def add_factor(visitor: Visitor, factor_id: str = "a-phone", label: str = "") -> str:
    """Give somebody a second factor, some codes ago; return its id."""
    assert visitor.account is not None
    made, who = installed(visitor.app), visitor.account
    now = made.settings.clock()
    sealed = codes.seal_secret(made.keys.totp, SECRET, who.id, factor_id)
    factor = Factor(factor_id, FactorKind.TOTP, sealed, label, now, now, step_at(now) - 10)
    with made.database.writing() as session:
        factors.add(session, who.id, factor)
    return factor_id


def reader(app: Flask, role: Role, name: str = "Ada", *, complete: bool = True) -> Visitor:
    """Return somebody who reads what others wrote, signed in."""
    visitor = sign_up(app, name, role=role)
    if complete:
        add_factor(visitor)
    return visitor


def code(visitor: Visitor, steps: int = 0) -> str:
    """Return what the app shows, so many steps from now."""
    at = installed(visitor.app).settings.clock() + timedelta(seconds=30 * steps)
    return pyotp.TOTP(SECRET).at(at)
