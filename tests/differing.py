"""Where two objects that say the same thing differ."""

import math
import re

CLOSE = re.compile(r"\.(ci95|wilson95)\[")  # what floats make; all else is exact


def differences(path: str, ours: object, theirs: object) -> list[str]:
    """List where two verdict objects differ; interval limits may by 1e-9 of themselves."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return [
            line
            for key in sorted({*ours, *theirs})
            for line in differences(f"{path}.{key}", ours.get(key, ...), theirs.get(key, ...))
        ]
    if isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        pairs = enumerate(zip(ours, theirs, strict=True))
        return [line for n, (a, b) in pairs for line in differences(f"{path}[{n}]", a, b)]
    if CLOSE.search(path) and isinstance(ours, float) and isinstance(theirs, float):
        same = math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-12)
    else:
        same = type(ours) is type(theirs) and ours == theirs
    return [] if same else [f"{path}: {ours!r} here, {theirs!r} there"]
