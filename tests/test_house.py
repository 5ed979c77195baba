"""Test what holds the house together: version, floors, words, databases, browser."""

import ast
import gettext
import sys
from importlib import metadata
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from sqlalchemy import Connection, create_engine, inspect, text

import tracker
from tools import browser as chromium
from tools import pseudo, words

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted(
    path for folder in ("tracker", "tests", "tools") for path in (ROOT / folder).rglob("*.py")
)


def imported_by(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


def connect(url: str) -> Connection:
    engine = create_engine(url)
    connection = engine.connect()
    connection.detach()
    engine.dispose()
    return connection


def test_installed_package_has_the_version_of_the_code() -> None:
    assert metadata.version("tracker") == tracker.__version__


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_file_opens_with_one_sentence_and_is_short(path: Path) -> None:
    source = path.read_text("utf-8")
    opening = ast.get_docstring(ast.parse(source))
    assert opening is not None
    assert opening.partition("\n")[0].endswith(".")
    assert len(source.splitlines()) <= 400


@pytest.mark.parametrize(
    "path", sorted((ROOT / "tracker" / "domain").rglob("*.py")), ids=lambda path: path.name
)
def test_the_domain_imports_the_standard_library_and_itself_only(path: Path) -> None:
    strangers = {
        name
        for name in imported_by(path)
        if name.partition(".")[0] not in sys.stdlib_module_names
        and not name.startswith("tracker.domain")
    }
    assert not strangers


def test_requirement_files_name_no_address() -> None:
    names = [*(ROOT / "requirements").iterdir(), ROOT / "package-lock.json"]
    for path in names:
        content = path.read_text("utf-8")
        assert "index-url" not in content
        assert "find-links" not in content
        assert '"resolved"' not in content


def test_the_words_of_code_and_pages_are_in_the_template() -> None:
    assert words.is_fresh()


def test_pseudo_languages_change_words_and_keep_placeholders() -> None:
    sentence = 'Open <a href="%(url)s">night %(night)d</a> &amp; {more}'
    for change in (pseudo.accented, pseudo.mirrored):
        for kept in ('<a href="%(url)s">', "%(night)d", "</a>", "&amp;", "{more}"):
            assert kept in change(sentence)
        assert "Open" not in change(sentence)


@pytest.mark.parametrize("language", [pseudo.ACCENTED, pseudo.MIRRORED])
def test_pseudo_languages_load_as_any_other(language: str, pseudo_locale: Path) -> None:
    loaded = gettext.translation(words.DOMAIN, pseudo_locale, [language])
    assert loaded.info()["content-type"] == "text/plain; charset=utf-8"


def test_a_fresh_database_has_the_tables_of_today(database_url: str, backend: str) -> None:
    with connect(database_url) as connection:
        assert connection.dialect.name == backend
        assert "alembic_version" in inspect(connection).get_table_names()


@pytest.mark.parametrize("turn", [1, 2])
def test_databases_do_not_see_each_other(empty_database_url: str, turn: int) -> None:
    with connect(empty_database_url) as connection:
        connection.execute(text("CREATE TABLE seen (turn INTEGER)"))
        connection.execute(text("INSERT INTO seen VALUES (:turn)"), {"turn": turn})
        connection.commit()
        assert connection.execute(text("SELECT turn FROM seen")).scalars().all() == [turn]


def test_the_browser_shows_a_page(browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.set_content("<h1>Good evening</h1>")
        assert page.get_by_role("heading").inner_text() == "Good evening"


@pytest.mark.browser
def test_a_chosen_browser_that_does_not_start_is_named() -> None:
    with pytest.raises(chromium.NoBrowserError, match="CHROMIUM=/nowhere does not start"):
        chromium.find({"CHROMIUM": "/nowhere"})
