"""What the change log holds between two changesets: which rows were touched, step by step, and by whom.

It reads the log itself, on a connection that looks at the past as well: a change after the first changeset and up to
the second. Nothing that did not change is looked at.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from tracker.store.history import read_image
from tracker.store.schema import TABLES


class Span(NamedTuple):
    """The changes numbered after `first` and up to `last`."""

    first: int
    last: int


class Step(NamedTuple):
    """One change of a row: its number and changeset, and what the row was (None: not there)."""

    n: int
    seq: int
    before: dict[str, Any] | None


class By(NamedTuple):
    """Who made a changeset, when (UTC), of what kind and why."""

    actor: str | None
    at: str
    kind: str
    reason: str | None


def span(db: sqlite3.Connection, first: int, last: int) -> Span:
    """Return the changes after changeset `first`, up to and with changeset `last`."""
    sql = "SELECT n FROM main.changes WHERE seq <= ? ORDER BY seq DESC, n DESC LIMIT 1"
    start, end = ((db.execute(sql, (seq,)).fetchone() or (0,))[0] for seq in (first, last))
    return Span(start, end)


def touched(db: sqlite3.Connection, within: Span) -> dict[str, dict[str, int]]:
    """Return the rows that were changed: table → id → the number of its last change."""
    found: dict[str, dict[str, int]] = {}
    sql = """
        SELECT "table", row, max(n) FROM main.changes NOT INDEXED
        WHERE n > ? AND n <= ? AND seq IS NOT NULL GROUP BY "table", row
    """
    for table, row, n in db.execute(sql, within):
        if table in TABLES:
            found.setdefault(table, {})[row] = n
    return found


def steps(db: sqlite3.Connection, table: str, rows: Iterable[str], within: Span) -> dict[str, list[Step]]:
    """Return what happened to some rows of `table`, oldest first."""
    found: dict[str, list[Step]] = {}
    sql = """
        SELECT c.row, c.n, c.seq, c.before FROM json_each(?) j CROSS JOIN main.changes c
        WHERE c."table" = ? AND c.row = j.value AND c.n > ? AND c.n <= ? ORDER BY c.n
    """
    for row, n, seq, before in db.execute(sql, (json.dumps(list(rows)), table, *within)):
        found.setdefault(row, []).append(Step(n, seq, read_image(before)))
    return found


def seqs(db: sqlite3.Connection, table: str, within: Span) -> Iterator[tuple[str, int]]:
    """Give each row of `table` that was changed with each changeset that did."""
    sql = 'SELECT row, seq FROM main.changes NOT INDEXED WHERE "table" = ? AND n > ? AND n <= ?'
    yield from db.execute(sql, (table, *within))


def changeset_of(db: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, int]:
    """Return the changesets of some changes: number of the change → that of its changeset."""
    sql = "SELECT c.n, c.seq FROM json_each(?) j CROSS JOIN main.changes c WHERE c.n = j.value"
    return {row[0]: row[1] for row in db.execute(sql, (json.dumps(list(numbers)),))}


def made_by(db: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, By]:
    """Return who made some changesets, by their numbers."""
    sql = """
        SELECT s.seq, s.actor, s.at, s.kind, s.reason FROM json_each(?) j CROSS JOIN main.changesets s
        WHERE s.seq = j.value
    """
    return {row[0]: By(*row[1:]) for row in db.execute(sql, (json.dumps(sorted(numbers)),))}
