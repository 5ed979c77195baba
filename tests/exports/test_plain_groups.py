"""The text of a group report counts, says of how many, and leaves nothing out."""

from fractions import Fraction

from tracker.domain.groups import GroupReport, group_report
from tracker.domain.outcomes import Outcome
from tracker.domain.pairs import Paired
from tracker.domain.questionnaire import Ruler
from tracker.domain.responder import Rule
from tracker.domain.windows import Preset
from tracker.exports.groups import group
from tracker.exports.plain_groups import plain_group

ASKED = (Ruler.NRS, Rule.PAIN30, Preset.WEEK)


def said(report: GroupReport) -> str:
    return plain_group(report, ASKED, str)


def test_side_effects_stand_with_their_own_numbers() -> None:
    people = [
        {"drug": Outcome(responder=True, side_effects={"headache": had})}
        for had in (True, False, False)
    ]
    report = group_report([*people, {"drug": Outcome(responder=False)}], ["drug"])
    assert "  Side effect headache: 1 / 3, 33.3 % (6.1 to 79.2)" in said(report)
    arms = group(report, *ASKED)["arms"]
    assert isinstance(arms, dict)
    assert isinstance(arms["drug"], dict)
    assert arms["drug"]["side_effects"] == {
        "headache": {"count": 1, "n": 3, "wilson95": [6.149194472039622, 79.23403991979522]}
    }


def test_nobody_judged_has_no_percent_and_a_low_baseline_is_told() -> None:
    low = Outcome(responder=None, has_low_baseline=True)
    text = said(group_report([{"a": low}], ["a"]))
    assert "Mean improvement of pain: n/a (n = 0)" in text
    assert "Low baseline: 1 / 1" in text
    assert "      30 %  0 / 1, 0.0 % (0.0 to 79.3)" in text
    assert text.count("30 %  0 / 1") == 1
    assert "  0 / 0\n" in text


def test_a_very_small_p_is_said_to_be_one() -> None:
    paired = Paired(("a", "b"), first_only=30, mean_difference=Fraction(7), compared=30)
    text = said(GroupReport(30, group_report([], ["a", "b"]).arms, paired))
    assert "two-sided: p < 0.0001" in text
    assert "first arm less second: 7.0 points (n = 30)" in text
