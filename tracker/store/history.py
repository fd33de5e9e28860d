"""What the change log says: who changed what, when, why, from what to what."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from tracker.store import seals
from tracker.store.schema import TABLES
from tracker.store.structure import columns, derived, references

LENDS = {("stays", "facility"), ("citations", "source"), ("citations", "claimant"), ("claims", "claimant")}
"""Foreign keys that only point: a prison's history is not that of everyone held in it."""

_PARTS = """
    WITH parent (id) AS MATERIALIZED (SELECT value FROM json_each(?1))
    SELECT id FROM {child} WHERE {column} IN (SELECT id FROM parent)
    UNION
    SELECT row FROM changes WHERE "table" = ?2 AND before IS NOT NULL
        AND json_extract(before, '$.{column}') IN (SELECT id FROM parent)
"""


class Entry(NamedTuple):
    """One field of one row, changed by one changeset.

    `action` is added, changed, removed or forgotten. `seq`, `at` and `kind` are None where another program made the
    change and no write of ours has taken it in yet. `before` and `after` are the values themselves (None = empty).
    """

    seq: int | None
    at: str | None
    actor: str | None
    kind: str | None
    reason: str | None
    table: str
    row: str
    action: str
    field: str | None
    before: Any
    after: Any


class Changeset(NamedTuple):
    """One changeset: `changes` counts its row changes, `undone_by` is the seq of the undo in force, if any."""

    seq: int
    id: str
    kind: str
    undoes: int | None
    actor: str | None
    at: str
    reason: str | None
    hash: str
    changes: int
    undone_by: int | None


def read_image(image: bytes | str | None) -> dict[str, Any] | None:
    """Return a row image as a dict keyed by column (empty columns absent), None if the row did not exist."""
    if image is None:
        return None
    text = image.decode("utf-8", "replace") if isinstance(image, bytes) else image
    found: dict[str, Any] = json.loads(text)
    return found


def undone(db: sqlite3.Connection) -> dict[int, int]:
    """Return the changesets that are undone now: seq → the undo in force (an undo that is undone is not)."""
    found: dict[int, int] = {}
    undos = "SELECT seq, undoes FROM changesets WHERE undoes IS NOT NULL ORDER BY seq DESC"
    for seq, target in db.execute(undos):
        if seq not in found:
            found.setdefault(target, seq)
    return found


def changesets(db: sqlite3.Connection, *, limit: int | None = None) -> list[Changeset]:
    """Return the changesets, newest first."""
    undos = undone(db)
    sql = """
        SELECT seq, id, kind, undoes, actor, at, reason, hash,
            (SELECT count(*) FROM changes c WHERE c.seq = s.seq)
        FROM changesets s ORDER BY seq DESC LIMIT ?
    """
    rows = db.execute(sql, (-1 if limit is None else limit,))
    return [Changeset._make((*row, undos.get(row["seq"]))) for row in rows]


def changeset_count(db: sqlite3.Connection) -> int:
    """Return how many changesets there are."""
    found: int = db.execute("SELECT count(*) FROM changesets").fetchone()[0]
    return found


def history(
    db: sqlite3.Connection, *, rows: Iterable[tuple[str, str]] | None = None, seq: int | None = None
) -> Iterator[Entry]:
    """Give what happened, field by field, oldest first: to `rows` (table, id), or in changeset `seq`, or all of it.

    Derived columns are left out. Not meant for a connection that reads `published_by`.
    """
    if rows is not None:
        found = [bound for table, row in dict.fromkeys(rows) for bound in _of_row(db, table, row)]
        yield from _entries(db, sorted(found))
        return
    picked = ("WHERE seq = ?", (seq,)) if seq is not None else ("", ())
    first, last = db.execute(f"SELECT min(n), max(n) FROM changes {picked[0]}", picked[1]).fetchone()
    if first is not None:
        for start in range(first, last + 1, seals.BLOCK):
            yield from _entries(db, seals.states(db, start, min(start + seals.BLOCK - 1, last)))


def _of_row(db: sqlite3.Connection, table: str, row: str) -> list[seals.Bound]:
    return list(seals.changes_found(db, seals.states_sql(table, 'c."table" = ? AND c.row = ?'), (table, row)))


def _entries(db: sqlite3.Connection, bounds: list[seals.Bound]) -> Iterator[Entry]:
    about = """
        SELECT c.seq, s.at, s.actor, s.kind, s.reason, c.gone
        FROM changes c LEFT JOIN changesets s ON s.seq = c.seq WHERE c.n = ?
    """
    for bound in bounds:
        *by, gone = db.execute(about, (bound.n,)).fetchone()
        if gone:
            yield Entry._make((*by, bound.table, bound.row, "forgotten", None, None, None))
            continue
        before, after = read_image(bound.before), read_image(bound.after)
        action = "added" if before is None else "removed" if after is None else "changed"
        before, after = before or {}, after or {}
        for field in _fields(bound.table):
            if before.get(field) != after.get(field):
                states = before.get(field), after.get(field)
                yield Entry._make((*by, bound.table, bound.row, action, field, *states))


def _fields(table: str) -> list[str]:
    if table not in TABLES:
        return []
    return [name for name in columns(table) if name != "id" and name not in derived(table)]


def belongings(db: sqlite3.Connection, table: str, row: str) -> list[tuple[str, str]]:
    """Return a record and all that is or ever was part of it, as (table, id): for `history WHO` and for deleting.

    A person's detentions, their stays and releases, citations of any of these, names, tags …; also rows deleted since.
    """
    found = {(table, row): None}
    waiting = {table: [row]}
    while waiting:
        fresh: dict[str, list[str]] = {}
        for parent, identifiers in waiting.items():
            for child, column in _parts_of(parent):
                for (name,) in db.execute(_PARTS.format(child=child, column=column), (json.dumps(identifiers), child)):
                    if (child, name) not in found:
                        found[child, name] = None
                        fresh.setdefault(child, []).append(name)
        waiting = fresh
    return list(found)


def _parts_of(table: str) -> list[tuple[str, str]]:
    return [
        (child, column)
        for child in TABLES
        for column, target in references(child).items()
        if target == table and (child, column) not in LENDS
    ]
