"""The file that a backup or a locked record is: a tar with a manifest, plain, or inside age inside a tar.

    plain        TRACKER-BACKUP.txt, tracker.db, evidence/ab/abcd…, copies/0 …, manifest.json
    encrypted    TRACKER-BACKUP.txt, key.age (opened by the passphrase, if there is one), record.tar.age: the plain one

The first part says in words what the file is and how it opens without this program. The manifest stands last, with the
size and SHA-256 of every part and of itself: a file cut short, or altered in any part, is told from a whole one.
Both directions stream; `unpacking` reads.
"""

import hashlib
import json
import tarfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, BinaryIO, Final, NamedTuple

from tracker.safekeeping.sealing import Key

NOTE: Final = "TRACKER-BACKUP.txt"
RECORD: Final = "tracker.db"
MANIFEST: Final = "manifest.json"
KEY: Final = "key.age"
SEALED: Final = "record.tar.age"
BLOCK: Final = tarfile.BLOCKSIZE
END: Final = bytes(2 * BLOCK)
PIECE: Final = 1 << 16


class Part(NamedTuple):
    """Something to be written: its name in the file, its size, and what gives its bytes from the start."""

    name: str
    size: int
    open: Callable[[], Any]


class Digest(NamedTuple):
    """Size and SHA-256 of a part."""

    size: int
    sha256: str


Manifest = dict[str, Any]


# Writing


def write(out: BinaryIO, note: str, parts: Iterable[Part], about: Mapping[str, Any], key: Key | None) -> None:
    """Write all of it into `out`, which can be written anywhere in (`seek`)."""
    out.write(_whole(NOTE, note.encode()))
    plain = _plain(parts, about)
    if key is None:
        out.writelines(plain)
        return
    if key.wrapped is not None:
        out.write(_whole(KEY, key.wrapped))
    start = out.tell()
    out.write(_header(SEALED, 0))
    key.encrypt(_Pulled(plain), out)
    size = out.tell() - start - BLOCK
    out.write(bytes(-size % BLOCK) + END)
    out.seek(start)
    out.write(_header(SEALED, size))


def _plain(parts: Iterable[Part], about: Mapping[str, Any]) -> Iterator[bytes]:
    """Yield the plain tar without its note: the parts, then the manifest over what was read of them."""
    found: dict[str, Digest] = {}
    for part in parts:
        yield _header(part.name, part.size)
        digest, left = hashlib.sha256(), part.size
        with part.open() as file:
            while left:
                piece = file.read(min(left, PIECE))
                if not piece:
                    raise OSError(5, "it became shorter while it was read", part.name)
                digest.update(piece)
                left -= len(piece)
                yield piece
        yield bytes(-part.size % BLOCK)
        found[part.name] = Digest(part.size, digest.hexdigest())
    yield _whole(MANIFEST, _closed({**about, "parts": {name: each._asdict() for name, each in found.items()}}))
    yield END


def _header(name: str, size: int) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.mtime = size, 0o600, int(time.time())
    return info.tobuf(tarfile.GNU_FORMAT, "utf-8", "strict")


def _whole(name: str, data: bytes) -> bytes:
    return _header(name, len(data)) + data + bytes(-len(data) % BLOCK)


def _closed(manifest: Manifest) -> bytes:
    """Return the manifest as text, its own digest in the last line."""
    text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
    return (text + hashlib.sha256(text.encode()).hexdigest() + "\n").encode()


class _Pulled:
    """A stream of pieces, read as a file is."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = memoryview(b"")

    def read(self, size: int = -1) -> bytes:
        """Return up to `size` bytes, b"" at the end."""
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._rest = memoryview(piece)
        given, self._rest = self._rest[:size], self._rest[size:]
        return bytes(given)
