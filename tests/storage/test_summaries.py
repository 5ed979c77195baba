"""The sums that lists read are those that the diary itself gives."""

from datetime import date

import pytest

from tests.storage.nights import DAY, MOTH, NOW, OWL, counted, later, night, scores, welcome
from tracker.domain.answers import DECLINED
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import CORE, FIRST, STRESS, Ruler
from tracker.domain.revisions import Deed
from tracker.domain.spans import Span
from tracker.domain.statistics import Tally
from tracker.storage import diaries, questionnaires, summaries
from tracker.storage.database import Database, Session
from tracker.storage.revisions import append_revision
from tracker.storage.summaries import windows_of

BASELINE = Phase(PhaseKind.BASELINE, DAY, later(14))
TREATMENT = Phase(PhaseKind.TREATMENT, later(14))
PHASES = (BASELINE, TREATMENT)
WINDOWS = windows_of(PHASES, later(30))


def furnish(session: Session) -> None:
    """Store thirty nights, with a gap, a declined answer and a deleted night."""
    welcome(session)
    welcome(session, OWL)
    for number in range(30):
        answers = dict(scores(pain=number % 10, sleep=2))
        if number == 3:
            answers["pain"] = DECLINED
        if number != 25:
            append_revision(session, MOTH, night(later(number), answers=answers))
    append_revision(session, MOTH, night(later(4), 2, deed=Deed.DELETE, answers={}))
    append_revision(session, OWL, night(author=OWL))


def tallied(session: Session, item: str, span: Span | None) -> Tally:
    """Sum as the domain does."""
    found = diaries.load_diary(session, MOTH).scores(item, span).values()
    return Tally(sum(found), len(found))


def test_the_sums_are_those_of_the_diary(database: Database) -> None:
    with database.writing() as session:
        furnish(session)
        summaries.recount(session, MOTH, FIRST, WINDOWS)
        found = summaries.load_summaries(session, MOTH)
        assert list(found) == sorted(item.key for item in CORE)
        for item, summary in found.items():
            assert summary.windows == WINDOWS
            assert summary.baseline == tallied(session, item, WINDOWS.baseline)
            assert summary.evaluation == tallied(session, item, WINDOWS.evaluation)
        assert found["pain"].baseline.days == 12
        assert found["pain"].evaluation.days == 6
        assert found["mood"].evaluation == Tally()
        assert summaries.load_summaries(session, OWL) == {}


def test_a_later_saving_counts_anew_in_one_statement(database: Database) -> None:
    with database.writing() as session:
        furnish(session)
        summaries.recount(session, MOTH, FIRST, WINDOWS)
        append_revision(session, MOTH, night(later(29), 2, answers=scores(pain=0)))
        with counted() as sent:
            summaries.recount(session, MOTH, FIRST, WINDOWS)
        assert len(sent) == 1
        found = summaries.load_summaries(session, MOTH)
        assert found["pain"].evaluation == tallied(session, "pain", WINDOWS.evaluation)
        assert found["sleep"].evaluation.days == 5


def test_scores_on_another_ruler_are_not_mixed_in(database: Database) -> None:
    with database.writing() as session:
        furnish(session)
        asked = questionnaires.save_next(session, MOTH, Ruler.VAS, CORE, NOW)
        wide = night(later(25), ruler=Ruler.VAS, questionnaire=2, answers=scores(pain=77))
        append_revision(session, MOTH, wide)
        summaries.refresh(session, MOTH, asked, WINDOWS)
        pain = summaries.load_summaries(session, MOTH)["pain"]
    assert (pain.baseline, pain.evaluation) == (Tally(), Tally(77, 1))


def test_other_items_or_phases_leave_no_old_sums(database: Database) -> None:
    with database.writing() as session:
        furnish(session)
        summaries.recount(session, MOTH, FIRST, WINDOWS)
        asked = questionnaires.save_next(session, MOTH, Ruler.NRS, (STRESS,), NOW)
        summaries.refresh(session, MOTH, asked, WINDOWS)
        assert list(summaries.load_summaries(session, MOTH)) == ["stress"]
        with counted() as sent:
            summaries.refresh(session, MOTH, asked, windows_of((), later(30)))
        assert len(sent) == 1
        assert summaries.load_summaries(session, MOTH) == {}


def test_sums_that_know_too_few_days_are_found(database: Database) -> None:
    with database.writing() as session:
        furnish(session)
        summaries.recount(session, MOTH, FIRST, WINDOWS)
        assert summaries.late_owners(session, later(29)) == []
        assert summaries.late_owners(session, later(30)) == [MOTH]


@pytest.mark.parametrize(
    ("phases", "closed_until", "baseline", "evaluation"),
    [
        ((), later(30), None, None),
        ((BASELINE,), later(5), Span(DAY, later(5)), None),
        (PHASES, later(14), Span(DAY, later(14)), None),
        (PHASES, later(20), Span(DAY, later(14)), None),
        (PHASES, later(22), Span(DAY, later(14)), Span(later(15), later(22))),
        ((BASELINE, Phase(PhaseKind.BLINDED, later(14))), later(30), Span(DAY, later(14)), None),
        ((TREATMENT,), later(40), Span(DAY, later(14)), Span(later(33), later(40))),
    ],
)
def test_windows_are_the_headline_ones_of_the_newest_phase(
    phases: tuple[Phase, ...], closed_until: date, baseline: Span | None, evaluation: Span | None
) -> None:
    windows = windows_of(phases, closed_until)
    assert (windows.baseline, windows.evaluation) == (baseline, evaluation)


def test_a_baseline_alone_is_summed_too(database: Database) -> None:
    windows = windows_of((BASELINE,), later(5))
    with database.writing() as session:
        furnish(session)
        summaries.recount(session, MOTH, FIRST, windows)
        pain = summaries.load_summaries(session, MOTH)["pain"]
    assert (pain.windows, pain.baseline) == (windows, Tally(0 + 1 + 2, 3))
