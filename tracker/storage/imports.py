"""Files taken in: rows staged in batches that nobody sees until `flips.py` makes them nights."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, case, delete, distinct, func, insert, select, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session

from tracker.domain.revisions import Origin, Revision
from tracker.domain.words import N_, Refused
from tracker.storage.models import imports, mappings, revisions, staged_answers, staged_revisions
from tracker.storage.questionnaires import AnyRow
from tracker.storage.revisions import answer_rows, revision_row
from tracker.storage.tables.files import Format, ImportState

_LISTED: Final = (
    select(*(column for column in imports.columns if column.name != "content"))
    .where(imports.c.owner == bindparam("owner"))
    .order_by(imports.c.created_at.desc(), imports.c.id)
)

_SAYING: Final = postgresql.insert(mappings)
_SAY: Final = _SAYING.on_conflict_do_update(
    index_elements=["owner", "import_id"], set_={"told": _SAYING.excluded.told}
)
_BROUGHT: Final = (
    select(revisions.c.import_id, func.count(distinct(revisions.c.day)).label("nights"))
    .where(revisions.c.owner == bindparam("owner"), revisions.c.import_id.is_not(None))
    .group_by(revisions.c.import_id)
)


class ImportMissing(Refused):
    """There is no such batch, or it is past what was asked of it."""

    def __init__(self) -> None:
        super().__init__(N_("That import isn't waiting for this any more."))


@dataclass(frozen=True, slots=True)
class Import:
    """One file taken in; `file_name` is as the person's own computer calls it."""

    id: str
    format: Format
    file_name: str
    file_sha256: str
    author: str
    created_at: datetime
    state: ImportState = ImportState.STAGED
    applied_at: datetime | None = None
    undone_at: datetime | None = None


def open_import(session: Session, owner: str, batch: Import, content: bytes | None = None) -> None:
    """Store a new batch, still empty; `content` is the file, kept until it is decided on."""
    session.execute(
        insert(imports).values(
            owner=owner,
            id=batch.id,
            state=ImportState.STAGED.value,
            format=batch.format.value,
            file_name=batch.file_name,
            file_sha256=batch.file_sha256,
            author=batch.author,
            created_at=batch.created_at,
            content=content,
        )
    )


def stage(session: Session, owner: str, import_id: str, nights: Iterable[Revision]) -> int:
    """Add revisions to a batch that is not yet applied and return how many; 2 statements.

    A few hundred a transaction keep other people's saving quick.
    """
    marked = [replace(one, origin=Origin.IMPORT, import_id=import_id) for one in nights]
    if not marked:
        return 0
    session.execute(insert(staged_revisions), [revision_row(owner, one) for one in marked])
    rows = [row | {"import_id": import_id} for one in marked for row in answer_rows(owner, one)]
    if rows:
        session.execute(insert(staged_answers), rows)
    return len(marked)


def renumber(session: Session, owner: str, import_id: str, numbers: Mapping[int, int]) -> None:
    """Let staged revisions name versions of the person's instead of the file's."""
    column = staged_revisions.c.questionnaire
    moved = {old: new for old, new in numbers.items() if old != new}
    if moved:
        session.execute(
            update(staged_revisions)
            .where(staged_revisions.c.owner == owner, staged_revisions.c.import_id == import_id)
            .values(questionnaire=case(moved, value=column, else_=column))
        )


def list_imports(session: Session, owner: str) -> Sequence[Import]:
    """Return the person's batches, newest first."""
    return [_read(row) for row in session.execute(_LISTED, {"owner": owner})]


def find_import(session: Session, owner: str, import_id: str) -> Import | None:
    """Return one batch."""
    found = session.execute(_LISTED.where(imports.c.id == import_id), {"owner": owner}).first()
    return None if found is None else _read(found)


def content_of(session: Session, owner: str, import_id: str) -> bytes | None:
    """Return the file of a batch that is not decided on; None where there is no such."""
    return session.scalar(
        select(imports.c.content).where(imports.c.owner == owner, imports.c.id == import_id)
    )


def keep_reading(session: Session, owner: str, import_id: str, told: str) -> None:
    """Keep how a file is read, in place of what was said before."""
    session.execute(_SAY, {"owner": owner, "import_id": import_id, "told": told})


def readings_of(session: Session, owner: str) -> Mapping[str, str]:
    """Return how the person's files are read, by batch, where that was said."""
    rows = select(mappings.c.import_id, mappings.c.told).where(mappings.c.owner == owner)
    return {row.import_id: row.told for row in session.execute(rows)}


def count_nights(session: Session, owner: str) -> Mapping[str, int]:
    """Return how many nights each batch brought or added to."""
    return {row.import_id: row.nights for row in session.execute(_BROUGHT, {"owner": owner})}


def drop_staged(session: Session, owner: str) -> None:
    """Throw away whatever the person began to import and never confirmed."""
    waiting = select(imports.c.id).where(
        imports.c.owner == owner, imports.c.state == ImportState.STAGED.value
    )
    for import_id in session.scalars(waiting).all():
        drop_import(session, owner, import_id)


def drop_import(session: Session, owner: str, import_id: str) -> None:
    """Throw a staged batch away.

    Raises:
        ImportMissing: there is no such batch that is only staged.
    """
    move(session, owner, import_id, {"state": ImportState.DROPPED}, since=ImportState.STAGED)
    clear_staged(session, owner, import_id)
    said = (mappings.c.owner == owner, mappings.c.import_id == import_id)
    session.execute(delete(mappings).where(*said))


def move(
    session: Session,
    owner: str,
    import_id: str,
    values: dict[str, Any],
    *,
    since: ImportState,
) -> None:
    """Move a batch on from the state `since`, once.

    Raises:
        ImportMissing: there is no such batch in that state.
    """
    one = update(imports).where(
        imports.c.owner == owner, imports.c.id == import_id, imports.c.state == since.value
    )
    if (
        session.execute(one.values(values | {"content": None}).returning(imports.c.id)).first()
        is None
    ):
        raise ImportMissing


def clear_staged(session: Session, owner: str, import_id: str) -> None:
    """Delete the staged rows of a batch."""
    for table in (staged_answers, staged_revisions):
        session.execute(delete(table).where(table.c.owner == owner, table.c.import_id == import_id))


def _read(row: AnyRow) -> Import:
    return Import(
        id=row.id,
        format=Format(row.format),
        file_name=row.file_name,
        file_sha256=row.file_sha256,
        author=row.author,
        created_at=row.created_at,
        state=ImportState(row.state),
        applied_at=row.applied_at,
        undone_at=row.undone_at,
    )
