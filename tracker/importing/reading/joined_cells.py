"""Cells that a spreadsheet shows as one over several rows: their text is that of each of these rows.

The file says which they are only after its rows, so they are looked for before; only the first holds the text.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Final

from tracker.importing.reading.records import LONGEST_ROW
from tracker.importing.reading.sheet_rows import SheetRow, column_number
from tracker.importing.reading.xml_parts import telling

_PIECE: Final = 1 << 18
_LONGEST: Final = 200
_MOST: Final = 50_000
_JOINED: Final = re.compile(
    rb'mergeCell [^<>]{0,50}?ref="([A-Z]{1,3})([0-9]{1,7}):[A-Z]{1,3}([0-9]{1,7})"', re.IGNORECASE
)

Joined = dict[int, dict[int, int]]
"""First row → column → last row."""


def find_joined(archive: zipfile.ZipFile, part: str) -> Joined:
    """Return the cells of a sheet that are joined over several rows. Raises `Broken`."""
    found: Joined = {}
    with telling(), archive.open(part) as data:
        kept = b""
        while piece := data.read(_PIECE):
            text = kept + piece
            for match in _JOINED.finditer(text):
                first, last = int(match[2]), int(match[3])
                if last > first and len(found) < _MOST:
                    found.setdefault(first, {})[column_number(match[1].decode())] = last
            kept = text[-_LONGEST:]
    return found


def spread(rows: Iterable[SheetRow], joined: Joined) -> Iterator[SheetRow]:
    """Yield `rows`, those that say anything else with the texts of cells that are joined with one above."""
    over: dict[int, tuple[int, str]] = {}
    for row in rows:
        over = {column: (last, text) for column, (last, text) in over.items() if last >= row.number}
        lacking = {column: text for column, (_last, text) in over.items() if column not in row.cells}
        if lacking and row.cells and sum(map(len, lacking.values())) < LONGEST_ROW:
            row.cells.update(lacking)
        for column, last in joined.get(row.number, {}).items():
            if column in row.cells:
                over[column] = (last, row.cells[column])
        yield row
