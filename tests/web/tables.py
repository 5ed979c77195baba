"""A table of another app that waits half said, beside whatever else waits."""

from datetime import datetime
from typing import Final

from tracker.domain.people import Account
from tracker.domain.questionnaire import Ruler
from tracker.imports.moments import DateOrder
from tracker.imports.readings import Column, Reading, as_text
from tracker.storage import imports
from tracker.storage.database import Session
from tracker.storage.imports import Import
from tracker.storage.tables.files import Format

TABLE: Final = b"day,ache\n31.01.2026,1\n01.02.2026,bad\n01.02.2026,2\n"


def with_table(session: Session, who: Account, now: datetime) -> dict[str, str]:
    """Keep a table whose columns are said; return the address it waits under."""
    columns = {"day": Column("date"), "ache": Column("own:Ache:lower")}
    told = as_text(Reading(columns, Ruler.NRS, DateOrder.DMY))
    batch = Import("table", Format.CSV, "table.csv", "ab" * 32, who.id, now)
    imports.open_import(session, who.id, batch, TABLE)
    imports.keep_reading(session, who.id, batch.id, told)
    return {"table_id": batch.id}
