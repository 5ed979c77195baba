"""The sheet of medicines in a workbook: a row a dose, or a medicine without one."""

from collections.abc import Iterator

from tracker.domain import medicine_words
from tracker.domain.dossiers import Dossier
from tracker.domain.medicines import Dose, Medicine
from tracker.domain.naming import Translate
from tracker.domain.opioids import NOTICE
from tracker.domain.spans import ONE_DAY
from tracker.domain.words import N_
from tracker.exports.sheets import Cell, Sheet

ADHERENCE = N_(
    "Dose taken: yes on %(taken)d nights, no on %(missed)d, not prescribed on %(not_prescribed)d, "
    "without an answer on %(unanswered)d."
)


def medicine_sheet(dossier: Dossier, translate: Translate) -> Sheet:
    """Return the medicines by first and last day; one that is taken has no last day."""
    heads = (
        N_("Medicine"),
        N_("First day"),
        N_("Last day"),
        N_("Usual time"),
        N_("Dose from"),
        N_("Dose, mg"),
        N_("Decided by"),
        N_("Remark"),
    )
    report = dossier.report
    told = {
        "taken": report.adherence.taken,
        "missed": report.adherence.missed,
        "not_prescribed": report.adherence.not_prescribed,
        "unanswered": report.adherence.unanswered,
    }
    remarks = [translate(ADHERENCE) % told]
    if report.notice is not None:
        remarks.append(translate(NOTICE))
    return Sheet(
        translate(N_("Medicines")),
        [translate(head) for head in heads],
        [row for medicine in report.medicines for row in _rows(medicine, translate)],
        remarks,
    )


def _rows(medicine: Medicine, translate: Translate) -> Iterator[list[Cell]]:
    about: list[Cell] = [
        medicine.name,
        medicine.start,
        None if medicine.end is None else medicine.end - ONE_DAY,
        None if medicine.at is None else f"{medicine.at:%H:%M}",
    ]
    if not medicine.doses:
        yield [*about, None, None, None, None]
    for dose in medicine.doses:
        yield [*about, *_dose(dose, translate)]


def _dose(dose: Dose, translate: Translate) -> list[Cell]:
    return [dose.start, dose.dose_mg, translate(medicine_words.FIRST[dose.by]), dose.note]
