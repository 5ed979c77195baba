"""Test what frames every page: language, theme, name, places, and how it is sent."""

import gzip

import pytest
from flask import Flask

from tests.web import lint
from tests.web.client import Visitor, page_text
from tests.web.conftest import MakeApp


def test_help_is_open_to_strangers(stranger: Visitor) -> None:
    assert "How 30 % is found" in stranger.get("/help/").text
    assert "You don&#39;t" not in stranger.get("/help/now").text


def test_a_signed_in_page_names_the_person_and_the_places(owner: Visitor) -> None:
    page = owner.get("/more/").text
    assert "Moth" in page
    assert 'aria-current="page">More' in page


@pytest.mark.parametrize("path", ["/help/", "/help/now", "/nothing"])
def test_every_word_can_be_translated(app: Flask, path: str) -> None:
    visitor = Visitor(app, language="qps")
    kept = {"Evenfall", "TEST", "CLOCK"}
    assert not lint.untranslated(visitor.get(path).text, kept)


@pytest.mark.parametrize("path", ["/help/", "/help/now", "/nothing"])
def test_a_language_written_from_the_right_turns_the_page(app: Flask, path: str) -> None:
    page = Visitor(app, language="qps-plocm").get(path).text
    assert '<html lang="qps-plocm" dir="rtl"' in page
