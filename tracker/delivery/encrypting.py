"""Encryption of a push message for one browser alone: RFC 8291, on the coding of RFC 8188."""

import secrets
import struct
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tracker.domain.endpoints import Endpoint

CURVE: Final = ec.SECP256R1()
SALT_BYTES: Final = 16
RECORD_BYTES: Final = 4096  # one record holds it all; push services take no more
LAST: Final = b"\x02"  # ends the last record's content, RFC 8188, 2


def encrypted(
    content: bytes,
    endpoint: Endpoint,
    ours: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """Return the body that only the browser at `endpoint` can read.

    Args:
        content: at most 3993 bytes.
        endpoint: whose.
        ours: the sender's key of this one message; drawn by default.
        salt: 16 bytes; drawn by default.

    Raises:
        ValueError: the browser's key is no point of the curve.
    """
    ours = ours or ec.generate_private_key(CURVE)
    salt = salt or secrets.token_bytes(SALT_BYTES)
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, endpoint.public)
    point = public_bytes(ours)
    info = b"WebPush: info\0" + endpoint.public + point
    shared = ours.exchange(ec.ECDH(), theirs)
    material = HKDF(SHA256(), 32, endpoint.secret, info).derive(shared)
    key = HKDF(SHA256(), 16, salt, b"Content-Encoding: aes128gcm\0").derive(material)
    nonce = HKDF(SHA256(), 12, salt, b"Content-Encoding: nonce\0").derive(material)
    head = salt + struct.pack("!IB", RECORD_BYTES, len(point)) + point
    return head + AESGCM(key).encrypt(nonce, content + LAST, None)


def public_bytes(key: ec.EllipticCurvePrivateKey) -> bytes:
    """Return the point that belongs to a key, 65 bytes."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
