"""A small study lived over HTTP: made, joined, drawn, looked at, left and unblinded."""

import html
import re
from typing import Final

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.web import stored, studying
from tests.web.client import Visitor, page_text, sign_up
from tests.web.studying import FIELDS, PASSPHRASE, House, house
from tracker.storage import audit

# What tells an arm, or who somebody is.
TELLING: Final = re.compile(r"placebo|treatment|naltrexone|4\.5|Moth|Wren", re.IGNORECASE)


@pytest.fixture
def made(app: Flask) -> House:
    return house(app)


def text(answer: TestResponse) -> str:
    return html.unescape(" ".join(page_text(answer).split()))


def told(page: str) -> str:
    """Return what a page says in its main part, without marks."""
    return re.sub(r"<[^>]+>", " ", page.partition("<main")[2].partition("</main>")[0])


def test_a_study_is_made_and_listed(made: House) -> None:
    assert "Lamps at night" in text(made.ada.get("/studies/"))
    assert "open" in text(made.ada.get("/studies/"))
    page = text(made.ada.get(made.path))
    assert "0 of 12 enrolled" in page
    assert "version 1" in page
    assert "coordinator" in text(made.ada.get(f"{made.path}members"))
    assert "I take part." in text(made.ada.get(f"{made.path}consent"))


def test_without_studies_the_list_says_so(app: Flask) -> None:
    ada = studying.coordinator(app, "Ada")
    assert "No study yet." in text(ada.get("/studies/"))
    assert "Pairs of periods" in text(ada.get("/studies/new"))


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"title": ""}, "title"),
        ({"size": "5000"}, "1 to 1000 people"),
        ({"plan": "own", "pairs": "9"}, "1 to 8 pairs"),
        ({"least_nights": "99"}, "14 nights"),
    ],
)
def test_what_no_study_can_be_is_said(app: Flask, fields: dict[str, str], says: str) -> None:
    ada = studying.coordinator(app, "Ada")
    answer = ada.post("/studies/new", {**FIELDS, **fields})
    assert answer.status_code == 422
    assert says in text(answer)


def test_pairs_of_periods_are_a_plan(app: Flask) -> None:
    pairs = {"plan": "own", "pairs": "2", "period_days": "14", "washout_days": ""}
    made = house(app, **pairs)
    assert "Pairs of periods" in text(made.ada.get(made.path))


def test_forms_that_say_nothing_are_refused(made: House) -> None:
    made.join("Moth")
    person = f"{made.path}people/P-001"
    for visitor, path, fields in (
        (made.ada, f"{made.path}consent", {"words": ""}),
        (made.ada, f"{made.path}members", {"name": ""}),
        (made.ada, f"{made.path}members", {"name": "nobody"}),
        (made.ada, f"{made.path}codes", {"uses": "many"}),
        (made.ada, f"{made.path}codes", {"uses": "0"}),
        (made.ada, f"{person}/randomise", {"why": "x" * 501}),
        (made.ada, f"{person}/unblind", {"passphrase": ""}),
        (made.ada, f"{person}/unblind", {"passphrase": PASSPHRASE, "reason": "ill"}),
        (made.holder, f"{made.path}key", {"passphrase": ""}),
        (made.holder, f"{made.path}key", {"passphrase": PASSPHRASE, "again": "another"}),
        (made.holder, f"{made.path}slots", {"slots": ""}),
        (made.holder, f"{made.path}slots", {"slots": "99999"}),
        (made.holder, f"{made.path}packing", {"passphrase": ""}),
        (made.holder, f"{made.path}packing", {"passphrase": "another one, longer"}),
        (made.holder, f"{made.path}unblinding", {"passphrase": ""}),
        (made.holder, f"{made.path}unblinding", {"passphrase": PASSPHRASE}),
    ):
        assert visitor.post(path, fields).status_code == 422, (path, fields)
    assert made.ada.get(f"{made.path}?missed=many").status_code == 422


def test_a_key_needs_its_passphrase_twice(app: Flask) -> None:
    ada = studying.coordinator(app, "Ada")
    path = ada.post("/studies/new", FIELDS).location
    holder = studying.coordinator(app, "Pharmacy")
    assert ada.post(f"{path}members", {"name": "Pharmacy", "part": "holder"}).status_code == 303
    assert holder.post(f"{path}key", {"passphrase": ""}).status_code == 422


def test_who_is_randomised_before_enough_nights_needs_a_reason(app: Flask) -> None:
    made = studying.house(app, least_nights="8")
    made.join("Moth")
    address = f"{made.path}people/P-001/randomise"
    answer = made.ada.post(address, {"why": ""})
    assert answer.status_code == 422
    assert made.ada.post(address, {"why": "Nights on paper"}).status_code == 303


def test_people_join_by_a_code_and_find_their_own_page(made: House) -> None:
    moth = made.join("Moth")
    page = text(moth.get("/study/"))
    assert "Lamps at night" in page
    assert "P-001" in page
    assert "I take part." in page
    assert "Joined a study" in text(moth.get("/account/log"))
    assert "stress" in page_text(moth.get("/")).lower()


def test_a_code_that_opens_nothing_says_so(made: House) -> None:
    moth = sign_up(made.app, "Moth")
    assert moth.post("/studies/join", {"token": "AAAA-BBBB"}).status_code == 422
    assert moth.get("/studies/join/consent").status_code == 422
    assert moth.post("/studies/join/consent").status_code == 422
    assert "Sign in" in text(Visitor(made.app).get("/studies/join"))
    assert "Type the code" in text(moth.get("/studies/join"))
    assert "no study" in text(moth.get("/study/"))


def test_what_is_agreed_to_is_what_was_read(made: House) -> None:
    moth = sign_up(made.app, "Moth")
    moth.post("/studies/join", {"token": f"http://localhost/studies/join#{made.code()}"})
    page = moth.get("/studies/join/consent")
    assert "version 1" in text(page)
    unread = moth.submit(page, "/studies/join/consent", start="2026-11-21")
    assert unread.status_code == 422
    early = moth.submit(page, "/studies/join/consent", start="2026-11-01", agreed="y")
    assert early.status_code == 422
    made.ada.post(f"{made.path}consent", {"words": "Other words."})
    changed = moth.submit(page, "/studies/join/consent", start="2026-11-21", agreed="y")
    assert changed.status_code == 422
    assert "The text was changed meanwhile" in text(changed)
    assert "Other words." in text(changed)


def test_coordinators_see_codes_and_nights_never_names_or_arms(made: House) -> None:
    moth = made.join("Moth")
    made.join("Wren")
    moth.post("/diary/2026-11-21", {"pain": "4", "note": "probe-note"})
    assert made.ada.post(f"{made.path}people/P-001/randomise").status_code == 303
    for visitor in (made.ada, made.ben):
        for path in (made.path, f"{made.path}people/P-001", f"{made.path}people/P-002"):
            page = page_text(visitor.get(path))
            assert "P-00" in page
            said = told(page).replace("12 of the drug and 4 of placebo in drawn order", "")
            assert TELLING.search(said) is None, path
            assert "probe-note" not in page
    list_of = text(made.ada.get(made.path))
    assert "1 of 1" in list_of
    assert "0 of 0" in list_of
    assert "randomised" in list_of
    assert "not randomised yet" in list_of
    assert "What your study sees of your nights" in text(moth.get("/account/readings"))
    assert "coordinator of a study" in text(moth.get("/account/readings"))


def test_the_list_can_show_only_who_misses_nights(made: House) -> None:
    made.join("Moth")
    assert "P-001" in text(made.ada.get(f"{made.path}?missed=0"))
    assert "Nobody to show." in text(made.ada.get(f"{made.path}?missed=3"))


def test_the_holder_sees_the_packing_list_and_nobodys_nights(made: House) -> None:
    made.join("Moth")
    made.ada.post(f"{made.path}people/P-001/randomise")
    page = text(made.holder.get(made.path))
    assert "you see nobody's nights" in page
    assert "P-001" not in page
    for path in ("people/P-001", "codes", "members", "consent"):
        assert made.holder.get(f"{made.path}{path}").status_code == 404
    printed = text(made.holder.post(f"{made.path}packing", {"passphrase": PASSPHRASE}))
    assert "P-001" in printed
    assert "Placebo 28 days" in printed
    assert made.ada.post(f"{made.path}packing", {"passphrase": PASSPHRASE}).status_code == 404
    assert "Only the key's holder" in text(made.ada.get(f"{made.path}key"))
    assert made.holder.post(f"{made.path}slots", {"slots": "10"}).status_code == 303


def test_a_code_can_be_taken_back(made: House) -> None:
    made.code(3)
    page = page_text(made.ada.get(f"{made.path}codes"))
    (revoke,) = set(re.findall(r'action="([^"]+/revoke)"', page))
    assert made.ada.post(revoke).status_code == 303
    assert made.ada.post(revoke).status_code == 404


def test_the_log_says_what_was_done_to_whom_by_code(made: House) -> None:
    made.join("Moth")
    made.ada.post(f"{made.path}people/P-001/randomise")
    for visitor in (made.ben, made.holder):
        page = text(visitor.get(f"{made.path}log"))
        assert "Randomised in a study: P-001" in page
        assert "by Ada" in page
        assert "Moth" not in page


def test_others_find_no_study(made: House) -> None:
    cem = studying.coordinator(made.app, "Cem")
    for path in ("", "consent", "members", "codes", "key", "unblinding"):
        assert cem.get(f"{made.path}{path}").status_code == 404


def test_all_are_unblinded_by_two_or_by_the_holder(made: House) -> None:
    moth = made.join("Moth")
    made.ada.post(f"{made.path}people/P-001/randomise")
    assert "Close enrolment first" in text(made.ada.get(f"{made.path}unblinding"))
    assert made.ada.post(f"{made.path}unblinding/ask").status_code == 422
    assert made.ada.post(f"{made.path}close").status_code == 303
    assert made.ada.post(f"{made.path}reopen").status_code == 303
    made.ada.post(f"{made.path}close")
    assert "closed" in text(made.ada.get(made.path))
    assert "Ask for it" in text(made.ada.get(f"{made.path}unblinding"))
    assert made.ada.post(f"{made.path}unblinding/ask").status_code == 303
    assert "Ask for it" in text(made.ada.get(f"{made.path}unblinding"))
    assert "Unblind all, for good" in text(made.ben.get(f"{made.path}unblinding"))
    opened = made.ben.post(f"{made.path}unblinding", {"passphrase": PASSPHRASE})
    assert opened.status_code == 303
    assert "All are unblinded since" in text(made.ada.get(f"{made.path}unblinding"))
    phases = text(moth.get("/phases/"))
    assert "Placebo" in phases
    assert "Treatment" in phases
    assert "Study unblinded" in text(moth.get("/account/log"))


def test_one_person_is_unblinded_in_an_emergency(made: House) -> None:
    moth = made.join("Moth")
    made.ada.post(f"{made.path}people/P-001/randomise")
    answer = made.ada.post(
        f"{made.path}people/P-001/unblind",
        {"passphrase": PASSPHRASE, "reason": "an operation tonight"},
    )
    assert re.search(r"(Treatment|Placebo) \d+ days, (Treatment|Placebo) \d+ days", text(answer))
    for path in (made.path, f"{made.path}people/P-001"):
        assert "an operation tonight" in text(made.ben.get(path))
    assert "opened in an emergency" in text(moth.get("/account/log"))
    with stored.installation(made.app).database.reading() as session:
        events = audit.events_of(session, made.study_id, 9)
    assert ("study.unblinded_one", '{"code":"P-001"}') in {(one.verb, one.ids) for one in events}


@pytest.mark.parametrize("data", ["keep", "withdraw"])
def test_leaving_offers_the_export_and_asks_what_becomes_of_it(made: House, data: str) -> None:
    moth = made.join("Moth")
    address = f"/study/{made.study_id}/leave"
    assert "/exports/" in page_text(moth.get(address))
    assert moth.post(address, {"data": "all"}).status_code == 404
    assert moth.post(address, {"data": data}).status_code == 303
    assert moth.post(address, {"data": "keep"}).status_code == 404
    page = text(made.ada.get(made.path))
    if data == "keep":
        assert "You left on" in text(moth.get("/study/"))
        assert "left" in page
        assert moth.post(address, {"data": "withdraw"}).status_code == 303
    else:
        assert "1 withdrew" in page
    assert moth.get(address).status_code == 404
    assert "took back what you gave" in text(moth.get("/study/"))


def test_a_study_without_a_drawn_order_has_no_key(app: Flask) -> None:
    ada = studying.coordinator(app, "Ada")
    path = ada.post("/studies/new", {**FIELDS, "plan": "open_label"}).location
    ada.post(f"{path}consent", {"words": "I take part."})
    moth = sign_up(app, "Moth")
    made = House(app, ada, ada, ada, path)
    assert studying.join(moth, made.code()) == 303
    page = text(ada.get(path))
    assert "Key and packing list" not in page
    assert "Randomise" not in text(ada.get(f"{path}people/P-001"))


def test_the_report_and_the_data_open_once_the_arms_are_known(made: House) -> None:
    moth = made.join("Moth")
    moth.post("/diary/2026-11-21", {"pain": "4", "note": "probe-note"})
    made.ada.post(f"{made.path}people/P-001/randomise")
    for path in ("report", "report.json", "report.pdf"):
        assert made.ada.get(f"{made.path}{path}").status_code == 422
    blinded = made.ada.get(f"{made.path}data/phases.csv").text
    assert "P-001,blinded,2026-12-05,2027-03-27,,," in blinded
    assert TELLING.search(blinded) is None
    long = made.ada.get(f"{made.path}data/long.csv").text
    assert "P-001,2026-11-21,1,baseline,,pain,4,answered,nrs,on_time,0,0,1" in long
    assert "probe-note" not in long
    for name in ("dictionary.csv", "diaries.csv", "qs.csv"):
        assert made.ada.get(f"{made.path}data/{name}").status_code == 200
    assert made.ada.get(f"{made.path}data/names.csv").status_code == 404
    made.ada.post(f"{made.path}close")
    made.holder.post(f"{made.path}unblinding", {"passphrase": PASSPHRASE})
    page = text(made.ada.get(f"{made.path}report"))
    assert "People in this report: 1" in page
    assert "Treatment: 0 / 1" in page
    told = made.ada.get(f"{made.path}report.json?rule=pain30").json
    assert told is not None
    assert (told["n"], told["rule"], sorted(told["arms"])) == (
        1,
        "pain30",
        ["placebo", "treatment"],
    )
    assert "naltrexone" in made.ada.get(f"{made.path}data/phases.csv").text


def test_an_emergency_stays_in_the_report(made: House) -> None:
    made.join("Moth")
    made.ada.post(f"{made.path}people/P-001/randomise", {"why": "x"})
    fields = {"passphrase": PASSPHRASE, "reason": "an operation tonight"}
    made.ada.post(f"{made.path}people/P-001/unblind", fields)
    made.ada.post(f"{made.path}close")
    made.holder.post(f"{made.path}unblinding", {"passphrase": PASSPHRASE})
    assert "an operation tonight" in text(made.ada.get(f"{made.path}report"))
