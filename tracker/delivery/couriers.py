"""The courier: pushes and mails as the settings say, and tells the log what fails."""

import sys
from dataclasses import dataclass, field
from typing import Self

from tracker.config import Settings
from tracker.delivery import vapid
from tracker.delivery.mail import Mailer, MailRefused
from tracker.delivery.push import Pusher
from tracker.domain.endpoints import Endpoint
from tracker.domain.reminders import Fate, Letter


@dataclass(frozen=True, slots=True)
class Couriers:
    """Both ways out of this server. `mailer` is None where no mail host is set."""

    pusher: Pusher = field(repr=False)
    mailer: Mailer | None = field(repr=False)

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Return what these settings allow; makes the push key where there is none.

        Raises:
            KeyRefused: the push key can't be made, or is not safe to use.
        """
        pusher = Pusher(
            key=vapid.made_or_read(settings.push_key_file),
            subject=settings.push_subject,
            hosts=settings.push_services,
            clock=settings.clock,
            inside=settings.test_clock is not None,
        )
        if settings.smtp_url is None or settings.mail_sender is None:
            return cls(pusher, None)
        return cls(pusher, Mailer(settings.smtp_url, settings.mail_sender, settings.clock))

    def push(self, endpoint: Endpoint, content: bytes, seconds: int) -> Fate:
        """Hand a message to a push service."""
        return self.pusher.push(endpoint, content, seconds)

    def mail(self, letter: Letter) -> Fate:
        """Hand a letter to the mail host; where it can't be reached, later is a better time."""
        if self.mailer is None:
            return Fate.LATER
        try:
            return self.mailer.send(letter)
        except MailRefused as refusal:
            print(f"tracker: {refusal}", file=sys.stderr, flush=True)  # noqa: T201 - a line of the log
            return Fate.LATER
