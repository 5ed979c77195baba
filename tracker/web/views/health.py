"""Whether the server is well, for what watches it."""

import math
import threading
import time
from dataclasses import dataclass, field
from typing import Final

from flask import Blueprint, Response, current_app

from tracker.storage import installation
from tracker.storage.database import Database, StorageTrouble
from tracker.web.access import Policy, policy
from tracker.web.context import current

blueprint = Blueprint("health", __name__)
KEPT_SECONDS: Final = 10


@dataclass(slots=True)
class Pulse:
    """The last finding, kept so that whoever asks in a loop costs nothing."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    found_at: float = -math.inf
    is_well: bool = False

    def feel(self, database: Database, now: float) -> bool:
        """Return whether the database answers, or answered within `KEPT_SECONDS`."""
        with self.lock:
            if now - self.found_at >= KEPT_SECONDS:
                self.is_well, self.found_at = _answers(database), now
            return self.is_well


@blueprint.get("/healthz")
@policy(Policy.PUBLIC)
def healthz() -> Response:
    """Say ok or degraded, and no more to strangers."""
    known = current()
    pulse: Pulse = current_app.extensions.setdefault("pulse", Pulse())
    is_well = pulse.feel(known.database, time.monotonic())
    words = ["ok" if is_well else "degraded"]
    if known.settings.test_clock is not None:
        words.append("TEST CLOCK")
    answer = Response(" ".join(words) + "\n", 200 if is_well else 503, mimetype="text/plain")
    answer.headers["Cache-Control"] = f"max-age={KEPT_SECONDS}"
    return answer


def _answers(database: Database) -> bool:
    try:
        with database.reading() as session:
            return installation.found(session) is not None
    except StorageTrouble:
        return False
