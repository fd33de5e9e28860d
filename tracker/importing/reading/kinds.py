"""What kind of file a list is: told by its first bytes, then by its name."""

from pathlib import PurePath
from typing import Final

from tracker.errors import BadValue
from tracker.i18n import _
from tracker.importing.reading.files import ListFile

_BY_SUFFIX: Final = {
    ".tsv": "tsv",
    ".tab": "tsv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
}

_ZIP: Final = b"PK\x03\x04"
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0"


_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
"""What UTF-16 and UTF-32 begin with: of their bytes nothing else is known here."""

_CONTROL: Final = bytes({*range(1, 32)} - set(b"\t\n\v\f\r\x1a\x1b"))
_FEW_CONTROL: Final = 100
_MOST_CONTROL: Final = 0.06
"""Of a text, how much may be control characters, if they are not few; of bytes at random a tenth is."""


def recognise_kind(file: ListFile, given: str | None, *, encoded: bool = False) -> str:
    """Return csv, tsv, json, jsonl or xlsx. Raises `BadValue` for files that hold no list.

    `encoded` tells that somebody says how it is written down: then it is a text.
    """
    head = file.head(4096)
    if not head.strip():
        raise BadValue(_("{file} is empty.").format(file=file.name))
    if head.startswith(_OLD_OFFICE):
        raise BadValue(
            _("{file} is an old Excel file, or one protected by a password; neither is read.").format(file=file.name),
            hint=_("Open it in a spreadsheet program and save it as .xlsx without a password, or as CSV UTF-8."),
        )
    if head.startswith(_ZIP):
        return "xlsx"
    plain = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if head.startswith((b"%PDF", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")) or plain[:1] == b"<":
        raise BadValue(
            _("{file} is a PDF, a web page or an archive, not a list.").format(file=file.name),
            hint=_("CSV, TSV, JSON, JSON Lines and XLSX are read."),
        )
    if not encoded and not head.startswith(_MARKS) and _is_binary(head):
        raise BadValue(
            _("{file} is neither text nor a spreadsheet.").format(file=file.name),
            hint=_("CSV, TSV, JSON, JSON Lines and XLSX are read."),
        )
    if given == "xlsx":
        raise BadValue(_("{file} is not a spreadsheet.").format(file=file.name))
    by_name = _BY_SUFFIX.get(PurePath(file.name).suffix.lower())
    return given or by_name or ("json" if plain[:1] in {b"{", b"["} else "csv")


def _is_binary(head: bytes) -> bool:
    """Tell whether bytes are no text in any encoding."""
    return len(head) - len(head.translate(None, _CONTROL)) > max(_FEW_CONTROL, _MOST_CONTROL * len(head))
