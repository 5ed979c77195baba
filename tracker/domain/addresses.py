"""Mail addresses as far as reminders need them: one plain address, in ASCII."""

import re
from typing import Final

from tracker.domain.words import N_, Refused

ADDRESS_LIMIT: Final = 254  # RFC 5321, 4.5.3.1.3, without the angle brackets
_LOCAL: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL: Final = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS: Final = re.compile(rf"(?P<local>{_LOCAL})@(?P<domain>{_LABEL}(?:\.{_LABEL})*)", re.ASCII)
_LOCAL_LIMIT: Final = 64  # RFC 5321, 4.5.3.1.1


class AddressRefused(Refused):
    """The text is no mail address that reminders can be sent to."""


def clean_address(text: str) -> str:
    """Return `text` as a mail address, its domain in small letters.

    Raises:
        AddressRefused: it is none, or one that needs more than ASCII.

    >>> clean_address(" Moth@Example.org ")
    'Moth@example.org'
    """
    address = text.strip()
    found = _ADDRESS.fullmatch(address)
    if found is None or len(address) > ADDRESS_LIMIT or len(found["local"]) > _LOCAL_LIMIT:
        raise AddressRefused(N_("Enter a mail address, such as moth@example.org."))
    return f"{found['local']}@{found['domain'].lower()}"


def address_in(text: str) -> str | None:
    """Return the first mail address that stands in a line; None where there is none.

    >>> address_in("Anna, <anna@example.org>, or ask next door"), address_in("ask next door")
    ('anna@example.org', None)
    """
    found = _ADDRESS.search(text)
    return None if found is None else found[0]
