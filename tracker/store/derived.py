"""What the store works out by itself: date bounds, name keys, refs."""

import sqlite3
from collections.abc import Container, Mapping
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
    for column in DATE_COLUMNS.get(table, ()):
        if column in values:
            made[f"{column}_from"], made[f"{column}_to"] = _bounds(values[column], lenient=lenient)
    column = NAME_COLUMNS.get(table, "")
    if column in values:
        from tracker.domain.names import exact, fold  # anyascii is for writing; a read never needs it

        name = values[column]
        made[f"{column}_key"] = None if name is None else fold(name)
        made[f"{column}_exact"] = None if name is None else exact(name)
    return made


def _bounds(text: str | None, *, lenient: bool) -> tuple[str | None, str | None]:
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
    refs = [f"{letter}-{tail}" for tail in ids.tails(identifier)]
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
