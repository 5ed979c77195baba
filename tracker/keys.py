"""The keys: derived from one file of random bytes that only its owner can read."""

import hashlib
import hmac
import os
import secrets
import stat
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Final, Self

from tracker.disk import sync
from tracker.domain.words import N_, Refused

SECRET_BYTES: Final = 32
OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


class KeyRefused(Refused):
    """The secret key can't be made, or is not safe to use."""


@dataclass(frozen=True, slots=True)
class Keys:
    """One key for each purpose, 32 bytes each; none tells another.

    Attributes:
        session: signs the session cookie.
        csrf: signs the tokens in forms.
        audit: seals the audit chains.
        totp: encrypts second factors at rest.
        reminders: encrypts mail addresses and push endpoints at rest.
        links: makes the tokens of links that are sent again and again.
        plans: hides the keys of blinded plans that the installation itself keeps.
    """

    session: bytes = field(repr=False)
    csrf: bytes = field(repr=False)
    audit: bytes = field(repr=False)
    totp: bytes = field(repr=False)
    reminders: bytes = field(repr=False)
    links: bytes = field(repr=False)
    plans: bytes = field(repr=False)

    @classmethod
    def derived(cls, secret: bytes) -> Self:
        """Return the keys that follow from a secret."""
        return cls(
            **{
                purpose.name: hmac.digest(
                    secret, f"tracker/1/{purpose.name}".encode(), hashlib.sha256
                )
                for purpose in fields(cls)
            }
        )

    @classmethod
    def read(cls, file: Path) -> Self:
        """Return the keys of an existing file.

        Raises:
            KeyRefused: it can't be read, others may read it, or it is too short.
        """
        return cls.derived(read_secret(file))

    @classmethod
    def made_or_read(cls, file: Path) -> Self:
        """Return the file's keys; make the file first where there is none.

        Raises:
            KeyRefused: see `read`; or the file can't be made.
        """
        if not file.exists():
            keep_secret(file, secrets.token_bytes(SECRET_BYTES))
        return cls.read(file)


def read_secret(file: Path) -> bytes:
    """Return the bytes of a file that only its owner can read.

    Raises:
        KeyRefused: it can't be read, others may read it, or it is too short.
    """
    try:
        with file.open("rb") as opened:
            mode = os.fstat(opened.fileno()).st_mode
            secret = opened.read()
    except OSError as error:
        raise KeyRefused(
            N_("The key %(file)s can't be read: %(why)s."), file=file, why=error.strerror
        ) from error
    if mode & OTHERS:
        raise KeyRefused(N_("Others can read the key %(file)s: run chmod 600 on it."), file=file)
    if len(secret) < SECRET_BYTES:
        raise KeyRefused(
            N_("The key %(file)s is too short: put a backup of it in its place."), file=file
        )
    return secret


def keep_secret(file: Path, content: bytes) -> None:
    """Write a file that only its owner can read; one that is already there wins.

    It gets its name when it is complete and on the disk, and the name is there too on return:
    neither a kill, a power cut nor a second program can leave half a key, or none.
    """
    draft = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    try:
        descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as opened:
                opened.write(content)
                opened.flush()
                os.fsync(opened.fileno())
            os.link(draft, file)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
        sync(file.parent)
    except OSError as error:
        raise KeyRefused(
            N_("The key %(file)s can't be made: %(why)s."), file=file, why=error.strerror
        ) from error
