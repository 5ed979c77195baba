"""A file that waits for its person's word, read again from what is kept of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tracker.domain.headings import own_headings
from tracker.domain.questionnaire import Item, Questionnaire, Ruler
from tracker.imports.apps import App, prepared
from tracker.imports.archive import read_archive
from tracker.imports.diaries import read_diary
from tracker.imports.foreign import Sheet, is_ours, read_sheet
from tracker.imports.mapped import MappedFile, read_mapped
from tracker.imports.problems import Problem
from tracker.imports.proposals import Proposal, propose
from tracker.imports.readings import Reading, from_text
from tracker.imports.tables import Table
from tracker.services import imports
from tracker.services.imports import Format, Upload
from tracker.services.intakes import Intake, of_archive, of_diary
from tracker.storage.questionnaires import current as asked_now
from tracker.storage.questionnaires import own_items_of
from tracker.web.access import found
from tracker.web.context import current, current_account


@dataclass(frozen=True, slots=True)
class Foreign:
    """A table of another app that waits.

    `table` has one column an answer; `own` are the person's own symptoms by what their columns
    are called, `asked` is what the diary asks, `reading` what was said so far.
    """

    batch: str
    file: Upload
    sheet: Sheet
    app: App | None
    table: Table
    own: Mapping[str, Item]
    asked: Questionnaire
    reading: Reading | None

    def proposal(self) -> Proposal:
        """Return what may be filled in beforehand."""
        return propose(self.app, self.table, self.own, self.asked.ruler)

    def mapped(self) -> MappedFile | None:
        """Return the nights; None where nobody said yet how they are read."""
        if self.reading is None:
            return None
        return read_mapped(self.table, self.reading, current_account().tzinfo)

    def intake(self, mapped: MappedFile) -> Intake:
        """Return what the file brings; what the diary asks each night stays as it is."""
        with current().database.reading() as session:
            mine = own_items_of(session, current_account().id)
        return replace(of_diary(mapped.file.diary, mine, current().now), asks_on=False)


def is_foreign(file: Upload) -> bool:
    """Say whether a file is a table whose columns are not ours."""
    return file.format is Format.CSV and not is_ours(file.content)


def waiting(batch: str) -> Upload:
    """Return a file of this person's that waits; 404 where there is none."""
    with current().database.reading() as session:
        return found(imports.kept_upload(session, current_account(), batch))


def foreign(batch: str) -> Foreign:
    """Return another app's table that waits; 404 where there is none."""
    who = current_account()
    file = waiting(batch)
    found(is_foreign(file) or None)
    with current().database.reading() as session:
        told = imports.said(session, who, batch)
        mine = own_items_of(session, who.id)
        asked = asked_now(session, who.id)
    sheet = read_sheet(file.content)
    app, table = prepared(sheet.table)
    reading = None if told is None else from_text(told)
    return Foreign(batch, file, sheet, app, table, own_headings(mine), asked, reading)


def read_ours(file: Upload, ruler: Ruler) -> tuple[Intake, Sequence[Problem]]:
    """Return what an archive or a table of ours brings, and what is wrong in it."""
    if file.format is Format.JSON:
        return of_archive(read_archive(file.content)), ()
    diary = read_diary(file.content, ruler, {})
    with current().database.reading() as session:
        mine = own_items_of(session, current_account().id)
    return of_diary(diary.diary, mine, current().now), diary.problems
