"""Workbooks: dates are dates, numbers numbers, states words, and nothing typed is a formula."""

import io
import zipfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.exports import dossiers, happened
from tests.exports.dossiers import BEGIN, DAY, FORMULA
from tracker.domain.diary import Diary
from tracker.domain.dossiers import Dossier
from tracker.domain.questionnaire import Ruler
from tracker.domain.spans import Span
from tracker.exports.workbook import workbook_xlsx


def opened(dossier: Dossier) -> Workbook:
    return load_workbook(io.BytesIO(workbook_xlsx(dossier, str)))


def sheet(dossier: Dossier, name: str) -> Worksheet:
    found = opened(dossier)[name]
    assert isinstance(found, Worksheet)
    return found


def rows(dossier: Dossier, name: str) -> list[dict[str, object]]:
    heads, *others = sheet(dossier, name).iter_rows(values_only=True)
    return [
        dict(zip(map(str, heads), cells, strict=True))
        for cells in others
        if any(cell is not None for cell in cells[1:])
    ]


def test_there_is_a_sheet_for_each_thing_with_its_heads_in_sight() -> None:
    book = opened(dossiers.awkward())
    assert book.sheetnames == ["Nights", "Phases", "Verdict", "Completion", "Dictionary"]
    for name in book.sheetnames:
        page = book[name]
        assert page.freeze_panes == "B2"
        assert page["A1"].font.bold
        assert all(page.column_dimensions[letter].width > 5 for letter in "ABC")


def test_side_effects_and_measurements_have_sheets_where_there_are_any() -> None:
    dossier = replace(dossiers.awkward(), happened=happened.ALL)
    assert opened(dossier).sheetnames[2:4] == ["Side effects", "Measurements"]
    first, second = rows(dossier, "Side effects")
    assert first["Side effect"] == "=1+1 cold <feet>"
    assert sheet(dossier, "Side effects")["A2"].data_type == "s"
    assert (second["Last day"], second["Bothersome"]) == (None, "yes")
    esr = rows(dossier, "Measurements")[1]
    assert (esr["Measurement"], esr["Value"], esr["Note"]) == ("ESR", 20.5, "fasting")


def test_a_day_is_a_date_a_score_a_number_and_a_state_words() -> None:
    first, second, third, fourth, fifth = rows(dossiers.awkward(), "Nights")
    assert first["Diary day"] == datetime(2026, 1, 1)  # noqa: DTZ001 - openpyxl's own
    assert (first["Pain"], type(first["Pain"])) == (0, int)
    assert first["Mood"] == "preferred not to say"
    assert first["Dream vividness"] == "no dreams recalled"
    assert first["Dream distress"] == "not applicable"
    assert first["Dose taken"] == "not prescribed"
    assert first["Sleep"] is None
    assert first["Saved at"] == datetime(2026, 1, 1, 17, 45)  # noqa: DTZ001 - its zone beside it
    assert first["Zone"] == "Asia/Kathmandu"
    assert (third["Zone"], third["Ruler"], third["Written"]) == ("UTC", "0 to 100", "before time")
    assert third["Remarks"] == (
        "imported, sent later, two versions, one to be chosen, entered by Wren"
    )
    assert (second["Written"], first["Revision"]) == ("late", 4)
    assert second["Remarks"] == "entered by Robin <b>"
    assert (fourth["Note"], fourth["Saved at"]) == ("'only a note", None)
    assert fifth["Saved at"] == "0001-01-01T00:00:00"


def test_what_a_person_typed_stays_text() -> None:
    data = workbook_xlsx(dossiers.awkward(), str)
    page = sheet(dossiers.awkward(), "Nights")
    note = next(cell for row in page.iter_rows() for cell in row if cell.value == FORMULA)
    assert note.data_type == "s"
    assert note.hyperlink is None
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if "sheet" in name]
        assert not any("<f>" in text or "hyperlink" in text for text in sheets)
        assert not any(
            "vba" in name.lower() or "macro" in name.lower() for name in parts.namelist()
        )
    assert [row["Label"] for row in rows(dossiers.awkward(), "Phases")] == [
        "=first",
        None,
        "A",
        "@home",
    ]
    # Two symptoms of one name have a column each.
    heads = [cell.value for cell in page[1]]
    assert heads.count("=1+1, “itch”") == heads.count("=1+1, “itch” (2)") == 1


def test_a_phase_has_its_first_and_last_day_and_a_dose_is_a_number() -> None:
    placebo, *_, running = rows(dossiers.awkward(), "Phases")[1:]
    assert placebo["First day"] == placebo["Last day"]
    assert (running["Last day"], running["Dose, mg"]) == (None, 0.125)


def test_the_verdict_has_every_figure_of_the_report(tmp_path: Path) -> None:
    dossier = dossiers.demo(tmp_path, "demo-crossover")
    found = rows(dossier, "Verdict")
    result = dossier.report.phases[0]
    pain = result.items["pain"]
    row = found[0]
    assert (row["Phase"], row["Verdict"], row["Question"]) == ("Treatment", "responder", "Pain")
    assert row["% better, cut to one decimal"] == float(pain.shown)
    assert row["% better, exact"] == pytest.approx(float(pain.percent or 0))
    assert row["Change in points"] == pytest.approx(float(pain.points or 0))
    assert (row["Baseline sum"], row["Baseline days"]) == (pain.baseline.sum, pain.baseline.days)
    assert [row["95 % interval, low"], row["95 % interval, high"]] == pytest.approx(pain.ci95)
    assert row["Window, last day"] == datetime(2026, 9, 6)  # noqa: DTZ001 - openpyxl's own
    assert len(found) == sum(len(each.items) for each in dossier.report.phases)
    counted = {row["Nights of"]: row for row in rows(dossier, "Completion")}
    assert counted["All"]["Expected"] == dossier.report.days.expected
    assert counted["Baseline"]["Late"] == dossier.report.baseline_days.late
    assert "Treatment \N{EN DASH} first arm" in counted


def test_what_is_not_asked_every_night_stands_beside_the_verdict() -> None:
    row, *_ = rows(dossiers.checked(), "Verdict")
    assert (row["Overall change (PGIC)"], row["Tolerability, mean of 100"]) == (2, 85)
    night = rows(dossiers.checked(), "Nights")[-1]
    assert (night["Overall change"], night["Dose taken"]) == (2, "yes")


def test_a_phase_that_cannot_be_judged_says_why() -> None:
    found = rows(dossiers.awkward(), "Verdict")
    blinded = next(row for row in found if row["Phase"] == "Blinded phase")
    assert blinded["Question"] is None
    assert blinded["Why it can't be judged"] == "the phase is still blinded (blinded)"
    pain = next(row for row in found if row["Question"] == "Pain")
    assert pain["Why there is no percent"] is not None
    assert (pain["Met"], pain["% better, exact"]) == (None, None)


def test_the_dictionary_says_what_was_asked_and_what_words_mean() -> None:
    page = sheet(dossiers.awkward(), "Dictionary")
    cells = {cell.value for row in page.iter_rows() for cell in row}
    assert "On average, how much pain did you have today?" in cells
    assert "0 \N{EN DASH} 10; 0 \N{EN DASH} 100" in cells
    assert "no, yes, not prescribed" in cells
    assert "How <i>much</i>?" in cells
    assert any(
        str(cell).startswith("An empty cell: the question was not reached") for cell in cells
    )


def test_notes_and_nights_come_only_where_asked_for() -> None:
    dossier = dossiers.awkward(notes=False, span=Span(BEGIN, BEGIN + 4 * DAY))
    assert len(rows(dossier, "Nights")) == 3
    assert "Note" not in rows(dossier, "Nights")[0]


def test_the_same_diary_on_the_same_day_gives_the_same_bytes() -> None:
    data = workbook_xlsx(dossiers.awkward(), str)
    assert data == workbook_xlsx(dossiers.awkward(), str)
    properties = opened(dossiers.awkward()).properties
    assert properties.created is not None
    assert properties.created.date() == dossiers.awkward().today
    empty = dossiers.dossier_of(Diary(Ruler.NRS, {}, {}))
    assert rows(empty, "Nights") == []


def test_words_are_the_readers() -> None:
    data = workbook_xlsx(dossiers.awkward(), lambda text: text if "%(" in text else text.upper())
    book = load_workbook(io.BytesIO(data))
    assert book.sheetnames[0] == "NIGHTS"
    heads = [cell.value for cell in book["NIGHTS"][1]]
    assert "PAIN" in heads
    assert "=1+1, “itch”" in heads
    assert isinstance(book["NIGHTS"]["A2"].value, date)
