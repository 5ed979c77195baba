"""The group report counts outcomes arm by arm, keeps none, and pairs people in both."""

from collections.abc import Iterator
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.builders import day, phases_of
from tracker.domain.completion import Days
from tracker.domain.groups import group_report
from tracker.domain.outcomes import Outcome, arm_of, outcome_of
from tracker.domain.pairs import Paired
from tracker.domain.phases import PhaseKind
from tracker.domain.proportions import Share
from tracker.domain.spans import Span
from tracker.domain.statistics import Reason
from tracker.domain.verdicts import PhaseResult

YES, NO = (
    Outcome(responder=True, percent=Fraction(40)),
    Outcome(responder=False, percent=Fraction(-5)),
)
UNKNOWN = Outcome(None, Reason.TOO_FEW_DAYS)
outcomes = st.builds(
    Outcome,
    st.none() | st.booleans(),
    percent=st.none() | st.fractions(-100, 100, max_denominator=70),
    pgic=st.none() | st.integers(1, 7),
)
people = st.lists(st.dictionaries(st.sampled_from("ab"), outcomes), max_size=12)


def test_who_cant_be_judged_is_no_responder_but_is_counted() -> None:
    arm = group_report([{"a": YES}, {"a": UNKNOWN}, {"a": NO}], ["a"]).arms["a"]
    assert (arm.n, arm.assessable, arm.responders) == (3, 2, Share(1, 3))
    assert arm.reasons == {Reason.TOO_FEW_DAYS: 1}
    assert (arm.improvement.mean, arm.improvement.n) == (Fraction(35, 2), 2)
    assert (arm.less_pain, arm.least, arm.most) == (Share(1, 3), Fraction(40), Fraction(40))


def test_side_effects_are_of_those_who_were_asked() -> None:
    asked = Outcome(responder=False, side_effects={"headache": True, "vivid_dreams": False})
    other = Outcome(responder=False, side_effects={"headache": False})
    arm = group_report([{"a": asked}, {"a": other}, {"a": NO}], ["a"]).arms["a"]
    assert arm.side_effects == {"headache": Share(1, 2), "vivid_dreams": Share(0, 1)}


def test_nights_are_of_all_people_together() -> None:
    some = Outcome(
        responder=True, days=Days(expected=10, logged=9, late=1), tolerability=Fraction(90)
    )
    none = Outcome(None, Reason.NO_BASELINE, days=Days(expected=30))
    arm = group_report([{"a": some}, {"a": none}], ["a"]).arms["a"]
    assert (arm.nights.completion, arm.nights.late, arm.silent) == (Fraction(9, 40), 1, 1)
    assert (arm.tolerability.mean, arm.tolerability.n) == (Fraction(90), 1)
    assert group_report([{"a": YES}], ["a"]).arms["a"].nights.completion is None


def test_pairs_are_those_in_both_of_two_arms() -> None:
    found = group_report(
        [{"a": YES, "b": NO}, {"b": YES, "a": YES}, {"a": NO, "b": UNKNOWN}, {"a": YES}, {}],
        ["a", "b"],
    )
    assert found.n == 5
    assert found.paired == Paired(
        ("a", "b"), both=1, first_only=1, neither=1, compared=2, mean_difference=Fraction(45, 2)
    )
    assert group_report([], ["a", "b", "c"]).paired is None
    assert group_report([], ["a"]).paired is None


@given(people)
def test_everyone_is_counted_once_whatever_their_order(found: list[dict[str, Outcome]]) -> None:
    def given_once() -> Iterator[dict[str, Outcome]]:
        yield from found

    report = group_report(given_once(), ["a", "b"])
    assert report == group_report(found[::-1], ["a", "b"])
    for name, arm in report.arms.items():
        mine = [each[name] for each in found if name in each]
        assert arm.n == len(mine)
        assert arm.responders.count <= arm.assessable <= arm.n
        assert arm.improved.n == sum(arm.pgic.values())
        assert arm.curve.itt(30).count == sum(
            each.percent is not None and each.percent >= 30 for each in mine
        )


@given(people)
def test_turned_arms_turn_the_difference_and_keep_p(found: list[dict[str, Outcome]]) -> None:
    one, other = (group_report(found, arms).paired for arms in ("ab", "ba"))
    assert one is not None
    assert other is not None
    assert (one.n, one.mcnemar_p) == (other.n, other.mcnemar_p)
    assert (one.mean_difference is None) == (other.mean_difference is None)
    if one.mean_difference is not None:
        assert one.mean_difference == -other.mean_difference  # type: ignore[operator]  # see above


def test_only_placebo_and_treatment_are_arms() -> None:
    arms = [arm_of(phase) for phase in phases_of(*((kind, 7) for kind in PhaseKind))]
    assert arms == [None, "placebo", "treatment", None, None, None]


def test_a_verdict_of_which_nothing_is_shown_has_no_percent() -> None:
    (phase,) = phases_of((PhaseKind.TREATMENT, 7))
    hidden = PhaseResult(phase, Span(day(0), day(7)), reason=Reason.NOT_SHARED)
    assert outcome_of(hidden, Days()) == Outcome(None, Reason.NOT_SHARED)
