"""A study's side effects as tables: a row each, by code, days without one beside them."""

import csv
import io
from dataclasses import replace

from tests.volunteers import STRONG, STUDY, day, effect, volunteer
from tracker.domain.side_effects import Action, Effect, Severity
from tracker.exports.studies import FILES, dictionary_csv
from tracker.exports.study_effects import EFFECTS, SDTM, effects_csv, events_csv

BEFORE = replace(effect(1, Effect.OTHER), start=day(-3), action=Action.TOLD, reported=day(17))


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


def test_each_side_effect_and_each_day_without_one_is_a_row_in_the_order_told() -> None:
    told = rows(effects_csv([volunteer(effects=(BEFORE, STRONG), checks=(day(2),))]))
    assert list(told[0]) == list(EFFECTS)
    assert [row["effect"] for row in told] == ["none", "other", "vivid_dreams"]
    assert told[2] == {
        "study_code": "P-001",
        "told_day": "2026-01-18",
        "told_study_day": "18",
        "effect": "vivid_dreams",
        "severity": "severe",
        "first_day": "2026-01-16",
        "last_day": "2026-01-20",
        "bothersome": "1",
        "action": "stopped",
        "phase": "treatment",
    }
    assert (told[1]["last_day"], told[1]["phase"]) == ("", "")
    assert {told[0][name] for name in ("severity", "first_day", "action")} == {""}


def test_events_have_the_shape_of_sdtm() -> None:
    before, strong = rows(events_csv([volunteer(effects=(BEFORE, STRONG))], "LAMPS"))
    assert list(strong) == list(SDTM)
    assert (strong["USUBJID"], strong["AESEQ"], strong["AETERM"]) == (
        *("LAMPS-P-001", "2", "VIVID_DREAMS"),
    )
    assert (strong["AESEV"], strong["AEACN"], strong["AEACNOTH"]) == (
        *(Severity.SEVERE.upper(), "DRUG WITHDRAWN", ""),
    )
    assert (strong["EPOCH"], strong["AESTDY"], strong["AEENDY"]) == ("TREATMENT", "16", "20")
    assert (before["EPOCH"], before["AEACNOTH"], before["AEENDTC"], before["AEENDY"]) == (
        *("", "TOLD A CLINICIAN", "", ""),
    )


def test_the_dictionary_says_what_the_columns_of_side_effects_mean() -> None:
    told = rows(dictionary_csv([volunteer()], STUDY.draft.ruler))
    of_effects = [row["name"] for row in told if row["kind"] == "column of side_effects.csv"]
    assert of_effects == list(EFFECTS)


def test_every_file_of_the_data_set_can_be_written_and_is_the_same_again() -> None:
    people = [volunteer(effects=(STRONG,))]
    for write in FILES.values():
        assert write(people, STUDY) == write(people, STUDY)
