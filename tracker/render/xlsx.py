"""XLSX: strings and whole numbers only, never a formula, a link or a date that a spreadsheet reads its own way.

The rows stand on the first sheet below one line of headings, the title and the notes on the second. Rows go straight
into unfinished files beside the workbook (never in a folder that all users share) and so take no memory; where there
is no such place, as in a pipe, they stay in memory.
"""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, Final

import xlsxwriter

from tracker.domain.text import safe
from tracker.errors import Refused
from tracker.i18n import _, ngettext
from tracker.render.cells import lines, shown
from tracker.table import Cell, Column, Row, Table

MOST_ROWS: Final = 1_048_576
LONGEST: Final = 32_767
LARGEST: Final = 2**53
WIDTHS: Final = {"count": 12, "date": 18, "ref": 14, "name": 34, "text": 24}


def write(table: Table, file: IO[bytes], target: Path | None = None) -> int:
    """Write the workbook that will be `target`; return the number of rows.

    Raises Refused for more rows than a sheet can hold.
    """
    if target is None:
        return _write(table, file, {"in_memory": True})
    with TemporaryDirectory(prefix=f".{target.name[:80]}.", suffix=".part", dir=target.parent) as unfinished:
        return _write(table, file, {"constant_memory": True, "tmpdir": unfinished})


def _write(table: Table, file: IO[bytes], options: dict[str, Any]) -> int:
    book = xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False, **options})
    try:
        made = _Sheet(book, table)
        count = made.write(table)
        _notes(book, table, made.cut)
    finally:
        book.close()
    return count


class _Sheet:
    """The sheet of the rows; `cut`: how many cells were longer than a cell can be."""

    def __init__(self, book: Any, table: Table) -> None:
        self.cut = 0
        self._bold = book.add_format({"bold": True})
        self._sheet = book.add_worksheet(_("List"))
        self._shows = [shown(column) for column in table.columns]
        self._sheet.freeze_panes(1, 0)
        for place, column in enumerate(table.columns):
            self._sheet.set_column(place, place, _wide(column))

    def write(self, table: Table) -> int:
        for place, column in enumerate(table.columns):
            self._text(0, place, safe(_(column.label)), self._bold)
        count = 0
        for row in table.rows:
            count += 1
            if count >= MOST_ROWS:
                raise Refused(
                    _("A spreadsheet holds {most} rows, and there are more.").format(most=f"{MOST_ROWS - 1:,}"),
                    hint=_("Write CSV, or ask for fewer rows. Nothing was written."),
                )
            self._row(count, row)
        if table.totals is not None:
            self._row(count + 1, table.totals, self._bold)
        self._sheet.autofilter(0, 0, max(count, 1), max(len(table.columns) - 1, 0))
        return count

    def _row(self, line: int, row: Row, style: Any = None) -> None:
        for place, (cell, show) in enumerate(zip(row, self._shows, strict=True)):
            if isinstance(cell, int) and -LARGEST <= cell <= LARGEST:
                self._sheet.write_number(line, place, cell, style)
            elif text := self._words(cell, show):
                self._text(line, place, text, style)

    @staticmethod
    def _words(cell: Cell, show: Any) -> str:
        return "" if cell is None else show(cell)

    def _text(self, line: int, place: int, text: str, style: Any) -> None:
        if len(text) > LONGEST:
            self.cut += 1
            text = text[: LONGEST - 1] + "…"
        self._sheet.write_string(line, place, text, style)


def _notes(book: Any, table: Table, cut: int) -> None:
    """Write the title and the notes on a sheet of their own."""
    sheet = book.add_worksheet(_("Notes"))
    sheet.set_column(0, 0, 100)
    found = [line for line in (table.title, *table.foot) if line]
    if cut:
        more = ngettext(
            "{n} cell is longer than a spreadsheet's cell can be and ends in …; CSV holds it whole.",
            "{n} cells are longer than a spreadsheet's cell can be and end in …; CSV holds them whole.",
            cut,
        )
        found.append(more.format(n=cut))
    for place, line in enumerate(found):
        sheet.write_string(place, 0, lines(line)[:LONGEST])


def _wide(column: Column) -> int:
    return WIDTHS.get(column.kind, WIDTHS["text"])
