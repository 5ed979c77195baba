"""A wheel, installed elsewhere, serves and analyzes: nothing of the checkout is needed."""

import json
import os
import re
import subprocess
import sys
import sysconfig
import urllib.request
from datetime import date, timedelta
from pathlib import Path

import pytest

import tracker

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
FIRST = date(2026, 1, 1)
PHASES = "phase,start,end\nbaseline,2026-01-01,2026-01-15\ntreatment,2026-01-15,\n"
WHERE = "import tracker.storage.schema as s; print(s.__file__); print(s.migrations_folder())"


def run(*command: object, cwd: Path) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def environment() -> dict[str, str]:
    """Return an environment that leads neither to the checkout nor to another diary."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("TRACKER_", "PYTHON", "COVERAGE"))
    }


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the programs of a fresh environment that holds the wheel.

    What the wheel depends on is read from the environment of the tests: nothing is fetched.
    """
    folder = tmp_path_factory.mktemp("elsewhere")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    (wheel,) = folder.glob("tracker-*.whl")
    place = folder / "venv"
    run(sys.executable, "-m", "venv", "--without-pip", place, cwd=folder)
    programs = place / "bin"
    uv = (sys.executable, "-m", "uv", "pip", "install", "--offline", "--no-deps")
    run(*uv, "--python", programs / "python", wheel, cwd=folder)
    (packages,) = place.glob("lib/python*/site-packages")
    # Comes after the environment's own packages, and a .pth found there is not followed.
    packages.joinpath("needed.pth").write_text(f"{sysconfig.get_path('purelib')}\n", "utf-8")
    return programs


def test_it_runs_from_its_own_files_and_carries_its_migrations(
    elsewhere: Path, tmp_path: Path
) -> None:
    module, migrations = run(elsewhere / "python", "-c", WHERE, cwd=tmp_path).splitlines()
    assert Path(module).is_relative_to(elsewhere.parent)
    assert Path(migrations).name == "_migrations"
    assert Path(migrations).is_relative_to(elsewhere.parent)
    assert tracker.__version__ in run(elsewhere / "tracker", "--version", cwd=tmp_path)


def test_it_serves_from_an_empty_folder(elsewhere: Path, tmp_path: Path) -> None:
    with subprocess.Popen(
        [str(elsewhere / "tracker"), "serve", "--port", "0", "--workers", "1"],
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdout is not None
        address = re.search(r"http://\S+", server.stdout.readline())
        assert address is not None, server.communicate()
        for path, wanted in (("/healthz", b"ok\n"), ("/", b"Evenfall")):
            with urllib.request.urlopen(address[0] + path, timeout=20) as answer:  # noqa: S310 - our own
                assert wanted in answer.read()
        server.terminate()
        assert server.wait(20) == 0
    assert (tmp_path / "instance" / "tracker.db").exists()


def test_it_analyzes_a_diary(elsewhere: Path, tmp_path: Path) -> None:
    scores = [(60, 40)] * 15 + [(36, 66)] * 40
    rows = [f"{FIRST + timedelta(days=n)},{pain},{sleep}" for n, (pain, sleep) in enumerate(scores)]
    diary, phases = tmp_path / "diary.csv", tmp_path / "phases.csv"
    diary.write_text("\n".join(["date,pain,sleep", *rows, ""]), "utf-8")
    phases.write_text(PHASES, "utf-8")
    asked = ("analyze", diary, "--phases", phases, "--ruler", "vas", "--json")
    found = json.loads(run(elsewhere / "tracker", *asked, cwd=tmp_path))
    assert found["phases"][0]["verdict"] == "responder"
