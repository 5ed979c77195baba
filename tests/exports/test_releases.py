"""The JSON of a release: the keys of a cohort's, null with a reason where a number is withheld."""

import json
from fractions import Fraction

from tracker.domain.groups import GroupReport, group_report
from tracker.domain.outcomes import Outcome
from tracker.domain.questionnaire import Ruler
from tracker.domain.releases import released
from tracker.domain.responder import Rule
from tracker.domain.windows import Preset
from tracker.exports.groups import group
from tracker.exports.releases import released_group
from tracker.exports.verdict import Json

ASKED = (Ruler.VAS, Rule.PAIN30, Preset.WEEK)
YES = Outcome(
    responder=True,
    percent=Fraction(121, 3),
    pgic=1,
    tolerability=Fraction(90),
    side_effects={"headache": True},
)
NO = Outcome(responder=False, percent=Fraction(3), pgic=4, side_effects={"headache": False})


def report(yes: int = 9, no: int = 19) -> GroupReport:
    people = [{"drug": YES, "placebo": NO}] * yes + [{"drug": NO, "placebo": NO}] * no
    return group_report(people, ["drug", "placebo"])


def told(found: GroupReport) -> dict[str, Json]:
    return released_group(released(found, Rule.PAIN30), *ASKED)


def keys(value: object, path: str = "") -> set[str]:
    """Return the places of an object, lists and what only a release has left out."""
    if not isinstance(value, dict):
        return {path}
    return {
        each
        for name, inner in value.items()
        if name not in {"release", "withheld"}
        for each in ({f"{path}.{name}"} | keys(inner, f"{path}.{name}"))
    }


def part(found: dict[str, Json], *path: str) -> Json:
    value: Json = found
    for name in path:
        assert isinstance(value, dict)
        value = value[name]
    return value


def test_a_release_has_the_keys_of_a_cohorts_report() -> None:
    assert keys(told(report())) == keys(group(report(), *ASKED))
    assert json.loads(json.dumps(told(report()))) == told(report())


def test_what_is_withheld_is_null_and_says_why() -> None:
    found = told(report())
    assert part(found, "release") == {"least_cell": 5, "n": None}
    assert part(found, "arms", "drug", "responders", "pain30", "count") == 9
    assert part(found, "arms", "placebo", "responders", "pain30") == {
        "count": None,
        "n": 28,
        "wilson95": None,
    }
    withheld = part(found, "arms", "placebo", "withheld")
    assert isinstance(withheld, dict)
    assert withheld["responders.pain30.count"] == "under_5"
    assert withheld["less_pain.count"] == "all_but_under_5"
    assert withheld["pgic.answers.4"] == "tells_under_5"
    assert withheld["side_effects.headache.count"] == "under_5"
    assert "n" not in withheld
    assert part(found, "paired", "both") is None
    assert part(found, "paired", "withheld", "both") == "tells_under_5"


def test_the_curve_has_its_steps_alone_and_means_one_decimal() -> None:
    drug = part(told(report()), "arms", "drug")
    assert isinstance(drug, dict)
    assert drug["cumulative"] == [
        *([at, [9, 28], [9, 28]] for at in (10, 20, 30, 40)),
        *([at, [None, 28], [None, 28]] for at in (50, 70)),
    ]
    assert drug["mean_percent"] == 15.0
    assert part(told(report()), "arms", "drug", "less_pain", "most") is None


def test_a_group_of_fewer_than_five_is_not_described() -> None:
    found = told(group_report([{"drug": YES}] * 4, ["drug"]))
    assert (found["n"], part(found, "release", "n"), found["paired"]) == (None, "under_5", None)
    assert part(found, "arms", "drug", "n") is None
    assert part(found, "arms", "drug", "mean_percent") is None
