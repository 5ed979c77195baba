"""A group report in words: every figure with of how many, one table a question."""

from fractions import Fraction

from tests.appointments import ENGLISH
from tracker.domain.completion import Days
from tracker.domain.figures import DASH
from tracker.domain.group_sheets import Asked, Figure, Sheet, Table
from tracker.domain.group_words import arm_name, cell_words, sheet
from tracker.domain.groups import GroupReport, group_report
from tracker.domain.outcomes import Outcome
from tracker.domain.pairs import Paired
from tracker.domain.questionnaire import Ruler
from tracker.domain.releases import released
from tracker.domain.responder import Rule
from tracker.domain.statistics import Reason
from tracker.domain.told_groups import ToldReport, Withheld, whole
from tracker.domain.windows import Preset

NBSP = "\N{NO-BREAK SPACE}"
ASKED = Asked(Ruler.VAS, Rule.YOUNGER2013, Preset.WEEK)
DRUG = Outcome(
    responder=True,
    percent=Fraction(40),
    pgic=2,
    tolerability=Fraction(90),
    days=Days(expected=10, logged=9, late=1),
    side_effects={"headache": True, "nausea": False},
)
PLACEBO = Outcome(responder=False, percent=Fraction(-5), days=Days(expected=10, logged=10))
SOME = "9 / 12 | 75.0 % (46.8 to 91.1)"
NOBODY = "0 / 12 | 0.0 % (0.0 to 24.2)"
UNJUDGED = Outcome(None, Reason.TOO_FEW_DAYS, is_early=True)


def report() -> GroupReport:
    """Return twelve people: nine respond to the drug, three are not judged there."""
    people = [{"treatment": DRUG if n < 9 else UNJUDGED, "placebo": PLACEBO} for n in range(12)]
    return group_report(people, ["treatment", "placebo"])


def written(told: ToldReport) -> Sheet:
    return sheet(told, ASKED, ENGLISH, {Rule.PAIN30: told})


def rows(table: Table | None) -> dict[str, list[str]]:
    """Return a table's cells by row, each on one line."""
    assert table is not None
    return {
        name.replace(NBSP, " "): [
            " | ".join(filter(None, (one.text, one.more))).replace(NBSP, " ") for one in cells
        ]
        for name, cells in table.rows
    }


def test_each_figure_stands_with_of_how_many_and_its_interval() -> None:
    main = rows(written(whole(report())).main)
    assert main == {
        "People": ["12", "12"],
        "Mean improvement of pain": ["40.0 % | n = 9", "\N{MINUS SIGN}5.0 % | n = 12"],
        "Responders by the rule": [
            "9 / 12 | 75.0 % (46.8 to 91.1)",
            "0 / 12 | 0.0 % (0.0 to 24.2)",
        ],
        "Pain at least 30 % better": [SOME, NOBODY],
        "Pain at least 50 % better": [NOBODY, NOBODY],
        "Less pain at all": [SOME, NOBODY],
        "Improvement among these": ["40.0 to 40.0 %", DASH],
        "Overall change, much or very much improved": ["9 / 9 | 100.0 % (70.1 to 100.0)", "0 / 0"],
        "Tolerability, 0 to 100": ["90.0 | n = 9", f"{DASH} | n = 0"],
        "Nights written": ["90.0 % | 81 / 90, 9 late", "100.0 % | 120 / 120, 0 late"],
        "Can be judged by the rule": ["9 / 12", "12 / 12"],
        "Not judged: too few days": ["3 / 12", "0 / 12"],
        "Wrote no night of it": ["3 / 12", "0 / 12"],
        "Judged early": ["3 / 12", "0 / 12"],
    }


def test_the_answer_names_each_arm_the_rule_and_the_days() -> None:
    page = written(whole(report()))
    assert [name for name, _told in page.answers] == ["Treatment", "Placebo"]
    assert page.counted == "People in this report: 12"
    said = " ".join(page.asked).replace(NBSP, " ")
    assert "at least 30 % less pain" in said
    assert "the last 7 days of the phase" in said
    assert "Scores from 0 to 100." in said
    assert any("28 % of people on placebo" in line.replace(NBSP, " ") for line in page.method)


def test_pairs_stand_with_the_difference_and_the_exact_test() -> None:
    paired = rows(written(whole(report())).paired)
    assert paired["Mean difference of improvement, Treatment less Placebo"] == [
        "45.0 points | n = 9"
    ]
    assert paired["Responders in Treatment only"] == ["9"]
    assert paired["McNemar's exact test, two-sided"] == ["p = 0.0039"]
    small = Paired(("a", "b"), first_only=30, compared=0)
    told = whole(GroupReport(30, group_report([], ["a", "b"]).arms, small))
    paired = rows(written(told).paired)
    assert paired["McNemar's exact test, two-sided"] == ["p < 0.0001"]
    assert paired["Mean difference of improvement, a less b"] == [f"{DASH} points | n = 0"]


def test_the_curve_has_a_table_an_arm_by_all_and_by_those_judged() -> None:
    drug, placebo = written(whole(report())).curves
    assert (drug.title, placebo.title) == ("Treatment", "Placebo")
    assert rows(drug)["40 %"] == [
        "9 / 12 | 75.0 % (46.8 to 91.1)",
        "9 / 9 | 100.0 % (70.1 to 100.0)",
    ]


def test_answers_and_side_effects_stand_with_whom_they_are_of() -> None:
    page = written(whole(report()))
    assert rows(page.pgic)["2 Much Improved"] == ["9", "0"]
    assert rows(page.pgic)["Answered"] == ["9", "0"]
    assert rows(page.effects) == {
        "Headache": ["9 / 9 | 100.0 % (70.1 to 100.0)", "0 / 0"],
        "Nausea": ["0 / 9 | 0.0 % (0.0 to 29.9)", "0 / 0"],
    }
    bare = written(whole(group_report([{"a": PLACEBO}], ["a"])))
    assert (bare.pgic, bare.effects, bare.paired) == (None, None, None)


def test_a_rule_by_which_nobody_can_be_judged_says_so() -> None:
    unknown = whole(group_report([{"a": UNJUDGED}], ["a"]))
    page = sheet(unknown, ASKED, ENGLISH, {Rule.FM30_LONG: unknown})
    assert rows(page.rules) == {"Fibromyalgia, long": [f"{DASH} | nobody can be judged"]}
    assert rows(written(whole(report())).rules) == {"Pain 30 %": [SOME, NOBODY]}
    assert sheet(unknown, ASKED, ENGLISH).rules is None
    assert [table.title for table in page.tables] == ["Arm by arm", "Responders by every rule", "a"]


def test_a_release_prints_less_than_five_and_leaves_out_what_would_tell_it() -> None:
    page = written(released(report(), Rule.YOUNGER2013))
    main = rows(page.main)
    assert main["Responders by the rule"] == ["> 7 / 12", "< 5 / 12"]
    assert main["Mean improvement of pain"] == ["40.0 % | n > 7", "\N{MINUS SIGN}5.0 % | n = 12"]
    assert main["Nights written"] == ["90.0 %", "100.0 %"]
    assert "Improvement among these" not in main
    assert rows(page.paired)["Mean difference of improvement, Treatment less Placebo"] == [
        f"{DASH} points | n > 7"
    ]
    assert rows(page.paired)["Responders in both"] == [DASH]
    assert rows(page.pgic) == {"Answered": ["> 7", "< 5"]}
    assert page.pgic is not None
    assert "not told one by one" in page.pgic.about
    assert rows(page.effects)["Headache"] == [f"{DASH} / > 7", "< 5 / < 5"]
    assert any("For release" in line for line in page.method)
    assert not any("For release" in line for line in written(whole(report())).method)


def test_words_of_what_is_withheld() -> None:
    assert cell_words(Withheld.BESIDE, 28) == DASH
    assert cell_words(Withheld.ALL_BUT) == DASH
    assert cell_words(Withheld.UNDER, 28) == "< 5"
    assert arm_name("Arm <b>", ENGLISH) == "Arm <b>"
    assert Figure("9").more == ""
