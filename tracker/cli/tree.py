"""The tree of commands: how one is added, with help that teaches."""

import argparse
from collections.abc import Callable
from typing import TypeAlias

# `add_subparsers` returns a class that argparse gives no public name.
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - see above


def command(
    commands: Commands,
    name: str,
    run: Callable[[argparse.Namespace], int],
    summary: str,
    description: str,
) -> argparse.ArgumentParser:
    """Add a command and return its parser, for its options.

    Args:
        commands: what `add` was given.
        name: as it is typed.
        run: called with what was typed; returns the exit status.
        summary: one line for `tracker --help`, no capital, no full stop.
        description: a few sentences for `tracker NAME --help`.
    """
    parser = commands.add_parser(name, help=summary, description=description, allow_abbrev=False)
    parser.set_defaults(run=run)
    return parser
