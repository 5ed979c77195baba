"""Rows read column by column say what the same rows say as a diary, or nothing at all."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.generated import Case, diaries
from tests.generated_cohorts import rows_of
from tracker.domain.outcomes import outcomes_of
from tracker.domain.questionnaire import PAIN, Ruler
from tracker.domain.report import build_report
from tracker.domain.responder import Rule, Verdict
from tracker.domain.scoresheets import ScoreSheet
from tracker.domain.statistics import Flag
from tracker.domain.windows import ARMS, Preset
from tracker.imports import columns, scoresheets
from tracker.imports.columns import DATE, RULER, read_columns
from tracker.imports.diaries import read_diary
from tracker.imports.phases import read_phases
from tracker.imports.problems import ProblemsFound
from tracker.imports.scoresheets import SheetReader

COLUMNS = {
    "date": ("2026-01-01", "2026-01-02", "2026-01-03", "2026-2-1", "2026-02-30", ""),
    "pain": ("", "0", "7", "10", "07", "11", "declined", "n/a", "no_recall", "x", "-1"),
    "sleep": ("", "4", "n/a"),
    "dream_vividness": ("", "5", "no_recall", "declined"),
    "dream_distress": ("", "5", "n/a", "declined"),
    "tolerability": ("", "100", "101"),
    "pgic": ("", "1", "7", "0", "8"),
    "dose_taken": ("", "yes", "no", "not_prescribed", "maybe"),
    "note": ("", "well", "'=1", "\x00", "\udcff"),
    "ruler": ("", "nrs", "vas", "cm"),
    "status": ("", "late", "on_time", "imported", "soon"),
    "revision": ("", "2", "0"),
    "submitted_at": ("", "2026-01-31T21:30:00Z", "now"),
    "zone": ("", "Europe/Berlin", "1"),
    "entered_by": ("", "Moth", "\x07"),
}
tables = st.lists(st.sampled_from(list(COLUMNS)[1:]), unique=True).flatmap(
    lambda names: st.tuples(
        st.just(("date", *names)),
        st.lists(
            st.tuples(*(st.sampled_from(COLUMNS[name]) for name in ("date", *names))), max_size=3
        ),
    )
)


def reader_of(headings: tuple[str, ...], ruler: Ruler, rule: Rule) -> SheetReader:
    return SheetReader(headings, read_columns(headings, {}), ruler, rule)


def compared(headings: tuple[str, ...], rows: list[list[str]]) -> ScoreSheet | None:
    """Give what the quick way says, having seen that it is what the other says."""
    reader = reader_of(headings, Ruler.NRS, Rule.YOUNGER2013)
    quick = reader.by_columns(rows)
    if quick is not None:
        assert quick == reader.by_entries(range(2, len(rows) + 2), rows)
    return quick


def test_every_column_that_a_file_may_have_is_checked() -> None:
    assert {DATE, RULER, *scoresheets.OTHERS} == columns.OTHERS
    assert set(COLUMNS) >= columns.OTHERS


@given(tables)
def test_both_ways_say_the_same_of_any_rows(
    table: tuple[tuple[str, ...], list[tuple[str, ...]]],
) -> None:
    headings, rows = table
    compared(headings, [list(row) for row in rows])


def sheets() -> Iterator[tuple[Case, ScoreSheet, ScoreSheet | None]]:
    """Give generated diaries as the sheet of their entries, and as the quick way has it."""
    for case in diaries(96, 2013):
        rows = rows_of(case.diary_csv)
        if not rows:
            continue
        cells = [list(row.values()) for row in rows]
        reader = reader_of(tuple(rows[0]), Ruler(case.ruler), Rule(case.rule))
        slow = reader.by_entries(range(2, len(cells) + 2), cells)
        yield case, slow, reader.by_columns(cells)


def test_generated_diaries_are_read_alike_and_nearly_all_of_them_quickly() -> None:
    found = list(sheets())
    quick = [(slow, quick) for _, slow, quick in found if quick is not None]
    assert all(slow == quick for slow, quick in quick)
    assert len(quick) > 0.8 * len(found)
    assert any(slow.late for slow, _ in quick)
    assert any(len(slow.logged) < len(slow.series[PAIN.key].scores) + 5 for slow, _ in quick)


def test_a_sheet_gets_the_verdicts_of_the_page() -> None:
    for case, sheet, _ in sheets():
        phases = read_phases((case.phases_csv or "phase,start,end").encode()).phases
        rule, preset = Rule(case.rule), Preset(case.preset)
        diary = read_diary(case.diary_csv.encode(), Ruler(case.ruler), {}).diary
        report = build_report(diary, phases, rule, preset, sheet.closed_until)
        last = {
            result.phase.label or result.phase.kind.value: result
            for result in report.phases
            if result.phase.kind in ARMS
        }
        found = outcomes_of(sheet, phases, rule, preset)
        assert list(found) == list(last)
        for arm, result in last.items():
            outcome = found[arm]
            assert Verdict.of(outcome.responder) is result.verdict
            assert outcome.reason is result.reason
            assert outcome.is_early is result.early
            assert outcome.has_low_baseline is (Flag.LOW_BASELINE in result.flags)
            assert outcome.percent == result.items["pain"].percent
            assert outcome.pgic == result.pgic


@pytest.mark.parametrize(
    ("distress", "is_quick"), [("", True), ("n/a", True), ("declined", False), ("3", False)]
)
def test_a_dream_that_is_not_recalled_is_looked_at_where_it_disturbed(
    distress: str, *, is_quick: bool
) -> None:
    reader = reader_of(("date", "dream_vividness", "dream_distress"), Ruler.NRS, Rule.PAIN30)
    rows = [["2026-01-01", "no_recall", distress], ["2026-01-02", "4", "declined"]]
    quick = reader.by_columns(rows)
    assert (quick is not None) is is_quick
    if quick is None:
        with pytest.raises(ProblemsFound):
            reader.read([2, 3], rows)
