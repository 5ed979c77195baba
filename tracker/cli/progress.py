"""A bar for long work, on a terminal only: a log or a pipe gets none."""

import sys
from typing import Final

WIDTH: Final = 30


def bar(done: int, whole: int) -> None:
    """Draw on stderr how far long work has come; ends its line when all is done."""
    if not sys.stderr.isatty():
        return
    filled = WIDTH * done // whole
    print(f"\r[{'#' * filled:<{WIDTH}}] {done}/{whole}", end="", file=sys.stderr, flush=True)
    if done == whole:
        print(file=sys.stderr)


def stop() -> None:
    """End the line of a bar whose work ends early."""
    if sys.stderr.isatty():
        print(file=sys.stderr)
