"""What a request knows: settings, database, now, language, and who is signed in."""

import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, time
from hashlib import sha256
from typing import Final

from flask import Flask, current_app, g, request, session
from flask_login import LoginManager, current_user, login_user, logout_user

from tracker.config import Settings
from tracker.domain.people import SEEN_STEP, Account, SignedIn, Theme
from tracker.keys import Keys
from tracker.services.plan_starts import Draw
from tracker.storage import sessions
from tracker.storage.database import Database, StorageTrouble
from tracker.web import words
from tracker.web.assets import Assets
from tracker.web.words import Language

INSTALLATION: Final = "evenfall"
THEME_COOKIE: Final = "theme"
EVENING: Final = time(19)  # from here to MORNING pages are dim unless the person chose
MORNING: Final = time(7)


@dataclass(frozen=True, slots=True)
class Installation:
    """What the application was made with; the same for every request.

    `draw` draws the order of a plan: one of so many.
    """

    settings: Settings
    database: Database
    keys: Keys
    assets: Assets
    languages: Mapping[str, Language]
    draw: Draw = secrets.randbelow


@dataclass(frozen=True, slots=True)
class Context:
    """What one request knows. `signed_in` is None for a stranger.

    `now` is read once, so that one request has one now.
    """

    settings: Settings
    database: Database
    keys: Keys
    now: datetime
    language: Language
    theme: Theme
    signed_in: SignedIn | None

    @property
    def account(self) -> Account | None:
        """Who is signed in; None for a stranger."""
        return self.signed_in.account if self.signed_in else None

    @property
    def token_hash(self) -> bytes | None:
        """The key of the session; None for a stranger."""
        return self.signed_in.token_hash if self.signed_in else None

    @property
    def is_evening(self) -> bool:
        """True where it is dark by the person's own clock; a stranger's is not known."""
        if self.account is None:
            return False
        local = self.now.astimezone(self.account.tzinfo).time()
        return local >= EVENING or local < MORNING


class Reader:
    """The person as Flask-Login wants to see them; the session's token is their id."""

    is_active = True
    is_anonymous = False
    is_authenticated = True

    def __init__(self, token: str, signed_in: SignedIn) -> None:
        self.token = token
        self.signed_in = signed_in

    def get_id(self) -> str:
        """Return the token, which the signed cookie carries."""
        return self.token


def install(app: Flask, installation: Installation) -> None:
    """Give `app` what its requests will know, and Flask-Login."""
    app.extensions[INSTALLATION] = installation
    people = LoginManager()
    people.session_protection = None  # it signs phones out that change networks
    people.user_loader(_reader)
    people.init_app(app, add_context_processor=False)


def installation() -> Installation:
    """Return what the application was made with."""
    found: Installation = current_app.extensions[INSTALLATION]
    return found


def _reader(token: str) -> Reader | None:
    made = installation()
    with made.database.reading() as reading:
        found = sessions.find(reading, hash_of(token), made.settings.clock())
    return Reader(token, found) if found else None


def hash_of(token: str) -> bytes:
    """Return what the database keeps of a session's token."""
    return sha256(token.encode()).digest()


def open_context() -> None:
    """Find out what this request knows; runs before every view."""
    made = installation()
    signed_in: SignedIn | None = getattr(current_user, "signed_in", None)
    account = signed_in.account if signed_in else None
    wanted = [account.language] if account and account.language else []
    language = words.chosen(
        made.languages, [*wanted, *(tag for tag, _quality in request.accept_languages)]
    )
    now = made.settings.clock()
    if signed_in and now - signed_in.seen_at >= SEEN_STEP:
        _note_use(made.database, signed_in, now)
    g.language = language
    g.context = Context(
        settings=made.settings,
        database=made.database,
        keys=made.keys,
        now=now,
        language=language,
        theme=_theme(account),
        signed_in=signed_in,
    )


def _note_use(database: Database, signed_in: SignedIn, now: datetime) -> None:
    # Whoever can't be noted as seen can still read.
    with suppress(StorageTrouble), database.writing() as writing:
        sessions.touch(writing, signed_in.token_hash, now)


def _theme(account: Account | None) -> Theme:
    chosen = request.cookies.get(THEME_COOKIE, "")
    if chosen in set(Theme):
        return Theme(chosen)
    return account.theme if account else Theme.AUTO


def current() -> Context:
    """Return what the request being answered knows."""
    found: Context = g.context
    return found


def current_or_none() -> Context | None:
    """Return `current()`, or None where the request was refused before it was known."""
    found: Context | None = g.get("context")
    return found


def current_account() -> Account:
    """Return who is signed in, in a view whose policy lets nobody else in."""
    account = current().account
    if account is None:
        raise RuntimeError("this view's policy lets strangers in: use current().account")
    return account


def sign_in(token: str, signed_in: SignedIn) -> None:
    """Let the browser carry the session `token` from now on; what it carried before is gone."""
    session.clear()
    session.permanent = True
    session["person"] = signed_in.account.id
    login_user(Reader(token, signed_in))
    _know(signed_in)


def sign_out() -> None:
    """Let the browser forget its session."""
    logout_user()
    session.clear()
    _know(None)


def _know(signed_in: SignedIn | None) -> None:
    """Let the rest of this request, the page it answers with too, see who is signed in now."""
    g.context = replace(current(), signed_in=signed_in)
