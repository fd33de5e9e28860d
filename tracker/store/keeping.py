"""Copies of the database that the program keeps by itself, before a step that changes much.

They stand in the folder `backups` beside it, plain (they are as well protected as the record itself), named after it,
the minute (local time of the record) and the newest changeset: `tracker-2026-11-24T0312-c41.auto.db`. Evidence files
are not copied: no step that these copies precede touches them. The oldest go when there are more than `MOST`.
"""

import glob
import os
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final, NamedTuple

from tracker.domain.clock import now_moment
from tracker.errors import BadValue, DiskTrouble
from tracker.i18n import _
from tracker.store import connection, trouble
from tracker.store.copying import copy_whole
from tracker.store.head import GENESIS, head
from tracker.store.schema import APPLICATION_ID
from tracker.store.seals import digest

FOLDER: Final = "backups"
MOST: Final = 5
ABANDONED_SECONDS: Final = 600  # no copy takes so long between two writes
AUTOMATIC: Final = ".auto.db"


class About(NamedTuple):
    """Which record this is (the same for all copies of it), whose, and at which state."""

    record: str
    we: str
    seq: int
    hash: str
    schema: int
    moment: str


def about(db: sqlite3.Connection) -> About:
    """Return what a copy must say of the record that it is of; `moment` is now, in the record's time."""
    first = db.execute("SELECT id FROM changesets ORDER BY seq LIMIT 1").fetchone()
    settings = dict(db.execute("SELECT id, value FROM settings WHERE id IN ('we', 'zone')").fetchall())
    try:
        moment = now_moment(settings.get("zone") or "UTC")
    except BadValue:  # another program wrote a zone that is none
        moment = now_moment("UTC")
    newest = head(db)
    schema: int = db.execute("PRAGMA user_version").fetchone()[0]
    record = digest("record", first[0] if first else GENESIS)[:16]
    return About(record, settings.get("we") or "", newest.seq, newest.hash, schema, moment)


def stem(path: Path, known: About) -> str:
    """Return how the files kept of this state are called, without what tells their kind."""
    return f"{path.stem}-{known.moment.replace(':', '')}-c{known.seq}"


def free(folder: Path, name: str, suffix: str) -> Path:
    """Return a name that nothing in `folder` has: `name` and `suffix`, else numbered from 2."""
    for number in range(1, 10_000):
        candidate = folder / (f"{name}{suffix}" if number == 1 else f"{name}-{number}{suffix}")
        if not os.path.lexists(candidate):
            return candidate
    raise DiskTrouble(_("{path} is full of backups of this minute.").format(path=folder))


def of_this(path: Path, folder: Path, suffix: str) -> list[Path]:
    """Return the files in `folder` that are named as those kept of the database at `path`, oldest first."""
    name = re.compile(rf"{re.escape(path.stem)}-(\d{{4}}-\d\d-\d\dT\d{{4}})-c(\d+)(?:-(\d+))?{suffix}")
    found = [(match, one) for one in folder.iterdir() if (match := name.fullmatch(one.name))]
    found = [(match, one) for match, one in found if one.is_file() and not one.is_symlink()]
    order = [(match[1], int(match[2]), one.stat().st_mtime_ns, int(match[3] or 1), one) for match, one in found]
    return [each[-1] for each in sorted(order)]


def keep(path: Path) -> Path:
    """Copy the database at `path` into `backups` beside it, drop the oldest such copies, and return the copy.

    Raises `DiskTrouble` where it cannot be written or does not read back; nothing is dropped then.
    """
    real = path.resolve()
    folder = real.parent / FOLDER
    with closing(connection.open_read(real, trusting=True)) as db:
        known = about(db)
    try:
        with connection.private_files():
            folder.mkdir(exist_ok=True)
        _sweep(folder, real)
        target = free(folder, stem(real, known), AUTOMATIC)
        copy_whole(real, target)
        kept = [one for one in of_this(real, folder, re.escape(AUTOMATIC)) if one != target]
        for old in [one for one in kept if _record(one) == known.record][: -(MOST - 1)]:
            old.unlink()
    except OSError as problem:
        raise DiskTrouble(
            _("Cannot keep a copy in {path}: {why}.").format(path=folder, why=problem.strerror or problem),
            hint=_("Nothing was changed. Make room, or see that the folder can be written."),
        ) from problem
    return target


@contextmanager
def examined(copy: Path) -> Iterator[sqlite3.Connection]:
    """Give a connection to a copy that nobody else has open, once SQLite finds it whole.

    Raises `NotOurs` (also for one that a newer version made), `DiskTrouble` for one that is damaged.
    """
    connection.look(copy)
    with trouble.translated(copy), closing(connection.connect(copy, "ro")) as db:
        complaint = db.execute("PRAGMA quick_check(1)").fetchone()[0]
        if complaint != "ok":
            raise DiskTrouble(_("{path} is damaged: {why}.").format(path=copy, why=complaint))
        yield db


def _sweep(folder: Path, path: Path) -> None:
    """Remove what a copy left that was broken off (a kill, a power cut)."""
    for part in folder.glob(f".{glob.escape(path.stem)}-*.part"):
        if time.time() - part.stat().st_mtime > ABANDONED_SECONDS:
            part.unlink()


def _record(copy: Path) -> str | None:
    """Return of which record a copy is; None for a file that is not ours."""
    with suppress(sqlite3.Error, OSError), copy.open("rb") as file:
        header = file.read(connection.HEADER_SIZE)
        if not header.startswith(connection.MAGIC) or int.from_bytes(header[68:72], "big") != APPLICATION_ID:
            return None
        with closing(connection.connect(copy, "ro")) as db:
            return about(db).record
    return None
