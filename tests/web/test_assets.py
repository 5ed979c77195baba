"""Test that static files are hashed, compressed once, and never change under one address."""

import gzip
from pathlib import Path

import pytest

from tests.web.client import Visitor
from tracker.web import assets
from tracker.web.assets import Assets


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in {
        "css/zebra.css": "z{}",
        "css/tokens.css": "t{}",
        "css/base.css": "b{}",
        "css/components.css": "c{}",
        "js/night.js": 'import { a as one } from "./leaf.js";\nlet b = one;\n',
        "js/leaf.js": "export const a = 1;\n",
        "vendor/big.js": "big",
        "vendor/big.js.br": "smallest",
        "vendor/big.js.gz": "smaller",
        "icons/dot.png": "png",
        "notes.txt": "not served",
    }.items():
        path = tmp_path / "static" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return tmp_path / "static"


@pytest.fixture
def served(stranger: Visitor) -> Assets:
    found: Assets = stranger.app.extensions["evenfall"].assets
    return found


def test_style_sheets_become_one_with_the_tokens_first(folder: Path) -> None:
    files = assets.read(folder).files
    assert files["app.css"].content == b"t{}b{}c{}z{}"
    assert "css/base.css" not in files
    assert "notes.txt" not in files


def test_a_script_is_one_file_with_what_it_imports(folder: Path) -> None:
    files = assets.read(folder).files
    assert b"const a = 1;" in files["js/night.js"].content
    assert files["vendor/big.js"].content == b"big"


def test_any_change_changes_every_address(folder: Path) -> None:
    before = assets.read(folder)
    assert assets.read(folder).digest == before.digest
    (folder / "js/leaf.js").write_text("export const a = 2;")
    assert assets.read(folder).address("app.css") != before.address("app.css")


def test_large_files_bring_their_compressed_forms(folder: Path) -> None:
    files = assets.read(folder).files
    assert files["vendor/big.js"].packed == {"br": b"smallest", "gzip": b"smaller"}
    assert files["icons/dot.png"].packed == {}


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("gzip, deflate, br", "gzip"), ("gzip;q=0", None), ("", None), ("br", None)],
)
def test_a_file_is_sent_as_the_browser_takes_it(
    stranger: Visitor, served: Assets, accepted: str, encoding: str | None
) -> None:
    answer = stranger.get(served.address("app.css"), Accept_Encoding=accepted)
    assert answer.headers.get("Content-Encoding") == encoding
    body = gzip.decompress(answer.data) if encoding else answer.data
    assert body == served.files["app.css"].content
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Vary"] == "Accept-Encoding"


def test_brotli_is_preferred_where_there_is_some(stranger: Visitor, served: Assets) -> None:
    path = served.address("vendor/plotly-basic.min.js")
    assert stranger.get(path, Accept_Encoding="gzip, br").headers["Content-Encoding"] == "br"


def test_only_reading_is_answered_and_only_under_the_digest(
    stranger: Visitor, served: Assets
) -> None:
    path = served.address("icons/evenfall.svg")
    head = stranger.client.head(path)
    assert head.status_code == 200
    assert head.data == b""
    assert int(head.headers["Content-Length"]) > 0
    assert stranger.post(path).status_code == 404
    assert stranger.get("/static/app.css").status_code == 404
    assert stranger.get(f"/static/{served.digest}/../app.py").status_code == 404


def test_pages_load_scripts_with_integrity(stranger: Visitor, served: Assets) -> None:
    page = stranger.get("/help/").text
    assert served.files["app.css"].integrity in page
    assert served.files["js/app.js"].integrity in page
