"""One item's nights as a Plotly figure: plain dicts, which tests check against Plotly's own."""

import html
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from tracker.charts import drawing
from tracker.charts.drawing import Translate
from tracker.charts.marks import AROUND, DOTS, MEANINGS, WORSE, Mark, dot_of
from tracker.charts.timeline import measured_days, rows_of
from tracker.charts.trend import phase_bands
from tracker.domain.figures import item_name
from tracker.domain.happenings import NOTHING, Happenings
from tracker.domain.report import Report
from tracker.domain.spans import Span
from tracker.domain.trends import Trend

Figure = dict[str, Any]
DAY_MS: Final = 86_400_000


def chart_text(text: str) -> str:
    r"""Return a person's words as Plotly shows them as typed: it reads tags, links, entities.

    >>> chart_text("a<b>&c\x07")
    'a&lt;b&gt;&amp;c'
    """
    return html.escape(drawing.plain(text), quote=False)


def build_figure(
    report: Report,
    trend: Trend,
    shown: Span,
    translate: Translate,
    happened: Happenings = NOTHING,
) -> Figure:
    """Return `data` and `layout` of the nights in `shown`; colours are the page's to give.

    Each trace is one `Mark`, named in `meta`. A trace has its first day in `x0` and then one
    value for each day, null where there is none: half the bytes of a date a value.
    """
    nights = [night for night in trend.nights if night.day in shown]
    values: dict[Mark, Mapping[date, float]] = {
        mark: {night.day: night.value for night in nights if dot_of(night) is mark} for mark in DOTS
    }
    values[Mark.EDITED] = {night.day: night.value for night in nights if night.edited}
    values[Mark.HELPED] = {night.day: night.value for night in nights if night.entered_by}
    values[Mark.CONFLICT] = {night.day: night.value for night in nights if night.conflict}
    values[Mark.MEAN] = {
        day: round(float(mean), 2) for day, mean in trend.rolling.items() if day in shown
    }
    return {
        "data": [_trace(mark, found, translate) for mark, found in values.items() if found],
        "layout": {
            "title": {"text": chart_text(item_name(trend.item, translate))},
            "dragmode": "pan",
            "hovermode": "closest",
            "showlegend": False,
            "xaxis": {
                "type": "date",
                "range": [shown.start.isoformat(), shown.end.isoformat()],
            },
            "yaxis": {
                "range": [0, report.ruler.maximum],
                "title": {"text": translate(WORSE[trend.item.direction])},
                "fixedrange": True,
            },
            "shapes": [
                *_levels(trend, shown),
                *_bands(report, translate),
                *_happened(happened, shown, translate),
            ],
        },
    }


def _trace(mark: Mark, values: Mapping[date, float], translate: Translate) -> Figure:
    """Return one trace; a day without a value is null, so no line crosses a gap."""
    first, last = min(values), max(values)
    span = (date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1))
    return {
        "type": "scatter",
        "mode": "lines" if mark is Mark.MEAN else "markers",
        "meta": mark.value,
        "name": translate(MEANINGS[mark]),
        "x0": first.isoformat(),
        "dx": DAY_MS,
        "y": [values.get(day) for day in span],
        "connectgaps": False,
        "hovertemplate": "%{x|%Y-%m-%d}: %{y}<extra></extra>",
        "hoverinfo": "skip" if mark in AROUND else "all",
    }


def _levels(trend: Trend, shown: Span) -> list[Figure]:
    levels = (("before", trend.baseline_mean, "solid"), ("mark", trend.mark30, "dash"))
    return [
        {
            "type": "line",
            "name": name,
            "xref": "x",
            "x0": shown.start.isoformat(),
            "x1": shown.end.isoformat(),
            "y0": round(float(level), 2),
            "y1": round(float(level), 2),
            "line": {"dash": dash, "width": 1.5},
        }
        for name, level, dash in levels
        if level is not None
    ]


def _bands(report: Report, translate: Translate) -> list[Figure]:
    """Return a shaded stretch for the baseline and a labelled edge for each phase."""
    return [
        {
            "type": "rect",
            "name": "baseline" if band.span == report.baseline else "phase",
            "layer": "below",
            "xref": "x",
            "yref": "paper",
            "x0": band.span.start.isoformat(),
            "x1": band.span.end.isoformat(),
            "y0": 0,
            "y1": 1 if band.span == report.baseline else 0.06,
            "line": {"width": 0},
            "label": {"text": chart_text(band.name), "textposition": "bottom center"},
        }
        for band in phase_bands(report, translate)
    ]


def _happened(happened: Happenings, shown: Span, translate: Translate) -> list[Figure]:
    """Return a labelled bar at the top for each side effect, a tick for each measurement's day."""
    bars = [
        {
            **_upright("effect", span.start, 1 - (0.03 + 0.08 * place)),
            "x1": min(span.end, shown.end).isoformat(),
            "line": {"width": 5},
            "label": {"text": chart_text(row.name), "textposition": "start", "yanchor": "top"},
        }
        for place, row in enumerate(rows_of(happened, shown, translate))
        for span in row.spans
    ]
    ticks = [
        {**_upright("measured", day, 0.07), "y1": 0.12, "line": {"dash": "solid", "width": 2}}
        for day in measured_days(happened, shown)
    ]
    return bars + ticks


def _upright(name: str, day: date, height: float) -> Figure:
    """Return a line that stands at `height` of the field, from 0 to 1, beginning on `day`."""
    place = round(height, 2)
    return {
        "type": "line",
        "name": name,
        "xref": "x",
        "yref": "paper",
        "x0": day.isoformat(),
        "x1": day.isoformat(),
        "y0": place,
        "y1": place,
    }
