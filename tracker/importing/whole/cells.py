"""The CSV of exported tables, read exactly: an empty cell is nothing (None), two quotation marks are an empty text."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from tracker.errors import BadValue, DiskTrouble
from tracker.i18n import _

LONGEST_ROW: Final = 10_000_000
"""Characters that one row may take: the cells of a list's row, kept as JSON, are the longest there are."""

_CELL: Final = re.compile(r'(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r\n)')

Cells = list[str | None]


def read_rows(path: Path) -> Iterator[tuple[int, Cells]]:
    """Yield each row with its number, the header (1) first. Raises BadValue with its place, DiskTrouble."""
    try:
        with path.open(encoding="utf-8", newline="\n") as file:
            number = 0
            while text := _row(file, path.name, number + 1):
                number += 1
                yield number, _cells(text, path.name, number)
    except UnicodeDecodeError as problem:
        raise _wrong(path.name, number + 1, _("It is not UTF-8.")) from problem
    except OSError as problem:
        raise DiskTrouble(
            _("{path} cannot be read: {why}.").format(path=path, why=problem.strerror or problem)
        ) from problem


def _row(file: IO[str], name: str, number: int) -> str:
    """Return the text of one row: lines until every quotation mark is closed."""
    pieces, marks, length = [], 0, 0
    while True:
        piece = file.readline(LONGEST_ROW + 1)
        pieces.append(piece)
        marks += piece.count('"')
        length += len(piece)
        if length > LONGEST_ROW:
            raise _wrong(name, number, _("The row is longer than {n} characters.").format(n=LONGEST_ROW))
        if not piece and length:
            raise _wrong(name, number, _("The row does not end."))
        if not piece or (marks % 2 == 0 and piece.endswith("\r\n")):
            return "".join(pieces)


def _cells(text: str, name: str, number: int) -> Cells:
    if '"' not in text:  # most rows
        plain = text.removesuffix("\r\n")
        if "\r" in plain or "\n" in plain or "\0" in plain:
            raise _wrong(name, number, _not_ours())
        return [cell or None for cell in plain.split(",")]
    found: Cells = []
    place = 0
    while cell := _CELL.match(text, place):
        quoted, plain, end = cell.groups()
        found.append(quoted.replace('""', '"') if quoted is not None else plain or None)
        place = cell.end()
        if end == "\r\n":
            break
    if place != len(text) or "\0" in text:
        raise _wrong(name, number, _not_ours())
    return found


def _not_ours() -> str:
    return _("The row is not as 'export all' writes it.")


def _wrong(name: str, number: int, why: str) -> BadValue:
    row = _("row {row}").format(row=number)
    return BadValue(f"{name}, {row}: {why}", hint=_("Nothing was written."))
