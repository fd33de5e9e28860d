"""Damage done on purpose: a bit flipped in the file, an entry of the log edited; and whether content changed by it."""

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from tracker.errors import TrackerError
from tracker.safekeeping.audit import audit
from tracker.store import Store
from tracker.store.proof import Head
from tracker.store.schema import DERIVED_TABLES, LOG_TABLES, TABLES

NOT_OPENED = 10
EVERY_TABLE = (*TABLES, *DERIVED_TABLES, *LOG_TABLES)


def content(path: Path) -> dict[str, list[tuple[Any, ...]]] | None:
    """Return all that a database holds, value by value with its type, as another program reads it; None: it cannot."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
            db.text_factory = bytes
            found = {}
            for table in EVERY_TABLE:
                names = [row[1].decode() for row in db.execute(f"PRAGMA table_info({table})")]
                typed = ", ".join(f'"{name}", typeof("{name}")' for name in names)
                found[table] = sorted(map(repr, db.execute(f"SELECT {typed} FROM {table} NOT INDEXED")))
            found["schema"] = sorted(map(repr, db.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema")))
            found["version"] = list(db.execute("PRAGMA user_version"))
            return found
    except sqlite3.Error:
        return None


def told(path: Path, *, heads: tuple[Head, ...] = ()) -> list[str] | None:
    """What `audit --deep` finds, worse than notes; None where it says that the file cannot be opened (exit code 10)."""
    try:
        done = audit(Store.for_audit(path), deep=True, heads=heads, begins=lambda _what: None)
    except TrackerError as problem:
        if problem.code != NOT_OPENED:
            raise
        return None
    return [one.message for one in done.findings if one.severity != "note"]


def flipped(data: bytes, chance: random.Random) -> tuple[int, bytes]:
    """Return a copy of a file in which one bit is another, and which."""
    at = chance.randrange(len(data) * 8)
    made = bytearray(data)
    made[at // 8] ^= 1 << at % 8
    return at, bytes(made)


def _pick(db: sqlite3.Connection, chance: random.Random, table: str, column: str) -> Any:
    return chance.choice(db.execute(f'SELECT "{column}" FROM {table}').fetchall())[0]


def _other(value: Any, chance: random.Random) -> Any:
    """Return a value near this one: another digit, letter or number."""
    if value is None:
        return chance.choice([1, "x"])
    if isinstance(value, int):
        return value + chance.choice([-1, 1, 64])
    at = chance.randrange(len(value)) if value else 0
    return value[:at] + chance.choice("0123456789abcdefXYZ ") + value[at + 1 :]


def alter(db: sqlite3.Connection, chance: random.Random) -> str:
    """Alter one value of one entry."""
    table, key = chance.choice([("changesets", "seq"), ("changes", "n"), ("seals", "id")])
    columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
    column, row = chance.choice(columns), _pick(db, chance, table, key)
    was = db.execute(f'SELECT "{column}" FROM {table} WHERE {key} = ?', (row,)).fetchone()[0]
    db.execute(f'UPDATE {table} SET "{column}" = ? WHERE {key} = ?', (_other(was, chance), row))
    return f"{table}.{column} of {row}: {was!r} altered"


def delete(db: sqlite3.Connection, chance: random.Random) -> str:
    """Delete one entry, or a run of them."""
    table, key = chance.choice([("changesets", "seq"), ("changes", "n"), ("seals", "id")])
    row, many = _pick(db, chance, table, key), chance.choice([1, 1, 3, 20])
    db.execute(f"DELETE FROM {table} WHERE {key} BETWEEN ? AND ?", (row, row + many - 1))
    return f"{table}: {many} from {row} deleted"


def reorder(db: sqlite3.Connection, chance: random.Random) -> str:
    """Let two entries change places."""
    table, key = chance.choice([("changesets", "seq"), ("changes", "n"), ("seals", "id")])
    one, other = _pick(db, chance, table, key), _pick(db, chance, table, key)
    for now, then in ((one, -1), (other, one), (-1, other)):
        db.execute(f"UPDATE {table} SET {key} = ? WHERE {key} = ?", (then, now))
    return f"{table}: {one} and {other} in each other's place"


def truncate(db: sqlite3.Connection, chance: random.Random) -> str:
    """Cut the end of the log off, with its entries and seals."""
    seq = max(2, _pick(db, chance, "changesets", "seq"))
    for table in ("changesets", "changes", "seals"):
        db.execute(f"DELETE FROM {table} WHERE seq >= ?", (seq,))
    return f"cut from {seq}"


def blank(db: sqlite3.Connection, chance: random.Random) -> str:
    """Empty a past state, and say that it was forgotten."""
    n = _pick(db, chance, "changes", "n")
    db.execute("UPDATE changes SET before = NULL, gone = ? WHERE n = ?", (chance.choice([0, 1]), n))
    return f"{n} blanked"


def move(db: sqlite3.Connection, chance: random.Random) -> str:
    """Say that an entry belongs to another changeset, or to none yet."""
    n, seq = _pick(db, chance, "changes", "n"), chance.choice([None, _pick(db, chance, "changesets", "seq")])
    db.execute("UPDATE changes SET seq = ? WHERE n = ?", (seq, n))
    return f"{n} moved to {seq}"


def invent(db: sqlite3.Connection, chance: random.Random) -> str:
    """Put an entry in that nobody made."""
    any_one = 'SELECT "table", row FROM changes ORDER BY n LIMIT 1 OFFSET ?'
    table, row = db.execute(any_one, (chance.randrange(9),)).fetchone()
    seq = chance.choice([None, _pick(db, chance, "changesets", "seq")])
    db.execute('INSERT INTO changes (seq, "table", row, before) VALUES (?, ?, ?, ?)', (seq, table, row, '{"id":"x"}'))
    return f"a false past of {table} {row}"


EDITS: dict[str, Callable[[sqlite3.Connection, random.Random], str]] = {
    "altered": alter,
    "deleted": delete,
    "reordered": reorder,
    "truncated": truncate,
    "blanked": blank,
    "moved": move,
    "invented": invent,
}
