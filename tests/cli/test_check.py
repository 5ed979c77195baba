"""What `tracker check` says of the way by which a phone reaches the diary."""

import pytest

from tracker.cli.check import of_settings
from tracker.cli.serve import say_where
from tracker.config import Settings

HTTPS = {"BASE_URL": "https://diary.example.org", "PROXY_HOPS": "1"}
EVERYWHERE = "0.0.0.0"  # noqa: S104 - named, not bound


def settings_of(asked: dict[str, str]) -> Settings:
    return Settings.from_environment({f"TRACKER_{name}": asked[name] for name in asked})


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({}, []),
        (HTTPS, []),
        ({"BASE_URL": "http://localhost:8000"}, []),
        ({"BASE_URL": "https://diary.example.org"}, ["PROXY_HOPS"]),
        ({"PROXY_HOPS": "1"}, ["BASE_URL"]),
        ({"BASE_URL": "http://diary.example.org", "PROXY_HOPS": "1"}, ["BASE_URL"]),
        ({"BASE_URL": "http://192.168.1.5:8000"}, ["BASE_URL"]),
        ({"BASE_URL": "http://192.168.1.5:8000", "ALLOW_HTTP_LAN": "1"}, ["ALLOW_HTTP_LAN"]),
        ({"BASE_URL": "http://diary.lan:8000", "ALLOW_HTTP_LAN": "1"}, ["ALLOW_HTTP_LAN"]),
        (
            {"BASE_URL": "http://diary.example.org", "ALLOW_HTTP_LAN": "1"},
            ["ALLOW_HTTP_LAN", "BASE_URL"],
        ),
        ({**HTTPS, "ALLOW_HTTP_LAN": "1"}, ["ALLOW_HTTP_LAN"]),
        ({**HTTPS, "REGISTRATION": "open"}, ["REGISTRATION"]),
        ({"REGISTRATION": "open"}, []),
    ],
)
def test_what_does_not_fit_together_on_the_way_is_named(
    asked: dict[str, str], named: list[str]
) -> None:
    found = [str(each).partition(":")[0] for each in of_settings(settings_of(asked))]
    assert found == [f"TRACKER_{name}" for name in named]


def test_a_setting_without_effect_is_told_from_one_that_opens_the_network() -> None:
    useless = [str(each) for each in of_settings(settings_of({**HTTPS, "ALLOW_HTTP_LAN": "1"}))]
    open_to_all = [str(each) for each in of_settings(settings_of({"ALLOW_HTTP_LAN": "1"}))]
    assert "take it out" in useless[0]
    assert "unencrypted" in open_to_all[0]


def test_a_port_open_to_all_beside_a_proxy_is_named_at_the_start(
    capsys: pytest.CaptureFixture[str],
) -> None:
    say_where(settings_of(HTTPS).serving_on("127.0.0.1", 8000))
    assert capsys.readouterr().err == ""
    say_where(settings_of(HTTPS).serving_on(EVERYWHERE, 8000))
    assert "past the proxy" in capsys.readouterr().err
