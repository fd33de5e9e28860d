"""CSV (RFC 4180, UTF-8): exact for machines, or made safe for spreadsheets."""

import csv
from typing import IO

from tracker.i18n import language
from tracker.render.cells import JOINT, exact
from tracker.table import Cell, Row, Table

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def defused(text: str) -> str:
    """Return `text` so that no spreadsheet takes it for a formula: a leading apostrophe where it could."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def write(table: Table, file: IO[str], *, for_spreadsheet: bool = False) -> int:
    """Write a header of column keys, then the rows; return their number.

    For spreadsheets: the byte order mark that Excel needs, `;` between cells in Spanish (Excel in Spanish opens
    comma CSV in one column), and cells that could run as formulas begin with an apostrophe.
    """
    semicolon = for_spreadsheet and language() == "es"
    writer = csv.writer(file, delimiter=";" if semicolon else ",")
    if for_spreadsheet:
        file.write("\ufeff")

    def cells(row: Row) -> list[Cell]:
        if for_spreadsheet:
            return [cell if isinstance(cell, int) else defused(exact(cell)) for cell in row]
        # The writer turns numbers and nothing into text as `exact` would, a third faster.
        return [JOINT.join(cell) if isinstance(cell, tuple) else cell for cell in row]

    writer.writerow(table.keys())
    count = 0
    if table.blocks is not None and not for_spreadsheet and table.totals is None:
        for rows, text in table.blocks():
            file.write(text)
            count += rows
        return count
    for row in table.rows:
        writer.writerow(cells(row))
        count += 1
    if table.totals is not None:
        writer.writerow(cells(table.totals))
    return count
