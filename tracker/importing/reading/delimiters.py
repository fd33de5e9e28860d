"""Which character parts the cells of a text: told from the header and the first rows, quotation marks respected."""

import csv
import io
from typing import Final

from tracker.domain.text import quoted
from tracker.errors import BadValue
from tracker.i18n import N_, _
from tracker.importing.reading.records import LONGEST_CELL

DELIMITERS: Final = {",": N_("commas"), ";": N_("semicolons"), "\t": N_("tabs"), "|": N_("vertical bars")}

_WORDS: Final = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}
_ROWS: Final = 50


def read_delimiter(given: str) -> str:
    """Return the character that `given` means: itself, or `tab`. Raises `BadValue`."""
    char = _WORDS.get(given.strip().lower(), given)
    if len(char) != 1 or char in '"\r\n\0' or char.isalnum():
        raise BadValue(
            _("Cells are parted by one character, not by {value}.").format(value=quoted(given)),
            hint=_("Usual ones: {names}.").format(names="',' ';' tab '|'"),
        )
    return char


def recognise_delimiter(sample: str, *, whole: bool, file: str, above: int = 0) -> str:
    """Return what parts the cells of a text that begins with `sample` (`whole`: and ends with it).

    The rows `above` the header do not count. Raises `BadValue` where two characters would do.
    """
    first = sample[: len("sep=;\r")].splitlines()
    if first and first[0][:4].lower() == "sep=" and first[0][4:] in DELIMITERS:
        return first[0][4:]  # Excel says so itself
    widths = {char: _widths(sample, char, whole=whole, above=above) for char in DELIMITERS}
    parting = {char: found for char, found in widths.items() if found and found[0] > 1}
    if len(parting) < 2:  # noqa: PLR2004  (nothing to choose from)
        return next(iter(parting), ",")
    even = [char for char, found in parting.items() if len(found) > 1 and len(set(found)) == 1]
    if len(even) == 1:
        return even[0]
    raise BadValue(
        _("What parts the cells of {file} is not certain.").format(file=file),
        hint=_("Say it with {choices}.").format(
            choices=_(" or ").join(f"--delimiter {_option(char)}" for char in even or parting)
        ),
    )


def _option(char: str) -> str:
    return "tab" if char == "\t" else f"'{char}'"


def _widths(sample: str, delimiter: str, *, whole: bool, above: int) -> list[int]:
    """Return how many cells the first rows have if `delimiter` parts them; blank rows do not count."""
    csv.field_size_limit(LONGEST_CELL)
    found: list[int] = []
    rows = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, row in enumerate(rows):
            if any(row) and number >= above:
                found.append(len(row))
            if len(found) > _ROWS:
                return found
    except csv.Error:
        # A quotation mark that is open at the end of the sample; what came before it counts.
        return found
    # The last row of a sample may have been cut.
    return found if whole or len(found) == 1 else found[:-1]
