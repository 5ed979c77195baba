"""Pages of medicines: days and doses as prescribed, deeds that can be undone, the opioid notice."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from flask import Flask

from tests.applications import MakeApp
from tests.charts import courses
from tests.charts.courses import TREATMENT
from tests.web import lint, stored
from tests.web.client import Visitor, page_text, sign_up
from tests.web.test_phases import carry
from tracker.domain.medicines import ChangedBy, Dose, Medicine
from tracker.domain.opioids import NOTICE
from tracker.storage import medicines
from tracker.storage.medicines import StoredMedicine

NEW: Mapping[str, str] = {
    "name": "Naltrexone",
    "start": "2026-09-15",
    "last_day": "",
    "at": "22:00",
    "dose_mg": "1,5",
    "by": "clinician",
    "note": "as prescribed",
}
STEP: Mapping[str, str] = {"start": "2026-10-01", "dose_mg": "3", "by": "me", "note": ""}
FIRST_DOSE = Dose(date(2026, 9, 15), Decimal("1.5"), ChangedBy.CLINICIAN, "as prescribed")
LDN = Medicine("Naltrexone", date(2026, 9, 15), None, time(22), (FIRST_DOSE,))
TODAY = date(2026, 11, 21)


def kept(visitor: Visitor) -> list[StoredMedicine]:
    assert visitor.account is not None
    with stored.installation(visitor.app).database.reading() as session:
        return list(medicines.list_medicines(session, visitor.account.id))


def taken(visitor: Visitor) -> list[Medicine]:
    return [each.medicine for each in kept(visitor)]


def noted(visitor: Visitor, **changes: str) -> str:
    """Add a medicine and return the address of its pages."""
    assert visitor.post("/medicines/new", {**NEW, **changes}).status_code == 303
    return f"/medicines/{kept(visitor)[-1].id}"


def text_of(visitor: Visitor, path: str = "/medicines/") -> str:
    return lint.text_of(lint.parsed(page_text(visitor.get(path))))


def fields_of(visitor: Visitor, path: str, action: str = "") -> Mapping[str, str]:
    page = page_text(visitor.get(path))
    return next(sent for where, sent in lint.forms(page) if where == (action or path))


def test_without_medicines_the_page_says_what_they_are_for(owner: Visitor) -> None:
    text = text_of(owner)
    assert "No medicine is noted as taken now." in text
    assert "The list is not complete: a pharmacist knows more." in text
    assert 'href="/medicines/"' in page_text(owner.get("/more/"))
    assert 'href="/medicines/"' in page_text(owner.get("/phases/"))


def test_a_medicine_is_noted_with_its_first_dose(owner: Visitor) -> None:
    noted(owner)
    assert taken(owner) == [LDN]
    text = text_of(owner)
    assert "The medicine is saved." in text
    assert "1.5 mg, since 15 September 2026" in text
    assert "usually at 22:00" in text
    assert "from 15 Sep 2026: 1.5 mg (by the clinician; as prescribed)" in text


def test_a_medicine_needs_no_dose_and_no_time(owner: Visitor) -> None:
    noted(owner, dose_mg="", note="", at="", last_day="2026-09-20")
    assert taken(owner) == [Medicine("Naltrexone", LDN.start, date(2026, 9, 21))]
    text = text_of(owner)
    assert "Taken before" in text
    assert "15 September 2026 to 20 September 2026" in text


def test_what_is_planned_is_said_to_be_planned(owner: Visitor) -> None:
    noted(owner, start="2026-12-24")
    assert "planned from 24 December 2026" in text_of(owner)
    assert "Stop this medicine" not in text_of(owner)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "Enter what the medicine is called."),
        ("name", "x" * 101, "at most 100 characters"),
        ("start", "", "Enter the first day."),
        ("start", "0001-01-01", "too far away"),
        ("last_day", "2026-09-14", "before the first"),
        ("at", "25:00", "Enter a time"),
        ("dose_mg", "0", "above 0"),
        ("dose_mg", "much", "Enter the dose in milligrams"),
        ("by", "nobody", "Not a valid choice"),
        ("note", "x" * 201, "at most 200 characters"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_was_typed(
    owner: Visitor, field: str, value: str, said: str
) -> None:
    answer = owner.post("/medicines/new", {**NEW, field: value})
    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="as prescribed"' in answer.text or field == "note"
    assert not kept(owner)


def test_name_days_and_time_are_changed_and_doses_stay(owner: Visitor) -> None:
    path = noted(owner)
    shown = fields_of(owner, path)
    assert {name: shown[name] for name in ("name", "start", "last_day", "at")} == {
        name: NEW[name] for name in ("name", "start", "last_day", "at")
    }
    changed = {"name": "LDN", "start": "2026-09-01", "last_day": "2026-11-30", "at": ""}
    assert owner.post(path, changed).status_code == 303
    assert taken(owner) == [
        Medicine("LDN", date(2026, 9, 1), date(2026, 12, 1), None, (FIRST_DOSE,))
    ]
    refused = owner.post(path, {**changed, "start": "2026-09-16"})
    assert refused.status_code == 422
    assert "The dose from 2026-09-15 lies outside" in refused.text
    assert owner.post(path, {**changed, "name": ""}).status_code == 422


def test_the_form_for_a_dose_opens_with_the_last_one(owner: Visitor) -> None:
    path = f"{noted(owner)}/dose"
    shown = fields_of(owner, path)
    assert (shown["dose_mg"], shown["by"], shown["start"]) == ("1.5", "clinician", f"{TODAY}")
    assert owner.post(path, STEP).status_code == 303
    step = Dose(date(2026, 10, 1), Decimal(3), ChangedBy.ME)
    assert taken(owner) == [replace(LDN, doses=(FIRST_DOSE, step))]
    text = text_of(owner)
    assert "3 mg, since 15 September 2026" in text
    assert "from 1 Oct 2026: 3 mg (own decision)" in text
    assert fields_of(owner, path)["dose_mg"] == "3"
    again = owner.post(path, STEP)
    assert again.status_code == 422
    assert "is noted already" in again.text
    assert owner.post(path, {**STEP, "dose_mg": ""}).status_code == 422


def test_without_a_dose_the_form_for_one_is_empty(owner: Visitor) -> None:
    path = f"{noted(owner, start='2026-12-24', dose_mg='')}/dose"
    shown = fields_of(owner, path)
    assert (shown["dose_mg"], shown["start"]) == ("", "2026-12-24")


def test_a_dose_that_is_removed_comes_back_by_one_tap(owner: Visitor) -> None:
    path = noted(owner)
    assert owner.post(f"{path}/dose/remove", {"start": "2026-09-15"}).status_code == 303
    assert taken(owner)[0].doses == ()
    assert "The dose is removed." in text_of(owner)
    assert owner.post("/medicines/undo").status_code == 303
    assert taken(owner) == [LDN]
    assert "It is back." in text_of(owner)
    for start in ("2026-09-16", "soon", ""):
        assert owner.post(f"{path}/dose/remove", {"start": start}).status_code == 404


def test_a_dose_whose_place_is_taken_does_not_come_back(owner: Visitor) -> None:
    path = noted(owner)
    owner.post(f"{path}/dose/remove", {"start": "2026-09-15"})
    other = sign_in_again(owner)
    owner.post(f"{path}/dose", {**STEP, "start": "2026-09-15"})
    assert other.post("/medicines/undo").status_code == 303
    assert "is noted already" in text_of(other)
    assert taken(owner)[0].doses[0].dose_mg == 3


def sign_in_again(visitor: Visitor) -> Visitor:
    """Return another browser with the same cookies."""
    other = Visitor(visitor.app, account=visitor.account)
    carry(visitor, other)
    return other


def test_a_medicine_that_is_removed_comes_back_with_its_doses(owner: Visitor) -> None:
    path = noted(owner)
    assert owner.post(f"{path}/remove").status_code == 303
    assert "The medicine is removed." in text_of(owner)
    assert taken(owner) == []
    assert owner.get(path).status_code == 404
    assert owner.post("/medicines/undo").status_code == 303
    assert taken(owner) == [LDN]
    assert owner.post("/medicines/undo").status_code == 404


def test_the_undo_is_over_after_an_hour(make_app: MakeApp) -> None:
    owner = sign_up(make_app())
    path = noted(owner)
    owner.post(f"{path}/remove")
    late = Visitor(make_app(CLOCK="2026-11-21T20:31:00Z"), account=owner.account)
    carry(owner, late)
    assert "The medicine is removed." not in text_of(late)
    assert late.post("/medicines/undo").status_code == 404


def test_a_medicine_is_stopped_from_the_list_and_taken_again(owner: Visitor) -> None:
    path = noted(owner)
    assert fields_of(owner, "/medicines/", f"{path}/stop")["last_day"] == f"{TODAY}"
    refused = owner.post(f"{path}/stop", {"last_day": "2026-09-14"})
    assert refused.status_code == 422
    assert "before the first" in refused.text
    assert owner.post(f"{path}/stop", {"last_day": ""}).status_code == 422
    assert owner.post(f"{path}/stop", {"last_day": "2026-11-01"}).status_code == 303
    assert taken(owner)[0].end == date(2026, 11, 2)
    assert "Taken before" in text_of(owner)
    again = f"/medicines/new?again={path.rpartition('/')[2]}"
    assert again in page_text(owner.get("/medicines/"))
    shown = fields_of(owner, again, "/medicines/new")
    assert {name: shown[name] for name in ("name", "start", "at", "dose_mg", "by", "note")} == {
        **{name: NEW[name] for name in ("name", "at", "by")},
        "start": f"{TODAY}",
        "dose_mg": "1.5",
        "note": "",
    }
    assert owner.get("/medicines/new?again=nowhere").status_code == 404


def test_too_many_medicines_are_refused(owner: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.services.medicines.MOST_MEDICINES", 1)
    noted(owner)
    answer = owner.post("/medicines/new", NEW)
    assert answer.status_code == 422
    assert "Remove one first" in answer.text


def test_naltrexone_and_an_opioid_are_told_of_at_once(owner: Visitor) -> None:
    noted(owner)
    assert NOTICE not in text_of(owner)
    noted(owner, name="Co-codamol", dose_mg="")
    text = text_of(owner)
    assert NOTICE in text
    assert "It goes by these names: Naltrexone, Co-codamol." in text


def test_the_medicine_of_a_phase_counts_too(owner: Visitor) -> None:
    stored.keep(owner, courses.diary({}), [TREATMENT])
    assert TREATMENT.medicine == "naltrexone"
    noted(owner, name="Tramal", last_day=f"{TODAY - timedelta(days=14)}")
    assert NOTICE in text_of(owner)
    noted(owner, name="Percocet", last_day="2026-09-16")
    assert "Percocet" not in text_of(owner).partition("It goes by")[2].partition(".")[0]


def test_what_a_person_wrote_stays_text(app: Flask, owner: Visitor) -> None:
    del app
    noted(owner, name="<b>Naltrexone</b>", note="=1+1 <i>")
    page = page_text(owner.get("/medicines/"))
    assert "&lt;b&gt;Naltrexone" in page
    assert "&lt;i&gt;" in page
