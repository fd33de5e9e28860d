"""A consistent copy of the database file: what every backup is made of."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from tracker.errors import DiskTrouble
from tracker.i18n import _
from tracker.store import connection, trouble


def copy_whole(source: Path, target: Path) -> None:
    """Write a copy of the database `source` to `target` (0600): complete and checked, or not there at all.

    Other programs may go on reading and writing meanwhile. Raises `DiskTrouble` where it cannot be written or does not
    read back, `Busy` where the file is locked for too long.
    """
    unfinished = target.parent / f".{target.name[:80]}.{os.urandom(6).hex()}.part"
    try:
        with connection.private_files(), trouble.translated(source):
            db = connection.connect(source, "rw")
            try:
                connection.patiently(source, lambda: db.execute("VACUUM INTO ?", (str(unfinished),)))
                _compare(db, unfinished)
            finally:
                db.close()
        with unfinished.open("rb+") as file:
            os.fsync(file.fileno())
        unfinished.replace(target)
    except OSError as problem:
        raise DiskTrouble(
            _("Cannot write {path}: {why}.").format(path=target, why=problem.strerror or problem)
        ) from problem
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


@contextmanager
def held(path: Path, *, alone: bool = False) -> Iterator[tuple[sqlite3.Connection, BinaryIO]]:
    """Give a connection to the database and the bytes of its file, which stay one state of the record inside the block.

    Others go on reading, and write once the block is left; `alone`, they do neither. The structure is not looked at:
    a record that something happened to can still be carried to safety. Raises `Busy`, `Locked`, `DiskTrouble`.
    """
    with trouble.translated(path), path.open("rb") as file:
        # Closing any handle of the file would drop SQLite's locks on it (POSIX): ours is open before and after.
        db = _alone(path) if alone else _shared(path)
        try:
            yield db, file
        finally:
            db.close()


def _alone(path: Path) -> sqlite3.Connection:
    return connection.open_locked(path, lambda _db, _path: None, kind="EXCLUSIVE")


def _shared(path: Path) -> sqlite3.Connection:
    db = connection.open_read(path, trusting=True)
    if db.execute("PRAGMA journal_mode").fetchone()[0] == "wal":  # part of the record is in another file
        db.close()
        connection.open_locked(path, lambda _db, _path: None).close()
        db = connection.open_read(path, trusting=True)
    return db


def _compare(source: sqlite3.Connection, path: Path) -> None:
    """Raise `DiskTrouble` unless the copy at `path` reads whole and ends with the same changeset."""
    copy = connection.connect(path, "ro")
    try:
        whole = copy.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
        newest = "SELECT max(seq), (SELECT hash FROM changesets ORDER BY seq DESC LIMIT 1) FROM changesets"
        same = [tuple(db.execute(newest).fetchone()) for db in (source, copy)]
    finally:
        copy.close()
    if not whole or same[0] != same[1]:
        raise DiskTrouble(_("The copy of {path} did not read back as it was written.").format(path=path))
