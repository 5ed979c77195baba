"""The web application put together: views, guards, errors and static files."""

import gzip
from collections.abc import Mapping
from typing import Final
from wsgiref.types import WSGIApplication

from flask import Blueprint, Flask, Response, request
from werkzeug.middleware.proxy_fix import ProxyFix

from tracker.config import Settings
from tracker.domain.people import SESSION_LIFE
from tracker.keys import Keys
from tracker.storage.database import Database
from tracker.web import (
    access,
    assets,
    context,
    errors,
    guard,
    limits,
    logs,
    security,
    templating,
    words,
)
from tracker.web.access import Policy
from tracker.web.context import Installation
from tracker.web.logs import LoggedFlask
from tracker.web.views import (
    account_log,
    accounts,
    appointments,
    clinic,
    correlations,
    diaries,
    enrolments,
    entrances,
    exports,
    factors,
    grants,
    health,
    help_pages,
    helping,
    imports,
    invitations,
    items,
    locks,
    mappings,
    measurements,
    medicines,
    more,
    offline,
    participants,
    pauses,
    phases,
    plan_holders,
    plans,
    readings,
    recovery,
    reminder_links,
    reminders,
    response,
    share_links,
    shares,
    side_effects,
    studies,
    study_files,
    study_keys,
    theme,
    trends,
)
from tracker.web.words import Language

# One line a feature, in order of the alphabet.
BLUEPRINTS: Final[tuple[Blueprint, ...]] = (
    account_log.blueprint,
    accounts.blueprint,
    appointments.blueprint,
    clinic.blueprint,
    correlations.blueprint,
    diaries.blueprint,
    enrolments.blueprint,
    entrances.blueprint,
    exports.blueprint,
    factors.blueprint,
    grants.blueprint,
    health.blueprint,
    help_pages.blueprint,
    helping.blueprint,
    imports.blueprint,
    invitations.blueprint,
    items.blueprint,
    locks.blueprint,
    mappings.blueprint,
    measurements.blueprint,
    medicines.blueprint,
    more.blueprint,
    offline.blueprint,
    participants.blueprint,
    pauses.blueprint,
    phases.blueprint,
    plan_holders.blueprint,
    plans.blueprint,
    readings.blueprint,
    recovery.blueprint,
    reminder_links.blueprint,
    reminders.blueprint,
    response.blueprint,
    share_links.blueprint,
    shares.blueprint,
    side_effects.blueprint,
    studies.blueprint,
    study_files.blueprint,
    study_keys.blueprint,
    theme.blueprint,
    trends.blueprint,
)
MOST_BYTES: Final = 16 * 1024 * 1024  # of any body; each view's own limit is lower
WORTH_PACKING: Final = 1024  # bytes
LEVEL: Final = 4  # of gzip; more costs time and wins little on a page


def create_wsgi(
    settings: Settings,
    database: Database,
    keys: Keys,
    languages: Mapping[str, Language] | None = None,
) -> WSGIApplication:
    """Return what a server serves: static files and pages, all with the security headers."""
    logs.to_standard_error()
    return create_app(settings, database, keys, languages)


def create_app(
    settings: Settings,
    database: Database,
    keys: Keys,
    languages: Mapping[str, Language] | None = None,
) -> Flask:
    """Return the application.

    Args:
        settings: as read from the environment.
        database: open, with today's tables.
        keys: derived from the instance's secret.
        languages: what pages can speak; None means every installed catalogue.

    Raises:
        PolicyMissingError: a view doesn't say who it is for.
    """
    app = LoggedFlask("tracker.web", static_folder=None)
    app.secret_key = keys.session
    app.session_interface = security.Sessions()
    app.config.update(
        MAX_CONTENT_LENGTH=MOST_BYTES,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=SESSION_LIFE,
        SESSION_REFRESH_EACH_REQUEST=False,
    )
    files = assets.read()
    known = words.installed() if languages is None else languages
    context.install(app, Installation(settings, database, keys, files, known))
    templating.prepare(app)
    logs.install(app)
    app.before_request(_admit)
    app.after_request(_finish)
    errors.install(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    access.demand_policies(app)
    # Flask's own way of putting something in front.
    app.wsgi_app = _wrapped(app.wsgi_app, files, settings)  # type: ignore[method-assign,assignment]
    return app


def _wrapped(app: WSGIApplication, files: assets.Assets, settings: Settings) -> WSGIApplication:
    inner = security.with_headers(assets.served(app, files))
    hops = settings.proxy_hops
    return ProxyFix(inner, hops, hops, hops) if hops else inner


def _admit() -> None:
    """Let a request through to its view, or refuse it: the order matters."""
    security.check_host()
    limits.check_address()
    context.open_context()
    rules = access.rules()
    if rules is None:
        return
    guard.check_origin(rules.policy)
    if rules.policy is Policy.SIGNED_OUT:
        security.check_encrypted()
    access.check(rules.policy)
    limits.check_body(rules)
    guard.check_token(rules.policy)


def _finish(response: Response) -> Response:
    response.headers.setdefault("Cache-Control", "no-store")
    if _is_worth_packing(response):
        response.set_data(gzip.compress(response.get_data(), LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        response.vary.add("Accept-Encoding")
    return response


def _is_worth_packing(response: Response) -> bool:
    # Only where nothing of the request is echoed: the length of what is packed can tell secrets.
    return (
        response.mimetype == "text/html"
        and request.method == "GET"
        and not request.query_string
        and not response.is_streamed
        and request.accept_encodings["gzip"] > 0
        and len(response.get_data()) >= WORTH_PACKING
    )
