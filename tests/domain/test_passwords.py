"""Which passwords are taken, and that made-up ones always are."""

import contextlib
import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.passphrases import WORDS, make_passphrase
from tracker.domain.passwords import LEAST, MOST, PasswordRefused, clean_password


def refusal(password: str, name: str = "Moth") -> str:
    """Return why `password` is refused."""
    with pytest.raises(PasswordRefused) as caught:
        clean_password(password, name)
    return str(caught.value)


def test_fifteen_characters_are_needed_and_counted_as_they_are_hashed() -> None:
    assert "too short" in refusal("x7#kQ9!mZ2pLw4")
    assert clean_password("x7#kQ9!mZ2pLw4t", "Moth") == "x7#kQ9!mZ2pLw4t"
    assert "too short" in refusal("e\u0301a\u0301o\u0301i\u0301u\u0301kmzwpqt")


def test_128_characters_are_the_most() -> None:
    longest = "".join(random.Random(1).choices("abcdefghijklmnopqrstuvwxyz ", k=MOST))
    assert clean_password(longest, "Moth") == longest
    assert "too long" in refusal(longest + "x")


@pytest.mark.parametrize(
    "password",
    ["aaaaaaaaaaaaaaaa", "abcabcabcabcabcabc", "moth moth moth moth", "xxyyzzqqxxyyzzqqxxyy"],
)
def test_repetition_is_refused(password: str) -> None:
    assert "repeats itself" in refusal(password, "Fern")


@pytest.mark.parametrize(
    "password",
    [
        "abcdefghijklmnop",
        "9876543210123456",
        "qwertyuiopasdfgh",
        "112233445566778899",
        "1qaz2wsx3edc4rfv",
        "AZERTYUIOPqsdfgh",
    ],
)
def test_rows_of_alphabet_digits_and_keyboards_are_refused(password: str) -> None:
    assert "keyboard" in refusal(password)


@pytest.mark.parametrize(
    "password",
    [
        "Password12345678!",
        "P@ssw0rd P@ssw0rd 2024",
        "correct horse battery staple",
        "Evenfall-Tracker-2026",
        "naltrexone fibromyalgia",
        "iloveyou iloveyou 1999",
    ],
)
def test_words_that_are_tried_first_are_refused(password: str) -> None:
    assert "tried first" in refusal(password)


def test_the_persons_own_name_is_refused() -> None:
    assert "your name" in refusal("Wilhelmina2024Moth", "wilhelmina moth")
    assert "your name" in refusal("wilhelmina featherstone", "Wilhelmina Featherstone !!")
    assert clean_password("Wilhelmina2024Moth", "...") == "Wilhelmina2024Moth"


def test_every_keyboard_spells_a_password_alike() -> None:
    typed = "vier grüne öfen im schnee"
    assert clean_password(unicodedata.normalize("NFD", typed), "Moth") == typed


@given(st.integers())
def test_a_made_up_passphrase_is_always_taken(seed: int) -> None:
    phrase = make_passphrase(random.Random(seed).choice)
    assert clean_password(phrase, "Moth") == phrase


@given(st.text(min_size=LEAST, max_size=MOST), st.text(max_size=40))
def test_any_text_is_taken_or_refused(password: str, name: str) -> None:
    with contextlib.suppress(PasswordRefused):
        assert LEAST <= len(clean_password(password, name)) <= MOST


def test_the_words_are_many_short_and_unlike() -> None:
    assert len(WORDS) == len(set(WORDS)) >= 1024
    assert all(word.isascii() and word.islower() and 3 <= len(word) <= 9 for word in WORDS)
