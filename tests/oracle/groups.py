"""The group report of a cohort's files, as `tracker cohort --json` must give it.

Where the documents leave room, the most literal reading is taken:

1.  `n` of the whole counts everyone who has phases, nights or not. Everyone who has nights has
    phases: else the files are refused.
2.  "The file's last row" is the person's own last row; who has none wrote nothing, and a running
    phase of theirs ends where it began.
3.  An arm's place is that of its first row in the phases file.
4.  The last of several phases of one arm is the one that starts last.
5.  PGIC is the last answer after the start and before the window's end, whatever the rule.
6.  Tolerability is the mean over people of each one's mean from the day after the start to the
    phase's end.
7.  Completion is pooled: logged of expected nights from each phase's start to its end.
8.  In pairs, who can't be judged is no responder. The difference is first arm less second.
9.  Less pain is a percent above 0, of all people.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from tests.oracle.figures import Comparison
from tests.oracle.files import Phase, day_number, read_diary, read_phases, table
from tests.oracle.items import Frame
from tests.oracle.verdict import MAXIMA, baseline_of, judge, last_pgic, window_of

ARMS = ("placebo", "treatment")
NORMAL = 1.959963984540054


@dataclass(slots=True)
class Member:
    """One person in one arm; a response is True, False or None for "?"."""

    responds: bool | None
    reason: str | None
    early: bool
    low: bool
    percent: Fraction | None
    pgic: int | None
    weekly: list[int]
    expected: int
    logged: int
    late: int


@dataclass(slots=True)
class Texts:
    """The two files of one person, cut from those of all."""

    diary: list[dict[str, str]] = field(default_factory=list)
    phases: list[dict[str, str]] = field(default_factory=list)


def cohort(diary_csv: str, phases_csv: str, ruler: str, rule: str, preset: str) -> dict[str, Any]:
    """Give the object of `tracker cohort --json` for the texts of valid files."""
    people: dict[str, Texts] = {}
    arms: list[str] = []
    for row in table(phases_csv):
        people.setdefault(row.pop("person"), Texts()).phases.append(row)
        arm = row["label"] or row["phase"]
        if row["phase"] in ARMS and arm not in arms:
            arms.append(arm)
    for row in table(diary_csv):
        people[row.pop("person")].diary.append(row)
    members = [members_of(texts, ruler, rule, preset) for texts in people.values()]
    found = {arm: [each[arm] for each in members if arm in each] for arm in arms}
    return {
        "n": len(people),
        "ruler": ruler,
        "rule": rule,
        "preset": preset,
        "arms": {arm: arm_of(found[arm], rule) for arm in arms},
        "paired": paired(arms, members) if len(arms) == 2 else None,
    }


def members_of(texts: Texts, ruler: str, rule: str, preset: str) -> dict[str, Member]:
    """Give what one person is in each arm."""
    diary = read_diary(csv_of(texts.diary), ruler)
    phases = read_phases(csv_of(texts.phases), diary.rows)
    frame = Frame(diary, MAXIMA[ruler], rule, preset, baseline_of(phases))
    members = {}
    for phase in phases:
        if phase.kind in ARMS:
            members[phase.label or phase.kind] = member(frame, phase, texts.diary)
    return members


def csv_of(rows: Sequence[Mapping[str, str]]) -> str:
    """Write rows as a file again, every cell in quotation marks."""
    if not rows:
        return "date\n"
    lines = [list(rows[0]), *(list(row.values()) for row in rows)]
    return "\n".join(
        ",".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines
    )


def member(frame: Frame, phase: Phase, rows: Sequence[Mapping[str, str]]) -> Member:
    """Give what one person is in one arm."""
    judged = judge(frame, phase)
    pain = judged["items"]["pain"]
    sums = (pain["baseline_sum"], pain["baseline_days"])
    after = (pain["evaluation_sum"], pain["evaluation_days"])
    percent = None
    if pain["reason"] is None:
        percent = Comparison(*sums, *after, "lower", frame.maximum).percent()
    days = range(phase.start, phase.end)
    return Member(
        responds={"responder": True, "non_responder": False}.get(judged["verdict"]),
        reason=judged["reason"],
        early=judged["early"],
        low="low_baseline" in judged["flags"],
        percent=percent,
        pgic=last_pgic(frame.diary, phase, window_of(frame, phase)),
        weekly=weekly(rows, range(phase.start + 1, phase.end)),
        expected=len(days),
        logged=len(among(frame.diary.entries, days)),
        late=len(among(frame.diary.late, days)),
    )


def among(some: set[int], days: range) -> list[int]:
    """Give those of some days that lie in others."""
    return [day for day in some if day in days]


def weekly(rows: Sequence[Mapping[str, str]], days: range) -> list[int]:
    """Give the tolerability answers of some days."""
    return [
        int(row["tolerability"])
        for row in rows
        if row.get("tolerability", "").isdigit() and day_number(row["date"]) in days
    ]


def arm_of(members: Sequence[Member], rule: str) -> dict[str, Any]:
    """Give the object of one arm."""
    n = len(members)
    percents = [each.percent for each in members if each.percent is not None]
    better = [percent for percent in percents if percent > 0]
    reasons: dict[str, int] = {}
    for each in members:
        if each.reason is not None:
            reasons[each.reason] = reasons.get(each.reason, 0) + 1
    expected = sum(each.expected for each in members)
    logged = sum(each.logged for each in members)
    responders = sum(1 for each in members if each.responds is True)
    return {
        "n": n,
        "silent": sum(1 for each in members if each.logged == 0),
        "assessable": sum(1 for each in members if each.responds is not None),
        "reasons": reasons,
        "early": sum(1 for each in members if each.early),
        "low_baseline": sum(1 for each in members if each.low),
        "mean_percent": mean(percents),
        "responders": {rule: share(responders, n)},
        "less_pain": {
            **share(len(better), n),
            "least": float(min(better)) if better else None,
            "most": float(max(better)) if better else None,
        },
        "cumulative": curve(percents, n),
        "pgic": pgic([each.pgic for each in members if each.pgic is not None]),
        "tolerability": tolerability(members),
        "completion": float(Fraction(logged, expected)) if expected else None,
        "nights": {
            "expected": expected,
            "logged": logged,
            "late": sum(each.late for each in members),
        },
        "side_effects": {},
    }


def mean(values: Sequence[Fraction]) -> float | None:
    """Give a mean, None of nothing."""
    return float(sum(values, Fraction(0)) / len(values)) + 0.0 if values else None


def curve(percents: Sequence[Fraction], n: int) -> list[list[Any]]:
    """Give how many improve by at least T percent, of all and of those judged."""
    found: list[list[Any]] = []
    for at in range(101):
        count = sum(1 for percent in percents if percent >= at)
        found.append([at, [count, n], [count, len(percents)]])
    return found


def pgic(answers: Sequence[int]) -> dict[str, Any]:
    """Give how often each answer was given."""
    counts = {str(answer): answers.count(answer) for answer in range(1, 8)}
    return {"answers": counts, "improved": share(counts["1"] + counts["2"], len(answers))}


def tolerability(members: Sequence[Member]) -> dict[str, Any]:
    """Give the mean of people's means."""
    means = [Fraction(sum(each.weekly), len(each.weekly)) for each in members if each.weekly]
    return {"mean": mean(means), "n": len(means)}


def share(count: int, n: int) -> dict[str, Any]:
    """Give a share with Wilson's interval."""
    return {"count": count, "n": n, "wilson95": wilson(count, n) if n else None}


def wilson(count: int, n: int) -> list[float]:
    """Give the two p, in percent, that solve (count/n - p)^2 = z^2 p (1 - p) / n."""
    z2 = NORMAL * NORMAL
    a, b, c = n + z2, -(2 * count + z2), count * count / n
    root = math.sqrt(max(0.0, b * b - 4 * a * c))
    return [100 * (-b - root) / (2 * a), 100 * (-b + root) / (2 * a)]


def paired(arms: Sequence[str], members: Sequence[Mapping[str, Member]]) -> dict[str, Any]:
    """Give the object of those who were in both arms."""
    first, second = arms
    both = [(each[first], each[second]) for each in members if len(each) == 2]
    seen = [(a.responds is True, b.responds is True) for a, b in both]
    differences = [
        a.percent - b.percent for a, b in both if a.percent is not None and b.percent is not None
    ]
    return {
        "arms": [first, second],
        "n": len(both),
        "mean_difference": mean(differences),
        "compared": len(differences),
        "both": seen.count((True, True)),
        "first_only": seen.count((True, False)),
        "second_only": seen.count((False, True)),
        "neither": seen.count((False, False)),
        "mcnemar_p": mcnemar(seen.count((True, False)), seen.count((False, True))),
    }


def mcnemar(one: int, other: int) -> float:
    """Give the share of coin throws that are at least as uneven as these, two-sided."""
    throws = one + other
    uneven = abs(one - other)
    extreme = sum(
        math.comb(throws, heads)
        for heads in range(throws + 1)
        if abs(heads - (throws - heads)) >= uneven
    )
    return float(Fraction(extreme, 2**throws))
