"""How a request is timed: CPU of this process, and the clock on the wall, rivals in turn."""

import io
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from resource import RUSAGE_SELF, getrusage
from wsgiref.types import WSGIApplication, WSGIEnvironment

Ask = Callable[[int], None]


class UnexpectedError(Exception):
    """An answer was not the one that is being timed."""


@dataclass(slots=True)
class Times:
    """What each of many requests took, in milliseconds."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Return median CPU, and median and 99th percentile of the wall clock."""
        return {
            "cpu_ms": round(statistics.median(self.cpu), 3),
            "wall_ms": round(statistics.median(self.wall), 3),
            "p99_ms": round(percentile(self.wall, 99), 3),
        }


def percentile(values: Sequence[float], percent: int) -> float:
    """Return the value that `percent` of `values` don't exceed.

    >>> percentile([3.0, 1.0, 2.0], 50), percentile([3.0, 1.0, 2.0], 99)
    (2.0, 3.0)
    """
    ordered = sorted(values)
    return ordered[-(-percent * len(ordered) // 100) - 1]


def interleaved(asks: Mapping[str, Ask], rounds: int) -> dict[str, Times]:
    """Time each of `asks` once a round, in turn, so that all meet the same machine.

    The first round warms up and is not counted.
    """
    found = {name: Times() for name in asks}
    for number in range(rounds + 1):
        for name, ask in asks.items():
            cpu, wall = _cpu(), time.perf_counter()
            ask(number)
            wall, cpu = time.perf_counter() - wall, _cpu() - cpu
            if number:
                found[name].cpu.append(cpu * 1_000)
                found[name].wall.append(wall * 1_000)
    return found


def _cpu() -> float:
    used = getrusage(RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


@dataclass(frozen=True, slots=True)
class Page:
    """One request of an application; a `body`, which is a form as it is sent, makes it a POST."""

    path: str
    query: str = ""
    cookie: str = ""
    body: str | None = None
    status: str = "200"


def answer(app: WSGIApplication, page: Page) -> bytes:
    """Ask an application as its server would, and return the body.

    Raises:
        UnexpectedError: the status is another than the page should have.
    """
    statuses: list[str] = []

    def start(status: str, headers: object, trouble: object = None, /) -> Callable[[bytes], object]:
        del headers, trouble
        statuses.append(status)
        return io.BytesIO().write

    parts = app(environ(page), start)
    body = b"".join(parts)
    close = getattr(parts, "close", None)
    if close is not None:
        close()
    if not statuses[0].startswith(page.status):
        raise UnexpectedError(f"{page.path}: {statuses[0]} instead of {page.status}")
    return body


def environ(page: Page) -> WSGIEnvironment:
    """Return what a server tells an application of a request."""
    data = (page.body or "").encode()
    return {
        "REQUEST_METHOD": "GET" if page.body is None else "POST",
        "PATH_INFO": page.path,
        "QUERY_STRING": page.query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(data)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(data),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        **{
            f"HTTP_{name.upper().replace('-', '_')}": value
            for name, value in headers(page.cookie).items()
        },
    }


def headers(cookie: str) -> dict[str, str]:
    """Return the headers that a browser sends along."""
    return {
        "Host": "localhost",
        "Accept": "text/html",
        "Accept-Encoding": "gzip",
        "Accept-Language": "en",
        "Sec-Fetch-Site": "same-origin",
        "User-Agent": "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0",
        **({"Cookie": cookie} if cookie else {}),
    }
