"""The command that reminds: once, until stopped, and what the operator is told."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from tests.delivery.authority import Authority
from tests.delivery.browsers import Browser as Phone
from tests.delivery.mailing import MailHost
from tests.delivery.pushing import PushService
from tracker.cli import main
from tracker.cli.opening import opened
from tracker.domain.people import SignedIn
from tracker.domain.reminders import Wish
from tracker.services import people, reminders, subscriptions
from tracker.services.hashing import Hasher
from tracker.services.people import Door, NewPerson, Visitor
from tracker.services.subscriptions import Browser
from tracker.storage import reminders as rows

NINE = "2026-11-21T19:00:00Z"
PATIENCE = 30.0


@pytest.fixture
def environment(
    tmp_path: Path,
    mails: MailHost,
    pushes: PushService,
    own_authority: Authority,
    monkeypatch: pytest.MonkeyPatch,
) -> dict[str, str]:
    """Set up a server that may mail and push to this machine alone."""
    for name in [name for name in os.environ if name.startswith("TRACKER_")]:
        monkeypatch.delenv(name)
    named = {
        "TRACKER_INSTANCE": str(tmp_path / "instance"),
        "TRACKER_CLOCK": "2026-11-21T12:00:00Z",
        "TRACKER_ALLOW_TEST_CLOCK": "1",
        "TRACKER_BASE_URL": "http://localhost",
        "TRACKER_SMTP_URL": mails.url,
        "TRACKER_CONTACT": "keeper@example.org",
        "TRACKER_PUSH_HOSTS": pushes.host,
        "SSL_CERT_FILE": str(own_authority.root),
    }
    for name, value in named.items():
        monkeypatch.setenv(name, value)
    return named


def welcome(phone: Phone) -> SignedIn:
    """Let somebody in Helsinki wish to be reminded at nine."""
    with opened() as diary:
        now = diary.settings.clock()
        account = people.new_account(NewPerson("Moth", "", "Europe/Helsinki"), now)
        door = Door(diary.database, Hasher(), Visitor("127.0.0.1", ""), now, diary.keys.totp)
        with diary.database.writing() as session:
            people.add(session, account, None, account.id, now)
            who = people.open_session(session, door, account).signed_in
            wish = Wish(reminders.NEVER_SET.clock)
            reminders.wish(session, account, wish, diary.keys, now)
            subscriptions.add(session, who, Browser(phone.endpoint, ""), diary.keys, now)
    return who


def test_what_is_due_is_sent_once(
    environment: dict[str, str],
    pushes: PushService,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    del environment
    phone = Phone(pushes.url("/phone"))
    welcome(phone)
    nothing = "Pushed: 0, mailed: 0, later: 0, nobody reached: 0.\n"
    assert (main(["remind", "--once"]), capsys.readouterr().out) == (0, nothing)
    monkeypatch.setenv("TRACKER_CLOCK", NINE)
    told = "Pushed: 1, mailed: 0, later: 0, nobody reached: 0.\n"
    assert (main(["remind", "--once"]), capsys.readouterr().out) == (0, told)
    assert (main(["remind", "--once"]), capsys.readouterr().out) == (0, nothing)
    assert phone.read_json(pushes.pushed[0].body)["day"] == "2026-11-21"


def test_it_goes_on_until_it_is_stopped_and_serve_does_it_too(
    environment: dict[str, str], pushes: PushService
) -> None:
    who = welcome(Phone(pushes.url("/phone")))
    for command in (["remind"], ["serve", "--port", "0", "--workers", "1"]):
        pushes.pushed.clear()
        with subprocess.Popen(
            [sys.executable, "-m", "tracker", *command],
            env={**os.environ, **environment, "TRACKER_CLOCK": NINE},
            stdout=subprocess.DEVNULL,
        ) as process:
            end = time.monotonic() + PATIENCE
            while not pushes.pushed and time.monotonic() < end:
                time.sleep(0.05)
            # Not Ctrl-C, which is ignored where the tests run in a shell's background.
            process.send_signal(signal.SIGTERM)
            assert process.wait(PATIENCE) == 0
        assert len(pushes.pushed) == 1
        forget_tonight(who)


def forget_tonight(who: SignedIn) -> None:
    """Let the same evening come again."""
    with opened() as diary, diary.database.writing() as session:
        found = reminders.find(session, who.account)
        assert found is not None
        due = datetime.fromisoformat(NINE)
        rows.change(session, replace(found, reminded_day=None, due_at=due))


def test_trouble_waits_for_the_next_round(environment: dict[str, str], tmp_path: Path) -> None:
    assert main(["check"]) == 0
    script = (
        "import tracker.cli.remind as r\n"
        "from tracker.domain.words import Refused\n"
        "from tracker.cli import main\n"
        "rounds = []\n"
        "def remind(*_):\n"
        "    rounds.append(1)\n"
        "    if len(rounds) == 1: raise Refused('the disk is full')\n"
        "    raise KeyboardInterrupt\n"
        "r.reminding.remind, r.PACE = remind, 0.0\n"
        "raise SystemExit(main(['remind']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert (done.returncode, done.stderr) == (130, "tracker: remind: the disk is full\n")


def test_check_names_what_reminders_lack(
    environment: dict[str, str],
    pushes: PushService,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    del environment
    names = ("BASE_URL", "SMTP_URL", "CONTACT")
    for name in names:
        monkeypatch.delenv(f"TRACKER_{name}")
    main(["check"])
    assert not [name for name in names if f"TRACKER_{name}:" in capsys.readouterr().out]
    welcome(Phone(pushes.url("/phone")))
    capsys.readouterr()
    main(["check"])
    told = capsys.readouterr().out
    assert all(f"TRACKER_{name}:" in told for name in names)
    for name, value in zip(
        names, ("http://localhost", "smtp://127.0.0.1:9", "a@example.org"), strict=True
    ):
        monkeypatch.setenv(f"TRACKER_{name}", value)
    main(["check"])
    told = capsys.readouterr().out
    assert not [name for name in names if f"TRACKER_{name}:" in told]
