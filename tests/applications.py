"""The application on a real database, and people who look at it."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache

from tests.web.client import Visitor, sign_up
from tracker.config import Settings
from tracker.keys import Keys
from tracker.storage import installation
from tracker.storage.database import Database
from tracker.web import words
from tracker.web.app import create_app
from tracker.web.context import INSTALLATION, Installation
from tracker.web.words import Language

EVENING = "2026-11-21T19:30:00Z"
MakeApp = Callable[..., Flask]


@pytest.fixture(scope="session")
def compiled_pages(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Keep compiled templates: each test has an application of its own, all have these pages."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("pages")))


@pytest.fixture(scope="session")
def idle_apps() -> list[Flask]:
    """Keep applications for later tests: to make one takes longer than most tests do."""
    return []


@pytest.fixture(scope="session")
def languages(pseudo_locale: Path) -> Mapping[str, Language]:
    """Return what pages of tests can speak, the pseudo-languages too."""
    return words.installed(pseudo_locale)


@pytest.fixture
def make_app(
    database_url: str,
    tmp_path: Path,
    languages: Mapping[str, Language],
    compiled_pages: FileSystemBytecodeCache,
    idle_apps: list[Flask],
    request: pytest.FixtureRequest,
) -> Iterator[MakeApp]:
    """Return what makes an application; keywords are settings, without prefix."""
    idle = [] if request.node.get_closest_marker("adds_views") else idle_apps
    opened: list[Database] = []
    used: list[tuple[Flask, object, frozenset[str]]] = []

    def make(**settings: str) -> Flask:
        environ = {
            "INSTANCE": str(tmp_path),
            "DATABASE_URL": database_url,
            "CLOCK": EVENING,
            "ALLOW_TEST_CLOCK": "1",
            **settings,
        }
        read = Settings.from_environment(
            {f"TRACKER_{name}": value for name, value in environ.items() if value}
        )
        keys = Keys.derived(b"a test" * 8)
        database = Database(read.database_url, audit_key=keys.audit)
        opened.append(database)
        with database.writing() as session:
            installation.settle(session, read.clock(), test_clock=read.test_clock is not None)
        if read.proxy_hops or not idle:  # of all settings, hops alone are built in
            made = create_app(read, database, keys, languages)
            made.jinja_env.bytecode_cache = compiled_pages
        else:
            made = idle.pop()
            files = made.extensions[INSTALLATION].assets
            made.extensions[INSTALLATION] = Installation(read, database, keys, files, languages)
        if not read.proxy_hops:
            used.append((made, _shape(made), frozenset(made.extensions)))
        return made

    yield make
    for database in opened:
        database.close()
    for made, shape, known in used:
        for learned in made.extensions.keys() - known:
            del made.extensions[learned]
        if _shape(made) == shape:
            idle.append(made)


def _shape(app: Flask) -> object:
    """Return what a test may have changed in an application beside what it knows."""
    hooks = (app.before_request_funcs, app.after_request_funcs, app.teardown_request_funcs)
    return (
        app.wsgi_app,
        {**app.config},
        {**app.view_functions},
        [{name: [*found] for name, found in kind.items() if found} for kind in hooks],
    )


@pytest.fixture
def app(make_app: MakeApp) -> Flask:
    """Return the application on a Saturday evening."""
    return make_app()


@pytest.fixture
def stranger(app: Flask) -> Visitor:
    """Return somebody without an account."""
    return Visitor(app)


@pytest.fixture
def owner(app: Flask) -> Visitor:
    """Return a person who keeps a diary, signed in."""
    return sign_up(app, "Moth")


@pytest.fixture
def other(app: Flask) -> Visitor:
    """Return another person who keeps a diary, signed in."""
    return sign_up(app, "Wren")


@pytest.fixture
def real_app(database_url: str, tmp_path: Path) -> Iterator[MakeApp]:
    """Return what makes an application with the real clock, bound to `host`."""
    opened = []

    def make(host: str = "127.0.0.1", **settings: str) -> Flask:
        environ = {"INSTANCE": str(tmp_path), "DATABASE_URL": database_url, **settings}
        named = {f"TRACKER_{name}": value for name, value in environ.items()}
        read = Settings.from_environment(named).serving_on(host, 8000)
        keys = Keys.derived(b"a test" * 8)
        database = Database(read.database_url, audit_key=keys.audit)
        opened.append(database)
        with database.writing() as session:
            installation.settle(session, read.clock(), test_clock=False)
        return create_app(read, database, keys)

    yield make
    for database in opened:
        database.close()
