"""A study's zip for REDCap: all people by code, cells that its dictionary allows, no clock."""

import csv
import io
import re
import zipfile
from collections.abc import Sequence

from tests import volunteers
from tests.exports.test_redcap import HEADER, SHAPES
from tests.volunteers import STRONG, STUDY, day, effect, volunteer
from tracker.domain.study_data import Volunteer
from tracker.exports.study_redcap import redcap_zip

PEOPLE = (
    volunteer("P-001", (1, 20), (STRONG, effect(30)), (day(29),)),
    volunteer("P-002", ()),
)


def unzipped(people: Sequence[Volunteer] = PEOPLE) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(redcap_zip(people, STUDY))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def read(name: str, people: Sequence[Volunteer] = PEOPLE) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(unzipped(people)[name], newline="")))


def of(form: str) -> list[dict[str, str]]:
    return [row for row in read("data.csv") if row["redcap_repeat_instrument"] == form]


def test_the_dictionary_has_the_eighteen_columns_and_defines_every_variable() -> None:
    lines = unzipped()["dictionary.csv"].splitlines()
    assert lines[0] == HEADER
    names = [row["Variable / Field Name"] for row in read("dictionary.csv")]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z](_?[a-z0-9])*", name) and len(name) <= 26 for name in names)
    forms = [*dict.fromkeys(row["Form Name"] for row in read("dictionary.csv"))]
    assert forms == ["person", "night", "phase", "effect", "check"]
    repeats = {"redcap_repeat_instrument", "redcap_repeat_instance"}
    assert set(read("data.csv")[0]) == {*names} | repeats | {f"{form}_complete" for form in forms}


def test_every_cell_is_one_that_its_definition_allows() -> None:
    data = read("data.csv")
    for row in read("dictionary.csv"):
        cells = {found for each in data if (found := each[row["Variable / Field Name"]])}
        if row["Field Type"] == "radio":
            choices = row["Choices, Calculations, OR Slider Labels"].split(" | ")
            assert cells <= {choice.partition(", ")[0] for choice in choices}
        shape = SHAPES.get(row["Text Validation Type OR Show Slider Number"], ".*")
        assert all(re.fullmatch(shape, cell) for cell in cells)


def test_people_stand_by_code_and_nights_by_the_day_of_the_plan() -> None:
    people = [row for row in read("data.csv") if not row["redcap_repeat_instrument"]]
    assert [(row["record_id"], row["person_first_day"]) for row in people] == [
        ("P-001", "2026-01-01"),
        ("P-002", "2026-01-01"),
    ]
    first, later = of("night")
    assert (first["redcap_repeat_instance"], later["redcap_repeat_instance"]) == ("1", "20")
    assert (first["pain"], first["fatigue_state"], first["night_status"]) == ("6", "2", "late")
    assert [row["phase_kind"] for row in of("phase")] == ["baseline", "treatment"] * 2


def test_side_effects_stand_without_words_and_so_do_the_days_without_one() -> None:
    strong, mild = of("effect")
    assert (strong["effect_what"], strong["effect_severity"]) == ("vivid_dreams", "severe")
    assert (strong["effect_first"], strong["effect_last"], strong["effect_told"]) == (
        *("2026-01-16", "2026-01-20", "2026-01-18"),
    )
    assert (strong["effect_bothersome"], strong["effect_action"]) == ("1", "stopped")
    assert mild["effect_last"] == ""
    assert [row["check_day"] for row in of("check")] == ["2026-01-29"]


def test_the_same_nights_are_the_same_bytes() -> None:
    assert redcap_zip(PEOPLE, STUDY) == redcap_zip(PEOPLE, STUDY)
    assert read("data.csv", ()) == []
    (limit,) = {
        row["Text Validation Max"]
        for row in read("dictionary.csv", ())
        if row["Variable / Field Name"] == "pain"
    }
    assert limit == str(volunteers.STUDY.draft.ruler.maximum)
