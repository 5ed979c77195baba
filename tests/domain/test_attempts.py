"""Which addresses share a network, and how the waits grow."""

from datetime import timedelta

import pytest

from tracker.domain.attempts import PATIENCE, Bucket, TooManyAttempts, delay, network


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::/64"),
        ("2001:db8:0:1::9", "2001:db8:0:1::/64"),
        ("unknown", ""),
        ("", ""),
    ],
)
def test_a_network_is_one_ipv4_address_or_64_bits(address: str, expected: str) -> None:
    assert network(address) == expected


@pytest.mark.parametrize("bucket", list(Bucket))
def test_waits_grow_and_never_become_a_lock(bucket: Bucket) -> None:
    waits = [delay(bucket, failures) for failures in range(2000)]
    assert waits == sorted(waits)
    assert waits[0] == timedelta()
    assert waits[-1] == PATIENCE[bucket].longest <= timedelta(minutes=15)


def test_a_wait_is_told_in_whole_seconds_rounded_up() -> None:
    assert TooManyAttempts(timedelta(milliseconds=1200)).retry_after == 2
    assert TooManyAttempts(timedelta(0)).retry_after == 1
