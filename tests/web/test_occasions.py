"""Test the questions that are not asked every night, from the form to the pages that show them."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from http import HTTPStatus
from pathlib import Path

import pytest

from tests.applications import MakeApp
from tests.web import lint, sharing
from tests.web.client import Visitor, page_text, sign_up
from tests.web.stored import NOW, installation, keep
from tracker.domain.answers import DECLINED, Answer, answered
from tracker.domain.diary import Diary, Entry, Status
from tracker.domain.medicines import Medicine
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import FIRST, PGIC, Ruler
from tracker.domain.scopes import Scope
from tracker.storage import medicines

TODAY = date(2026, 11, 21)
TONIGHT = f"/diary/{TODAY}"
WORDS = "Since the start of the study, my overall status is:"
DOSE = "Did you take your dose last night?"
TOLERATED = "How well did you tolerate the treatment this week?"


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def diary_of(nights: Mapping[int, Mapping[str, Answer]], ruler: Ruler = Ruler.NRS) -> Diary:
    """Give a diary of the core questions, with answers so many days ago."""
    return Diary(
        ruler,
        {item.key: item for item in FIRST.items},
        {
            ago(days): Entry(ago(days), answers, ruler, Status.ON_TIME)
            for days, answers in nights.items()
        },
    )


def lived(owner: Visitor, phases: Iterable[Phase], **nights: Mapping[str, Answer]) -> None:
    """Keep phases, and nights so many days ago, as in `_3={"pgic": answered(2)}`."""
    keep(owner, diary_of({int(key[1:]): answers for key, answers in nights.items()}), phases)


def treated(days: int, kind: PhaseKind = PhaseKind.TREATMENT) -> list[Phase]:
    """Give a baseline of two weeks, and a phase since so many days."""
    return [Phase(PhaseKind.BASELINE, ago(days + 14), ago(days)), Phase(kind, ago(days))]


def fields_of(page: str, action: str = TONIGHT) -> Mapping[str, str]:
    return next(sent for to, sent in lint.forms(page) if to == action)


def save(visitor: Visitor, path: str = TONIGHT, **fields: str) -> str:
    answer = visitor.post(path, fields)
    assert answer.status_code == HTTPStatus.SEE_OTHER, answer.text
    return page_text(visitor.get(answer.headers["Location"]))


def test_a_diary_without_phases_asks_nothing_more(owner: Visitor) -> None:
    page = page_text(owner.get("/"))
    assert not any(words in page for words in (DOSE, TOLERATED, WORDS))


def test_a_night_of_a_treatment_asks_about_the_dose(owner: Visitor) -> None:
    lived(owner, treated(3))
    page = page_text(owner.get("/"))
    assert DOSE in page
    assert not any(words in page for words in (TOLERATED, WORDS))
    assert page.index("how was your mood") < page.index(DOSE)
    shown = save(owner, dose_taken="yes", pain="3")
    assert "<dt>Dose taken</dt><dd>Yes</dd>" in shown


@pytest.mark.parametrize(
    ("began", "ended", "is_asked"),
    [(0, None, False), (1, None, True), (9, None, True), (9, 0, True), (9, 1, False)],
)
def test_a_night_after_a_medicine_asks_about_its_dose(
    owner: Visitor, began: int, ended: int | None, *, is_asked: bool
) -> None:
    assert owner.account is not None
    end = None if ended is None else ago(ended)
    with installation(owner.app).database.writing() as session:
        made = Medicine("naltrexone", ago(began), end)
        medicine_id = medicines.add_medicine(session, owner.account.id, made, NOW)
    assert (DOSE in page_text(owner.get("/"))) is is_asked
    with installation(owner.app).database.writing() as session:
        medicines.mark_removed(session, owner.account.id, medicine_id, NOW)
    assert DOSE not in page_text(owner.get("/"))


@pytest.mark.parametrize(
    "kind", [PhaseKind.TREATMENT, PhaseKind.PLACEBO, PhaseKind.BLINDED], ids=str
)
def test_four_weeks_on_all_three_are_asked_with_nothing_chosen(
    owner: Visitor, kind: PhaseKind
) -> None:
    lived(owner, treated(28, kind))
    page = page_text(owner.get("/"))
    assert page.index(DOSE) < page.index(TOLERATED) < page.index(WORDS)
    assert all(f"{n} {words}" in page for n, words in enumerate(PGIC.steps, 1))
    assert 'type="number" inputmode="numeric" min="0" max="100" step="1" name="tolerab' in page
    assert "checked" not in page
    assert "js/hundred-ruler.js" in page


def test_what_only_tonight_asks_is_not_kept_on_the_phone(owner: Visitor) -> None:
    lived(owner, treated(28))
    page = page_text(owner.get("/"))
    drawn = [part.split("<legend")[0] for part in page.split('data-item="')[1:]]
    marked = {part.split('"')[0] for part in drawn if "data-edit" in part}
    assert marked == {"tolerability", "pgic"}
    assert "data-definition" in page


def test_an_answer_of_an_earlier_day_settles_the_question_and_its_night_shows_it(
    owner: Visitor,
) -> None:
    said = {"pgic": answered(2), "tolerability": answered(90), "pain": answered(4)}
    lived(owner, treated(29), _1=said)
    tonight = page_text(owner.get("/"))
    assert not any(words in tonight for words in (TOLERATED, WORDS))
    page = page_text(owner.get(f"/diary/{ago(1)}"))
    assert "<dt>Overall change</dt><dd>2 Much Improved</dd>" in page
    assert "<dt>Tolerability</dt><dd>90</dd>" in page
    sent = fields_of(page, f"/diary/{ago(1)}")
    assert (sent["pgic"], sent["tolerability"]) == ("2", "90")
    changed = save(owner, f"/diary/{ago(1)}", pgic="3", base_revision="1")
    assert "Overall change: 2 Much Improved → 3 Minimally Improved" in changed


def test_yesterdays_form_asks_what_was_missed_then(owner: Visitor) -> None:
    ended = [*treated(30)[:1], Phase(PhaseKind.TREATMENT, ago(30), TODAY)]
    lived(owner, ended)
    assert WORDS not in page_text(owner.get("/"))
    assert DOSE in page_text(owner.get("/"))
    assert WORDS in page_text(owner.get(f"/diary/{ago(1)}"))


def test_a_due_answer_from_a_phone_is_taken_though_it_is_due_no_more(owner: Visitor) -> None:
    shown = save(owner, pgic="1", tolerability="0", dose_taken="not_prescribed")
    assert "<dt>Overall change</dt><dd>1 Very Much Improved</dd>" in shown
    assert "<dt>Tolerability</dt><dd>0</dd>" in shown
    refused = owner.post(TONIGHT, {"pgic": "8", "tolerability": "101", "dose_taken": "1"})
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert all(f'href="#{key}"' in refused.text for key in ("pgic", "tolerability", "dose_taken"))


def test_a_refused_answer_keeps_its_place_and_what_was_typed(owner: Visitor) -> None:
    lived(owner, treated(28))
    refused = owner.post(TONIGHT, {"tolerability": "101", "pgic": "2"})
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'name="tolerability" value="101"' in refused.text
    assert 'value="2" checked' in refused.text


def test_they_never_become_part_of_what_is_asked_nightly(owner: Visitor) -> None:
    lived(owner, treated(28))
    save(owner, pgic="1", tolerability="88", dose_taken="yes", pain="2")
    assert 'value="pgic"' not in page_text(owner.get("/items/"))
    assert fields_of(page_text(owner.get(TONIGHT)))["questionnaire"] == "1"


def test_two_phones_that_answer_it_differently_leave_the_choice(owner: Visitor) -> None:
    lived(owner, treated(28))
    save(owner, pgic="1", base_revision="0")
    page = save(owner, pgic="6", base_revision="0")
    assert "Two answers for one night" in page
    assert "6 Much Worse" in page
    assert "1 Very Much Improved" in page


def test_the_list_of_nights_says_them_in_words(owner: Visitor) -> None:
    lived(owner, treated(28), _2={"pgic": answered(4), "dose_taken": answered(0)})
    text = page_text(owner.get("/diary/"))
    assert "Dose taken: No" in text
    assert "Overall change: 4 No Change" in text


SAID: Mapping[str, Mapping[str, Answer]] = {
    "_9": {"pain": answered(5), "dose_taken": answered(1), "tolerability": answered(80)},
    "_2": {"pain": answered(4), "dose_taken": answered(1), "pgic": answered(2)},
    "_1": {"pain": answered(4), "dose_taken": DECLINED},
}


def rows_of(page: str) -> list[list[str]]:
    return [[lint.text_of(cell) for cell in row] for row in lint.parsed(page).iter("tr")]


def test_trends_show_them_beside_the_picture(owner: Visitor) -> None:
    lived(owner, treated(28), **SAID)
    rows = rows_of(page_text(owner.get("/trends/")))
    assert ["19 Nov 2026", "2 Much Improved", "\N{EN DASH}"] in rows
    assert ["12 Nov 2026", "\N{EN DASH}", "80"] in rows
    assert ["Yes", "2"] in rows
    assert ["Prefer not to say", "1"] in rows


def test_trends_without_any_say_nothing_of_it(owner: Visitor) -> None:
    lived(owner, treated(28), _1={"pain": answered(4)})
    assert "Not asked every night" not in page_text(owner.get("/trends/"))


def test_a_reader_sees_of_them_what_the_scope_lets_through(owner: Visitor) -> None:
    lived(owner, treated(28), **SAID)
    assert owner.account is not None
    whole = sharing.page(owner.app, owner.account, Scope())
    assert "Not asked every night" in whole
    assert "Tolerability: 80.0 of 100, from 1 answer." in whole
    for items, shown, hidden in (
        ({"pain", "pgic"}, "2 Much Improved", "Tolerability: 80.0"),
        ({"pain", "tolerability"}, "Tolerability: 80.0", "Much Improved"),
        ({"pain"}, "Pain", "Not asked every night"),
    ):
        page = sharing.page(owner.app, owner.account, Scope(items=frozenset(items)))
        assert shown in page
        assert hidden not in page


def test_they_can_be_shared_once_they_were_answered(owner: Visitor) -> None:
    lived(owner, treated(28))
    assert 'value="pgic"' not in page_text(owner.get("/shares/new"))
    save(owner, pgic="2")
    page = page_text(owner.get("/shares/new"))
    assert 'value="pgic"' in page
    assert 'value="tolerability"' not in page


def test_the_phases_say_when_the_overall_change_is_asked_next(owner: Visitor) -> None:
    assert "Overall change is asked" not in page_text(owner.get("/phases/"))
    lived(owner, treated(20))
    assert "Overall change is asked next on 26 November 2026." in page_text(owner.get("/phases/"))


def test_the_phases_say_that_it_is_asked_tonight(owner: Visitor) -> None:
    lived(owner, treated(28))
    assert "Overall change is asked tonight." in page_text(owner.get("/phases/"))
    save(owner, pgic="2")
    assert "asked next on 16 December 2026." in page_text(owner.get("/phases/"))


def test_the_files_have_them_too(owner: Visitor) -> None:
    lived(owner, treated(28), **SAID)
    table = owner.client.get("/exports/diary.csv").text
    assert table.splitlines()[0].startswith("date,pain,fatigue,sleep,mood,")
    assert ",dose_taken,tolerability,pgic,note," in table.splitlines()[0]
    archive = json.loads(owner.client.get("/exports/diary.json").data)
    told = [one["answers"] for one in archive["revisions"]]
    assert {"pain": 4, "dose_taken": "yes", "pgic": 2} in told
    assert all("pgic" not in version["items"] for version in archive["questionnaires"])
    bundle = owner.client.get("/exports/diary.fhir.json").text
    assert "Since the start of the study, my overall status is:" in bundle


def test_a_phase_is_lived_and_judged_by_pain_and_overall_change(
    make_app: MakeApp, tmp_path: Path
) -> None:
    clock = tmp_path / "clock"
    first = ago(24)

    def evening(number: int) -> date:
        """Let it be half past eight, so many days after the first."""
        day = first + timedelta(days=number)
        clock.write_text(f"{day}T18:30:00Z")
        return day

    evening(0)
    person = sign_up(make_app(CLOCK=f"@{clock}"), "Lark")
    began, ends = first + timedelta(days=14), first + timedelta(days=24)
    for start, last, kind in (
        (first, began - timedelta(days=1), "baseline"),
        (began, ends - timedelta(days=1), "treatment"),
    ):
        sent = {"kind": kind, "start": f"{start}", "last_day": f"{last}"}
        assert person.post("/phases/new", sent).status_code == HTTPStatus.SEE_OTHER
    asked = []
    for number in range(24):
        day = evening(number)
        page = person.get("/")
        fields = {"pain": "6" if number <= 14 else "3"}
        if WORDS in page_text(page):
            asked.append(number)
            fields["pgic"] = "2"
        if DOSE in page_text(page):
            fields["dose_taken"] = "yes"
        assert person.submit(page, f"/diary/{day}", **fields).status_code == HTTPStatus.SEE_OTHER
        if number == 20:
            early = person.client.get("/response.json?rule=pain_pgic").get_json()["phases"][0]
            assert early["verdict"] == "not_assessable"
    assert asked == [21]
    evening(24)
    answer = page_text(person.get("/response/?rule=pain_pgic"))
    assert "the diary showed a response" in answer
    assert "Overall change (PGIC), the last answer of these: 2, Much Improved." in answer
    judged = person.client.get("/response.json?rule=pain_pgic").get_json()["phases"][0]
    assert (judged["verdict"], judged["reason"]) == ("responder", None)
    dose = f"/diary/{began + timedelta(days=1)}"
    assert "<dt>Dose taken</dt><dd>Yes</dd>" in page_text(person.get(dose))
