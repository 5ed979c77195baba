"""Who we are to push services: a key of this installation, and tokens by it (RFC 8292)."""

import base64
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from tracker.delivery.encrypting import CURVE, public_bytes
from tracker.keys import SECRET_BYTES, keep_secret, read_secret

LIFE: Final = timedelta(hours=12)  # the RFC allows 24
HEAD: Final = {"typ": "JWT", "alg": "ES256"}

Key = ec.EllipticCurvePrivateKey


def made_or_read(file: Path) -> Key:
    """Return the installation's key; make its file first where there is none.

    Browsers bind their subscriptions to it: with another key all of them are lost.

    Raises:
        KeyRefused: the file can't be made or read, or others may read it.
    """
    if not file.exists():
        made = ec.generate_private_key(CURVE).private_numbers().private_value
        keep_secret(file, made.to_bytes(SECRET_BYTES, "big"))
    return ec.derive_private_key(int.from_bytes(read_secret(file), "big"), CURVE)


def public_text(key: Key) -> str:
    """Return the public key as browsers want it."""
    return _text(public_bytes(key))


def authorization(key: Key, endpoint: str, subject: str | None, now: datetime) -> str:
    """Return the header that says to the push service of `endpoint` who sends.

    Args:
        key: the installation's.
        endpoint: the address pushed to.
        subject: how the service's keepers reach the operator, `mailto:` or https; None: unknown.
        now: when.
    """
    parts = urlsplit(endpoint)
    claims: dict[str, object] = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((now + LIFE).timestamp()),
    }
    if subject is not None:
        claims["sub"] = subject
    return f"vapid t={token(key, claims)}, k={public_text(key)}"


def token(key: Key, claims: dict[str, object]) -> str:
    """Return the claims as a signed JSON web token."""
    said = unsigned(claims)
    numbers = decode_dss_signature(key.sign(said.encode(), ec.ECDSA(SHA256())))
    return f"{said}.{_text(b''.join(each.to_bytes(32, 'big') for each in numbers))}"


def unsigned(claims: dict[str, object]) -> str:
    """Return what is signed of a token."""
    return ".".join(
        _text(json.dumps(part, separators=(",", ":")).encode()) for part in (HEAD, claims)
    )


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
