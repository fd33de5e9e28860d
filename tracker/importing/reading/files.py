"""The file of a list: named, or what another program sends; read as often as is needed, never held in memory."""

import hashlib
import io
import os
import tempfile
import weakref
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, BinaryIO

from tracker.domain.text import brief
from tracker.errors import BadValue, DiskTrouble, Refused
from tracker.i18n import _

_PIECE = 1 << 16
_LONGEST_PATH = 300


class _Window(io.RawIOBase):
    """A reader of a shared temporary file with a place of its own."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._here = 0

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move this reader."""
        self._file.seek(self._here)
        self._here = self._file.seek(offset, whence)
        return self._here

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        """Fill `buffer` from where this reader stands."""
        self._file.seek(self._here)
        piece = self._file.read(len(buffer))
        buffer[: len(piece)] = piece
        self._here += len(piece)
        return len(piece)


@dataclass(frozen=True, slots=True, weakref_slot=True)
class ListFile:
    """The bytes of a list: `name` as it was given, `path`, or a temporary copy of what could be read once only."""

    name: str
    path: Path | None
    copy: IO[bytes] | None = None
    state: tuple[int, ...] = ()
    """What its folder said of it when it was found: `_state`."""

    opened: list[BinaryIO] = field(default_factory=list, repr=False, compare=False)
    """The reader that was opened last."""

    def open(self) -> BinaryIO:
        """Return a reader at the beginning. Raises `DiskTrouble`."""
        if self.copy is not None:
            return io.BufferedReader(_Window(self.copy), _PIECE)
        assert self.path is not None  # noqa: S101  (one of the two is there)
        try:
            self.opened[:] = [self.path.open("rb")]
        except OSError as problem:
            raise _unreadable(self.path, problem) from problem
        return self.opened[0]

    def share(self) -> float | None:
        """Return how much of the file is read, from 0 to 1; None for what another program sends."""
        if not self.state or not self.opened or self.opened[0].closed:
            return None
        return self.opened[0].tell() / max(1, os.fstat(self.opened[0].fileno()).st_size)

    def head(self, length: int = _PIECE) -> bytes:
        """Return the first bytes."""
        with self.open() as file:
            return file.read(length)

    def digest(self) -> str:
        """Return the SHA-256 of the bytes."""
        with self.open() as file:
            found = hashlib.sha256()
            while piece := file.read(_PIECE):
                found.update(piece)
            return found.hexdigest()

    def refuse_changed(self, digest: str | None = None) -> None:
        """Raise `Refused` where the file was written since it was found; `digest` is that of what was read."""
        if not self.state or self.path is None:
            return
        with self.open() as file:
            same = _state(file) == self.state
        if not same and (digest is None or self.digest() != digest):
            raise Refused(
                _("{file} was written by another program while it was read.").format(file=self.name),
                hint=_("Nothing was changed. Close it elsewhere, or wait until it is complete, and try again."),
            )


def _state(file: IO[bytes]) -> tuple[int, ...]:
    """Return what tells a file from the same file after it was written: which it is, its size, its time."""
    stat = os.fstat(file.fileno())
    return stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns


def find_file(path: Path | None, stdin: BinaryIO | None) -> ListFile:
    """Return the file to read: `path`, or `stdin` where there is none. Raises `DiskTrouble`, `BadValue`."""
    if path is None:
        if stdin is None:
            raise BadValue(_("No file is named."))
        return _kept(_("standard input"), None, stdin)
    try:
        with path.open("rb") as file:
            # A pipe with a name (`<(command)`) can be read once only.
            if not file.seekable():
                return _kept(path.name, path, file)
            state = _state(file)
    except OSError as problem:
        raise _unreadable(path, problem) from problem
    return ListFile(path.name, path, state=state)


def _kept(name: str, path: Path | None, stream: BinaryIO) -> ListFile:
    """Return the list that `stream` brings, in a copy that is closed when nothing reads it any more."""
    copy = _copied(stream)
    listed = ListFile(name, path, copy)
    weakref.finalize(listed, copy.close)
    return listed


def _copied(stream: BinaryIO) -> IO[bytes]:
    """Return a temporary file, without a name and gone with this process, that holds all of `stream`."""
    copy = tempfile.TemporaryFile()  # noqa: SIM115  (it lives as long as the list is read)
    try:
        while piece := stream.read(_PIECE):
            copy.write(piece)
        copy.flush()
    except OSError as problem:
        copy.close()
        raise DiskTrouble(
            _("What comes in cannot be kept for reading: {why}.").format(why=problem.strerror or problem)
        ) from problem
    return copy


def _unreadable(path: Path, problem: OSError) -> DiskTrouble:
    shown = brief(str(path), _LONGEST_PATH)
    return DiskTrouble(_("{path} cannot be read: {why}.").format(path=shown, why=problem.strerror or problem))
