"""The disk: what was to be there for good is asked for, and what a power cut tore goes."""

import os
import re
from pathlib import Path

import pytest

from tracker import disk

LINE = re.compile(r"line [0-9]+\n?")


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Return the list of all that is brought to the disk; it still is."""
    paths: list[Path] = []
    fsync = os.fsync

    def noted(descriptor: int) -> None:
        paths.append(Path(f"/dev/fd/{descriptor}").resolve())
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", noted)
    return paths


def test_a_new_folder_is_in_the_folders_above_for_good(tmp_path: Path, synced: list[Path]) -> None:
    disk.make_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o700
    assert set(synced) == {tmp_path, tmp_path / "a"}
    synced.clear()
    disk.make_folder(tmp_path / "a" / "b")
    assert not synced


def test_a_list_and_its_name_are_there_for_good(tmp_path: Path, synced: list[Path]) -> None:
    file = tmp_path / "list.log"
    disk.append(file, "line 1\n", LINE)
    disk.append(file, "line 2\nline 3\n", LINE)
    assert file.read_text() == "line 1\nline 2\nline 3\n"
    assert file.stat().st_mode & 0o777 == 0o600
    assert synced == [file, tmp_path] * 2


@pytest.mark.parametrize(
    "torn", [b"li", b"\0" * 7, b"lin\0\0\0\nli", b"\xff\xfe\nline 8", b"\0\0\nline 8\n", b"line 8"]
)
def test_what_a_power_cut_tore_goes_when_it_is_added_again(tmp_path: Path, torn: bytes) -> None:
    file = tmp_path / "list.log"
    before = "".join(f"line {number}\n" for number in range(8))
    file.write_bytes(before.encode() + torn)
    disk.append(file, "line 8\nline 9\n", LINE)
    kept = "line 8\n" if torn.endswith(b"line 8\n") else ""
    assert file.read_text() == f"{before}{kept}line 8\nline 9\n"


def test_what_was_damaged_long_before_stays_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "list.log"
    before = b"li\0e 1\n" + b"line 2\n" * 20
    file.write_bytes(before)
    disk.append(file, "line 3\n", LINE)
    assert file.read_bytes() == before + b"line 3\n"
