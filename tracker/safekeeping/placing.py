"""Files that take their name when they are whole, go for good when they must, and what else lies beside a record."""

import errno
import io
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from tracker.errors import Busy, DiskTrouble
from tracker.i18n import _

ABANDONED_SECONDS: Final = 3_600
ZEROS: Final = bytes(1 << 20)


@contextmanager
def written(target: Path, *, over: bool = False) -> Iterator[tuple[Path, BinaryIO]]:
    """Give a file beside `target` (0600) that takes its name when the block ends well, and is gone when it does not.

    It never takes the place of another unless `over`. Raises `DiskTrouble`, naming `target`.
    """
    part = target.parent / f".{target.name[:80]}.{os.urandom(6).hex()}.part"
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(part, flags, 0o600), "w+b") as file:
            yield part, file
            file.flush()
            os.fsync(file.fileno())
        if over:
            part.replace(target)
        else:
            name_it(part, target)
        settle(target.parent)
    except OSError as problem:
        raise trouble(target, problem) from problem
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def name_it(part: Path, target: Path) -> None:
    """Give a finished file its name, never that of another."""
    try:
        target.hardlink_to(part)
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links (a USB stick): a rename, after one more look
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        part.rename(target)


def move(source: Path, place: Path) -> None:
    """Give a file its place, in a folder that is made if missing, also on another disk; what is there goes."""
    make_folder(place.parent)
    try:
        source.replace(place)
    except OSError as problem:
        if problem.errno != errno.EXDEV:
            raise
        with source.open("rb") as file, written(place, over=True) as (_part, copy):
            shutil.copyfileobj(file, copy, len(ZEROS))
        destroy(source)


def trouble(path: Path, problem: OSError) -> DiskTrouble:
    """Return the sentence for a file that cannot be written."""
    if isinstance(problem, DiskTrouble):
        return problem
    return DiskTrouble(
        _("Cannot write {path}: {why}.").format(path=path, why=problem.strerror or problem),
        hint=_("Nothing was changed. Make room, or choose another place."),
    )


def make_folder(folder: Path) -> None:
    """Make a folder that only its owner can look into, if it is missing. Raises `DiskTrouble`."""
    try:
        for one in reversed([folder, *folder.parents]):  # `parents=True` would leave those above open to others
            if not one.exists():
                one.mkdir(mode=0o700, exist_ok=True)
        folder.mkdir(exist_ok=True)  # says so where it is something else
    except OSError as problem:
        raise trouble(folder, problem) from problem


def unread(path: Path) -> DiskTrouble:
    """Return the error for a file that does not read back as it was written."""
    return DiskTrouble(
        _("{path} did not read back as it was written; it was removed.").format(path=path),
        hint=_("The disk may be failing: write to another one."),
    )


class _Synced(io.FileIO):
    """A new file (0600) that is on the disk when it is closed."""

    def __init__(self, path: Path) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        super().__init__(os.open(path, flags, 0o600), "wb")

    def close(self) -> None:
        """Put it on the disk."""
        if not self.closed:
            os.fsync(self.fileno())
        super().close()


def new_file(path: Path) -> BinaryIO:
    """Return a new file to write into, its folder made if missing; on the disk when it is closed."""
    make_folder(path.parent)
    return io.BufferedWriter(_Synced(path))


def settle(*folders: Path) -> None:
    """Put the names in these folders on the disk, so that a power cut does not undo a rename."""
    if os.name == "nt":
        return
    for folder in folders:
        with suppress(OSError):  # some file systems cannot
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def sweep(folder: Path, beginning: str) -> int:
    """Remove unfinished files for targets whose name begins so, where nobody writes any more; return how many."""
    found = 0
    for part in folder.glob(".*.part"):
        with suppress(OSError):
            abandoned = time.time() - part.stat().st_mtime > ABANDONED_SECONDS
            if abandoned and part.name[1:].startswith(beginning) and part.is_file() and not part.is_symlink():
                part.unlink()
                found += 1
    return found


def destroy(path: Path) -> None:
    """Remove a file after writing zeros over it, as far as the disk lets itself be written over.

    A file that has another name, too (a hard link: somebody's copy), only loses this one. Raises `OSError`.
    """
    if not path.is_symlink():
        with suppress(OSError), path.open("r+b", buffering=0) as file:
            found = os.fstat(file.fileno())
            left = found.st_size if found.st_nlink == 1 else 0
            while left > 0:
                left -= file.write(ZEROS[: min(left, len(ZEROS))])
            os.fsync(file.fileno())
    path.unlink(missing_ok=True)


def destroy_folder(folder: Path) -> None:
    """Remove a folder of ours with all that is in it, each file as `destroy` does. Raises `OSError`."""
    if folder.is_symlink() or not folder.is_dir():
        folder.unlink(missing_ok=True)
        return
    for below, folders, names in os.walk(folder, topdown=False):
        for name in names:
            destroy(Path(below, name))
        for name in folders:
            Path(below, name).rmdir()
    folder.rmdir()


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Keep every other lock, unlock and restore of the record at `path` out. Raises `Busy` where one is at work."""
    try:
        import fcntl
    except ImportError:  # Windows: files that are open cannot be moved there, which keeps two from one record
        yield
        return
    try:
        handle = os.open(path.parent, os.O_RDONLY)
    except OSError as problem:
        raise trouble(path, problem) from problem
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy(
                _("Another program is locking, unlocking or restoring a record in {path}.").format(path=path.parent),
                hint=_("Nothing was changed. Wait until it is done."),
            ) from None
        except OSError:  # a file system that knows no such locks
            pass
        yield
    finally:
        os.close(handle)
