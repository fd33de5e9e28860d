"""Opening the file: what it must be before it is touched, and how it is locked.

Looking at a file reads its header as plain bytes; SQLite opens only what carries our mark, so that a foreign
file is never touched. Every wait for a lock happens in our own loop, which Ctrl-C can break.
"""

import os
import sqlite3
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

from tracker.errors import DiskTrouble, Locked, NoDatabase, NotOurs
from tracker.i18n import _
from tracker.paths import locked, plain_list
from tracker.store import trouble
from tracker.store.schema import APPLICATION_ID, LOG_TABLES, SCHEMA_VERSION
from tracker.store.structure import expected

T = TypeVar("T")

MAGIC: Final = b"SQLite format 3\0"
HEADER_SIZE: Final = 100
BUSY_SECONDS: Final = 30.0  # how long we wait for another program's lock
PATIENCE_SECONDS: Final = 0.1  # SQLite's own busy timeout; a longer one swallows Ctrl-C
PAUSE_SECONDS: Final = 0.02
OPERATIONS_BETWEEN_LOOKS: Final = 200_000  # how often a long question looks for Ctrl-C (about every 2 ms)
CACHE_KIBIBYTES: Final = 65_536  # taken only as it is used

_READ: Final = (f"PRAGMA cache_size=-{CACHE_KIBIBYTES}", "PRAGMA temp_store=MEMORY")
_WRITE: Final = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA synchronous=FULL",
    "PRAGMA secure_delete=ON",
    *_READ,
)


def busy_seconds() -> float:
    """Return how long to wait for a lock: `$TRACKER_BUSY_SECONDS`, else 30."""
    try:
        return float(os.environ.get("TRACKER_BUSY_SECONDS", BUSY_SECONDS))
    except ValueError:
        return BUSY_SECONDS


def patiently(path: Path, work: Callable[[], T]) -> T:
    """Do `work`, again and again while another program holds the lock; raise `Busy` when it does so for too long."""
    until = time.monotonic() + busy_seconds()
    while True:
        try:
            return work()
        except sqlite3.Error as problem:
            if not trouble.is_busy(problem):
                raise
            if time.monotonic() >= until:
                raise trouble.busy(path) from problem
        time.sleep(PAUSE_SECONDS)


@contextmanager
def private_files() -> Iterator[None]:
    """Make every file created inside readable by its owner alone (umask 077)."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


def refuse_locked(path: Path) -> None:
    """Raise `Locked` where the record is locked, whatever stands under its own name meanwhile."""
    if os.path.lexists(locked(path)):
        broken_off = plain_list(path).exists()
        raise Locked(
            _("The record {path} is locked.").format(path=path),
            hint=_("A lock or unlock was broken off: 'tracker lock' or 'tracker unlock' finishes it.")
            if broken_off
            else _("Bring it back with 'tracker unlock'. Nothing was changed."),
        )


def _header(path: Path) -> bytes:
    """Return the first bytes of the file. Raises `Locked`, `NoDatabase`, `NotOurs` or `DiskTrouble`."""
    try:
        refuse_locked(path)
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise NotOurs(
                _("{path} is a folder, not a database.").format(path=path), hint=_("Give the file's name with --db.")
            )
        if not stat.S_ISREG(mode):
            raise NotOurs(_("{path} is not a plain file.").format(path=path))
        with path.open("rb") as file:
            return file.read(HEADER_SIZE)
    except (FileNotFoundError, NotADirectoryError) as problem:
        raise NoDatabase(
            _("There is no database at {path}.").format(path=path),
            hint=_("Create one with `tracker init`, or name another with --db."),
        ) from problem
    except (OSError, ValueError) as problem:
        why = getattr(problem, "strerror", None) or problem
        raise DiskTrouble(_("{path} cannot be read: {why}.").format(path=path, why=why)) from problem


def look(path: Path) -> int:
    """Return the schema version of the tracker database at `path`, from its header alone.

    Raises `Locked`, `NoDatabase` where there is no file, `NotOurs` for a folder, an empty, foreign or newer file,
    `DiskTrouble` where it cannot be read.
    """
    header = _header(path)
    if not header:
        raise NotOurs(
            _("{path} is an empty file, not a tracker database.").format(path=path),
            hint=_("Remove it, then create a database with `tracker init`."),
        )
    if len(header) < HEADER_SIZE or not header.startswith(MAGIC):
        raise NotOurs(_("{path} is not a tracker database.").format(path=path))
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise NotOurs(_("{path} is a database of another program.").format(path=path))
    version = int.from_bytes(header[60:64], "big")
    if version > SCHEMA_VERSION:
        raise newer(path, version)
    if version < 1:
        raise NotOurs(_("{path} is not a tracker database.").format(path=path))
    return version


def newer(path: Path, version: int) -> NotOurs:
    """Return the error for a database that a newer tracker made."""
    return NotOurs(
        _("{path} was made by a newer tracker (version {found} of the record; this one knows up to {known}).").format(
            path=path, found=version, known=SCHEMA_VERSION
        ),
        hint=_("Update tracker on this computer. The file was not touched."),
    )


def _present(db: sqlite3.Connection) -> dict[str, str]:
    """Return the text of our tables, and of every trigger and view.

    Tables and indexes that other programs added are none of our business.
    """
    found = db.execute("SELECT type, name, sql FROM sqlite_schema WHERE type <> 'index'")
    return {name: sql for kind, name, sql in found if kind != "table" or name in expected()}


def strangers(db: sqlite3.Connection) -> list[str]:
    """Return the names of what is missing or not as this version made it, and of unknown triggers and views."""
    wanted, found = expected(), _present(db)
    odd = (name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))
    return sorted(odd, key=lambda name: (not wanted.get(name, "").startswith("CREATE TABLE"), name))


def check_names(db: sqlite3.Connection, path: Path) -> None:
    """Refuse a database of an older version that holds triggers or views unknown to us, or lacks the log."""
    found = _present(db).keys()
    odd = sorted((found - expected().keys()) | (LOG_TABLES.keys() - found))
    if odd:
        raise altered(path, odd)


def altered(path: Path, names: list[str]) -> NotOurs:
    """Return the error for a database whose structure is not as tracker made it."""
    return NotOurs(
        _("Another program changed the structure of {path}: {names}.").format(path=path, names=", ".join(names[:5])),
        hint=_("Keep the file as it is and restore a backup beside it."),
    )


def check_structure(db: sqlite3.Connection, path: Path) -> None:
    """Refuse a database whose tables or triggers another program changed: a trigger could rewrite what we write."""
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version > SCHEMA_VERSION:
        raise newer(path, version)
    odd = strangers(db)
    if odd:
        raise altered(path, odd)


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """Return a bare connection that begins no transaction by itself; `mode` is SQLite's (rw, ro)."""
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    db = sqlite3.connect(uri, uri=True, timeout=PATIENCE_SECONDS, isolation_level=None)
    db.row_factory = sqlite3.Row
    # Ctrl-C reaches Python only between its own steps: this gives it one in the middle of a long question.
    db.set_progress_handler(lambda: 0, OPERATIONS_BETWEEN_LOOKS)
    return db


def _writable(path: Path) -> bool:
    """Tell whether the file can be written: a journal needs room beside it."""
    target = path.resolve()  # of a link, SQLite keeps the journal beside what it points at
    return os.access(target, os.W_OK) and os.access(target.parent, os.W_OK)


def open_read(path: Path, *, trusting: bool = False) -> sqlite3.Connection:
    """Return a connection inside a read transaction: it sees one state of the record until closed.

    `trusting` leaves out the check of the structure (the audit wants to see a damaged record too). The caller makes
    it `query_only` once its TEMP views stand.
    """
    refuse_locked(path)  # also where the store was opened before
    # Opened for reading only, SQLite could not roll back what a killed writer left half done.
    db = connect(path, "rw" if _writable(path) else "ro")
    try:
        for pragma in _READ:
            patiently(path, partial(_run, db, pragma))
        db.execute("BEGIN")
        patiently(path, partial(_run, db, "SELECT count(*) FROM sqlite_schema"))
        if not trusting:
            check_structure(db, path)
    except BaseException:
        db.close()
        refuse_locked(path)  # while we waited
        raise
    return db


def open_locked(
    path: Path, check: Callable[[sqlite3.Connection, Path], None], *, kind: str = "IMMEDIATE"
) -> sqlite3.Connection:
    """Return a connection inside a write transaction: nobody else writes until it ends (`EXCLUSIVE`: or reads).

    `check` looks at what is in the file, and refuses it, before anything is written.
    """
    refuse_locked(path)
    if not _writable(path):
        raise DiskTrouble(
            _("{path} cannot be written.").format(path=path),
            hint=_("Nothing was changed. Check the permissions of the file and of its folder."),
        )
    file = _file(path)
    db = connect(path, "rw")
    try:
        for pragma in _WRITE:
            patiently(path, partial(_run, db, pragma))
        if patiently(path, lambda: db.execute("PRAGMA journal_mode").fetchone()[0]) != "delete":
            check(db, path)  # another program switched it to WAL, which a copy of the main file alone would lose
            patiently(path, partial(_run, db, "PRAGMA journal_mode=DELETE"))
        patiently(path, partial(_run, db, f"BEGIN {kind}"))
        _refuse_other(path, file)
        check(db, path)
        db.execute("PRAGMA defer_foreign_keys=ON")
    except BaseException:
        db.close()
        refuse_locked(path)
        raise
    return db


def _refuse_other(path: Path, file: tuple[int, int] | None) -> None:
    """Raise `Locked` or `Busy` where what we hold is the record no more: locked or restored while we waited."""
    refuse_locked(path)
    if _file(path) != file:
        raise trouble.busy(path)


def _file(path: Path) -> tuple[int, int] | None:
    """Return which file stands under that name, None for none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def open_write(path: Path) -> sqlite3.Connection:
    """Return a connection like `open_locked`, to a database whose structure is this version's."""
    return open_locked(path, check_structure)


def _run(db: sqlite3.Connection, sql: str) -> None:
    db.execute(sql).fetchall()


def commit(db: sqlite3.Connection, path: Path) -> None:
    """Commit, waiting for readers to finish."""
    patiently(path, partial(_run, db, "COMMIT"))
