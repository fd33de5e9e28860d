"""Rows that could not be taken: written into a file to be corrected there, and taken from it into the list they left.

Such a file has two columns in front: what was wrong with each row, which is never read, and the ref of its list.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Final

from tracker.domain.text import quoted
from tracker.errors import BadValue
from tracker.i18n import _
from tracker.importing.mapping import header_key
from tracker.importing.problems import Problems
from tracker.importing.reading import Reading
from tracker.importing.reading.records import readable
from tracker.importing.rows import Line
from tracker.store import Connection

PROBLEM_COLUMN: Final = "tracker problem"
LIST_COLUMN: Final = "tracker list"

PART_OF: Final = "part of list"
"""The field that the column of lists is mapped to; no record holds it."""

_ERRORS: Final = frozenset(("#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"))

NO_TEXT: Final = "\N{REPLACEMENT CHARACTER}"
"""What stands in such a file for a NUL, or a byte that could not be read as text."""

_FORMULA: Final = re.compile(r"=.*(?:[A-Za-z]\$?[0-9]|\()", re.DOTALL)


def place_of(reading: Reading, column: str) -> int | None:
    """Return where one of these columns stands, None in a list that is no such file."""
    found = (place for place, header in enumerate(reading.header) if header_key(header) == header_key(column))
    return next(found, None)


def list_name(db: Connection, reading: Reading) -> str | None:
    """Return the name of the list that the first row of such a file belongs to. Raises BadValue for a list unknown."""
    place = place_of(reading, LIST_COLUMN)
    if place is None:
        return None
    refs = (row.cells[place].strip() for row in reading.rows() if not row.wrong)
    ref = next((ref for ref in refs if ref), "")
    row = db.execute("SELECT name FROM lists WHERE ref = ?", (ref,)).fetchone()
    if ref and row is None:
        raise BadValue(
            _("{file}: there is no list {ref} on record, so these rows belong to none.").format(
                file=reading.name, ref=quoted(ref, 40)
            ),
            hint=_("Take in the list they were left out of first, or remove the column {column}.").format(
                column=quoted(LIST_COLUMN)
            ),
        )
    return None if row is None else str(row["name"])


def by_list(
    db: Connection, name: str, lines: Iterable[Line], problems: Problems
) -> tuple[list[tuple[str, list[Line]]], list[Line]]:
    """Return the rows that belong to lists of this name on record, by the lists' ids, and those that name none."""
    found: dict[str, tuple[str, list[Line]]] = {}
    rest: list[Line] = []
    for line in _put_right(lines, problems):
        ref = line.cells.pop(PART_OF, "").strip()
        if ref and ref not in found:
            row = db.execute("SELECT id FROM lists WHERE ref = ? AND name = ?", (ref, name)).fetchone()
            if row is None:
                said = _("There is no list {ref} under the name {name}.").format(ref=quoted(ref, 40), name=quoted(name))
                problems.add(said, file=line.file, row=line.number, column=LIST_COLUMN)
                continue
            found[ref] = (str(row["id"]), [])
        (found[ref][1] if ref else rest).append(line)
    return list(found.values()), rest


def rows_there(db: Connection, listed: str, keys: Iterable[str]) -> set[tuple[str, str, str]]:
    """Return (key, digest, state) of the rows of these keys that a list holds already."""
    rows = db.execute(
        "SELECT key, digest, state FROM list_rows WHERE list = ? AND key IN (SELECT value FROM json_each(?))",
        (listed, json.dumps(list(keys))),
    )
    return {(row["key"], row["digest"], row["state"]) for row in rows}


def _put_right(lines: Iterable[Line], problems: Problems) -> Iterator[Line]:
    """Yield rows without those in which a formula or a sign for what was no text still stands."""
    for line in lines:
        left = {column: text for column, text in line.cells.items() if text[:1] == "=" and _FORMULA.match(text)}
        none = {column: text for column, text in line.cells.items() if NO_TEXT in text or text.strip() in _ERRORS}
        left |= none
        for column, text in left.items():
            problems.add(
                _("The cell still holds what is no text; write what it should say.")
                if column in none
                else _("The cell still holds a formula; write its result."),
                file=line.file,
                row=line.number,
                column=column,
                value=text,
            )
        if not left:
            yield line


def bad_rows(reading: Reading, problems: Problems, refs: dict[int, str]) -> Iterator[list[str]]:
    """Yield, header first, the rows that were skipped, as they stand in the file, with what was wrong in front.

    `refs` is row → the ref of its list; a row of a file such as this one keeps its own.
    """
    by_row = problems.by_row or {}
    own = place_of(reading, LIST_COLUMN)
    left = {own, place_of(reading, PROBLEM_COLUMN)}
    yield [PROBLEM_COLUMN, LIST_COLUMN, *(cell for place, cell in enumerate(reading.header) if place not in left)]
    for raw in reading.rows():
        if raw.number in by_row:
            together = _("held back with another row of the same person")
            ref = raw.cells[own] if own is not None and own < len(raw.cells) else ""
            cells = [readable(cell, NO_TEXT) for place, cell in enumerate(raw.cells) if place not in left]
            yield [" ".join(by_row[raw.number]) or together, ref.strip() or refs.get(raw.number, ""), *cells]
