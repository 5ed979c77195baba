"""Second factors: what proves an account besides its password, and how a code is read."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

LABEL_LIMIT: Final = 40  # code points
STEP: Final = timedelta(seconds=30)  # RFC 6238: a code is of one step
DRIFT: Final = 1  # steps before and after that are taken too: clocks differ, thumbs are slow
DIGITS: Final = 6
CODE: Final = re.compile(rf"[0-9]{{{DIGITS}}}", re.ASCII)
SETUP_LIFE: Final = timedelta(days=1)  # a factor that was begun and never confirmed goes after
GROUP: Final = 4


class FactorKind(StrEnum):
    """What a second factor is."""

    TOTP = "totp"  # an authenticator app: RFC 6238


@dataclass(frozen=True, slots=True)
class Factor:
    """A second factor of an account.

    `secret` is encrypted. `confirmed_at` and `last_step` are None until a first code proved that
    the app has the secret; `last_step` is the step of the last code taken: none before it, nor it
    again, opens anything.
    """

    id: str
    kind: FactorKind
    secret: bytes = field(repr=False)
    label: str
    created_at: datetime
    confirmed_at: datetime | None = None
    last_step: int | None = None


def step_at(now: datetime) -> int:
    """Return the number of the step that `now` lies in, counted from 1970.

    >>> from datetime import UTC
    >>> step_at(datetime(2005, 3, 18, 1, 58, 29, tzinfo=UTC))
    37037036
    """
    return int(now.timestamp()) // int(STEP.total_seconds())


def clean_digits(text: str) -> str | None:
    """Return the code that an app showed, however its digits were spaced; None where it is none.

    >>> clean_digits(" 123 456"), clean_digits("7K2M-1234")
    ('123456', None)
    """
    digits = "".join(text.split())
    return digits if CODE.fullmatch(digits) else None


def grouped(secret: str) -> str:
    """Return a secret as it is read off and typed.

    >>> grouped("ABCDEFGHIJ")
    'ABCD EFGH IJ'
    """
    return " ".join(secret[start : start + GROUP] for start in range(0, len(secret), GROUP))
