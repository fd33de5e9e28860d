"""The SQLite of this computer: its version, whether it can do what the record needs, what is known of its faults."""

import sqlite3
from contextlib import closing
from typing import Final

from tracker.i18n import N_, _

OLDEST: Final = (3, 37, 0)  # STRICT tables

# Version that mended it → what it was. Facts: sqlite.org/cves.html, sqlite.org/changes.html.
_MENDED: Final = (
    ((3, 39, 2), "CVE-2022-35737", N_("only through texts of more than 2 GB; the record takes none")),
    ((3, 50, 2), "CVE-2025-6965", N_("only through SQL made to hurt; the record refuses foreign triggers and views")),
)


def version() -> str:
    """Return the version of SQLite that Python uses here."""
    return sqlite3.sqlite_version


def problems() -> list[str]:
    """Return what is known to be wrong with this version, each with what it means here, in words."""
    here = sqlite3.sqlite_version_info
    return [f"{name} ({_(means)})" for mended, name, means in _MENDED if here < mended]


def able() -> bool:
    """Tell whether this SQLite can do what the record needs: strict tables, JSON, triggers that refuse."""
    if sqlite3.sqlite_version_info < OLDEST:
        return False
    try:
        with closing(sqlite3.connect(":memory:")) as db:
            db.execute("CREATE TABLE t (id TEXT PRIMARY KEY, n INTEGER) STRICT")
            db.execute("CREATE TRIGGER k BEFORE UPDATE OF id ON t BEGIN SELECT RAISE(ABORT, 'kept'); END")
            db.execute("INSERT INTO t VALUES (json_extract(json_patch('{}', json_object('a', 'x')), '$.a'), 1)")
            return bool(db.execute("SELECT id = 'x' FROM t").fetchone()[0])
    except sqlite3.Error:
        return False
