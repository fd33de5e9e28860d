"""Rows of any list as they were found, and the strict reader of delimited text that all CSV goes through.

Nothing is guessed, repaired or dropped: bytes that are not of the encoding, NUL, misplaced quotes and ragged rows come
out as rows that say what is wrong with them. Where it is not certain where the next row begins (a quote that does not
close, a row without end), a row that is the `last` says so: what follows is not read, so nothing of the list can be
taken. Memory is bounded by `LONGEST_ROW`, whatever the file holds.
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
    last: bool = False
    """Whether the file goes on, and cannot be read on."""


class Broken(Exception):
    """The file cannot be read on from here; `why` is a sentence."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def is_unreadable(text: str) -> bool:
    """Return whether `text` holds what no text holds: a NUL, or a byte or half a character that was not decoded."""
    return "\0" in text or (not text.isascii() and _UNREADABLE.search(text) is not None)


def readable(text: str, sign: str) -> str:
    """Return `text` with a `sign` in place of each NUL, undecoded byte or half of a character."""
    return _UNREADABLE.sub(sign, text.replace("\0", sign)) if is_unreadable(text) else text


class _Text:
    """The lines of a file for csv.reader: bounded, decoded; knows of the row now read how much it has `taken`.

    `why` is what makes it no text, `line` its last line.
    """

    def __init__(self, file: IO[str], encoding: str) -> None:
        self._file = file
        self._encoding = encoding
        self.begin()

    def begin(self) -> None:
        """Begin with the next row."""
        self.taken = 0
        self.why = self.line = ""

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
            self.line = text
            if "\0" in text:
                self.why = _("The row holds a NUL byte; no text has one.")
            elif not text.isascii() and _UNREADABLE.search(text):
                self.why = not_text(self._encoding)
            if self.taken > LONGEST_ROW:
                raise Broken(self.why or long_row())
            yield text

    def alone(self, delimiter: str) -> list[str] | None:
        """Return the cells of a row whose quotes are misplaced, None where it may not end with its line."""
        if self.taken > len(self.line) or self.line.count('"') % 2:
            return None
        try:
            return next(csv.reader([self.line], delimiter=delimiter))
        except csv.Error:
            return None


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
    rows = csv.reader(iter(text), delimiter=delimiter, strict=True)
    number = 0
    cells: list[str] | None = []
    while cells is not None:  # csv.reader begins with the next line after an error
        try:
            for record in rows:
                number += 1
                wrong = (Wrong(text.why),) if text.why else ()
                text.begin()
                yield RawRow(number, record, wrong)
        except Broken as broken:
            cells, why = None, broken.why
        except csv.Error as error:
            cells, why = text.alone(delimiter), text.why or _csv_sentence(str(error))
        else:
            return
        number += 1
        text.begin()
        yield RawRow(number, cells or [], (Wrong(why),), last=cells is None)


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
