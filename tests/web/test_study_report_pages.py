"""A study's report as its page says it: figures, picture, choices, and the variant for release."""

import json
from datetime import date, timedelta
from typing import Final

import pytest
from flask import Flask

from tests.web import stored, studying
from tests.web.client import page_text, sign_up
from tests.web.studying import FIELDS, House
from tests.web.test_studies import text
from tracker.domain.answers import answered
from tracker.domain.diary import Diary, Entry, Status
from tracker.domain.questionnaire import FIRST, Ruler

BEGIN: Final = date(2026, 11, 21)
BASELINE: Final = 14
NIGHTS: Final = 60
PEOPLE: Final = 6
OPEN: Final = {**FIELDS, "plan": "open_label", "title": "Lamps <b> at night"}


def lived(number: int) -> Diary:
    """Return a diary whose pain falls by half after the baseline; the first person's doesn't."""
    entries = {}
    for n in range(NIGHTS):
        level = 8 if n <= BASELINE or number == 0 else 4
        answers = {"pain": answered(level), "fatigue": answered(level)}
        day = BEGIN + timedelta(days=n)
        entries[day] = Entry(day, answers, Ruler.NRS, Status.ON_TIME)
    return Diary(Ruler.NRS, {item.key: item for item in FIRST.items}, entries)


@pytest.fixture
def made(app: Flask) -> House:
    """Return an open study of six people, five of whom have half the pain after two weeks."""
    ada = studying.coordinator(app, "Ada")
    path = ada.post("/studies/new", OPEN).location
    ada.post(f"{path}consent", {"words": "I take part."})
    found = House(app, ada, ada, ada, path)
    code = found.code()
    for number in range(PEOPLE):
        visitor = sign_up(app, f"Moth {number}")
        assert studying.join(visitor, code) == 303
        stored.keep(visitor, lived(number))
    return found


def test_the_page_has_figures_picture_and_what_stands_beside(made: House) -> None:
    answer = made.ada.get(f"{made.path}report")
    page, said = page_text(answer), text(answer).replace("\N{NO-BREAK SPACE}", " ")
    assert "Titration: 5 / 6" in said
    assert "83.3 % (43.6 to 97.0)" in said
    assert 'class="chart"' in page
    assert "Titration, of all 6" in said
    assert "Responders by every rule" in said
    assert "0 people withdrew or erased what they gave" in said
    assert "Lamps &lt;b&gt; at night" in page
    assert "report.pdf?rule=younger2013&amp;preset=week&amp;paper=letter" in page
    assert "Moth" not in said
    other = text(made.ada.get(f"{made.path}report?rule=pain50&preset=stanford"))
    assert "Pain 50" in other
    assert made.ada.get(f"{made.path}report?rule=stars").status_code == 400


def test_the_variant_for_release_withholds_and_says_so(made: House) -> None:
    answer = made.ada.get(f"{made.path}report?release=y")
    page, said = page_text(answer), text(answer).replace("\N{NO-BREAK SPACE}", " ")
    assert "For release: what would tell of fewer than five people is left out." in said
    assert "Titration: > 1 / 6" in said
    assert 'class="chart"' not in page
    assert "Responders by every rule" not in said
    assert "Withdrew or erased what they gave: < 5." in said
    assert "preset=stanford&amp;release=y" in page
    whole = json.loads(made.ada.get(f"{made.path}report.json").data)
    assert whole["arms"]["Titration"]["responders"]["younger2013"]["count"] == 5
    answer = made.ada.get(f"{made.path}report.json?release=y")
    assert "report-for-release.json" in answer.headers["Content-Disposition"]
    told = json.loads(answer.data)
    assert told["arms"]["Titration"]["responders"]["younger2013"]["count"] is None


def test_the_pdf_is_named_by_its_kind_and_on_the_paper_asked_for(made: House) -> None:
    for query, name in (("", "report.pdf"), ("?release=y&paper=letter", "report-for-release.pdf")):
        answer = made.ada.get(f"{made.path}report.pdf{query}")
        assert answer.data.startswith(b"%PDF")
        assert f'"evenfall-study-{name}"' in answer.headers["Content-Disposition"]
    assert made.ada.get(f"{made.path}report.pdf?paper=papyrus").status_code == 400


def test_the_data_set_has_its_zip(made: House) -> None:
    answer = made.ada.get(f"{made.path}data/redcap.zip")
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    assert answer.data == made.ada.get(f"{made.path}data/redcap.zip").data
