"""The appointment's PDF: complete on one page, every figure to be found, nothing cut, no tofu."""

import io
import json
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

import pytest
from pypdf import PdfReader

from tests import appointments
from tests.appointments import pages, printed, texts
from tests.charts.courses import BASELINE, FIRST, TREATMENT
from tests.exports import dossiers
from tracker.domain.answers import DECLINED, NO_RECALL, NOT_APPLICABLE, Answer, answered
from tracker.domain.diary import Diary, Entry, Status
from tracker.domain.figures import DASH, mean_of, percent_of, points_of
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import (
    CORE,
    DOSE_TAKEN,
    OPTIONAL,
    TOLERABILITY,
    Direction,
    Item,
    Kind,
    Ruler,
)
from tracker.domain.spans import Span
from tracker.exports.summary import pdf
from tracker.exports.summary.pdf import PdfFailed
from tracker.exports.summary.setting import set_pdf
from tracker.exports.summary.values import Paper, said
from tracker.web.appointments import Wish

UA: Final = b"pdfuaid:part"
NBSP: Final = "\N{NO-BREAK SPACE}"


def night(n: int, level: int, items: Sequence[Item] = CORE, **told: object) -> Entry:
    """Return night `n`, every scale at about `level`, as `told`."""
    values = {item.key: answered((level + n + place) % 11) for place, item in enumerate(items)}
    known = {"status": Status.ON_TIME, "answers": values, **told}
    return Entry(FIRST + timedelta(n), ruler=Ruler.NRS, **known)  # type: ignore[arg-type]  # any


def diary(length: int, items: Sequence[Item] = CORE, *others: Entry) -> Diary:
    """Return so many nights, worse in the first two weeks; `others` take the place of theirs."""
    nights = [night(n, 6 if n < 15 else 3, items) for n in range(length)]
    kept = {each.day: each for each in (*nights, *others)}
    return Diary(Ruler.NRS, {item.key: item for item in items}, kept)


def own(number: int, name: str) -> Item:
    return Item(f"own_{number:012d}", name, "?", "none", "all", Direction.LOWER)


def plain(text: str) -> str:
    return " ".join(text.split())


def test_the_first_page_is_complete_in_itself() -> None:
    kept = diary(60)
    (page,) = texts(printed(kept, Wish(question="Why four?")))
    for words in (
        "Moth",
        "1 September 2026 to 30 October 2026",
        "60 of 60 nights logged (100 %), 0 late",
        "naltrexone 4.5 mg",
        "The mark is 30 %.",
        "One person's figure is uncertain",
        "Baseline 1 Sep to 14 Sep, nights logged: 14 of 14.",
        "Evaluation 24 Oct to 30 Oct, nights logged: 7 of 7.",
        "since 15 Sep 2026",
        "Worst nights",
        "My question for today",
        "Why four?",
        "28 % of people on placebo (14 of 50)",
        "Younger et al., Arthritis Rheum 2013;65:529-538",
        "Self-reported, not a validated instrument; nobody watches these entries in real time.",
        "Printed 31 Oct 2026",
        "page 1 of 1",
    ):
        assert words in page, words


def test_every_figure_of_the_report_can_be_found() -> None:
    kept, voice = diary(60), appointments.ENGLISH
    text = " ".join(texts(printed(kept, Wish(table=True)))).replace(NBSP, " ")
    report = appointments.reading(kept).report
    for result in report.phases[0].items.values():
        figures = (
            f"{mean_of(result.baseline, voice)} ({result.baseline.days})",
            f"{mean_of(result.evaluation, voice)} ({result.evaluation.days})",
            points_of(result.points, voice),
            percent_of(result, voice).replace(NBSP, " "),
        )
        for figure in figures:
            assert figure in text, figure
    for day, entry in kept.entries.items():
        scores = " ".join(str(answer.value) for answer in entry.answers.values())
        assert f"{voice.dated_day(day)} {scores}" in text


def test_the_same_summary_is_the_same_bytes_tagged_and_titled() -> None:
    first = printed(diary(30))
    assert first == printed(diary(30))
    assert UA in first
    reader = PdfReader(io.BytesIO(first))
    assert bool(reader.root_object["/MarkInfo"]["/Marked"])  # type: ignore[index]  # a dictionary
    assert str(reader.root_object["/Lang"]) == "en"
    assert reader.metadata is not None
    assert reader.metadata.title == "Symptom diary"


@pytest.mark.parametrize(("paper", "width"), [(Paper.A4, 595), (Paper.LETTER, 612)])
def test_it_fits_both_papers(paper: Paper, width: int) -> None:
    (page,) = pages(printed(diary(60), Wish(paper=paper)))
    assert int(page.mediabox.width) == width
    assert "the 2013 trial" in plain(page.extract_text())


@pytest.mark.parametrize("name", ["Łukasz Zażółć", "王小明", "김하늘", "ไทย", "Moth 😴"])
def test_names_of_many_scripts_are_shown_and_can_be_read_aloud(name: str) -> None:
    made = printed(diary(20), Wish(question=name), name=name)
    assert UA in made
    assert name.split(maxsplit=1)[0] in " ".join(texts(made))


def test_arabic_runs_from_the_right() -> None:
    name = "محمد بن سلمان"
    made = printed(diary(20, CORE, night(4, 5, note=name)), Wish(notes=True, table=True), name=name)
    assert UA in made
    letters = unicodedata.normalize("NFKC", "".join(texts(made)))
    assert set(name) <= set(letters)
    assert said(name)["rtl"] is True
    assert said("naltrexone محمد")["rtl"] is False


def test_a_sign_that_no_font_has_doesnt_stop_the_rest() -> None:
    made = printed(diary(20), name="Moth \N{EGYPTIAN HIEROGLYPH A001}")
    assert UA not in made
    assert "Moth" in " ".join(texts(made))


def test_what_is_typed_is_never_markup() -> None:
    typed = '= #panic() *b* $x$ \\ "q" <a> {{ }} ${1}'
    item = own(1, "#eval(1) _i_")
    kept = diary(20, (*CORE, item), night(3, 5, (*CORE, item), note=typed))
    phase = replace(TREATMENT, label="#panic()", medicine="$m$")
    wish = Wish(table=True, notes=True, question=typed)
    text = " ".join(texts(printed(kept, wish, (BASELINE, phase), typed[:40])))
    assert text.count(typed) == 5, "title, two feet, question, note"
    assert "#eval(1) _i_" in text
    assert "$m$" in text


def test_however_long_the_words_the_first_page_is_never_cut() -> None:
    long = "Kopfschmerzempfindlichkeitsstörung und alles Übrige, das weh tut"[:60]
    items = (*CORE, *OPTIONAL, *(own(n, long) for n in range(4)))
    phases = [BASELINE]
    for n in range(7):
        begin = FIRST + timedelta(14 + 9 * n)
        end = begin + timedelta(9) if n < 6 else None
        phases.append(Phase(PhaseKind.TREATMENT, begin, end, "L" * 100, "M" * 100, Decimal("1.5")))
    wish = Wish(paper=Paper.LETTER, question="why " * 125)
    first, *rest = texts(printed(diary(80, items), wish, phases, "W" * 40))
    assert "the 2013 trial" in first
    assert first.count("why") == 125
    assert "9 more questions stand on the next page." in first
    assert "2 earlier phases stand on the next page." in first
    assert rest[0].partition("page 2")[2].count("All figures") == 1
    assert long[:14] in " ".join(rest)


def test_a_note_of_2000_letters_without_a_space_is_printed_whole() -> None:
    kept = diary(20, CORE, night(3, 5, note="x" * 2000))
    text = " ".join(texts(printed(kept, Wish(table=True, notes=True))))
    assert text.count("x") >= 2000


def test_every_night_says_how_it_came_about() -> None:
    kept = diary(
        20,
        CORE,
        night(1, 5, status=Status.LATE, revision=2),
        night(2, 5, status=Status.BEFORE_TIME, sent_later=True),
        night(3, 5, status=Status.IMPORTED, imported=True, conflict=True),
        replace(night(4, 5), ruler=Ruler.VAS),
        night(5, 5, entered_by="Wren"),
    )
    del kept.entries[FIRST + timedelta(9)]  # type: ignore[attr-defined]  # a dict, made above
    del kept.entries[FIRST + timedelta(12)]  # type: ignore[attr-defined]  # the same
    paused = replace(kept, pauses=(Span(FIRST + timedelta(12), FIRST + timedelta(13)),))
    first, *rest = texts(printed(paused, Wish(table=True)))
    text = " ".join(rest)
    for words in (
        "late, edited",
        "before the evening, sent later",
        "imported, two answers differ",
        "entered by Wren",
        "on the ruler of 0 to 100",
        "10 Sep: not logged",
        "13 Sep: paused",
        "Notes are not included.",
    ):
        assert words in text, words
    for words in ("1 before the evening", "1 sent later", "1 edited", "1 imported", "1 paused"):
        assert words in first, words
    assert "1 entered by a helper" in first


def test_what_is_not_asked_every_night_stands_beside_the_verdict() -> None:
    told = dossiers.checked()
    first = texts(printed(told.diary, Wish(), told.phases))[0]
    assert "Overall change (PGIC), the last answer of these: 2, Much Improved." in plain(first)
    assert "Tolerability: mean 85.0 of 100, from 2 answers." in plain(first)


def test_answers_without_a_score_have_signs_of_their_own() -> None:
    items = (*CORE, DOSE_TAKEN, TOLERABILITY)
    answers: dict[str, Answer] = {
        "fatigue": DECLINED,
        "sleep": answered(4),
        "dream_vividness": NO_RECALL,
        "dream_distress": NOT_APPLICABLE,
        "dose_taken": answered(1),
        "tolerability": answered(88),
    }
    kept = Diary(
        Ruler.NRS, {item.key: item for item in items}, {FIRST: night(0, 5, answers=answers)}
    )
    text = " ".join(texts(printed(kept, Wish(table=True), ())))
    assert "\N{MULTIPLICATION SIGN} 4 ○ \N{EN DASH} yes 88" in text


def test_many_questions_stand_in_several_tables() -> None:
    items = (*CORE, *OPTIONAL)
    assert sum(item.kind is Kind.SCALE for item in items) > 12
    text = " ".join(texts(printed(diary(20, items), Wish(table=True))))
    assert text.count("Every night") == 2


@pytest.mark.parametrize("phases", [(), (BASELINE,)])
def test_without_a_phase_to_judge_there_are_means_and_no_answer(phases: Sequence[Phase]) -> None:
    (page,) = texts(printed(diary(30), phases=phases))
    assert "There is no answer yet" in page
    assert "last 7 days" in page
    assert ("Baseline" in page) is bool(phases)


def test_without_a_night_the_page_says_so() -> None:
    (page,) = texts(printed(diary(0), Wish(table=True), ()))
    assert "No night is logged yet." in page


def test_a_diary_of_one_night_has_one_date() -> None:
    (page,) = texts(printed(diary(1), phases=()))
    assert "1 September 2026 1 of 1 nights logged" in page


def test_without_pain_another_question_is_drawn() -> None:
    kept = diary(40, CORE[2:])
    (page,) = texts(printed(kept))
    assert "Worst nights" in page
    assert "Sleep 0" in page


def test_nothing_is_worst_of_what_is_neither_good_nor_bad() -> None:
    kept = diary(40, (CORE[4],))
    assert "Worst nights" not in texts(printed(kept))[0]


def test_only_the_nights_asked_for_are_shown_and_the_report_stays_whole() -> None:
    kept = diary(60)
    span = Span(FIRST + timedelta(50), date.max)
    first, *rest = texts(printed(kept, Wish(span=span, table=True)))
    assert "21 October 2026 to 30 October 2026" in first
    assert "10 of 10 nights logged" in first
    assert "nights logged: 14 of 14." in first
    assert "15 Sep 2026 " not in " ".join(rest)
    none = Wish(span=Span(date.max, date.max))
    assert "No night is logged yet." in texts(printed(kept, none))[0]


def test_a_blinded_phase_tells_nothing() -> None:
    blinded = Phase(PhaseKind.BLINDED, FIRST + timedelta(14), None, "A")
    (page,) = texts(printed(diary(60), phases=(BASELINE, blinded)))
    assert "What this phase holds is not revealed yet" in page
    assert "can't be said" in page


def test_over_two_years_days_have_their_year() -> None:
    (page,) = texts(printed(diary(200)))
    assert "Baseline 1 Sep 2026 to 14 Sep 2026" in page


def test_a_figure_without_interval_says_why() -> None:
    entries = {
        FIRST + timedelta(n): night(n, 0, answers={"pain": answered(6 if n < 15 else 4)})
        for n in range(40)
    }
    kept = Diary(Ruler.NRS, {CORE[0].key: CORE[0]}, entries)
    text = " ".join(texts(printed(kept, Wish(table=True))))
    assert "no interval: the scores did not vary" in text
    assert DASH in text


def test_a_typesetter_that_takes_too_long_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_PATIENCE", 0.001)
    with pytest.raises(PdfFailed, match="could not be made"):
        printed(diary(1))


def test_the_typesetter_takes_json_and_gives_a_pdf() -> None:
    document: dict[str, object] = {
        "lang": "ar",
        "rtl": True,
        "paper": "a4",
        **dict.fromkeys(("diary", "printed", "pages", "foot", "dates", "counted", "placebo"), "-"),
        "name": said("محمد"),
        "answer": {"title": None, "days": "", "lead": "-", "verdict": "", "small": []},
        **dict.fromkeys(("graph", "items", "phases", "worst", "question", "figures", "nights")),
        "method": [],
    }
    assert set_pdf(json.dumps(document), "2026-11-21").startswith(b"%PDF-")
    document["name"] = said("\N{EGYPTIAN HIEROGLYPH A001}")
    assert UA not in set_pdf(json.dumps(document), "2026-11-21")


@pytest.mark.parametrize(
    ("kind", "rows"), [(PhaseKind.TREATMENT, 2), (PhaseKind.WASHOUT, 1)], ids=str
)
def test_a_phase_without_nights_before_it_has_nothing_to_compare(
    kind: PhaseKind, rows: int
) -> None:
    phase = replace(TREATMENT, start=FIRST, kind=kind)
    (page,) = texts(printed(diary(40), phases=(phase,)))
    assert "There are no nights from before this phase" in page
    assert page.partition("Medicine and dose")[2].count("31 Aug") == rows - 1


def test_a_question_asked_only_later_has_no_mean_before() -> None:
    item = own(1, "Itch")
    kept = diary(40)
    later = {
        day: replace(entry, answers={**entry.answers, item.key: answered(4)})
        for day, entry in kept.entries.items()
        if day >= FIRST + timedelta(20)
    }
    both = replace(kept, items={**kept.items, item.key: item}, entries={**kept.entries, **later})
    first, second, *_ = texts(printed(both, Wish(table=True)))
    assert f"Itch {DASH} 4.0 (7)" in first
    assert "\N{MIDDLE DOT}" in second.partition("Every night")[2].partition("2 Sep")[0]


def test_a_helper_is_named_where_they_entered_something() -> None:
    helper = "Sister of the person who keeps this diary"
    first, second = texts(printed(diary(9, CORE, night(3, 5, entered_by=helper)), Wish(table=True)))
    assert "1 entered by a helper" in first
    assert f"entered by {helper}" in second
