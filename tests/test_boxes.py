"""Boxes: what one key closed no other opens, and a passphrase guards it."""

import pytest

from tracker.boxes import PUBLIC_BYTES, BoxRefused, Lock, Parcel, close, lock_up, new_key

PASSPHRASE = "a lamp on the night table"


def test_only_its_key_opens_a_box() -> None:
    key = new_key()
    box = close(key.public, b"drug first", "plan 7")
    assert key.open(box, "plan 7") == b"drug first"
    with pytest.raises(BoxRefused, match="changed, or belongs elsewhere"):
        new_key().open(box, "plan 7")


def test_a_box_tells_neither_what_it_holds_nor_that_another_holds_the_same() -> None:
    key = new_key()
    boxes = {close(key.public, order, "plan 7") for order in (b"AB", b"AB", b"BA")}
    assert len(boxes) == 3
    assert len({len(box) for box in boxes}) == 1
    assert not any(b"AB" in box or b"BA" in box for box in boxes)


@pytest.mark.parametrize("place", [0, PUBLIC_BYTES - 1, PUBLIC_BYTES, -1])
def test_a_changed_box_does_not_open(place: int) -> None:
    key = new_key()
    box = bytearray(close(key.public, b"AB", "plan 7"))
    box[place] ^= 1
    with pytest.raises(BoxRefused):
        key.open(bytes(box), "plan 7")


@pytest.mark.parametrize("box", [b"", b"short", bytes(PUBLIC_BYTES), bytes(80)])
def test_what_is_no_box_does_not_open(box: bytes) -> None:
    with pytest.raises(BoxRefused):
        new_key().open(box, "plan 7")


def test_a_box_opens_only_for_what_it_is_about() -> None:
    key = new_key()
    with pytest.raises(BoxRefused):
        key.open(close(key.public, b"AB", "plan 7"), "plan 8")


def test_a_lock_opens_with_its_passphrase_alone() -> None:
    key = new_key()
    lock = lock_up(key, PASSPHRASE)
    assert lock.public == key.public
    assert key.private not in lock.hidden
    assert lock.opened(PASSPHRASE) == key
    with pytest.raises(BoxRefused, match="not the passphrase"):
        lock.opened(f"{PASSPHRASE}s")
    with pytest.raises(BoxRefused):
        Lock(new_key().public, lock.hidden).opened(PASSPHRASE)


def test_a_short_passphrase_protects_nothing() -> None:
    with pytest.raises(BoxRefused, match="at least 15"):
        lock_up(new_key(), "fourteen signs")


def test_a_parcel_comes_back_as_it_was_written() -> None:
    key = new_key()
    parcel = Parcel("plan 7", lock_up(key, PASSPHRASE), close(key.public, b"AB", "plan 7"))
    again = Parcel.read(parcel.written())
    assert again == parcel
    assert again.lock.opened(PASSPHRASE).open(again.box, again.about) == b"AB"
    assert parcel.box.hex() not in repr(parcel)


@pytest.mark.parametrize("content", [b"", b"\xff", b"evenfall-plan-key-1 plan/7 00 00 00"])
def test_what_is_no_parcel_is_refused(content: bytes) -> None:
    with pytest.raises(BoxRefused, match="no key file"):
        Parcel.read(content)
