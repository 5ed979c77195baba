"""What is wrong with a file or an answer as a page says it: without a command's options."""

from dataclasses import replace
from typing import Final

from tracker.domain import answers
from tracker.domain.words import N_, Refused
from tracker.imports import columns
from tracker.imports.problems import Problem
from tracker.web.words import _

ON_PAGES: Final = {
    answers.ABOVE: N_("%(text)s is above %(high)s. Use a whole number from %(low)s to %(high)s."),
    columns.UNKNOWN: N_(
        "This column is not known. Give it one of these names, or remove it: %(items)s."
    ),
    columns.NO_DATE: N_(
        "The first line must name the columns, with commas between them, and one of them "
        "must be “date”."
    ),
}


def of_problem(problem: Problem) -> str:
    """Return one line in the reader's language."""
    return replace(problem, text=ON_PAGES.get(problem.text, problem.text)).in_words(_)


def of_refusal(refused: Refused) -> Refused:
    """Return the refusal of a whole file, or of an answer, as a page says it."""
    return Refused(ON_PAGES.get(refused.text, refused.text), **refused.values)
