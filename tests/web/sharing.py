"""Read somebody's report as a reader by a scope does."""

from datetime import timedelta

from flask import Flask

from tests.web import stored
from tests.web.client import Visitor
from tracker.domain.people import Account
from tracker.domain.responder import Rule
from tracker.domain.scopes import WHOLE, Scope
from tracker.domain.windows import Preset
from tracker.services import shares
from tracker.services.hashing import shared
from tracker.services.people import Door
from tracker.services.people import Visitor as AtTheDoor
from tracker.services.reports import Reading, read_shared
from tracker.services.shares import Made, Wish
from tracker.web import report_pages
from tracker.web.report_pages import ReportPage


def reading(app: Flask, owner: Account, scope: Scope = WHOLE) -> Reading:
    """Return what `scope` lets through of the diary of `owner` now."""
    made = stored.installation(app)
    now = made.settings.clock()
    with made.database.reading() as session:
        return read_shared(session, owner, scope, Rule.YOUNGER2013, Preset.WEEK, now)


def said(app: Flask, owner: Account, scope: Scope = WHOLE) -> ReportPage:
    """Return what the page says."""
    found = reading(app, owner, scope)
    with app.test_request_context("/help/"):
        app.preprocess_request()
        return report_pages.page_of(found)


def page(app: Flask, owner: Account, scope: Scope = WHOLE) -> str:
    """Return the page as a stranger is sent it."""
    found = reading(app, owner, scope)
    with app.test_request_context("/help/"):
        app.preprocess_request()
        today = stored.installation(app).settings.clock().date()
        answer = report_pages.answer(
            "report/page.html", found, who="Moth", as_of=today, path="/help/"
        )
    return answer.get_data(as_text=True)


def made(owner: Visitor, wish: Wish | None = None) -> Made:
    """Return a link that the owner made."""
    known = stored.installation(owner.app)
    assert owner.account is not None
    now = known.settings.clock()
    door = Door(known.database, shared(), AtTheDoor("127.0.0.1", ""), now, known.keys.totp)
    return shares.make(door, owner.account, wish or Wish("Dr K.", Scope(), timedelta(days=30)))


def opened(owner: Visitor, wish: Wish | None = None) -> tuple[Visitor, str]:
    """Return somebody who opened a link of the owner's, and the address of the report."""
    reader = Visitor(owner.app)
    answer = reader.post("/s", {"token": made(owner, wish).token})
    assert answer.status_code == 303
    return reader, answer.headers["Location"]
