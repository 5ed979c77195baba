"""What may never happen to a row that was written, said to the database itself.

Rows of `APPEND_ONLY` are neither changed nor deleted, with two exceptions: the rows of a person who
stands in `erasures` may go, and a revision's note and reason may be emptied for good. An own
symptom's words stand still from its first answer on. PostgreSQL and SQLite refuse alike.
"""

from typing import Final

from sqlalchemy import DDL, MetaData, Table, event

from tracker.storage.models import (
    answers,
    audit_checkpoints,
    audit_events,
    erasures,
    metadata,
    own_items,
    questionnaire_items,
    questionnaires,
    revisions,
)

APPEND_ONLY: Final = (
    answers,
    audit_checkpoints,
    audit_events,
    questionnaire_items,
    questionnaires,
    revisions,
)
PURGED: Final = ("note", "reason", "purged_at")

_ERASED: Final = "EXISTS (SELECT 1 FROM erasures WHERE owner = OLD.owner)"
_ANSWERED: Final = "EXISTS (SELECT 1 FROM answers WHERE owner = OLD.owner AND item = OLD.item)"

# The newest event is its chain's head: said here once, instead of by every deed.
_MOVE_HEAD: Final = (
    "UPDATE audit_heads SET number = NEW.number, hash = NEW.hash WHERE owner = NEW.owner;"
)


def _function(name: str, unless: str, result: str) -> str:
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$\n"
        f"BEGIN\n  IF {unless} THEN RETURN {result}; END IF;\n"
        "  RAISE EXCEPTION USING MESSAGE = 'rows of ' || TG_TABLE_NAME || ' stay as they are',\n"
        "    ERRCODE = 'integrity_constraint_violation';\nEND $$"
    )


_FUNCTIONS: Final = {
    "refuse_change": _function("refuse_change", "FALSE", "NULL"),
    "refuse_unless_erased": _function("refuse_unless_erased", _ERASED, "OLD"),
    "move_audit_head": (
        "CREATE FUNCTION move_audit_head() RETURNS trigger LANGUAGE plpgsql AS $$\n"
        f"BEGIN\n  {_MOVE_HEAD}\n  RETURN NULL;\nEND $$"
    ),
    "refuse_once_answered": _function("refuse_once_answered", f"NOT {_ANSWERED}", "NEW"),
}


def _run(target: Table | MetaData, moment: str, dialect: str, statement: str) -> None:
    made = DDL(statement)  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it untyped
    event.listen(target, moment, made.execute_if(dialect=dialect))


def _sqlite(table: Table, deed: str, unless: str) -> None:
    statement = (
        f"CREATE TRIGGER {table.name}_{deed.lower()} BEFORE {deed} ON {table.name}\n"
        f"WHEN NOT ({unless})\n"
        f"BEGIN SELECT RAISE(ABORT, 'rows of {table.name} stay as they are'); END"
    )
    _run(table, "after_create", "sqlite", statement)


def _postgres(table: Table, deed: str, function: str, when: str = "") -> None:
    each = "STATEMENT" if deed == "TRUNCATE" else "ROW"
    statement = (
        f"CREATE TRIGGER {table.name}_{deed.lower()} BEFORE {deed} ON {table.name}\n"
        f"FOR EACH {each} {when}EXECUTE FUNCTION {function}()"
    )
    _run(table, "after_create", "postgresql", statement)


def _same(table: Table, operator: str) -> str:
    kept = (column.name for column in table.columns if column.name not in PURGED)
    same = " AND ".join(f"OLD.{name} {operator} NEW.{name}" for name in kept)
    return f"NEW.purged_at IS NOT NULL AND NEW.reason IN ('', OLD.reason) AND {same}"


def _append_only(table: Table) -> None:
    purge = table is revisions
    _sqlite(table, "UPDATE", _same(table, "IS") if purge else "0")
    _sqlite(table, "DELETE", _ERASED)
    when = f"WHEN (NOT ({_same(table, 'IS NOT DISTINCT FROM')})) " if purge else ""
    _postgres(table, "UPDATE", "refuse_change", when)
    _postgres(table, "DELETE", "refuse_unless_erased")
    _postgres(table, "TRUNCATE", "refuse_change")


for _name, _statement in _FUNCTIONS.items():
    _run(metadata, "before_create", "postgresql", _statement)
    _run(metadata, "after_drop", "postgresql", f"DROP FUNCTION {_name}()")
for _table in APPEND_ONLY:
    _append_only(_table)
_sqlite(own_items, "UPDATE", f"NOT {_ANSWERED}")
_sqlite(own_items, "DELETE", _ERASED)
_postgres(own_items, "UPDATE", "refuse_once_answered")
_postgres(own_items, "DELETE", "refuse_unless_erased")
_run(
    audit_events,
    "after_create",
    "sqlite",
    f"CREATE TRIGGER audit_events_insert AFTER INSERT ON audit_events\nBEGIN {_MOVE_HEAD} END",
)
_run(
    audit_events,
    "after_create",
    "postgresql",
    "CREATE TRIGGER audit_events_insert AFTER INSERT ON audit_events\n"
    "FOR EACH ROW EXECUTE FUNCTION move_audit_head()",
)
for _deed in ("UPDATE", "DELETE"):
    _sqlite(erasures, _deed, "0")
    _postgres(erasures, _deed, "refuse_change")
