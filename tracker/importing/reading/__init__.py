"""Somebody else's list as rows of text: CSV, TSV, JSON, JSON Lines, XLSX; from a file or standard input.

    files        the bytes: a file, or what another program sends
    encodings    which encoding a text is in
    delimiters   what parts its cells
    headers      which row names the columns
    records      rows, their limits, and the strict reader of delimited text
    texts        text files of every kind; json_tokens and json_lists read JSON, an element at a time
    workbook, joined_cells, sheet_cells, sheet_rows, xml_parts     XLSX, a row at a time, guarded against harmful files

What is recognised is said; what is not certain is asked for with the option that settles it. All of it streams: memory
does not grow with the list, and no row may be longer than `records.LONGEST_ROW`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO, Final

from tracker.errors import BadValue
from tracker.i18n import _
from tracker.importing.doubled import Doubled
from tracker.importing.reading.files import ListFile, find_file
from tracker.importing.reading.records import MOST_COLUMNS, RawRow, Wrong, ragged

__all__ = ["KINDS", "Form", "RawRow", "Reading", "open_list"]

KINDS: Final = ("csv", "tsv", "json", "jsonl", "xlsx")


@dataclass(frozen=True, slots=True)
class Form:
    """How a list is written down: its kind, and what applies to that kind."""

    kind: str
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A list opened: its form, header (as printed) and rows; `said` are sentences on what was recognised.

    `rows` may be asked for again, but one iteration is finished before the next begins. It yields each row that holds
    text, also those that are `wrong`; only `Mapping.lines` turns these into problems.
    """

    file: ListFile
    form: Form
    header: list[str]
    header_row: int
    said: list[str] = field(default_factory=list)
    read: Callable[[], Iterator[RawRow]] = field(default=lambda: iter(()), repr=False)
    doubled: Doubled = field(default_factory=Doubled, repr=False)

    @property
    def name(self) -> str:
        """The file's name as it was given."""
        return self.file.name

    def rows(self) -> Iterator[RawRow]:
        """Yield the rows below the header that hold text, or are wrong."""
        width = len(self.header)
        for row in self.read():
            if row.wrong:
                yield row
            elif (said := "".join(row.cells)) and not said.isspace():
                cells = len(row.cells)
                yield row if cells == width else row._replace(wrong=(Wrong(ragged(cells, width)),))


def open_list(
    path: Path | None,
    stdin: BinaryIO | None = None,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    kind: str | None = None,
    header_row: int | None = None,
    repair: bool | None = None,
) -> Reading:
    """Return the list in `path`, or what comes in on `stdin`.

    `header_row` is the row that names the columns, counted from 1; else it is the first that holds anything. `repair`
    says what becomes of text that was encoded twice: None refuses it. Raises `HeaderBelow` where a later row rather
    looks like the header, `BadValue` with the option to give where its form is not certain, or if it cannot be read as
    a list; `DiskTrouble`.
    """
    from tracker.importing.reading.headers import check_header
    from tracker.importing.reading.kinds import recognise_kind

    file = find_file(path, stdin)
    found = recognise_kind(file, kind, encoded=bool(encoding or delimiter))
    if found == "xlsx" and (encoding or delimiter):
        raise BadValue(_("--encoding and --delimiter are for text; {file} is a spreadsheet.").format(file=file.name))
    if found in {"csv", "tsv"} and sheet:
        raise BadValue(_("--sheet is for spreadsheets and JSON; {file} is neither.").format(file=file.name))
    if found == "xlsx":
        from tracker.importing.reading.workbook import read_workbook

        reading = read_workbook(file, sheet, header_row)
    else:
        from tracker.importing.reading.texts import Given, read_text

        given = Given(encoding, delimiter, sheet, header_row)
        reading = read_text(file, found, given)
    if len(reading.header) > MOST_COLUMNS:
        raise BadValue(_("{file} has more than {n} columns.").format(file=file.name, n=MOST_COLUMNS))
    if header_row is not None and not any(cell.strip() for cell in reading.header):
        raise BadValue(_("Row {row} of {file} holds nothing.").format(row=header_row, file=file.name))
    if not any(cell.strip() for cell in reading.header):
        raise BadValue(_("{file} has no header: the first row must name the columns.").format(file=file.name))
    if header_row is None and reading.header_row:
        check_header(reading)
    doubled = Doubled(repair)
    header = [cell.strip() for cell in doubled.read_all(reading.header, reading.header_row)]
    doubled.stop_if_any(file.name)
    return replace(reading, header=header, doubled=doubled)
