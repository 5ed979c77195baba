"""Files by the web: chosen, looked at, taken in once the person says so."""

import io
from datetime import date, timedelta
from http import HTTPStatus
from typing import Final

import pytest
from werkzeug.test import TestResponse

from tests.web.client import Visitor, page_text

FIRST: Final = date(2026, 8, 10)
HEAD: Final = "date,pain,fatigue,sleep,note\n"


def table(nights: int = 98) -> str:
    rows = (
        f"{FIRST + timedelta(days=n)},{n % 11},{(n + 3) % 11},{(n + 7) % 11},\n"
        for n in range(nights)
    )
    return HEAD + "".join(rows)


def send(owner: Visitor, text: str | bytes, name: str = "diary.csv", **fields: str) -> TestResponse:
    data = text.encode() if isinstance(text, str) else text
    return owner.post("/imports/", {"file": (io.BytesIO(data), name), **fields})


def taken(owner: Visitor, text: str | bytes, **fields: str) -> TestResponse:
    """Send a file, look at it and say yes; return what the yes was answered with."""
    kept = send(owner, text, **fields)
    assert kept.status_code == HTTPStatus.SEE_OTHER, page_text(kept)
    page = owner.get(kept.location)
    assert page.status_code == HTTPStatus.OK
    return owner.submit(page, kept.location.partition("?")[0])


def exported(owner: Visitor, query: str = "?notes=yes") -> str:
    return owner.get(f"/exports/diary.csv{query}").text


def nights(owner: Visitor) -> int:
    return exported(owner).count("\n") - 1


def test_98_nights_are_stored_once_the_person_says_so(owner: Visitor) -> None:
    kept = send(owner, table(), ruler="nrs")
    page = owner.get(kept.location)
    assert "98, from 10 August 2026 to 15 November 2026" in page_text(page)
    assert nights(owner) == 0

    answer = owner.submit(page, kept.location.partition("?")[0])

    assert answer.location == "/diary/"
    assert "98 nights were taken in." in page_text(owner.get("/diary/"))
    assert nights(owner) == 98
    assert "2026-08-10,0,3,7,,nrs,imported,1,,\n" in exported(owner)


def test_our_own_table_comes_out_as_it_went_in(owner: Visitor, other: Visitor) -> None:
    taken(owner, table(), ruler="vas")
    data = exported(owner)

    taken(other, data)

    assert exported(other) == data


def test_our_own_archive_comes_out_as_it_went_in(owner: Visitor, other: Visitor) -> None:
    taken(owner, table(9), ruler="nrs")
    data = owner.get("/exports/diary.json").data

    taken(other, data)

    assert other.get("/exports/diary.json").data == data


def test_every_error_names_its_line_and_column_and_nothing_is_stored(owner: Visitor) -> None:
    bad = HEAD + "2026-08-10,12,1,1,\n2026-08-11,1,x,1,\n"

    page = send(owner, bad, ruler="nrs")

    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Line 2, column “pain”" in page_text(page)
    assert "Line 3, column “fatigue”" in page_text(page)
    assert "Are these scores from 0 to 100?" in page_text(page)
    assert "--ruler" not in page_text(page), "pages don't speak of the command line"
    assert nights(owner) == 0


def test_errors_beyond_the_fiftieth_are_counted(owner: Visitor) -> None:
    page = send(owner, table(70).replace(",0,", ",99,").replace(",1,", ",99,"), ruler="nrs")
    many = send(owner, table(70).replace("-", "/"), ruler="nrs")
    assert "more like these" not in page_text(page)
    assert "and 20 more like these" in page_text(many)


@pytest.mark.parametrize(
    ("text", "fields", "said"),
    [
        (table(2), {}, "The file doesn&#39;t say it, so please do."),
        ("", {}, "The file is empty."),
        (b"\xff\xfe", {"ruler": "nrs"}, "The file is empty."),
        (HEAD + "2026-12-24,1,1,1,\n", {"ruler": "nrs"}, "has the night 2026-12-24"),
        ('{"format": 2}', {}, "The archive is of format 2"),
        ("{", {}, "The file is no archive"),
        ("date,person\n2026-08-10,3\n", {"ruler": "nrs"}, "keep one person&#39;s rows"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_in_words(
    owner: Visitor, text: str | bytes, fields: dict[str, str], said: str
) -> None:
    page = send(owner, text, **fields)
    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert said in page_text(page)


def test_a_form_without_a_file_asks_for_one(owner: Visitor) -> None:
    assert "Choose a file." in page_text(owner.post("/imports/", {"ruler": "nrs"}))
    assert "Choose a file." in page_text(send(owner, b"", name="", ruler="nrs"))


def test_nights_that_are_here_stay_or_get_a_revision_as_the_person_chooses(owner: Visitor) -> None:
    taken(owner, HEAD + "2026-08-10,5,5,5,mine\n2026-08-11,5,5,5,\n", ruler="nrs")
    other = HEAD + "2026-08-10,7,5,,\n2026-08-11,5,5,5,\n2026-08-12,1,1,1,\n"
    kept = send(owner, other, ruler="nrs")
    page = owner.get(kept.location)
    assert "Different from what is here" in page_text(page)
    assert "10 August 2026" in page_text(page)
    owner.submit(page, kept.location.partition("?")[0], standing="skip")
    assert "2026-08-10,5,5,5,mine,nrs,imported,1,,\n" in exported(owner)
    assert nights(owner) == 3

    kept = send(owner, other, ruler="nrs")
    owner.submit(owner.get(kept.location), kept.location.partition("?")[0], standing="add")

    assert "2026-08-10,7,5,5,mine,nrs,imported,2,,\n" in exported(owner)


def test_the_same_file_again_brings_nothing(owner: Visitor) -> None:
    taken(owner, table(3), ruler="nrs")
    kept = send(owner, table(3), ruler="nrs")
    assert "All of it is here already." in page_text(owner.get(kept.location))


def test_a_medicine_that_is_here_is_not_taken_in_again(owner: Visitor) -> None:
    told = {"name": "LDN", "start": "2026-09-15", "by": "me"}
    assert owner.post("/medicines/new", told).status_code == 303
    archive = owner.get("/exports/diary.json").data
    page = page_text(owner.get(send(owner, archive, name="diary.json").location))
    assert "0, and 1 that are here already" in page


def test_a_file_left_alone_is_gone(owner: Visitor) -> None:
    kept = send(owner, table(3), ruler="nrs")
    path = kept.location.partition("?")[0]

    assert owner.post(f"{path}/drop").location == "/imports/"

    assert owner.get(path).status_code == HTTPStatus.NOT_FOUND
    assert owner.post(path).status_code == HTTPStatus.NOT_FOUND
    assert owner.post(f"{path}/drop").status_code == HTTPStatus.NOT_FOUND
    assert nights(owner) == 0


def test_another_person_never_sees_a_file_that_waits(owner: Visitor, other: Visitor) -> None:
    path = send(owner, table(3), ruler="nrs").location.partition("?")[0]
    assert other.get(path).status_code == HTTPStatus.NOT_FOUND
    assert other.post(path).status_code == HTTPStatus.NOT_FOUND
    assert other.post(f"{path}/drop").status_code == HTTPStatus.NOT_FOUND
    assert owner.get(path).status_code == HTTPStatus.OK


def test_a_ruler_that_does_not_fit_the_file_is_no_address_of_ours(owner: Visitor) -> None:
    path = send(owner, HEAD + "2026-08-10,70,1,1,\n", ruler="vas").location
    assert owner.get(path.replace("vas", "nrs")).status_code == HTTPStatus.NOT_FOUND
    assert owner.get(path.partition("?")[0]).status_code == HTTPStatus.NOT_FOUND
    assert owner.get(path).status_code == HTTPStatus.OK


def test_many_days_are_named_up_to_a_bound(owner: Visitor) -> None:
    taken(owner, table(30), ruler="nrs")
    changed = table(30).replace(",\n", ",changed\n").replace("note,changed", "note")
    page = owner.get(send(owner, changed, ruler="nrs").location)
    assert "30: 10 August 2026, " in page_text(page)
    assert "and 20 more" in page_text(page)


def test_a_file_of_own_words_and_no_nights_reads_well(owner: Visitor) -> None:
    head = "date,pain,own:Stiff hands:lower,note\n"
    page = owner.get(send(owner, head, ruler="nrs").location)
    assert "Stiff hands" in page_text(page)
    full = owner.get(send(owner, head + "2026-08-10,1,2,\n", ruler="nrs").location)
    assert "Asked from now on" in page_text(full)


def test_phases_that_overlap_those_here_are_counted(owner: Visitor, other: Visitor) -> None:
    baseline = {"kind": "baseline", "start": "2026-08-10"}
    for one in (owner, other):
        assert one.post("/phases/new", baseline).status_code == HTTPStatus.SEE_OTHER
    data = owner.get("/exports/diary.json").data
    page = other.get(send(other, data).location)
    assert "0, and 1 that overlap what is here" in page_text(page)
