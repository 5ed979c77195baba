"""Medicines: the list, one medicine's form, its doses, stopping it, removing and bringing back."""

from datetime import date
from decimal import Decimal
from http import HTTPStatus
from typing import Final

from flask import Blueprint, flash, redirect, request
from werkzeug.wrappers import Response

from tracker.domain import opioids
from tracker.domain.diary import diary_day
from tracker.domain.medicines import ChangedBy, Dose, MedicineRefused
from tracker.services import medicines, phases
from tracker.services.hidden import possible_medicines
from tracker.storage.medicines import StoredMedicine
from tracker.web import medicine_pages, removed
from tracker.web.access import Policy, found, policy
from tracker.web.context import current, current_account
from tracker.web.forms.base import BaseForm
from tracker.web.forms.medicines import DoseForm, MedicineForm, NewMedicineForm, StopForm
from tracker.web.templating import render
from tracker.web.words import _, in_words

blueprint = Blueprint("medicines", __name__)
HERE: Final = "/medicines/"
REMOVED: Final = "removed_medicine"

Answer = str | Response | tuple[str, int]


@blueprint.get("/medicines/")
@policy(Policy.PATIENT)
def overview() -> str:
    """List what is taken, then what was, with the notice where there is cause."""
    return _overview()


@blueprint.route("/medicines/new", methods=["GET", "POST"])
@policy(Policy.PATIENT)
def new() -> Answer:
    """Add a medicine; `again` in the address names one that is taken again."""
    if request.method == "GET":
        again = request.args.get("again", "")
        return _form_page(
            NewMedicineForm.again(_stored(again).medicine if again else None, _today())
        )
    form = NewMedicineForm(request.form)
    if form.validate():
        known, owner = current(), current_account()
        try:
            with known.database.writing() as writing:
                medicines.add(writing, owner, form.with_first_dose(), known.now)
        except MedicineRefused as refusal:
            form.refuse(refusal, "last_day")
        else:
            return _saved(_("The medicine is saved."))
    return _form_page(form)


@blueprint.route("/medicines/<medicine_id>", methods=["GET", "POST"])
@policy(Policy.PATIENT)
def edit(medicine_id: str) -> Answer:
    """Change name, days or time of a medicine."""
    stored = _stored(medicine_id)
    if request.method == "GET":
        return _form_page(MedicineForm.of(stored.medicine), stored)
    form = MedicineForm(request.form)
    if form.validate():
        known, owner = current(), current_account()
        try:
            with known.database.writing() as writing:
                medicines.change(writing, owner, medicine_id, form.medicine(), known.now)
        except MedicineRefused as refusal:
            form.refuse(refusal, "last_day")
        else:
            return _saved(_("The medicine is saved."))
    return _form_page(form, stored)


@blueprint.route("/medicines/<medicine_id>/dose", methods=["GET", "POST"])
@policy(Policy.PATIENT)
def dose(medicine_id: str) -> Answer:
    """Note a dose from a day on; the form opens with the last one."""
    stored = _stored(medicine_id)
    if request.method == "GET":
        return _dose_page(DoseForm.after(stored.medicine, _today()), stored)
    form = DoseForm(request.form)
    if form.validate():
        known, owner = current(), current_account()
        try:
            with known.database.writing() as writing:
                medicines.add_dose(writing, owner, medicine_id, form.dose(), known.now)
        except MedicineRefused as refusal:
            form.refuse(refusal, "start")
        else:
            return _saved(_("The dose is noted."))
    return _dose_page(form, stored)


@blueprint.post("/medicines/<medicine_id>/dose/remove")
@policy(Policy.PATIENT)
def remove_dose(medicine_id: str) -> Response:
    """Take a dose away; the next page offers it back."""
    known = current()
    start = _day(request.form.get("start", ""))
    with known.database.writing() as writing:
        gone = found(
            medicines.remove_dose(writing, current_account(), medicine_id, found(start), known.now)
        )
    return _kept(medicine_id, gone)


@blueprint.post("/medicines/<medicine_id>/stop")
@policy(Policy.PATIENT)
def stop(medicine_id: str) -> Answer:
    """Let a medicine end with the day given."""
    _stored(medicine_id)
    form, known, owner = StopForm(request.form), current(), current_account()
    if form.validate():
        try:
            with known.database.writing() as writing:
                last_day = form.data["last_day"]
                medicines.stop(writing, owner, medicine_id, last_day, known.now)
        except MedicineRefused as refusal:
            form.refuse(refusal, "last_day")
        else:
            return _saved(_("The medicine is stopped."))
    return _overview(medicine_id, form), HTTPStatus.UNPROCESSABLE_ENTITY


@blueprint.post("/medicines/<medicine_id>/remove")
@policy(Policy.PATIENT)
def remove(medicine_id: str) -> Response:
    """Remove a medicine with its doses; the next page offers it back."""
    known = current()
    with known.database.writing() as writing:
        found(medicines.remove(writing, current_account(), medicine_id, known.now))
    return _kept(medicine_id, None)


@blueprint.post("/medicines/undo")
@policy(Policy.PATIENT)
def undo() -> Answer:
    """Bring back what was removed last."""
    known, owner = current(), current_account()
    kept = found(removed.waiting(REMOVED, known.now))
    try:
        with known.database.writing() as writing:
            if kept["dose"] is None:
                is_back = medicines.bring_back(writing, owner, kept["medicine"], known.now)
            else:
                step = _read_dose(kept["dose"])
                is_back = medicines.add_dose(writing, owner, kept["medicine"], step, known.now)
    except MedicineRefused as refusal:  # another dose has its place by now
        return _saved(in_words(refusal))
    found(is_back or None)
    return _saved(_("It is back."))


def _today() -> date:
    owner = current_account()
    return diary_day(current().now, owner.tzinfo, owner.rollover)


def _stored(medicine_id: str) -> StoredMedicine:
    with current().database.reading() as reading:
        return found(medicines.find(reading, current_account(), medicine_id))


def _saved(message: str) -> Response:
    removed.forget(REMOVED)
    flash(message)
    return redirect(HERE, HTTPStatus.SEE_OTHER)


def _overview(refused_id: str = "", refused: StopForm | None = None) -> str:
    """Return the list; `refused` is the form that could not be taken, beside its medicine."""
    known, owner, today = current(), current_account(), _today()
    with known.database.reading() as reading:
        stored = medicines.list_all(reading, owner)
        spans = [each.phase for each in phases.list_all(reading, owner)]
        hidden_ones = possible_medicines(reading, owner, spans, today)
    taken = opioids.taken_of([each.medicine for each in stored], spans)
    cards = [medicine_pages.card_of(each, today) for each in reversed(stored)]
    return render(
        "medicines/list.html",
        place="more",
        present=[card for card in cards if not card.is_stopped],
        past=[card for card in cards if card.is_stopped],
        notice=medicine_pages.notice_lines(opioids.notice_for(taken, today, hidden_ones)),
        today=today,
        refused_id=refused_id,
        refused=refused,
        removed=removed.waiting(REMOVED, known.now),
    )


def _form_page(
    form: NewMedicineForm | MedicineForm, stored: StoredMedicine | None = None
) -> Answer:
    return _page("medicines/edit.html", form, stored)


def _dose_page(form: DoseForm, stored: StoredMedicine) -> Answer:
    return _page("medicines/dose.html", form, stored)


def _page(template: str, form: BaseForm, stored: StoredMedicine | None) -> Answer:
    page = render(
        template,
        place="more",
        form=form,
        medicine_id=stored.id if stored else "",
        name=stored.medicine.name if stored else "",
    )
    refused = request.method == "POST"
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK


def _kept(medicine_id: str, step: Dose | None) -> Response:
    """Remember what was removed, a medicine by its id, a dose as it was; go back to the list."""
    dose = step and {
        "start": step.start.isoformat(),
        "dose_mg": str(step.dose_mg),
        "by": step.by.value,
        "note": step.note,
    }
    removed.keep(REMOVED, {"medicine": medicine_id, "dose": dose}, current().now)
    return redirect(HERE, HTTPStatus.SEE_OTHER)


def _read_dose(kept: removed.Kept) -> Dose:
    return Dose(
        date.fromisoformat(kept["start"]),
        Decimal(kept["dose_mg"]),
        ChangedBy(kept["by"]),
        kept["note"],
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
