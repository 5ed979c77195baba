"""The answer: its sentence, what it rests on, what is missing, and what it does not mean."""

import itertools
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from tests.charts import courses
from tests.charts.courses import BASELINE, FIRST, TREATMENT
from tests.storage.nights import counted
from tests.web import lint, stored
from tests.web.client import Visitor, page_text, sign_up
from tracker.domain import verdict_words
from tracker.domain.answers import answered
from tracker.domain.diary import Diary, Entry, Status
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import FATIGUE, FUNCTION, PAIN, SLEEP, Ruler
from tracker.domain.responder import Rule
from tracker.domain.statistics import Reason
from tracker.domain.windows import Preset

PLACEBO = "28 % of people on placebo (14 of 50)"
MINUS = "\N{MINUS SIGN}"
PHASES = (BASELINE, TREATMENT)


def page(visitor: Visitor, path: str = "/response/") -> str:
    answer = visitor.get(path)
    assert answer.status_code == 200
    return lint.text_of(lint.parsed(page_text(answer)))


def rows(visitor: Visitor, path: str = "/response/") -> Sequence[Sequence[str]]:
    root = lint.parsed(page_text(visitor.get(path)))
    return [[lint.text_of(cell) for cell in row] for row in root.iter("tr")]


def answer_to(visitor: Visitor, kept: Diary, phases: Sequence[Phase] = PHASES) -> str:
    stored.keep(visitor, kept, phases)
    return page(visitor)


def steady(before: int, after: int, ruler: Ruler = Ruler.VAS) -> Diary:
    """Return 81 nights of pain and fatigue at two levels, sleep the other way round."""
    entries = {}
    for n in range(81):
        level = before if n < 15 else after
        values = {
            "pain": answered(level),
            "fatigue": answered(level),
            "sleep": answered(ruler.maximum - level),
        }
        day = FIRST + timedelta(n)
        entries[day] = Entry(day, values, ruler, Status.ON_TIME)
    return Diary(ruler, {item.key: item for item in (PAIN, FATIGUE, SLEEP)}, entries)


def test_an_answer_is_one_sentence_and_then_its_figures(owner: Visitor) -> None:
    text = answer_to(owner, courses.diary(courses.course(81)))
    assert "Pain is 35.2 % lower than in the baseline. The mark is 30 %." in text
    assert "By this rule, the diary shows a response at this point." in text
    assert "One person's figure is uncertain: it could lie between" in text
    assert "at least 30 % less pain, and at least 30 % less fatigue or 30 % better sleep" in text
    found = rows(owner)
    assert ["Pain", "69.7", "45.1", f"{MINUS}24.6"] in found
    assert any("35.2 % better (moderately better), interval" in row[0] for row in found)
    assert ["Baseline, 1 Sep to 14 Sep", "14 of 14"] in found
    assert ["Evaluation, 14 Nov to 20 Nov", "7 of 7"] in found


def test_what_it_does_not_mean_stands_on_every_answer(owner: Visitor) -> None:
    assert PLACEBO in page(owner)
    assert PLACEBO in answer_to(owner, courses.diary(courses.course(81)))
    for rule in Rule:
        assert PLACEBO in page(owner, f"/response/?rule={rule}")


def test_an_empty_diary_says_how_to_begin(owner: Visitor) -> None:
    text = page(owner)
    assert "The answer compares a phase of treatment with the nights before it." in text
    assert "No night is logged yet." in text


def test_a_running_baseline_says_what_comes_next(owner: Visitor) -> None:
    planned = Phase(PhaseKind.TREATMENT, FIRST + timedelta(90), None, "naltrexone trial")
    text = answer_to(
        owner, courses.diary(courses.course(81)), [replace(BASELINE, end=planned.start), planned]
    )
    assert "Your baseline is on its way: 1 Sep to 20 Nov, 81 of 81 nights logged." in text
    assert "naltrexone trial is planned from 30 November 2026." in text


def test_exactly_30_percent_is_a_responder_without_an_interval(owner: Visitor) -> None:
    text = answer_to(owner, steady(60, 42))
    assert "30.0 % lower" in text
    assert "the diary shows a response" in text
    assert "no interval: the scores did not vary" in text
    assert "uncertain" not in text


def test_just_below_30_percent_is_none_and_is_never_rounded_up(owner: Visitor) -> None:
    stored.keep(owner, steady(67, 47), PHASES)
    assert "29.8 % lower" in page(owner)
    assert "the diary does not show a response at this point" in page(owner)


def test_more_pain_is_said_plainly(owner: Visitor) -> None:
    text = answer_to(owner, steady(40, 52))
    assert "Pain is 30.0 % higher than in the baseline. The mark is 30 % lower." in text
    assert "much worse" in text


def test_no_change_is_said_plainly(owner: Visitor) -> None:
    text = answer_to(owner, steady(50, 50))
    assert "Pain is the same as in the baseline. The mark is 30 % lower." in text
    assert "no change (little change)" in text


def test_a_phase_that_is_over_speaks_of_the_past(owner: Visitor) -> None:
    ended = replace(TREATMENT, end=FIRST + timedelta(60))
    text = answer_to(owner, courses.diary(courses.course(81)), [BASELINE, ended])
    assert "Pain was" in text
    assert "the diary showed a response at the end of this phase" in text
    assert "This phase is running" not in text


def test_missing_nights_are_counted_against_what_is_needed(owner: Visitor) -> None:
    text = answer_to(owner, courses.diary(courses.course(81, skip=[*range(8), *range(74, 78)])))
    assert "Too few nights are answered to compare." in text
    assert "By this rule, it can't be said yet whether there is a response." in text
    assert "Pain, baseline: 6 of 14 days, 8 needed." in text
    assert "Pain, evaluation: 3 of 7 days, 4 needed." in text


def test_the_answered_days_of_a_preset_are_counted_as_such(owner: Visitor) -> None:
    stored.keep(owner, courses.diary(courses.course(81, skip=range(9))), PHASES)
    text = page(owner, "/response/?preset=pregabalin")
    assert "Pain, baseline: 5 of 7 days, 7 needed." in text


def test_a_phase_too_short_says_how_many_days_have_passed(owner: Visitor) -> None:
    start = FIRST + timedelta(77)
    young = [replace(BASELINE, end=start), Phase(PhaseKind.TREATMENT, start)]
    text = answer_to(owner, courses.diary(courses.course(81)), young)
    assert "3 of 7 days after the start have passed." in text
    assert "Evaluation," not in text


def test_without_a_baseline_nothing_is_made_up(owner: Visitor) -> None:
    text = answer_to(owner, courses.diary(courses.course(81)), [Phase(PhaseKind.TREATMENT, FIRST)])
    assert "A baseline can't be made up afterwards." in text
    assert "can be imported" in text


def test_a_phase_without_treatment_has_no_baseline_row(owner: Visitor) -> None:
    stored.keep(owner, courses.diary(courses.course(81)), [Phase(PhaseKind.WASHOUT, FIRST)])
    assert not [row for row in rows(owner) if row[0].startswith("Baseline")]


def test_two_rulers_are_never_mixed(owner: Visitor) -> None:
    nights = [courses.entry(n, 5, Ruler.NRS) for n in range(20)]
    kept = courses.diary(dict.fromkeys(range(20, 81), 50), Ruler.VAS, *nights)
    assert "Scores on different rulers can't be compared." in answer_to(owner, kept)


def test_a_mild_baseline_has_no_percent_or_says_that_it_moves_easily(
    owner: Visitor, other: Visitor
) -> None:
    assert "so mild that a percent would say little" in answer_to(owner, steady(5, 4))
    assert "below 40 % of the ruler" in answer_to(other, steady(30, 20))


def test_a_baseline_without_pain_has_no_percent(owner: Visitor) -> None:
    assert "at its best every night" in answer_to(owner, steady(0, 10))


def test_the_item_that_keeps_the_rule_open_is_named(owner: Visitor) -> None:
    kept = steady(60, 30)
    entries = {
        day: replace(
            night,
            answers={"pain": night.answers["pain"], "fatigue": answered(0), "sleep": answered(96)},
        )
        for day, night in kept.entries.items()
    }
    text = answer_to(owner, replace(kept, entries=entries))
    assert "Fatigue: In the baseline this was at its best every night" in text
    assert "50.0 % lower" in text


def test_a_rule_that_asks_more_says_what_it_misses(owner: Visitor) -> None:
    stored.keep(owner, courses.diary(courses.course(81)), PHASES)
    assert "question about overall change" in page(owner, "/response/?rule=pain_pgic")
    text = page(owner, "/response/?rule=fm30_short")
    assert f"{FUNCTION.name}, baseline: 0 of 14 days, 8 needed." in text


def test_an_early_answer_says_so(owner: Visitor) -> None:
    start = FIRST + timedelta(60)
    text = answer_to(
        owner,
        courses.diary(courses.course(81)),
        [replace(BASELINE, end=start), Phase(PhaseKind.TREATMENT, start)],
    )
    assert "It is early: this phase is on day 21." in text


def test_lasting_improvement_has_its_first_day(owner: Visitor, other: Visitor) -> None:
    assert "Pain stayed at least 30 % lower from" in answer_to(owner, steady(60, 30))
    assert "There is no lasting stretch" in answer_to(other, steady(60, 50))


def test_several_phases_stand_newest_first(owner: Visitor) -> None:
    first = replace(TREATMENT, end=FIRST + timedelta(45), label="First try")
    second = Phase(PhaseKind.TREATMENT, FIRST + timedelta(45), None, "Second try")
    text = answer_to(owner, courses.diary(courses.course(81)), [BASELINE, first, second])
    assert text.index("Second try") < text.index("First try")
    assert text.count("The rule:") == 2


def test_a_blinded_phase_tells_nothing(owner: Visitor) -> None:
    blinded = Phase(PhaseKind.BLINDED, FIRST + timedelta(14), None, "A")
    text = answer_to(owner, courses.diary(courses.course(81)), [BASELINE, blinded])
    assert "is not revealed yet" in text
    assert "Means, and the change" not in text


def test_how_nights_were_logged_stands_beside_their_number(owner: Visitor) -> None:
    kept = courses.diary(
        courses.course(81),
        Ruler.VAS,
        courses.entry(2, 70, status=Status.LATE),
        courses.entry(3, 70, status=Status.IMPORTED, imported=True),
    )
    stored.keep(owner, kept, PHASES)
    stored.pause(owner, FIRST + timedelta(75), FIRST + timedelta(76))
    found = rows(owner)
    assert ["Baseline, 1 Sep to 14 Sep", "14 of 14, 1 late, 1 imported"] in found
    assert ["Evaluation, 14 Nov to 20 Nov", "6 of 6, 1 paused"] in found


def test_every_rule_and_choice_of_days_is_one_tap_away(owner: Visitor) -> None:
    stored.keep(owner, courses.diary(courses.course(81)), PHASES)
    for rule, preset in itertools.product(Rule, Preset):
        path = f"/response/?rule={rule}&preset={preset}"
        anchors = lint.parsed(page_text(owner.get(path))).iter("a")
        current = [a.attrib["href"] for a in anchors if a.get("aria-current") == "true"]
        assert current == [path] * 2


@pytest.mark.parametrize("query", ["rule=mine", "preset=best", "rule=Younger2013"])
def test_an_unknown_rule_is_a_bad_request(owner: Visitor, query: str) -> None:
    assert owner.get(f"/response/?{query}").status_code == 400
    assert owner.get(f"/response.json?{query}").status_code == 400


def test_every_reason_has_a_sentence_of_its_own() -> None:
    assert set(verdict_words.REASONS) == set(Reason)
    assert len(set(verdict_words.REASONS.values())) == len(Reason)


def test_scripts_read_what_analyze_prints(owner: Visitor) -> None:
    stored.keep(owner, courses.diary(courses.course(81)), PHASES)
    answer = owner.get("/response.json?rule=pain50&preset=two_week")
    assert answer.mimetype == "application/json"
    found = json.loads(answer.text)
    assert (found["rule"], found["preset"], found["ruler"]) == ("pain50", "two_week", "vas")
    assert found["phases"][0]["items"]["pain"]["evaluation_days"] == 14
    assert found["days"] == {"expected": 81, "logged": 81, "late": 0, "missing": 0}


@pytest.mark.parametrize("length", [0, 81])
def test_the_answer_takes_four_statements_whatever_the_length(owner: Visitor, length: int) -> None:
    stored.keep(owner, courses.diary(courses.course(length)), PHASES)
    for path in ("/response/", "/response.json"):
        with counted() as statements:
            assert owner.get(path).status_code == 200
        assert len(statements) <= 4, statements


def test_every_word_can_be_translated(app: Flask) -> None:
    visitor = sign_up(app, "Wren")
    visitor.language = "qps"
    kept = {"Evenfall", "TEST", "CLOCK", "Wren", "naltrexone", "Legs", "arms", "href", "amp"}
    assert not lint.untranslated(page_text(visitor.get("/response/")), kept)
    stored.keep(visitor, courses.diary(courses.course(81)), PHASES)
    assert not lint.untranslated(page_text(visitor.get("/response/")), kept)


def test_no_answer_names_a_dose_that_is_not_the_persons_own(owner: Visitor) -> None:
    text = answer_to(owner, courses.diary(courses.course(81)))
    assert text.count(" mg") == text.count("naltrexone 4.5 mg")
