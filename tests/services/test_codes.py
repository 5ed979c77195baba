"""Codes of authenticator apps: the vectors of RFC 6238, the window, the key they are kept under."""

import base64
from datetime import UTC, datetime, timedelta

import pytest

from tracker.services import codes

SECRET = base64.b32encode(b"12345678901234567890").decode()  # RFC 6238, appendix B, SHA-1
# Its eight digits, of which an app with six shows the last.
VECTORS = {
    59: "94287082",
    1111111109: "07081804",
    1111111111: "14050471",
    1234567890: "89005924",
    2000000000: "69279037",
    20000000000: "65353130",
}
NOW = datetime(2026, 11, 21, 22, tzinfo=UTC)


@pytest.mark.parametrize(("seconds", "code"), VECTORS.items())
def test_the_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    at = datetime.fromtimestamp(seconds, UTC)
    assert codes.step_of(SECRET, code[-6:], at) == seconds // 30


def test_a_code_is_taken_one_step_early_and_one_late() -> None:
    at = datetime.fromtimestamp(1111111111, UTC)
    code, step = VECTORS[1111111111][-6:], 1111111111 // 30
    steps = [codes.step_of(SECRET, code, at + timedelta(seconds=30 * n)) for n in range(-2, 3)]
    assert steps == [None, step, step, step, None]


@pytest.mark.parametrize("typed", ["", "05047", "0504711", "abcdef", "٠٥٠٤٧١", "0504-71"])
def test_what_is_no_code_opens_nothing(typed: str) -> None:
    assert codes.step_of(SECRET, typed, datetime.fromtimestamp(1111111111, UTC)) is None


def test_a_code_may_be_typed_as_apps_show_it() -> None:
    assert codes.step_of(SECRET, " 050 471 ", datetime.fromtimestamp(1111111111, UTC)) is not None


def test_a_secret_opens_under_its_key_and_in_its_row_only() -> None:
    hidden = codes.seal_secret(b"k" * 32, SECRET, "moth", "phone")
    assert SECRET.encode() not in hidden
    assert codes.unseal_secret(b"k" * 32, hidden, "moth", "phone") == SECRET
    for key, owner, factor in (
        (b"l", "moth", "phone"),
        (b"k", "wren", "phone"),
        (b"k", "moth", ""),
    ):
        assert codes.unseal_secret(key * 32, hidden, owner, factor) is None


def test_a_new_secret_has_160_bits_and_the_address_names_the_account() -> None:
    secret = codes.new_secret()
    assert len(base64.b32decode(secret)) == 20
    assert codes.uri(secret, "Dr. Ada") == (
        f"otpauth://totp/Evenfall:Dr.%20Ada?secret={secret}&issuer=Evenfall"
    )
