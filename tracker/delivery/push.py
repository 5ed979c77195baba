"""Web push: one message handed to one browser's push service."""

import http.client
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from tracker.delivery import vapid
from tracker.delivery.connecting import GuardedConnection
from tracker.delivery.encrypting import encrypted
from tracker.domain.endpoints import PORT, Endpoint, is_allowed
from tracker.domain.reminders import TAG, Fate

# Not found, gone: the browser unsubscribed. Bad request, unauthorised, forbidden: the
# subscription belongs to another key, and no later try will change that.
DEAD: Final = frozenset({400, 401, 403, 404, 410})


@dataclass(frozen=True, slots=True)
class Pusher:
    """Who pushes.

    Attributes:
        key: the installation's.
        subject: how push services reach the operator; None where that is not known.
        hosts: the services that are spoken to, no others.
        clock: tells when tokens end.
        trust: whose certificates are believed.
        inside: whether hosts may be on this machine; for tests alone.
    """

    key: vapid.Key = field(repr=False)
    subject: str | None
    hosts: Sequence[str]
    clock: Callable[[], datetime]
    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    inside: bool = False

    def push(self, endpoint: Endpoint, content: bytes, seconds: int) -> Fate:
        """Hand a message over; say what became of it.

        Args:
            endpoint: the browser's.
            content: at most 3993 bytes.
            seconds: how long the service keeps it for a phone that is off.
        """
        if not is_allowed(endpoint.url, self.hosts):
            return Fate.GONE
        try:
            body = encrypted(content, endpoint)
        except ValueError:
            return Fate.GONE
        return self._posted(endpoint.url, body, seconds)

    def _posted(self, url: str, body: bytes, seconds: int) -> Fate:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or PORT
        line = GuardedConnection(host, port, self.trust, inside=self.inside)
        headers = {
            "Authorization": vapid.authorization(self.key, url, self.subject, self.clock()),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(max(0, seconds)),
            # An undelivered one makes room for a later one.
            "Topic": TAG,
            "Urgency": "normal",
        }
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        try:
            line.request("POST", target or "/", body, headers)
            return _fate(line.getresponse().status)
        except (OSError, http.client.HTTPException):
            return Fate.LATER
        finally:
            line.close()


def _fate(status: int) -> Fate:
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return Fate.ACCEPTED
    return Fate.GONE if status in DEAD else Fate.LATER
