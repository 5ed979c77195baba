"""A plan as one bar: phases as long as their days, names where there is room, today as a mark."""

from datetime import date, timedelta
from xml.etree.ElementTree import fromstring

from tracker.charts.plans import WIDTH, draw_plan
from tracker.domain.phases import Phase, PhaseKind

FIRST = date(2026, 1, 1)
PHASES = (
    Phase(PhaseKind.BASELINE, FIRST, FIRST + timedelta(14)),
    Phase(PhaseKind.BLINDED, FIRST + timedelta(14), FIRST + timedelta(98), "A"),
    Phase(PhaseKind.WASHOUT, FIRST + timedelta(98), FIRST + timedelta(99)),
)
NAMES = ("Baseline", "A", "Washout")


def drawn(today: date) -> list[tuple[str, float]]:
    svg = fromstring(draw_plan(PHASES, NAMES, today, "A plan"))  # noqa: S314 - our own
    return [
        (node.get("class", ""), float(node.get("width", "0")))
        for node in svg
        if not node.tag.endswith("title")
    ]


def test_phases_are_as_long_as_their_days_and_today_is_marked() -> None:
    found = drawn(FIRST + timedelta(20))
    assert [kind for kind, _width in found] == [
        "c-rest",
        "c-rest-name",
        "c-taken",
        "c-taken-name",
        "c-rest",
        "c-today",
    ], "the last is too short for a name"
    assert found[2][1] > 5 * found[0][1]
    assert sum(width for _kind, width in found) < WIDTH


def test_a_day_outside_is_not_marked() -> None:
    assert "c-today" not in dict(drawn(FIRST - timedelta(1)))
    assert "c-today" not in dict(drawn(FIRST + timedelta(200)))
