"""Keys: derived, kept from others, and carried under a passphrase."""

from dataclasses import fields
from pathlib import Path

import pytest
from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from tracker.keyfile import KeyFile, KeyFileRefused
from tracker.keys import KeyRefused, Keys, keep_secret

PASSPHRASE = "four calm evening walks"


def test_the_secret_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "secret.key"
    keys = Keys.made_or_read(file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert len(file.read_bytes()) == 32
    assert Keys.made_or_read(file) == keys
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]


def test_each_purpose_has_a_key_of_its_own_that_is_never_shown() -> None:
    keys = Keys.derived(b"s" * 32)
    made = {getattr(keys, one.name) for one in fields(keys)}
    assert len(made) == 7
    assert {len(key) for key in made} == {32}
    assert Keys.derived(b"t" * 32).audit != keys.audit
    assert repr(keys) == "Keys()"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o601])
def test_a_secret_that_others_can_reach_is_refused(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "secret.key"
    Keys.made_or_read(file)
    file.chmod(mode)
    with pytest.raises(KeyRefused, match="chmod 600"):
        Keys.made_or_read(file)


def test_a_short_secret_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "secret.key"
    keep_secret(file, b"s" * 31)
    with pytest.raises(KeyRefused, match="too short"):
        Keys.made_or_read(file)


def test_a_secret_that_cannot_be_read_or_made_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyRefused, match="can't be read"):
        Keys.made_or_read(tmp_path)
    with pytest.raises(KeyRefused, match="can't be made"):
        Keys.made_or_read(tmp_path / "no" / "secret.key")


def test_of_two_programs_that_make_the_secret_the_first_wins(tmp_path: Path) -> None:
    file = tmp_path / "secret.key"
    keep_secret(file, b"a" * 32)
    keep_secret(file, b"b" * 32)
    assert file.read_bytes() == b"a" * 32


def test_a_key_file_opens_with_its_passphrase_alone() -> None:
    held = KeyFile(b"s" * 32, {"TRACKER_PROXY_HOPS": "1"}, b"p" * 32, "Call Anna.")
    content = held.sealed(PASSPHRASE)
    assert b"PROXY" not in content
    assert content != held.sealed(PASSPHRASE)
    assert KeyFile.opened(content, PASSPHRASE) == held
    with pytest.raises(KeyFileRefused, match="passphrase is another"):
        KeyFile.opened(content, PASSPHRASE + "!")
    changed = content[:-40] + bytes([content[-40] ^ 1]) + content[-39:]
    with pytest.raises(KeyFileRefused, match="was changed"):
        KeyFile.opened(changed, PASSPHRASE)
    assert "s" * 32 not in repr(held)
    assert "p" * 32 not in repr(held)


@pytest.mark.usefixtures("full_price")
def test_a_guess_at_the_passphrase_costs_64_mib_six_times_over() -> None:
    content = KeyFile(b"s" * 32, {}, b"p" * 32).sealed(PASSPHRASE)
    head, hidden = content[:32], content[32:]
    key = hash_secret_raw(PASSPHRASE.encode(), head[16:], 6, 64 * 1024, 1, 32, Type.ID)
    assert b'"help": ""' in ChaCha20Poly1305(key).decrypt(bytes(12), hidden, head)


def test_what_is_no_key_file_is_refused() -> None:
    for content in (b"", b"something else" * 20, b"EVENFALL KEYS 1\nshort"):
        with pytest.raises(KeyFileRefused, match="no file that"):
            KeyFile.opened(content, PASSPHRASE)


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(KeyFileRefused, match="at least 15"):
        KeyFile(b"s" * 32, {}, b"p" * 32).sealed("too short")
