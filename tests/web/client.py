"""A browser in a test: it carries cookies, sends what browsers send, and lints every page."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from flask import Flask
from werkzeug.test import TestResponse

from tests.web import lint
from tracker.domain.people import Account, Role
from tracker.services import people
from tracker.services.hashing import shared
from tracker.services.people import Door, NewPerson
from tracker.services.people import Visitor as AtTheDoor
from tracker.web.context import Installation

ORIGIN: Final = "http://localhost"
SAME_ORIGIN: Final = {"Sec-Fetch-Site": "same-origin", "Origin": ORIGIN}


@dataclass(slots=True)
class Visitor:
    """Whoever looks at pages; `account` is None for a stranger.

    `language` is what the browser asks for.
    """

    app: Flask
    account: Account | None = None
    language: str = "en"
    client: Any = field(init=False)
    _guarded: tuple[object, dict[str, str]] = field(init=False, default=(None, {}), repr=False)

    def __post_init__(self) -> None:
        self.client = self.app.test_client()

    def get(self, path: str, **headers: str) -> TestResponse:
        """Fetch a page, and lint it where it is one."""
        return self._checked(self.client.get(path, headers=self._headers(headers)))

    def post(
        self, path: str, fields: Mapping[str, Any] | None = None, /, **headers: str
    ) -> TestResponse:
        """Send a form as a page of ours does, with the session's token unless `fields` has one."""
        guarded = {**self.guard(), **(fields or {})}
        sent = {**SAME_ORIGIN, **self._headers(headers)}
        return self._checked(self.client.post(path, data=guarded, headers=sent))

    def submit(self, page: TestResponse, action: str, **fields: str) -> TestResponse:
        """Fill in the page's form to `action` and send it."""
        found = next(sent for to, sent in lint.forms(page.text) if to == action)
        return self._checked(
            self.client.post(
                action, data={**found, **fields}, headers={**SAME_ORIGIN, **self._headers({})}
            )
        )

    def guard(self) -> dict[str, str]:
        """Return the hidden fields that a signed-in person's forms have."""
        if self.account is None:
            return {}
        with self.client.session_transaction() as cookie:
            token = cookie.get("_user_id")
        if self._guarded[0] != token:  # they hold as long as the session does
            page = self.client.get("/help/").text
            fields = next(
                {name: sent[name] for name in ("csrf_token", "person")}
                for action, sent in lint.forms(page)
                if action == "/theme/"
            )
            self._guarded = (token, fields)
        return self._guarded[1]

    def _headers(self, more: Mapping[str, str]) -> dict[str, str]:
        named = {name.replace("_", "-"): value for name, value in more.items()}
        return {"Accept": "text/html", "Accept-Language": self.language, **named}

    def _checked(self, response: TestResponse) -> TestResponse:
        if response.mimetype == "text/html" and response.status_code not in {302, 303, 308}:
            page = page_text(response)
            found = lint.problems(page, signed_in='name="person"' in page)
            assert not found, f"{response.request.path}: {found}"
        return response


def page_text(response: TestResponse) -> str:
    """Return the page, unpacked where it was packed."""
    packed = response.headers.get("Content-Encoding") == "gzip"
    return gzip.decompress(response.data).decode() if packed else response.text


def sign_up(
    app: Flask, name: str = "Moth", *, zone: str = "Europe/Helsinki", role: Role = Role.PATIENT
) -> Visitor:
    """Return a person with a new account, signed in through real storage."""
    made: Installation = app.extensions["evenfall"]
    now = made.settings.clock()
    account = people.new_account(NewPerson(name, "", zone), now, role)
    with made.database.writing() as session:
        people.add(session, account, None, account.id, now)
    visitor = Visitor(app, account)
    sign_in_anew(visitor)
    return visitor


def sign_in_anew(visitor: Visitor) -> None:
    """Open a new session for somebody, as after one that ran out."""
    made: Installation = visitor.app.extensions["evenfall"]
    account, now = visitor.account, made.settings.clock()
    assert account is not None
    door = Door(made.database, shared(), AtTheDoor("127.0.0.1", "a test"), now, made.keys.totp)
    with made.database.writing() as session:
        opened = people.open_session(session, door, account)
    with visitor.client.session_transaction() as cookie:
        cookie.update(_user_id=opened.token, person=account.id)
        cookie.permanent = True
