"""Settings: what is taken, what is refused and in which words."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tracker.config import ClockRefused, Registration, SettingRefused, Settings

INSTANT = "2026-11-21T22:00:00Z"
TEST_CLOCK = {"TRACKER_CLOCK": INSTANT, "TRACKER_ALLOW_TEST_CLOCK": "1"}


def read(**variables: str) -> Settings:
    return Settings.from_environment({f"TRACKER_{k}": v for k, v in variables.items()})


def test_without_a_variable_everything_lies_in_the_instance_folder() -> None:
    settings = Settings.from_environment({"HOME": "/root", "PATH": "/bin"})
    instance = Path("instance").absolute()
    assert settings.instance == instance
    assert settings.database_file == instance / "tracker.db"
    assert settings.secret_key_file == instance / "secret.key"
    assert settings.backup_dir == instance / "backups"
    assert settings.audit_heads_file == instance / "audit-heads.log"
    assert settings.erased_file == instance / "erased.log"
    assert settings.serving_file == instance / "serving.lock"
    assert (settings.proxy_hops, settings.backup_keep) == (0, 12)
    assert settings.base_url is None
    assert settings.test_clock is None
    assert abs((settings.clock() - datetime.now(UTC)).total_seconds()) < 5


def test_every_variable_is_taken(tmp_path: Path) -> None:
    settings = read(
        ALLOW_HTTP_LAN="1",
        BACKUP_DIR=str(tmp_path / "b"),
        BACKUP_KEEP="24",
        BASE_URL="https://Diary.example.org/",
        CONTACT="ask@example.org",
        DATABASE_URL="postgresql://diary:secret@db.example.org/diary?sslmode=verify-full",
        INSTANCE=str(tmp_path),
        PROXY_HOPS="1",
        PUSH_HOSTS="push.example.org, .push.example.net",
        REGISTRATION="closed",
        SECRET_KEY_FILE=str(tmp_path / "k"),
        SMTP_URL="smtps://user:secret@mail.example.org:465",
        TRUSTED_HOSTS="old.example.org, .lan",
    )
    assert settings.allow_http_lan
    assert settings.backup_dir == tmp_path / "b"
    assert settings.backup_keep == 24
    assert settings.base_url == "https://diary.example.org"
    assert settings.contact == "ask@example.org"
    assert settings.database_url.startswith("postgresql+psycopg://diary:secret@")
    assert settings.database_file is None
    assert settings.proxy_hops == 1
    assert settings.push_services[-2:] == ("push.example.org", ".push.example.net")
    assert settings.push_services[0] == "fcm.googleapis.com"
    assert settings.registration is Registration.CLOSED
    assert settings.secret_key_file == tmp_path / "k"
    assert settings.smtp_url == "smtps://user:secret@mail.example.org:465"
    assert settings.trusted_hosts == ("old.example.org", ".lan")


def test_no_password_is_in_what_settings_look_like() -> None:
    settings = read(
        DATABASE_URL="postgresql://u:secret@localhost/d", SMTP_URL="smtp://u:secret@localhost"
    )
    assert "secret@" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("ALLOW_HTTP_LAN", "yes", "1 or 0"),
        ("ALLOW_TEST_CLOCK", "2", "1 or 0"),
        ("BACKUP_DIR", "a\0b", "folder"),
        ("BACKUP_KEEP", "0", "1 to 60"),
        ("BACKUP_KEEP", "61", "1 to 60"),
        ("BACKUP_KEEP", "٣", "1 to 60"),
        ("BASE_URL", "diary.example.org", "https://diary"),
        ("BASE_URL", "https://diary.example.org/app", "https://diary"),
        ("BASE_URL", "https://diary.example.org?x=1", "https://diary"),
        ("BASE_URL", "https://u:p@diary.example.org", "https://diary"),
        ("BASE_URL", "https://diary.example.org:99999", "https://diary"),
        ("BASE_URL", "ftp://diary.example.org", "https://diary"),
        ("BASE_URL", "https://", "https://diary"),
        ("CLOCK", "tomorrow", "instant"),
        ("CLOCK", "2026-11-21T22:00:00", "instant"),
        ("CLOCK", "2026-13-21T22:00:00Z", "instant"),
        ("CONTACT", "a\nb", "one line"),
        ("CONTACT", "a" * 201, "one line"),
        ("DATABASE_URL", "mysql://localhost/x", "sqlite:///FILE"),
        ("DATABASE_URL", "sqlite://", "sqlite:///FILE"),
        ("DATABASE_URL", "sqlite:///:memory:", "sqlite:///FILE"),
        ("DATABASE_URL", "sqlite:///a?mode=ro", "sqlite:///FILE"),
        ("DATABASE_URL", "postgresql://localhost", "sqlite:///FILE"),
        ("DATABASE_URL", "postgresql://localhost:x/d", "sqlite:///FILE"),
        ("INSTANCE", "\0", "folder"),
        ("PROXY_HOPS", "-1", "0 to 9"),
        ("PROXY_HOPS", "1_0", "0 to 9"),
        ("REGISTRATION", "maybe", "open, invite or closed"),
        ("SECRET_KEY_FILE", "\0k", "file"),
        ("SMTP_URL", "http://mail", "smtp://"),
        ("SMTP_URL", "smtp://", "smtp://"),
        ("TRUSTED_HOSTS", "a b", "host names"),
        ("TRUSTED_HOSTS", "a,,b", "host names"),
        ("TRUSTED_HOSTS", "https://a", "host names"),
    ],
)
def test_a_wrong_value_is_refused_in_one_line_that_names_it(
    name: str, value: str, told: str
) -> None:
    with pytest.raises(SettingRefused, match=f"^TRACKER_{name} .*{told}"):
        read(**{name: value})


@pytest.mark.parametrize("name", ["DATABASE_URL", "SMTP_URL"])
def test_an_address_that_may_hold_a_password_is_not_repeated(name: str) -> None:
    with pytest.raises(SettingRefused) as refusal:
        read(**{name: "ftp://user:secret@host"})
    assert "secret" not in str(refusal.value)


def test_an_unknown_name_is_refused_with_the_nearest_known() -> None:
    with pytest.raises(SettingRefused, match="Did you mean TRACKER_PROXY_HOPS"):
        read(PORXY_HOPS="1")
    with pytest.raises(SettingRefused, match="the README lists them"):
        read(ZZZZZZZZ="1")


def test_an_empty_variable_counts_as_not_set() -> None:
    assert read(PROXY_HOPS=" ", BASE_URL="").base_url is None


def test_a_relative_sqlite_file_is_where_the_command_was_typed() -> None:
    assert read(DATABASE_URL="sqlite:///my.db").database_file == Path("my.db").absolute()


@pytest.mark.parametrize(
    ("host", "registration"), [("127.0.0.1", "open"), ("::1", "open"), ("192.168.1.5", "invite")]
)
def test_registration_is_open_on_this_machine_alone(host: str, registration: str) -> None:
    assert read().serving_on(host, 8000).registration == registration
    asked = read(REGISTRATION="closed").serving_on(host, 8000)
    assert asked.registration is Registration.CLOSED


@pytest.mark.parametrize(
    ("setting", "value", "registration"),
    [
        ("BASE_URL", "https://diary.example.org", "invite"),
        ("PROXY_HOPS", "1", "invite"),
        ("BASE_URL", "http://localhost:8000", "open"),
    ],
)
def test_strangers_who_come_through_a_proxy_need_an_invitation(
    setting: str, value: str, registration: str
) -> None:
    settings = read(**{setting: value}).serving_on("127.0.0.1", 8000)
    assert settings.registration == registration
    assert settings.meets_strangers == (registration == "invite")


def test_plain_http_is_not_taken_where_https_is_meant() -> None:
    assert read(ALLOW_HTTP_LAN="1").takes_plain_http
    assert read(ALLOW_HTTP_LAN="1", BASE_URL="http://diary.lan:8000").takes_plain_http
    assert not read(ALLOW_HTTP_LAN="1", BASE_URL="https://diary.lan").takes_plain_http
    assert not read().takes_plain_http


def test_the_server_answers_to_local_bound_public_and_trusted_names() -> None:
    settings = read(BASE_URL="https://diary.example.org:8443", TRUSTED_HOSTS="old.example.org")
    local = ("localhost", "127.0.0.1", "[::1]")
    public = ("diary.example.org", "old.example.org")
    assert settings.hosts == (*local, *public)
    assert settings.serving_on("0.0.0.0", 80).hosts == (*local, *public)  # noqa: S104 - only compared
    assert settings.serving_on("10.0.0.7", 80).hosts == (*local, "10.0.0.7", *public)
    assert read().serving_on("fe80::7", 80).hosts == (*local, "[fe80::7]")


def test_a_test_clock_stands_still_or_follows_its_file(tmp_path: Path) -> None:
    file = tmp_path / "now"
    file.write_text(f"{INSTANT}\n")
    settings = read(CLOCK=f"@{file}", ALLOW_TEST_CLOCK="1")
    assert settings.clock() == datetime(2026, 11, 21, 22, tzinfo=UTC)
    file.write_text("2026-11-22T01:00:00+13:00")
    assert settings.clock() == datetime(2026, 11, 21, 12, tzinfo=UTC)
    file.write_text("midnight")
    with pytest.raises(ClockRefused, match="no instant"):
        settings.clock()
    file.unlink()
    with pytest.raises(ClockRefused, match="no instant"):
        settings.clock()
    assert read(CLOCK=INSTANT, ALLOW_TEST_CLOCK="1").clock() == datetime(
        2026, 11, 21, 22, tzinfo=UTC
    )


@pytest.mark.parametrize(
    "more",
    [
        {"TRACKER_ALLOW_TEST_CLOCK": "0"},
        {"TRACKER_ALLOW_TEST_CLOCK": ""},
        {"TRACKER_BASE_URL": "https://diary.example.org"},
        {"TRACKER_PROXY_HOPS": "1"},
        {"TRACKER_DATABASE_URL": "postgresql://db.example.org/diary"},
        {"TRACKER_DATABASE_URL": "postgresql:///diary?host=db.example.org"},
        {"TRACKER_CLOCK": "@/nowhere/at/all"},
    ],
)
def test_a_test_clock_is_refused_wherever_people_could_meet_it(more: Mapping[str, str]) -> None:
    with pytest.raises(ClockRefused):
        Settings.from_environment({**TEST_CLOCK, **more})


def test_a_test_clock_is_refused_beyond_this_machine() -> None:
    local = {"TRACKER_BASE_URL": "http://localhost:8000"}
    settings = Settings.from_environment({**TEST_CLOCK, **local})
    assert settings.serving_on("localhost", 8000).test_clock == INSTANT
    with pytest.raises(ClockRefused, match="this machine only"):
        settings.serving_on("0.0.0.0", 8000, public=True)  # noqa: S104 - refused


def test_the_instance_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    settings = read(INSTANCE=str(tmp_path / "a" / "b"))
    settings.prepare()
    assert settings.instance.stat().st_mode & 0o777 == 0o700
    settings.instance.chmod(0o755)
    settings.prepare()
    assert settings.instance.stat().st_mode & 0o777 == 0o700


def test_an_instance_that_is_no_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingRefused, match="can't be used"):
        read(INSTANCE=str(tmp_path / "file")).prepare()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "localhost:8443", "[::1]:443"])
def test_a_push_service_of_ones_own_is_for_tests_alone(host: str) -> None:
    with pytest.raises(SettingRefused, match="tests alone"):
        read(PUSH_HOSTS=host)
    settings = Settings.from_environment({**TEST_CLOCK, "TRACKER_PUSH_HOSTS": host})
    # Nothing of a test goes out to a real one.
    assert settings.push_services == (host,)


@pytest.mark.parametrize("host", ["push.example.org/x", "https://push.example.org", "a b", "x:y"])
def test_what_names_no_push_service_is_refused(host: str) -> None:
    with pytest.raises(SettingRefused, match="names of push services"):
        read(PUSH_HOSTS=host)


@pytest.mark.parametrize(
    ("variables", "sender", "subject"),
    [
        ({}, None, None),
        ({"BASE_URL": "http://localhost"}, None, None),
        ({"BASE_URL": "https://d.example.org"}, None, "https://d.example.org"),
        ({"CONTACT": "Anna <a@example.org>"}, "a@example.org", "mailto:a@example.org"),
        ({"SMTP_URL": "smtp://m%40example.org:x@h"}, "m@example.org", "mailto:m@example.org"),
        ({"SMTP_URL": "smtp://m:x@h", "CONTACT": "next door"}, None, None),
    ],
)
def test_who_writes_and_who_is_asked(
    variables: dict[str, str], sender: str | None, subject: str | None
) -> None:
    settings = read(**variables)
    assert (settings.mail_sender, settings.push_subject) == (sender, subject)
