"""The operator's commands: what they print, what they refuse, how they end."""

import io
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.storage.nights import MOTH, night, welcome
from tests.storage.people import NOW, add_person
from tracker.cli import COMMANDS, main
from tracker.cli.check import of_settings
from tracker.cli.opening import before_migration, opened
from tracker.cli.serve import say_where
from tracker.config import Settings
from tracker.storage import audit, backups, installation
from tracker.storage.database import Database
from tracker.storage.installation import WrongClock
from tracker.storage.revisions import append_revision

PASSPHRASE = "four calm evening walks"
# Tests write to memory or to the disk: one of these lies on the other.
ELSEWHERE = (Path("/dev/shm"), Path("/var/tmp"))  # noqa: S108 - folders are made anew in it
Tracker = Callable[..., tuple[int, str, str]]


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith("TRACKER_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("TRACKER_INSTANCE", str(tmp_path / "instance"))
    return tmp_path / "instance"


@pytest.fixture
def tracker(instance: Path, capsys: pytest.CaptureFixture[str]) -> Tracker:
    del instance

    def run(*arguments: str) -> tuple[int, str, str]:
        try:
            status = main(arguments)
        except SystemExit as end:
            status = int(end.code or 0)
        told = capsys.readouterr()
        return status, told.out, told.err

    return run


@pytest.fixture
def filled(instance: Path) -> Iterator[Database]:
    del instance
    with opened() as diary:
        with diary.database.writing() as session:
            welcome(session)
            append_revision(session, MOTH, night())
            audit.record(session, MOTH, "night.saved", MOTH, NOW)
        yield diary.database


def test_help_lists_every_command_and_each_explains_itself(tracker: Tracker) -> None:
    status, told, _ = tracker("--help")
    assert status == 0
    for name in COMMANDS:
        assert re.search(rf"^    {name} ", told, re.MULTILINE)
        status, own, _ = tracker(name, "--help")
        assert (status, own.startswith(f"usage: tracker {name}")) == (0, True)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["frobnicate"],
        ["audit"],
        ["serve", "--port", "65536"],
        ["serve", "--port", "x"],
        ["serve", "--workers", "0"],
        ["backup", "--key", "x"],
    ],
)
def test_wrong_usage_ends_with_two(tracker: Tracker, arguments: list[str]) -> None:
    status, _, error = tracker(*arguments)
    assert status == 2
    assert error.startswith("usage: tracker")


def test_a_refusal_is_one_line_and_ends_with_one(
    tracker: Tracker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_PORXY_HOPS", "1")
    assert tracker("check") == (
        1,
        "",
        "tracker: There is no setting TRACKER_PORXY_HOPS. Did you mean TRACKER_PROXY_HOPS?\n",
    )
    monkeypatch.delenv("TRACKER_PORXY_HOPS")
    status, _, error = tracker("restore", "no-such-file")
    assert (status, error) == (1, "tracker: no-such-file: No such file or directory\n")


def test_ctrl_c_and_a_closed_pipe_end_without_a_word(instance: Path) -> None:
    script = "import sys, tracker.cli.tidy as t\nfrom tracker.cli import main\n"
    raising = script + "def run(args): raise {}\nt.run = run\nsys.exit(main(['tidy']))"
    for fault, status in (
        ("KeyboardInterrupt", 130),
        ("BrokenPipeError", 0),
        ("OSError(5, 'x')", 1),
    ):
        done = subprocess.run(
            [sys.executable, "-c", raising.format(fault)],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "TRACKER_INSTANCE": str(instance)},
        )
        assert (done.returncode, "Traceback" in done.stderr) == (status, False)
    assert done.stderr == "tracker: x\n"


def test_backup_writes_into_its_folder_or_where_it_is_told(
    tracker: Tracker, filled: Database, instance: Path, tmp_path: Path
) -> None:
    del filled
    status, told, _ = tracker("backup")
    assert status == 0
    written = backups.newest(instance / "backups")
    assert written is not None
    assert told == f"Backup written: {written.path}\n"
    assert (instance / "audit-heads.log").exists()
    file = tmp_path / "mine.db"
    assert tracker("backup", str(file))[0] == 0
    status, _, error = tracker("backup", str(file))
    assert (status, "exists already" in error) == (1, True)


def test_keys_come_back_with_their_passphrase(
    tracker: Tracker,
    filled: Database,
    instance: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    filled.close()
    tracker("backup", str(tmp_path / "diary.db"))
    (instance / "help.txt").write_text("reviewed 2026-10-01\nCall Anna.")
    keys = tmp_path / "keys"
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSPHRASE}\n"))
    status, told, _ = tracker("backup", "--keys", str(keys), "--passphrase-stdin")
    assert (status, told.startswith("Keys written")) == (0, True)
    assert keys.stat().st_mode & 0o777 == 0o600
    assert "never backed up" not in tracker("check")[1]
    secret = (instance / "secret.key").read_bytes()
    push = (instance / "push.key").read_bytes()

    monkeypatch.setenv("TRACKER_INSTANCE", str(tmp_path / "new"))
    new = str(tmp_path / "new" / "secret.key")
    monkeypatch.setattr("getpass.getpass", lambda _: PASSPHRASE)
    restore = ("restore", str(tmp_path / "diary.db"), "--keys", str(keys))
    status, told, _ = tracker(*restore)
    assert status == 0
    assert f"TRACKER_INSTANCE={instance}" in told
    assert Path(new).read_bytes() == secret
    assert "The help list is back" in told
    helped = tmp_path / "new" / "help.txt"
    assert helped.read_text() == "reviewed 2026-10-01\nCall Anna."
    helped.write_text("Call Ben.")
    assert Path(new).with_name("push.key").read_bytes() == push
    status, told, _ = tracker(*restore)
    assert "kept as" in told
    assert helped.read_text() == "Call Ben.", "what is there stays"
    assert tracker("audit", "verify")[0] == 0

    Path(new).unlink()
    assert tracker("restore", str(tmp_path / "diary.db"))[0] == 1
    status, told, _ = tracker("restore", str(tmp_path / "diary.db"), "--without-keys")
    assert (status, "sealed anew" in told) == (0, True)
    status, _, error = tracker(*restore)
    assert (status, "holds other keys" in error) == (1, True)


def test_a_restore_says_who_was_erased_once_more(
    tracker: Tracker, filled: Database, instance: Path, tmp_path: Path
) -> None:
    filled.close()
    tracker("backup", str(tmp_path / "diary.db"))
    (instance / "erased.log").write_text(f"{MOTH} {NOW.isoformat()}\n")
    assert "Erased once more: 1." in tracker("restore", str(tmp_path / "diary.db"))[1]


def test_a_restore_reads_past_a_line_that_a_power_cut_tore(
    tracker: Tracker, filled: Database, instance: Path, tmp_path: Path
) -> None:
    filled.close()
    tracker("backup", str(tmp_path / "diary.db"))
    line = f"{MOTH} {NOW.isoformat()}\n"
    (instance / "erased.log").write_bytes(line.encode() + b"b2 20\0\0\xff")
    assert "Erased once more: 1." in tracker("restore", str(tmp_path / "diary.db"))[1]


def test_audit_verify_counts_or_names_what_is_wrong(
    tracker: Tracker, filled: Database, tmp_path: Path
) -> None:
    assert tracker("audit", "verify")[1] == ("All is as it was written: 1 events in 1 chains.\n")
    tracker("backup")
    assert tracker("audit", "verify")[0] == 0
    filled.write(lambda session: session.execute(text("UPDATE audit_heads SET number = 9")))
    status, _, error = tracker("audit", "verify")
    assert status == 1
    assert error.splitlines()[-1] == "tracker: 1 findings in the audit chains."
    status, _, error = tracker("audit", "verify", "--against", str(tmp_path / "none"))
    assert (status, "No such file" in error) == (1, True)


def test_tidy_says_what_is_gone(tracker: Tracker, filled: Database) -> None:
    del filled
    assert tracker("tidy")[1] == ("Gone: 0 sign-ins, the words of 0 nights, 0 people, 0 backups.\n")


def test_check_names_what_is_unsafe(
    tracker: Tracker,
    filled: Database,
    instance: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = tracker("check")[1]
    assert "TRACKER_BACKUP_DIR" in told
    assert "no backup of the last two days" in told
    assert "keys were never backed up" in told
    filled.write(lambda session: add_person(session, "demo", demo=True))
    instance.joinpath("tracker.db").chmod(0o644)
    for name, value in {
        "ALLOW_HTTP_LAN": "1",
        "BASE_URL": "http://diary.example.org",
        "REGISTRATION": "open",
        "TRUSTED_HOSTS": ".example.org",
    }.items():
        monkeypatch.setenv(f"TRACKER_{name}", value)
    told = tracker("check")[1]
    for name in ("ALLOW_HTTP_LAN", "BASE_URL", "REGISTRATION", "TRUSTED_HOSTS"):
        assert f"TRACKER_{name}:" in told
    assert "demo people" in told
    assert "Others on this machine can reach" in told
    monkeypatch.setenv("TRACKER_BASE_URL", "https://diary.example.org")
    assert "TRACKER_PROXY_HOPS:" in tracker("check")[1]


def test_check_names_a_help_list_that_is_missing_or_old(
    tracker: Tracker, filled: Database, instance: Path
) -> None:
    del filled
    missing, old = "general words only", "Nobody checked the help list"
    for written, said in (
        (None, missing),
        ("reviewed 2026-11-01\n", missing),
        ("Call Anna.", old),
        ("reviewed 2020-01-01\nCall Anna.", old),
        ("reviewed 2999-01-01\nCall Anna.", ""),
    ):
        if written is not None:
            (instance / "help.txt").write_text(written)
        told = tracker("check")[1]
        assert [one for one in (missing, old) if one in told] == ([said] if said else [])


def test_check_is_content_with_fresh_backups_on_another_disk(
    tracker: Tracker, filled: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del filled
    here = tmp_path.stat().st_dev
    other = next(one for one in ELSEWHERE if one.stat().st_dev != here)
    with tempfile.TemporaryDirectory(dir=other) as elsewhere:
        monkeypatch.setenv("TRACKER_BACKUP_DIR", elsewhere)
        tracker("backup")
        told = tracker("check")[1]
    assert "TRACKER_BACKUP_DIR" not in told
    assert "no backup of the last two days" not in told


def test_check_names_what_lies_far_away() -> None:
    far = {
        "TRACKER_DATABASE_URL": "postgresql://db.example.org/diary",
        "TRACKER_BASE_URL": "https://diary.example.org",
        "TRACKER_PROXY_HOPS": "1",
    }
    settings = Settings.from_environment(far)
    assert [str(each) for each in of_settings(settings)] == [
        "TRACKER_DATABASE_URL: without sslmode=verify-full others can read along."
    ]


def test_a_public_address_is_printed_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    say_where(Settings.from_environment({}).serving_on("2001:db8::7", 8000))
    assert capsys.readouterr().out == "Evenfall serves on http://[2001:db8::7]:8000\n"


def test_a_restore_into_postgres_looks_at_no_folder(
    tracker: Tracker,
    filled: Database,
    tmp_path: Path,
    empty_postgres_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    filled.close()
    tracker("backup", str(tmp_path / "diary.db"))
    monkeypatch.setenv("TRACKER_DATABASE_URL", empty_postgres_url)
    assert tracker("restore", str(tmp_path / "diary.db"))[0] == 0
    assert tracker("audit", "verify")[0] == 0


def test_an_older_diary_is_backed_up_before_it_is_migrated(
    filled: Database, instance: Path
) -> None:
    settings = Settings.from_environment({"TRACKER_INSTANCE": str(instance)})
    before_migration(settings, filled)
    assert [path.name[-20:] for path in (instance / "backups").iterdir()] == [
        "-before-migration.db"
    ]


def test_a_settled_database_refuses_the_other_clock(filled: Database) -> None:
    with pytest.raises(WrongClock), filled.writing() as session:
        installation.settle(session, NOW, test_clock=True)


def test_check_looks_at_postgres_too(
    tracker: Tracker, postgres_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_DATABASE_URL", postgres_database_url)
    told = tracker("check")[1]
    assert "PostgreSQL runs with fsync off" in told
    assert "PostgreSQL runs with full_page_writes off" in told
    assert "SQLite" not in told


def test_a_clock_and_its_database_belong_together(
    tracker: Tracker, instance: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert tracker("check")[0] == 0
    monkeypatch.setenv("TRACKER_CLOCK", "2026-11-21T22:00:00Z")
    monkeypatch.setenv("TRACKER_ALLOW_TEST_CLOCK", "1")
    assert "one of its own" in tracker("check")[2]
    monkeypatch.setenv("TRACKER_INSTANCE", str(tmp_path / "tested"))
    assert "TRACKER_CLOCK: this server" in tracker("check")[1]
    monkeypatch.delenv("TRACKER_CLOCK")
    assert "it is for tests" in tracker("check")[2]
    assert instance.exists()


def test_demo_people_are_not_shown_to_strangers(tracker: Tracker, filled: Database) -> None:
    filled.write(lambda session: add_person(session, "demo", demo=True))
    status, _, error = tracker("serve", "--host", "0.0.0.0", "--port", "0")  # noqa: S104 - refused
    assert (status, "--public" in error) == (1, True)
