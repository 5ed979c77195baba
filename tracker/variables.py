"""What each `TRACKER_*` variable may hold: text in, value out."""

import difflib
import ipaddress
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, urlsplit

from tracker.domain.words import N_, Refused

PREFIX: Final = "TRACKER_"
# Host names, or addresses in brackets; a leading dot means every name below.
HOST_NAME: Final = re.compile(r"\.?[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]")
# A port only where a test's own push service listens.
SERVICE_NAME: Final = re.compile(rf"({HOST_NAME.pattern})(:[0-9]{{1,5}})?")
PRINTABLE: Final = re.compile(r"[^\x00-\x1f\x7f]{1,200}")
INSTANT: Final = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)", re.ASCII
)
# Five years: a mistyped figure must not keep health data for ever.
MOST_MONTHS: Final = 60
MOST_HOPS: Final = 9
# What home routers call the machines behind them.
HOME_ENDINGS: Final = (".local", ".lan", ".home.arpa", ".internal")


class Registration(StrEnum):
    """Who may open a diary here."""

    OPEN = "open"
    INVITE = "invite"
    CLOSED = "closed"


class SettingRefused(Refused):
    """A setting is unknown or has a value that can't be used."""


def is_loopback(host: str) -> bool:
    """Say whether a host name or address means this machine.

    >>> [is_loopback(host) for host in ("localhost", "::1", "127.0.0.2", "192.168.1.2", "a.org")]
    [True, True, True, False, False]
    """
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def is_private(host: str) -> bool:
    """Say whether an address is of a network that the internet doesn't lead to.

    >>> [is_private(host) for host in ("192.168.1.2", "[fd00::7]", "8.8.8.8", "diary.lan")]
    [True, True, False, False]
    """
    try:
        return ipaddress.ip_address(host.strip("[]")).is_private
    except ValueError:
        return False


def is_at_home(host: str) -> bool:
    """Say whether a host name or address is one that only a private network knows.

    >>> [is_at_home(host) for host in ("10.0.0.7", "diary", "diary.lan", "diary.example.org")]
    [True, True, True, False]
    """
    return is_private(host) or not set(host) & set(".:") or host.endswith(HOME_ENDINGS)


def host_of(address: SplitResult) -> str:
    """Return an address's host as a `Host` header writes it, without the port."""
    host = address.hostname or ""
    return f"[{host}]" if ":" in host else host


def instant(text: str) -> datetime:
    """Return the instant that ISO 8601 text with an offset names, in UTC.

    >>> instant("2026-11-21T22:00:00Z")
    datetime.datetime(2026, 11, 21, 22, 0, tzinfo=datetime.timezone.utc)
    """
    _demand(INSTANT.fullmatch(text))
    return datetime.fromisoformat(text).astimezone(UTC)


def _demand(holds: object) -> None:
    if not holds:
        raise ValueError


def _switch(text: str) -> bool:
    _demand(text in {"0", "1"})
    return text == "1"


def _path(text: str) -> Path:
    _demand("\0" not in text)
    return Path(text).expanduser().absolute()


def _database(text: str) -> str:
    scheme, _, rest = text.partition("://")
    if scheme == "sqlite":
        # A name, not a URI: `?` and `#` would be cut off or mean options.
        _demand(re.fullmatch(r"/[^:?#%\x00][^?#%\x00]*", rest))
        return f"sqlite:///{Path(rest[1:]).absolute()}"
    _demand(scheme in {"postgresql", "postgresql+psycopg"})
    parts = urlsplit(text)
    _demand(parts.path.strip("/") and parts.port != 0)
    return f"postgresql+psycopg://{rest}"


def _origin(text: str) -> str:
    parts = urlsplit(text.lower().removesuffix("/"))
    _demand(parts.scheme in {"http", "https"} and HOST_NAME.fullmatch(host_of(parts)))
    _demand("@" not in parts.netloc and parts.port != 0)
    _demand(not (parts.path or parts.query or parts.fragment))
    return f"{parts.scheme}://{parts.netloc}"


def _hosts(text: str) -> tuple[str, ...]:
    names = tuple(name.strip().lower() for name in text.split(","))
    _demand(all(map(HOST_NAME.fullmatch, names)))
    return names


def _services(text: str) -> tuple[str, ...]:
    names = tuple(name.strip().lower() for name in text.split(","))
    _demand(all(map(SERVICE_NAME.fullmatch, names)))
    return names


def _whole(text: str, least: int, most: int) -> int:
    _demand(re.fullmatch(r"[0-9]{1,3}", text) and least <= int(text) <= most)
    return int(text)


def _hops(text: str) -> int:
    return _whole(text, 0, MOST_HOPS)


def _months(text: str) -> int:
    return _whole(text, 1, MOST_MONTHS)


def _line(text: str) -> str:
    _demand(PRINTABLE.fullmatch(text))
    return text


def _mail_host(text: str) -> str:
    parts = urlsplit(text)
    _demand(parts.scheme in {"smtp", "smtps"} and parts.hostname and parts.port != 0)
    return text


def _clock(text: str) -> str:
    if not text.startswith("@"):
        instant(text)
    return text


# What a variable wants. An address may hold a password, so it is never repeated.
VARIABLES: Final = {
    "ALLOW_HTTP_LAN": (_switch, N_("%(name)s must be 1 or 0, not %(value)s.")),
    "ALLOW_TEST_CLOCK": (_switch, N_("%(name)s must be 1 or 0, not %(value)s.")),
    "BACKUP_DIR": (_path, N_("%(name)s must be a folder, not %(value)s.")),
    "BACKUP_KEEP": (_months, N_("%(name)s must be a number of months, 1 to 60, not %(value)s.")),
    "BASE_URL": (
        _origin,
        N_("%(name)s must be an address such as https://diary.example.org, not %(value)s."),
    ),
    "CLOCK": (
        _clock,
        N_("%(name)s must be an instant such as 2026-11-21T22:00:00Z or @FILE, not %(value)s."),
    ),
    "CONTACT": (_line, N_("%(name)s must be one line of at most 200 characters.")),
    "DATABASE_URL": (
        _database,
        N_(
            "%(name)s must be sqlite:///FILE or postgresql+psycopg://USER@HOST/DATABASE; "
            "a file's name has no ?, # or %% in it."
        ),
    ),
    "INSTANCE": (_path, N_("%(name)s must be a folder, not %(value)s.")),
    "PROXY_HOPS": (
        _hops,
        N_("%(name)s must be the number of proxies in front, 0 to 9, not %(value)s."),
    ),
    "PUSH_HOSTS": (
        _services,
        N_("%(name)s must be names of push services with commas between, not %(value)s."),
    ),
    "REGISTRATION": (Registration, N_("%(name)s must be open, invite or closed, not %(value)s.")),
    "SECRET_KEY_FILE": (_path, N_("%(name)s must be a file, not %(value)s.")),
    "SMTP_URL": (_mail_host, N_("%(name)s must be smtp://USER:PASSWORD@HOST:PORT or smtps://.")),
    "TRUSTED_HOSTS": (
        _hosts,
        N_("%(name)s must be host names with commas between, without ports, not %(value)s."),
    ),
}


def parsed(environ: Mapping[str, str]) -> dict[str, object]:
    """Return the value of each `TRACKER_*` variable that is set, by its name without prefix.

    An empty variable is one that was not set: that is how shells and unit files clear it.

    Raises:
        SettingRefused: a name is unknown or a value can't be used.
    """
    found: dict[str, object] = {}
    for variable, raw in environ.items():
        name, text = variable.removeprefix(PREFIX), raw.strip()
        if name == variable:
            continue
        if name not in VARIABLES:
            raise _unknown(name)
        parse, sentence = VARIABLES[name]
        if text:
            try:
                found[name] = parse(text)
            except ValueError as error:
                raise SettingRefused(sentence, name=variable, value=text) from error
    return found


def _unknown(name: str) -> SettingRefused:
    near = difflib.get_close_matches(name, VARIABLES, n=1, cutoff=0.5)
    if not near:
        return SettingRefused(
            N_("There is no setting %(name)s; the README lists them."), name=PREFIX + name
        )
    return SettingRefused(
        N_("There is no setting %(name)s. Did you mean %(near)s?"),
        name=PREFIX + name,
        near=PREFIX + near[0],
    )
