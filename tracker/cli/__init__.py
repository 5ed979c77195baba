"""The command line: one module a command, one line on stderr for what went wrong."""

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from gettext import gettext as _
from importlib import import_module
from typing import Final

from tracker import __version__
from tracker.domain.words import Refused

DONE: Final = 0
REFUSED: Final = 1
# What a shell reports of a program that Ctrl-C ended.
INTERRUPTED: Final = 130
# Each command's module, in the order in which help lists them. Only the one that is asked
# for is loaded: `analyze` waits for no database, `--help` for everything.
COMMANDS: Final = {
    "serve": "serve",
    "demo": "demo",
    "user": "user",
    "import": "imports",
    "export": "exports",
    "analyze": "analyze",
    "cohort": "cohort",
    "study": "study",
    "verify": "verify",
    "remind": "remind",
    "backup": "backup",
    "restore": "restore",
    "audit": "audit",
    "tidy": "tidy",
    "check": "check",
}


def parser(names: Iterable[str] = COMMANDS) -> argparse.ArgumentParser:
    """Return the tree of these commands and their options."""
    top = argparse.ArgumentParser(
        prog="tracker",
        description=_("Evenfall: a nightly symptom diary with trends and 30 % responder status."),
        epilog=_("`tracker COMMAND --help` explains a command. Settings are TRACKER_* variables."),
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"tracker {__version__}")
    subparsers = top.add_subparsers(title=_("commands"), metavar=_("COMMAND"), required=True)
    for name in names:
        import_module(f"tracker.cli.{COMMANDS[name]}").add(subparsers)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return 0 when done, 1 when refused (2, wrong usage, leaves by itself)."""
    given = sys.argv[1:] if arguments is None else arguments
    args = parser(COMMANDS.keys() & given[:1] or COMMANDS).parse_args(given)
    try:
        status: int = args.run(args)
        sys.stdout.flush()
    except Refused as refusal:
        return _said(refusal.in_words(_))
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read along has seen enough; Python must not try to flush once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        return _said(f"{error.filename or ''}: {error.strerror}".removeprefix(": "))
    return status


def _said(sentence: str) -> int:
    print(f"tracker: {' '.join(sentence.split())}", file=sys.stderr)
    return REFUSED
