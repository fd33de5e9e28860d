"""A consistent copy of the database file: what every backup is made of."""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

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
