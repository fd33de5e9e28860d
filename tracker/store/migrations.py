"""The steps from an empty file to this version, numbered, append-only, never edited once released.

A later step adds tables and columns only (columns that are empty in old rows: `schema.ADDED`), because old images and the
hashes over them must keep their meaning; sqlite-utils' `transform()` would also drop the triggers. A step that
adds columns calls `add_columns` first, then changes data: what it changes is logged as the upgrade's changeset.

A new database runs the first step alone, on plain sqlite3: importing sqlite-utils costs as much as all the rest of
`init`. Upgrades go through sqlite-utils' Migrations, which finds there what the creation wrote.
"""

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from tracker.store.schema import ADDED, APPLICATION_ID, SCHEMA_VERSION
from tracker.store.structure import creation, trigger_statements

Step = Callable[[sqlite3.Connection], None]

MIGRATION_SET: Final = "tracker"


def m001_the_record_and_its_log(db: sqlite3.Connection) -> None:
    """Make the tables, the change log and its triggers."""
    for statement in creation():
        db.execute(statement)
    db.execute("INSERT INTO session (id, changeset) VALUES (1, NULL)")
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")


STEPS: Final[list[Step]] = [m001_the_record_and_its_log]


def add_columns(db: sqlite3.Connection, version: int) -> None:
    """Add the columns that `schema.ADDED` gives `version`, and make the triggers anew so that they log them."""
    for added, table, definition in ADDED:
        if added == version:
            db.execute(f"ALTER TABLE {table} ADD COLUMN {definition}")
    regenerate_triggers(db)


def regenerate_triggers(db: sqlite3.Connection) -> None:
    """Drop every trigger and make this version's."""
    for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        db.execute(f'DROP TRIGGER "{name}"')
    for statement in trigger_statements():
        db.execute(statement)


def build(db: sqlite3.Connection) -> None:
    """Make this version's record in an empty file, inside the caller's transaction, as all steps together would."""
    m001_the_record_and_its_log(db)
    db.execute(
        "CREATE TABLE _sqlite_migrations (id INTEGER PRIMARY KEY, migration_set TEXT, name TEXT, applied_at TEXT)"
    )
    db.execute("CREATE UNIQUE INDEX _sqlite_migrations_set_name ON _sqlite_migrations (migration_set, name)")
    now = str(datetime.now(UTC))
    db.executemany(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES (?, ?, ?)",
        [(MIGRATION_SET, step.__name__, now) for step in STEPS],
    )
    db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
