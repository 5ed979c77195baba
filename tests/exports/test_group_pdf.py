"""A group report as a PDF: every table is in it, tagged, on both papers, the same each time."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Final

from tests.appointments import ENGLISH, pages, texts
from tests.exports.test_summary import UA
from tests.volunteers import STUDY
from tracker.domain.group_sheets import Asked
from tracker.domain.groups import GroupReport, group_report
from tracker.domain.outcomes import Outcome
from tracker.domain.questionnaire import Ruler
from tracker.domain.releases import released
from tracker.domain.responder import Rule
from tracker.domain.told_groups import whole
from tracker.domain.windows import Preset
from tracker.exports.summary.values import Paper
from tracker.services.study_reports import Beside
from tracker.web.study_reports import Judged, pdf

TODAY: Final = date(2026, 3, 1)
TITLE: Final = "Low-dose naltrexone against placebo: a randomised crossover, #1 *& <b>"
YES: Final = Outcome(
    responder=True, percent=Fraction(40), pgic=1, side_effects={"headache": True, "nausea": False}
)
NO: Final = Outcome(responder=False, percent=Fraction(3), pgic=4)
BESIDE: Final = Beside(2, [], [("P-009", "a journey")])
ASKED: Final = Asked(Ruler.NRS, Rule.PAIN30, Preset.WEEK)


def judged(report: GroupReport, *, release: bool = False) -> Judged:
    study = replace(STUDY, draft=replace(STUDY.draft, title=TITLE))
    told = released(report, Rule.PAIN30) if release else whole(report)
    rules = {} if release else {Rule.PAIN50: whole(report)}
    return Judged(study, ASKED, report, told, BESIDE, rules)


def two_arms() -> GroupReport:
    people = [{"treatment": YES, "placebo": NO}] * 9 + [{"treatment": NO, "placebo": NO}] * 19
    return group_report(people, ["treatment", "placebo"])


def read(report: GroupReport, paper: Paper = Paper.A4, *, release: bool = False) -> str:
    made = pdf(judged(report, release=release), paper, TODAY, ENGLISH)
    return plain(" ".join(texts(made)))


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{ZERO WIDTH SPACE}", "")


def test_every_figure_of_the_sheet_is_printed() -> None:
    found, text = judged(two_arms()), read(two_arms())
    for table in found.sheet(ENGLISH).tables:
        assert table.title in text
        for _name, cells in table.rows:
            for cell in cells:
                assert plain(cell.text) in text
    for words in (
        TITLE,
        "Treatment, of all 28",
        "2 people withdrew",
        "P-009 was randomised before the baseline was long enough: a journey",
        "nobody watches these entries in real time",
        "28 % of people on placebo",
        "Printed 1 Mar 2026",
    ):
        assert words in text, words


def test_the_same_report_is_the_same_bytes_tagged_and_on_the_paper_asked_for() -> None:
    first = pdf(judged(two_arms()), Paper.A4, TODAY, ENGLISH)
    assert first == pdf(judged(two_arms()), Paper.A4, TODAY, ENGLISH)
    assert UA in first
    letter = pdf(judged(two_arms()), Paper.LETTER, TODAY, ENGLISH)
    assert UA in letter
    boxes = [pages(made)[0].mediabox for made in (first, letter)]
    sizes = [[round(float(side)) for side in box[2:]] for box in boxes]
    assert sizes == [[595, 842], [612, 792]]


def test_a_release_has_no_curve_and_counts_who_stands_beside() -> None:
    text = read(two_arms(), release=True)
    assert "Report by arm, for release" in text
    assert "< 5 / 28" in text
    assert "of all 28" not in text
    assert "Withdrew or erased what they gave: < 5." in text
    assert "journey" not in text


def test_one_arm_and_none_are_printed_too() -> None:
    one = read(group_report([{"treatment": YES}] * 6, ["treatment"]))
    assert "The same people in both arms" not in one
    assert "Treatment: 6 / 6" in one
    assert "there is no arm" in read(group_report([], []))
