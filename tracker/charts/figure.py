"""One item's nights as a Plotly figure: plain dicts, which tests check against Plotly's own."""

import html
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from tracker.charts import drawing
from tracker.charts.drawing import Translate
from tracker.charts.trend import WORSE, phase_bands
from tracker.domain.diary import Status
from tracker.domain.report import Report
from tracker.domain.spans import ONE_DAY, Span
from tracker.domain.trends import Night, Trend
from tracker.domain.words import N_

Figure = dict[str, Any]


def chart_text(text: str) -> str:
    """Return a person's words as Plotly shows them as typed: it reads tags, links, entities.

    >>> chart_text("a<b>&c\\x07")
    'a&lt;b&gt;&amp;c'
    """
    return html.escape(drawing.plain(text), quote=False)


def build_figure(report: Report, trend: Trend, shown: Span, translate: Translate) -> Figure:
    """Return `data` and `layout` of the nights in `shown`; colours are the page's to give.

    Days are ISO dates. Traces: `nights`, `late`, `mean`, each named in `meta`.
    """
    nights = [night for night in trend.nights if night.day in shown]
    late = [night for night in nights if night.status is Status.LATE]
    others = [night for night in nights if night.status is not Status.LATE]
    item = trend.item
    name = chart_text(item.name if item.is_own else translate(item.name))
    return {
        "data": [
            _dots(others, "nights", translate(N_("a night"))),
            _dots(late, "late", translate(N_("logged late"))),
            _mean(trend.rolling, shown, translate(N_("7-day mean"))),
        ],
        "layout": {
            "title": {"text": name},
            "dragmode": "pan",
            "hovermode": "closest",
            "showlegend": False,
            "xaxis": {
                "type": "date",
                "range": [shown.start.isoformat(), shown.end.isoformat()],
            },
            "yaxis": {
                "range": [0, report.ruler.maximum],
                "title": {"text": translate(WORSE[item.direction])},
                "fixedrange": True,
            },
            "shapes": [*_levels(trend, shown), *_bands(report, translate)],
            "annotations": [],
        },
    }


def _dots(nights: Iterable[Night], meta: str, name: str) -> Figure:
    listed = list(nights)
    return {
        "type": "scatter",
        "mode": "markers",
        "meta": meta,
        "name": name,
        "x": [night.day.isoformat() for night in listed],
        "y": [night.value for night in listed],
    }


def _mean(rolling: Mapping[date, Fraction], shown: Span, name: str) -> Figure:
    """Return the mean's line; a null stands after each stretch, so no line crosses a gap."""
    days: list[str] = []
    means: list[float | None] = []
    before: date | None = None
    for day, mean in rolling.items():
        if day not in shown:
            continue
        if before is not None and before != day - ONE_DAY:
            days.append((before + ONE_DAY).isoformat())
            means.append(None)
        days.append(day.isoformat())
        means.append(round(float(mean), 2))
        before = day
    return {
        "type": "scatter",
        "mode": "lines",
        "meta": "mean",
        "name": name,
        "x": days,
        "y": means,
        "connectgaps": False,
    }


def _levels(trend: Trend, shown: Span) -> list[Figure]:
    levels = (("before", trend.baseline_mean, "solid"), ("mark30", trend.mark30, "dash"))
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
