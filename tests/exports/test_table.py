"""Tables: what is written is read back, whatever people wrote."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.answers import DECLINED, NO_RECALL, NOT_APPLICABLE, Answer, answered
from tracker.domain.diary import NOTE_LIMIT, Diary, Entry, Status
from tracker.domain.limits import OWN_NAME_LIMIT
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import (
    DOSE_TAKEN,
    DREAM_DISTRESS,
    DREAM_VIVIDNESS,
    FATIGUE,
    MOOD,
    PAIN,
    STRESS,
    Direction,
    Item,
    Kind,
    Ruler,
)
from tracker.domain.spans import Span
from tracker.domain.text import TextRefused, clean_line, clean_lines
from tracker.exports.phases import phases_csv
from tracker.exports.table import diary_csv
from tracker.imports.diaries import names_rulers, read_diary
from tracker.imports.phases import read_phases

BEGIN = date(2026, 1, 1)
OLD = datetime(2000, 1, 1, tzinfo=UTC)
INSTANTS = st.datetimes(OLD.replace(tzinfo=None), timezones=st.just(UTC))
WORDS = st.text(max_size=40) | st.text("=+-@'\t\r\n\", ;ä✓", max_size=20)


def cleaned(text: str) -> str:
    try:
        return clean_lines(text, NOTE_LIMIT)
    except TextRefused:
        return ""


def own(name: str, direction: Direction = Direction.LOWER) -> Item:
    return Item(f"own_{name.casefold()}_key", name, name, "", "", direction)


def diary(*entries: Entry, items: tuple[Item, ...] = (PAIN,)) -> Diary:
    return Diary(
        Ruler.NRS, {item.key: item for item in items}, {entry.day: entry for entry in entries}
    )


def entry(day: int = 0, **answers: Answer) -> Entry:
    return Entry(BEGIN + timedelta(days=day), answers, Ruler.NRS, imported=True)


def lines(data: bytes) -> list[str]:
    return data.decode().splitlines()


@st.composite
def entries(draw: st.DrawFn, day: int) -> Entry:
    ruler = draw(st.sampled_from(Ruler))
    answers: dict[str, Answer] = {}
    for item in (PAIN, DOSE_TAKEN, DREAM_VIVIDNESS, DREAM_DISTRESS):
        values = st.integers(*item.bounds(ruler)).map(answered)
        found = draw(st.none() | st.just(DECLINED) | values)
        if found is not None:
            answers[item.key] = found
    if draw(st.booleans()):
        answers |= {DREAM_VIVIDNESS.key: NO_RECALL, DREAM_DISTRESS.key: NOT_APPLICABLE}
    return Entry(
        day=BEGIN + timedelta(days=day),
        answers=answers,
        ruler=ruler,
        status=draw(st.sampled_from(Status)),
        note=cleaned(draw(WORDS)),
        revision=draw(st.integers(1, 999)),
        submitted_at=draw(st.none() | INSTANTS),
        zone=draw(st.sampled_from(["", "Asia/Kathmandu", "UTC"])),
        imported=True,
        entered_by=draw(st.sampled_from(["", "", "Wren", "=Ada \N{HEAVY BLACK HEART}"])),
    )


@given(st.integers(0, 6).flatmap(lambda n: st.tuples(*(entries(day) for day in range(n)))))
def test_nights_come_back_exactly(nights: tuple[Entry, ...]) -> None:
    items = (PAIN, DREAM_VIVIDNESS, DREAM_DISTRESS, DOSE_TAKEN)
    data = diary_csv(diary(*nights, items=items), items, notes=True)

    file = read_diary(data, Ruler.NRS, {})

    assert not file.problems
    assert names_rulers(data)
    said = {one.day: one for one in nights if one.answers or one.note}
    assert file.diary.entries == said
    again = diary_csv(file.diary, file.diary.items.values(), notes=True)
    assert again == data


@given(WORDS, st.sampled_from(Direction))
def test_own_symptoms_come_back_by_their_names(text: str, direction: Direction) -> None:
    try:
        name = clean_line(text, OWN_NAME_LIMIT)
    except TextRefused:
        name = ""
    item = own(name or "Itch", direction)

    data = diary_csv(diary(replace(entry(), answers={item.key: answered(3)}), items=(item,)), ())

    found = read_diary(data, Ruler.NRS, {})
    assert not found.problems
    assert [each.name for each in found.diary.items.values()] == [item.name]


def test_who_entered_a_night_has_a_column_where_a_helper_did_and_only_there() -> None:
    helped = replace(entry(1, pain=answered(3)), entered_by="Wren")
    alone = diary(entry(0, pain=answered(2)))
    both = diary(entry(0, pain=answered(2)), helped)
    assert lines(diary_csv(alone, ()))[0].endswith(",submitted_at,zone")
    assert lines(diary_csv(both, ()))[0].endswith(",submitted_at,zone,entered_by")
    assert [one.rpartition(",")[2] for one in lines(diary_csv(both, ()))[1:]] == ["", "Wren"]
    beside = Span(BEGIN, BEGIN + timedelta(days=1))
    assert "entered_by" not in lines(diary_csv(both, (), span=beside))[0]


def test_a_helper_who_can_have_no_name_is_refused() -> None:
    file = read_diary(f"date,pain,entered_by\n2026-01-01,3,{'x' * 41}\n".encode(), Ruler.NRS, {})
    assert [problem.column for problem in file.problems] == ["entered_by"]


def test_columns_are_those_answered_or_asked_in_the_order_of_the_questionnaire() -> None:
    items = (own("Zeal"), STRESS, PAIN, MOOD, FATIGUE, own("Aura"))
    nights = diary(
        entry(0, **{"fatigue": answered(1), items[0].key: answered(2)}),
        entry(1, pain=answered(1)),
        items=items,
    )
    table = diary_csv(nights, [STRESS, own("Aura")])
    assert lines(table)[0] == (
        "date,pain,fatigue,stress,own:Aura:lower,own:Zeal:lower,note,"
        "ruler,status,revision,submitted_at,zone"
    )
    later = diary_csv(nights, [STRESS], span=Span(date(2026, 1, 2), date.max))
    assert lines(later)[0].startswith("date,pain,stress,note,")
    assert len(lines(later)) == 2


def test_symptoms_of_one_name_are_numbered_within_the_limit() -> None:
    name = "n" * OWN_NAME_LIMIT
    first, second = own(name), replace(own(name), key="own_z_second")
    data = diary_csv(diary(items=(first, second)), (first, second))
    headings = lines(data)[0].split(",")[1:3]
    assert headings == [f"own:{'n' * 56} (2):lower", f"own:{name}:lower"]
    assert not read_diary(data, Ruler.NRS, {}).problems


def test_notes_stay_at_home_unless_asked_for() -> None:
    nights = diary(
        replace(entry(0, pain=answered(1)), note="=1+1"), replace(entry(1), note="only words")
    )
    assert [line[:14] for line in lines(diary_csv(nights, ()))[1:]] == ["2026-01-01,1,,"]
    with_notes = lines(diary_csv(nights, (), notes=True))[1:]
    assert with_notes[0].startswith("2026-01-01,1,'=1+1,")
    assert with_notes[1].startswith("2026-01-02,,only words,")


def test_phases_come_back_exactly_and_an_end_that_has_not_come_is_empty() -> None:
    day = timedelta(days=1)
    phases = (
        Phase(PhaseKind.BASELINE, BEGIN, BEGIN + 14 * day, "=first"),
        Phase(PhaseKind.TREATMENT, BEGIN + 14 * day, BEGIN + 30 * day, "", "LDN", Decimal("4.50")),
    )
    over = phases_csv(phases, BEGIN + 30 * day)
    assert read_phases(over).phases == phases
    assert lines(over)[2] == "treatment,2026-01-15,2026-01-31,,LDN,4.5"
    assert lines(phases_csv(phases, BEGIN + 20 * day))[1:] == [
        "baseline,2026-01-01,2026-01-15,'=first,,",
        "treatment,2026-01-15,,,LDN,4.5",
    ]
    # What has not begun is left out: else the baseline would need an end that has not come.
    assert lines(phases_csv(phases, BEGIN + 5 * day))[1:] == ["baseline,2026-01-01,,'=first,,"]
    running = (replace(phases[1], end=None, dose_mg=Decimal(10)),)
    assert lines(phases_csv(running, BEGIN + 20 * day))[1] == "treatment,2026-01-15,,,LDN,10"


def test_kinds_of_answers_are_written_as_files_write_them() -> None:
    assert DOSE_TAKEN.kind is Kind.CHOICE
    data = diary_csv(diary(entry(dose_taken=answered(2)), items=(DOSE_TAKEN,)), ())
    assert lines(data)[1].startswith("2026-01-01,not_prescribed,")
