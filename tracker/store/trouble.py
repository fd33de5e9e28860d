"""SQLite's troubles in our own words: every `sqlite3.Error` becomes a sentence with an exit code, or a bug."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tracker.errors import Busy, DiskTrouble, NotOurs, Refused, TrackerError
from tracker.i18n import _

_MASK = 0xFF  # an extended result code carries the plain one in its low byte

_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_DISK = frozenset({sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH})


def code(problem: sqlite3.Error) -> int:
    """Return SQLite's plain result code, 0 where the error is not SQLite's own."""
    return getattr(problem, "sqlite_errorcode", 0) & _MASK


def is_busy(problem: sqlite3.Error) -> bool:
    """Tell whether another program's lock is all that is wrong."""
    return code(problem) in _BUSY


def busy(path: Path) -> Busy:
    """Return the error for a database that another program did not let go of in time."""
    return Busy(
        _("Another program is using {path}.").format(path=path),
        hint=_("Nothing was changed. Close the other program, or wait a moment and try again."),
    )


def told(problem: sqlite3.Error, path: Path) -> TrackerError | None:
    """Return our error for `problem`, or None where only a mistake of ours explains it."""
    match code(problem):
        case found if found in _BUSY:
            return busy(path)
        case sqlite3.SQLITE_FULL:
            return DiskTrouble(
                _("The disk is full: {path} could not be written.").format(path=path),
                hint=_("Nothing was changed. Free some space and try again."),
            )
        case sqlite3.SQLITE_READONLY:
            return DiskTrouble(
                _("{path} cannot be written.").format(path=path),
                hint=_("Nothing was changed. Check the permissions of the file and of its folder."),
            )
        case found if found in _DISK:
            return DiskTrouble(
                _("{path} cannot be read or written: {why}.").format(path=path, why=problem),
                hint=_("Check the disk, and the permissions of the file and of its folder."),
            )
        case sqlite3.SQLITE_CORRUPT:
            return DiskTrouble(
                _("{path} is damaged: {why}.").format(path=path, why=problem),
                hint=_("Keep the file as it is and restore a backup beside it."),
            )
        case sqlite3.SQLITE_NOTADB:
            return NotOurs(_("{path} is not a tracker database.").format(path=path))
        case sqlite3.SQLITE_CONSTRAINT | sqlite3.SQLITE_TOOBIG | sqlite3.SQLITE_MISMATCH:
            return Refused(_("The record cannot take this: {why}.").format(why=problem))
    return None


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Raise our errors instead of SQLite's from the block inside.

    A question that Ctrl-C broke off inside SQLite goes on as the KeyboardInterrupt it was.
    """
    try:
        yield
    except sqlite3.Error as problem:
        if code(problem) == sqlite3.SQLITE_INTERRUPT:
            raise KeyboardInterrupt from problem
        ours = told(problem, path)
        if ours is None:
            raise
        raise ours from problem
