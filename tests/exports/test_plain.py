"""The plain text tells every figure, every reason and what the verdict does not mean."""

from dataclasses import replace

import pytest

from tests.domain.builders import day, diary_of, phases_of, placed, report_of, two_phases
from tracker.domain import wording
from tracker.domain.diary import Diary
from tracker.domain.intervals import NoInterval
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import Direction, Item
from tracker.domain.report import Report
from tracker.domain.responder import Rule, Verdict
from tracker.domain.statistics import Band, Reason
from tracker.domain.windows import Preset
from tracker.exports.plain import plain

BASELINE = [60, 62] * 7
AFTER = [99, 42, 44, 42, 44, 42, 44, 42]


def said(report: Report) -> str:
    return plain(report, str)


def pain(after: list[int], before: list[int] | None = None) -> Diary:
    return diary_of({"pain": placed([*(before or BASELINE), *after])})


def test_an_item_shows_means_points_percent_band_and_interval() -> None:
    text = said(report_of(pain(AFTER), two_phases()))
    assert (
        "  * Pain: baseline 61.0 (14 days), then 42.8 (7 days), -18.1 points, "
        "improvement 29.7 %, minimally better, 95 % interval 28.0 to 31.3"
    ) in text
    assert "This is early" in text
    assert "7 of 7 nights logged, 0 missing, 0 late." in text


def test_few_days_say_how_many_are_needed() -> None:
    diary = diary_of({"pain": placed([*BASELINE[:6], *[None] * 8, *AFTER])})
    assert "baseline 6 of 14, 8 needed; window 7 of 7, 4 needed" in said(
        report_of(diary, two_phases())
    )
    text = said(report_of(diary, two_phases(), preset=Preset.PREGABALIN))
    assert "baseline 6 of 7, 7 needed; window 7 of 7, 7 needed" in text


def test_a_low_baseline_is_told() -> None:
    text = said(report_of(pain([99] + [20, 22] * 4, [30, 32] * 7), two_phases()))
    assert "low baseline" in text
    assert wording.LOW_BASELINE in text


def test_scores_that_did_not_vary_are_told() -> None:
    assert "scores did not vary" in said(report_of(pain([99] + [42] * 7), two_phases()))


def test_more_points_have_a_plus_and_none_has_no_sign() -> None:
    assert "+9.0 points" in said(report_of(pain([99] + [70] * 7), two_phases()))
    assert ", 0.0 points" in said(report_of(pain([99] + [61] * 7), two_phases()))


def test_a_neutral_item_has_points_only() -> None:
    diary = diary_of({"activity": placed([20] * 15 + [30] * 7)})
    lines = said(report_of(diary, two_phases())).splitlines()
    assert "    Activity: baseline 20.0 (14 days), then 30.0 (7 days), +10.0 points" in lines


def test_an_own_symptom_is_called_as_the_person_called_it() -> None:
    diary = pain(AFTER)
    own = Item("own:Stiff hands:lower", "Stiff hands", "", "", "", Direction.LOWER)
    entries = {
        when: replace(night, answers={own.key: night.answers["pain"]})
        for when, night in diary.entries.items()
    }
    report = report_of(Diary(diary.ruler, {own.key: own}, entries), two_phases())
    assert "Stiff hands: baseline" in plain(report, lambda text: text.replace("Stiff", "Starr"))


def test_overall_change_and_lasting_improvement_are_told() -> None:
    diary = diary_of({"pain": placed(BASELINE + [99] + [30, 32] * 20), "pgic": {day(30): 2}})
    text = said(report_of(diary, two_phases(), Rule.PAIN_PGIC))
    assert "Overall change (PGIC): 2." in text
    assert "Tolerability" not in text
    assert "Pain stayed at least 30 % lower from 2026-01-22 on." in text


def test_tolerability_is_told_with_its_answers() -> None:
    said_of = {day(21): 80, day(28): 91}
    diary = diary_of({"pain": placed(BASELINE + [99] + [30] * 20), "tolerability": said_of})
    assert "Tolerability: mean 85.5 of 100 (n = 2)" in said(report_of(diary, two_phases()))


def test_a_phase_without_a_window_says_why() -> None:
    phases = phases_of((PhaseKind.BASELINE, 14), (PhaseKind.BLINDED, None))
    assert "Blinded phase: This can't be judged: the phase is still blinded" in said(
        report_of(pain(AFTER), phases)
    )


def test_without_a_baseline_none_is_told() -> None:
    text = said(report_of(pain(AFTER), [Phase(PhaseKind.WASHOUT, day(0))]))
    assert "\nBaseline:" not in text
    assert "no nights were written before the first dose" in text


@pytest.mark.parametrize("diary", [pain(AFTER), Diary(pain(AFTER).ruler, {}, {})])
def test_the_placebo_rate_stands_beside_everything(diary: Diary) -> None:
    assert wording.PLACEBO_RATE in said(report_of(diary, two_phases()))
    assert wording.PLACEBO_RATE in said(report_of(diary, ()))


def test_everything_has_its_words() -> None:
    assert set(wording.VERDICTS) == set(Verdict)
    assert set(wording.REASONS) == set(Reason)
    assert set(wording.BANDS) == set(Band)
    assert set(wording.NO_INTERVALS) == set(NoInterval)
    assert set(wording.PRESETS) == set(Preset)
    assert set(wording.KINDS) == set(PhaseKind)
