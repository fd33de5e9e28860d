"""Proof that the record is what its log says: the chain of changesets, every logged change, every row.

Nothing here repairs. What a whole older copy put in place of the record would look like is proved by a hash
seen earlier (`seen`: in an edition), or by a changeset with the beginning of its hash (`heads`: as printed below a
report), which must still be in the chain. Nothing is kept in memory but what is found.
"""

import json
import sqlite3
from collections.abc import Collection, Iterator
from itertools import chain
from typing import Final, NamedTuple

from tracker.i18n import N_, _
from tracker.store import references, seals
from tracker.store.head import GENESIS
from tracker.store.schema import TABLES

BEYOND: Final = 2**62  # after every change
MISSING: Final = 1_000  # changesets told to be missing in one gap: a spoilt number can leave one of billions
NAMED: Final = 5  # records named in one finding; more are counted


class Finding(NamedTuple):
    """Something that does not agree with the log. `what` is stable, for scripts; `message` is a sentence.

    `records` are those concerned, as (table, id): for a broken seal all that it covers and that it cannot tell apart.
    """

    what: str
    seq: int | None
    message: str
    records: tuple[tuple[str, str], ...] = ()


class Proof(NamedTuple):
    """What `verify` looked at and found. `pending` counts changes by other programs that no changeset holds yet."""

    changesets: int
    changes: int
    rows: int
    pending: int
    findings: list[Finding]

    @property
    def whole(self) -> bool:
        """Whether everything agrees with the log."""
        return not self.findings


SENTENCES: Final = {
    "missing": N_("Change {seq} is missing from the log."),
    "reordered": N_("Change {seq} does not follow the change before it."),
    "changeset": N_("What the log says of change {seq} was altered: its kind, time, author, reason or contents."),
    "reason": N_("The reason of change {seq} was altered."),
    "seal": N_("Change {seq}, or a record it left as it was, was altered outside the log: {records}."),
    "uncovered": N_("Change {seq} holds entries that were never sealed: {records}."),
    "forgotten": N_("Change {seq} lost entries that no forgetting accounts for: {records}."),
    "unlogged": N_("Records stand in the tables that the log does not know: {records}."),
    "session": N_("A write was left half done."),
    "unseen": N_("The record no longer holds the state {hash}: it was replaced by an older or another copy."),
    "cut": N_("The log ends before change {seq} ({hash}): its end was cut off, or the file is an older copy."),
    "replaced": N_(
        "Change {seq} of the log is not the one with the hash {hash}: the log was replaced or written anew."
    ),
}

Head = tuple[int, str]
"""A changeset as printed below a report: its number and how its hash begins."""


def verify(db: sqlite3.Connection, *, seen: Collection[str] = (), heads: Collection[Head] = ()) -> Proof:
    """Check the chain, every seal and every row.

    `seen` are hashes of changesets, and `heads` changesets, that must be part of the chain.
    """
    findings = [finding for part in parts(db, seen=seen, heads=heads) for finding in part]
    return Proof(*counts(db), findings)


def parts(
    db: sqlite3.Connection, *, seen: Collection[str] = (), heads: Collection[Head] = ()
) -> tuple[Iterator[Finding], ...]:
    """Return what `verify` looks at, one after the other: a file may be too damaged for one of them."""
    tables = chain.from_iterable(_unlogged(db, table) for table in TABLES)
    return (_session(db), _chain(db, seen), _heads(db, heads), _seals(db), _uncovered(db), _gone(db), tables)


def counts(db: sqlite3.Connection) -> tuple[int, int, int, int]:
    """Return how many changesets, changes and rows there are, and how many changes wait for a changeset."""
    count = "SELECT (SELECT count(*) FROM changesets), count(*), count(*) - count(seq) FROM changes"
    sets, changes, pending = db.execute(count).fetchone()
    rows = sum(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES)
    return sets, changes, rows, pending


def _found(
    db: sqlite3.Connection, what: str, seq: int | None, records: Collection[tuple[str, str]] = (), seen: str = ""
) -> Finding:
    unique = tuple(dict.fromkeys(records))
    names = [references.label(db, table, row) for table, row in unique[:NAMED]]
    if len(unique) > NAMED:
        names.append(_("and {n} more").format(n=len(unique) - NAMED))
    return Finding(what, seq, _(SENTENCES[what]).format(seq=seq, records=", ".join(names), hash=seen), unique)


def _session(db: sqlite3.Connection) -> Iterator[Finding]:
    if [tuple(row) for row in db.execute("SELECT id, changeset FROM session")] != [(1, None)]:
        yield _found(db, "session", None)


def _chain(db: sqlite3.Connection, seen: Collection[str]) -> Iterator[Finding]:
    """Walk the changesets: numbers without gaps, each bound to the one before, each with the hash of what it says."""
    prev, at, number = GENESIS, "", 0
    wanted = set(seen) - {GENESIS}
    forgot = db.execute("SELECT max(seq) FROM changesets WHERE kind = 'forget'").fetchone()[0] or 0
    for row in db.execute("SELECT * FROM changesets ORDER BY seq"):
        number += 1
        for missing in range(number, min(row["seq"], number + MISSING)):
            yield _found(db, "missing", missing)
        number = max(number, row["seq"])
        if row["prev"] != prev or row["at"] < at:
            yield _found(db, "reordered", row["seq"])
        digests = [
            each[0] for each in db.execute("SELECT digest FROM seals WHERE seq = ? ORDER BY first", (row["seq"],))
        ]
        if row["hash"] != seals.changeset_hash(row, digests):
            yield _found(db, "changeset", row["seq"])
        if row["reason"] is None:
            if row["said"] is not None and row["seq"] >= forgot:
                yield _found(db, "reason", row["seq"])
        elif row["said"] != seals.digest(row["salt"], row["reason"]):
            yield _found(db, "reason", row["seq"])
        prev, at = row["hash"], row["at"]
        wanted.discard(prev)
    beyond = "SELECT DISTINCT seq FROM seals WHERE seq > ? UNION SELECT DISTINCT seq FROM changes WHERE seq > ?"
    for (seq,) in db.execute(beyond, (number, number)):
        yield _found(db, "missing", seq)
    for lost_hash in sorted(wanted):
        yield _found(db, "unseen", None, seen=lost_hash)


def _heads(db: sqlite3.Connection, heads: Collection[Head]) -> Iterator[Finding]:
    """Look for changesets that were printed once: nothing else shows that the end of a log is gone."""
    for seq, begins in heads:
        row = db.execute("SELECT hash FROM changesets WHERE seq = ?", (seq,)).fetchone()
        if row is None:
            yield _found(db, "cut", seq, seen=begins)
        elif not row[0].startswith(begins.lower()):
            yield _found(db, "replaced", seq, seen=begins)


def _seals(db: sqlite3.Connection) -> Iterator[Finding]:
    """Recompute every seal from the changes it covers and what each row became."""
    ends: tuple[int | None, int, int] = (None, 0, 0)
    reached = 0
    for number, seal in enumerate(db.execute("SELECT * FROM seals ORDER BY id"), 1):
        if ends[0] != seal["seq"]:
            reach = db.execute("SELECT min(n), max(n) FROM changes WHERE seq = ?", (seal["seq"],)).fetchone()
            ends = (seal["seq"], reach[0] or 0, reach[1] or 0)
        bounds = seals.states(db, seal["first"], min(seal["last"], seal["first"] + seals.BLOCK - 1))
        leaves = _kept_leaves(db, seal, bounds) if seal["leaves"] else _leaves(seal["key"], bounds)
        broken = leaves is None or seals.over(leaves) != seal["digest"] or _strays(db, seal)
        if broken or seal["id"] != number or seal["first"] <= reached or not _in_place(seal, ends[1], ends[2]):
            yield _found(db, "seal", seal["seq"], [(bound.table, bound.row) for bound in bounds])
        reached = max(reached, seal["last"])


def _in_place(seal: sqlite3.Row, first: int, last: int) -> bool:
    """Tell whether a seal covers a block of its changeset, whose changes go from `first` to `last`, as it was cut."""
    whole = min(seal["first"] + seals.BLOCK - 1, last)
    return bool((seal["first"] - first) % seals.BLOCK == 0 and seal["last"] == whole)


def _leaves(key: str | None, bounds: list[seals.Bound]) -> list[bytes] | None:
    try:
        secret = _bytes(key or "")
    except ValueError:
        return None
    nonce = seals.nonces(secret)
    return [seals.leaf(nonce(bound.n), bound) for bound in bounds] if secret else None


def _bytes(text: str) -> bytes:
    """Return what hexadecimal digits say, as we write them and no other way. Raises ValueError."""
    data = bytes.fromhex(text)
    if data.hex() != text:
        raise ValueError(text)
    return data


def _kept_leaves(db: sqlite3.Connection, seal: sqlite3.Row, bounds: list[seals.Bound]) -> list[bytes] | None:
    """Return the leaves of a seal that a forgetting touched, None if they do not fit what is left.

    `leaves` holds a pair for each change: the leaf, and its nonce where both states can still be read. A change
    without nonce must be one that was blanked, or one whose state after was.
    """
    try:
        kept = [(_bytes(leaf), nonce and _bytes(nonce)) for leaf, nonce in json.loads(seal["leaves"])]
    except (ValueError, TypeError):
        return None
    if len(kept) != len(bounds):
        return None
    for (leaf, nonce), bound in zip(kept, bounds, strict=True):
        if nonce:
            if seals.leaf(nonce, bound) != leaf:
                return None
        elif not _blanked(db, bound):
            return None
    return [leaf for leaf, _nonce in kept]


def _blanked(db: sqlite3.Connection, bound: seals.Bound) -> bool:
    following = 'SELECT gone FROM changes WHERE "table" = ? AND row = ? AND n >= ? ORDER BY n LIMIT 2'
    return any(row[0] for row in db.execute(following, (bound.table, bound.row, bound.n)))


def _strays(db: sqlite3.Connection, seal: sqlite3.Row) -> bool:
    """Tell whether the seal covers a change that now says it belongs elsewhere."""
    sql = "SELECT 1 FROM changes WHERE n BETWEEN ? AND ? AND seq IS NOT ? LIMIT 1"
    return db.execute(sql, (seal["first"], seal["last"], seal["seq"])).fetchone() is not None


def _uncovered(db: sqlite3.Connection) -> Iterator[Finding]:
    """Find changes that claim a changeset and stand in none of the seals."""
    found: dict[int, list[tuple[str, str]]] = {}
    reached = 0
    ranges = db.execute("SELECT first, last FROM seals ORDER BY first")
    for first, last in chain(ranges, [(BEYOND, BEYOND)]):
        if first > reached + 1:
            between = 'SELECT seq, "table", row FROM changes WHERE n > ? AND n < ? AND seq IS NOT NULL'
            for seq, table, row in db.execute(between, (reached, first)):
                found.setdefault(seq, []).append((table, row))
        reached = max(reached, last)
    for seq, records in found.items():
        yield _found(db, "uncovered", seq, records)


def _gone(db: sqlite3.Connection) -> Iterator[Finding]:
    """Find blanked changes of records that no `forget` changeset names."""
    sql = """
        SELECT g.seq, g."table", g.row FROM changes g WHERE g.gone AND NOT EXISTS (
            SELECT 1 FROM changes c JOIN changesets s ON s.seq = c.seq
            WHERE s.kind = 'forget' AND c."table" = g."table" AND c.row = g.row)
    """
    found: dict[int, list[tuple[str, str]]] = {}
    for seq, table, row in db.execute(sql):
        found.setdefault(seq, []).append((table, row))
    for seq, records in found.items():
        yield _found(db, "forgotten", seq, records)


def _unlogged(db: sqlite3.Connection, table: str) -> Iterator[Finding]:
    """Find rows that no change ever mentioned: they came in while the triggers were away."""
    sql = f'SELECT id FROM {table} t WHERE NOT EXISTS (SELECT 1 FROM changes c WHERE c."table" = ? AND c.row = t.id)'
    records = [(table, row[0]) for row in db.execute(sql, (table,))]
    if records:
        yield _found(db, "unlogged", None, records)
