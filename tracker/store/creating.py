"""Making a new database: in a file of its own first, under its name only when it is complete."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tracker.errors import DiskTrouble, Refused
from tracker.i18n import _
from tracker.store import connection, migrations, trouble


def create(path: Path, fill: Callable[[Path], None]) -> None:
    """Create a database at `path` (0600), filled by `fill` before anybody can see it; its folder is made if missing.

    Raises `Refused` if something is there, `Locked` if that is a locked record, `DiskTrouble` where the folder cannot
    be written.
    """
    unfinished = path.parent / f".{path.name[:80]}.{os.urandom(6).hex()}.part"
    try:
        refuse_taken(path)
        with connection.private_files():
            path.parent.mkdir(parents=True, exist_ok=True)
            _build(unfinished)
            fill(unfinished)
            _put_in_place(unfinished, path)
    except OSError as problem:
        raise DiskTrouble(
            _("Cannot create {path}: {why}.").format(path=path, why=problem.strerror or problem),
            hint=_("Choose another place with --db."),
        ) from problem
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def refuse_taken(path: Path) -> None:
    """Raise `Refused` or `Locked` where something is at `path`."""
    connection.refuse_locked(path)
    if path.exists() or path.is_symlink():
        raise already(path)


def already(path: Path) -> Refused:
    """Return the error for a place that is taken."""
    return Refused(
        _("There is already something at {path}.").format(path=path),
        hint=_("Use it as it is, or choose another place with --db."),
    )


def _build(path: Path) -> None:
    path.touch(mode=0o600, exist_ok=False)
    with trouble.translated(path):
        db = connection.connect(path, "rw")
        try:
            db.execute("BEGIN IMMEDIATE")
            migrations.build(db)
            db.execute("COMMIT")
        finally:
            db.close()


def _put_in_place(unfinished: Path, path: Path) -> None:
    """Give the finished file its name without ever writing over another."""
    try:
        path.hardlink_to(unfinished)
    except FileExistsError as problem:
        raise already(path) from problem
    except OSError:  # a disk without hard links (a USB stick): a rename, after one more look
        if path.exists():
            raise already(path) from None
        unfinished.rename(path)
