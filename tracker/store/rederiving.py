"""What the store worked out by itself, worked out again: date bounds, name keys, refs, words of names, the log.

Rows that another program changed and no write of ours took in yet are left out: what is derived from them is made
anew then. Nothing is kept in memory but what differs.
"""

import json
import sqlite3
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from tracker.domain.name_words import index_words
from tracker.store import ids
from tracker.store.derived import fill
from tracker.store.inspection import pending
from tracker.store.schema import DATE_COLUMNS, NAME_COLUMNS, REF_LETTERS, TABLES
from tracker.store.structure import columns, derived

_NAMES: Final = """
SELECT id, name, (SELECT json_group_array(name) FROM names WHERE detainee = d.id) FROM detainees d
"""
_HISTORY: Final = """
SELECT c.n, c.seq, c."table", c.row, c.before,
    EXISTS (SELECT 1 FROM changes y WHERE y."table" = c."table" AND y.row = c.row AND y.n < c.n)
FROM changes c WHERE c.before IS NOT NULL
"""


class Differs(NamedTuple):
    """A stored value is not what it is derived from."""

    table: str
    row: str
    column: str


class Misread(NamedTuple):
    """An image in the log is none of a row of its table, or stands before the row came into being."""

    seq: int | None
    table: str
    row: str


def derived_columns(db: sqlite3.Connection) -> Iterator[Differs]:
    """Yield the date bounds, name keys and refs that are not what comes of the row today."""
    for table in TABLES:
        own = sorted(derived(table))
        if own:
            yield from _of_table(db, table, own)


def _of_table(db: sqlite3.Connection, table: str, own: list[str]) -> Iterator[Differs]:
    given = [*DATE_COLUMNS.get(table, ()), *([NAME_COLUMNS[table]] if table in NAME_COLUMNS else [])]
    skipped = pending(db, table)
    for row in db.execute(f"SELECT {', '.join(('id', *given, *own))} FROM {table}"):
        if row["id"] in skipped:
            continue
        made: dict[str, Any] = fill(table, {name: row[name] for name in given}, lenient=True)
        for name, value in made.items():
            if row[name] != value:
                yield Differs(table, row["id"], name)
        if table in REF_LETTERS and not _fits(row["ref"], REF_LETTERS[table], row["id"]):
            yield Differs(table, row["id"], "ref")


def _fits(ref: str | None, letter: str, identifier: str) -> bool:
    """Tell whether a ref is its table's letter and a tail of the id."""
    tail = (ref or "").removeprefix(f"{letter}-")
    return (
        len(tail) >= min(ids.SHORTEST_TAIL, len(identifier)) and ref == f"{letter}-{tail}" and identifier.endswith(tail)
    )


def name_words(db: sqlite3.Connection) -> Iterator[Differs]:
    """Yield the people whose names are not found by exactly their words."""
    skipped = pending(db, "detainees") | _owners_pending(db)
    wanted = 0
    kept = "SELECT count(*) FROM name_words WHERE detainee = ? AND word = ?"
    for person, name, others in db.execute(_NAMES):
        if person in skipped:
            continue
        words = _words(name, others)
        wanted += len(words)
        if any(db.execute(kept, (person, word)).fetchone()[0] != 1 for word in words):
            yield Differs("detainees", person, "name_words")
    stored = db.execute("SELECT count(*) FROM name_words").fetchone()[0]
    if skipped:
        stored -= sum(1 for row in db.execute("SELECT detainee FROM name_words") if row[0] in skipped)
    if stored > wanted:
        yield from _stray_words(db, skipped)


def _words(name: str | None, others: str) -> set[str]:
    return {word for each in (name, *json.loads(others)) if each for word in index_words(each)}


def _owners_pending(db: sqlite3.Connection) -> set[str]:
    """Return the people whose other names another program changed, also those whom it took a name from."""
    found = {
        owner
        for (row,) in db.execute("""SELECT row FROM changes WHERE seq IS NULL AND "table" = 'names'""")
        for (owner,) in db.execute("SELECT detainee FROM names WHERE id = ?", (row,))
    }
    before = """SELECT json_extract(before, '$.detainee') FROM changes
        WHERE seq IS NULL AND "table" = 'names' AND before IS NOT NULL"""
    return found | {row[0] for row in db.execute(before)}


def _stray_words(db: sqlite3.Connection, skipped: set[str]) -> Iterator[Differs]:
    """Yield the people who have words that none of their names holds, or who are not there."""
    told = set(skipped)
    for person, word in db.execute("SELECT detainee, word FROM name_words"):
        if person in told:
            continue
        names = db.execute(f"{_NAMES} WHERE id = ?", (person,)).fetchone()
        if names is None or word not in _words(names[1], names[2]):
            told.add(person)
            yield Differs("detainees", person, "name_words")


def images(db: sqlite3.Connection) -> Iterator[Misread]:
    """Yield the changes whose state before is none of a row of their table, or is the first that is known of it."""
    for _n, seq, table, row, before, follows in db.execute(_HISTORY):
        if table not in TABLES or not follows or not _is_image(table, row, before):
            yield Misread(seq, table, row)


def _is_image(table: str, row: str, before: str) -> bool:
    try:
        found = json.loads(before)
    except ValueError:
        return False
    return isinstance(found, dict) and found.get("id") == row and found.keys() <= set(columns(table))
