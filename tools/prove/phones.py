"""Phones that save one night after another over HTTP, and remember what was acknowledged."""

import hashlib
import http.client
import json
import random
import threading
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any, Final
from urllib.parse import urlencode

DAYS: Final = ("2026-11-19", "2026-11-20", "2026-11-21")
ITEMS: Final = ("pain", "fatigue", "sleep", "mood", "dream_vividness", "dream_distress")
PASSWORD: Final = "seven quiet otters knit"  # noqa: S105 - of a diary that is thrown away
NEW, AGAIN = 201, 200
PATIENCE: Final = 30.0
PAUSE: Final = 0.05

Answer = Mapping[str, Any]


class BrokenPromiseError(RuntimeError):
    """The server said something that the contract doesn't have."""


@dataclass(frozen=True, slots=True)
class Sending:
    """One saving of one night, as it was put on the way."""

    day: str
    body: Mapping[str, str]

    @property
    def client_id(self) -> str:
        """The id by which it is known."""
        return self.body["client_id"]

    @property
    def payload_sha256(self) -> str:
        """The hash that the contract asks for, made here from its words alone."""
        text = json.dumps(self.body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def answers(self) -> Mapping[str, int]:
        """The scores in it."""
        return {item: int(self.body[item]) for item in ITEMS}


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A saving, and the revision that the server said it became."""

    sending: Sending
    person: str
    revision: int


@dataclass(slots=True)
class Phone:
    """One client: a session, a night on the way at most, and what it was promised."""

    port: int
    name: str
    chance: random.Random
    cookies: dict[str, str] = field(default_factory=dict)
    person: str = ""
    token: str = ""
    waiting: Sending | None = None
    acknowledged: list[Acknowledged] = field(default_factory=list)
    sent_again: int = 0
    refused: int = 0
    trouble: Exception | None = None

    def register(self) -> None:
        """Begin a diary."""
        fields = {"name": self.name, "password": PASSWORD, "zone": "Europe/Vienna", "consent": "y"}
        self._enter("/register", fields)

    def sign_in(self) -> None:
        """Open a session in a diary that there is."""
        self._enter("/sign-in", {"name": self.name, "password": PASSWORD})

    def burst(self, stop: threading.Event) -> None:
        """Save night after night until the server goes away; keep any other trouble."""
        try:
            if self.waiting is not None:
                self._send_again()
            while not stop.is_set():
                self.waiting = self.next_night()
                self.deliver(self.waiting)
        except (OSError, http.client.HTTPException):
            return  # killed: what is waiting stays so
        except BrokenPromiseError as trouble:
            self.trouble = trouble

    def _send_again(self) -> None:
        """Send what was on the way when the server died, twice: it must count once."""
        self.sent_again += 1
        sending = self._due()
        self.deliver(sending)
        first = self.acknowledged[-1].revision
        status, answer = self.save(sending)
        while answer.get("retry"):
            time.sleep(PAUSE)
            status, answer = self.save(sending)
        if (status, answer.get("revision")) != (AGAIN, first):
            raise BrokenPromiseError(f"sent again: {status} {answer}")

    def _due(self) -> Sending:
        if self.waiting is None:
            raise BrokenPromiseError("nothing is on the way")
        return self.waiting

    def next_night(self) -> Sending:
        """Return a saving that changes something."""
        body = {item: str(self.chance.randint(0, 10)) for item in ITEMS}
        # The note is new each time, so no saving is one that changes nothing.
        made = {"client_id": str(uuid.uuid4()), "note": uuid.uuid4().hex, "schema": "1"}
        return Sending(self.chance.choice(DAYS), {**body, **made})

    def deliver(self, sending: Sending) -> None:
        """Send a night until it is acknowledged."""
        while True:
            status, answer = self.save(sending)
            if status in {NEW, AGAIN}:
                break
            if not answer.get("retry"):
                raise BrokenPromiseError(f"{status} {answer}")
            self.refused += 1
            time.sleep(PAUSE)
        told = (answer["client_id"], answer["payload_sha256"])
        if told != (sending.client_id, sending.payload_sha256):
            raise BrokenPromiseError(f"acknowledged is another: {answer}")
        self.acknowledged.append(Acknowledged(sending, self.person, int(answer["revision"])))
        self.waiting = None

    def save(self, sending: Sending) -> tuple[int, Answer]:
        """Send a night once, and return status and answer."""
        headers = {"Content-Type": "application/json", "X-CSRF-Token": self.token}
        body = json.dumps(sending.body).encode()
        return self.ask("POST", f"/diary/{sending.day}", body, headers)

    def _enter(self, path: str, fields: Mapping[str, str]) -> None:
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        status, _ = self.ask("POST", path, urlencode(fields).encode(), form)
        known_status, known = self.ask("GET", "/session.json")
        if (status, known_status) != (303, 200):
            raise BrokenPromiseError(f"{path}: {status}, then {known_status}")
        self.person, self.token = known["person"], known["csrf_token"]

    def ask(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> tuple[int, Answer]:
        """Return status and answer of any request; {} where it isn't JSON."""
        connection = http.client.HTTPConnection("localhost", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body, {**self._headers(), **(headers or {})})
            answer = connection.getresponse()
            self._keep_cookies(answer)
            text = answer.read()
        finally:
            connection.close()
        is_json = answer.headers.get_content_type() == "application/json"
        return answer.status, json.loads(text) if is_json else {}

    def _headers(self) -> dict[str, str]:
        carried = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        origin = f"http://localhost:{self.port}"
        return {"Accept": "application/json", "Origin": origin, "Cookie": carried}

    def _keep_cookies(self, answer: http.client.HTTPResponse) -> None:
        for line in answer.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
