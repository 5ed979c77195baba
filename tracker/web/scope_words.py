"""A scope in words, alike for who gives it and for who gets it."""

from collections.abc import Iterable

from tracker.domain.questionnaire import Item
from tracker.domain.scopes import Scope
from tracker.domain.spans import ONE_DAY
from tracker.web.figures import dated_day, name_of
from tracker.web.words import _


def lines_of(scope: Scope, items: Iterable[Item]) -> tuple[str, ...]:
    """Return what may be read: the nights, the questions, what goes beside, the file; a line each.

    Args:
        scope: what may be read.
        items: the owner's, of which those in the scope are named, in their order.
    """
    return (
        nights_of(scope),
        questions_of(scope, items),
        _("Notes: yes") if scope.notes else _("Notes: no"),
        _("Medicines, side effects and measurements: yes")
        if scope.treatment
        else _("Medicines, side effects and measurements: no"),
        _("May save the report as a file") if scope.pdf else _("May not save the report as a file"),
    )


def nights_of(scope: Scope) -> str:
    """Return which nights may be read."""
    first = None if scope.first is None else dated_day(scope.first)
    last = None if scope.end is None else dated_day(scope.end - ONE_DAY)
    if first and last:
        return _("Nights from %(first)s to %(last)s", first=first, last=last)
    if first:
        return _("Nights from %(first)s on, those to come too", first=first)
    if last:
        return _("Nights up to %(last)s", last=last)
    return _("All nights, those to come too")


def questions_of(scope: Scope, items: Iterable[Item]) -> str:
    """Return which questions may be read."""
    if scope.items is None:
        return _("All questions, later ones too")
    names = ", ".join(name_of(item) for item in items if item.key in scope.items)
    return _("Only these questions: %(names)s", names=names)
