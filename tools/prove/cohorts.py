"""Group reports of a thousand generated cohorts, against the second implementation."""

import io
import json
import tempfile
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any, Final

from tests.differing import differences
from tests.generated_cohorts import Cohort, cohorts
from tests.oracle import cohort
from tracker.cli import main

COHORTS: Final = 1_000
SEED: Final = 2015


def prove(count: int = COHORTS) -> bool:
    """Compare every figure, print what differs, and say whether nothing did."""
    differing: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for number, case in enumerate(cohorts(count, SEED)):
            found = differences(f"cohort {number}", printed(Path(folder), case), expected(case))
            differing += found[:1]
    print(f"cohorts: {count} generated, {len(differing)} where two implementations differ (goal 0)")
    for line in differing[:5]:
        print("  " + line)
    return not differing


def expected(case: Cohort) -> dict[str, Any]:
    """Return what the second implementation says."""
    return cohort(case.diary_csv, case.phases_csv, case.ruler, case.rule, case.preset)


def printed(folder: Path, case: Cohort, diary: Path | None = None) -> dict[str, Any]:
    """Return the object that `tracker cohort` prints of a file in `folder`, or of `diary`.

    Raises:
        ValueError: it printed none.
    """
    file, phases = folder / "diaries.csv", folder / "phases.csv"
    file.write_text(case.diary_csv, encoding="utf-8", newline="")
    phases.write_text(case.phases_csv, encoding="utf-8", newline="")
    options = ["--ruler", case.ruler, "--rule", case.rule, "--preset", case.preset, "--json"]
    with redirect_stdout(io.StringIO()) as out:
        main(["cohort", str(diary or file), "--phases", str(phases), *options])
    found: dict[str, Any] = json.loads(out.getvalue())
    return found
