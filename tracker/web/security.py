"""What protects every answer: headers, the host check, and no sign-in over an open network."""

from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Final
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Request, request
from flask.sessions import SecureCookieSessionInterface
from werkzeug.exceptions import BadRequest, Forbidden

from tracker.config import Settings
from tracker.variables import is_at_home, is_loopback, is_private
from tracker.web import context

CSP: Final = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
# Not named: web-share, see docs/decisions/0003.
FOR_US: Final = (
    "publickey-credentials-get",
    "publickey-credentials-create",
    "clipboard-write",
    "screen-wake-lock",
)
FOR_NOBODY: Final = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "clipboard-read",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "identity-credentials-get",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "otp-credentials",
    "payment",
    "picture-in-picture",
    "serial",
    "storage-access",
    "usb",
    "window-management",
    "xr-spatial-tracking",
)
HEADERS: Final = (
    ("Content-Security-Policy", "; ".join(f"{name} {value}" for name, value in CSP.items())),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    # Never no-referrer: form posts would then carry `Origin: null`.
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Embedder-Policy", "require-corp"),
    (
        "Permissions-Policy",
        ", ".join(
            [f"{name}=(self)" for name in FOR_US] + [f"{name}=()" for name in FOR_NOBODY],
        ),
    ),
)
HSTS: Final = ("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
Trouble = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None] | None
COOKIE: Final = "evenfall"


def with_headers(app: WSGIApplication) -> WSGIApplication:
    """Return `app` with the security headers on all it answers."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        more = [*HEADERS, HSTS] if environ["wsgi.url_scheme"] == "https" else HEADERS

        def start(
            status: str, headers: list[tuple[str, str]], trouble: Trouble = None, /
        ) -> Callable[[bytes], object]:
            return start_response(status, [*headers, *more], trouble)

        return app(environ, start)

    return answer


def check_host() -> None:
    """Refuse a host name that is not this server's: a page elsewhere could borrow it.

    Raises:
        BadRequest: the name is none of `Settings.hosts`, nor a private address of a server that
            others on its network may reach.
    """
    settings = context.installation().settings
    name = host_name(request)
    if any(name == host or _is_below(name, host) for host in settings.hosts):
        return
    if settings.on_loopback or not is_private(name):
        raise BadRequest


def host_name(asked: Request) -> str:
    """Return the host that `asked` names, in small letters and without the port."""
    host = asked.host.lower()
    return host.partition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0]


def _is_below(name: str, host: str) -> bool:
    return host.startswith(".") and (name.endswith(host) or name == host[1:])


def is_open_network(asked: Request) -> bool:
    """True where others on the network could read along: plain http, not on this machine."""
    name = host_name(asked)
    return asked.scheme != "https" and not is_loopback(name) and not name.endswith(".localhost")


def is_lan(settings: Settings, asked: Request) -> bool:
    """True where plain http was allowed by the operator and stays on a private network."""
    at_home = is_at_home(host_name(asked)) and is_private(asked.remote_addr or "")
    return settings.takes_plain_http and at_home


class OpenNetwork(Forbidden):
    """Passwords are not taken where others could read along."""


def check_encrypted() -> None:
    """Let nobody type a password over an open network.

    Raises:
        OpenNetwork: the connection is plain http and not allowed.
    """
    if is_open_network(request) and not is_lan(context.installation().settings, request):
        raise OpenNetwork


class Sessions(SecureCookieSessionInterface):
    """Flask's signed cookie, named and kept as safely as the connection allows."""

    def get_cookie_name(self, app: Flask) -> str:
        """Return the name; `__Host-` binds the cookie to this very host."""
        return f"__Host-{COOKIE}" if self.get_cookie_secure(app) else COOKIE

    def get_cookie_secure(self, app: Flask) -> bool:
        """Say whether the cookie stays off plain http: always, but for an allowed LAN."""
        made: context.Installation = app.extensions[context.INSTALLATION]
        return not (is_open_network(request) and is_lan(made.settings, request))
