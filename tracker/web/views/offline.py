"""The app on the phone: its manifest, its service worker, and the shell that opens offline."""

import hashlib
import json
from datetime import timedelta
from typing import Final

from flask import Blueprint, Response, g, redirect
from werkzeug.wrappers import Response as AnyResponse

from tracker.domain.diary import diary_day
from tracker.domain.people import Role
from tracker.web import phone_words, places, words
from tracker.web.access import Policy, policy
from tracker.web.context import current, current_account, installation
from tracker.web.templating import render_for_all

blueprint = Blueprint("offline", __name__)

ICONS: Final = (("icons/app-192.png", 192, "any"), ("icons/app-512.png", 512, "any"))
MASKABLE: Final = ("icons/app-maskable-512.png", 512, "maskable")
DUSK: Final = "#15110e"  # the dim theme's background: no white flash while the app opens
# What tonight's form needs without a connection.
PRECACHED: Final = (
    "app.css",
    "js/shell.js",
    "js/shell-theme.js",
    "js/app-lock.js",
    "icons/evenfall.svg",
)
# What its own pages ask for too, so that they come without the network.
WARM: Final = ("js/app.js", "js/tonight.js")


@blueprint.get("/offline")
@policy(Policy.PUBLIC)
def shell() -> Response:
    """Show the page that opens without a connection: the same bytes for everyone."""
    answer = Response(_shell(), mimetype="text/html")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@blueprint.get("/yesterday")
@policy(Policy.PATIENT)
def yesterday() -> AnyResponse:
    """Go to yesterday's night, for the app's shortcut."""
    who = current_account()
    today = diary_day(current().now, who.tzinfo, who.rollover)
    return redirect(f"/diary/{today - timedelta(days=1)}", 303)


@blueprint.get("/service-worker.js")
@policy(Policy.PUBLIC)
def service_worker() -> Response:
    """Give the service worker of this release: other files or another shell make another one."""
    assets = installation().assets
    files = [assets.address(name) for name in (*PRECACHED, *WARM)]
    release = hashlib.sha256(f"{assets.digest}{_shell()}".encode()).hexdigest()[:16]
    settings = json.dumps({"cache": f"evenfall-{release}", "files": files})
    script = assets.files["js/worker.js"].content.decode()
    answer = Response(f"self.evenfall = {settings};\n{script}", mimetype="text/javascript")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@blueprint.get("/manifest.webmanifest")
@policy(Policy.PUBLIC)
def manifest() -> Response:
    """Say how the app stands on a home screen."""
    assets = installation().assets
    icons = [
        {"src": assets.address(name), "sizes": f"{size}x{size}", "type": "image/png", "purpose": to}
        for name, size, to in (*ICONS, MASKABLE)
    ]
    told = {
        "id": "/",
        "name": "Evenfall",
        "short_name": "Evenfall",
        "description": "A nightly symptom diary",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": DUSK,
        "theme_color": DUSK,
        "icons": icons,
        "shortcuts": [
            {"name": "Tonight", "url": "/", "icons": icons[:1]},
            {"name": "Yesterday", "url": "/yesterday", "icons": icons[:1]},
        ],
    }
    answer = Response(json.dumps(told), mimetype="application/manifest+json")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _shell() -> str:
    spoken, g.language = words.current_language(), words.ENGLISH
    try:
        return render_for_all(
            "offline/shell.html",
            {"words": {**phone_words.FORM, **phone_words.WAITING, **phone_words.SHELL}},
            places.OF_ROLE[Role.PATIENT],
        )
    finally:
        g.language = spoken
