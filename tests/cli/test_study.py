"""`tracker study`: a study made, joined, drawn, unblinded, reported and taken along."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tracker.boxes import lock_up, new_key
from tracker.cli import main
from tracker.cli.opening import Opened, opened
from tracker.domain.people import Account, Role
from tracker.services import allocations, participants, people, studies
from tracker.services.people import NewPerson
from tracker.services.studies import Run

NOW = datetime(2026, 3, 1, 17, tzinfo=UTC)
PASSPHRASE = "a lamp on the night table"


@pytest.fixture(autouse=True)
def instance(tmp_path: Path, sqlite_database_url: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of an installation that commands find."""
    monkeypatch.setenv("TRACKER_INSTANCE", str(tmp_path))
    monkeypatch.setenv("TRACKER_DATABASE_URL", sqlite_database_url)
    return tmp_path


def person(diary: Opened, name: str, role: Role) -> Account:
    account = people.new_account(NewPerson(name, "", "UTC"), NOW, role)
    with diary.database.writing() as session:
        people.add(session, account, None, account.id, NOW)
    return account


def run_of(diary: Opened, who: Account) -> Run:
    with diary.database.reading() as session:
        return studies.list_run(session, who)[0]


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["study", *arguments]) == 0
    return capsys.readouterr().out.strip()


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["study", *arguments]) == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    return told


def test_a_study_from_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = tmp_path / "consent.txt"
    words.write_text("I take part.", encoding="utf-8")
    about = ("--title", "Lamps", "--plan", "crossover2013", "--medicine", "naltrexone")
    create = ("create", *about, "--consent", str(words), "--coordinator")
    assert "no coordinator's account" in refused(capsys, *create, "Ada")
    with opened() as diary:
        ada, moth = person(diary, "Ada", Role.COORDINATOR), person(diary, "Moth", Role.PATIENT)
        study = said(capsys, *create, "ada")
        assert said(capsys, "list") == f"{study}  preparing  0/28  Lamps"
        assert "no one study" in refused(capsys, "enrol", "Candles")
        assert "not ready" in refused(capsys, "enrol", "Lamps")
        with diary.database.writing() as session:
            studies.set_key(session, run_of(diary, ada), lock_up(new_key(), PASSPHRASE), NOW)
        code = said(capsys, "enrol", "Lamps", "--uses", "2")
        with diary.database.writing() as session:
            now = diary.settings.clock()
            joined = participants.join(session, moth, code, 1, now.date(), now)
            assert joined.code == "P-001"
        assert said(capsys, "randomise", study, "P-001") == "P-001 has slot 1."
        assert "once the study is unblinded" in refused(capsys, "report", study)
        with diary.database.writing() as session:
            studies.close(session, run_of(diary, ada), NOW)
        run = run_of(diary, ada)
        with diary.database.writing() as session:
            allocations.ask_to_unblind(session, run, NOW)
    unblind = ("unblind", study, "--passphrase-stdin")
    monkeypatch.setattr("sys.stdin", io.StringIO("another one, longer\n"))
    assert "not the passphrase" in refused(capsys, *unblind)
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSPHRASE}\n"))
    assert said(capsys, *unblind) == "1 people are unblinded."
    assert "Arm “treatment”" in said(capsys, "report", study)
    assert json.loads(said(capsys, "report", study, "--json"))["n"] == 1
    assert "People in this report: < 5" in said(capsys, "report", study, "--release")
    released = json.loads(said(capsys, "report", study, "--format", "json", "--release"))
    assert released["release"] == {"least_cell": 5, "n": "under_5"}
    paper = tmp_path / "report.pdf"
    said(capsys, "report", study, "--format", "pdf", "--paper", "letter", "-o", str(paper))
    assert paper.read_bytes().startswith(b"%PDF")
    assert "is there already" in refused(capsys, "report", study, "-o", str(paper))
    with monkeypatch.context() as patch:
        binary = io.TextIOWrapper(io.BytesIO())
        patch.setattr("sys.stdout", binary)
        assert main(["study", "report", study, "--format", "pdf"]) == 0
        binary.seek(0)
        assert binary.buffer.read(4) == b"%PDF"
    files = said(capsys, "export", study, "-o", str(tmp_path / "data")).split()
    assert [Path(name).name for name in files] == [
        *("long.csv", "dictionary.csv", "diaries.csv", "phases.csv", "qs.csv"),
        *("side_effects.csv", "ae.csv", "redcap.zip"),
    ]
    assert "P-001,treatment" in (tmp_path / "data" / "phases.csv").read_text("utf-8")
