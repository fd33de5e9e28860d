"""Which row names the columns: the first that holds anything, unless somebody says otherwise or a later one looks it.

Spreadsheets made for people often have a title above their header. That is told, never passed over silently.
"""

from itertools import islice
from typing import TYPE_CHECKING, Final

from tracker.domain.headers import column_of
from tracker.domain.lists import CLAIMS, LIST
from tracker.domain.text import quoted
from tracker.errors import BadValue
from tracker.i18n import _
from tracker.importing.reading.delimiters import DELIMITERS

if TYPE_CHECKING:
    from tracker.importing.reading import Reading

_ROWS: Final = 30
"""Rows looked at."""

_KNOWN: Final = 2
"""Known columns that make a row look like a header."""

_NAMED: Final = 5


class HeaderBelow(BadValue):
    """The first row names no column that is known, and `row` looks like the header; `first` is that first row."""

    def __init__(self, reading: "Reading", row: int, names: list[str]) -> None:
        first = reading.header_row
        title = next(cell.strip() for cell in reading.header if cell.strip())
        super().__init__(
            _("{file}: row {first} ({title}) names no column, and row {row} looks like the header: {names}.").format(
                file=reading.name,
                first=first,
                title=quoted(title, 40),
                row=row,
                names=", ".join(quoted(name, 40) for name in names[:_NAMED]),
            ),
            hint=_("Say --header-row {row}; or --header-row {first}, if that is the header.").format(
                row=row, first=first
            ),
        )
        self.row = row
        self.first = first


def check_header(reading: "Reading") -> None:
    """Raise HeaderBelow where a row below the first rather looks like the header."""
    filled = sum(1 for cell in reading.header if cell.strip())
    if filled > 1 and _known(reading.header):
        return
    for row in islice(reading.read(), _ROWS):
        for cells in _parted(row.cells, reading.form.delimiter):
            known = _known(cells)
            named = [cell.strip() for cell in cells if cell.strip()]
            if known >= _KNOWN and (filled == 1 or 2 * known >= len(named)):
                raise HeaderBelow(reading, row.number, named)


def _parted(cells: list[str], delimiter: str | None) -> list[list[str]]:
    """Return the cells of a row; of a text with one cell, also as other characters part it."""
    if delimiter is None or len(cells) != 1:
        return [cells]
    return [cells, *(cells[0].split(char) for char in DELIMITERS if char in cells[0])]


def _known(cells: list[str]) -> int:
    """Return how many columns of a list the cells name."""
    found = {column_of(cell, LIST) or column_of(cell, CLAIMS) for cell in cells if cell.strip()}
    return len(found - {None})
