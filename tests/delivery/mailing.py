"""A mail host on this machine: real SMTP."""

import asyncio
import email
import email.policy
import ssl
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass(slots=True)
class MailHost:
    """What the host was handed; `refuses` holds its answer by address, "" for all of them."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, list[str]]] = field(default_factory=list)
    refuses: dict[str, str] = field(default_factory=dict)
    users: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Return its address as `TRACKER_SMTP_URL` takes it."""
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's own name and arguments
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a recipient, or not."""
        del server, session, options
        refusal = self.refuses.get(address)
        if refusal is not None:
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's own name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Keep a mail."""
        del server, session
        if "" in self.refuses:
            return self.refuses[""]
        content: Any = envelope.content
        self.mails.append(email.message_from_bytes(content, policy=email.policy.default))
        self.envelopes.append((envelope.mail_from or "", list(envelope.rcpt_tos)))
        return "250 Taken"

    def authenticate(self, *asked: Any) -> AuthResult:  # noqa: ANN401 - aiosmtpd's own
        """Let in who has the password `secret`."""
        given = asked[-1]
        assert isinstance(given, LoginPassword)
        self.users.append(given.login.decode())
        return AuthResult(success=given.password == b"secret", handled=False)


@contextmanager
def mail_host(
    *, starttls: ssl.SSLContext | None = None, tls: ssl.SSLContext | None = None
) -> Iterator[MailHost]:
    """Run a mail host; with `starttls` or `tls` it asks for a password."""
    kept = MailHost()
    guarded = starttls or tls
    options: dict[str, Any] = {}
    if guarded:
        options = {
            "authenticator": kept.authenticate,
            "auth_required": True,
            "auth_require_tls": starttls is not None,
            "tls_context": starttls,
            "require_starttls": starttls is not None,
        }
    ready, stopped = threading.Event(), asyncio.Event()
    loops: list[asyncio.AbstractEventLoop] = []

    async def serve() -> None:
        loop = asyncio.get_running_loop()
        loops.append(loop)
        server = await loop.create_server(
            lambda: SMTP(kept, hostname="mail.example.org", loop=loop, **options),
            "127.0.0.1",
            0,
            ssl=tls,
        )
        kept.port = server.sockets[0].getsockname()[1]
        ready.set()
        await stopped.wait()
        server.close()

    with warnings.catch_warnings():
        # It warns of what these tests are about: a password without STARTTLS, inside TLS.
        warnings.simplefilter("ignore")
        thread = threading.Thread(target=lambda: asyncio.run(serve()))
        thread.start()
        assert ready.wait(10)
        try:
            yield kept
        finally:
            loops[0].call_soon_threadsafe(stopped.set)
            thread.join()
