"""Side effects are told in a few taps, ended in one, and "nothing new" is one too."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.applications import MakeApp
from tests.charts import courses
from tests.web import lint, stored
from tests.web.client import Visitor, page_text, sign_up
from tests.web.happened import DREAMS
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.side_effects import Action, Effect, Severity, SideEffect
from tracker.storage import side_effects
from tracker.storage.side_effects import StoredEffect

TODAY = date(2026, 11, 21)
FEW: Mapping[str, str] = {"effect": "vivid_dreams", "severity": "mild", "start": "2026-11-21"}
HERE = "/side-effects/"


def kept(visitor: Visitor) -> list[StoredEffect]:
    assert visitor.account is not None
    with stored.installation(visitor.app).database.reading() as session:
        return list(side_effects.list_effects(session, visitor.account.id))


def checks(visitor: Visitor) -> list[date]:
    assert visitor.account is not None
    with stored.installation(visitor.app).database.reading() as session:
        return list(side_effects.list_checks(session, visitor.account.id))


def text_of(visitor: Visitor, path: str = HERE) -> str:
    return lint.text_of(lint.parsed(page_text(visitor.get(path))))


def test_three_taps_tell_of_one(owner: Visitor) -> None:
    """What, how strong, Save: the first day is today until it is changed."""
    page = page_text(owner.get(HERE))
    sent = next(fields for action, fields in lint.forms(page) if action == HERE)
    assert sent["start"] == "2026-11-21"
    assert "severity" not in sent
    assert "effect" not in sent
    told = {"effect": "headache", "severity": "moderate"}
    assert owner.post(HERE, {**sent, **told}).status_code == 303
    assert [one.effect for one in kept(owner)] == [
        SideEffect(Effect.HEADACHE, TODAY, Severity.MODERATE, TODAY)
    ]
    text = text_of(owner)
    assert "It is noted." in text
    assert "Headache since 21 Nov 2026 moderate" in text


def test_everything_about_one_can_be_told(owner: Visitor) -> None:
    whole = {
        "effect": "other",
        "name": " dry mouth ",
        "severity": "severe",
        "start": "2026-11-01",
        "last_day": "2026-11-03",
        "bothersome": "y",
        "action": "stopped",
    }
    owner.post(HERE, whole)
    (only,) = kept(owner)
    assert only.effect == SideEffect(
        Effect.OTHER,
        date(2026, 11, 1),
        Severity.SEVERE,
        TODAY,
        date(2026, 11, 4),
        bothersome=True,
        action=Action.STOPPED,
        name="dry mouth",
    )
    said = "dry mouth 1 Nov 2026 to 3 Nov 2026 severe, bothersome, Stopped the medicine"
    assert said in text_of(owner)
    page = page_text(owner.get(f"{HERE}{only.id}"))
    sent = next(fields for action, fields in lint.forms(page) if action.startswith(HERE))
    assert {name: sent[name] for name in whole} == {**whole, "name": "dry mouth"}


def test_one_is_changed_and_the_day_of_telling_stays(owner: Visitor) -> None:
    owner.post(HERE, FEW)
    (only,) = kept(owner)
    changed = {**FEW, "severity": "severe", "start": "2026-11-02"}
    assert owner.post(f"{HERE}{only.id}", changed).status_code == 303
    (after,) = kept(owner)
    assert after.effect == replace(
        only.effect, severity=Severity.SEVERE, start=date(2026, 11, 2), reported=TODAY
    )


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("effect", "", "Choose what it is."),
        ("effect", "hunger", "Not a valid choice"),
        ("effect", "other", "Say in a word or two"),
        ("severity", "", "Choose how strong"),
        ("start", "", "Enter the first day."),
        ("start", "2026-11-22", "can&#39;t lie in the future"),
        ("start", "0001-01-01", "too far away"),
        ("last_day", "2026-11-20", "can&#39;t lie before the first"),
        ("last_day", "2026-11-22", "can&#39;t lie in the future"),
        ("name", "x" * 101, "at most 100 characters"),
    ],
)
def test_what_cant_be_is_refused_with_what_was_typed(
    owner: Visitor, field: str, value: str, said: str
) -> None:
    owner.post(HERE, {**FEW, "start": "2026-11-20"})
    (only,) = kept(owner)
    for path in (HERE, f"{HERE}{only.id}"):
        answer = owner.post(path, {**FEW, field: value})
        assert answer.status_code == 422
        assert said in answer.text
    assert kept(owner) == [only]


def test_one_tap_ends_it_today(owner: Visitor) -> None:
    owner.post(HERE, {**FEW, "start": "2026-11-10"})
    page = page_text(owner.get(HERE))
    action, sent = next(each for each in lint.forms(page) if each[0].endswith("/end"))
    assert owner.post(action, sent).status_code == 303
    assert kept(owner)[0].effect.end == TODAY + timedelta(days=1)
    assert "10 Nov 2026 to 21 Nov 2026" in text_of(owner)
    assert "Last day (optional)" in text_of(owner)


@pytest.mark.parametrize(
    ("last_day", "said"),
    [("", "Enter the last day."), ("2026-11-09", "before the first"), ("2026-11-22", "future")],
)
def test_an_end_that_cant_be_stands_beside_its_day(
    owner: Visitor, last_day: str, said: str
) -> None:
    owner.post(HERE, {**FEW, "start": "2026-11-10"})
    (only,) = kept(owner)
    answer = owner.post(f"{HERE}{only.id}/end", {"last_day": last_day})
    assert answer.status_code == 422
    assert said in answer.text
    assert kept(owner) == [only]


def test_what_was_taken_away_comes_back_as_it_was(owner: Visitor) -> None:
    for last_day in ("", "2026-11-20"):
        owner.post(HERE, {**FEW, "start": "2026-11-10", "last_day": last_day, "bothersome": "y"})
    for one in kept(owner):
        assert owner.post(f"{HERE}{one.id}/delete").status_code == 303
        assert "“Vivid dreams” is removed." in text_of(owner)
        assert owner.post(f"{HERE}undo").status_code == 303
        assert "It is back." in text_of(owner)
        assert owner.post(f"{HERE}undo").status_code == 404
    ends = {one.effect.end for one in kept(owner)}
    assert ends == {None, TODAY}
    assert all(one.effect.bothersome for one in kept(owner))


def test_the_undo_waits_for_an_hour(make_app: MakeApp) -> None:
    owner = sign_up(make_app())
    owner.post(HERE, FEW)
    owner.post(f"{HERE}{kept(owner)[0].id}/delete")
    later = Visitor(make_app(CLOCK="2026-11-21T20:31:00Z"))
    cookie = owner.client.get_cookie("__Host-evenfall")
    assert cookie is not None
    later.client.set_cookie(cookie.key, cookie.value, domain="localhost", secure=True)
    later.account = owner.account
    assert "is removed" not in text_of(later)


def test_nothing_new_is_one_tap_and_can_be_taken_back(owner: Visitor) -> None:
    assert "No side effects so far" in text_of(owner)
    assert owner.post(f"{HERE}none").status_code == 303
    assert checks(owner) == [TODAY]
    assert "You said today that there is nothing new." in text_of(owner)
    owner.post(f"{HERE}none/undo")
    owner.post(f"{HERE}none/undo")
    assert checks(owner) == []


def test_nothing_new_is_since_the_last_time(owner: Visitor) -> None:
    assert owner.account is not None
    with stored.installation(owner.app).database.writing() as session:
        side_effects.add_effect(session, owner.account.id, DREAMS, stored.NOW)
    assert "Nothing new since 1 November 2026" in text_of(owner)


@pytest.mark.parametrize("kind", [PhaseKind.TREATMENT, PhaseKind.PLACEBO, PhaseKind.BLINDED])
def test_a_phase_asks_every_two_weeks_and_says_not_what_it_is(
    owner: Visitor, kind: PhaseKind
) -> None:
    asked = "In this phase you are asked every two weeks"
    assert asked not in text_of(owner)
    stored.keep(owner, courses.diary({}), [Phase(kind, date(2026, 11, 1))])
    assert asked in text_of(owner)
    owner.post(f"{HERE}none")
    assert asked not in text_of(owner)


@pytest.mark.parametrize("answer", ["none", ""])
def test_the_saved_night_asks_where_two_weeks_are_over(owner: Visitor, answer: str) -> None:
    asked, night = "did you notice anything new?", f"/diary/{TODAY}"
    stored.keep(owner, courses.diary({}), [Phase(PhaseKind.BLINDED, date(2026, 11, 1))])
    assert asked not in text_of(owner, night), "before the night is saved nothing leads away"
    owner.post(night, {"pain": "4"})
    assert asked in text_of(owner, night)
    assert owner.post(f"{HERE}{answer}", {} if answer else FEW).status_code == 303
    assert asked not in text_of(owner, night)


def test_a_night_that_is_over_or_deleted_asks_nothing(owner: Visitor) -> None:
    asked = "did you notice anything new?"
    stored.keep(owner, courses.diary({}), [Phase(PhaseKind.TREATMENT, date(2026, 11, 1))])
    yesterday = TODAY - timedelta(days=1)
    owner.post(f"/diary/{yesterday}", {"pain": "4"})
    assert asked not in text_of(owner, f"/diary/{yesterday}")
    owner.post(f"/diary/{TODAY}", {"pain": "4"})
    owner.post(f"/diary/{TODAY}/delete")
    assert asked not in text_of(owner, f"/diary/{TODAY}")
