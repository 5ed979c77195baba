"""Encryption at rest of what a stolen database shall not tell: addresses, endpoints."""

import secrets
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

NONCE_BYTES: Final = 12  # drawn anew for each text; RFC 8439


def seal(key: bytes, content: bytes, whose: str) -> bytes:
    """Return `content` encrypted, bound to the row's owner: elsewhere it doesn't open."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, content, whose.encode())


def unseal(key: bytes, hidden: bytes, whose: str) -> bytes | None:
    """Return what was encrypted; None where it was under another key or for somebody else.

    >>> hidden = seal(b"k" * 32, b"moth@example.org", "moth")
    >>> unseal(b"k" * 32, hidden, "moth"), unseal(b"l" * 32, hidden, "moth")
    (b'moth@example.org', None)
    """
    nonce, rest = hidden[:NONCE_BYTES], hidden[NONCE_BYTES:]
    try:
        return ChaCha20Poly1305(key).decrypt(nonce, rest, whose.encode())
    except InvalidTag:
        return None
