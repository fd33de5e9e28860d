"""XLSX: which sheet of a workbook holds the list, and its rows. Values are read; nothing in the file is run."""

import posixpath
import zipfile
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Final

from tracker.domain.names import fold
from tracker.domain.text import quoted
from tracker.errors import BadValue
from tracker.i18n import _
from tracker.importing.reading import Form, Reading
from tracker.importing.reading.files import ListFile
from tracker.importing.reading.joined_cells import Joined, find_joined, spread
from tracker.importing.reading.records import Broken, RawRow, Wrong
from tracker.importing.reading.sheet_cells import builtin_format
from tracker.importing.reading.sheet_rows import SheetRow, Strings, read_strings, sheet_rows
from tracker.importing.reading.xml_parts import Part, local, open_parts

_BOOK: Final = "xl/workbook.xml"
_MOST: Final = 100_000
"""Sheets, styles or relations that a workbook may have."""


@dataclass(slots=True)
class _Sheet:
    """A sheet of the workbook: its title, its part, and whether people see it."""

    title: str
    part: str
    hidden: bool


@dataclass(slots=True)
class _Book:
    """What all sheets of a workbook share."""

    file: ListFile
    since_1904: bool = False
    macros: bool = False
    sheets: list[_Sheet] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)
    strings: Strings | None = None

    def rows(self, part: str) -> Generator[SheetRow, None, None]:
        """Yield the rows of a sheet that hold anything. Raises `Broken`."""
        with self.file.open() as data, open_parts(data) as archive:
            yield from sheet_rows(archive, part, self.strings, self.formats, since_1904=self.since_1904)

    def joined(self, part: str) -> Joined:
        """Return the cells that are joined over several rows. Raises `Broken`."""
        with self.file.open() as data, open_parts(data) as archive:
            return find_joined(archive, part)

    def header_row(self, part: str, wanted: int | None = None) -> SheetRow | None:
        """Return the row `wanted`, or the first that holds text; None where it holds none."""
        with closing(self.rows(part)) as rows:
            return next(
                (
                    row
                    for row in rows
                    if wanted in {None, row.number} and any(text.strip() for text in row.cells.values())
                ),
                None,
            )


def read_workbook(file: ListFile, wanted: str | None, header_row: int | None = None) -> Reading:
    """Return the list in an XLSX file. Raises `BadValue`, `DiskTrouble`."""
    try:
        book = _read_book(file)
        sheet = _chosen(book, wanted)
        first = book.header_row(sheet.part, header_row)
        joined = book.joined(sheet.part)
    except Broken as broken:
        raise BadValue(f"{file.name}: {broken.why}") from None
    if first is None and header_row is not None:
        raise BadValue(_("Row {row} of {file} holds nothing.").format(row=header_row, file=file.name))
    if first is None:
        raise BadValue(_("The sheet {name} of {file} is empty.").format(name=quoted(sheet.title), file=file.name))
    header = [first.cells.get(column, "").strip() for column in range(max(first.cells) + 1)]
    form = Form("xlsx", sheet=sheet.title)
    said = _said(book, sheet)
    if joined:
        said.append(_("The text of cells that are joined over several rows counts for each of these rows."))
    return Reading(file, form, header, first.number, said, lambda: _below(book, sheet, first, header, joined))


def _below(book: _Book, sheet: _Sheet, first: SheetRow, header: list[str], joined: Joined) -> Iterator[RawRow]:
    """Yield the rows below the header; the file breaking off is told by a last row."""
    number = first.number
    rows = book.rows(sheet.part)
    try:
        for number, cells, wrong in spread(rows, joined) if joined else rows:
            if number > first.number:
                width = max(len(header), *(column + 1 for column, text in cells.items() if text.strip()), 0)
                found = [cells.get(column, "") for column in range(width)]
                yield RawRow(number, found, tuple(_wrong(why, cells, column, header) for column, why in wrong.items()))
    except Broken as broken:
        yield RawRow(number + 1, [], (Wrong(broken.why),), last=True)


def _wrong(why: str, cells: dict[int, str], column: int, header: list[str]) -> Wrong:
    named = header[column] if column < len(header) else ""
    return Wrong(why, named or _("column {n}").format(n=column + 1), cells.get(column))


def _chosen(book: _Book, wanted: str | None) -> _Sheet:
    """Return the sheet that is named, or the only one with anything in it. Raises `BadValue`."""
    titles = [sheet.title for sheet in book.sheets]
    if wanted is not None:
        for alike in (str.strip, fold):
            found = [sheet for sheet in book.sheets if alike(sheet.title) == alike(wanted)]
            if found:
                return found[0]
        if wanted.isdecimal() and 1 <= int(wanted[:6]) <= len(titles):
            return book.sheets[int(wanted[:6]) - 1]
        raise BadValue(
            _("{file} has no sheet {name}.").format(file=book.file.name, name=quoted(wanted)), candidates=titles
        )
    seen = [sheet for sheet in book.sheets if not sheet.hidden]
    filled = seen if len(seen) == 1 else [sheet for sheet in seen if book.header_row(sheet.part)]
    if len(filled) == 1:
        return filled[0]
    if not filled:
        raise BadValue(_("No sheet of {file} holds anything.").format(file=book.file.name), candidates=titles)
    raise BadValue(
        _("{file} has several sheets.").format(file=book.file.name),
        candidates=titles,
        hint=_("Name one with --sheet."),
    )


def _said(book: _Book, sheet: _Sheet) -> list[str]:
    found = [_("{file} is read as XLSX, sheet {name}.").format(file=book.file.name, name=quoted(sheet.title))]
    others = [one.title for one in book.sheets if one is not sheet]
    if others:
        found.append(_("Not read: the sheets {names}.").format(names=", ".join(map(quoted, others[:20]))))
    if book.macros:
        found.append(_("The macros in the file are neither run nor read; cells count as they were last saved."))
    return found


def _read_book(file: ListFile) -> _Book:
    """Read what the sheets share. Raises `Broken`, `BadValue`."""
    with file.open() as data, open_parts(data) as archive:
        names = archive.NameToInfo
        if _BOOK not in names:
            raise BadValue(
                _("{file} is not an XLSX spreadsheet.").format(file=file.name),
                hint=_("Open it in a spreadsheet program and save it as .xlsx, or as CSV UTF-8."),
            )
        book = _Book(file, macros=any(name.endswith("vbaProject.bin") for name in names))
        relations = _relations(archive)
        _read_sheets(archive, relations, book)
        parts = {kind: part for kind, part in relations.values() if part in names}
        if "styles" in parts:
            book.formats = _formats(archive, parts["styles"])
        if "sharedStrings" in parts:
            book.strings = read_strings(archive, parts["sharedStrings"])
    return book


Attributes = dict[str, str]


def _walk(archive: zipfile.ZipFile, part: str, starts: Callable[[str, Attributes], None]) -> None:
    """Call `starts` for each element of a part, tags and attributes without prefix; a bounded number of times."""
    count = 0

    def counted(tag: str, attributes: Attributes) -> None:
        nonlocal count
        count += 1
        if count > _MOST * 10:
            raise Broken(_("The file holds more parts than any list."))
        starts(local(tag), {local(name): value for name, value in attributes.items()})

    for _piece in Part(archive, part).feed(counted):
        pass


def _relations(archive: zipfile.ZipFile) -> dict[str, tuple[str, str]]:
    """Return id → (kind, part) of what the workbook refers to."""
    found: dict[str, tuple[str, str]] = {}

    def starts(tag: str, attributes: Attributes) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External" and len(found) < _MOST:
            target = attributes.get("Target", "")
            part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            found[attributes.get("Id", "")] = (posixpath.basename(attributes.get("Type", "")), part)

    _walk(archive, "xl/_rels/workbook.xml.rels", starts)
    return found


def _read_sheets(archive: zipfile.ZipFile, relations: dict[str, tuple[str, str]], book: _Book) -> None:
    def starts(tag: str, attributes: Attributes) -> None:
        if tag == "workbookPr":
            book.since_1904 = attributes.get("date1904") in {"1", "true"}
        elif tag == "sheet" and len(book.sheets) < _MOST:
            kind, part = relations.get(attributes.get("id", ""), ("", ""))
            if kind == "worksheet":
                hidden = attributes.get("state", "visible") != "visible"
                book.sheets.append(_Sheet(attributes.get("name", ""), part, hidden))

    _walk(archive, _BOOK, starts)


def _formats(archive: zipfile.ZipFile, part: str) -> list[str]:
    """Return the number format of each cell style."""
    own: dict[str, str] = {}
    styles: list[str] = []
    within = [""]

    def starts(tag: str, attributes: Attributes) -> None:
        if tag in {"cellXfs", "cellStyleXfs"}:
            within[0] = tag
        elif tag == "numFmt" and len(own) < _MOST:
            own[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")[:255]
        elif tag == "xf" and within[0] == "cellXfs" and len(styles) < _MOST:
            number = attributes.get("numFmtId", "0")
            known = builtin_format(int(number)) if number.isdecimal() and len(number) < 7 else ""  # noqa: PLR2004
            styles.append(own.get(number, known))

    _walk(archive, part, starts)
    return styles
