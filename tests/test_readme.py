"""Test that the README names what is there, and nothing else."""

import re
import shlex
from pathlib import Path

import pytest

from tracker.cli import parser
from tracker.variables import VARIABLES

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = sorted(set(re.findall(r"`tracker ([a-z][^`]*?)(?: --help)?`", README)))


def test_every_setting_is_explained() -> None:
    table = README.split("| `TRACKER_...` |")[1].split("\n## ")[0]
    cells = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
    named = {name for cell in cells for name in cell.split("`")[1::2]}
    assert named == set(VARIABLES)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_can_be_typed_as_it_stands(command: str) -> None:
    words = shlex.split(command)
    parser().parse_args([*words, "diary.csv"] if words == ["analyze"] else words)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        parser().parse_args([shlex.split(command)[0], "--help"])
    assert left.value.code == 0
    assert "usage: tracker" in capsys.readouterr().out


def test_the_commands_to_make_are_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+)(?= ?[a-z]*:)", makefile, re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)", README)) <= targets


def test_every_link_and_picture_is_there() -> None:
    names = re.findall(r"\]\(([^)#:]+)\)", README)
    assert len(names) > 10
    assert [name for name in names if not (ROOT / name).exists()] == []
