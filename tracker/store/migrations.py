"""The steps from an empty file to this version, numbered, append-only, never edited once released.

A later step adds tables and columns only (columns that are empty in old rows: `schema.ADDED`), because old
images and the hashes over them must keep their meaning; sqlite-utils' `transform()` would also drop the
triggers. A step that adds columns calls `add_columns` first, then changes data: what it changes is logged
as the upgrade's changeset.

A new database runs the steps on plain sqlite3: importing sqlite-utils costs as much as all the rest of
`init`. Upgrades go through sqlite-utils' Migrations, which finds there what the creation wrote.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from tracker.store import changelog, connection, keeping, name_words, trouble
from tracker.store.changelog import Opened
from tracker.store.schema import ADDED, APPLICATION_ID, SCHEMA_VERSION
from tracker.store.structure import creation, trigger_statements

Step = Callable[[sqlite3.Connection], None]

MIGRATION_SET: Final = "tracker"


def m001_the_record_and_its_log(db: sqlite3.Connection) -> None:
    """Make the tables, the change log and its triggers."""
    for statement in creation(1):
        db.execute(statement)
    db.execute("INSERT INTO session (id, changeset) VALUES (1, NULL)")
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def m002_lists_taken_in(db: sqlite3.Connection) -> None:
    """Make the tables that remember lists from elsewhere: what each row became, what is open, how headers map.

    And the words by which printed names find people, filled from the names on record.
    """
    for statement in creation(2):
        db.execute(statement)
    name_words.fill(db)


def m003_how_claimants_count(db: sqlite3.Connection) -> None:
    """Let a claimant be tied to the counting rule by which it counts."""
    add_columns(db, 3)


STEPS: Final[list[Step]] = [m001_the_record_and_its_log, m002_lists_taken_in, m003_how_claimants_count]


def add_columns(db: sqlite3.Connection, version: int) -> None:
    """Add the columns that `schema.ADDED` gives `version`, and make the triggers anew so that they log them."""
    missing = [
        (table, definition)
        for added, table, definition in ADDED
        if added == version
        and not db.execute(
            "SELECT 1 FROM pragma_table_info(?) WHERE name = ?", (table, definition.split()[0])
        ).fetchone()
    ]
    for table, definition in missing:
        db.execute(f"ALTER TABLE {table} ADD COLUMN {definition}")
    if missing:  # a new database has them from the start, and the triggers with them
        regenerate_triggers(db)


def regenerate_triggers(db: sqlite3.Connection) -> None:
    """Drop every trigger and make this version's."""
    for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        db.execute(f'DROP TRIGGER "{name}"')
    for statement in trigger_statements():
        db.execute(statement)


def build(db: sqlite3.Connection) -> None:
    """Make this version's record in an empty file, inside the caller's transaction, as all steps together would."""
    for step in STEPS:
        step(db)
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


def upgrade(path: Path, *, copied: bool = True) -> Path | None:
    """Bring the database at `path` up to this version; return the copy that was kept of it first.

    None if another process did it first, or it is not to be `copied`. One transaction under the write lock: whole or
    not at all. Raises `NotOurs` for unknown triggers or views, `DiskTrouble` where the copy cannot be written.
    """
    with trouble.translated(path), closing(connection.open_locked(path, connection.check_names)) as db:
        version = db.execute("PRAGMA user_version").fetchone()[0]
        if version == SCHEMA_VERSION:
            return None
        backup = keeping.keep(path) if copied else None
        _migrate(db, version)
        connection.check_structure(db, path)
        connection.commit(db, path)
    return backup


def _migrate(db: sqlite3.Connection, version: int) -> None:
    """Run the pending steps and log what they change; outside edits that wait get a changeset before it."""
    found = db.execute("SELECT value FROM settings WHERE id = 'device'").fetchone()
    device = found[0] if found else None
    outside = Opened(changelog.next_seq(db), "outside", None, None, device)
    waiting = db.execute("UPDATE changes SET seq = ? WHERE seq IS NULL", (outside.seq,)).rowcount
    names = ", ".join(step.__name__ for step in STEPS[version:])
    ours = Opened(outside.seq + (1 if waiting else 0), "migrate", names, None, device)
    changelog.begin(db, ours)
    _apply(db)
    if waiting:
        changelog.bring_in_line(db, outside.seq)
        changelog.end(db, outside)
    changelog.end(db, ours)
    db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _apply(db: sqlite3.Connection) -> None:
    """Run the steps that sqlite-utils has no record of, each in a savepoint of our transaction."""
    from sqlite_utils import Database, Migrations

    migrations = Migrations(MIGRATION_SET)
    for step in STEPS:
        migrations(name=step.__name__)(lambda database, step=step: step(database.conn))
    migrations.apply(Database(db, recursive_triggers=False, execute_plugins=False))
