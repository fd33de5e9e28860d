"""The parts of an XLSX file, read piece by piece and guarded: the file may have been made to do harm.

Refused before anything is unpacked: sizes that no list has, tables of contents without end, methods other than the two
that every program writes. While unpacking: document types and entities, and anything that goes on without end between
two tags. Nothing is ever written to disk or fetched.
"""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, Final
from xml.parsers import expat

from tracker.i18n import _
from tracker.importing.reading.records import Broken

MOST_UNPACKED: Final = 4 << 30
"""Bytes that all parts together may take; a sheet of a million rows takes about one."""

MOST_SQUEEZED: Final = 200
"""How many times larger than its packed form a large part may be; lists reach 10 to 40."""

_LARGE: Final = 64 << 20
_PIECE: Final = 1 << 16
_LONGEST_TAG: Final = 1 << 20
_LONGEST_CONTENTS: Final = 8 << 20
_END_OF_CONTENTS: Final = 22
_LONGEST_COMMENT: Final = 1 << 16


def open_parts(file: BinaryIO) -> zipfile.ZipFile:
    """Return the archive in `file` if its sizes are those of a list. Raises `Broken`."""
    with telling():
        _check_contents(file)
        archive = zipfile.ZipFile(file)
        parts = archive.infolist()
        _check_sizes(parts)
    return archive


def _check_contents(file: BinaryIO) -> None:
    """Refuse a table of contents that would fill the memory: it is read whole."""
    length = file.seek(0, 2)
    file.seek(max(0, length - _LONGEST_COMMENT - _END_OF_CONTENTS))
    tail = file.read()
    found = tail.rfind(b"PK\x05\x06")
    if found < 0 or len(tail) - found < _END_OF_CONTENTS:
        raise Broken(_("The file is cut off or damaged."))
    size = int.from_bytes(tail[found + 12 : found + 16], "little")
    if size > _LONGEST_CONTENTS or b"PK\x06\x07" in tail[max(0, found - 20) : found]:
        raise Broken(_too_large())
    file.seek(0)


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    if any(part.flag_bits & 1 for part in parts):
        raise Broken(_("The file is protected by a password."))
    if any(part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for part in parts):
        raise Broken(_("The file is packed in a way that spreadsheets are not."))
    squeezed = any(
        part.file_size > _LARGE and part.file_size > MOST_SQUEEZED * max(1, part.compress_size) for part in parts
    )
    if squeezed or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Broken(_too_large())


def _too_large() -> str:
    return _("Unpacked, the file would be larger than any list; it may be made to fill the memory.")


@contextmanager
def telling() -> Iterator[None]:
    """Turn what the readers of ZIP and XML raise into `Broken`."""
    try:
        yield
    except expat.ExpatError:
        raise Broken(_("The file holds XML that cannot be read.")) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError):
        raise Broken(_("The file is cut off or damaged.")) from None


class Part:
    """One XML part, fed to handlers piece by piece: `starts(tag, attributes)`, `ends(tag)`, `texts(text)`.

    Tags and attributes come without their prefix, so that all dialects of the format read alike.
    """

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive = archive
        self._name = name

    def feed(
        self,
        starts: Callable[[str, dict[str, str]], None],
        ends: Callable[[str], None] | None = None,
        texts: Callable[[str], None] | None = None,
    ) -> Iterator[None]:
        """Yield after each piece read; handlers have been called by then. Raises `Broken`."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse
        parser.EntityDeclHandler = _refuse
        parser.StartElementHandler = starts
        if ends is not None:
            parser.EndElementHandler = ends
        if texts is not None:
            parser.CharacterDataHandler = texts
        fed = 0
        with telling():
            if self._name not in self._archive.NameToInfo:
                raise Broken(_("The file is cut off or damaged."))
            part = self._archive.open(self._name)
        with part:
            while True:
                with telling():
                    piece = part.read(_PIECE)
                    parser.Parse(piece, not piece)
                fed += len(piece)
                # What begins and does not end is kept by the parser, and read again with each piece.
                if fed - parser.CurrentByteIndex > _LONGEST_TAG:
                    raise Broken(_("The file holds XML that cannot be read."))
                yield
                if not piece:
                    return


def _refuse(*_declared: object) -> None:
    raise Broken(_("The file declares entities, as no spreadsheet does; it may be made to fill the memory."))


def local(name: str) -> str:
    """Return a tag or attribute without its prefix."""
    return name.rpartition(":")[2]
