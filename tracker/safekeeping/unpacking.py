"""Reading what `archive` wrote: nothing of it counts before all of it agrees with its manifest.

Reading knows only the names that belong there, so that no file can be made to write anywhere else.
"""

import hashlib
import json
import re
import tarfile
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

from tracker.safekeeping import sealing
from tracker.safekeeping.archive import BLOCK, KEY, MANIFEST, NOTE, PIECE, SEALED, Digest, Manifest
from tracker.safekeeping.sealing import damaged

PARTS: Final = re.compile(r"tracker\.db|evidence/[0-9a-f]{2}/[0-9a-f]{64}|copies/\d{1,6}")
LARGEST_TEXT: Final = 1 << 26  # bytes of a manifest: enough for a quarter of a million evidence files

Placing = Callable[[str], "BinaryIO | None"]
"""Name of a part → the file that it is written into; None to only check it."""


class Look(NamedTuple):
    """What can be known of a file without its key: its note, and whether (and how) it is encrypted."""

    path: Path
    note: str
    sealed: bool
    wrapped: bytes | None
    start: int
    size: int


def look(path: Path) -> Look | None:
    """Return what the file at `path` is; None if it is nothing of ours. Raises `DiskTrouble` if it is damaged."""
    try:
        with tarfile.open(path, "r:", encoding="utf-8") as tar:
            first = tar.next()
            if first is None or first.name != NOTE or not 0 <= first.size < LARGEST_TEXT:
                return None
            note = _text(tar, first).decode("utf-8", "replace")
            second = tar.next()
            wrapped = None
            if second is not None and second.name == KEY and 0 <= second.size < LARGEST_TEXT:
                wrapped, second = _text(tar, second), tar.next()
            if second is None:
                raise damaged(path)
            if second.name == SEALED:
                return Look(path, note, True, wrapped, second.offset_data, second.size)
            return Look(path, note, False, None, second.offset, path.stat().st_size - second.offset)
    except (tarfile.ReadError, EOFError):
        with path.open("rb") as file:
            ours = file.read(len(NOTE)) == NOTE.encode()
        if ours:
            raise damaged(path) from None
        return None
    except (tarfile.TarError, ValueError, OverflowError):
        raise damaged(path) from None


def _text(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    file = tar.extractfile(member)
    return file.read() if file else b""


def read(found: Look, identities: list[Any], place: Placing = lambda _name: None) -> Manifest:
    """Read all of it, writing each part where `place` says, and return its manifest once everything agrees with it.

    Raises `WrongKey`, `DiskTrouble` for a file that is damaged or cut short, or what writing a part raised.
    """
    unpacking = Unpacking(found.path, place)
    with found.path.open("rb") as file, closing(unpacking):
        file.seek(found.start)
        if found.sealed:
            sealing.decrypt(_Window(file, found.size), unpacking, identities, found.path)
        else:
            while piece := file.read(PIECE):
                unpacking.write(piece)
        return unpacking.finish()


class _Window:
    """A part of a file, read as a file is."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file = file
        self._left = size

    def read(self, size: int = -1) -> bytes:
        """Return up to `size` bytes, b"" at the end."""
        piece = self._file.read(min(size, self._left) if size >= 0 else self._left)
        self._left -= len(piece)
        return piece


class Unpacking:
    """Takes a plain tar as it comes, puts its parts in their places, and holds them against the manifest."""

    def __init__(self, path: Path, place: Placing) -> None:
        self._path, self._place = path, place
        self._waiting = bytearray()
        self._name: str | None = None
        self._size = self._left = self._padding = 0
        self._file: BinaryIO | None = None
        self._digest = hashlib.sha256()
        self._text = bytearray()
        self._found: dict[str, Digest] = {}
        self._ended = False

    def write(self, data: bytes, /) -> int:
        """Take the next bytes. Raises `DiskTrouble` where they are no tar of ours."""
        rest = memoryview(data)
        while rest:
            if self._left:
                piece, rest = rest[: self._left], rest[self._left :]
                self._take(bytes(piece))
            elif self._padding:
                cut = min(self._padding, len(rest))
                self._padding -= cut
                rest = rest[cut:]
            else:
                need = BLOCK - len(self._waiting)
                self._waiting += rest[:need]
                rest = rest[need:]
                if len(self._waiting) == BLOCK:
                    self._begin(bytes(self._waiting))
                    self._waiting.clear()
        return len(data)

    def _begin(self, header: bytes) -> None:
        if not any(header):
            self._ended = True
            return
        try:
            info = tarfile.TarInfo.frombuf(header, "utf-8", "strict")
        except (tarfile.HeaderError, ValueError):
            raise damaged(self._path) from None
        known = PARTS.fullmatch(info.name) or (info.name == MANIFEST and info.size < LARGEST_TEXT)
        if (
            self._ended
            or info.size < 0
            or MANIFEST in self._found
            or not info.isreg()
            or not known
            or info.name in self._found
        ):
            raise damaged(self._path)
        self._name, self._size, self._left, self._padding = info.name, info.size, info.size, -info.size % BLOCK
        self._digest = hashlib.sha256()
        self._file = None if info.name == MANIFEST else self._place(info.name)
        if not info.size:
            self._end()

    def _take(self, piece: bytes) -> None:
        self._left -= len(piece)
        self._digest.update(piece)
        if self._name == MANIFEST:
            self._text += piece
        elif self._file is not None:
            self._file.write(piece)
        if not self._left:
            self._end()

    def _end(self) -> None:
        if self._file is not None:
            self._file.close()
        self._found[str(self._name)] = Digest(self._size, self._digest.hexdigest())
        self._name = self._file = None

    def close(self) -> None:
        """Let go of a part that was broken off."""
        if self._file is not None:
            with suppress(OSError):  # a full disk: that was told already
                self._file.close()

    def finish(self) -> Manifest:
        """Return the manifest. Raises `DiskTrouble` unless everything it names came, as it says, and nothing else."""
        manifest = opened_manifest(bytes(self._text))
        self._found.pop(MANIFEST, None)
        if not self._ended or manifest is None or self._waiting or self._left:
            raise damaged(self._path)
        if manifest.get("parts") != {name: each._asdict() for name, each in self._found.items()}:
            raise damaged(self._path)
        return manifest


def opened_manifest(text: bytes) -> Manifest | None:
    """Return the manifest in `text`, None where it is not as it was written."""
    body, _newline, digest = text.rstrip(b"\n").rpartition(b"\n")
    if hashlib.sha256(body + b"\n").hexdigest().encode() != digest:
        return None
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    sound = isinstance(found, dict) and all(isinstance(found.get(name, {}), dict) for name in ("counts", "copies"))
    return found if sound and isinstance(found.get("parts"), dict) else None


def manifest_of(found: Look) -> Manifest | None:
    """Return the manifest of a plain file without reading its parts; None if it is encrypted or damaged."""
    if found.sealed:
        return None
    try:
        with tarfile.open(found.path, "r:", encoding="utf-8") as tar:
            last = tar.getmembers()[-1]
            return (
                opened_manifest(_text(tar, last)) if last.name == MANIFEST and 0 <= last.size < LARGEST_TEXT else None
            )
    except (tarfile.TarError, ValueError, EOFError):
        return None
