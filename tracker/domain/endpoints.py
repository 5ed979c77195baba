"""Push endpoints: addresses that come from outside, so only known services are spoken to."""

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, Self
from urllib.parse import urlsplit

from tracker.domain.words import N_, Refused

ENDPOINT_LIMIT: Final = 1_000  # characters; the longest seen have about 500
PORT: Final = 443
# A leading dot means every name below. Google (Chrome, Edge on Android, Samsung, Opera),
# Mozilla, Apple, Microsoft.
SERVICES: Final = (
    "fcm.googleapis.com",
    ".push.services.mozilla.com",
    ".push.apple.com",
    ".notify.windows.com",
)
_PLAIN: Final = re.compile(r"https://[\x21-\x7e]+", re.ASCII)
_POINT_BYTES: Final = 65  # an uncompressed point of P-256
_SECRET_BYTES: Final = 16


class EndpointRefused(Refused):
    """The browser's push service is none that this server speaks to."""

    def __init__(self) -> None:
        super().__init__(
            N_("This browser's push service is not known here. Mail or the alarm file still work.")
        )


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a browser is pushed to, and the keys that only it can read by (RFC 8291).

    `public` is the browser's point of P-256, 65 bytes, `secret` its 16 bytes.
    """

    url: str = field(repr=False)
    public: bytes = field(repr=False)
    secret: bytes = field(repr=False)

    @classmethod
    def read(cls, url: str, public: str, secret: str, hosts: Iterable[str]) -> Self:
        """Return the endpoint that a browser names, with both keys in base64url.

        Raises:
            EndpointRefused: its host is none of `hosts`, or something is not as browsers send it.
        """
        if not is_allowed(url, hosts):
            raise EndpointRefused
        made = cls(url, _bytes_of(public), _bytes_of(secret))
        point = len(made.public) == _POINT_BYTES and made.public[0] == 4  # noqa: PLR2004 - SEC 1
        if not point or len(made.secret) != _SECRET_BYTES:
            raise EndpointRefused
        return made


def is_allowed(url: str, hosts: Iterable[str]) -> bool:
    """True where `url` is https on its usual port at one of `hosts`.

    A host with a port of its own is one of a test's.

    >>> is_allowed("https://fcm.googleapis.com/fcm/send/x", SERVICES)
    True
    >>> [is_allowed(url, SERVICES) for url in ("http://fcm.googleapis.com/x",
    ...     "https://fcm.googleapis.com:8443/x", "https://push.apple.com.example.org/x")]
    [False, False, False]
    """
    if len(url) > ENDPOINT_LIMIT or _PLAIN.fullmatch(url) is None:
        return False
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or PORT
    except ValueError:
        return False
    if "@" in parts.netloc or parts.fragment or "\\" in url:
        return False
    named = host if port == PORT else f"{host}:{port}"
    return any(named == one or (one.startswith(".") and named.endswith(one)) for one in hosts)


def _bytes_of(text: str) -> bytes:
    bare = text.rstrip("=")
    try:
        return base64.b64decode(bare + "=" * (-len(bare) % 4), b"-_", validate=True)
    except ValueError:
        raise EndpointRefused from None
