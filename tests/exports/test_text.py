"""The plain text: one page, 72 columns, whatever the diary holds and whoever wrote it."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exports import dossiers
from tests.exports.dossiers import BEGIN, DAY
from tracker.domain import sentences, wording
from tracker.domain.answers import answered
from tracker.domain.diary import Diary, Status
from tracker.domain.dossiers import Dossier
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import CORE, OPTIONAL, Direction, Item, Ruler
from tracker.domain.spans import Span
from tracker.domain.voice import Voice
from tracker.exports.text import cut, padded, report_text

ENGLISH = Voice(str, lambda one, many, count: one if count == 1 else many)


def lines(dossier: Dossier) -> list[str]:
    text = report_text(dossier, ENGLISH).decode()
    assert text.endswith("\n")
    return text.splitlines()


def plain(text: str) -> str:
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


@pytest.mark.parametrize("name", ["demo-crossover", "demo-running"])
def test_the_demo_fits_a_page_and_says_the_verdict_as_its_page_does(
    tmp_path: Path, name: str
) -> None:
    dossier = dossiers.demo(tmp_path, name)
    found = lines(dossier)
    assert len(found) <= 60
    assert max(map(len, found)) <= 72
    assert not any(line != line.rstrip() for line in found)
    result, text = dossier.report.phases[-1], plain(" ".join(found))
    for said in (
        sentences.lead(dossier.report, result, ENGLISH),
        sentences.verdict(result, ENGLISH),
        wording.PLACEBO_RATE,
        "nobody watches these entries in real time.",
        "Arthritis Rheum 2013;65:529-538",
    ):
        assert plain(said) in text


def test_what_is_not_asked_every_night_is_said_in_words() -> None:
    text = plain(" ".join(lines(dossiers.checked())))
    assert "Overall change (PGIC), the last answer of these: 2, Much Improved." in text
    assert "Tolerability: mean 85.0 of 100, from 2 answers." in text


def test_it_says_who_which_nights_and_how_they_were_written() -> None:
    found = lines(dossiers.awkward())
    assert found[:3] == [
        "Symptom diary of Moth",
        "1 Jan 2026 to 5 Jan 2026; written 6 Jan 2026",
        "4 of 5 nights logged, 1 missing, 1 late",
    ]
    table = {line[:16].rstrip(): line[16:].split() for line in found}
    assert table["Pain"][-5:] == ["0", ".", "100", ".", "7"]
    assert table["Mood"][-5:] == ["x", ".", ".", ".", "."]
    assert table["Dream vividness"][-5] == "o"
    assert table["Dream distress"][-5] == "/"
    assert table["Written"] == ["L", "E", "I"]
    assert "Treatment       since 4 Jan 2026            LDN 0.125 mg, @home" in found


def test_a_pause_is_marked_and_a_diary_on_time_needs_no_marks() -> None:
    one = dossiers.night(0, {"pain": answered(3)})
    diary = replace(
        dossiers.diary_of(one, dossiers.night(3, {"pain": answered(3)})),
        pauses=(Span(BEGIN + DAY, BEGIN + 3 * DAY),),
    )
    table = {line[:16].rstrip(): line[16:].split() for line in lines(dossiers.dossier_of(diary))}
    assert table["Written"] == ["I", "P", "P", "I"]
    on_time = dossiers.diary_of(replace(one, status=Status.ON_TIME))
    assert not any(line.startswith("Written") for line in lines(dossiers.dossier_of(on_time)))


def test_an_empty_diary_has_a_page_too() -> None:
    found = lines(dossiers.dossier_of(Diary(Ruler.NRS, {}, {})))
    assert found[1] == "No night is logged yet."
    assert "No phase is noted, so there is nothing to compare." in found


def test_nights_of_long_ago_are_not_the_last_ones() -> None:
    dossier = dossiers.dossier_of(dossiers.diary_of(dossiers.night(0, {"pain": answered(3)})))
    later = replace(dossier, closed_until=dossier.closed_until + timedelta(90))
    assert not any("last 14 nights" in line for line in lines(later))


def test_much_of_everything_stays_a_page() -> None:
    own = [Item(f"own_{n}", f"{'w' * 60}{n}", "?", "", "", Direction.LOWER) for n in range(4)]
    items = (*CORE, *OPTIONAL, *own)
    nights = [
        dossiers.night(
            n,
            {item.key: answered((n * 7 + place) % 101) for place, item in enumerate(items)},
            Ruler.VAS,
        )
        for n in range(80)
    ]
    phases = [
        Phase(
            PhaseKind.TREATMENT,
            BEGIN + 8 * n * DAY,
            BEGIN + 8 * (n + 1) * DAY,
            "l" * 100,
            "m" * 100,
            Decimal("1.125"),
        )
        for n in range(1, 10)
    ]
    diary = dossiers.diary_of(*nights, ruler=Ruler.VAS, items=items)
    found = lines(dossiers.dossier_of(diary, phases))
    assert len(found) <= 60
    assert max(map(len, found)) <= 72
    assert "and 11 more questions" in found
    assert "5 earlier phases" in found


def test_a_column_is_counted_as_it_is_seen() -> None:
    assert cut("n\N{COMBINING TILDE BELOW}o", 2) == "n\N{COMBINING TILDE BELOW}o"
    assert padded("\N{HIRAGANA LETTER MI}", 4) == "\N{HIRAGANA LETTER MI}  "
    assert cut("a\N{RIGHT-TO-LEFT OVERRIDE}b", 2) == "ab"


@given(st.text(max_size=60), st.integers(1, 40))
def test_words_are_cut_to_their_column(text: str, columns: int) -> None:
    shown = cut(text, columns)
    assert "\n" not in shown
    assert len(padded("ab", columns)) == columns
