"""The newest changeset: what a figure on a screen was counted from."""

import sqlite3
from typing import Final, NamedTuple

GENESIS: Final = "0" * 64  # the `prev` of the first changeset


class Head(NamedTuple):
    """The newest changeset: its number, its hash (it stands for the whole record up to it), id and moment (UTC).

    `pending` counts the changes by other programs that no changeset holds yet. An empty record has seq 0.
    """

    seq: int
    hash: str
    id: str
    at: str
    pending: int


def head(db: sqlite3.Connection) -> Head:
    """Return the newest changeset as `db` sees it (in the past that a connection looks at, the newest of then)."""
    row = db.execute("SELECT seq, hash, id, at FROM changesets ORDER BY seq DESC LIMIT 1").fetchone()
    pending = db.execute("SELECT count(*) FROM changes WHERE seq IS NULL").fetchone()[0]
    return Head(row[0], row[1], row[2], row[3], pending) if row else Head(0, GENESIS, "", "", pending)
