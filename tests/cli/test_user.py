"""`tracker user`: people added, helped in again, listed, and their accounts closed."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tracker.cli import main
from tracker.cli.opening import Opened, opened
from tracker.domain.factors import Factor, FactorKind
from tracker.domain.people import Account
from tracker.services import accounts, people, recovery
from tracker.services.hashing import shared
from tracker.services.people import Door, Visitor
from tracker.storage import accounts as rows
from tracker.storage import audit, factors, sessions

PASSWORD = "copper kettle by the window"


@pytest.fixture(autouse=True)
def instance(tmp_path: Path, sqlite_database_url: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of an installation that commands find."""
    monkeypatch.setenv("TRACKER_INSTANCE", str(tmp_path))
    monkeypatch.setenv("TRACKER_DATABASE_URL", sqlite_database_url)
    return tmp_path


@pytest.fixture
def diary() -> Iterator[Opened]:
    """Return the installation, open."""
    with opened() as found:
        yield found


def door(diary: Opened) -> Door:
    """Return the door of the installation."""
    visitor, now = Visitor("127.0.0.1", ""), datetime.now(UTC)
    return Door(diary.database, shared(), visitor, now, diary.keys.totp)


def found(diary: Opened, name: str) -> Account:
    """Return the account of this name."""
    with diary.database.reading() as session:
        account = rows.find_by_name(session, name)
    assert account is not None
    return account


def test_a_person_is_added_with_a_link_by_which_they_choose_a_password(
    diary: Opened, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["user", "add", "Moth", "--role", "patient"]) == 0
    said = capsys.readouterr()
    assert "Give this link to Moth" in said.err
    address, _, token = said.out.strip().partition("#")
    assert address == "http://localhost:8000/reset"
    new = recovery.follow_link(door(diary), token, PASSWORD, consent=True, zone="UTC").opened
    assert new is not None
    assert new.signed_in.account.name == "Moth"
    assert people.sign_in(door(diary), "Moth", PASSWORD).token


def test_a_person_is_added_with_a_password_from_standard_input(
    diary: Opened, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    assert main(["user", "add", "Moth", "--role", "patient", "--password-stdin"]) == 0
    assert capsys.readouterr().out == "Moth can sign in.\n"
    assert people.sign_in(door(diary), "Moth", PASSWORD).token


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["add", "", "--role", "patient"], "Choose a name"),
        (["add", "Ada", "--role", "patient", "--password-stdin"], "15 characters are needed"),
        (["add", "Ada", "--role", "clinician", "--password-stdin"], "10 characters are needed"),
        (["reset", "Ada"], "Nobody here is called Ada"),
        (["disable", "Ada"], "Nobody here is called Ada"),
    ],
)
def test_what_cant_be_done_is_refused_in_one_line(
    arguments: list[str],
    words: str,
    diary: Opened,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    assert main(["user", *arguments]) == 1
    said = capsys.readouterr()
    assert words in said.err
    assert (said.out, said.err.count("\n")) == ("", 1)
    with diary.database.reading() as session:
        assert rows.everyone(session) == []


def test_a_forgotten_password_is_reset_by_a_link_of_this_servers_address(
    diary: Opened, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    main(["user", "add", "Moth", "--role", "patient"])
    capsys.readouterr()
    monkeypatch.setenv("TRACKER_BASE_URL", "https://diary.example")
    assert main(["user", "reset", "moth"]) == 0
    link = capsys.readouterr().out.strip()
    assert link.startswith("https://diary.example/reset#")
    with diary.database.reading() as session:
        events = audit.events_of(session, found(diary, "Moth").id, 1)
    assert [(event.actor, event.verb) for event in events] == [("operator", "password.link_made")]


@pytest.mark.parametrize("role", ["clinician", "coordinator"])
def test_who_reads_is_added_with_ten_characters_and_lacks_a_factor_at_first(
    role: str,
    diary: Opened,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("otter paints\n"))
    assert main(["user", "add", "Ada", "--role", role, "--password-stdin"]) == 0
    opened = people.sign_in(door(diary), "Ada", "otter paints").signed_in
    assert (opened.account.role, opened.lacks_factor) == (role, True)
    assert opened.account.consent_version is not None
    capsys.readouterr()
    main(["user", "list"])
    assert capsys.readouterr().out.split("\t")[1::2] == [role, "no second factor yet\n"]


def test_a_reset_takes_the_second_factor_away_and_says_so(
    diary: Opened, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("otter paints\n"))
    main(["user", "add", "Ada", "--role", "clinician", "--password-stdin"])
    at = door(diary)
    opened = people.sign_in(at, "Ada", "otter paints")
    account = opened.signed_in.account
    now = datetime.now(UTC)
    with diary.database.writing() as session:
        factor = Factor("phone", FactorKind.TOTP, b"sealed", "", now, now, 1)
        factors.add(session, account.id, factor)
    capsys.readouterr()
    main(["user", "list"])
    assert "second factor" not in capsys.readouterr().out
    assert main(["user", "reset", "Ada"]) == 0
    said = capsys.readouterr()
    assert "The second factor of Ada is removed" in said.err
    assert said.out.startswith("http://localhost:8000/reset#")
    with diary.database.reading() as session:
        assert sessions.find(session, people.hash_of(opened.token), datetime.now(UTC)) is None
        done = [(event.verb, event.actor) for event in audit.events_of(session, account.id, 2)]
    assert done == [("password.link_made", "operator"), ("factor.removed", "operator")]
    assert main(["user", "reset", "Ada"]) == 0
    assert "second factor" not in capsys.readouterr().err


def test_a_disabled_person_is_signed_out_and_gets_no_link(
    diary: Opened, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    main(["user", "add", "Moth", "--role", "patient", "--password-stdin"])
    token = people.sign_in(door(diary), "Moth", PASSWORD).token
    assert main(["user", "disable", "Moth"]) == 0
    with diary.database.reading() as session:
        assert sessions.find(session, people.hash_of(token), datetime.now(UTC)) is None
    assert main(["user", "reset", "Moth"]) == 1
    assert "is disabled" in capsys.readouterr().err


def test_everyone_is_listed_with_what_is_the_matter(
    diary: Opened, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("Moth", "Fern", "Reed"):
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
        main(["user", "add", name, "--role", "patient", "--password-stdin"])
    main(["user", "add", "Ivy", "--role", "patient"])
    main(["user", "disable", "Fern"])
    leaving = people.sign_in(door(diary), "Reed", PASSWORD).signed_in
    with diary.database.writing() as session:
        at = accounts.ask_erasure(session, leaving, datetime.now(UTC))
    capsys.readouterr()
    assert main(["user", "list"]) == 0
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert [(line[0], line[1], *line[3:]) for line in lines] == [
        ("Fern", "patient", "disabled"),
        ("Ivy", "patient", "invited"),
        ("Moth", "patient"),
        ("Reed", "patient", f"to be erased on {at:%Y-%m-%d}"),
    ]
