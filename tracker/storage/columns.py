"""The kinds of column that the tables are made of, each with the rules both databases enforce."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeDecorator, TypeEngine

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    },
)


# A day that the calendar has, a time that a clock shows, and microseconds.
_UTC: Final = (
    "{0} IS NULL OR (length({0}) = 26"
    " AND datetime(substr({0}, 1, 19), '+0 days') IS substr({0}, 1, 19))"
)


class Rule(NamedTuple):
    """A CHECK on one column; `{0}` stands for its name, `only` for the one database it is for."""

    name: str
    sql: str
    only: str | None = None


class Utc(TypeDecorator[datetime]):
    """An instant, aware and in UTC on the way in and out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time, turn any other into UTC."""
        del dialect  # the same on both
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time needs its zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the instant back in UTC; SQLite keeps no zone, PostgreSQL gives the session's."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


class Whole(TypeDecorator[int]):
    """A whole number; PostgreSQL would round 1.5 and SQLite keep it, here both refuse."""

    impl: type[Integer] = Integer
    limit = 2**31
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int | None:
        """Refuse what is no whole number."""
        del dialect  # the same on both
        if value is not None and (type(value) is not int or abs(value) >= self.limit):
            raise ValueError(f"a whole number below {self.limit} is needed")
        return value


class Wide(Whole):
    """A whole number for which four bytes are too few."""

    impl = BigInteger
    limit = 2**63
    cache_ok = True


def text(
    name: str,
    limit: int,
    *,
    least: int = 0,
    nullable: bool = False,
    primary_key: bool = False,
    by_code_point: bool = False,
) -> Column[str]:
    """Return a column of `least` to `limit` code points.

    `by_code_point`: both databases give it the same order, whatever language PostgreSQL was set
    up for.
    """
    return _column(
        name,
        Text().with_variant(Text(collation="C"), "postgresql") if by_code_point else Text(),
        Rule("length", f"length({{0}}) BETWEEN {least} AND {limit}"),
        # PostgreSQL refuses a NUL by itself, SQLite's length() stops at it.
        Rule("text", "{0} IS NULL OR (typeof({0}) = 'text' AND instr({0}, char(0)) = 0)", "sqlite"),
        nullable=nullable,
        primary_key=primary_key,
    )


def key(name: str, *, nullable: bool = False, primary_key: bool = False) -> Column[str]:
    """Return a column for a random public id."""
    return text(name, 40, least=1, nullable=nullable, primary_key=primary_key)


def owner(*, primary_key: bool = True) -> Column[str]:
    """Return the column that says whose the row is."""
    column = key("owner", primary_key=primary_key)
    column.append_foreign_key(ForeignKey("accounts.id"))
    return column


def sha256(name: str, *, nullable: bool = False, primary_key: bool = False) -> Column[str]:
    """Return a column for a SHA-256 or HMAC-SHA256 in 64 hexadecimal letters."""
    return text(name, 64, least=64, nullable=nullable, primary_key=primary_key)


def digest(name: str, *, nullable: bool = False, primary_key: bool = False) -> Column[bytes]:
    """Return a column for the 32 bytes of a SHA-256 of a secret."""
    return _column(
        name,
        LargeBinary(),
        Rule("length", "length({0}) = 32"),
        Rule("bytes", "{0} IS NULL OR typeof({0}) = 'blob'", "sqlite"),
        nullable=nullable,
        primary_key=primary_key,
    )


def sealed(name: str, limit: int, *, nullable: bool = False) -> Column[bytes]:
    """Return a column for at most `limit` bytes that are encrypted."""
    return _column(
        name,
        LargeBinary(),
        Rule("length", f"length({{0}}) BETWEEN 1 AND {limit}"),
        Rule("bytes", "{0} IS NULL OR typeof({0}) = 'blob'", "sqlite"),
        nullable=nullable,
    )


def choice(
    name: str, values: Iterable[str], *, nullable: bool = False, primary_key: bool = False
) -> Column[str]:
    """Return a column that takes one of `values` only."""
    rule = Rule("choice", "{0} IN " + listed(values))
    return _column(name, Text(), rule, nullable=nullable, primary_key=primary_key)


def whole(
    name: str, low: int, high: int = 2**31 - 1, *, nullable: bool = False, primary_key: bool = False
) -> Column[int]:
    """Return a column of whole numbers from `low` to `high`."""
    return _column(
        name,
        Whole() if high < Whole.limit else Wide(),
        Rule("range", f"{{0}} BETWEEN {low} AND {high}"),
        Rule("whole", "{0} IS NULL OR typeof({0}) = 'integer'", "sqlite"),
        nullable=nullable,
        primary_key=primary_key,
    )


def flag(name: str, *, server_default: ColumnElement[bool] | None = None) -> Column[bool]:
    """Return a column of yes or no.

    `server_default`: what a release that doesn't know the column yet stores.
    """
    rule = Rule("flag", "{0} IN (0, 1)", "sqlite")
    return _column(name, Boolean(), rule, server_default=server_default)


def day(name: str, *, nullable: bool = False, primary_key: bool = False) -> Column[Any]:
    """Return a column for a calendar day."""
    return _column(
        name,
        Date(),
        Rule("day", "date({0}, '+0 days') IS {0}", "sqlite"),
        nullable=nullable,
        primary_key=primary_key,
    )


def utc(name: str, *, nullable: bool = False, primary_key: bool = False) -> Column[datetime]:
    """Return a column for an instant."""
    return _column(
        name,
        Utc(),
        Rule("utc", _UTC, "sqlite"),
        nullable=nullable,
        primary_key=primary_key,
    )


def listed(values: Iterable[str]) -> str:
    """Return `values`, which are the program's own words, as an SQL list.

    >>> listed(["nrs", "vas"])
    "('nrs', 'vas')"
    """
    return "(" + ", ".join(f"'{value}'" for value in values) + ")"


def table(name: str, *parts: SchemaItem, clustered: bool = False) -> Table:
    """Return the table `name` with the rules of its columns as CHECKs.

    Args:
        name: plural.
        parts: columns and constraints.
        clustered: rows lie in the order of their key (owner first) on SQLite, one tree a table.
    """
    made = Table(name, metadata, *parts, sqlite_with_rowid=not clustered)
    for column in made.columns:
        for rule in _rules(column):
            check = CheckConstraint(rule.sql.format(column.name), name=f"{column.name}_{rule.name}")
            made.append_constraint(check if rule.only is None else check.ddl_if(dialect=rule.only))
    return made


def _column(
    name: str,
    kind: TypeEngine[Any],
    *rules: Rule,
    nullable: bool = False,
    primary_key: bool = False,
    server_default: ColumnElement[bool] | None = None,
) -> Column[Any]:
    return Column(
        name,
        kind,
        nullable=nullable,
        primary_key=primary_key,
        server_default=server_default,
        info={"rules": rules},
    )


def _rules(column: Column[Any]) -> Sequence[Rule]:
    rules: Sequence[Rule] = column.info.get("rules", ())
    return rules
