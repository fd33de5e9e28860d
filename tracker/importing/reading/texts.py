"""Lists that are text: CSV, TSV, JSON, JSON Lines."""

import io
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from typing import IO, NamedTuple

from tracker.errors import BadValue
from tracker.i18n import _
from tracker.importing.reading import Form, Reading
from tracker.importing.reading.delimiters import DELIMITERS, read_delimiter, recognise_delimiter
from tracker.importing.reading.encodings import read_encoding, recognise_encoding, shown
from tracker.importing.reading.files import ListFile
from tracker.importing.reading.records import Broken, RawRow, delimited

_SAMPLE = 1 << 16

Opened = Callable[[], IO[str]]


class Given(NamedTuple):
    """What was said of how a text is written down."""

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_row: int | None = None


def read_text(file: ListFile, kind: str, given: Given) -> Reading:
    """Return the list in a text file. Raises `BadValue`, `DiskTrouble`."""
    code = read_encoding(given.encoding) if given.encoding else recognise_encoding(file)

    def opened() -> IO[str]:
        return io.TextIOWrapper(file.open(), encoding=code, errors="surrogateescape", newline="")

    if kind in {"json", "jsonl"}:
        if given.header_row is not None:
            raise BadValue(_("--header-row is for tables; {file} is JSON.").format(file=file.name))
        return _read_json(file, opened, Form(kind, shown(code)), given.sheet)
    parted_by = "tab" if kind == "tsv" and not given.delimiter else given.delimiter
    char = read_delimiter(parted_by) if parted_by else _recognised(file, opened, given.header_row or 1)
    return _read_delimited(file, opened, Form(kind, shown(code), char), given.header_row)


def _recognised(file: ListFile, opened: Opened, header_row: int) -> str:
    with opened() as text:
        try:
            sample = text.read(_SAMPLE)
            return recognise_delimiter(sample, whole=not text.read(1), file=file.name, above=header_row - 1)
        except UnicodeDecodeError:
            return ","


def _read_delimited(file: ListFile, opened: Opened, form: Form, header_row: int | None) -> Reading:
    delimiter, encoding = form.delimiter or ",", form.encoding or ""

    def records() -> Generator[RawRow, None, None]:
        with opened() as text:
            yield from delimited(text, delimiter=delimiter, encoding=encoding)

    with closing(records()) as first:
        header = next((row for row in first if row.wrong or _is_header(row, delimiter, header_row)), RawRow(1, []))
    if header.wrong:
        raise BadValue(f"{file.name}, {_('row {row}').format(row=header.number)}: {header.wrong[0].message}")
    said = _("{file} is read as {kind}, {encoding}, cells parted by {delimiter}.").format(
        file=file.name,
        kind=form.kind.upper(),
        encoding=encoding,
        delimiter=_(DELIMITERS[delimiter]) if delimiter in DELIMITERS else f"'{delimiter}'",
    )

    def below() -> Iterator[RawRow]:
        return (row for row in records() if row.number > header.number)

    return Reading(file, form, header.cells, header.number, [said], below)


def _is_header(row: RawRow, delimiter: str, wanted: int | None) -> bool:
    """Return whether this is the row that is `wanted`, or (None) one that says anything."""
    return _says(row, delimiter) if wanted is None else row.number == wanted


def _says(row: RawRow, delimiter: str) -> bool:
    """Return whether a row holds text, and not only what Excel puts first: `sep=;`."""
    text = "".join(cell.strip() for cell in row.cells)
    return bool(text) and not (row.number == 1 and text.lower() in {"sep=", f"sep={delimiter}"})


def _read_json(file: ListFile, opened: Opened, form: Form, sheet: str | None) -> Reading:
    from tracker.importing.reading import json_lists
    from tracker.importing.reading.json_tokens import Tokens

    encoding = form.encoding or ""
    with opened() as text:
        lines = form.kind == "jsonl" or json_lists.is_lines(text)
    try:
        with opened() as text:
            shape = json_lists.Shape("lines") if lines else json_lists.shape_of(Tokens(text, encoding), sheet)
    except Broken as broken:
        raise BadValue(f"{file.name}: {broken.why}") from None
    with opened() as text:
        header = json_lists.header_of(json_lists.elements(text, shape, encoding))
    if not header:
        with opened() as text:
            why = json_lists.why_no_header(json_lists.elements(text, shape, encoding))
        raise BadValue(f"{file.name}: {why}")

    def rows() -> Iterator[RawRow]:
        with opened() as text:
            yield from json_lists.rows(json_lists.elements(text, shape, encoding), header)

    form = Form("jsonl" if lines else "json", form.encoding, sheet=shape.name)
    return Reading(file, form, header, 0, json_lists.said(file.name, shape, form.encoding or ""), rows)
