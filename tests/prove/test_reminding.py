"""A tenth of the run in which several processes remind at once."""

from tools.prove.reminding import together


def test_everyone_is_reminded_and_nobody_twice(empty_database_url: str) -> None:
    found = together(empty_database_url, count=50)
    assert (found.sent, found.twice) == (50, 0)
    assert sum(found.shares) == 50
