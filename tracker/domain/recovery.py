"""Recovery codes: what stands on the sheet, and how a typed one is read."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final

CODES: Final = 10  # on a sheet
LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's 32: none looks like another
GROUPS: Final = 4
GROUP: Final = 4  # 4 x 4 letters of 5 bits: 80 bits
LINK_LIFE: Final = timedelta(days=3)  # of the operator's link to a new password

_ALIKE: Final = str.maketrans("OIL", "011")


def make_code(draw: Callable[[Sequence[str]], str]) -> str:
    """Return a code of letters drawn by `draw`.

    >>> make_code(max)
    'ZZZZ-ZZZZ-ZZZZ-ZZZZ'
    """
    return "-".join("".join(draw(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))


def clean_code(text: str) -> str:
    """Return a typed code as it is hashed: without spaces and dashes, look-alikes told apart.

    >>> clean_code("zzzz-o1il zzzz zzzz")
    'ZZZZ0111ZZZZZZZZ'
    """
    return "".join(letter for letter in text.upper() if letter.isalnum()).translate(_ALIKE)


def hash_code(text: str) -> bytes:
    """Return what is stored of a code, and looked for where one was typed."""
    return hashlib.sha256(clean_code(text).encode()).digest()
