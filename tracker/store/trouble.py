"""SQLite's troubles in our own words: every `sqlite3.Error` becomes a sentence with an exit code, or a bug."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tracker.errors import BadValue, Busy, DiskTrouble, NotOurs, Refused, TrackerError
from tracker.i18n import N_, _

_MASK = 0xFF  # an extended result code carries the plain one in its low byte

_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})

_UNREADABLE = (
    DiskTrouble,
    N_("{path} cannot be read or written: {why}."),
    N_("Check the disk, and the permissions of the file and of its folder."),
)
_REFUSED = (Refused, N_("The record cannot take this: {why}."), None)
_TOLD: dict[int, tuple[type[TrackerError], str, str | None]] = {
    sqlite3.SQLITE_FULL: (
        DiskTrouble,
        N_("The disk is full: {path} could not be written."),
        N_("Nothing was changed. Free some space and try again."),
    ),
    sqlite3.SQLITE_READONLY: (
        DiskTrouble,
        N_("{path} cannot be written."),
        N_("Nothing was changed. Check the permissions of the file and of its folder."),
    ),
    sqlite3.SQLITE_CORRUPT: (
        DiskTrouble,
        N_("{path} is damaged: {why}."),
        N_("Keep the file as it is and restore a backup beside it."),
    ),
    sqlite3.SQLITE_NOTADB: (NotOurs, N_("{path} is not a tracker database."), None),
    sqlite3.SQLITE_IOERR: _UNREADABLE,
    sqlite3.SQLITE_CANTOPEN: _UNREADABLE,
    sqlite3.SQLITE_PERM: _UNREADABLE,
    sqlite3.SQLITE_AUTH: _UNREADABLE,
    sqlite3.SQLITE_CONSTRAINT: _REFUSED,
    sqlite3.SQLITE_TOOBIG: _REFUSED,
    sqlite3.SQLITE_MISMATCH: _REFUSED,
}


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


def unopenable(problem: sqlite3.Error | UnicodeDecodeError, path: Path) -> TrackerError:
    """Return the error for a file that SQLite does not even open."""
    if isinstance(problem, sqlite3.Error) and code(problem) in _BUSY:
        return busy(path)
    why = problem if isinstance(problem, sqlite3.Error) else _("its tables are unreadable")
    return NotOurs(
        _("{path} is so damaged that it cannot be opened: {why}.").format(path=path, why=why),
        hint=_("Keep the file as it is and restore a backup beside it."),
    )


def told(problem: sqlite3.Error, path: Path) -> TrackerError | None:
    """Return our error for `problem`, or None where only a mistake of ours explains it."""
    found = code(problem)
    if found in _BUSY:
        return busy(path)
    if found not in _TOLD:
        return _undecodable(problem, path)
    error, message, hint = _TOLD[found]
    return error(_(message).format(path=path, why=problem), hint=_(hint) if hint else None)


def _undecodable(problem: sqlite3.Error, path: Path) -> TrackerError | None:
    """Return the error for bytes that are no text, which another program wrote and no write of ours has mended yet."""
    if not str(problem).startswith("Could not decode"):
        return None
    return DiskTrouble(
        _("Another program wrote something into {path} that is no text: {why}.").format(path=path, why=problem),
        hint=_("The next change made with tracker replaces it with a mark and keeps going."),
    )


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
    except (UnicodeEncodeError, OverflowError) as problem:
        raise BadValue(
            _("A value cannot be stored or searched for: {why}.").format(why=problem),
            hint=_("Remove broken characters, and numbers of more than 18 digits."),
        ) from problem
