"""The fault runs in full: each prints its figures, any that fails fails the whole."""

import sys

from tools.prove import (
    backing_up,
    cohorts,
    disks,
    fuzz,
    https,
    kill9,
    migrating,
    noise,
    power,
    reminding,
    signin_timing,
    tampering,
    writers,
)


def main() -> int:
    """Run all; return 1 where a goal was missed."""
    quick = (writers, migrating, tampering, signin_timing, reminding, https, cohorts, noise)
    runs = (*quick, kill9, power, backing_up, disks, fuzz)
    met = [run.prove() for run in runs]  # all of them, also after one that missed
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
