"""The responder curve as a picture: stairs that fall, signs that tell arms apart without colour."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise
from xml.etree.ElementTree import Element

from tests.charts.test_trend import kinds, texts
from tracker.charts import drawing, paper
from tracker.charts.curves import SIGNS, draw_curves, legend
from tracker.domain.cumulative import Curve, curve_of

ALL = curve_of([Fraction(n) for n in (-5, 10, 30, 55)])
SOME = curve_of([None, Fraction(30), Fraction(5)])


def drawn(**arms: Curve) -> Element:
    return draw_curves(arms, str)


def corners(svg: Element, kind: str) -> list[tuple[float, float]]:
    (path,) = [one for one in svg.iter() if kind in one.attrib.get("class", "").split()]
    pairs = path.attrib["d"].removeprefix("M").split("L")
    return [(float(x), float(y)) for x, y in (pair.split() for pair in pairs)]


def test_a_curve_falls_in_stairs_from_all_who_are_better_to_nobody() -> None:
    found = corners(drawn(drug=ALL), "c-itt")
    assert all(x == further or y == lower for (x, y), (further, lower) in pairwise(found))
    assert [y for _x, y in found] == sorted(y for _x, y in found)
    # 3 of 4 at 0 %, 1 of 4 at 50 %: the field is 164 high and ends at 180.
    assert found[0] == (6.0, 57.0)
    assert found[-1] == (268.0, 180.0)
    at_half = max(y for x, y in found if x <= 6 + 262 * 0.54)
    assert at_half == 139.0


def test_who_cant_be_judged_has_a_line_of_their_own_only_where_there_are_some() -> None:
    assert not kinds(drawn(drug=ALL), "c-observed")
    picture = drawn(drug=SOME)
    assert corners(picture, "c-observed")[0][1] < corners(picture, "c-itt")[0][1]
    assert not kinds(drawn(drug=curve_of([None, None])), "c-observed")


def test_arms_differ_by_their_signs_and_take_turns_after_four() -> None:
    signs = ("c-round", "c-hollow", "c-square", "c-cross")
    arms = {f"arm {number}": ALL for number in range(SIGNS + 1)}
    picture = drawn(**arms)
    found = {
        name: sum(name in one.attrib.get("class", "").split() for one in picture.iter())
        for name in signs
    }
    assert found == {"c-round": 2, "c-hollow": 1, "c-square": 1, "c-cross": 2}


def test_the_picture_names_its_mark_and_reads_its_shares_aloud() -> None:
    picture = drawn(drug=ALL, placebo=SOME)
    assert texts(picture, "c-goal-name") == ["30 % better"]
    assert "At 30 %: drug 50 %; placebo 33 %" in picture.attrib["aria-label"]
    assert "placebo 0 %" in drawn(placebo=curve_of([])).attrib["aria-label"]


def meanings(arms: Mapping[str, Curve]) -> list[str]:
    return [key.meaning for key in legend(arms, str)]


def test_the_legend_says_of_how_many_each_line_is() -> None:
    assert meanings({"drug": ALL, "placebo": SOME}) == [
        "drug, of all 4",
        "placebo, of all 3",
        "placebo, of the 2 judged",
    ]


def test_names_are_text_and_every_line_has_its_colour_on_paper() -> None:
    written = drawing.write(draw_curves({"<b>drug": ALL}, str))
    assert "<b>" not in written
    printed = paper.coloured(drawn(drug=ALL, placebo=SOME), "")
    strokes = [one for one in printed.iter() if one.tag == "path"]
    assert all("stroke" in one.attrib for one in strokes)
