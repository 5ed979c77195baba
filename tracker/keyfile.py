"""The key file: what an installation can't be rebuilt without, under a passphrase.

Argon2id turns the passphrase into two keys; SHAKE-256 under the one hides the content,
HMAC-SHA256 under the other shows any change. `docs/decisions/0002` says why not more.
"""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Self

from argon2.low_level import Type, hash_secret_raw

from tracker.domain.words import N_, Refused

MAGIC: Final = b"EVENFALL KEYS 1\n"
SALT_BYTES: Final = 16
KEY_BYTES: Final = 32
SEAL_BYTES: Final = 32
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
    """

    secret: bytes = field(repr=False)
    settings: Mapping[str, str] = field(repr=False)

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
        }
        salt = secrets.token_bytes(SALT_BYTES)
        hiding, sealing = _keys(passphrase, salt)
        hidden = MAGIC + salt + _hidden(hiding, json.dumps(told).encode())
        return hidden + hmac.digest(sealing, hidden, hashlib.sha256)

    @classmethod
    def opened(cls, content: bytes, passphrase: str) -> Self:
        """Return what a file holds.

        Raises:
            KeyFileRefused: the passphrase is another, or the file was changed.
        """
        body, seal = content[:-SEAL_BYTES], content[-SEAL_BYTES:]
        salt = body[len(MAGIC) : len(MAGIC) + SALT_BYTES]
        if not body.startswith(MAGIC) or len(salt) < SALT_BYTES:
            raise KeyFileRefused(N_("This is no file that tracker backup --keys wrote."))
        hiding, sealing = _keys(passphrase, salt)
        if not hmac.compare_digest(seal, hmac.digest(sealing, body, hashlib.sha256)):
            raise KeyFileRefused(N_("The passphrase is another, or the file was changed."))
        told = json.loads(_hidden(hiding, body[len(MAGIC) + SALT_BYTES :]))
        return cls(base64.b64decode(told["secret"]), told["settings"])


def _keys(passphrase: str, salt: bytes) -> tuple[bytes, bytes]:
    made = hash_secret_raw(
        passphrase.encode(), salt, ROUNDS, MEMORY_KIB, LANES, 2 * KEY_BYTES, Type.ID
    )
    return made[:KEY_BYTES], made[KEY_BYTES:]


def _hidden(key: bytes, content: bytes) -> bytes:
    """Return the content under a stream that only this key gives; twice gives it back.

    The key is new for each file, as the salt is, so no stream is used twice.
    """
    stream = hashlib.shake_256(key).digest(len(content))
    return bytes(mine ^ theirs for mine, theirs in zip(content, stream, strict=True))
