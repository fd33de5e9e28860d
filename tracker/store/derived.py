"""What the store works out by itself: date bounds, name keys, refs."""

import sqlite3
from collections.abc import Container, Mapping
from functools import cache
from typing import Any

from tracker.errors import BadValue
from tracker.store import ids
from tracker.store.schema import DATE_COLUMNS, NAME_COLUMNS, REF_LETTERS


def fill(table: str, values: Mapping[str, Any], *, lenient: bool = False) -> dict[str, Any]:
    """Return the derived columns for the date and name columns that `values` holds.

    Raises `BadValue` for a date that is not in canonical form; `lenient` leaves its bounds open instead (an outside
    program wrote it, and the record must stay usable).
    """
    made: dict[str, Any] = {}
    dates, name = _plan(table)
    for column, earliest, latest in dates:
        if column in values:
            made[earliest], made[latest] = _bounds(values[column], lenient=lenient)
    if name in values:
        given = values[name]
        made[f"{name}_key"], made[f"{name}_exact"] = (None, None) if given is None else _keys(given)
    return made


@cache
def _plan(table: str) -> tuple[tuple[tuple[str, str, str], ...], str]:
    """Return what to derive in `table`: date columns with their bounds, and the name column ('' for none)."""
    dates = tuple((column, f"{column}_from", f"{column}_to") for column in DATE_COLUMNS.get(table, ()))
    return dates, NAME_COLUMNS.get(table, "")


def _keys(name: str) -> tuple[str, str]:
    from tracker.domain.names import exact, fold  # anyascii is for writing; a read never needs it

    return fold(name), exact(name)


def _bounds(text: str | None, *, lenient: bool) -> tuple[str | None, str | None]:
    if text is None:
        return None, None
    from tracker.domain.dates import bounds

    try:
        return bounds(text)
    except BadValue:
        if lenient:
            return None, None
        raise


def free_ref(db: sqlite3.Connection, table: str, identifier: str, taken: Container[str] = ()) -> str | None:
    """Return the ref for a new row: the shortest tail of its id that is neither in `table` nor in `taken`.

    None where a table's rows have no refs.
    """
    letter = REF_LETTERS.get(table)
    if letter is None:
        return None
    refs = [f"{letter}-{ids.tail(identifier, length)}" for length in range(ids.SHORTEST_TAIL, ids.LENGTH + 1)]
    kept = f"SELECT 1 FROM {table} WHERE ref = ?"
    return next((ref for ref in refs if ref not in taken and not db.execute(kept, (ref,)).fetchone()), refs[-1])


def refill(db: sqlite3.Connection, table: str, seq: int) -> None:
    """Bring the derived columns of the rows that changeset `seq` touched in line with what they are derived from.

    Bytes that are no text become U+FFFD: one such value would make every later reading of the row fail.
    """
    touched = f'SELECT * FROM {table} WHERE id IN (SELECT row FROM changes WHERE seq = ? AND "table" = ?)'
    db.text_factory = bytes
    try:
        rows = [dict(row) for row in db.execute(touched, (seq, table))]
    finally:
        db.text_factory = str
    for raw in rows:
        row = {name: _text(value) for name, value in raw.items()}
        made = {**row, **fill(table, row, lenient=True)}
        if table in REF_LETTERS and row["ref"] is None:
            made["ref"] = free_ref(db, table, row["id"])
        wrong = {name: value for name, value in made.items() if raw[name] != _stored(value)}
        if wrong:
            names = ", ".join(f"{name} = ?" for name in wrong)
            db.execute(f"UPDATE {table} SET {names} WHERE id = ?", (*wrong.values(), row["id"]))


def _text(value: Any) -> Any:
    return str(value, "utf-8", "replace") if isinstance(value, bytes) else value


def _stored(value: Any) -> Any:
    return value.encode() if isinstance(value, str) else value
