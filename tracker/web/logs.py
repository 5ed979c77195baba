"""The log: one JSON object a line, with ids and routes, never answers or queries."""

import json
import logging
import secrets
import time
import traceback
from types import TracebackType
from typing import Any, Final

from flask import Flask, Response, g, request

from tracker.web import context

Exc = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None]
LOG: Final = logging.getLogger("tracker.web")
# What a line may say beside its message; anything else a caller gives stays out.
DETAILS: Final = ("request_id", "method", "route", "status", "milliseconds", "person")


class JsonLines(logging.Formatter):
    """Writes a record as one line.

    Of an error it says kind and place only: its words may repeat what a person typed.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, Any] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {name: getattr(record, name) for name in DETAILS if hasattr(record, name)}
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            frames = traceback.extract_tb(record.exc_info[2])
            line["trace"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        return json.dumps(line, ensure_ascii=False)


def to_standard_error() -> None:
    """Write the log of this process to standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    LOG.handlers = [handler]
    LOG.setLevel(logging.INFO)
    LOG.propagate = False


def install(app: Flask) -> None:
    """Note each request of `app`."""
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.request_id = secrets.token_hex(8)
    g.begun = time.perf_counter()


def _end(response: Response) -> Response:
    known = context.current_or_none()
    LOG.info(
        "answered",
        extra={
            "request_id": g.request_id,
            "method": request.method,
            "route": _route(),
            "status": response.status_code,
            "milliseconds": round((time.perf_counter() - g.begun) * 1000, 1),
            "person": known.account.id if known and known.account else None,
        },
    )
    return response


class LoggedFlask(Flask):
    """Flask, but what breaks is noted without the words of the error."""

    def log_exception(self, exc_info: Exc) -> None:
        """Note that a view broke: where, but not with what."""
        details = {"request_id": g.request_id, "method": request.method, "route": _route()}
        LOG.error("broken", exc_info=exc_info, extra=details)


def _route() -> str | None:
    return request.url_rule.rule if request.url_rule else None
