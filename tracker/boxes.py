"""Boxes: anybody may close one, only the holder of its key opens it.

X25519 (RFC 7748) with a key drawn for each box, HKDF-SHA256 (RFC 5869), ChaCha20-Poly1305 (RFC
8439). Closing needs the public half alone, so whoever holds the server's files can't open what a
person's passphrase guards. The private half lies beside it under that passphrase.
"""

import re
import secrets
from dataclasses import dataclass, field
from typing import Final, Self

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
PARCEL: Final = "evenfall-plan-key-1"
_HEX: Final = r"((?:[0-9a-f]{2}){1,200})"
_PARCEL: Final = re.compile(
    rf"{PARCEL} ([A-Za-z0-9/_-]{{1,60}}) ([0-9a-f]{{64}}) {_HEX} {_HEX}", re.ASCII
)


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


@dataclass(frozen=True, slots=True)
class Parcel:
    """A box and its lock as a file: both closed, and of no use without the passphrase."""

    about: str
    lock: Lock = field(repr=False)
    box: bytes = field(repr=False)

    def written(self) -> bytes:
        """Return the file, a line of text."""
        parts = [
            self.about,
            *(part.hex() for part in (self.lock.public, self.lock.hidden, self.box)),
        ]
        return (" ".join([PARCEL, *(part.replace(" ", "/") for part in parts)]) + "\n").encode()

    @classmethod
    def read(cls, content: bytes) -> Self:
        """Return what a file holds.

        Raises:
            BoxRefused: it is no such file.
        """
        found = _PARCEL.fullmatch(content.decode("ascii", "replace").strip())
        if found is None:
            raise BoxRefused(N_("This is no key file of a plan. Take the whole of it."))
        about, *parts = found.groups()
        public, hidden, box = map(bytes.fromhex, parts)
        return cls(about.replace("/", " "), Lock(public, hidden), box)


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
