"""Placebo and treatment in turn: told on the answer, on a reader's report and in its files."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from flask import Flask

from tests.charts import courses
from tests.charts.courses import FIRST
from tests.exports.dossiers import dossier_of
from tests.web import lint, sharing, stored
from tests.web.client import Visitor, page_text
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.scopes import Scope
from tracker.domain.voice import Voice
from tracker.exports.summary.answer import answer
from tracker.exports.summary.values import Summary
from tracker.exports.text import report_text

TITLE = "Placebo and treatment in turn"
LEAD = "In all 2 pairs pain was lower on naltrexone 4.5 mg than on placebo"
ENGLISH = Voice(str, lambda one, many, count: one if count == 1 else many)


def phase(number: int, kind: PhaseKind, end: int | None = None) -> Phase:
    """Give the phase of 14 days that is the `number`-th."""
    ended = FIRST + timedelta(14 * (number + 1) if end is None else end)
    taken = ("naltrexone", Decimal("4.5")) if kind is PhaseKind.TREATMENT else ("", None)
    return Phase(kind, FIRST + timedelta(14 * number), ended, "", *taken)


P, T = PhaseKind.PLACEBO, PhaseKind.TREATMENT
PHASES = [phase(0, P), phase(1, T), phase(2, T), phase(3, P)]
SCORES = {n: (60 if n // 14 in {0, 3} else 45) + n % 3 for n in range(56)}
KEPT = courses.diary(SCORES)


def text(visitor: Visitor) -> str:
    return lint.text_of(lint.parsed(page_text(visitor.get("/response/"))))


def test_pairs_stand_on_the_answer_without_a_p_value_where_no_lots_were_drawn(
    owner: Visitor,
) -> None:
    stored.keep(owner, KEPT, PHASES)
    said = text(owner)
    assert TITLE in said
    assert LEAD in said
    assert "No p-value is given" in said
    assert "1: 1 Sep to 28 Sep, placebo first" in said
    assert "2: 29 Sep to 26 Oct, treatment first" in said
    assert "Only pain is tested" in said


def test_a_pair_that_runs_is_named_by_its_first_day_and_has_no_figures_yet(
    owner: Visitor,
) -> None:
    stored.keep(owner, KEPT, [*PHASES[:3], replace(PHASES[3], end=None)])
    said = text(owner)
    assert "2: from 29 Sep 2026 on, treatment first" in said
    assert "Pair 2 counts once both of its phases are over." in said


def test_nothing_is_said_of_one_pair_or_while_a_phase_is_blinded(
    owner: Visitor, app: Flask
) -> None:
    stored.keep(owner, KEPT, PHASES[:2])
    assert TITLE not in text(owner)
    assert "lower on naltrexone" not in text(owner)
    assert owner.account is not None
    assert TITLE not in sharing.page(app, owner.account, Scope())


@pytest.mark.parametrize(
    ("scope", "is_told"),
    [
        (Scope(treatment=True), True),
        (Scope(items=frozenset({"pain"}), treatment=True), True),
        (Scope(first=FIRST + timedelta(1), treatment=True), False),
    ],
)
def test_a_reader_sees_pairs_where_every_day_is_let_through(
    app: Flask, owner: Visitor, scope: Scope, *, is_told: bool
) -> None:
    account = stored.keep(owner, KEPT, PHASES)
    page = lint.text_of(lint.parsed(sharing.page(app, account, scope)))
    assert (LEAD in page) is is_told
    assert ("The other questions, in figures" in page) is (is_told and scope.items is None)


def test_text_and_pdf_say_the_same(owner: Visitor) -> None:
    stored.keep(owner, KEPT, PHASES)
    dossier = dossier_of(KEPT, PHASES)
    written = " ".join(report_text(dossier, ENGLISH).decode().split())
    assert LEAD in written.replace("\N{NO-BREAK SPACE}", " ")
    summary = Summary("Moth", KEPT, dossier.report, dossier.report.spans[0][1], FIRST, ENGLISH)
    assert LEAD in str(answer(summary)).replace("\\xa0", " ")
