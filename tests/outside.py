"""The world outside, on this machine: an authority, a push service and a mail host."""

from collections.abc import Iterator

import pytest

from tests.delivery.authority import Authority, authority
from tests.delivery.mailing import MailHost, mail_host
from tests.delivery.pushing import PushService, push_service


@pytest.fixture(scope="session")
def own_authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Return an authority for the whole session."""
    return authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def pushes(own_authority: Authority) -> Iterator[PushService]:
    """Return a push service."""
    with push_service(own_authority) as service:
        yield service


@pytest.fixture
def mails() -> Iterator[MailHost]:
    """Return a mail host that takes everything without encryption, as one on this machine may."""
    with mail_host() as host:
        yield host
