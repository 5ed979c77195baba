"""Test that values are made when they are asked for, once."""

import pytest

from tracker.domain.asking import WhenAsked


def test_each_value_is_made_once_and_only_when_asked_for() -> None:
    made: list[str] = []

    def make(key: str) -> str:
        made.append(key)
        return key.upper()

    values = WhenAsked(["pain", "sleep", "pain"], make)
    assert (list(values), len(values), "sleep" in values, made) == (["pain", "sleep"], 2, True, [])
    assert (values["pain"], values["pain"], made) == ("PAIN", "PAIN", ["pain"])


def test_what_is_not_there_is_a_key_error_like_in_any_mapping() -> None:
    values = WhenAsked(["pain"], str.upper)
    with pytest.raises(KeyError, match="mood"):
        values["mood"]
    assert values.get("mood") is None
