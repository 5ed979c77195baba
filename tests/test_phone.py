"""Test that the files by which a phone reaches the diary fit together, and are explained."""

import re
from pathlib import Path

import pytest

from tracker.cli.check import of_settings
from tracker.config import Settings

FILES = Path(__file__).parent.parent / "docs/phone"
GUIDE = FILES.with_suffix(".md").read_text(encoding="utf-8")


def settings_of(way: str) -> Settings:
    text = (FILES / f"evenfall.{way}.env").read_text(encoding="utf-8")
    return Settings.from_environment(dict(re.findall(r"^(\w+)=(.*)$", text, re.MULTILINE)))


@pytest.mark.parametrize("way", ["domain", "home", "mesh"])
def test_caddy_answers_to_the_address_that_the_diary_is_told(way: str) -> None:
    settings = settings_of(way)
    assert list(of_settings(settings)) == []
    caddyfile = (FILES / f"Caddyfile.{way}").read_text(encoding="utf-8")
    name = (settings.base_url or "").removeprefix("https://")
    assert re.findall(r"^(?:http://)?([a-z.]+) \{$", caddyfile, re.MULTILINE) in (
        [name],
        [name, name],
    )
    assert f"reverse_proxy {settings.host}:{settings.port}" in caddyfile


def test_without_https_the_one_thing_that_is_unsafe_is_named() -> None:
    found = [str(each) for each in of_settings(settings_of("lan"))]
    assert [each.partition(":")[0] for each in found] == ["TRACKER_ALLOW_HTTP_LAN"]


def test_every_file_is_explained() -> None:
    linked = set(re.findall(r"\]\(phone/([^)]+)\)", GUIDE))
    assert linked | {"evenfall.service"} == {file.name for file in FILES.iterdir()}
    assert "evenfall.service" in GUIDE


def test_every_chapter_that_is_linked_is_there() -> None:
    titles = re.findall(r"^## (.+)$", GUIDE, re.MULTILINE)
    anchors = {re.sub(r"[^a-z0-9 -]", "", title.lower()).replace(" ", "-") for title in titles}
    assert set(re.findall(r"\]\(#([^)]+)\)", GUIDE)) <= anchors
