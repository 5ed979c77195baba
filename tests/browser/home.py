"""A diary at the end of a line: its time is set by hand, and it may come back from a backup."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import Final, Self

from flask import Flask, Response, request

from tests.browser.line import Line
from tests.browser.serving import served
from tests.web.client import Visitor
from tests.web.stored import installation
from tracker.domain.revisions import Head, Revision
from tracker.storage import diaries
from tracker.storage.trouble import WriterBusy

TONIGHT: Final = date(2026, 11, 21)


class Home:
    """The installation that phones speak to.

    Attributes:
        line: by which they do; a test changes what becomes of requests there.
        wire: by which others do whose requests always arrive.
    """

    def __init__(self, make: Callable[[], Flask], clock: Path) -> None:
        self._make: Final = make
        self._clock: Final = clock
        self._running = ExitStack()
        self.app = make()
        port = self._running.enter_context(served(self.app))
        self.line: Final = Line(port)
        self.wire: Final = Line(port)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.line.close()
        self.wire.close()
        self._running.close()

    def at(self, text: str) -> None:
        """Set the server's time."""
        self._clock.write_text(text)

    def stop(self) -> None:
        """End the server; the line leads nowhere until it is started again."""
        self._running.close()

    def start(self) -> None:
        """Start the server anew, on the database as it is now."""
        self._running = ExitStack()
        self.app = self._make()
        port = self._running.enter_context(served(self.app))
        self.line.lead_to(port)
        self.wire.lead_to(port)

    @contextmanager
    def troubled(self, path: str = "", error: type[Exception] = WriterBusy) -> Iterator[None]:
        """Fail where nights are written, at `path` or at each."""

        def fail() -> None:
            if request.method == "POST" and request.path.startswith(path or "/diary/"):
                raise error

        hooks = self.app.before_request_funcs.setdefault(None, [])
        hooks.append(fail)
        yield
        hooks.remove(fail)

    @contextmanager
    def stale_token(self) -> Iterator[None]:
        """Tell the next script the token of a session that was renewed a moment later."""
        hooks = self.app.after_request_funcs.setdefault(None, [])

        def renew(answer: Response) -> Response:
            if request.path == "/session.json":
                told = answer.get_json()
                answer.set_data(json.dumps({**told, "csrf_token": "A" * 86}))
                hooks.remove(renew)
            return answer

        hooks.append(renew)
        yield
        assert renew not in hooks

    def revisions(self, who: Visitor, day: date | None = None) -> Sequence[Revision]:
        """Return what the server has of a person."""
        assert who.account is not None
        with installation(self.app).database.reading() as session:
            return diaries.list_revisions(session, who.account.id, day)

    def night(self, who: Visitor, day: date = TONIGHT) -> Head:
        """Return one night as it stands."""
        assert who.account is not None
        with installation(self.app).database.reading() as session:
            head = diaries.find_head(session, who.account.id, day)
        assert head is not None
        return head

    def scores(self, who: Visitor, day: date = TONIGHT) -> dict[str, int | None]:
        """Return the scores of one night as they stand."""
        return {key: answer.value for key, answer in self.night(who, day).answers.items()}
