"""Saying what another app's table holds: which column is what, and how its answers are read."""

from typing import Final

from flask import Blueprint, make_response, redirect
from werkzeug.wrappers import Response

from tracker.imports.columns import item_of
from tracker.imports.readings import Reading, as_text
from tracker.services import imports
from tracker.web import answer_pages, mapping_pages
from tracker.web.access import Policy, policy
from tracker.web.context import current, current_account
from tracker.web.templating import render
from tracker.web.waiting_files import foreign

blueprint = Blueprint("mappings", __name__)
MOST_BYTES: Final = 1024 * 1024  # two hundred columns of forty words each are half of it


@blueprint.get("/imports/<table_id>/columns")
@policy(Policy.PATIENT)
def columns(table_id: str) -> str | Response:
    """Show the columns of a table, each with what it may be."""
    return _columns(table_id, is_sent=False)


@blueprint.post("/imports/<table_id>/columns")
@policy(Policy.PATIENT, max_bytes=MOST_BYTES)
def choose_columns(table_id: str) -> str | Response:
    """Keep what the columns are, and go on to their answers."""
    return _columns(table_id, is_sent=True)


@blueprint.get("/imports/<table_id>/answers")
@policy(Policy.PATIENT)
def answers(table_id: str) -> str | Response:
    """Show the columns with answers, each with how it may be read."""
    return _answers(table_id, is_sent=False)


@blueprint.post("/imports/<table_id>/answers")
@policy(Policy.PATIENT, max_bytes=MOST_BYTES)
def choose_answers(table_id: str) -> str | Response:
    """Keep how answers are read, and go on to what the file would bring."""
    return _answers(table_id, is_sent=True)


def _columns(batch: str, *, is_sent: bool) -> str | Response:
    told = foreign(batch)
    shown = mapping_pages.shown(told)
    form = mapping_pages.columns_of(told, shown, is_sent=is_sent)
    if is_sent and form.is_sound(shown):
        reading = mapping_pages.reading_of(told, shown, form)
        _keep(batch, reading)
        has_answers = any(item_of(each.meaning) for each in reading.columns.values())
        return redirect(f"/imports/{batch}/answers" if has_answers else f"/imports/{batch}", 303)
    page = render(
        "imports/columns.html",
        batch=batch,
        form=form,
        file=told.file.name,
        found=mapping_pages.found_in(told),
        place="more",
    )
    return make_response(page, 422) if is_sent else page


def _answers(batch: str, *, is_sent: bool) -> str | Response:
    told = foreign(batch)
    if told.reading is None:
        return redirect(f"/imports/{batch}/columns", 303)
    taken = answer_pages.taken_of(told, told.reading)
    form = answer_pages.form_of(told.reading, taken, is_sent=is_sent)
    if is_sent and form.is_sound(taken, told.reading.ruler):
        _keep(batch, answer_pages.reading_with(told.reading, taken, form))
        return redirect(f"/imports/{batch}", 303)
    page = render(
        "imports/answers.html",
        batch=batch,
        form=form,
        cards=answer_pages.cards(taken, form),
        has_ends=any(each.numbers for each in taken),
        is_crowded=any(each.crowded for each in taken),
        place="more",
    )
    return make_response(page, 422) if is_sent else page


def _keep(batch: str, reading: Reading) -> None:
    who = current_account()
    current().database.write(lambda session: imports.say(session, who, batch, as_text(reading)))
