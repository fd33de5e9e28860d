"""What the audit looks at in the file itself: its pages, its structure, what points at nothing, edits from outside.

A damaged file makes any question fail at any point: `whole_or_damaged` turns that into a last word of a list.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

from tracker.store import connection, history, trouble
from tracker.store.schema import INDEXES, SCHEMA_VERSION, TABLES
from tracker.store.structure import columns, expected, image

T = TypeVar("T")

MOST_COMPLAINTS: Final = 100  # of SQLite's own, about one file
MOST_EDITED: Final = 200  # records of one outside changeset that are shown; more are counted
UNREADABLE: Final = (
    sqlite3.Error, ValueError, TypeError, AttributeError, LookupError, OverflowError, MemoryError,
)  # fmt: skip
"""What reading a damaged file raises: SQLite's errors, and what comes of values of another kind than ours."""


class Damaged(NamedTuple):
    """The file could not be read on; `why` is SQLite's word for it."""

    why: str


class Dangling(NamedTuple):
    """A row that points at nothing: `column` names a row of `target` that is not there (None: SQLite cannot say)."""

    table: str
    row: str | None
    column: str | None
    target: str


class Edit(NamedTuple):
    """What another program did to one row, column by column; `seq` is None as long as no write of ours took it in.

    `action` is added, changed or removed; `changed` holds (column, before, after), of an addition or removal all of it.
    """

    seq: int | None
    table: str
    row: str
    action: str
    changed: list[tuple[str, Any, Any]]


class More(NamedTuple):
    """More rows of an outside changeset than are shown: how many."""

    seq: int | None
    rows: int


def whole_or_damaged(found: Iterator[T]) -> Iterator[T | Damaged]:
    """Yield what is found, and `Damaged` last where the file does not let it be read to the end."""
    try:
        yield from found
    except UNREADABLE as problem:
        if isinstance(problem, sqlite3.Error):
            if trouble.is_busy(problem):
                raise
            if trouble.code(problem) == sqlite3.SQLITE_INTERRUPT:
                raise KeyboardInterrupt from problem
            yield Damaged(str(problem))
        else:
            yield Damaged(type(problem).__name__)  # its text may hold a value


def complaints(db: sqlite3.Connection) -> Iterator[str]:
    """Yield what SQLite's own check of the file says, nothing if all is well."""
    for (said,) in db.execute(f"PRAGMA integrity_check({MOST_COMPLAINTS})"):
        if said != "ok":
            yield from said.splitlines()


def strangers(db: sqlite3.Connection) -> Iterator[str]:
    """Yield what is missing or not as this version makes it: tables, triggers, indexes; and unknown triggers and views.

    Other programs may add tables and indexes of their own.
    """
    odd = dict.fromkeys(connection.strangers(db))
    found = {name: tuple(rest) for name, *rest in db.execute("SELECT name, type, tbl_name, sql FROM sqlite_schema")}
    for text in (*expected().values(), *INDEXES):
        kind, name = text.split()[1:3]
        table = name if kind == "TABLE" else text.partition(" ON ")[2].split()[0]
        if found.get(name) != (kind.lower(), table, text):
            odd[name] = None
    if db.execute("PRAGMA user_version").fetchone()[0] != SCHEMA_VERSION:
        odd["user_version"] = None
    yield from odd


def is_current(path: Path) -> bool:
    """Tell whether a file's tables are those of this version, whatever its header says."""
    try:
        with closing(connection.open_read(path, trusting=True)) as db:
            return not connection.strangers(db)
    except UNREADABLE:
        return True  # nothing to bring up to date there


def dangling(db: sqlite3.Connection) -> Iterator[Dangling]:
    """Yield the rows that point at nothing."""
    for table, number, target, key in db.execute("PRAGMA foreign_key_check"):
        own = "id" if "id" in columns(table) else columns(table)[0]
        row = db.execute(f'SELECT {own} FROM "{table}" WHERE rowid = ?', (number,)).fetchone()
        column = next((each[3] for each in db.execute(f'PRAGMA foreign_key_list("{table}")') if each[0] == key), None)
        yield Dangling(table, None if row is None else str(row[0]), column, target)


def outside_edits(db: sqlite3.Connection) -> Iterator[Edit | More]:
    """Yield what other programs changed, row by row: what waits to be taken in first, then what was taken in.

    What was undone since is left out.
    """
    yield from _edits(db, None)
    taken_back = history.undone(db)
    for (seq,) in db.execute("SELECT seq FROM changesets WHERE kind = 'outside' ORDER BY seq DESC"):
        if seq not in taken_back:
            yield from _edits(db, seq)


def pending(db: sqlite3.Connection, table: str) -> set[str]:
    """Return the rows of a table that another program changed since our last write."""
    return {row[0] for row in db.execute('SELECT row FROM changes WHERE seq IS NULL AND "table" = ?', (table,))}


def _edits(db: sqlite3.Connection, seq: int | None) -> Iterator[Edit | More]:
    touched = """
        SELECT "table", row, min(n), max(n) FROM changes WHERE seq IS ? GROUP BY "table", row ORDER BY min(n)
    """
    rows = db.execute(touched, (seq,))
    for table, row, first, last in islice(rows, MOST_EDITED):
        before = db.execute("SELECT before FROM changes WHERE n = ?", (first,)).fetchone()[0]
        changed = _changed(before, _state_after(db, table, row, last))
        if changed is not None:
            yield Edit(seq, table, row, *changed)
    more = sum(1 for _row in rows)
    if more:
        yield More(seq, more)


def _state_after(db: sqlite3.Connection, table: str, row: str, n: int) -> str | None:
    """Return the image of a row after change `n`."""
    following = 'SELECT before FROM changes WHERE "table" = ? AND row = ? AND n > ? ORDER BY n LIMIT 1'
    found = db.execute(following, (table, row, n)).fetchone()
    if found is None and table in TABLES:
        found = db.execute(f"SELECT {image(table, 't')} FROM {table} t WHERE id = ?", (row,)).fetchone()
    return None if found is None else found[0]


def _changed(was: str | None, became: str | None) -> tuple[str, list[tuple[str, Any, Any]]] | None:
    """Return how a row changed from one image to another, None where it did not."""
    before = json.loads(was) if was is not None else {}
    after = json.loads(became) if became is not None else {}
    names = [name for name in dict.fromkeys((*before, *after)) if before.get(name) != after.get(name)]
    if (was is None and became is None) or not names:
        return None
    action = "added" if was is None else "removed" if became is None else "changed"
    return action, [(name, before.get(name), after.get(name)) for name in names]
