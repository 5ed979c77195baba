"""Files to take along: behind a password, under made-up names, notes only where ticked."""

import html
import io
import re
import uuid
from datetime import date, timedelta
from http import HTTPStatus

import pytest
from openpyxl import load_workbook

from tests.applications import MakeApp
from tests.web.client import Visitor, page_text, sign_up
from tests.web.stored import keep
from tracker.domain.answers import answered
from tracker.domain.diary import Diary, Entry, Status
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import CORE, Ruler
from tracker.web.context import Installation
from tracker.web.views.exports import TYPES


@pytest.mark.parametrize(
    ("path", "name", "kind"),
    [
        ("diary.csv", "evenfall-diary-2026-11-21.csv", "text/csv"),
        ("phases.csv", "evenfall-phases-2026-11-21.csv", "text/csv"),
        ("diary.json", "evenfall-archive-2026-11-21.json", "application/json"),
        ("diary.xlsx", "evenfall-diary-2026-11-21.xlsx", TYPES["xlsx"]),
        ("diary.fhir.json", "evenfall-diary-2026-11-21.fhir.json", "application/fhir+json"),
        ("diary.redcap.zip", "evenfall-diary-2026-11-21.redcap.zip", "application/zip"),
        ("diary.txt", "evenfall-diary-2026-11-21.txt", "text/plain"),
    ],
)
def test_a_file_comes_under_a_made_up_name(owner: Visitor, path: str, name: str, kind: str) -> None:
    answer = owner.get(f"/exports/{path}")
    assert answer.status_code == HTTPStatus.OK
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.mimetype == kind
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    [
        "diary.csv?notes=yes",
        "phases.csv",
        "diary.json",
        "diary.xlsx",
        "diary.fhir.json",
        "diary.redcap.zip",
        "diary.txt",
    ],
)
def test_after_ten_minutes_the_password_is_asked_for_again(make_app: MakeApp, path: str) -> None:
    owner = sign_up(make_app())
    made: Installation = owner.app.extensions["evenfall"]
    later = made.settings.clock() + timedelta(minutes=11)
    late = make_app(CLOCK=f"{later:%Y-%m-%dT%H:%M:%SZ}")
    visitor = Visitor(late, owner.account)
    visitor.client = late.test_client()
    with owner.client.session_transaction() as known, visitor.client.session_transaction() as new:
        new.update(known)
    answer = visitor.get(f"/exports/{path}")
    assert answer.status_code == HTTPStatus.SEE_OTHER
    assert answer.location.startswith("/account/confirm?next=/exports/")


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ("", 2),
        ("?from=2026-11-20", 2),
        ("?to=2026-11-20", 1),
        ("?from=2026-11-21&to=2026-11-21", 1),
        ("?from=2026-11-22", 0),
        ("?to=2199-12-31", 2),
    ],
)
def test_only_the_nights_asked_for_come(owner: Visitor, query: str, days: int) -> None:
    for day in ("2026-11-20", "2026-11-21"):
        owner.post(f"/diary/{day}", {"pain": "3", "client_id": str(uuid.uuid4())})
    assert owner.get(f"/exports/diary.csv{query}").text.count("\n") == 1 + days


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?from=yesterday", "Enter a day as year-month-day"),
        ("?to=0001-01-01", "Enter a day as year-month-day"),
        ("?from=2026-11-21&to=2026-11-20", "The last night can&#39;t lie before the first."),
    ],
)
def test_days_that_cannot_be_are_refused_beside_their_field(
    owner: Visitor, query: str, said: str
) -> None:
    for ending in ("csv", "xlsx", "fhir.json", "redcap.zip"):
        page = owner.get(f"/exports/diary.{ending}{query}")
        assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert said in page_text(page)


def test_notes_go_along_only_where_ticked(owner: Visitor) -> None:
    owner.post("/diary/2026-11-21", {"pain": "3", "note": "secret", "client_id": str(uuid.uuid4())})
    assert "secret" not in owner.get("/exports/diary.csv").text
    assert "secret" not in owner.get("/exports/diary.csv?notes=no").text
    assert "secret" in owner.get("/exports/diary.csv?notes=y").text


def test_every_file_keeps_to_the_nights_and_notes_that_were_chosen(owner: Visitor) -> None:
    for day in ("2026-11-20", "2026-11-21"):
        fields = {"pain": "3", "note": f"secret of {day}", "client_id": str(uuid.uuid4())}
        owner.post(f"/diary/{day}", fields)
    for ending in ("fhir.json", "redcap.zip"):
        path = f"/exports/diary.{ending}?to=2026-11-20"
        assert b"2026-11-20" in owner.get(path).data
        assert b"secret" not in owner.get(path).data
        assert b"secret of 2026-11-20" in owner.get(f"{path}&notes=y").data
        assert b"secret of 2026-11-21" not in owner.get(f"{path}&notes=y").data
    for query, notes in (("", []), ("&notes=y", ["secret of 2026-11-20"])):
        data = owner.get(f"/exports/diary.xlsx?to=2026-11-20{query}").data
        rows = load_workbook(io.BytesIO(data))["Nights"].iter_rows(min_row=2, values_only=True)
        assert [cell for row in rows for cell in row if "secret" in str(cell)] == notes


def test_the_plain_text_gives_the_answer_in_the_words_of_its_page(owner: Visitor) -> None:
    first = date(2026, 10, 1)
    phases = [
        Phase(PhaseKind.BASELINE, first, first + timedelta(days=14)),
        Phase(PhaseKind.TREATMENT, first + timedelta(days=14), medicine="naltrexone"),
    ]
    days = [first + timedelta(days=number) for number in range(51)]
    entries = {
        day: Entry(
            day,
            {
                item.key: answered(8 - (number > 20) * 3 + (number + place) % 3 - 1)
                for place, item in enumerate(CORE)
            },
            Ruler.NRS,
            Status.ON_TIME,
        )
        for number, day in enumerate(days)
    }
    keep(owner, Diary(Ruler.NRS, {item.key: item for item in CORE}, entries), phases)

    page = " ".join(page_text(owner.get("/response/")).split())
    said = re.findall(r"<p[^>]*>((?:Pain|By this rule|One person)[^<]*)</p>", page)
    text = " ".join(owner.get("/exports/diary.txt").text.split())

    assert len(said) >= 2
    for sentence in said:
        plain = html.unescape(sentence).replace("\N{NO-BREAK SPACE}", " ")
        assert plain.strip() in text


def test_the_page_says_what_each_file_is_for(owner: Visitor) -> None:
    page = page_text(owner.get("/exports/"))
    for name in ("phases.csv", *(f"diary.{ending}" for ending in TYPES)):
        assert f"/exports/{name}" in page
    for group in ("your doctor", "yourself", "moving to another server", "a study"):
        assert f"For {group}" in page
