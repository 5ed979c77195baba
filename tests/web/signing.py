"""Somebody with a password at the door: they register, sign in, and hold a cookie."""

from flask import Flask

from tests.web.client import Visitor
from tracker.storage import accounts as rows
from tracker.web.context import Installation

PASSWORD = "copper kettle by the window"
OTHER = "seven herons over the weir"
NEW = {"name": "Moth", "password": PASSWORD, "zone": "Asia/Kathmandu", "consent": "y"}
FIREFOX = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"


def installed(app: Flask) -> Installation:
    """Return what the application was made with."""
    made: Installation = app.extensions["evenfall"]
    return made


def person(app: Flask) -> Visitor:
    """Register by the page; return who is signed in now."""
    visitor = Visitor(app)
    assert visitor.post("/register", NEW).status_code == 303
    with installed(app).database.reading() as session:
        visitor.account = rows.find_by_name(session, "Moth")
    return visitor


def sign_in(visitor: Visitor, password: str = PASSWORD, **more: str) -> str:
    """Sign in by the page; return where it leads, "" where it doesn't."""
    answer = visitor.post("/sign-in", {"name": "Moth", "password": password, **more})
    if answer.status_code == 303:
        with installed(visitor.app).database.reading() as session:
            visitor.account = rows.find_by_name(session, "Moth")
    return answer.headers.get("Location", "")


def is_in(visitor: Visitor) -> bool:
    """True where the account's page opens."""
    visitor_status = visitor.client.get("/account/").status_code
    assert visitor_status in {200, 303}
    return bool(visitor_status == 200)


def copy_of(visitor: Visitor) -> Visitor:
    """Return a thief: another browser with the same cookies."""
    thief = Visitor(visitor.app, visitor.account)
    cookie = visitor.client.get_cookie("__Host-evenfall")
    thief.client.set_cookie(cookie.key, cookie.value)
    return thief
