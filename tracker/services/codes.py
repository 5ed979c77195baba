"""Codes of authenticator apps: RFC 6238, as pyotp computes them."""

import hmac
from datetime import datetime
from typing import Final

import pyotp

from tracker.domain.factors import DIGITS, DRIFT, clean_digits, step_at
from tracker.sealing import seal, unseal

ISSUER: Final = "Evenfall"


def new_secret() -> str:
    """Return 160 random bits as apps take them: 32 letters of base 32."""
    return pyotp.random_base32()


def uri(secret: str, name: str) -> str:
    """Return what an app reads from a QR code, or opens by a link."""
    return pyotp.TOTP(secret, digits=DIGITS, name=name, issuer=ISSUER).provisioning_uri()


def step_of(secret: str, typed: str, now: datetime) -> int | None:
    """Return the step that `typed` is the code of, one before or after now's; None for no code."""
    code = clean_digits(typed)
    if code is None:
        return None
    app, here = pyotp.TOTP(secret, digits=DIGITS), step_at(now)
    steps = range(here - DRIFT, here + DRIFT + 1)
    return next((n for n in steps if hmac.compare_digest(app.generate_otp(n), code)), None)


def seal_secret(key: bytes, secret: str, owner: str, factor_id: str) -> bytes:
    """Return `secret` encrypted, bound to its row."""
    return seal(key, secret.encode(), f"{owner}/{factor_id}")


def unseal_secret(key: bytes, hidden: bytes, owner: str, factor_id: str) -> str | None:
    """Return the secret; None where it was encrypted under another key, or for another row."""
    opened = unseal(key, hidden, f"{owner}/{factor_id}")
    return None if opened is None else opened.decode()
