"""Lists that are text: CSV, TSV, JSON, JSON Lines."""

import io
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from typing import IO

from tracker.errors import BadValue
from tracker.i18n import _
from tracker.importing.reading import Form, Reading
from tracker.importing.reading.delimiters import DELIMITERS, read_delimiter, recognise_delimiter
from tracker.importing.reading.encodings import read_encoding, recognise_encoding, shown
from tracker.importing.reading.files import ListFile
from tracker.importing.reading.records import Broken, RawRow, delimited

_SAMPLE = 1 << 16

Opened = Callable[[], IO[str]]


def read_text(file: ListFile, kind: str, *, encoding: str | None, delimiter: str | None, sheet: str | None) -> Reading:
    """Return the list in a text file. Raises `BadValue`, `DiskTrouble`."""
    code = read_encoding(encoding) if encoding else recognise_encoding(file)

    def opened() -> IO[str]:
        return io.TextIOWrapper(file.open(), encoding=code, errors="surrogateescape", newline="")

    if kind in {"json", "jsonl"}:
        return _read_json(file, opened, Form(kind, shown(code)), sheet)
    parted_by = "tab" if kind == "tsv" and not delimiter else delimiter
    char = read_delimiter(parted_by) if parted_by else _recognised(file, opened)
    return _read_delimited(file, opened, Form(kind, shown(code), char))


def _recognised(file: ListFile, opened: Opened) -> str:
    with opened() as text:
        try:
            sample = text.read(_SAMPLE)
            return recognise_delimiter(sample, whole=not text.read(1), file=file.name)
        except UnicodeDecodeError:
            return ","


def _read_delimited(file: ListFile, opened: Opened, form: Form) -> Reading:
    delimiter, encoding = form.delimiter or ",", form.encoding or ""

    def records() -> Generator[RawRow, None, None]:
        with opened() as text:
            yield from delimited(text, delimiter=delimiter, encoding=encoding)

    with closing(records()) as first:
        header = next((row for row in first if row.wrong or _says(row, delimiter)), RawRow(1, []))
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

    def rows() -> Iterator[RawRow]:
        with opened() as text:
            yield from json_lists.rows(json_lists.elements(text, shape, encoding), header)

    form = Form("jsonl" if lines else "json", form.encoding, sheet=shape.name)
    return Reading(file, form, header, 0, json_lists.said(file.name, shape, form.encoding or ""), rows)
