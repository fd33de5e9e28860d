"""The change log, written: opening a changeset, taking in what other programs changed, sealing.

The triggers of `structure` log every row change under the changeset that `session` names; without one (another
program writes) the change waits with no changeset until our next write adopts it.
"""

import os
import sqlite3
from datetime import UTC, datetime

from tracker.store import ids, name_words, seals
from tracker.store.derived import refill
from tracker.store.head import GENESIS
from tracker.store.schema import TABLES
from tracker.store.seals import BLOCK


class Opened:
    """A changeset being written."""

    def __init__(self, seq: int, kind: str, reason: str | None, actor: str | None, device: str | None) -> None:
        self.seq = seq
        self.kind = kind
        self.reason = reason
        self.actor = actor
        self.device = device
        self.undoes: int | None = None


def stamp(moment: datetime) -> str:
    """Return a moment as changesets keep it: UTC, to the millisecond, `2026-01-14T10:00:00.000Z`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def begin(db: sqlite3.Connection, changeset: Opened) -> None:
    """Log what follows under `changeset`."""
    db.execute("UPDATE session SET changeset = ?", (changeset.seq,))


def next_seq(db: sqlite3.Connection) -> int:
    """Return the number of the next changeset, never one that changes already name (the log may have been cut)."""
    highest = "SELECT max(seq) FROM (SELECT max(seq) AS seq FROM changesets UNION ALL SELECT max(seq) FROM changes)"
    found: int | None = db.execute(highest).fetchone()[0]
    return (found or 0) + 1


def size(db: sqlite3.Connection, seq: int) -> int:
    """Return how many row changes changeset `seq` holds."""
    found: int = db.execute("SELECT count(*) FROM changes WHERE seq = ?", (seq,)).fetchone()[0]
    return found


def touched(db: sqlite3.Connection, seq: int) -> list[tuple[str, str]]:
    """Return the records that changeset `seq` changed, (table, id), in the order of their first change."""
    found = 'SELECT "table", row FROM changes WHERE seq = ? GROUP BY "table", row ORDER BY min(n)'
    return [(row[0], row[1]) for row in db.execute(found, (seq,))]


def end(db: sqlite3.Connection, changeset: Opened) -> bool:
    """Seal `changeset` and close the session; False (and no changeset) if nothing changed."""
    db.execute("UPDATE session SET changeset = NULL")
    name_words.keep(db, changeset.seq)
    sealed = []
    for first, last in seals.blocks(db, changeset.seq):
        key = os.urandom(32)
        nonce = seals.nonces(key)
        leaves = [seals.leaf(nonce(bound.n), bound) for bound in seals.states(db, first, last)]
        if leaves:
            sealed.append((changeset.seq, first, last, key.hex(), seals.over(leaves)))
    if not sealed and changeset.kind not in ("migrate", "undo"):
        return False
    before = db.execute("SELECT hash, at FROM changesets ORDER BY seq DESC LIMIT 1").fetchone()
    salt = None if changeset.reason is None else os.urandom(16).hex()
    row = {
        "seq": changeset.seq,
        "id": ids.new(),
        "kind": changeset.kind,
        "undoes": changeset.undoes,
        "device": changeset.device,
        "actor": changeset.actor,
        "at": max(stamp(datetime.now(UTC)), before["at"] if before else ""),  # never backwards, whatever the clock does
        "reason": changeset.reason,
        "salt": salt,
        "said": None if salt is None else seals.digest(salt, changeset.reason),
        "prev": before["hash"] if before else GENESIS,
    }
    row["hash"] = seals.changeset_hash(row, [seal[-1] for seal in sealed])
    db.execute(f"INSERT INTO changesets ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", tuple(row.values()))
    db.executemany("INSERT INTO seals (seq, first, last, key, digest) VALUES (?, ?, ?, ?, ?)", sealed)
    return True


def adopt(db: sqlite3.Connection, device: str | None) -> int | None:
    """Give what other programs changed since our last write a changeset of its own (kind `outside`); return its number.

    Dates and names that they changed get their bounds and keys here, in the same changeset.
    """
    waiting = db.execute("SELECT min(n), max(n) FROM changes WHERE seq IS NULL").fetchone()
    if waiting[0] is None:
        return None
    _drop_empty(db, waiting[0], waiting[1])
    changeset = Opened(next_seq(db), "outside", None, None, device)
    db.execute("UPDATE changes SET seq = ? WHERE seq IS NULL", (changeset.seq,))
    begin(db, changeset)
    bring_in_line(db, changeset.seq)
    return changeset.seq if end(db, changeset) else None


def bring_in_line(db: sqlite3.Connection, seq: int) -> None:
    """Derive anew the bounds, keys and refs of the rows that changeset `seq` touched."""
    tables = {table for table, _ in touched(db, seq)}
    for table in TABLES:
        if table in tables:
            refill(db, table, seq)


def _drop_empty(db: sqlite3.Connection, first: int, last: int) -> None:
    """Forget logged changes that changed nothing (an outside INSERT OR IGNORE that found its row there)."""
    for start in range(first, last + 1, BLOCK):
        same = [(b.n,) for b in seals.states(db, start, min(start + BLOCK - 1, last)) if b.before == b.after]
        db.executemany("DELETE FROM changes WHERE n = ? AND seq IS NULL", same)
