"""A study's report says what trials have published, and what `tracker cohort` says of its files."""

import csv
import io
import json
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Final

import pytest

from tests import trials
from tracker.cli import main
from tracker.domain.answers import Answer, AnswerState, answered
from tracker.domain.diary import Diary, Entry, Status
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import ITEMS, Ruler
from tracker.domain.responder import Rule
from tracker.domain.side_effects import Effect, Severity, SideEffect
from tracker.domain.statistics import shown
from tracker.domain.studies import Draft, Participant, Protocol, Study
from tracker.domain.study_data import Volunteer, study_report, volunteer, with_effects
from tracker.domain.windows import Preset
from tracker.exports.groups import group
from tracker.exports.studies import (
    SDTM,
    TEST_CODES,
    diaries_csv,
    dictionary_csv,
    long_csv,
    phases_csv,
    sdtm_csv,
)

NOW: Final = datetime(2026, 1, 1, tzinfo=UTC)
STUDY: Final = Study(
    "s",
    Draft("Lamps", Protocol("crossover2013", "naltrexone", Decimal("4.5")), Ruler.VAS, (), 28, 8),
    NOW,
)


def people() -> list[Volunteer]:
    """Return the crossover trial of 2013 as a study has it."""
    diaries, spans = (
        list(csv.DictReader(io.StringIO(text))) for text in trials.files(trials.CROSSOVER)
    )
    nights: dict[str, dict[date, Entry]] = defaultdict(dict)
    for row in diaries:
        day = date.fromisoformat(row["date"])
        keys = ("pain", "fatigue", "sleep", "tolerability", "pgic")
        answers = {key: answered(int(row[key])) for key in keys if row[key]}
        nights[row["person"]][day] = Entry(day, answers, Ruler.VAS, Status.ON_TIME, "a note")
    phases: dict[str, list[Phase]] = defaultdict(list)
    for row in spans:
        start, end = (date.fromisoformat(row[key]) for key in ("start", "end"))
        phases[row["person"]].append(Phase(PhaseKind(row["phase"]), start, end))
    return [
        volunteer(
            STUDY,
            Participant(name, "s", name, 1, NOW, phases[name][0].start),
            Diary(Ruler.NRS, {}, nights[name]),
            phases[name],
        )
        for name in phases
    ]


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


def test_the_trial_of_2013_comes_out_as_published() -> None:
    report = study_report(people(), Rule.YOUNGER2013, Preset.WEEK)
    drug, placebo = report.arms["treatment"], report.arms["placebo"]
    assert (shown(drug.improvement.mean), shown(placebo.improvement.mean)) == ("28.8", "18.0")
    assert (drug.responders.count, placebo.responders.count, drug.n) == (9, 3, 28)
    assert drug.curve.itt(30).count == 16
    assert (drug.improved.count, drug.improved.n) == (14, 28)
    assert (shown(drug.tolerability.mean), shown(placebo.tolerability.mean)) == ("89.2", "89.4")


def test_the_report_is_what_cohort_says_of_the_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = people()
    (tmp_path / "d.csv").write_bytes(diaries_csv(found))
    (tmp_path / "p.csv").write_bytes(phases_csv(found))
    files = [str(tmp_path / "d.csv"), "--phases", str(tmp_path / "p.csv")]
    assert main(["cohort", *files, "--ruler", "vas", "--json"]) == 0
    asked = Rule.YOUNGER2013, Preset.WEEK
    report = group(study_report(found, *asked), Ruler.VAS, *asked)
    assert json.loads(capsys.readouterr().out) == json.loads(json.dumps(report))


def test_a_study_without_anybody_has_no_arm() -> None:
    report = study_report([], Rule.PAIN30, Preset.WEEK)
    assert (report.n, dict(report.arms)) == (0, {})


START: Final = date(2026, 1, 1)
PART: Final = Participant("moth", "s", "P-001", 1, NOW, START)


def kept(part: Participant = PART) -> Volunteer:
    """Return somebody with a night before, one with all kinds of answers, one after."""
    day = START + timedelta(days=15)
    answers = {
        "pain": answered(55),
        "fatigue": Answer(AnswerState.DECLINED),
        "dream_vividness": Answer(AnswerState.NO_RECALL),
        "dream_distress": Answer(AnswerState.NOT_APPLICABLE),
        "dose_taken": answered(1),
        "own_abcdefgh": answered(7),
    }
    night = Entry(day, answers, Ruler.VAS, Status.LATE, "a secret", entered_by="Hen", zone="UTC")
    outside = [START - timedelta(days=1), START + timedelta(days=400)]
    entries = {day: night}
    for other in outside:
        entries[other] = Entry(other, {"pain": answered(1)}, Ruler.VAS)
    only_own = START + timedelta(days=3)
    entries[only_own] = Entry(only_own, {"own_abcdefgh": answered(7)}, Ruler.VAS, note="a secret")
    phases = [
        Phase(PhaseKind.BASELINE, START, START + timedelta(days=14)),
        Phase(
            PhaseKind.TREATMENT, START + timedelta(days=14), None, "", "naltrexone", Decimal("4.50")
        ),
        Phase(PhaseKind.WASHOUT, START - timedelta(days=30), START),
    ]
    return volunteer(STUDY, part, Diary(Ruler.VAS, {}, entries), phases)


def test_only_the_plans_nights_and_the_asked_items_are_used() -> None:
    one = kept()
    (entry,) = one.diary.entries.values()
    assert set(entry.answers) == {
        *("pain", "fatigue", "dream_vividness", "dream_distress", "dose_taken")
    }
    assert (entry.note, entry.entered_by, entry.zone) == ("", "", "")
    assert [phase.kind for phase in one.phases] == [PhaseKind.BASELINE, PhaseKind.TREATMENT]
    assert one.phases[1].end == START + timedelta(weeks=22)
    everything = b"".join((long_csv([one]), diaries_csv([one]), sdtm_csv([one], "L")))
    for secret in (b"secret", b"Hen", b"own", b"moth"):
        assert secret not in everything


def test_a_person_who_left_is_cut_there() -> None:
    left = Participant(
        "moth", "s", "P-001", 1, NOW, START, left_at=NOW, left_on=START + timedelta(days=15)
    )
    one = kept(left)
    assert one.diary.entries == {}
    assert one.closed_until == date.min
    assert one.phases[-1].end == START + timedelta(days=15)


def test_the_tidy_table_has_a_row_an_answer() -> None:
    pain, fatigue, *_others = rows(long_csv([kept()]))
    assert pain == {
        "study_code": "P-001",
        "diary_day": "2026-01-16",
        "study_day": "16",
        "phase": "treatment",
        "label": "",
        "item": "pain",
        "value": "55",
        "state": "answered",
        "ruler": "vas",
        "status": "late",
        "imported": "0",
        "sent_later": "0",
        "revision": "1",
    }
    assert (fatigue["value"], fatigue["state"]) == ("", "declined")


def test_the_dictionary_says_what_columns_and_items_mean() -> None:
    told = {row["name"]: row for row in rows(dictionary_csv([kept()], Ruler.VAS))}
    assert told["study_day"]["kind"] == "column"
    assert (told["pain"]["lowest"], told["pain"]["highest"]) == ("0", "100")
    assert "not_prescribed" in told["dose_taken"]["meaning"]


def test_findings_have_the_shape_of_sdtm() -> None:
    found = rows(sdtm_csv([kept()], "LAMPS"))
    assert list(found[0]) == list(SDTM)
    by_code = {row["QSTESTCD"]: row for row in found}
    assert by_code["PAIN"]["QSSTRESN"] == "55"
    assert by_code["DOSETAKE"]["QSORRES"] == "yes"
    assert by_code["FATIGUE"]["QSSTAT"] == "NOT DONE"
    assert by_code["DREAMVIV"]["QSREASND"] == "NO DREAM RECALLED"
    assert [row["QSSEQ"] for row in found] == ["1", "2", "3", "4", "5"]
    assert {(row["EPOCH"], row["USUBJID"]) for row in found} == {("TREATMENT", "LAMPS-P-001")}


def test_every_item_has_a_code_of_at_most_eight_letters() -> None:
    assert set(TEST_CODES) == set(ITEMS)
    assert max(map(len, TEST_CODES.values())) <= 8
    assert len(set(TEST_CODES.values())) == len(TEST_CODES)


def test_a_day_in_no_phase_has_none() -> None:
    day = START + timedelta(days=2)
    diary = Diary(Ruler.VAS, {}, {day: Entry(day, {"pain": answered(3)}, Ruler.VAS)})
    one = volunteer(STUDY, PART, diary, [])
    assert rows(long_csv([one]))[0]["phase"] == ""
    assert rows(sdtm_csv([one], "L"))[0]["EPOCH"] == ""
    assert Fraction(one.closed_until.toordinal()) == day.toordinal() + 1


def test_a_dose_stands_as_it_was_prescribed() -> None:
    doses = [row["dose_mg"] for row in rows(phases_csv([kept()]))]
    assert doses == ["", "4.5"]


def test_what_somebody_wrote_on_phases_of_their_own_stays_theirs() -> None:
    own = Phase(PhaseKind.TREATMENT, START, None, "a secret", "a secret", Decimal(7))
    (phase,) = volunteer(STUDY, PART, Diary(Ruler.VAS, {}, {}), [own]).phases
    assert (phase.kind, phase.start) == (PhaseKind.TREATMENT, START)
    assert (phase.label, phase.medicine, phase.dose_mg) == ("", "", None)


def test_the_letter_of_a_hidden_period_is_no_arm_once_it_is_opened() -> None:
    pairs = replace(STUDY.draft, protocol=Protocol("own", "naltrexone", None, 1, 14, 0, 14))
    hidden = Phase(PhaseKind.BLINDED, START, None, "A")
    opened = Phase(PhaseKind.TREATMENT, START, None, "A", "naltrexone")
    for phase, label in ((hidden, "A"), (opened, "")):
        study = replace(STUDY, draft=pairs)
        (kept_one,) = volunteer(study, PART, Diary(Ruler.VAS, {}, {}), [phase]).phases
        assert (kept_one.label, kept_one.medicine) == (label, phase.medicine)


def test_side_effects_count_of_those_who_were_asked_and_bring_no_words() -> None:
    told = START + timedelta(days=30)
    dreams = SideEffect(Effect.VIVID_DREAMS, told, Severity.MILD, told)
    other = SideEffect(Effect.OTHER, told, Severity.MILD, told, name="a secret")
    before = replace(dreams, reported=START - timedelta(days=1))
    one = with_effects(STUDY, PART, kept(), [dreams, other, before], [told, date(2020, 1, 1)])
    assert [each.name for each in one.effects] == ["", ""]
    assert one.checks == (told,)
    arm = study_report([one, kept()], Rule.PAIN30, Preset.WEEK).arms["treatment"]
    assert (arm.side_effects["vivid_dreams"].count, arm.side_effects["vivid_dreams"].n) == (1, 1)
    assert arm.side_effects["headache"].count == 0
