"""Measurements: each series as a strip and a table, one value's form, taking it away and back."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from http import HTTPStatus
from typing import Final

from flask import Blueprint, flash, redirect, request
from markupsafe import Markup
from werkzeug.wrappers import Response

from tracker.charts import drawing
from tracker.charts.measured import draw_measured
from tracker.domain import happening_words as words
from tracker.domain.diary import diary_day
from tracker.domain.measurements import (
    SUGGESTED,
    Measurement,
    MeasurementRefused,
    Series,
    read_value,
)
from tracker.services import measurements
from tracker.services.measurements import Noted
from tracker.storage.measurements import StoredMeasurement
from tracker.web import figures, removed
from tracker.web.access import Policy, found, policy
from tracker.web.context import current, current_account
from tracker.web.forms.measurements import MeasurementForm
from tracker.web.templating import render
from tracker.web.words import _, voice

blueprint = Blueprint("measurements", __name__)
HERE: Final = "/measurements/"
REMOVED: Final = "removed_measurement"

Answer = str | Response | tuple[str, int]


@blueprint.get("/measurements/")
@policy(Policy.PATIENT)
def overview() -> str:
    """Show every series."""
    known = current()
    with known.database.reading() as reading:
        noted = measurements.list_all(reading, current_account())
    gone = _removed(known.now)
    return render(
        "measurements/index.html",
        place="more",
        series=[*_series(noted)],
        removed=gone and words.measured(gone, voice()),
    )


@blueprint.route("/measurements/new", methods=["GET", "POST"])
@policy(Policy.PATIENT)
def new() -> Answer:
    """Note a measurement."""
    form = MeasurementForm(request.form if request.method == "POST" else None, day=_today())
    if request.method == "POST" and form.validate():
        known = current()
        try:
            with known.database.writing() as writing:
                measurements.add(writing, current_account(), form.told(), _today(), known.now)
        except MeasurementRefused as refusal:
            form.refuse(refusal, "day")
        else:
            return _saved(_("It is noted."))
    return _form_page(form, None)


@blueprint.route("/measurements/<measurement_id>", methods=["GET", "POST"])
@policy(Policy.PATIENT)
def edit(measurement_id: str) -> Answer:
    """Change a measurement."""
    stored, known, who = _stored(measurement_id), current(), current_account()
    if request.method == "GET":
        return _form_page(MeasurementForm.of(stored.measurement), stored)
    form = MeasurementForm(request.form)
    if form.validate():
        told, today = form.told(), _today()
        try:
            with known.database.writing() as writing:
                measurements.change(writing, who, measurement_id, told, today, known.now)
        except MeasurementRefused as refusal:
            form.refuse(refusal, "day")
        else:
            return _saved(_("It is noted."))
    return _form_page(form, stored)


@blueprint.post("/measurements/<measurement_id>/delete")
@policy(Policy.PATIENT)
def delete(measurement_id: str) -> Answer:
    """Take a measurement away; the next page offers it back."""
    known = current()
    with known.database.writing() as writing:
        gone = found(measurements.remove(writing, current_account(), measurement_id, known.now))
    removed.keep(REMOVED, _kept(gone), known.now)
    return redirect(HERE, HTTPStatus.SEE_OTHER)


@blueprint.post("/measurements/undo")
@policy(Policy.PATIENT)
def undo() -> Answer:
    """Bring back the measurement that was taken away last."""
    known = current()
    told = found(_removed(known.now))
    with known.database.writing() as writing:
        measurements.add(writing, current_account(), told, _today(), known.now)
    return _saved(_("It is back."))


def _today() -> date:
    who = current_account()
    return diary_day(current().now, who.tzinfo, who.rollover)


def _stored(measurement_id: str) -> StoredMeasurement:
    with current().database.reading() as reading:
        return found(measurements.find(reading, current_account(), measurement_id))


def _saved(message: str) -> Response:
    removed.forget(REMOVED)
    flash(message)
    return redirect(HERE, HTTPStatus.SEE_OTHER)


def _form_page(form: MeasurementForm, stored: StoredMeasurement | None) -> Answer:
    page = render(
        "measurements/edit.html",
        place="more",
        form=form,
        measurement_id=stored.id if stored else "",
        suggested=[(_(name), unit) for name, unit in SUGGESTED.items()],
        units=sorted(set(SUGGESTED.values())),
    )
    refused = request.method == "POST"
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK


def _series(noted: Noted) -> Iterator[Mapping[str, object]]:
    """Yield every series: its strip, what it is compared with, its values, newest first."""
    ids = {id(one.measurement): one.id for one in noted.stored}
    for series in noted.series:
        yield {
            "name": series.name,
            "unit": series.unit,
            "picture": _markup(drawing.write(draw_measured(series, figures.wording()))),
            "compared": words.compared(series.baseline, voice()),
            "values": [_row(series, one, ids[id(one)]) for one in reversed(series.values)],
        }


def _row(series: Series, one: Measurement, its_id: str) -> Sequence[str]:
    """Return a value's day, value, change, note and id."""
    is_baseline = one is series.baseline.of
    change = _("baseline") if is_baseline else words.change_of(series.change(one), voice())
    value = words.value_of(one.value, voice())
    return (figures.dated_day(one.day), value, change, one.note, its_id)


def _markup(picture: str) -> Markup:
    # Every text in it is escaped where it is written.
    return Markup(picture)  # noqa: S704 - our own markup


def _kept(told: Measurement) -> removed.Kept:
    return {
        "name": told.name,
        "value": str(told.value),
        "unit": told.unit,
        "day": told.day.isoformat(),
        "note": told.note,
    }


def _removed(now: datetime) -> Measurement | None:
    """Return what was taken away within the hour; None where nothing was."""
    kept = removed.waiting(REMOVED, now)
    if kept is None:
        return None
    day = date.fromisoformat(kept["day"])
    return Measurement(kept["name"], read_value(kept["value"]), day, kept["unit"], kept["note"])
