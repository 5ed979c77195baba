"""`tracker import`, `export` and `demo` on both databases: files in, the same files out."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

import pyotp
import pytest

from tests import appointments
from tests.services import lives
from tracker.cli import main
from tracker.cli.opening import opened
from tracker.domain.diary import diary_day
from tracker.domain.people import Account
from tracker.domain.responder import Rule, Verdict
from tracker.domain.windows import Preset
from tracker.services import people, reports
from tracker.services.hashing import shared
from tracker.services.people import Door, Visitor
from tracker.storage import accounts, audit, installation
from tracker.storage.database import Database

FIRST: Final = date(2025, 8, 10)
HEAD: Final = "date,pain,fatigue,sleep,note\n"
ABOUT: Final = ("ruler", "status", "revision", "submitted_at", "zone")


@pytest.fixture(autouse=True)
def instance(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of an installation that commands find."""
    monkeypatch.setenv("TRACKER_INSTANCE", str(tmp_path))
    monkeypatch.setenv("TRACKER_DATABASE_URL", database_url)
    return tmp_path


@pytest.fixture
def database() -> Iterator[Database]:
    """Return the installation's database, open."""
    with opened() as found:
        yield found.database


@pytest.fixture
def moth(database: Database) -> Account:
    """Return somebody with an empty diary."""
    return lives.person(database, "Moth")


def table(folder: Path, nights: int = 98) -> Path:
    rows = (f"{FIRST + timedelta(days=n)},{n % 11},0,10,\n" for n in range(nights))
    file = folder / "diary.csv"
    file.write_text(HEAD + "".join(rows))
    return file


def told(capsys: pytest.CaptureFixture[str]) -> tuple[list[str], list[str]]:
    out, err = capsys.readouterr()
    return out.splitlines(), err.splitlines()


@pytest.mark.usefixtures("moth")
def test_98_nights_go_in_and_come_out_with_where_they_are_from(
    instance: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", "Moth", str(table(instance))]) == 0
    assert main(["export", "moth", "--format", "csv", "-o", "-"]) == 0
    out, err = told(capsys)
    assert not err
    assert out[0] == "98 nights taken in, 0 added to, 0 left as they were."
    assert out[1] == ",".join(("date,pain,fatigue,sleep,note", *ABOUT))
    assert out[2] == "2025-08-10,0,0,10,,nrs,imported,1,,"
    assert len(out) == 100


def test_the_operator_prints_an_appointment(database: Database, instance: Path) -> None:
    lives.rich(database, "Wren")
    file = instance / "wren.pdf"
    asked = ["--paper", "letter", "--notes", "--question", "Why four?", "--from", "2025-01-01"]
    assert main(["export", "Wren", "--format", "pdf", *asked, "-o", str(file)]) == 0
    (first, *rest) = appointments.texts(file.read_bytes())
    assert "Wren" in first
    assert "Why four?" in first
    assert "Every night" in rest[0]


@pytest.mark.parametrize("form", ["csv", "json"])
def test_what_an_installation_writes_another_writes_again(
    database: Database, instance: Path, form: str
) -> None:
    lives.rich(database, "Wren")
    lives.person(database, "Moth")
    first, second = instance / f"first.{form}", instance / f"second.{form}"
    notes = ["--notes"] if form == "csv" else []

    assert main(["export", "Wren", "--format", form, *notes, "-o", str(first)]) == 0
    assert main(["import", "Moth", str(first)]) == 0
    assert main(["export", "Moth", "--format", form, *notes, "-o", str(second)]) == 0

    assert first.read_bytes() == second.read_bytes()
    assert first.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("form", ["xlsx", "fhir", "redcap", "pdf", "text"])
def test_every_format_is_a_file_that_only_its_owner_reads(
    database: Database, instance: Path, form: str
) -> None:
    lives.rich(database, "Wren")
    first, second = instance / "first", instance / "second"

    assert main(["export", "Wren", "--format", form, "-o", str(first)]) == 0
    assert main(["export", "Wren", "--format", form, "-o", str(second)]) == 0

    assert first.read_bytes() == second.read_bytes()
    assert len(first.read_bytes()) > 1000
    assert first.stat().st_mode & 0o777 == 0o600


def test_the_person_sees_what_the_operator_did(
    database: Database, moth: Account, instance: Path
) -> None:
    main(["import", "Moth", str(table(instance, 3))])
    main(["export", "Moth", "--format", "json", "-o", str(instance / "a.json")])
    with database.reading() as session:
        newest = audit.events_of(session, moth.id, 2)
    assert [(event.verb, event.actor) for event in newest] == [
        ("diary.exported", "operator"),
        ("diary.imported", "operator"),
    ]


@pytest.mark.usefixtures("moth")
def test_a_dry_run_says_what_would_be_done_and_does_nothing(
    instance: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", "Moth", str(table(instance, 3)), "--dry-run"]) == 0
    assert main(["export", "Moth", "--format", "csv", "-o", "-"]) == 0
    out, _ = told(capsys)
    assert out[0] == "Nothing was stored. This file holds 3 nights."
    assert out[1] == "new: 3"
    assert out[3] == "different from what stands: none"
    assert len(out) == 11


@pytest.mark.usefixtures("moth")
def test_one_bad_cell_keeps_everything_out_unless_bad_rows_are_left_out(
    instance: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = table(instance, 3)
    file.write_text(file.read_text().replace("2025-08-11,1,", "2025-08-11,eleven,"))

    assert main(["import", "Moth", str(file)]) == 1
    assert main(["import", "Moth", str(file), "--skip-bad"]) == 0

    out, err = told(capsys)
    assert len(err) == 1
    assert "Line 3, column “pain”: “eleven” is not an answer here." in err[0]
    assert out == ["2 nights taken in, 0 added to, 0 left as they were."]


@pytest.mark.usefixtures("moth")
def test_nights_that_stand_are_left_or_added_to(
    instance: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = table(instance, 3)
    main(["import", "Moth", str(file)])
    file.write_text(file.read_text().replace("2025-08-11,1,", "2025-08-11,9,"))

    assert main(["import", "Moth", str(file), "--dry-run"]) == 0
    assert main(["import", "Moth", str(file)]) == 0
    assert main(["import", "Moth", str(file), "--existing", "add"]) == 0

    out, _ = told(capsys)
    assert "different from what stands: 2025-08-11" in out
    assert out[-2:] == [
        "0 nights taken in, 0 added to, 3 left as they were.",
        "0 nights taken in, 1 added to, 2 left as they were.",
    ]


@pytest.mark.usefixtures("moth")
def test_columns_are_mapped_and_rulers_said(
    instance: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = instance / "other.csv"
    file.write_text("when,ache\n2025-08-10,70\n")
    maps = ["--map", "when=date", "--map", "ache=pain", "--ruler", "vas"]
    assert main(["import", "Moth", str(file), *maps]) == 0
    assert main(["export", "Moth", "--format", "csv", "-o", "-"]) == 0
    assert told(capsys)[0][2] == "2025-08-10,70,,vas,imported,1,,"


@pytest.mark.usefixtures("moth")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["export", "Nobody", "--format", "csv", "-o", "-"], "Nobody here is called Nobody"),
        (["export", "Moth", "--format", "json", "--notes", "-o", "-"], "always whole"),
        (["export", "Moth", "--format", "text", "--notes", "-o", "-"], "always whole"),
        (["export", "Moth", "--format", "csv", "-o", "there.csv"], "there.csv is there already"),
        (["import", "Moth", "gone.csv"], "gone.csv: No such file"),
        (["import", "Moth", "there.csv"], "there.csv: The first line must name the columns"),
        (["import", "Moth", "there.csv", "--format", "json"], "The file is no archive"),
    ],
)
def test_a_refusal_is_one_line(
    instance: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    said: str,
) -> None:
    monkeypatch.chdir(instance)
    (instance / "there.csv").write_text("pain\n1\n")
    assert main(arguments) == 1
    out, err = told(capsys)
    assert not out
    assert len(err) == 1
    assert said in err[0]


def test_a_day_that_is_none_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["export", "Moth", "--format", "csv", "--from", "2025-02-30", "-o", "-"])
    assert left.value.code == 2
    assert "is not a date" in told(capsys)[1][-1]


@pytest.mark.usefixtures("moth")
def test_only_the_nights_asked_for_are_written(
    instance: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["import", "Moth", str(table(instance, 9))])
    days = ["--from", "2025-08-12", "--to", "2025-08-13"]
    assert main(["export", "Moth", "--format", "csv", *days, "-o", "-"]) == 0
    assert [line[:10] for line in told(capsys)[0][2:]] == ["2025-08-12", "2025-08-13"]


def signed_in(name: str, password: str, code: str = "") -> Account:
    with opened() as diary:
        visitor, now = Visitor("127.0.0.1", ""), datetime.now(UTC)
        door = Door(diary.database, shared(), visitor, now, diary.keys.totp)
        return people.sign_in(door, name, password, code).signed_in.account


def test_the_demo_signs_in_and_tells_a_response_and_a_placebo(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["demo"]) == 0
    said = capsys.readouterr().out
    found = dict(re.findall(r"^  (demo-(?:crossover|running))   (.+)$", said, re.MULTILINE))
    finished, running = (signed_in(*each) for each in found.items())
    now = datetime.now(UTC)
    with database.reading() as session:
        assert installation.has_demo(session)
        report = reports.read_report(session, finished, Rule.YOUNGER2013, Preset.WEEK, now).report
        diary = reports.read_report(session, running, Rule.YOUNGER2013, Preset.WEEK, now).diary
    verdicts = [result.verdict for result in report.phases]
    assert verdicts == [Verdict.RESPONDER, Verdict.NON_RESPONDER, Verdict.NON_RESPONDER]
    assert report.days.late == 3
    assert report.days.edited == 1
    assert report.days.paused == 3
    assert max(diary.entries) == diary_day(now, UTC) - timedelta(days=1)
    assert any(item.is_own for item in diary.items.values())
    assert any(entry.note for entry in diary.entries.values())


@pytest.mark.usefixtures("database")
def test_the_demos_clinician_and_coordinator_sign_in_with_a_code(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["demo"]) == 0
    line = r"^  demo-(clinician|coordinator)   (.+)\n +key .*: ([A-Z2-7 ]+)\n +(otpauth://.+)$"
    told = re.findall(line, capsys.readouterr().out, re.MULTILINE)
    for role, password, key, uri in told:
        app = pyotp.parse_uri(uri)
        assert isinstance(app, pyotp.TOTP)
        assert app.secret == key.replace(" ", "")
        assert signed_in(f"demo-{role}", password, app.now()).role == role
    assert len(told) == 2


def test_the_demo_goes_into_an_empty_database_only(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    lives.person(database, "Moth")
    assert main(["demo"]) == 1
    assert main(["demo", "--if-empty"]) == 0
    out, err = told(capsys)
    assert not out
    assert "People are here already" in err[0]
    with database.reading() as session:
        assert len(accounts.everyone(session)) == 1


@pytest.mark.usefixtures("database")
def test_the_demo_is_the_same_each_time(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo"]) == 0
    assert main(["export", "demo-running", "--format", "json", "-o", "-"]) == 0
    archive = json.loads(capsys.readouterr().out.splitlines()[-1])
    pain = [one["answers"]["pain"] for one in archive["revisions"][:5]]
    assert pain == [5, 5, 7, 7, 6]


@pytest.mark.usefixtures("moth")
def test_an_archive_is_verified_anywhere_by_command_and_by_the_lines_in_the_documents(
    database: Database,
    instance: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    lives.rich(database, "Wren")
    archive = instance / "a.json"
    main(["export", "Wren", "--format", "json", "-o", str(archive)])
    monkeypatch.setenv("TRACKER_INSTANCE", "/nowhere")  # neither database nor key is needed
    recipe = instance / "recipe.py"
    told_how = Path("docs/files.md").read_text().partition("```python\n")[2].partition("```")[0]
    recipe.write_text(told_how)
    whole = archive.read_text()
    end = json.loads(whole)["chain"]["sha256"]

    assert main(["verify", str(archive)]) == 0
    assert capsys.readouterr().out.endswith(f"nights, ending in {end}\n")
    done = subprocess.run(
        [sys.executable, recipe, archive], capture_output=True, text=True, check=True
    )
    assert done.stdout == f"whole, ending in {end}\n"

    archive.write_text(whole.replace("thought again", "thought twice"))
    assert main(["verify", str(archive)]) == 1
    assert "the chain breaks at the night" in capsys.readouterr().err
    done = subprocess.run(
        [sys.executable, recipe, archive], capture_output=True, text=True, check=False
    )
    assert "changed: 2026-03-01, revision 2" in done.stderr


@pytest.mark.usefixtures("moth")
def test_another_app_s_table_is_taken_in_only_as_told(
    instance: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = instance / "other.csv"
    file.write_bytes(
        "Tag;Zeit;Schmerz;Laune;egal;pain\n31.01.2026;00:30;4,5;gut;x;\n"
        "31.01.2026;21:00;2;gut;x;\n31.01.2026;22:00;5;weh;x;\n".encode("cp1252")
    )
    maps = ["--map", "Tag=date", "--map", "Zeit=time", "--map", "Schmerz=pain", "--map"]
    begin = ["import", "Moth", str(file), "--dates", "dmy", *maps, "Laune=mood"]
    assert main(begin) == 1
    assert "Say what it is with --map egal=ITEM" in told(capsys)[1][0]
    assert main([*begin, "--skip-others", "--comma", "--scale", "pain=1..5"]) == 1
    said = "\n".join(told(capsys)[0])
    assert "line 2" in said.lower()
    assert "between two answers (8.75)" in said
    assert "what “gut” stands for" in said
    words = ["--word", "gut=8", "--word", "weh=0", "--round", "--by-time", "--several", "last"]

    assert main([*begin, "--skip-others", "--comma", "--scale", "pain=1..5", *words]) == 0

    assert "2 nights taken in" in told(capsys)[0][0]
    assert main(["export", "Moth", "--format", "csv", "-o", "-"]) == 0
    out = told(capsys)[0]
    assert out[1].startswith("2026-01-30,9,,,8,")
    assert out[2].startswith("2026-01-31,10,,,0,")
    assert out[0].startswith("date,pain,fatigue,"), "what is asked each night stays"


@pytest.mark.usefixtures("moth")
@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--map", "gone=pain"], 1, "the file has none of that name"),
        (["--map", "b=pain", "--map", "c=pain"], 1, "Two columns stand for pain"),
        (["--map", "b=pain"], 1, "must be “date”"),
        (["--map", "a b=x"], 1, "--map 'a b'=ITEM"),
        (["--scale", "pain=1"], 2, "write it as ITEM=LOW..HIGH"),
        (["--scale", "1..5"], 2, "write it as ITEM=LOW..HIGH"),
        (["--scale", "pain=1..1"], 2, "write it as ITEM=LOW..HIGH"),
        (["--scale", "pain=x..5"], 2, "write it as ITEM=LOW..HIGH"),
        (["--scale", "pain=1..y"], 2, "write it as ITEM=LOW..HIGH"),
    ],
)
def test_another_app_s_table_is_refused_where_it_is_not_said_what_it_is(
    instance: Path, capsys: pytest.CaptureFixture[str], options: list[str], code: int, said: str
) -> None:
    file = instance / "other.csv"
    file.write_text("a b,b,c\n1,2,3\n")
    try:
        found = main(["import", "Moth", str(file), "--skip-others", *options])
    except SystemExit as left:
        found = left.code if isinstance(left.code, int) else 0
    assert found == code
    assert said in "\n".join(told(capsys)[1])
