"""What a server answers to bare requests from one or another of the phone's addresses."""

import http.client
import secrets
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Final
from urllib.parse import urlencode, urlsplit

PATIENCE: Final = 60.0
FREE: Final = 30  # wrong sign-ins that a network has before it must wait
FORGED: Final = "203.0.113.9"
FORM: Final = {"Content-Type": "application/x-www-form-urlencoded"}
OK, REFUSED, UNPROCESSABLE, TOO_MANY = 200, 403, 422, 429
LEADS_ON: Final = (301, 308)
SESSION: Final = "evenfall"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    text: str

    @property
    def cookies(self) -> SimpleCookie:
        """The cookies that were set."""
        return SimpleCookie("\n".join(self.headers.get_all("Set-Cookie", [])))


@dataclass(frozen=True, slots=True)
class Door:
    """A server, as one of the phone's addresses reaches it.

    Attributes:
        base: the address of the diary without a slash at its end.
        address: of the phone.
        authority: the certificate that is trusted, and no other; "" with plain http.
    """

    base: str
    address: str
    authority: str = ""

    def ask(
        self,
        method: str,
        path: str,
        fields: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Return the answer to one request on a connection of its own."""
        connection = self._connection()
        try:
            body = urlencode(fields) if fields is not None else None
            connection.request(method, path, body, {**FORM, **(headers or {})})
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read().decode(errors="replace"))
        finally:
            connection.close()

    def _connection(self) -> http.client.HTTPConnection:
        parts = urlsplit(self.base)
        host = parts.hostname or ""
        source = (self.address, 0)
        if parts.scheme == "http":
            return http.client.HTTPConnection(
                host, parts.port, timeout=PATIENCE, source_address=source
            )
        trusting = ssl.create_default_context(cafile=self.authority)
        return http.client.HTTPSConnection(
            host, parts.port, timeout=PATIENCE, source_address=source, context=trusting
        )

    def sign_in(self, name: str, password: str, **headers: str) -> Answer:
        """Try to sign in as a form of the diary does, with more headers, `_` for `-`."""
        sent = {"Origin": self.base, **{key.replace("_", "-"): headers[key] for key in headers}}
        return self.ask("POST", "/sign-in", {"name": name, "password": password}, sent)


def knocked(doors: tuple[Door, Door, Door], name: str, password: str) -> Iterator[tuple[str, bool]]:
    """Try all that needs no browser; yield what and whether it held."""
    door, second, third = doors
    health = door.ask("GET", "/healthz")
    yield "/healthz says ok", (health.status, health.text) == (OK, "ok\n")
    page = door.ask("GET", "/sign-in").headers
    policies = page.get_all("Content-Security-Policy", [])
    yield (
        "content security policy, once",
        len(policies) == 1 and policies[0].startswith("default-src 'none'"),
    )
    if door.authority:
        lasting = page.get_all("Strict-Transport-Security", [])
        yield "HSTS, once", len(lasting) == 1 and lasting[0].startswith("max-age=63072000")
        yield "http leads on to https", _redirects(door)
        yield (
            "strangers need an invitation",
            "By invitation only" in door.ask("GET", "/register").text,
        )
    yield (
        "cookies as safe as the connection",
        _cookies_are_safe(door.sign_in(name, password), https=bool(door.authority)),
    )
    yield "foreign and unnamed origins are refused, ours is not", _guards(door)
    yield "wrong passwords are counted by the phone's own address", _limits(third, second)
    yield "a forged X-Forwarded-For is not believed", _disbelieves(third)


def _redirects(door: Door) -> bool:
    plain = Door(door.base.replace("https:", "http:"), door.address)
    answer = plain.ask("GET", "/sign-in")
    return (answer.status in LEADS_ON, answer.headers["Location"]) == (True, f"{door.base}/sign-in")


def _cookies_are_safe(answer: Answer, *, https: bool) -> bool:
    """Say whether session and device cookie are as safe as the connection allows."""
    prefix = "__Host-" if https else ""
    found = answer.cookies
    return {f"{prefix}{SESSION}", f"{prefix}device"} == set(found) and all(
        (bool(one["secure"]), bool(one["httponly"]), one["samesite"]) == (https, True, "Lax")
        for one in found.values()
    )


def _guards(door: Door) -> bool:
    """Say whether pages elsewhere are refused, and nobody in particular too."""
    wrong = ("nobody", "wrong")
    refused = (
        door.sign_in(*wrong, Origin="https://evil.example"),
        door.sign_in(*wrong, Origin="null"),
        door.sign_in(*wrong, Sec_Fetch_Site="cross-site"),
        door.ask("POST", "/sign-in", {"name": "nobody", "password": "wrong"}),
    )
    let_through = door.sign_in(*wrong)
    return {answer.status for answer in refused} == {REFUSED} and (
        let_through.status == UNPROCESSABLE
    )


def _limits(tired: Door, fresh: Door) -> bool:
    """Let one address fail until it must wait, and see that another need not."""
    for _ in range(FREE):
        # Another name each time: what is counted is the address alone.
        tired.sign_in(secrets.token_hex(6), "wrong")
    told = tired.sign_in(secrets.token_hex(6), "wrong").status
    other = fresh.sign_in(secrets.token_hex(6), "wrong").status
    return (told, other) == (TOO_MANY, UNPROCESSABLE)


def _disbelieves(tired: Door) -> bool:
    """Say whether the address that must wait must do so also where it calls itself another."""
    told = (
        tired.sign_in(secrets.token_hex(6), "wrong", X_Forwarded_For=FORGED),
        tired.sign_in(secrets.token_hex(6), "wrong", X_Forwarded_For=f"{FORGED}, {FORGED}"),
        tired.sign_in(secrets.token_hex(6), "wrong", Forwarded=f"for={FORGED}", X_Real_IP=FORGED),
    )
    return {answer.status for answer in told} == {TOO_MANY}
