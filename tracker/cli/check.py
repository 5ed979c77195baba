"""The command `tracker check` (being written)."""

import argparse


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the tree."""
    subparsers.add_parser("check").set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Do it."""
    del args
    return 0
