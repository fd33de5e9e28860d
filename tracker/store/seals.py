"""The hashes over the change log: leaves, seals of at most 1,000 changes, changesets in a chain.

A leaf binds one change: what the row was before and what it became (the next `before` of that row, or the row as it
is now). Its nonce comes from the seal's key, so that destroying the key leaves nothing to guess a forgotten name by.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, Final, NamedTuple

from tracker.store.schema import TABLES
from tracker.store.structure import image

BLOCK: Final = 1_000
_HMAC_BLOCK: Final = 64  # bytes; a seal's key is shorter


RANGE: Final = 'c.n BETWEEN ? AND ? AND +c."table" = ?'  # +: the index on tables would lead over all of the log


class Bound(NamedTuple):
    """One change with both its states, as the bytes of their JSON; None = the row did not exist."""

    n: int
    table: str
    row: str
    before: bytes | None
    after: bytes | None


def digest(*fields: object) -> str:
    """Return the SHA-256 over `fields`, each with its length, so that no two lists read alike; None is not ''."""
    return hashlib.sha256(b"".join(map(_field, fields))).hexdigest()


def _field(value: object) -> bytes:
    if value is None:
        return b"-"
    data = value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
    return b"%d:%b" % (len(data), data)


@cache
def states_sql(table: str, where: str) -> str:
    """Return the SQL for those changes of `table` (alias c) that `where` picks, as `Bound` has them.

    A table that is none of ours (somebody wrote into the log by hand) has no rows to look at.
    """
    now, join = "NULL", ""
    if table in TABLES:
        now = f"CASE WHEN t.id IS NOT NULL THEN CAST({image(table, 't')} AS BLOB) END"
        join = f"LEFT JOIN {table} t ON t.id = c.row AND x.n IS NULL"
    return f"""
        SELECT c.n, c."table", c.row, CAST(c.before AS BLOB),
            CASE WHEN x.n IS NOT NULL THEN CAST(x.before AS BLOB) ELSE {now} END
        FROM changes c
        LEFT JOIN changes x ON x.n =
            (SELECT min(y.n) FROM changes y WHERE y."table" = c."table" AND y.row = c.row AND y.n > c.n)
        {join}
        WHERE {where}
        ORDER BY c.n
    """


def states(db: sqlite3.Connection, first: int, last: int) -> list[Bound]:
    """Return the changes from `first` to `last` in order, with what each row was and became."""
    tables = tables_within(db, first, last)
    sql_of = {table: states_sql(table, RANGE) for table in tables}
    found = [bound for table, sql in sql_of.items() for bound in changes_found(db, sql, (first, last, table))]
    return sorted(found) if len(tables) > 1 else found


def changes_found(db: sqlite3.Connection, sql: str, parameters: tuple[object, ...]) -> Iterator[Bound]:
    """Give what a `states_sql` finds."""
    cursor = db.cursor()
    cursor.row_factory = None
    return map(Bound._make, cursor.execute(sql, parameters))


def tables_within(db: sqlite3.Connection, first: int, last: int) -> list[str]:
    """Return the tables that the changes from `first` to `last` are of."""
    within = 'SELECT DISTINCT "table" FROM changes WHERE n BETWEEN ? AND ?'
    return [row[0] for row in db.execute(within, (first, last))]


def nonces(key: bytes) -> Callable[[int], bytes]:
    """Return what gives each change of a seal its nonce: HMAC-SHA256 of n under the seal's key.

    Written out, because `hmac.digest` sets up both its hashes anew each time: a quarter of the cost of a large import.
    """
    padded = key.ljust(_HMAC_BLOCK, b"\0")
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in padded))
    outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in padded))

    def nonce(n: int) -> bytes:
        inside, outside = inner.copy(), outer.copy()
        inside.update(b"%d" % n)
        outside.update(inside.digest())
        return outside.digest()

    return nonce


def leaf(salted: bytes, bound: Bound) -> bytes:
    """Return the leaf over one change; `salted` is its nonce."""
    n, table, row, before, after = bound
    name, identifier = table.encode(), row.encode()
    head = b"%b%d %d:%b%d:%b" % (salted, n, len(name), name, len(identifier), identifier)
    was = b"-" if before is None else b"%d:%b" % (len(before), before)
    became = b"-" if after is None else b"%d:%b" % (len(after), after)
    return hashlib.sha256(head + was + became).digest()


def over(leaves: list[bytes]) -> str:
    """Return a seal's digest over its leaves."""
    return hashlib.sha256(b"".join(leaves)).hexdigest()


def blocks(db: sqlite3.Connection, seq: int) -> Iterator[tuple[int, int]]:
    """Give the first and last n of each run of at most 1,000 changes of changeset `seq`."""
    first, last = db.execute("SELECT min(n), max(n) FROM changes WHERE seq = ?", (seq,)).fetchone()
    if first is not None:
        yield from ((start, min(start + BLOCK - 1, last)) for start in range(first, last + 1, BLOCK))


def changeset_hash(row: Any, digests: list[str]) -> str:
    """Return the hash of a changeset: over the one before it, its own fields (`row`, by column) and its seals."""
    names = ("prev", "seq", "id", "kind", "undoes", "device", "actor", "at", "said")
    return digest(*(row[name] for name in names), *digests)
