"""Mail: one letter handed to the mail host, encrypted unless the host is on our own network."""

import ipaddress
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from tracker.domain.reminders import Fate, Letter
from tracker.domain.words import N_, Refused

TIMEOUT: Final = 20.0  # seconds, for each step
PORTS: Final = {"smtp": 587, "smtps": 465}
# As long as lines may be: a link that is folded or encoded is broken by some programs.
POLICY: Final = SMTP.clone(max_line_length=998)
REFUSED_FOR_GOOD: Final = 500  # SMTP replies from here on


def is_private(address: str) -> bool:
    """True for an address on this machine or its private network.

    >>> is_private("127.0.0.1"), is_private("fe80::1%eth0"), is_private("9.9.9.9")
    (True, True, False)
    """
    return ipaddress.ip_address(address.partition("%")[0]).is_private


class MailRefused(Refused):
    """The mail host can't be reached, or doesn't take our letters."""


@dataclass(frozen=True, slots=True)
class Mailer:
    """Who mails.

    Attributes:
        url: the mail host, `smtp://` or `smtps://`; may hold a name and password.
        sender: the address that letters come from.
        clock: tells when.
        trust: whose certificates are believed.
        is_near: whether a host at this address may be spoken to without encryption.
    """

    url: str = field(repr=False)
    sender: str
    clock: Callable[[], datetime]
    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    is_near: Callable[[str], bool] = is_private

    def send(self, letter: Letter) -> Fate:
        """Hand a letter over; GONE where the host refuses its address for good.

        Raises:
            MailRefused: the host can't be reached or spoken to: the operator has to look.
        """
        try:
            with self._connected() as host:
                host.send_message(self._written(letter))
        except smtplib.SMTPRecipientsRefused as refused:
            codes = [code for code, _ in refused.recipients.values()]
            return Fate.GONE if min(codes) >= REFUSED_FOR_GOOD else Fate.LATER
        except (OSError, smtplib.SMTPException) as error:
            raise MailRefused(
                N_("TRACKER_SMTP_URL: the mail host %(host)s: %(why)s"),
                host=urlsplit(self.url).hostname,
                why=_why(error),
            ) from error
        return Fate.ACCEPTED

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        parts = urlsplit(self.url)
        host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
        if parts.scheme == "smtps":
            with smtplib.SMTP_SSL(host, port, timeout=TIMEOUT, context=self.trust) as line:
                _sign_in(line, parts)
                yield line
            return
        with smtplib.SMTP(host, port, timeout=TIMEOUT) as line:
            line.ehlo()
            if line.has_extn("starttls"):
                line.starttls(context=self.trust)
                line.ehlo()
            elif line.sock is None or not self.is_near(line.sock.getpeername()[0]):
                raise smtplib.SMTPNotSupportedError("offers no encryption (STARTTLS)")
            _sign_in(line, parts)
            yield line

    def _written(self, letter: Letter) -> EmailMessage:
        """Return the letter as it is sent; nothing in its head tells what it is about."""
        mail = EmailMessage(POLICY)
        mail["Subject"] = letter.subject
        mail["From"] = f"Evenfall <{self.sender}>"
        mail["To"] = letter.to
        mail["Date"] = format_datetime(self.clock())
        mail["Message-ID"] = make_msgid(domain=self.sender.rpartition("@")[2])
        mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: out-of-office notes don't answer
        if letter.off:
            mail["List-Unsubscribe"] = f"<{letter.off}>"
            mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
        mail.set_content(letter.text)
        return mail


def _sign_in(line: smtplib.SMTP, parts: SplitResult) -> None:
    if parts.username:
        line.login(unquote(parts.username), unquote(parts.password or ""))


def _why(error: Exception) -> str:
    """Return what went wrong in one line."""
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        text = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
        return f"{error.smtp_code} {text}"
    return getattr(error, "strerror", None) or str(error)
