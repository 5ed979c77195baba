"""Read somebody's report as a reader by a scope does."""

from flask import Flask

from tests.web import stored
from tracker.domain.people import Account
from tracker.domain.responder import Rule
from tracker.domain.scopes import WHOLE, Scope
from tracker.domain.windows import Preset
from tracker.services.reports import Reading, read_shared
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
        made = report_pages.answer(
            "report/page.html", found, who="Moth", as_of=today, path="/help/"
        )
    assert made.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    return made.get_data(as_text=True)
