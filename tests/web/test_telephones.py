"""Test which stretches of a text are telephone numbers."""

import pytest

from tracker.web.telephones import pieces


@pytest.mark.parametrize(
    ("text", "dialled"),
    [
        ("112", ["112"]),
        ("Samaritans: 116 123, free.", ["116123"]),
        ("+44 (0)20 7946 0018", ["+442079460018"]),
        ("(0316) 380-1234", ["03163801234"]),
        ("01 / 406 43 43.", ["014064343"]),
        ("1-800-273-8255 or 988", ["18002738255", "988"]),
        ("00 43 1 406 43 43", ["004314064343"]),
        ("open 24/7, 9-17, 8.00-20.30 and 18:00 to 23:00", []),
        ("on 2026-10-01, 1.10.2026 and in 2025/2026", []),
        ("since 1999 for 12 people", []),
        ("room A12345, 12345678901234567890 and 30 %", []),
        ("", []),
    ],
)
def test_numbers_are_dialled_and_times_days_and_amounts_are_not(
    text: str, dialled: list[str]
) -> None:
    found = list(pieces(text))
    assert "".join(piece.text for piece in found) == text
    assert [piece.dialled for piece in found if piece.dialled] == dialled
