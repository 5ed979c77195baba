"""Files to take along: behind a password, under made-up names, notes only where ticked."""

import uuid
from datetime import timedelta
from http import HTTPStatus

import pytest

from tests.applications import MakeApp
from tests.web.client import Visitor, page_text, sign_up
from tracker.web.context import Installation


@pytest.mark.parametrize(
    ("path", "name", "kind"),
    [
        ("diary.csv", "evenfall-diary-2026-11-21.csv", "text/csv"),
        ("phases.csv", "evenfall-phases-2026-11-21.csv", "text/csv"),
        ("diary.json", "evenfall-archive-2026-11-21.json", "application/json"),
    ],
)
def test_a_file_comes_under_a_made_up_name(owner: Visitor, path: str, name: str, kind: str) -> None:
    answer = owner.get(f"/exports/{path}")
    assert answer.status_code == HTTPStatus.OK
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.mimetype == kind
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["diary.csv?notes=yes", "phases.csv", "diary.json"])
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
    page = owner.get(f"/exports/diary.csv{query}")
    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert said in page_text(page)


def test_notes_go_along_only_where_ticked(owner: Visitor) -> None:
    owner.post("/diary/2026-11-21", {"pain": "3", "note": "secret", "client_id": str(uuid.uuid4())})
    assert "secret" not in owner.get("/exports/diary.csv").text
    assert "secret" not in owner.get("/exports/diary.csv?notes=no").text
    assert "secret" in owner.get("/exports/diary.csv?notes=y").text


def test_the_page_says_what_each_file_is_for(owner: Visitor) -> None:
    page = page_text(owner.get("/exports/"))
    for path in ("/exports/diary.csv", "/exports/phases.csv", "/exports/diary.json"):
        assert path in page
