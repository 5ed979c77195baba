"""Mail: what a real mail host gets, and what happens where it says no."""

import socket
import ssl
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.delivery.authority import Authority
from tests.delivery.mailing import MailHost, mail_host
from tracker.config import Settings
from tracker.delivery.couriers import Couriers
from tracker.delivery.mail import Mailer, MailRefused
from tracker.domain.reminders import Fate, Letter

NOW = datetime(2026, 11, 21, 19, 30, tzinfo=UTC)
OFF = "https://diary.example.org/reminders/off/abc"
LETTER = Letter("wren@example.org", "Evenfall: tonight's form is ready", f"Open\n{OFF}\n", OFF)


def mailer(url: str, trust: ssl.SSLContext | None = None) -> Mailer:
    return Mailer(url, "keeper@example.org", lambda: NOW, trust or ssl.create_default_context())


def test_a_letter_arrives_and_can_be_ended_by_one_tap(mails: MailHost) -> None:
    assert mailer(mails.url).send(LETTER) is Fate.ACCEPTED
    (came,) = mails.mails
    assert mails.envelopes == [("keeper@example.org", ["wren@example.org"])]
    assert came["From"] == "Evenfall <keeper@example.org>"
    assert came["Subject"] == LETTER.subject
    assert came["Date"] == "Sat, 21 Nov 2026 19:30:00 +0000"
    assert came["Auto-Submitted"] == "auto-generated"
    assert came["List-Unsubscribe"] == f"<{OFF}>"
    assert came["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert came["Message-ID"].endswith("@example.org>")
    assert came.get_content().splitlines() == LETTER.text.splitlines()


def test_a_letter_that_ends_nothing_has_no_such_link(mails: MailHost) -> None:
    mailer(mails.url).send(Letter("wren@example.org", "Ä", "ö\n"))
    (came,) = mails.mails
    assert came["List-Unsubscribe"] is None
    assert (came["Subject"], came.get_content().strip()) == ("Ä", "ö")


@pytest.mark.parametrize(
    ("answer", "fate"),
    [("550 no such person", Fate.GONE), ("450 mailbox is busy", Fate.LATER)],
)
def test_an_address_that_is_refused_is_told_from_one_that_is_busy(
    mails: MailHost, answer: str, fate: Fate
) -> None:
    mails.refuses[LETTER.to] = answer
    assert mailer(mails.url).send(LETTER) is fate
    assert not mails.mails


def test_a_host_that_takes_nothing_is_named_in_one_line(mails: MailHost) -> None:
    mails.refuses[""] = "554 not today"
    with pytest.raises(MailRefused, match=r"^TRACKER_SMTP_URL: the mail host 127\.0\.0\.1: 554"):
        mailer(mails.url).send(LETTER)


def test_a_host_that_is_not_there_is_named_too() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(MailRefused, match="Connection refused"):
        mailer(f"smtp://127.0.0.1:{port}").send(LETTER)


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_password_goes_encrypted(own_authority: Authority, scheme: str) -> None:
    tls = own_authority.serving()
    with mail_host(**({"starttls": tls} if scheme == "smtp" else {"tls": tls})) as host:
        url = f"{scheme}://moth%40example.org:secret@localhost:{host.port}"
        assert mailer(url, own_authority.trusted()).send(LETTER) is Fate.ACCEPTED
        assert len(host.mails) == 1
        assert set(host.users) == {"moth@example.org"}
        with pytest.raises(MailRefused, match="535"):
            mailer(url.replace("secret", "wrong"), own_authority.trusted()).send(LETTER)
        with pytest.raises(MailRefused, match="CERTIFICATE_VERIFY_FAILED"):
            mailer(url).send(LETTER)


def test_beyond_the_own_network_nothing_goes_unencrypted(
    mails: MailHost,
) -> None:
    far = replace(mailer(mails.url), is_near=lambda _address: False)
    with pytest.raises(MailRefused, match="STARTTLS"):
        far.send(LETTER)
    assert not mails.mails


def settings(folder: Path, **more: str) -> Settings:
    named = {f"TRACKER_{name}": value for name, value in more.items()}
    return Settings.from_environment({"TRACKER_INSTANCE": str(folder), **named})


def test_a_courier_mails_as_the_settings_say(
    mails: MailHost, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nowhere = Couriers.of(settings(tmp_path, SMTP_URL=mails.url))
    assert nowhere.mail(LETTER) is Fate.LATER  # nobody it could come from
    courier = Couriers.of(settings(tmp_path, SMTP_URL=mails.url, CONTACT="Anna <a@example.org>"))
    assert courier.mail(LETTER) is Fate.ACCEPTED
    assert mails.envelopes[0][0] == "a@example.org"
    mails.refuses[""] = "554 not today"
    assert courier.mail(LETTER) is Fate.LATER
    told = capsys.readouterr().err
    assert told.startswith("tracker: TRACKER_SMTP_URL: the mail host")
    assert told.count("\n") == 1
