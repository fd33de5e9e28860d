"""Rows of any list as they were found, and the strict reader of delimited text that all CSV goes through.

Nothing is guessed, repaired or dropped: bytes that are not of the encoding, NUL, quotes that do not close and ragged
rows come out as rows that say what is wrong with them. Memory is bounded by `LONGEST_ROW`, whatever the file holds.
"""

import csv
import re
from collections.abc import Iterator
from typing import IO, Final, NamedTuple

from tracker.i18n import _

LONGEST_ROW: Final = 1_000_000
"""Characters that one row may take."""

LONGEST_CELL: Final = 100_000
"""Characters that one cell may take."""

MOST_COLUMNS: Final = 1_000
"""Columns that one list may have."""

_UNREADABLE: Final = re.compile("[\ud800-\udfff]")


class Wrong(NamedTuple):
    """What is wrong with a row: a sentence, and the column (as its header is printed) and value it is about."""

    message: str
    column: str | None = None
    value: str | None = None


class RawRow(NamedTuple):
    """A row as found: `number` as a spreadsheet shows it, `cells` as text; `wrong` where it cannot be taken so."""

    number: int
    cells: list[str]
    wrong: tuple[Wrong, ...] = ()


class Broken(Exception):
    """The file cannot be read on from here; `why` is a sentence."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def is_unreadable(text: str) -> bool:
    """Return whether `text` holds what no text holds: a NUL, or a byte or half a character that was not decoded."""
    return "\0" in text or (not text.isascii() and _UNREADABLE.search(text) is not None)


class _Text:
    """The lines of a file for csv.reader: bounded, decoded, without NUL; knows how much the row now read has taken."""

    def __init__(self, file: IO[str], encoding: str) -> None:
        self._file = file
        self._encoding = encoding
        self.taken = 0

    def __iter__(self) -> Iterator[str]:
        read = self._file.readline
        while True:
            try:
                text = read(LONGEST_ROW + 1)
            except UnicodeDecodeError:
                raise Broken(not_text(self._encoding)) from None
            if not text:
                return
            self.taken += len(text)
            if "\0" in text:
                raise Broken(_("The row holds a NUL byte; this is not a text file."))
            if self.taken > LONGEST_ROW:
                raise Broken(long_row())
            if not text.isascii() and _UNREADABLE.search(text):
                raise Broken(not_text(self._encoding))
            yield text


def long_row() -> str:
    """Return the sentence on a row that is too long."""
    return _("The row is longer than {n} characters; is a quotation mark left open?").format(n=LONGEST_ROW)


def not_text(encoding: str) -> str:
    """Return the sentence on bytes that are not text in `encoding`."""
    if encoding == "UTF-8":
        return _("The row is not UTF-8 text. Save the file as CSV UTF-8.")
    return _("The row is not {encoding} text.").format(encoding=encoding)


def delimited(file: IO[str], *, delimiter: str = ",", encoding: str = "UTF-8") -> Iterator[RawRow]:
    """Yield every row of a delimited text, blank ones too; a row that breaks the file comes last and says why."""
    text = _Text(file, encoding)
    csv.field_size_limit(LONGEST_CELL)
    number = 0
    try:
        for number, record in enumerate(csv.reader(iter(text), delimiter=delimiter, strict=True), 1):
            text.taken = 0
            yield RawRow(number, record)
    except Broken as broken:
        yield RawRow(number + 1, [], (Wrong(broken.why),))
    except csv.Error as error:
        yield RawRow(number + 1, [], (Wrong(_csv_sentence(str(error))),))


def ragged(cells: int, columns: int) -> str:
    """Return the sentence on a row of more or fewer cells than the header."""
    return _("The row has {cells} cells, the header has {columns}.").format(cells=cells, columns=columns)


def _csv_sentence(problem: str) -> str:
    """Put what csv says (English, technical) into a sentence."""
    if "field larger" in problem:
        return long_cell()
    if "unexpected end of data" in problem:
        return _("A quotation mark is opened and never closed.")
    return _("A cell in quotation marks goes on after the closing one; a quotation mark inside is written twice.")


def long_cell() -> str:
    """Return the sentence on a cell that is too long."""
    return _("A cell is longer than {n} characters; is a quotation mark left open?").format(n=LONGEST_CELL)
