"""Where things live: the database, the case files, and files written without ever being half there."""

import errno
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

DATABASE_NAME = "tracker.db"
LOCKED = ".locked"


def user_folder() -> Path:
    """Return the user's data folder for tracker (not created)."""
    from platformdirs import user_data_path

    return user_data_path("tracker", appauthor=False)


def find_database(given: Path | None, environ: Mapping[str, str] = os.environ, here: Path | None = None) -> Path:
    """Return where the database is or would be looked for; it may not exist.

    Order: `given` (`--db`), `$TRACKER_DB`, the nearest `data/tracker.db` from here upward, the user's data folder.
    """
    if given is not None:
        return given
    if environ.get("TRACKER_DB"):
        return Path(environ["TRACKER_DB"])
    here = here or Path.cwd()
    for folder in (here, *here.parents):
        candidate = folder / "data" / DATABASE_NAME
        if candidate.is_file() or locked(candidate).is_file():
            return candidate
    return user_folder() / DATABASE_NAME


def locked(database: Path) -> Path:
    """Return where the locked form of a database stands while it is locked: beside the file that any link leads to."""
    real = Path(os.path.realpath(database))
    return real.with_name(real.name + LOCKED)


def plain_list(database: Path) -> Path:
    """Return where a lock or unlock at work writes down what is plain beside the locked form; a kill leaves it."""
    real = Path(os.path.realpath(database))
    return real.with_name(f".{real.name}.plain")


def new_database(given: Path | None, environ: Mapping[str, str] = os.environ, here: Path | None = None) -> Path:
    """Return where `init` creates a database.

    Order: `given` (`--db`), `$TRACKER_DB`, `./data` if that folder is there, the user's data folder.
    """
    if given is not None:
        return given
    if environ.get("TRACKER_DB"):
        return Path(environ["TRACKER_DB"])
    folder = (here or Path.cwd()) / "data"
    return (folder if folder.is_dir() else user_folder()) / DATABASE_NAME


def seed_folders() -> dict[str, Path]:
    """Return the case files that travel with the program: name → folder."""
    package = Path(__file__).parent
    for root in (package / "seeds", package.parent / "seeds"):
        if root.is_dir():
            return {path.name: path for path in sorted(root.iterdir()) if (path / "case.json").is_file()}
    return {}


@contextmanager
def written_whole(target: Path) -> Iterator[IO[str]]:
    """Open a text file that appears under its name only when it is complete, readable by its owner alone (0600).

    UTF-8, newlines as written. Anything raised inside leaves `target` as it was; a pipe or a device is written into
    as it is, and stays what it is. Raises `OSError` (the error door turns it into a sentence) where the folder cannot
    be written or `target` is a folder or a symbolic link.
    """
    if target.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(target))
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    writer = _written_into if target.exists() and not target.is_file() else _written_beside
    with writer(target) as file:
        yield file


@contextmanager
def _written_into(target: Path) -> Iterator[IO[str]]:
    """Open what is there and no file, such as a pipe or a device, to write into it."""
    try:
        with os.fdopen(os.open(target, os.O_WRONLY), "w", encoding="utf-8", newline="") as file:
            yield file
    except BrokenPipeError as problem:  # left as it is the door would take it for a stdout nobody reads any more
        raise OSError(errno.EIO, os.strerror(errno.EPIPE), str(target)) from problem
    except OSError as problem:
        problem.filename = problem.filename or str(target)
        raise


@contextmanager
def _written_beside(target: Path) -> Iterator[IO[str]]:
    """Open a file beside `target` that takes its name when it is complete."""
    import tempfile  # with random and hashlib, 5 ms that a question does not need

    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:80]}.", suffix=".part", dir=target.parent)
    except OSError as problem:
        problem.filename = str(target)  # the name the user knows
        raise
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
