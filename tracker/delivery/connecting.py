"""Connections to hosts that others named: public addresses only, checked on the line itself."""

import http.client
import ipaddress
import socket
import ssl
from typing import Final

TIMEOUT: Final = 10.0  # seconds, for each step


class NotPublicError(OSError):
    """A host's name leads into a private network."""


class GuardedConnection(http.client.HTTPSConnection):
    """HTTPS to a public address.

    The address is looked at after connecting: a name may lead elsewhere each time it is asked.

    Args:
        host: whose certificate is asked for.
        port: where.
        trust: which authorities are believed.
        inside: whether addresses of this machine do too; for tests alone.
    """

    def __init__(self, host: str, port: int, trust: ssl.SSLContext, *, inside: bool) -> None:
        super().__init__(host, port, timeout=TIMEOUT, context=trust)
        self._trust: Final = trust
        self._inside: Final = inside

    def connect(self) -> None:
        """Connect, and refuse what is not public before a byte is sent."""
        line = socket.create_connection((self.host, self.port), TIMEOUT)
        if not (self._inside or is_public(line.getpeername()[0])):
            line.close()
            raise NotPublicError
        # Closes the line by itself where the certificate is not to be believed.
        self.sock = self._trust.wrap_socket(line, server_hostname=self.host)


def is_public(address: str) -> bool:
    """True for an address that anyone on the internet may be at.

    >>> [is_public(a) for a in ("192.0.2.1", "10.0.0.1", "::1", "::ffff:127.0.0.1", "224.0.0.1")]
    [False, False, False, False, False]
    >>> is_public("9.9.9.9"), is_public("2620:fe::fe")
    (True, True)
    """
    parsed = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(parsed, "ipv4_mapped", None)
    real = mapped or parsed
    return real.is_global and not real.is_multicast
