"""How long the next attempt has to wait: delays that grow, never a lock."""

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from tracker.domain.words import N_, Refused

FORGOTTEN_AFTER: Final = timedelta(hours=24)  # failures older than this count no more
_LARGEST_STEP: Final = 20  # 2**20 s is beyond every limit below


class Bucket(StrEnum):
    """What failures are counted by."""

    ACCOUNT = "account"  # sign-in under one name, from devices not seen before
    NETWORK = "network"  # sign-in from one network, from devices not seen before
    DEVICE = "device"  # sign-in under one name from a device that signed in before
    RECOVERY = "recovery"  # recovery codes tried from one network
    LINK = "link"  # links, the operator's or shared ones, tried from one network
    REGISTER = "register"  # accounts made from one network
    PASSWORD = "password"  # noqa: S105 - a name; the password asked again while signed in; a share's
    FACTOR = "factor"  # codes of a second factor, from a known device or while signed in


@dataclass(frozen=True, slots=True)
class Patience:
    """How many attempts are free, and the longest wait between those after."""

    free: int
    longest: timedelta


# [O] A person mistypes a few times; a household or a clinic shares one network.
PATIENCE: Final = {
    Bucket.ACCOUNT: Patience(5, timedelta(minutes=15)),
    Bucket.NETWORK: Patience(30, timedelta(minutes=5)),
    Bucket.DEVICE: Patience(5, timedelta(minutes=1)),
    Bucket.RECOVERY: Patience(10, timedelta(minutes=5)),
    Bucket.LINK: Patience(10, timedelta(minutes=5)),
    Bucket.REGISTER: Patience(20, timedelta(minutes=10)),
    Bucket.PASSWORD: Patience(5, timedelta(minutes=1)),
    Bucket.FACTOR: Patience(5, timedelta(minutes=15)),  # six digits: a guess must stay a guess
}


class TooManyAttempts(Refused):
    """Wait: `retry_after` says how many seconds."""

    def __init__(self, wait: timedelta) -> None:
        self.retry_after: Final = max(1, -(-wait // timedelta(seconds=1)))
        super().__init__(
            N_("That was tried too often. Please wait %(seconds)d s, then try again."),
            seconds=self.retry_after,
        )


def delay(bucket: Bucket, failures: int) -> timedelta:
    """Return how long to wait after the `failures`-th failure.

    >>> [delay(Bucket.ACCOUNT, n).seconds for n in (4, 5, 6, 7, 30)]
    [0, 1, 2, 4, 900]
    """
    patience = PATIENCE[bucket]
    if failures < patience.free:
        return timedelta()
    step = min(failures - patience.free, _LARGEST_STEP)
    return min(timedelta(seconds=2**step), patience.longest)


def counted(failures: int, last_at: datetime, now: datetime) -> int:
    """Return how many of `failures`, the last of them at `last_at`, still count."""
    return 0 if now - last_at >= FORGOTTEN_AFTER else failures


def network(address: str) -> str:
    """Return the network of `address`: one IPv4 address, or 64 bits of an IPv6 one; "" for neither.

    >>> network("192.0.2.7"), network("2001:db8::1:2:3:4"), network("::ffff:192.0.2.7")
    ('192.0.2.7', '2001:db8::/64', '192.0.2.7')
    """
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:  # a proxy that says "unknown": all such share one count
        return ""
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, 64), strict=False))
