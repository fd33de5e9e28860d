"""Evidence files: each kept once, under its SHA-256, in the folder `evidence` beside the database.

The bytes come first, then the row that names them: a kill in between leaves bytes that nothing points at, which the
audit names, and never a row without its file. Nothing here opens a file with another program.
"""

import hashlib
import os
import re
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final, NamedTuple

from tracker.domain.text import quoted
from tracker.errors import DiskTrouble, Problems, Refused
from tracker.i18n import _
from tracker.safekeeping.media import MAGIC_BYTES, media_type

FOLDER: Final = "evidence"
CHUNK: Final = 1 << 20  # bytes read at once: what a file of any size takes of memory
ABANDONED: Final = 3_600  # seconds after which an unfinished copy is nobody's any more
PART: Final = ".part"
_SHA: Final = re.compile(r"[0-9a-f]{64}")
_PLAIN: Final = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_NO_FILE_NAME: Final = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')


class Kept(NamedTuple):
    """A file kept: `new` tells whether its bytes were not there, or not whole, before."""

    sha256: str
    size: int
    media_type: str | None
    new: bool


def folder(database: Path) -> Path:
    """Return where the evidence of a database is (whether it is there or not)."""
    return database.resolve().parent / FOLDER


def place(database: Path, sha256: str) -> Path | None:
    """Return where the bytes with this hash are kept; None for a text that is no such hash."""
    return folder(database) / sha256[:2] / sha256 if _SHA.fullmatch(sha256) else None


@contextmanager
def _reading(path: Path) -> Iterator[IO[bytes]]:
    """Open a plain file. Raises `Refused` for anything else, `OSError` where it cannot be read."""
    if "\0" in str(path):
        raise _refused(path, _("there can be no such name"))
    if path.is_symlink():
        raise _refused(path, _("it is a link; name the file itself"))
    if path.is_dir():
        raise _refused(path, _("it is a folder"))
    with os.fdopen(os.open(path, _PLAIN), "rb", buffering=0) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise _refused(path, _("it is a device or a pipe"))
        yield file


def _refused(path: Path, why: str) -> Refused:
    return Refused(
        _("{path} cannot be kept as evidence: {why}.").format(path=quoted(str(path), 300), why=why),
        hint=_("Nothing was changed. Name a plain file that does not change."),
    )


def check(path: Path) -> None:
    """Raise `Refused` or `OSError` unless `path` is a plain file that can be read and is not empty."""
    with _reading(path) as file:
        if not os.fstat(file.fileno()).st_size:
            raise _refused(path, _("it is empty"))


def keep(database: Path, path: Path) -> Kept:
    """Copy a file to where evidence is kept, whole or not at all; the original stays as it is.

    Raises `Refused` for what is no plain file, is empty, or changes while it is read; `OSError` where it cannot be read
    or the copy not be written.
    """
    root = _made(folder(database))
    handle, name = tempfile.mkstemp(prefix=".", suffix=PART, dir=root)  # 0600, whatever the umask
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as copy, _reading(path) as file:
            before = os.fstat(file.fileno())
            sha256, size, beginning = _copied(file, copy.write)
            after = os.fstat(file.fileno())
            if not size:
                raise _refused(path, _("it is empty"))
            if size != after.st_size or (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
                raise _refused(path, _("it changed while it was read"))
            copy.flush()
            os.fsync(copy.fileno())
        target = _made(root / sha256[:2]) / sha256
        new = state(target, sha256, size) != "kept"
        if new:
            part.replace(target)
            _settle(target.parent, root, root.parent)
        return Kept(sha256, size, media_type(path.name, beginning), new)
    finally:
        part.unlink(missing_ok=True)


def _made(path: Path) -> Path:
    """Make a folder that only its owner can look into. Raises `DiskTrouble` where something else is in its place."""
    path.mkdir(mode=0o700, exist_ok=True)
    if path.is_symlink():
        raise DiskTrouble(
            _("{path} is a link, not a folder.").format(path=path),
            hint=_("Nothing was changed. Evidence is kept in a folder beside the database: put one there."),
        )
    return path


def _copied(file: IO[bytes], write: Callable[[bytes], object] | None = None) -> tuple[str, int, bytes]:
    """Read a file to its end, writing what is read; return its SHA-256, its size and its first bytes."""
    digest, size, beginning = hashlib.sha256(), 0, b""
    while data := file.read(CHUNK):
        digest.update(data)
        size += len(data)
        if len(beginning) < MAGIC_BYTES:
            beginning += data[:MAGIC_BYTES]
        if write is not None:
            write(data)
    return digest.hexdigest(), size, beginning


def _settle(*folders: Path) -> None:
    """Have the names in these folders on the disk, too, where the system can say so."""
    for path in folders:
        with suppress(OSError):
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def state(path: Path | None, sha256: str, size: int) -> str:
    """Return how a kept file is: `kept`, `missing` or `altered`."""
    if path is None or not (path.is_symlink() or path.exists()):
        return "missing"
    try:
        with _reading(path) as file:
            if os.fstat(file.fileno()).st_size != size:
                return "altered"
            return "kept" if _copied(file)[0] == sha256 else "altered"
    except (Refused, OSError):
        return "altered"


def extract(database: Path, sha256: str, file_name: str, to: Path) -> Path:
    """Write a kept file out again, checked, as `to` or into the folder `to`; return where. Nothing is written over.

    Raises `Problems` where the bytes are gone or altered, `Refused` where something is in the way, `OSError`.
    """
    target = to / outside_name(file_name, sha256) if to.is_dir() else to
    if target.is_symlink() or target.exists():
        raise Refused(
            _("There is already something at {path}.").format(path=target), hint=_("Name another file or folder.")
        )
    source = place(database, sha256)
    if source is None or not source.exists():
        raise _not_whole(file_name, _("its bytes are missing"))
    handle, name = tempfile.mkstemp(prefix=".", suffix=PART, dir=target.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as copy, _reading(source) as file:
            if _copied(file, copy.write)[0] != sha256:
                raise _not_whole(file_name, _("its bytes are not those that were kept"))
            copy.flush()
            os.fsync(copy.fileno())
        _put_in_place(part, target)
    finally:
        part.unlink(missing_ok=True)
    return target


def _put_in_place(part: Path, target: Path) -> None:
    try:
        target.hardlink_to(part)
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links
        part.rename(target)


def _not_whole(file_name: str, why: str) -> Problems:
    return Problems(
        _("{file} cannot be given out: {why}.").format(file=quoted(file_name), why=why),
        hint=_(
            "Nothing was written. Attach the file again, or restore a backup; tracker audit tells of all such files."
        ),
    )


def outside_name(file_name: str, sha256: str) -> str:
    """Return the name under which a file may be written into somebody's folder: no path, nothing hidden."""
    return _NO_FILE_NAME.sub("_", file_name).strip(" .")[:150] or sha256[:12]


def every(database: Path) -> Iterator[Path]:
    """Yield what lies where evidence is kept, unfinished copies too."""
    root = folder(database)
    for below, folders, names in os.walk(root):
        folders.sort()
        for name in sorted(names):
            yield Path(below, name)


def sweep(database: Path) -> None:
    """Remove copies that were never finished: a kill left them."""
    for path in folder(database).glob(f".*{PART}"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > ABANDONED:
                path.unlink()
