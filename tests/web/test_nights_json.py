"""Test the contract by which scripts write a night."""

import hashlib
import json
import uuid
from http import HTTPStatus
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.web.client import SAME_ORIGIN, Visitor

TONIGHT = "/diary/2026-11-21"
JSON = {"Accept": "application/json", **SAME_ORIGIN}


def told(visitor: Visitor) -> dict[str, Any]:
    answer: TestResponse = visitor.client.get("/session.json")
    read: dict[str, Any] = answer.get_json()
    return read


def send(
    visitor: Visitor, body: object, *, token: str | None = None, path: str = TONIGHT
) -> TestResponse:
    """Send a night as a script does; a `body` of bytes goes as it is."""
    known = told(visitor)["csrf_token"] if token is None else token
    sent = body if isinstance(body, bytes) else json.dumps(body).encode()
    answer: TestResponse = visitor.client.post(
        path,
        data=sent,
        content_type="application/json",
        headers={**JSON, "X-CSRF-Token": known},
    )
    return answer


def hashed(body: dict[str, Any]) -> str:
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def refusal(answer: TestResponse) -> tuple[int, str, bool]:
    read = answer.get_json()
    assert read["saved"] is False
    return answer.status_code, read["error"], read["retry"]


def test_the_session_tells_who_and_when(owner: Visitor) -> None:
    known = told(owner)
    assert owner.account is not None
    assert known["person"] == owner.account.id
    assert known["now"] == "2026-11-21T19:30:00Z"
    assert len(known["epoch"]) > 8


def test_a_stranger_has_no_session(stranger: Visitor) -> None:
    answer = stranger.client.get("/session.json")
    assert refusal(answer) == (401, "signed_out", True)


def test_a_night_is_acknowledged_with_id_hash_and_revision(owner: Visitor) -> None:
    body = {"pain": "7", "client_id": str(uuid.uuid4()), "note": "Nai\u0308ve\nrain", "schema": "1"}
    answer = send(owner, {**body, "phone_now": "2026-11-21T21:30:00+02:00"})
    assert answer.status_code == HTTPStatus.CREATED
    assert answer.get_json() == {
        "saved": True,
        "client_id": body["client_id"],
        "revision": 1,
        "payload_sha256": hashed({**body, "note": "Na\u00efve\nrain"}),
        "received_at": "2026-11-21T19:30:00.000000Z",
        "state": "stored",
    }


def test_the_same_night_again_gets_the_same_answer(owner: Visitor) -> None:
    body = {"pain": 7, "client_id": str(uuid.uuid4())}
    first, again = send(owner, body), send(owner, body)
    assert again.status_code == HTTPStatus.OK
    assert again.get_json() == first.get_json()


def test_a_form_may_ask_for_a_script_answer(owner: Visitor) -> None:
    fields = {**owner.guard(), "pain": "7", "client_id": str(uuid.uuid4())}
    answer = owner.client.post(TONIGHT, data=fields, headers=JSON)
    assert answer.status_code == HTTPStatus.CREATED
    del fields["csrf_token"]
    assert answer.get_json()["payload_sha256"] == hashed(fields)


def test_states_tell_how_it_joined(owner: Visitor) -> None:
    send(owner, {"pain": "7", "base_revision": 0})
    merged = send(owner, {"mood": "4", "base_revision": 0})
    assert (merged.status_code, merged.get_json()["state"]) == (201, "merged")
    conflict = send(owner, {"pain": "2", "base_revision": 0})
    assert (conflict.status_code, conflict.get_json()["state"]) == (201, "conflict")


def test_an_id_used_for_something_else_is_refused(owner: Visitor) -> None:
    known = str(uuid.uuid4())
    send(owner, {"pain": "7", "client_id": known})
    answer = send(owner, {"pain": "6", "client_id": known})
    assert refusal(answer) == (409, "id_reused", False)


def test_a_form_sent_by_a_script_may_not_use_an_id_for_something_else(owner: Visitor) -> None:
    fields = {**owner.guard(), "pain": "7", "client_id": str(uuid.uuid4())}
    assert owner.client.post(TONIGHT, data=fields, headers=JSON).status_code == HTTPStatus.CREATED
    answer = owner.client.post(TONIGHT, data={**fields, "pain": "6"}, headers=JSON)
    assert refusal(answer) == (409, "id_reused", False)


def test_the_token_may_stand_in_the_body(owner: Visitor) -> None:
    body = {"pain": 7, "client_id": str(uuid.uuid4())}
    sent = send(owner, {**body, "csrf_token": told(owner)["csrf_token"]}, token="")
    assert sent.status_code == HTTPStatus.CREATED
    assert sent.get_json()["payload_sha256"] == hashed(body)


@pytest.mark.parametrize("body", [b"[]", b"{}", b"[" * 50_000, b'{"csrf_token": 7}', b"\xff"])
def test_a_body_without_a_token_is_told(owner: Visitor, body: bytes) -> None:
    assert refusal(send(owner, body, token="")) == (403, "csrf", True)


def test_a_score_above_the_ruler_is_told_without_options_of_commands(owner: Visitor) -> None:
    said = send(owner, {"pain": "11"}).get_json()["errors"]["pain"]
    assert said == "11 is above 10. Use a whole number from 0 to 10."


def test_a_night_for_someone_else_is_refused(owner: Visitor, other: Visitor) -> None:
    assert other.account is not None
    answer = send(owner, {"pain": "7", "person": other.account.id})
    assert refusal(answer) == (409, "wrong_user", False)
    page = owner.post(TONIGHT, {"pain": "7", "person": other.account.id})
    assert page.status_code == HTTPStatus.CONFLICT
    assert "This form is not yours" in page.text


def test_a_stranger_is_told_to_sign_in(stranger: Visitor) -> None:
    answer = send(stranger, {"pain": "7"}, token="")
    assert refusal(answer) == (401, "signed_out", True)


def test_a_wrong_token_is_told(owner: Visitor) -> None:
    assert refusal(send(owner, {"pain": "7"}, token="x")) == (403, "csrf", True)


def test_too_much_is_too_much(owner: Visitor) -> None:
    answer = send(owner, {"note": "x" * 200_000})
    assert refusal(answer) == (413, "too_large", False)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b"", "form"),
        (b"[]", "form"),
        (b'{"pain": "1", "pain": "2"}', "form"),
        (b'{"pain": NaN}', "form"),
        (b'{"pain": 1.0}', "form"),
        (b'{"pain": 1' + b"0" * 5_000 + b"}", "form"),
        (b"[" * 50_000, "form"),
        (b'{"pain": "\xff"}', "form"),
        ({"pain": None}, "pain"),
        ({"pain": True}, "pain"),
        ({"pain": ["7"]}, "pain"),
        ({"pain": "\u0667"}, "pain"),
        ({"pain": 10**30}, "pain"),
        ({"pain": "no_recall"}, "pain"),
        ({"pain": "11"}, "pain"),
        ({"Pain": "7"}, "form"),
        ({"own_stranger0000": "7"}, "own_stranger0000"),
        ({"note": "a\0b"}, "note"),
        ({"note": "\ud800"}, "note"),
        ({"note": "x" * 20_001}, "note"),
        ({"pain": "7", "client_id": "7"}, "client_id"),
        ({"pain": "7", "replaces": "x"}, "replaces"),
        ({"pain": "7", "base_revision": "-1"}, "base_revision"),
        ({"pain": "7", "questionnaire": "1.0"}, "questionnaire"),
        ({"pain": "7", "schema": "2"}, "schema"),
        ({"pain": "7", "measured_at": "2026-W47-6T20:00:00Z"}, "measured_at"),
        ({"pain": "7", "measured_at": "2026-11-21T20:00:00"}, "measured_at"),
        ({"pain": "7", "phone_now": "2026-02-30T20:00:00Z"}, "phone_now"),
        ({"pain": "7", "zone": "../etc/passwd"}, "zone"),
        ({}, "form"),
    ],
)
def test_what_is_wrong_is_named(owner: Visitor, body: object, field: str) -> None:
    answer = send(owner, body)
    assert refusal(answer) == (422, "refused", False)
    assert set(answer.get_json()["errors"]) == {field}


def test_a_zone_that_we_do_not_know_refuses_nothing(owner: Visitor) -> None:
    body = {"pain": "7", "zone": "Etc/Unknown", "measured_at": "2026-11-21T19:30Z"}
    assert send(owner, body).status_code == HTTPStatus.CREATED


def test_a_day_to_come_is_refused(owner: Visitor) -> None:
    answer = send(owner, {"pain": "7"}, path="/diary/2026-11-25")
    assert refusal(answer) == (422, "refused", False)
