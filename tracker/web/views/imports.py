"""Taking a file in: choose it, see what it brings, say yes; and take back what one brought."""

from collections.abc import Sequence
from typing import Final

from flask import Blueprint, flash, make_response, redirect, request
from werkzeug.datastructures import CombinedMultiDict, FileStorage
from werkzeug.wrappers import Response

from tracker.domain.diary import FutureDay
from tracker.domain.limits import FILE_NAME_LIMIT
from tracker.domain.questionnaire import Ruler
from tracker.domain.words import N_, Refused
from tracker.imports.apps import prepared
from tracker.imports.archive import is_archive
from tracker.imports.diaries import names_rulers
from tracker.imports.foreign import read_sheet
from tracker.imports.mapped import MappedFile
from tracker.imports.problems import FileRefused, Problem
from tracker.services import import_plans, imports
from tracker.services.import_plans import Plan
from tracker.services.imports import Format, ImportMissing, Standing, Taking, Undone, Upload
from tracker.services.intakes import Intake
from tracker.web import file_words, import_previews, past_imports
from tracker.web.access import Policy, found, policy
from tracker.web.context import current, current_account
from tracker.web.forms.imports import ImportForm
from tracker.web.templating import render
from tracker.web.waiting_files import Foreign, foreign, is_foreign, read_ours, waiting
from tracker.web.words import _, in_words, ngettext

blueprint = Blueprint("imports", __name__)
HERE: Final = "/imports/"
MOST_BYTES: Final = 16 * 1024 * 1024  # twenty years of nights with notes are a third of it
MOST_PROBLEMS: Final = 50  # a file on the wrong ruler has one in every cell


class FileMissing(Refused):
    """Nothing was chosen."""


class RulerMissing(Refused):
    """Neither the file nor the person says which ruler the scores are on."""


@blueprint.get("/imports/")
@policy(Policy.PATIENT)
def choose() -> str:
    """Show the form for a file, and the files that came before."""
    return _page(ImportForm())


@blueprint.post("/imports/")
@policy(Policy.PATIENT, max_bytes=MOST_BYTES)
def upload() -> Response:
    """Read a file and keep it until the person has seen what it brings; or say what is wrong."""
    form = ImportForm(CombinedMultiDict([request.files, request.form]))
    problems: Sequence[Problem] = ()
    try:
        file = _sent(request.files.get("file"))
        if is_foreign(file):
            prepared(read_sheet(file.content).table)
            return redirect(f"{HERE}{_kept(file)}/columns", 303)
        ruler = _ruler(file, form.chosen_ruler)
        intake, problems = read_ours(file, ruler)
        _plan(intake)
    except RulerMissing as refused:
        form.refuse(refused, "ruler")
    except (FileMissing, FileRefused, FutureDay) as refused:
        form.refuse(file_words.of_refusal(refused), "file")
    else:
        if not problems:
            return redirect(f"{HERE}{_kept(file)}?ruler={ruler}", 303)
    return make_response(_page(form, problems), 422)


@blueprint.get("/imports/<batch>")
@policy(Policy.PATIENT)
def preview(batch: str) -> str | Response:
    """Show what a file that waits would bring."""
    file = waiting(batch)
    if is_foreign(file):
        return _foreign_preview(batch)
    intake, ruler = _ours(file, request.args.get("ruler"))
    return render(
        "imports/preview.html",
        batch=batch,
        ruler=ruler,
        preview=import_previews.preview(file, _plan(intake)),
        place="more",
    )


@blueprint.post("/imports/<batch>")
@policy(Policy.PATIENT)
def take(batch: str) -> str | Response:
    """Take in a file that waits."""
    file = waiting(batch)
    if not is_foreign(file):
        intake, _ruler = _ours(file, request.form.get("ruler"))
        return _taken(batch, intake)
    told = foreign(batch)
    mapped = told.mapped()
    if mapped is None:
        return redirect(f"{HERE}{batch}/columns", 303)
    intake = told.intake(mapped)
    refusal = _refusal(intake)
    if not refusal and mapped.file.problems and not request.form.get("skip"):
        refusal = _("Mend the lines above, or say that they may be left out.")
    if refusal:
        return make_response(_foreign_page(told, mapped, intake, refusal), 422)
    return _taken(batch, intake)


@blueprint.post("/imports/<batch>/drop")
@policy(Policy.PATIENT)
def drop(batch: str) -> Response:
    """Throw a file away that waits; nothing of it was stored."""
    who = current_account()
    try:
        current().database.write(lambda session: imports.drop(session, who, batch))
    except ImportMissing:
        found(None)
    flash(_("Nothing was taken in."))
    return redirect(HERE, 303)


@blueprint.post("/imports/<batch>/undo")
@policy(Policy.PATIENT)
def undo(batch: str) -> Response:
    """Take back what a file brought."""
    who, now = current_account(), current().now
    try:
        undone = current().database.write(lambda session: imports.undo(session, who, batch, now))
    except ImportMissing:
        found(None)
    flash(_undone(undone))
    return redirect(HERE, 303)


def _foreign_preview(batch: str) -> str | Response:
    told = foreign(batch)
    mapped = told.mapped()
    if mapped is None:
        return redirect(f"{HERE}{batch}/columns", 303)
    intake = told.intake(mapped)
    return _foreign_page(told, mapped, intake, _refusal(intake))


def _foreign_page(told: Foreign, mapped: MappedFile, intake: Intake, refusal: str) -> str:
    problems = mapped.file.problems
    reading = found(told.reading)
    return render(
        "imports/foreign.html",
        batch=told.batch,
        preview=None if _refusal(intake) else _previewed(told, mapped, intake),
        rules=import_previews.rules(reading),
        conversions=import_previews.conversions(told, reading, mapped),
        nights=import_previews.first_nights(told, mapped.file.diary),
        problems=[file_words.of_problem(problem) for problem in problems[:MOST_PROBLEMS]],
        more=max(len(problems) - MOST_PROBLEMS, 0),
        skipped=mapped.skipped,
        refusal=refusal,
        place="more",
    )


def _previewed(told: Foreign, mapped: MappedFile, intake: Intake) -> import_previews.Preview:
    return import_previews.preview(told.file, _plan(intake), is_ours=False, skipped=mapped.skipped)


def _refusal(intake: Intake) -> str:
    """Return why nothing of a file can be taken in, "" where it can."""
    try:
        _plan(intake)
    except FutureDay as refused:
        return in_words(refused)
    return ""


def _sent(file: FileStorage | None) -> Upload:
    """Return the file that was sent."""
    content = b"" if file is None else file.read()
    if file is None or not (content or file.filename):
        raise FileMissing(N_("Choose a file."))
    form = Format.JSON if is_archive(content) else Format.CSV
    name = (file.filename or "").replace("\\", "/").rpartition("/")[2]
    shown = "".join(one for one in name if one.isprintable())
    return Upload(form, shown[-FILE_NAME_LIMIT:], content)


def _ruler(file: Upload, chosen: Ruler | None) -> Ruler:
    """Return the ruler of scores that don't name theirs; it is never guessed."""
    if chosen is not None:
        return chosen
    if file.format is Format.CSV and not names_rulers(file.content):
        raise RulerMissing(N_("The file doesn't say it, so please do."))
    return Ruler.NRS


def _plan(intake: Intake) -> Plan:
    with current().database.reading() as session:
        return import_plans.plan(session, current_account(), intake, current().now)


def _kept(file: Upload) -> str:
    who, now = current_account(), current().now
    return current().database.write(
        lambda session: imports.keep_upload(session, who, file, who.id, now)
    )


def _ours(file: Upload, asked: str | None) -> tuple[Intake, Ruler]:
    """Return what a file of ours brings; it was read before, so it has no problems."""
    ruler = Ruler(asked) if asked in set(Ruler) else Ruler.NRS
    intake, problems = read_ours(file, ruler)
    # Only an address that was changed by hand names a ruler that doesn't fit.
    found(None if problems else intake)
    return intake, ruler


def _taken(batch: str, intake: Intake) -> Response:
    asked = request.form.get("standing")
    standing = Standing(asked) if asked in set(Standing) else Standing.SKIP
    who, now = current_account(), current().now
    taking = Taking(who, batch, intake, who.id, now, standing)
    taken = imports.take(current().database, taking)
    count = taken.new + taken.added
    flash(ngettext("%(count)s night was taken in.", "%(count)s nights were taken in.", count))
    return redirect("/diary/", 303)


def _undone(undone: Undone) -> str:
    back = ngettext(
        "%(count)s night was taken back.", "%(count)s nights were taken back.", undone.back
    )
    if not undone.kept:
        return back
    kept = ngettext(
        "%(count)s night stays: it was changed since.",
        "%(count)s nights stay: they were changed since.",
        undone.kept,
    )
    return f"{back} {kept}"


def _page(form: ImportForm, problems: Sequence[Problem] = ()) -> str:
    with current().database.reading() as session:
        past = imports.history(session, current_account(), current().now)
    return render(
        "imports/index.html",
        form=form,
        problems=[file_words.of_problem(problem) for problem in problems[:MOST_PROBLEMS]],
        more=max(len(problems) - MOST_PROBLEMS, 0),
        is_above=any(one.values.get("high") == Ruler.NRS.maximum for one in problems),
        past=past_imports.in_words(past),
        place="more",
    )
