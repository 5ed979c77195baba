"""The command line: one module a command, one line on stderr for what went wrong."""

import argparse
import os
import sys
from collections.abc import Sequence
from gettext import gettext as _
from typing import Final

from tracker import __version__
from tracker.cli import audit, backup, check, restore, serve, tidy
from tracker.domain.words import Refused

DONE: Final = 0
REFUSED: Final = 1
# What a shell reports of a program that Ctrl-C ended.
INTERRUPTED: Final = 130
# In the order in which help lists them.
COMMANDS: Final = (serve, backup, restore, audit, tidy, check)


def parser() -> argparse.ArgumentParser:
    """Return the whole tree of commands and options."""
    top = argparse.ArgumentParser(
        prog="tracker",
        description=_("Evenfall: a nightly symptom diary that says whether a treatment helps."),
        epilog=_("`tracker COMMAND --help` explains a command. Settings are TRACKER_* variables."),
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"tracker {__version__}")
    subparsers = top.add_subparsers(title=_("commands"), metavar=_("COMMAND"), required=True)
    for command in COMMANDS:
        command.add(subparsers)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return 0 when done, 1 when refused (2, wrong usage, leaves by itself)."""
    args = parser().parse_args(arguments)
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
