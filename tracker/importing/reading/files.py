"""The file of a list: named, or what another program sends; read as often as is needed, never held in memory."""

import hashlib
import io
import tempfile
import weakref
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO

from tracker.domain.text import brief
from tracker.errors import BadValue, DiskTrouble
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

    def open(self) -> BinaryIO:
        """Return a reader at the beginning. Raises `DiskTrouble`."""
        if self.copy is not None:
            return io.BufferedReader(_Window(self.copy), _PIECE)
        assert self.path is not None  # noqa: S101  (one of the two is there)
        try:
            return self.path.open("rb")
        except OSError as problem:
            raise _unreadable(self.path, problem) from problem

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
    except OSError as problem:
        raise _unreadable(path, problem) from problem
    return ListFile(path.name, path)


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
