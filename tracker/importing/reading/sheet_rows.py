"""The rows of a spreadsheet, one at a time: cells by their place, as text, with what is wrong with them.

openpyxl is not used for reading: it gives a formula without stored value as an empty cell, and it keeps whatever a row
holds until the row ends. Here a row, a cell and what lies between two tags are bounded.
"""

import re
import tempfile
import zipfile
from array import array
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from tracker.domain.text import quoted
from tracker.i18n import N_, _
from tracker.importing.reading.records import LONGEST_CELL, LONGEST_ROW, Broken, is_unreadable, long_cell, long_row
from tracker.importing.reading.sheet_cells import number_text
from tracker.importing.reading.xml_parts import Part, local

MOST_CELLS: Final = 16_384
"""Columns of the widest sheet, XFD being the last."""

_MOST_STRINGS: Final = 20_000_000
_IN_MEMORY: Final = 16 << 20
_SHORT: Final = 200
_LONGEST_FORMULA: Final = 8_192
_PIECES: Final = 100
"""Of a formula, as many characters as Excel allows, in no more pieces than this."""

_MOST_SHARED: Final = 10_000

NO_RESULT: Final = N_("The cell holds a formula without its result. Save the file once in a spreadsheet program.")
_LETTERS: Final = re.compile("[A-Z]{1,3}")
_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")


class SheetRow(NamedTuple):
    """A row: `cells` by column counted from 0, where they hold text; `wrong` by column, where they cannot be read."""

    number: int
    cells: dict[int, str]
    wrong: dict[int, str]


class Strings:
    """The texts that the cells of a workbook share: long tables are kept in a temporary file, not in memory."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  (it lives as long as this)
        self._ends = array("Q", [0])
        self._short = lru_cache(maxsize=1 << 15)(self._read)

    def __del__(self) -> None:
        self._file.close()

    def add(self, text: str) -> None:
        """Add the next text."""
        self._ends.append(self._ends[-1] + self._file.write(text.encode("utf-8", "surrogatepass")))
        if len(self._ends) > _MOST_STRINGS:
            raise Broken(_("The file holds more texts than any list."))

    def get(self, index: str) -> str | None:
        """Return the text number `index`, None if there is none."""
        if not index.isdecimal() or len(index) > 8 or int(index) >= len(self._ends) - 1:  # noqa: PLR2004
            return None
        here = int(index)
        short = self._ends[here + 1] - self._ends[here] < _SHORT
        return self._short(here) if short else self._read(here)

    def _read(self, here: int) -> str:
        start, end = self._ends[here], self._ends[here + 1]
        self._file.seek(start)
        return self._file.read(end - start).decode("utf-8", "surrogatepass")


class _Texts:
    """Collects the texts of elements: `<t>` and `<v>`, but not how they are pronounced (`<rPh>`)."""

    __slots__ = ("_formula", "_length", "_pieces", "_reckoning", "_spoken", "_taking")

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._formula: list[str] = []
        self._reckoning = False
        self._length = 0
        self._taking = False
        self._spoken = False

    def start(self, tag: str) -> None:
        """Take the beginning of an element."""
        if tag == "rPh":
            self._spoken = True
        self._taking = tag in {"t", "v"} and not self._spoken
        self._reckoning = tag == "f"

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        if tag == "rPh":
            self._spoken = False
        self._taking = self._reckoning = False

    def text(self, text: str) -> None:
        """Add text; of what is longer than a cell, only that it is."""
        if self._taking and self._length <= LONGEST_CELL:
            self._length += len(text)
            self._pieces.append(text[: LONGEST_CELL + 1])
        elif self._reckoning and len(self._formula) < _PIECES:
            self._formula.append(text[:_LONGEST_FORMULA])

    def formula(self) -> str:
        """Return the formula that was met since this was asked for."""
        found = "".join(self._formula)[:_LONGEST_FORMULA]
        self._formula.clear()
        return found

    def whole(self) -> str:
        """Return the text, and begin anew."""
        if not self._pieces:
            return ""
        found = self._pieces[0] if len(self._pieces) == 1 else "".join(self._pieces)
        self._pieces.clear()
        self._length = 0
        return found


def read_strings(archive: zipfile.ZipFile, name: str) -> Strings:
    """Return the shared texts of a workbook. Raises `Broken`."""
    found, texts = Strings(), _Texts()

    def starts(tag: str, _attributes: dict[str, str]) -> None:
        texts.start(local(tag))

    def ends(tag: str) -> None:
        tag = local(tag)
        texts.end(tag)
        if tag == "si":
            found.add(texts.whole())

    for _piece in Part(archive, name).feed(starts, ends, texts.text):
        pass
    return found


@lru_cache(maxsize=MOST_CELLS)
def column_number(letters: str) -> int:
    """Return the column called `letters`, counted from 0; `MOST_CELLS` if no sheet has it."""
    if not _LETTERS.fullmatch(letters):
        return MOST_CELLS
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return min(column - 1, MOST_CELLS)


class _Rows:
    """The handlers that make rows of what the parser meets."""

    def __init__(self, strings: Strings | None, formats: Sequence[str], *, since_1904: bool) -> None:
        self.done: list[SheetRow] = []
        self._strings = strings
        self._formats = formats
        self._since_1904 = since_1904
        self._texts = _Texts()
        self.texts = self._texts.text
        self._row = SheetRow(0, {}, {})
        self._column = -1
        self._count = self._taken = 0
        self._type, self._style = "n", "0"
        self._formula = False
        self._shared_as: str | None = None
        self._shared: dict[str, str] = {}

    def starts(self, tag: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""
        if ":" in tag:
            tag = local(tag)
        if tag == "c":
            place = attributes.get("r")
            self._column = self._column + 1 if place is None else column_number(place.rstrip("0123456789"))
            self._count += 1
            if self._column >= MOST_CELLS or self._count > MOST_CELLS:
                raise Broken(_("The row has a cell where no sheet has one."))
            self._type, self._style = attributes.get("t", "n"), attributes.get("s", "0")
            if self._formula:
                self._texts.formula()
            self._formula, self._shared_as = False, None
        elif tag == "row":
            self._start_row(attributes.get("r", ""))
        elif tag == "f":
            self._formula = True
            self._shared_as = attributes.get("si") if attributes.get("t") == "shared" else None
        self._texts.start(tag)

    def _start_row(self, given: str) -> None:
        number = int(given) if given.isdecimal() and len(given) < 9 else self._row.number + 1  # noqa: PLR2004
        self._row = SheetRow(number, {}, {})
        self._column, self._count, self._taken = -1, 0, 0

    def ends(self, tag: str) -> None:
        """Take the end of an element."""
        if ":" in tag:
            tag = local(tag)
        self._texts.end(tag)
        if tag == "c":
            raw = self._texts.whole()
            if raw or self._formula:
                self._end_cell(raw)
        elif tag == "row" and (self._row.cells or self._row.wrong):
            self.done.append(self._row)

    def _end_cell(self, raw: str) -> None:
        formula = self._reckoned() if self._formula else ""
        text, wrong = self._shown(raw, formula)
        self._taken += len(text)
        if self._taken > LONGEST_ROW:
            raise Broken(long_row())
        if not wrong and len(text) > LONGEST_CELL:
            wrong, text = long_cell(), text[:_SHORT]
        elif not wrong and is_unreadable(text):
            wrong = _("The cell holds a character that no text has.")
        if wrong:
            self._row.wrong[self._column] = wrong
        if text:
            self._row.cells[self._column] = text

    def _reckoned(self) -> str:
        """Return the cell's formula; of one that is shared, that of the first cell that has it."""
        found = self._texts.formula()
        if self._shared_as is None:
            return found
        if found and len(self._shared) < _MOST_SHARED:
            self._shared[self._shared_as] = found
        return found or self._shared.get(self._shared_as, "")

    def _shown(self, raw: str, formula: str) -> tuple[str, str]:
        """Return the cell's text, and what is wrong with it."""
        kind = self._type
        if self._formula and not raw and kind != "str":
            return f"={formula}" if formula else "", _(NO_RESULT)
        if kind == "s" and raw:
            found = None if self._strings is None else self._strings.get(raw.strip())
            return (_unescaped(found), "") if found is not None else ("", _("The text of the cell is missing."))
        if kind == "e":
            said = _("The cell shows the error {value}.").format(value=quoted(raw, 20))
            # “Not available” is also how statistical programs write a cell that is empty.
            means = _("If it means an empty cell, say --empty {value}.").format(value="'#N/A'")
            return raw, f"{said} {means}" if raw.strip() == "#N/A" else said
        if kind == "b":
            return "yes" if raw.strip() in {"1", "true"} else "no", ""
        if kind == "n" and raw.strip():
            return self._number(raw.strip())
        return _unescaped(raw), ""

    def _number(self, raw: str) -> tuple[str, str]:
        style = int(self._style) if self._style.isdecimal() and len(self._style) < 7 else 0  # noqa: PLR2004
        code = self._formats[style] if style < len(self._formats) else ""
        found = number_text(raw, code, since_1904=self._since_1904)
        return (raw, _("The cell holds no number or date that a calendar has.")) if found is None else (found, "")


def _unescaped(text: str) -> str:
    r"""Return `text` with `_x000D_` as the character it stands for."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text).replace("\r\n", "\n")


def sheet_rows(
    archive: zipfile.ZipFile, name: str, strings: Strings | None, formats: Sequence[str], *, since_1904: bool
) -> Iterator[SheetRow]:
    """Yield the rows of a sheet that hold anything. Raises `Broken`."""
    rows = _Rows(strings, formats, since_1904=since_1904)
    try:
        for _piece in Part(archive, name).feed(rows.starts, rows.ends, rows.texts):
            yield from rows.done
            rows.done.clear()
    except Broken:
        yield from rows.done  # what was whole before
        raise
