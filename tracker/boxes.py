"""Boxes: anybody may close one, only the holder of its key opens it.

X25519 (RFC 7748) with a key drawn for each box, HKDF-SHA256 (RFC 5869), ChaCha20-Poly1305 (RFC
8439). Closing needs the public half alone, so whoever holds the server's files can't open what a
person's passphrase guards. The private half lies beside it under that passphrase.
"""

import secrets
from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tracker.domain.words import N_, Refused
from tracker.keyfile import KEY_BYTES, LEAST_PASSPHRASE, NONCE, SALT_BYTES, cipher_of

PUBLIC_BYTES: Final = 32
PRIVATE_BYTES: Final = 32
PURPOSE: Final = b"tracker/1/box"


class BoxRefused(Refused):
    """The passphrase is too short or another, or what was closed was changed."""


@dataclass(frozen=True, slots=True)
class Lock:
    """What closes boxes, and opens them with its passphrase.

    `public` closes a box; `hidden` is the private half under the passphrase.
    """

    public: bytes
    hidden: bytes = field(repr=False)

    def opened(self, passphrase: str) -> "Key":
        """Return the key that opens this lock's boxes; takes about half a second.

        Raises:
            BoxRefused: the passphrase is another.
        """
        salt, rest = self.hidden[:SALT_BYTES], self.hidden[SALT_BYTES:]
        try:
            private = cipher_of(passphrase, salt).decrypt(NONCE, rest, self.public)
        except InvalidTag:
            raise BoxRefused(N_("This is not the passphrase of this key.")) from None
        return Key(private)


@dataclass(frozen=True, slots=True)
class Key:
    """What opens the boxes of one lock; 32 bytes that are kept nowhere."""

    private: bytes = field(repr=False)

    @property
    def public(self) -> bytes:
        """What closes a box for this key."""
        return X25519PrivateKey.from_private_bytes(self.private).public_key().public_bytes_raw()

    def open(self, box: bytes, about: str) -> bytes:
        """Return what a box holds.

        Raises:
            BoxRefused: it was closed for another key, about something else, or was changed.
        """
        theirs, hidden = box[:PUBLIC_BYTES], box[PUBLIC_BYTES:]
        try:
            shared = X25519PrivateKey.from_private_bytes(self.private).exchange(
                X25519PublicKey.from_public_bytes(theirs)
            )
            return _cipher(shared, theirs, self.public).decrypt(NONCE, hidden, about.encode())
        except (InvalidTag, ValueError):
            raise BoxRefused(N_("What was sealed was changed, or belongs elsewhere.")) from None


def new_key() -> Key:
    """Draw a key: any 32 bytes are one (RFC 7748, section 5)."""
    return Key(secrets.token_bytes(PRIVATE_BYTES))


def lock_up(key: Key, passphrase: str) -> Lock:
    """Return the lock of a key under a passphrase; takes about half a second.

    Raises:
        BoxRefused: the passphrase is too short to protect a key.
    """
    if len(passphrase) < LEAST_PASSPHRASE:
        raise BoxRefused(
            N_("The passphrase needs at least %(least)s characters."), least=LEAST_PASSPHRASE
        )
    salt, public = secrets.token_bytes(SALT_BYTES), key.public
    return Lock(public, salt + cipher_of(passphrase, salt).encrypt(NONCE, key.private, public))


def close(public: bytes, content: bytes, about: str) -> bytes:
    """Return a box that the key of `public` opens, where it is told what the box is about.

    >>> key = new_key()
    >>> key.open(close(key.public, b"AB", "plan 7"), "plan 7")
    b'AB'
    """
    ours = X25519PrivateKey.from_private_bytes(new_key().private)
    mine = ours.public_key().public_bytes_raw()
    shared = ours.exchange(X25519PublicKey.from_public_bytes(public))
    return mine + _cipher(shared, mine, public).encrypt(NONCE, content, about.encode())


def _cipher(shared: bytes, mine: bytes, public: bytes) -> ChaCha20Poly1305:
    """Return the cipher of one box; its nonce may be fixed, for its key is used once."""
    derive = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=PURPOSE + mine + public)
    return ChaCha20Poly1305(derive.derive(shared))
