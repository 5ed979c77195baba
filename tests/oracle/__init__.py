"""A second, independent implementation of verdicts and group reports, for tests to compare with.

Written from the measurement standard and the file formats alone, in plain loops over whole
numbers and Fractions. It imports nothing of the product, on purpose, and expects valid files.

Where the documents leave room, the most literal reading is taken:

1.  "The file's last row" is the latest date of any row, also one that holds nothing or only a
    note (such a row is no entry, but it is a row). The same holds for "first to last row"
    where there are no phases. A file without rows: an open phase ends at its own start, and
    without phases no day is expected.
2.  An entry is a row in which any item has an answer or a state; `dose_taken`, `tolerability` and
    `pgic` are items too, so a row with only one of these is logged.
3.  "It holds no entry of any item": a baseline in which everything was declined holds entries, so
    its reason is `too_few_days`, not `no_baseline`.
4.  A baseline window without entries is still printed in `baseline`; only the reason says it.
    A 14-day baseline runs over calendar days, even where an earlier phase lies in them.
5.  The first `baseline` phase is the earliest one, even where it lies after a treatment.
    `baseline.end` of an open baseline phase is its resolved end (null is only for phases).
6.  `scale_changed` is per item: its baseline days or its evaluation days (not `start`) hold an
    answer on another ruler than the one asked for. As windows never mix rulers, sums, counts,
    series and trailing weeks hold only answers on the asked ruler. A baseline with answers on
    another ruler sustains nothing. Such an item still counts as answered in the file.
7.  "Every other answered scale item" means answered at least once anywhere in the file.
8.  An own symptom's key in `items` is its column name, `own:<name>:<direction>`.
9.  A phase without a label has the label "" (only `end` is said to be null).
10. Phases are printed by start day.
11. `low_baseline` is flagged only where a percent is computed (no reason).
12. `pregabalin`: sums and counts of an item with fewer than 7 answered days are those it has, and
    these days too belong to the window. The window's `days` is its calendar length.
13. `pain_pgic`: where the window is null, no PGIC answer lies before its end, so the PGIC part
    is "?". A PGIC of 3 to 7 makes the verdict non-responder also where pain is "?" (any N gives N).
14. `early` is false where the window is null.
15. Expected days are the days of all phases and of the 14-day baseline where that is used, each
    counted once; whatever lies in none of them is a gap.
16. `late` counts expected days that hold an entry whose status is late.
17. "First to last row" includes both.
"""

from tests.oracle.groups import cohort
from tests.oracle.verdict import analyze

__all__ = ["analyze", "cohort"]
