"""The opioid notice stands where naltrexone meets an opioid by name, and is never an all-clear."""

from datetime import date, timedelta
from decimal import Decimal
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.builders import day
from tracker.domain.medicines import Medicine
from tracker.domain.opioids import (
    NALTREXONE,
    NAMES,
    NOTICE,
    REVIEWED,
    Notice,
    Taken,
    notice_for,
    substances_in,
    taken_of,
)
from tracker.domain.phases import Phase, PhaseKind

STANDARD = (
    "codeine",
    "tramadol",
    "tapentadol",
    "hydrocodone",
    "oxycodone",
    "morphine",
    "hydromorphone",
    "fentanyl",
    "methadone",
    "buprenorphine",
    "pethidine",
    "dihydrocodeine",
    "diphenoxylate",
)
LDN = Taken("LDN", day(0))
EVERY_NAME = [
    (name.strip(), substance)
    for substance, names in NAMES.items()
    for name in (substance, *names.split(","))
]


@pytest.mark.parametrize("substance", STANDARD)
def test_every_substance_of_the_standard_is_known_by_several_names(substance: str) -> None:
    assert substances_in(substance) == {substance}
    assert len(NAMES[substance].split(",")) >= 4


def test_no_name_stands_for_two_substances() -> None:
    assert len({name.casefold() for name, _substance in EVERY_NAME}) == len(EVERY_NAME)
    assert date(2026, 12, 1) <= REVIEWED


@pytest.mark.parametrize(
    ("name", "substance"),
    [
        ("co-codamol", "codeine"),
        ("COCODAMOL 30/500", "codeine"),
        ("Co codamol", "codeine"),
        ("Codéine", "codeine"),
        (normalize("NFD", "Codéine"), "codeine"),
        ("Tylenol No. 3", "codeine"),
        ("Percocet", "oxycodone"),
        ("Oxy-Contin", "oxycodone"),
        ("Targin", "oxycodone"),
        ("oxycodone with naloxone", "oxycodone"),
        ("Ultram", "tramadol"),
        ("Tramal long 100", "tramadol"),
        ("tramadol50mg", "tramadol"),
        ("MS Contin", "morphine"),
        ("MSContin", "morphine"),
        ("morphine\N{NO-BREAK SPACE}sulfate", "morphine"),
        ("Dolantin", "pethidine"),
        ("meperidine", "pethidine"),
        ("Palexia retard", "tapentadol"),
        ("Nucynta", "tapentadol"),
        ("Suboxone (buprenorphine/naloxone)", "buprenorphine"),
        ("Subutex", "buprenorphine"),
        ("Lomotil", "diphenoxylate"),
        ("Norco", "hydrocodone"),
        ("Vicodin ES", "hydrocodone"),
        ("Durogesic", "fentanyl"),
        ("Jurnista", "hydromorphone"),
        ("L-Polamidon", "methadone"),
        ("DF 118", "dihydrocodeine"),
        ("low dose naltrexone", NALTREXONE),
        ("Naltrexon 4,5 mg", NALTREXONE),
        ("LDN4.5", NALTREXONE),
        ("Mysimba", NALTREXONE),
        ("Valoron N", "tilidine"),
    ],
)
def test_a_name_is_known_whatever_its_case_accents_hyphens_and_spaces(
    name: str, substance: str
) -> None:
    assert substances_in(name) == {substance}


@pytest.mark.parametrize(
    "name",
    [
        "",
        "naloxone",
        "Narcan",
        "nalmefene",
        "Selincro",
        "loperamide",
        "Imodium",
        "methylnaltrexone",
        "Methyl-naltrexone",
        "apomorphine",
        "dextromethorphan",
        "endorphin",
        "Metformin",
        "paracetamol 500",
        "Co-careldopa",
        "contin",
        "\N{PILL}",
    ],
)
def test_nothing_else_is_taken_for_one(name: str) -> None:
    assert not substances_in(name)


@given(st.sampled_from(EVERY_NAME), st.sampled_from(["", " ", "-", " - "]))
def test_each_name_on_the_list_is_found_however_it_is_joined(
    known: tuple[str, str], joint: str
) -> None:
    name, substance = known
    written = joint.join(name.replace("-", " ").split())
    for said in (written, written.upper(), written.casefold()):
        assert substance in substances_in(f"{said} 10 mg, daily")


@given(st.text(max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    assert substances_in(text) <= set(NAMES)


@pytest.mark.parametrize(
    ("ldn_ended", "opioid", "is_told"),
    [
        (None, Taken("Tramadol", day(50)), True),
        (None, Taken("Tramadol", day(50), day(87)), True),
        (None, Taken("Tramadol", day(50), day(86)), False),
        (day(87), Taken("Tramadol", day(0)), True),
        (day(86), Taken("Tramadol", day(0)), False),
        (day(95), Taken("Tramadol", day(108)), True),
        (day(95), Taken("Tramadol", day(109)), False),
        (None, Taken("Loperamide", day(0)), False),
        (None, Taken("Tramadol", day(120)), True),
    ],
)
def test_both_count_until_14_days_after_they_were_stopped(
    ldn_ended: date | None, opioid: Taken, *, is_told: bool
) -> None:
    taken = [Taken("LDN", day(0), ldn_ended), opioid]
    expected = Notice(("LDN",), (opioid.name,)) if is_told else None
    assert notice_for(taken, day(100)) == expected
    assert notice_for(reversed(taken), day(100)) == expected


def test_what_a_sealed_key_may_contain_counts_as_taken() -> None:
    tramadol = Taken("Tramadol", day(0))
    assert notice_for([tramadol], day(3), ["Naltrexone"]) == Notice(("Naltrexone",), ("Tramadol",))
    assert notice_for([tramadol], day(3), ["Placebo"]) is None
    assert notice_for([LDN], day(3)) is None
    assert notice_for([], day(3)) is None


def test_each_name_is_told_once_in_order() -> None:
    taken = [LDN, Taken("Percocet", day(1)), Taken("LDN", day(2)), Taken("Codeine", day(2))]
    assert notice_for(taken, day(9)) == Notice(("LDN",), ("Percocet", "Codeine"))


def test_phases_count_as_medicines_do() -> None:
    medicine = Medicine("Percocet", day(0), day(9))
    treatment = Phase(PhaseKind.TREATMENT, day(2), None, "A", "Naltrexone", Decimal("4.5"))
    found = list(taken_of([medicine], [treatment]))
    assert found == [Taken("Percocet", day(0), day(9)), Taken("Naltrexone", day(2))]


@given(st.integers(0, 60), st.integers(1, 60), st.integers(0, 60), st.integers(1, 60))
def test_two_days_with_14_between_them_is_what_meeting_means(
    start: int, length: int, other_start: int, other_length: int
) -> None:
    one = Taken("LDN", day(start), day(start + length))
    other = Taken("Codeine", day(other_start), day(other_start + other_length))
    near = {n + after for n in range(start, start + length) for after in range(15)}
    far = {n + after for n in range(other_start, other_start + other_length) for after in range(15)}
    met = bool(near & set(range(other_start, other_start + other_length))) or bool(
        far & set(range(start, start + length))
    )
    assert one.meets(other) == other.meets(one) == met


def test_the_notice_says_what_it_says() -> None:
    assert NOTICE == (
        "Naltrexone blocks opioid medicines, and opioids may act more strongly after naltrexone is "
        "stopped. Speak to your prescriber or pharmacist before taking either. Don't stop a "
        "prescribed medicine because of this notice."
    )
    assert timedelta(days=14) == day(14) - day(0)
