"""The sheet of a group report in plain lines, for a terminal."""

from collections.abc import Iterator, Sequence

from tracker.domain.group_sheets import Figure, Sheet, Table

NBSP = "\N{NO-BREAK SPACE}"


def plain_sheet(sheet: Sheet) -> str:
    """Return a sheet as text: its tables one below the other, then how they are read."""
    lines = [sheet.counted, *sheet.asked, ""]
    for table in sheet.tables:
        lines += [*_lines(table), ""]
    return "\n".join([*lines, *sheet.method]).replace(NBSP, " ") + "\n"


def _lines(table: Table) -> Iterator[str]:
    yield table.title
    if table.about:
        yield f"  {table.about}"
    rows = [[name, *map(_cell, cells)] for name, cells in table.rows]
    if any(table.heads):
        rows.insert(0, [*table.heads])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield f"  {_spaced(row, widths)}".rstrip()


def _cell(figure: Figure) -> str:
    return ", ".join(filter(None, (figure.text, figure.more)))


def _spaced(row: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
