"""Measure the diary against bare Flask in one run: `make bench`, or with --json for a program."""

import argparse
import json
import os
import platform
import sys
from collections.abc import Mapping
from typing import Any, Final

from tools.bench import (
    clinic,
    cohort,
    imports,
    instructions,
    pages,
    phone,
    printing,
    served,
    weights,
)
from tools.bench.timing import Times

ROUNDS: Final = 200
PEER: Final = "bare commit"
# What each figure should be at most: (figure, key, limit).
GOALS: Final = (
    ("save one night", "to_commit", 3.0),
    ("instructions: save one night", "to_commit", 4.5),
    ("verdict, a year", "wall_ms", 10.0),
    ("figure built", "wall_ms", 3.0),
    ("archive, 5 years", "wall_ms", 100.0),
    (imports.ARCHIVE, "wall_ms", 1_500.0),
    (imports.TABLE, "wall_ms", 1_500.0),
    (printing.PAGE, "wall_ms", 150.0),
    (printing.YEAR, "wall_ms", 400.0),
    (printing.LONG, "wall_ms", 900.0),
    (cohort.name_of(10_000), "seconds", 8.0),
    (clinic.first_page("sqlite", 10_000), "wall_ms", 30.0),
    (clinic.first_page("postgresql", 10_000), "wall_ms", 30.0),
    (clinic.GROWTH, "sqlite", 2.0),
    (clinic.GROWTH, "postgresql", 2.0),
    ("figure of a year", "bytes", 12_000),
    ("tonight, first visit", "script_bytes_gzip", 12_000),
    ("tonight on a slow phone", "bytes", 35_000),
    ("tonight on a slow phone", "requests", 8),
    ("tonight on a slow phone", "blocked_ms", 0),
    ("tonight on a slow phone", "largest_paint_ms", 1_000),
    ("trends on a slow phone", "largest_paint_ms", 1_200),
    ("tonight, warm", "bytes", 5_000),
    ("served", "start_s", 1.0),
    ("served", "memory_mb", 90.0),
    ("installed", "megabytes", 240.0),
)
# What each should be at least.
LEAST: Final = (
    ("tonight by Lighthouse", "performance", 100),
    ("trends by Lighthouse", "performance", 98),
    ("tonight by Lighthouse", "accessibility", 100),
    ("trends by Lighthouse", "accessibility", 100),
)


def measured(rounds: int, *, counting: bool) -> dict[str, Any]:
    """Return every figure of one run, by name; instructions only where `counting`."""
    with pages.ready(2 * rounds + 1 + instructions.PEOPLE) as bench:
        few = max(2, rounds // 40)
        times = {
            **pages.timed(bench, rounds),
            **imports.timed(bench, few),
            **printing.timed(bench, few),
        }
        size, packed = pages.figure_bytes(bench)
        found: dict[str, Any] = {
            **{name: _against(each, times) for name, each in times.items()},
            "figure of a year": {"bytes": size, "bytes_gzip": packed},
            "tonight, first visit": weights.tonight(bench),
            "installed": {"megabytes": weights.installed_megabytes()},
        }
        fresh = pages.after(bench, rounds + 1)
        found["served"] = served.sockets(fresh, rounds)
        found |= phone.seen(fresh)
        if counting:
            counted = instructions.counted(pages.after(fresh, rounds + 1))
            found |= {f"instructions: {name}": each for name, each in counted.items()}
    found |= cohort.measured()
    found |= clinic.measured()
    found["machine"] = {
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "load": [round(each, 1) for each in os.getloadavg()],
    }
    return found


def _against(times: Times, all_times: Mapping[str, Times]) -> dict[str, float]:
    figures = times.figures()
    peer = all_times[PEER].figures()
    return {**figures, "to_commit": round(figures["cpu_ms"] / peer["cpu_ms"], 2)}


def table(found: Mapping[str, Any]) -> str:
    """Return the figures for people to read, misses marked."""
    lines = [f"{'':28}{'CPU ms':>9}{'wall ms':>9}{'p99 ms':>9}{'x bare commit':>15}"]
    for name, figures in found.items():
        if "to_commit" in figures:
            numbers = [figures[key] for key in ("cpu_ms", "wall_ms", "p99_ms", "to_commit")]
            lines.append("{:28}{:9.2f}{:9.2f}{:9.2f}{:15.2f}".format(name, *numbers))
        else:
            lines.append(f"{name}: {json.dumps(figures)}")
    for name, key, limit in (goal for goal in GOALS if goal[0] in found):
        value = found[name][key]
        verdict = "ok  " if value <= limit else "MISS"
        lines.append(f"{verdict} {name}, {key}: {value} (goal <= {limit})")
    for name, key, limit in LEAST:
        value = found[name][key]
        verdict = "ok  " if value >= limit else "MISS"
        lines.append(f"{verdict} {name}, {key}: {value} (goal >= {limit})")
    return "\n".join(lines)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="default: %(default)s")
    parser.add_argument(
        "--instructions", action="store_true", help="count them too; needs valgrind, five minutes"
    )
    args = parser.parse_args()
    found = measured(args.rounds, counting=args.instructions)
    print(json.dumps(found, indent=2) if args.json else table(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
