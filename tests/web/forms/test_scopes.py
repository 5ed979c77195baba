"""Test that a scope is chosen in one form, and told in the same words to both sides."""

from datetime import date

import pytest
from flask import Flask, render_template_string
from werkzeug.datastructures import MultiDict

from tests.web import lint
from tracker.domain.questionnaire import FATIGUE, PAIN, Direction, Item
from tracker.domain.scopes import WHOLE, Scope
from tracker.web.forms.scopes import ScopeForm
from tracker.web.scope_words import lines_of
from tracker.web.templating import frame

ITCH = Item("own_x", "Pain <b>", "How bad?", "none", "worst", Direction.LOWER)
ITEMS = (PAIN, FATIGUE, ITCH)
PAGE = """{% extends "layout.html" %}{% import "components/scope.html" as scope with context %}
{% block heading %}Form{% endblock %}{% block content %}
{% import "components/forms.html" as forms with context %}{{ forms.error_summary(form) }}
<form method="get" action="/x">{{ scope.fields(form) }}</form>{{ scope.lines(lines) }}
{% endblock %}"""


@pytest.fixture(autouse=True)
def _on_a_page(app: Flask) -> object:
    with app.test_request_context("/x"):
        yield


@pytest.fixture
def backend() -> str:
    """Forms know no database: one product will do."""
    return "sqlite"


def sent(**fields: str | list[str]) -> ScopeForm:
    return ScopeForm(ITEMS, MultiDict({"questions": "all", **fields}))


def test_untouched_it_lets_all_nights_and_questions_through_but_no_notes() -> None:
    form = sent()
    assert form.is_sound()
    assert form.scope() == Scope()


def test_days_are_said_with_the_last_one_included() -> None:
    more = {"notes": "y", "treatment": "y", "pdf": "y"}
    form = sent(**{"from": "2026-03-01", "to": "2026-03-31", **more})
    assert form.is_sound()
    assert form.scope() == Scope(
        date(2026, 3, 1), date(2026, 4, 1), notes=True, treatment=True, pdf=True
    )


def test_a_new_form_has_medicines_ticked_and_whoever_unticks_them_keeps_them() -> None:
    assert ScopeForm(ITEMS).treatment.data is True
    assert sent(treatment="y").scope() == Scope(treatment=True)
    assert not sent().scope().treatment


def test_questions_count_where_only_some_are_wanted() -> None:
    some = sent(questions="some", item=["pain", "own_x"])
    assert some.is_sound()
    assert some.scope().items == frozenset({"pain", "own_x"})
    assert sent(item=["pain"]).scope().items is None


@pytest.mark.parametrize(
    ("fields", "beside"),
    [
        ({"questions": "some"}, "item"),
        ({"questions": "some", "item": ["hunger"]}, "item"),
        ({"from": "2026-03-02", "to": "2026-03-01"}, "to"),
        ({"from": "yesterday"}, "from"),
        ({"to": "9999-12-31"}, "to"),
    ],
)
def test_what_nobody_could_read_by_is_refused(
    fields: dict[str, str | list[str]], beside: str
) -> None:
    form = sent(**fields)
    assert not form.is_sound()
    assert [anchor for anchor, _text in form.problems()] == [beside]
    assert 'class="error"' in page(form)


def page(form: ScopeForm, scope: Scope = WHOLE) -> str:
    html = render_template_string(PAGE, frame=frame(), form=form, lines=lines_of(scope, ITEMS))
    assert not lint.problems(html, signed_in=False)
    return html


def test_the_form_draws_a_persons_own_words_as_they_are() -> None:
    drawn = page(sent(questions="some", item=["own_x"]))
    assert "Pain &lt;b&gt;</label>" in drawn
    assert 'value="own_x" checked' in drawn
    assert 'value="pain" checked' not in drawn


@pytest.mark.parametrize(
    ("scope", "lines"),
    [
        (
            WHOLE,
            (
                "All nights, those to come too",
                "All questions, later ones too",
                "Notes: yes",
                "Medicines, side effects and measurements: yes",
                "May save the report as a file",
            ),
        ),
        (
            Scope(date(2026, 3, 1), date(2026, 4, 1), frozenset({"own_x", "pain"})),
            (
                "Nights from 1 Mar 2026 to 31 Mar 2026",
                "Only these questions: Pain, Pain <b>",
                "Notes: no",
                "Medicines, side effects and measurements: no",
                "May not save the report as a file",
            ),
        ),
    ],
)
def test_a_scope_is_told_line_by_line(scope: Scope, lines: tuple[str, ...]) -> None:
    assert lines_of(scope, ITEMS) == lines


@pytest.mark.parametrize(
    ("scope", "nights"),
    [
        (Scope(first=date(2026, 3, 1)), "Nights from 1 Mar 2026 on, those to come too"),
        (Scope(end=date(2026, 3, 1)), "Nights up to 28 Feb 2026"),
    ],
)
def test_open_ends_are_said(scope: Scope, nights: str) -> None:
    assert lines_of(scope, ITEMS)[0] == nights
