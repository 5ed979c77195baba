"""The zip for REDCap: its eighteen columns, names it takes, and every cell as it was."""

import csv
import io
import re
import zipfile
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.exports import dossiers
from tests.exports.dossiers import BEGIN, DAY, OWN
from tracker.domain.answers import answered
from tracker.domain.diary import NOTE_LIMIT, Diary
from tracker.domain.dossiers import Dossier
from tracker.domain.questionnaire import ITEMS, Direction, Item, Ruler
from tracker.domain.sheets import bared
from tracker.domain.spans import Span
from tracker.domain.text import TextRefused, clean_lines
from tracker.exports.redcap import redcap_zip
from tracker.exports.redcap_fields import variable

# As REDCap's own dictionaries begin.
HEADER = (
    "Variable / Field Name,Form Name,Section Header,Field Type,Field Label,"
    '"Choices, Calculations, OR Slider Labels",Field Note,'
    "Text Validation Type OR Show Slider Number,Text Validation Min,Text Validation Max,"
    "Identifier?,Branching Logic (Show field only if...),Required Field?,Custom Alignment,"
    "Question Number (surveys only),Matrix Group Name,Matrix Ranking?,Field Annotation"
)
SHAPES = {
    "date_ymd": r"\d{4}-\d\d-\d\d",
    "datetime_seconds_ymd": r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d",
    "integer": r"\d+",
    "number": r"\d+(\.\d+)?",
}
RISKY = ("=", "+", "-", "@", "\t", "\r")


def unzipped(dossier: Dossier) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(redcap_zip(dossier))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def defined(dossier: Dossier) -> dict[str, dict[str, str]]:
    rows = read(unzipped(dossier)["dictionary.csv"])
    return {row["Variable / Field Name"]: row for row in rows}


def nights(dossier: Dossier) -> list[dict[str, str]]:
    rows = read(unzipped(dossier)["data.csv"])
    return [row for row in rows if row["redcap_repeat_instrument"] == "night"]


def test_the_dictionary_has_exactly_the_eighteen_columns() -> None:
    lines = unzipped(dossiers.awkward())["dictionary.csv"].splitlines()
    assert lines[0] == HEADER
    assert {len(row) for row in csv.reader(lines)} == {18}


def test_names_are_ones_that_redcap_takes_and_every_column_is_defined() -> None:
    dossier = dossiers.awkward()
    names = [row["Variable / Field Name"] for row in read(unzipped(dossier)["dictionary.csv"])]
    assert len(names) == len(set(names))
    # A letter first, no two underscores together, none at the end.
    assert all(re.fullmatch(r"[a-z](_?[a-z0-9])*", name) and len(name) <= 26 for name in names)
    columns = set(nights(dossier)[0])
    made_by_redcap = {"redcap_repeat_instrument", "redcap_repeat_instance"}
    completed = {f"{form}_complete" for form in ("diary", "night", "phase")}
    assert columns == {*names} | made_by_redcap | completed
    first = next(iter(read(unzipped(dossier)["data.csv"])))
    assert list(first)[:3] == ["record_id", "redcap_repeat_instrument", "redcap_repeat_instance"]
    assert all(len(f"{variable(item)}_state") <= 26 for item in (*ITEMS.values(), *OWN))


def test_every_cell_is_one_that_its_definition_allows() -> None:
    dossier = dossiers.awkward()
    for name, row in defined(dossier).items():
        cells = {found for each in read(unzipped(dossier)["data.csv"]) if (found := each[name])}
        if row["Field Type"] == "radio":
            choices = row["Choices, Calculations, OR Slider Labels"].split(" | ")
            assert cells <= {choice.partition(", ")[0] for choice in choices}
        if row["Text Validation Min"]:
            low, high = int(row["Text Validation Min"]), int(row["Text Validation Max"])
            assert all(low <= int(cell) <= high for cell in cells)
        shape = SHAPES.get(row["Text Validation Type OR Show Slider Number"], ".*")
        assert all(re.fullmatch(shape, cell, re.DOTALL) for cell in cells)


def test_a_state_is_coded_beside_its_score_and_missing_is_empty() -> None:
    first, second, third, *_ = nights(dossiers.awkward())
    assert (first["pain"], first["pain_state"]) == ("0", "1")
    assert (first["mood"], first["mood_state"]) == ("", "2")
    assert (first["dream_distress"], first["dream_distress_state"]) == ("", "3")
    assert (first["dream_vividness"], first["dream_vividness_state"]) == ("", "4")
    assert (first["sleep"], first["sleep_state"]) == ("", "")
    assert (first["dose_taken"], second["dose_taken_state"]) == ("2", "2")
    assert (third["pain"], third["night_ruler"]) == ("100", "vas")
    assert (first["night_helped"], second["night_helped"]) == ("0", "1")
    assert "Robin" not in unzipped(dossiers.awkward())["data.csv"]
    states = defined(dossiers.awkward())["mood_state"]["Choices, Calculations, OR Slider Labels"]
    assert states == (
        "1, answered | 2, preferred not to say | 3, not applicable | 4, no dreams recalled"
    )


def test_a_night_keeps_its_number_whatever_nights_are_asked_for() -> None:
    assert [row["redcap_repeat_instance"] for row in nights(dossiers.awkward())] == list("12345")
    some = nights(dossiers.awkward(span=Span(BEGIN + 2 * DAY, BEGIN + 5 * DAY), notes=False))
    assert [row["redcap_repeat_instance"] for row in some] == ["3", "5"]
    assert "night_note" not in some[0]


def test_phases_are_rows_of_their_own() -> None:
    rows = read(unzipped(dossiers.awkward())["data.csv"])
    phases = [row for row in rows if row["redcap_repeat_instrument"] == "phase"]
    assert [row["phase_kind"] for row in phases] == [
        "baseline",
        "placebo",
        "blinded",
        "treatment",
    ]
    last = phases[-1]
    assert (last["phase_start"], last["phase_last"]) == ("2026-01-04", "")
    assert (last["phase_dose_mg"], last["phase_label"]) == ("0.125", "'@home")


def test_own_symptoms_go_by_their_keys_and_say_which() -> None:
    rows = defined(dossiers.awkward())
    for item in OWN:
        assert rows[variable(item)]["Field Annotation"].startswith(item.key)
        assert rows[variable(item)]["Field Label"] == item.question
    assert len({variable(item) for item in OWN}) == 2


def test_the_same_diary_gives_the_same_bytes() -> None:
    assert redcap_zip(dossiers.awkward()) == redcap_zip(dossiers.awkward())
    empty = unzipped(dossiers.dossier_of(Diary(Ruler.VAS, {}, {})))
    assert len(read(empty["data.csv"])) == 1
    assert (
        defined(dossiers.dossier_of(Diary(Ruler.VAS, {}, {})))["pain"]["Text Validation Max"]
        == "100"
    )


WORDS = st.text(max_size=40) | st.text("=+-@'\t\r\n\", ;ä✓", max_size=20)


@given(WORDS, WORDS)
def test_no_cell_is_a_formula_and_every_text_comes_back(note: str, name: str) -> None:
    cleaned = []
    for text in (note, name):
        try:
            cleaned.append(clean_lines(text, NOTE_LIMIT))
        except TextRefused:
            cleaned.append("")
    own = Item("own_any", cleaned[1], cleaned[1], cleaned[1], "", Direction.LOWER)
    one = replace(dossiers.night(0, {own.key: answered(1)}), note=cleaned[0])
    dossier = dossiers.dossier_of(dossiers.diary_of(one, items=(own,)))

    for text in ("data.csv", "dictionary.csv"):
        for row in read(unzipped(dossier)[text]):
            assert not any(cell.startswith(RISKY) for cell in row.values())
    assert bared(nights(dossier)[0]["night_note"]) == cleaned[0]
    assert bared(defined(dossier)[variable(own)]["Field Label"]) == cleaned[1]
