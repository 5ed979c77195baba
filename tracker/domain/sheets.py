"""Cells that a spreadsheet must not take for formulas: guarded in a file, bared when read."""

from typing import Final

GUARD: Final = "'"
_RISKY: Final = ("=", "+", "-", "@", "\t", "\r", GUARD)


def guarded(cell: str) -> str:
    """Return `cell` as it is written into a CSV file.

    >>> guarded("=1+1"), guarded("fine"), guarded("'tis")
    ("'=1+1", 'fine', "''tis")
    """
    return GUARD + cell if cell.startswith(_RISKY) else cell


def bared(cell: str) -> str:
    """Return what `guarded` was given; a cell that never was guarded stays as it is.

    >>> bared("'=1+1"), bared("'tis"), bared("''tis")
    ('=1+1', "'tis", "'tis")
    """
    bare = cell.removeprefix(GUARD)
    return bare if bare.startswith(_RISKY) else cell
