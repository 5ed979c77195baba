"""Endpoints come from outside: only known services, only as browsers write them."""

import base64

import pytest

from tracker.domain.addresses import AddressRefused, address_in, clean_address
from tracker.domain.endpoints import SERVICES, Endpoint, EndpointRefused, is_allowed

POINT = base64.urlsafe_b64encode(b"\x04" + b"p" * 64).decode()
SECRET = base64.urlsafe_b64encode(b"s" * 16).decode()
URL = "https://fcm.googleapis.com/fcm/send/abc"


@pytest.mark.parametrize(
    "url",
    [
        URL,
        "https://updates.push.services.mozilla.com/wpush/v2/gAAA",
        "https://web.push.apple.com/QABC",
        "https://db5p.notify.windows.com/w/?token=BQYA",
        "https://fcm.googleapis.com:443/fcm/send/abc",
    ],
)
def test_known_services_are_taken(url: str) -> None:
    assert is_allowed(url, SERVICES)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://fcm.googleapis.com/x",
        "ftp://fcm.googleapis.com/x",
        "https://fcm.googleapis.com:8443/x",
        "https://fcm.googleapis.com:x/x",
        "https://user@fcm.googleapis.com/x",
        "https://fcm.googleapis.com/x#y",
        "https://fcm.googleapis.com\\@127.0.0.1/",
        "https://fcm.googleapis.com/ x",
        "https://fcm.googleapis.com/\r\nHost:x",
        "https://127.0.0.1/x",
        "https://localhost/x",
        "https://[::1]/x",
        "https://[::1/x",
        "https://push.apple.com.example.org/x",
        "https://evil-push.apple.com.example.org/x",
        "https://xfcm.googleapis.com/x",
        f"{URL}{'x' * 1000}",
    ],
)
def test_all_else_is_refused(url: str) -> None:
    assert not is_allowed(url, SERVICES)


def test_a_tests_own_service_is_named_with_its_port() -> None:
    assert is_allowed("https://localhost:8443/x", ["localhost:8443"])
    assert not is_allowed("https://localhost:8444/x", ["localhost:8443"])


def test_a_browsers_endpoint_is_read() -> None:
    read = Endpoint.read(URL, POINT.rstrip("="), SECRET.rstrip("="), SERVICES)
    assert (read.url, len(read.public), read.secret) == (URL, 65, b"s" * 16)
    assert "fcm" not in repr(read)


@pytest.mark.parametrize(
    ("url", "public", "secret"),
    [
        ("https://example.org/x", POINT, SECRET),
        (URL, "", SECRET),
        (URL, POINT[4:], SECRET),
        (URL, base64.urlsafe_b64encode(b"\x02" + b"p" * 64).decode(), SECRET),
        (URL, "p" * 2000, SECRET),
        (URL, "ä" * 87, SECRET),
        (URL, POINT, "*" * 22),
        (URL, POINT, "a"),
        (URL, POINT, SECRET[:8]),
    ],
)
def test_what_no_browser_sends_is_refused(url: str, public: str, secret: str) -> None:
    with pytest.raises(EndpointRefused):
        Endpoint.read(url, public, secret, SERVICES)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "moth",
        "moth@",
        "@example.org",
        "moth@@example.org",
        "a b@example.org",
        "moth@-example.org",
        "moth@example.org\r\nBcc: x@example.org",
        "moth@example..org",
        ".moth@example.org",
        "motte@bücher.example",
        f"{'x' * 65}@example.org",
        f"moth@{'x.' * 130}org",
        "Moth <moth@example.org>",
        "moth@example.org,wren@example.org",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(AddressRefused):
        clean_address(text)


def test_an_address_is_found_in_a_line() -> None:
    assert clean_address("m.o+th@diary.Example.org") == "m.o+th@diary.example.org"
    assert clean_address("moth@localhost") == "moth@localhost"
    assert address_in("") is None
