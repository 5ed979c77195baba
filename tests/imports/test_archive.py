"""Archives: written, read back, and refused with the first thing that is wrong."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

import pytest

from tracker.domain.answers import DECLINED, NO_RECALL, NOT_APPLICABLE, answered
from tracker.domain.archives import (
    GENESIS,
    Archive,
    KeptCheck,
    KeptEffect,
    KeptHappenings,
    KeptMeasurement,
    KeptMedicine,
    KeptPause,
    KeptPhase,
    KeptReminder,
    OwnItem,
    Preferences,
    Version,
    links,
)
from tracker.domain.diary import Status
from tracker.domain.measurements import Measurement, read_value
from tracker.domain.medicines import MOST_MEDICINES, ChangedBy, Dose, Medicine
from tracker.domain.people import Theme
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.plans import pairs_of
from tracker.domain.questionnaire import (
    DOSE_TAKEN,
    FIRST,
    PGIC,
    Direction,
    Item,
    Questionnaire,
    Ruler,
)
from tracker.domain.reminders import Wish
from tracker.domain.revisions import Deed, Outcome, Revision
from tracker.domain.side_effects import Action, Effect, Severity, SideEffect
from tracker.domain.started_plans import Holder, OpenedBy, StartedPlan, Unblinding, Why
from tracker.exports.archive import archive_json
from tracker.imports.archive import is_archive, read_archive
from tracker.imports.problems import FileRefused

AT: Final = datetime(2026, 1, 1, 21, 30, 0, 5, tzinfo=UTC)
OWN: Final = Item("own_abcdefgh", "Itch", "How itchy?", "not", "very", Direction.LOWER)
Change = Callable[[dict[str, Any]], object]


def revision(day: int, number: int = 1, **values: Any) -> Revision:  # noqa: ANN401 - any field
    made = Revision(
        day=date(2026, 1, day),
        number=number,
        client_id=f"{day}-{number}",
        payload_sha256="a" * 64,
        status=Status.ON_TIME,
        questionnaire=1,
        ruler=Ruler.NRS,
        received_at=AT,
        author="owner",
        answers={"pain": answered(3), "mood": DECLINED},
        note="a\nb",
        saved_at=AT,
        zone="Asia/Kathmandu",
        utc_offset=345,
    )
    return replace(made, **values)


WHOLE: Final = Archive(
    preferences=Preferences("Asia/Kathmandu", time(3, 30), Theme.SEPIA, "de", calm=True),
    versions=(
        Version(FIRST, 1, None),
        Version(Questionnaire(2, Ruler.VAS, (*FIRST.items, OWN, DOSE_TAKEN, PGIC)), 1, AT),
    ),
    own_items=(OwnItem(OWN, AT),),
    phases=(
        KeptPhase(Phase(PhaseKind.BASELINE, date(2026, 1, 1), date(2026, 1, 15)), AT),
        KeptPhase(
            Phase(
                PhaseKind.TREATMENT, date(2026, 1, 15), None, "“one”", "naltrexone", Decimal("4.5")
            ),
            AT,
            "a-plan",
        ),
    ),
    plans=(
        StartedPlan(
            "a-plan",
            pairs_of("naltrexone", Decimal("4.5"), days=14, pairs=1),
            date(2026, 1, 1),
            AT,
            Holder.PERSON,
            unblinding=Unblinding(AT, OpenedBy.HOLDER, Why.OTHER, "curious"),
        ),
    ),
    pauses=(
        KeptPause(date(2026, 1, 3), date(2026, 1, 4), "away", AT),
        KeptPause(date(2026, 1, 9), None, "", AT),
    ),
    medicines=(
        KeptMedicine(
            Medicine("Aspirin", date(2025, 12, 1), date(2026, 1, 2)), AT - timedelta(days=9), ()
        ),
        KeptMedicine(
            Medicine(
                "Naltrexone",
                date(2026, 1, 15),
                None,
                time(22, 30),
                (
                    Dose(date(2026, 1, 15), Decimal("1.5"), ChangedBy.CLINICIAN, "as prescribed"),
                    Dose(date(2026, 1, 29), Decimal("4.5"), ChangedBy.STUDY),
                ),
            ),
            AT,
            (AT, AT + timedelta(days=14)),
        ),
    ),
    reminder=KeptReminder(Wish(time(21, 30), by_mail=False), is_on=True),
    happenings=KeptHappenings(
        effects=(
            KeptEffect(
                SideEffect(Effect.NAUSEA, date(2026, 1, 16), Severity.MODERATE, date(2026, 1, 20)),
                AT,
            ),
            KeptEffect(
                SideEffect(
                    Effect.OTHER,
                    date(2026, 1, 17),
                    Severity.MILD,
                    date(2026, 1, 20),
                    date(2026, 1, 19),
                    bothersome=True,
                    action=Action.TOLD,
                    name="cold feet",
                ),
                AT,
            ),
        ),
        checks=(KeptCheck(date(2026, 1, 9), AT),),
        measurements=(
            KeptMeasurement(
                Measurement("ESR", read_value("12.50"), date(2026, 1, 2), "mm/h", "fasting"), AT
            ),
            KeptMeasurement(Measurement("IL-6", read_value("<0.5"), date(2026, 1, 2)), AT),
        ),
    ),
    revisions=(
        revision(1),
        revision(
            1,
            2,
            outcome=Outcome.CONFLICT,
            measured_at=AT,
            skew_ms=-90_000,
            entered_by="x",
            base_revision=1,
            replaces="1-1",
            sent_later=True,
        ),
        revision(1, 4, deed=Deed.DELETE, answers={}, note="", purged_at=AT, author="operator"),
        revision(
            2,
            3,
            questionnaire=2,
            ruler=Ruler.VAS,
            answers={
                "dose_taken": answered(1),
                "pgic": answered(7),
                OWN.key: answered(100),
                "dream_vividness": NO_RECALL,
                "dream_distress": NOT_APPLICABLE,
            },
            saved_at=None,
            utc_offset=None,
            zone="",
        ),
    ),
)
EMPTY: Final = replace(
    WHOLE,
    versions=WHOLE.versions[:1],
    own_items=(),
    phases=(),
    plans=(),
    pauses=(),
    revisions=(),
    reminder=None,
    happenings=KeptHappenings(),
    medicines=(),
)


@pytest.mark.parametrize("archive", [WHOLE, EMPTY])
def test_what_was_written_is_read_back(archive: Archive) -> None:
    data = archive_json(archive)
    assert read_archive(data) == archive
    assert archive_json(read_archive(data)) == data
    assert (
        read_archive(b"\xef\xbb\xbf" + json.dumps(json.loads(data), indent=2).encode()) == archive
    )


def test_it_holds_nothing_of_the_installation_and_says_words_where_a_diary_does() -> None:
    told = json.loads(archive_json(WHOLE))
    assert told["format"] == 1
    assert not {"origin", "import_id"} & told["revisions"][0].keys()
    assert told["revisions"][0]["answers"] == {"pain": 3, "mood": "declined"}
    assert told["revisions"][3]["answers"]["dose_taken"] == "yes"
    assert told["phases"][1]["dose_mg"] == "4.5"
    assert told["chain"] == {"revisions": 4, "sha256": told["revisions"][3]["sha256"]}


def test_an_archive_from_before_side_effects_and_measurements_is_read() -> None:
    told = json.loads(archive_json(WHOLE))
    for name in ("effects", "effect_checks", "measurements"):
        assert len(told.pop(name)) > 0
    assert read_archive(json.dumps(told).encode()) == replace(WHOLE, happenings=KeptHappenings())


def test_an_archive_from_before_reminders_is_read() -> None:
    told = json.loads(archive_json(WHOLE))
    assert told["reminder"] == {"time": "21:30", "push": True, "mail": False, "on": True}
    del told["reminder"]
    assert read_archive(json.dumps(told).encode()) == replace(WHOLE, reminder=None)


def test_an_archive_from_before_medicines_is_read() -> None:
    told = json.loads(archive_json(WHOLE))
    assert told["medicines"][1]["doses"][0]["dose_mg"] == "1.5"
    del told["medicines"]
    assert read_archive(json.dumps(told).encode()) == replace(WHOLE, medicines=())


def test_no_archive_brings_more_medicines_than_can_be_noted() -> None:
    told = json.loads(archive_json(WHOLE))
    told["medicines"] = told["medicines"][:1] * (MOST_MEDICINES + 1)
    with pytest.raises(FileRefused, match="at most 200 medicines"):
        read_archive(json.dumps(told).encode())


def test_a_brace_tells_an_archive_from_a_table() -> None:
    assert is_archive(b"\xef\xbb\xbf \n{")
    assert not is_archive(b"date,pain\n")
    assert not is_archive(b"")


def relinked(told: dict[str, Any]) -> None:
    """Make the chain fit again, so that what is wrong is wrong by itself."""
    bare = [
        {name: value for name, value in one.items() if name != "sha256"}
        for one in told["revisions"]
    ]
    hashes = links(bare)
    for one, sha256 in zip(told["revisions"], hashes, strict=True):
        one["sha256"] = sha256
    told["chain"] = {"revisions": len(hashes), "sha256": hashes[-1] if hashes else GENESIS}


def put(path: str, value: object) -> Change:
    """Return a change that puts `value` at a path such as `revisions.0.note`."""

    def change(told: Any) -> None:  # noqa: ANN401 - JSON
        *way, last = (int(step) if step.isdigit() else step for step in path.split("."))
        for step in way:
            told = told[step]
        told[last] = value

    return change


WRONG: Final[list[tuple[Change, str]]] = [
    (put("more", 1), "{}: “more” is not known here."),
    (lambda told: told.pop("pauses"), "{}: “pauses” is missing."),
    (put("account", []), "account: an object is needed here."),
    (put("account.zone", "Mars/Base"), "account.zone: “Mars/Base” is not a time zone"),
    (put("account.rollover", "25:00"), "account.rollover: this text is not as a diary stores it."),
    (put("account.rollover", "12:01"), "account.rollover: The diary day can end"),
    (put("account.theme", "neon"), "account.theme: “neon” is not known here."),
    (put("account.language", 3), "account.language: a text is needed here."),
    (put("account.calm", 1), "account.calm: true or false is needed here."),
    (put("questionnaires", []), "questionnaires: there must be one at least."),
    (put("questionnaires", {}), "questionnaires: a list is needed here."),
    (put("questionnaires.1.number", 3), "questionnaires[1].number: a whole number from 2 to 2"),
    (put("questionnaires.0.items.1", "joy"), "questionnaires[0].items[1]: there is no such item."),
    (put("questionnaires.0.items.1", "pain"), "questionnaires[0].items[1]: this stands here twice"),
    (put("questionnaires.1.created_at", ""), "created_at: a time is needed here."),
    (put("questionnaires.1.created_at", "soon"), "created_at: “soon” is not a time."),
    (put("own_items.0.item", "own_Ä"), "own_items[0].item: this text is not as a diary stores it."),
    (put("own_items.0.name", ""), "own_items[0].name: this text is not as a diary stores it."),
    (put("own_items.0.name", "n" * 61), "own_items[0].name: This can be at most 60"),
    (put("own_items.0.low", "a\x00"), "own_items[0].low: This can't hold hidden"),
    (put("phases.0.end", "2026-01-16"), "phases: The phases that start"),
    (put("phases.0.start", "2026-02-30"), "phases[0].start: “2026-02-30” is not a date."),
    (put("phases.1.plan", "b-plan"), "phases[1].plan: no such plan stands in the file."),
    (put("phases.1.phase", "blinded"), "phases[1]: a blinded phase names no medicine"),
    (put("phases.1.dose_mg", "0"), "phases[1].dose_mg: a dose is a number"),
    (put("phases.1.dose_mg", "-1"), "phases[1].dose_mg: “-1” is not a dose."),
    (put("medicines.0.name", ""), "medicines[0].name: this text is not as a diary stores it."),
    (put("medicines.0.end", "2025-12-01"), "medicines[0]: The last day can't lie before"),
    (put("medicines.1.at", "24:00"), "medicines[1].at: this text is not as a diary stores it."),
    (put("medicines.1.doses.0.start", "2026-02-01"), "medicines[1]: its doses must stand by day."),
    (put("medicines.1.doses.1.start", "2026-01-15"), "medicines[1]: A dose from 2026-01-15 is"),
    (put("medicines.1.doses.0.dose_mg", ""), "doses[0].dose_mg: a dose is a number"),
    (put("medicines.1.doses.0.by", "x"), "doses[0].by: “x” is not known here."),
    (put("medicines.1.doses.0.note", "n" * 201), "doses[0].note: This can be at most 200"),
    (put("pauses.0.end", "2026-01-03"), "pauses[0]: it must end after the day"),
    (put("effects.0.name", "queasy"), "effects[0]: a side effect has a name where"),
    (put("effects.1.name", ""), "effects[1]: a side effect has a name where"),
    (put("effects.1.end", "2026-01-17"), "effects[1]: it must end after the day"),
    (put("effects.0.reported", "2026-01-15"), "effects[0]: a side effect can't be told of before"),
    (put("effects.0.severity", "awful"), "effects[0].severity:"),
    (
        lambda told: told["effect_checks"].append(told["effect_checks"][0]),
        "effect_checks[1]: this stands here twice.",
    ),
    (put("measurements.0.value", "12,50"), "measurements[0].value: this text is not as"),
    (put("measurements.0.value", "many"), "measurements[0].value: Enter a number"),
    (put("measurements.0.name", ""), "measurements[0].name: this text is not as"),
    (put("reminder.time", "24:00"), "reminder.time: this text is not as a diary stores it."),
    (put("reminder.on", "yes"), "reminder.on: true or false is needed here."),
    (put("reminder.token", "x"), "reminder: “token” is not known here."),
    (put("revisions.0.questionnaire", 3), "a whole number from 1 to 2 is needed here."),
    (put("revisions.0.questionnaire", "1"), "a whole number from 1 to 2 is needed here."),
    (put("revisions.0.ruler", "vas"), "revisions[0].ruler: this is not the ruler"),
    (put("revisions.2.note", "back"), "revisions[2].note: a note that was taken out"),
    (put("revisions.0.note", " a"), "revisions[0].note: this text is not as a diary stores it."),
    (put("revisions.0.answers.pain", 11), "answers.pain: a whole number from 0 to 10"),
    (put("revisions.0.answers.pain", "yes"), "answers.pain: “yes” is not an answer here."),
    (put("revisions.0.answers.pain", "no_recall"), "answers.pain: “no_recall” is not"),
    (put("revisions.0.answers.pain", None), "answers.pain: a whole number from 0 to 10"),
    (put("revisions.3.answers.dose_taken", 1), "answers.dose_taken: a text is needed here."),
    (put("revisions.0.answers.joy", 1), "answers.joy: there is no such item."),
    (put("revisions.0.client_id", "ä"), "client_id: this text is not as a diary stores it."),
    (put("revisions.1.client_id", "1-1"), "revisions[1]: this stands here twice."),
    (put("revisions.1.number", 1), "revisions[1]: revisions must stand in order"),
    (put("revisions.0.outcome", "conflict"), "revisions[0]: a night can't begin with a conflict."),
    (put("revisions.3.outcome", "conflict"), "revisions[3]: a night can't begin with a conflict."),
    (put("revisions.0.skew_ms", 2**31), "skew_ms: a whole number from"),
]


@pytest.mark.parametrize(("change", "said"), WRONG)
def test_what_is_wrong_is_named_by_its_place(change: Change, said: str) -> None:
    told = json.loads(archive_json(WHOLE))
    change(told)
    relinked(told)
    with pytest.raises(FileRefused) as refused:
        read_archive(json.dumps(told).encode())
    assert said in str(refused.value)
    assert "In the archive" in str(refused.value)


def test_the_first_revision_that_was_changed_is_named() -> None:
    data = archive_json(WHOLE).replace(b'"pgic":7', b'"pgic":1')
    with pytest.raises(FileRefused, match=r"breaks at the night 2026-01-02, revision 3"):
        read_archive(data)


@pytest.mark.parametrize("kept", [slice(0, 2), slice(1, 4)])
def test_a_chain_that_was_cut_is_noticed(kept: slice) -> None:
    told = json.loads(archive_json(WHOLE))
    told["revisions"] = told["revisions"][kept]
    with pytest.raises(FileRefused, match="chain"):
        read_archive(json.dumps(told).encode())


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"[]", "In the archive, {}: an object is needed here."),
        (b"{}", "it has no format number"),
        (b'{"format": true}', "it has no format number"),
        (b'{"format": 2}', "is of format 2, and this version reads format 1"),
        (b'{"format": 1.0}', "1.0 is not a number that an archive holds"),
        (b'{"format": NaN}', "NaN is not a number"),
        (b'{"format": ' + b"9" * 5000 + b"}", "is not a number that an archive holds"),
        (b'{"format": 1, "format": 1}', "“format” stands twice in one object."),
        (b'{"format": ', "it can't be read as JSON"),
        (b"{\xff}", "it can't be read as JSON"),
        (b"[" * 100_000, "it is nested too deeply"),
    ],
)
def test_a_file_that_is_no_archive_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read_archive(data)
    assert said in str(refused.value)
