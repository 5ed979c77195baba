"""The log of an account: what a person reads there of deeds by themselves and by the operator."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

import tracker
from tests.web import stored
from tests.web.client import Visitor, page_text
from tracker.storage import audit
from tracker.web.deeds import DEEDS

AT = datetime(2026, 11, 20, 21, 30, tzinfo=UTC)
# diary.lan, push.key, and a night's parts in FHIR, are no deeds.
VERB = re.compile(
    r'"((?:account|audit|demo|diary|dose|effect|erasure|factor|grant|mail|measurement|medicine|night|password|pause|phase|plan|push|questions'
    r'|recovery|reminder|sessions?|share|study)\.(?!(?:lan|key|day|written|revision|note)")[a-z_]+)"'
)


def done(visitor: Visitor, verb: str, actor: str, times: int = 1, **ids: str) -> None:
    """Record a deed in the person's chain."""
    assert visitor.account is not None
    with stored.installation(visitor.app).database.writing() as session:
        for _each in range(times):
            audit.record(session, visitor.account.id, verb, actor, AT, **ids)


def log(visitor: Visitor, query: str = "") -> str:
    """Return a page of the log, its spaces joined."""
    return " ".join(page_text(visitor.get(f"/account/log{query}")).split())


def test_the_log_names_the_deed_the_night_and_who(owner: Visitor) -> None:
    assert owner.account is not None
    done(owner, "night.saved", owner.account.id, day="2026-11-19")
    page = log(owner)
    assert "<span>Night written: 19 Nov 2026</span>" in page
    assert "20 Nov 2026, 23:30 · by you" in page, "by the person's clock"
    assert "<span>Signed in</span>" in page


@pytest.mark.parametrize(
    ("actor", "words"),
    [
        ("operator", "by the operator"),
        ("tracker", "by the program"),
        ("holder", "by the key&#39;s holder"),
        ("another", "by someone else"),
    ],
)
def test_what_others_did_is_said(owner: Visitor, actor: str, words: str) -> None:
    done(owner, "diary.exported", actor)
    assert "Diary taken out as a file" in log(owner)
    assert words in log(owner)


def test_a_deed_without_words_is_named_as_it_is(owner: Visitor) -> None:
    done(owner, "moon.walked", "operator")
    assert "moon.walked" in log(owner)


def test_fifty_lines_are_a_page(owner: Visitor) -> None:
    done(owner, "questions.changed", "operator", times=60)
    first = log(owner)
    assert first.count("by the operator") == 50
    found = re.search(r"/account/log(\?before=[0-9]+)", first)
    assert found is not None
    second = log(owner, found[1])
    assert second.count("by the operator") == 10
    assert "Newest" in second
    assert "Older" not in second


def test_before_the_first_line_there_is_nothing(owner: Visitor) -> None:
    assert "There is nothing before this." in log(owner, "?before=1")


@pytest.mark.parametrize("before", ["0", "-1", "x", "9999999999"])
def test_what_is_no_line_is_not_found(owner: Visitor, before: str) -> None:
    assert owner.get(f"/account/log?before={before}").status_code == 404


def test_every_deed_that_is_recorded_has_words() -> None:
    root = Path(tracker.__file__).parent
    found = {verb for file in root.rglob("*.py") for verb in VERB.findall(file.read_text("utf-8"))}
    assert found == set(DEEDS)
