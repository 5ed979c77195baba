"""The exact cases of the measurement standard."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

from tracker.domain.questionnaire import Direction

GOLDEN: dict[str, Any] = json.loads(
    (Path(__file__).parent.parent / "golden" / "golden.json").read_text(encoding="utf-8")
)
DIRECTIONS = {"lower_better": Direction.LOWER, "higher_better": Direction.HIGHER}
TRUTH = {"R": True, "N": False, "?": None}


def fraction(pair: list[int] | None) -> Fraction | None:
    """Give the exact value that a pair writes."""
    return None if pair is None else Fraction(*pair)
