"""A strict CSV reader: every cell is text and knows its file, row and column.

UTF-8 with or without byte order mark, comma, RFC 4180. Nothing is guessed, repaired or dropped: bytes that are not
UTF-8, NUL, quotes that do not close, ragged rows, unknown, doubled and missing columns are problems with their place.
Rows without any text are passed over. Memory is bounded by `LONGEST_ROW`, whatever the file holds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tracker.domain.headers import column_of
from tracker.domain.text import quoted
from tracker.errors import DiskTrouble
from tracker.i18n import _, ngettext
from tracker.importing.problems import Problems
from tracker.importing.reading.records import RawRow, delimited, ragged


@dataclass(frozen=True, slots=True)
class Line:
    """One row: `number` as a spreadsheet shows it (the header is 1), `cells` has the columns that hold text."""

    file: str
    number: int
    cells: dict[str, str]


def read_lines(
    path: Path, columns: tuple[str, ...], problems: Problems, *, required: Sequence[str] = ()
) -> Iterator[Line]:
    """Yield the rows of the CSV file at `path` that hold any text.

    `columns` are those this kind of list can have, found by key or header, in any order; `required` must be there.
    Problems of form are added to `problems`; after a wrong header or a broken row no further row comes. Raises
    `DiskTrouble`.
    """
    try:
        file = path.open(encoding="utf-8-sig", errors="surrogateescape", newline="")
    except OSError as problem:
        raise DiskTrouble(
            _("{path} cannot be read: {why}.").format(path=path, why=problem.strerror or problem)
        ) from problem
    with file:
        yield from _lines(file, path.name, columns, problems, required)


def _lines(
    file: IO[str], name: str, columns: tuple[str, ...], problems: Problems, required: Sequence[str]
) -> Iterator[Line]:
    records = delimited(file)
    header = next(records, None)
    found = _read_header(header, name, columns, problems, required)
    if found is None:
        return
    for number, record, wrong, _last in records:
        for one in wrong:
            problems.add(one.message, file=name, row=number)
        if wrong or not any(record):
            continue
        if len(record) != len(found):
            problems.add(ragged(len(record), len(found)), file=name, row=number)
            continue
        cells = {column: cell for column, cell in zip(found, record, strict=True) if cell and not cell.isspace()}
        if cells:
            yield Line(name, number, cells)


def _read_header(
    first: RawRow | None, name: str, columns: tuple[str, ...], problems: Problems, required: Sequence[str]
) -> list[str] | None:
    """Return the column of each header cell, or None where one is unknown, doubled or missing."""
    if first is not None and first.wrong:
        problems.add(first.wrong[0].message, file=name, row=1)
        return None
    header = first.cells if first is not None else []
    if not any(cell.strip() for cell in header):
        problems.add(_("There is no header: the first row must name the columns."), file=name, row=1)
        return None
    found = [column_of(cell, columns) for cell in header]
    before = problems.count
    _check_header(header, found, name, columns, problems)
    missing = [column for column in required if column not in found]
    if missing:
        problems.add(
            ngettext("The column {columns} is missing.", "The columns {columns} are missing.", len(missing)).format(
                columns=", ".join(missing)
            ),
            file=name,
            row=1,
        )
    return None if problems.count > before else [column or "" for column in found]


def _check_header(
    header: list[str], found: list[str | None], name: str, columns: tuple[str, ...], problems: Problems
) -> None:
    """Add a problem for each header cell that means no column, or one that another cell means already."""
    from difflib import get_close_matches

    seen: set[str] = set()
    for place, (cell, column) in enumerate(zip(header, found, strict=True), 1):
        if column is None:
            if not cell.strip():
                message = _("Column {n} has no header.").format(n=place)
            else:
                message = _("There is no column {header} in this kind of list.").format(header=quoted(cell))
                near = get_close_matches(cell.strip().lower(), columns, n=1)
                if near:
                    message += " " + _("Did you mean {near}?").format(near=near[0])
            problems.add(message, file=name, row=1)
        elif column in seen:
            problems.add(_("The column {column} is there twice.").format(column=column), file=name, row=1)
        else:
            seen.add(column)
