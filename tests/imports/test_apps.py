"""Tables of known apps become one column an answer, with proposals that are only that."""

from fractions import Fraction

import pytest

from tests import other_apps
from tracker.domain.questionnaire import Direction, Item, Ruler
from tracker.imports.apps import App, prepared
from tracker.imports.foreign import read_sheet
from tracker.imports.moments import DateOrder
from tracker.imports.problems import FileRefused
from tracker.imports.proposals import Proposal, propose
from tracker.imports.scales import Scale
from tracker.imports.tables import Table

ITCH = Item("own:Itch:lower", "Itch", "Itch", "", "", Direction.LOWER)


def table_of(data: bytes) -> tuple[App | None, Table]:
    return prepared(read_sheet(data).table)


def proposed(data: bytes, ruler: Ruler = Ruler.NRS) -> Proposal:
    app, table = table_of(data)
    return propose(app, table, {ITCH.key: ITCH}, ruler)


def test_daylio_is_known_and_its_moods_are_proposed_on_the_ruler() -> None:
    app, table = table_of(other_apps.daylio(9))
    assert app is App.DAYLIO
    assert any("\n" in row.cells["note"] for row in table.rows)
    proposal = proposed(other_apps.daylio(9))
    assert proposal.meanings == {
        "full_date": "date",
        "time": "time",
        "mood": "mood",
        "note_title": "note",
        "note": "note",
    }
    assert proposal.order is DateOrder.YMD
    assert proposal.words == {"awful": "0", "bad": "3", "meh": "5", "good": "8", "rad": "10"}
    assert proposed(other_apps.daylio(9), Ruler.VAS).words["good"] == "75"


def test_an_older_daylio_table_gets_whole_dates() -> None:
    app, table = table_of(other_apps.old_daylio())
    assert app is App.DAYLIO
    assert table.rows[0].cells["full_date"] == "18 May 2018"
    proposal = proposed(other_apps.old_daylio())
    assert (proposal.meanings["full_date"], proposal.order) == ("date", DateOrder.WORDS)
    assert "date" not in proposal.meanings


def test_daylio_s_scales_get_a_column_each() -> None:
    _, table = table_of(other_apps.daylio(3, scales=True))
    assert table.headings[-2:] == ("scales: Energy", "scales: Focus")
    assert {row.cells["scales: Focus"].strip() for row in table.rows} == {"3"}
    bare = b"full_date,mood,activities,scales\n2026-01-31,rad,,\n"
    assert table_of(bare)[1].headings == ("full_date", "mood", "activities", "scales")


@pytest.mark.parametrize("dates", ["date", "date formatted"])
def test_bearable_s_lines_are_put_in_the_columns_of_their_kind(dates: str) -> None:
    is_old = dates == "date"
    data = other_apps.bearable(20, a_day=2, is_old=is_old)
    app, table = table_of(data)
    assert app is App.BEARABLE
    assert table.headings[-6:] == (
        "Mood",
        "Sleep quality",
        "Symptom: Brain fog",
        "Symptom: Headache",
        "Symptom: Neck pain",
        "Meds/Supplements: Naltrexone (mg)",
    )
    proposal = proposed(data)
    assert proposal.meanings == {
        dates: "date",
        "time of day": "time",
        "notes": "note",
        "Mood": "mood",
        "Sleep quality": "sleep",
        "Symptom: Headache": "headache",
    }
    assert proposal.order is (DateOrder.WORDS if is_old else DateOrder.YMD)
    assert proposal.scales["Mood"] == Scale(Fraction(1), Fraction(10))
    assert proposal.scales["Symptom: Neck pain"] == Scale(Fraction(0), Fraction(4))
    assert proposal.words == {}


def test_a_measurement_never_takes_the_place_of_the_file_s_own_columns() -> None:
    head = b"date,category,rating/amount,detail\n"
    _, table = table_of(head + b"2026-01-31,date,5,\n2026-01-31,,6,\n")
    assert table.headings == ("date", "detail", "date: date", "detail: detail")


def test_a_long_table_of_too_many_kinds_is_refused() -> None:
    rows = "".join(f"2026-01-31,Symptom,1,kind {n}\n" for n in range(200))
    with pytest.raises(FileRefused, match="202 columns"):
        table_of(b"date,category,rating/amount,detail\n" + rows.encode())


def test_another_table_s_columns_are_known_by_their_names() -> None:
    proposal = proposed(b"Day,Pain,Pain,itch,own:Itch:lower,Comment\n31.01.2026,3,3,1,1,x\n")
    assert proposal.meanings == {
        "Day": "date",
        "Pain": "pain",
        "itch": "own:Itch:lower",
        "Comment": "note",
    }
    assert proposal.order is DateOrder.DMY
    assert proposal.scales == {}


def test_a_date_is_known_by_its_looks_and_its_order_is_never_guessed() -> None:
    found = proposed(b"wann,wieviel\n03/04/2026,3\n")
    assert (found.meanings, found.order) == ({"wann": "date"}, None)
    assert proposed(b"a,b\nx,y\n").meanings == {}
    assert proposed(b"a,b\n").meanings == {}
