"""The key file: what an installation can't be rebuilt without, under a passphrase.

Argon2id turns the passphrase into a key; ChaCha20-Poly1305 (RFC 8439) under it hides the content
and shows any change.
"""

import base64
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Self

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from tracker.domain.words import N_, Refused

MAGIC: Final = b"EVENFALL KEYS 1\n"
SALT_BYTES: Final = 16
HEAD_BYTES: Final = len(MAGIC) + SALT_BYTES
KEY_BYTES: Final = 32
NONCE: Final = bytes(12)  # the key is new for each file, as the salt is
# RFC 9106, second choice for machines short of memory, doubled in time: about half a second.
MEMORY_KIB: Final = 64 * 1024
ROUNDS: Final = 6
LANES: Final = 1
LEAST_PASSPHRASE: Final = 15


class KeyFileRefused(Refused):
    """The passphrase is not the one, or the file is not one of ours."""


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What a key file holds.

    Attributes:
        secret: the bytes of `secret.key`.
        settings: the `TRACKER_*` variables of that day.
        push: the bytes of `push.key`.
        help_text: the operator's help list; "" where there was none.
    """

    secret: bytes = field(repr=False)
    settings: Mapping[str, str] = field(repr=False)
    push: bytes = field(repr=False)
    help_text: str = ""

    def sealed(self, passphrase: str) -> bytes:
        """Return the file's bytes; each time others.

        Raises:
            KeyFileRefused: the passphrase is too short to protect keys.
        """
        if len(passphrase) < LEAST_PASSPHRASE:
            raise KeyFileRefused(
                N_("The passphrase needs at least %(least)s characters."), least=LEAST_PASSPHRASE
            )
        told = {
            "secret": base64.b64encode(self.secret).decode("ascii"),
            "settings": dict(self.settings),
            "push": base64.b64encode(self.push).decode("ascii"),
            "help": self.help_text,
        }
        head = MAGIC + secrets.token_bytes(SALT_BYTES)
        salt = head[len(MAGIC) :]
        return head + cipher_of(passphrase, salt).encrypt(NONCE, json.dumps(told).encode(), head)

    @classmethod
    def opened(cls, content: bytes, passphrase: str) -> Self:
        """Return what a file holds.

        Raises:
            KeyFileRefused: the passphrase is another, or the file was changed.
        """
        head, hidden = content[:HEAD_BYTES], content[HEAD_BYTES:]
        if not head.startswith(MAGIC) or len(head) < HEAD_BYTES:
            raise KeyFileRefused(N_("This is no file that tracker backup --keys wrote."))
        try:
            salt = head[len(MAGIC) :]
            told = json.loads(cipher_of(passphrase, salt).decrypt(NONCE, hidden, head))
        except InvalidTag:
            raise KeyFileRefused(
                N_("The passphrase is another, or the file was changed.")
            ) from None
        secret, push = (base64.b64decode(told[name]) for name in ("secret", "push"))
        return cls(secret, told["settings"], push, told["help"])


def cipher_of(passphrase: str, salt: bytes) -> ChaCha20Poly1305:
    """Return the cipher of a passphrase; each salt serves once, so `NONCE` may be fixed."""
    return ChaCha20Poly1305(
        hash_secret_raw(passphrase.encode(), salt, ROUNDS, MEMORY_KIB, LANES, KEY_BYTES, Type.ID)
    )
