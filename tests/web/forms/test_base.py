"""Test that fields read strictly and say beside themselves what is wrong."""

from datetime import date, time

import pytest
from flask import Flask, render_template_string
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than stubs

from tests.web import lint
from tracker.domain.words import Refused
from tracker.web.forms.base import BaseForm, Clock, Day, Line, Lines, Required, WholeNumber
from tracker.web.templating import frame


class Sample(BaseForm):
    name = Line("Name", limit=5, validators=[Required("Enter a name.")])
    note = Lines("Note", limit=10, description="A few words.")
    count = WholeNumber("Count", validators=[Required("Enter a count.")])
    day = Day("Day")
    ends = Clock("Ends at")
    agreed = BooleanField("I agree")
    kind = RadioField(
        "Kind", choices=[SelectChoice("a", "First"), SelectChoice("b", "Second")], default="a"
    )
    colour = SelectField("Colour", choices=[SelectChoice("x")])


PAGE = """{% extends "layout.html" %}{% import "components/forms.html" as forms with context %}
{% block heading %}Form{% endblock %}{% block content %}{{ forms.error_summary(form) }}
<form method="post" action="/x">{{ forms.field(form.name, autocomplete="username") }}
{{ forms.field(form.note) }}{{ forms.field(form.count, inputmode="numeric") }}
{{ forms.field(form.day) }}{{ forms.field(form.ends) }}{{ forms.field(form.agreed) }}
{{ forms.choices(form.kind) }}{{ forms.field(form.colour) }}</form>{% endblock %}"""


@pytest.fixture(autouse=True)
def _on_a_page(stranger_app: Flask) -> object:
    with stranger_app.test_request_context("/x"):
        yield


@pytest.fixture
def stranger_app(app: Flask) -> Flask:
    return app


@pytest.fixture
def backend() -> str:
    """Forms know no database: one product will do."""
    return "sqlite"


def sent(**fields: str) -> Sample:
    whole = {"name": "Moth", "count": "0", "kind": "a", "colour": "x", **fields}
    return Sample(MultiDict(whole))


def page(form: Sample) -> str:
    return render_template_string(PAGE, form=form, frame=frame())


def test_a_filled_form_gives_values() -> None:
    form = sent(note=" a\r\nb ", day="2026-11-21", ends="04:00", agreed="y")
    assert form.validate()
    assert form.name.data == "Moth"
    assert form.note.data == "a\nb"
    assert form.count.data == 0
    assert form.day.data == date(2026, 11, 21)
    assert form.ends.data == time(4)
    assert not lint.problems(page(form), signed_in=False)


def test_an_empty_form_asks_for_what_is_required() -> None:
    form = sent(name=" ", count="")
    assert not form.validate()
    assert form.problems() == [("name", "Enter a name."), ("count", "Enter a count.")]
    assert form.day.data is None


def test_an_absent_field_is_empty() -> None:
    form = Sample(MultiDict({"other": "1"}))
    assert not form.validate()
    assert form.note.data == ""
    assert form.day.data is None


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("count", "1_0"),
        ("count", "٣"),
        ("count", "1.5"),
        ("count", "1e3"),
        ("count", "9" * 10),
        ("day", "2026-W47-6"),
        ("day", "20261121"),
        ("day", "2026-02-30"),
        ("day", "٢٠٢٦-11-21"),
        ("ends", "4:00"),
        ("ends", "24:00"),
        ("name", "longer"),
        ("name", "a\x00b"),
        ("note", "a\x07b"),
        ("colour", "green"),
    ],
)
def test_what_cannot_be_read_is_said_beside_the_field_and_kept(field: str, text: str) -> None:
    form = sent(**{field: text})
    assert not form.validate()
    assert [anchor for anchor, _ in form.problems()] == [field]
    assert f'href="#{field}"' in page(form)
    if field != "colour" and text.isprintable():
        assert text in page(form)


def test_a_refusal_stands_beside_its_field_or_on_top() -> None:
    form = sent()
    form.validate()
    form.refuse(Refused("Taken: %(name)s.", name="<b>"), "name")
    form.refuse(Refused("Not now."))
    assert form.problems() == [("", "Not now."), ("name", "Taken: <b>.")]
    shown = page(form)
    assert "Taken: &lt;b&gt;." in shown
    assert "autofocus" in shown
    assert 'aria-describedby="name-error"' in shown
    assert 'aria-invalid="true"' in shown
    assert not lint.problems(shown, signed_in=False)


def test_values_from_storage_are_shown_as_they_would_be_typed() -> None:
    form = Sample(name="Moth", count=7, day=date(2026, 11, 21), ends=time(4, 30))
    shown = page(form)
    for value in ("7", "2026-11-21", "04:30"):
        assert f'value="{value}"' in shown


def test_wtforms_own_sentences_pass_the_catalogue() -> None:
    form = sent()
    assert form.colour.gettext("Not a valid choice.") == "Not a valid choice."
    assert form.colour.ngettext("%(n)d day", "%(n)d days", 2) == "%(n)d days"
