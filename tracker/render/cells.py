"""What a cell looks like to a person: vocabulary keys as words, several values joined, everything safe."""

from collections.abc import Callable
from unicodedata import east_asian_width

from tracker.domain.masks import worded
from tracker.domain.text import safe
from tracker.domain.vocabulary import label
from tracker.table import Cell, Column, Labelled

JOINT = "; "


def exact(cell: Cell) -> str:
    """Return the cell for a machine: keys as they are, several values joined with "; "."""
    if cell is None:
        return ""
    if isinstance(cell, tuple):
        return JOINT.join(cell)
    return str(cell)


def lines(text: str) -> str:
    """Return a title or a note as it may be shown: its lines kept, nothing else that could act."""
    return safe(text, keep_newlines=True)


def shown(column: Column) -> Callable[[Cell], str]:
    """Return what turns this column's cells into text for a person, in the language in force."""
    words = column.words

    def one(value: str) -> str:
        if isinstance(value, Labelled):
            return safe(worded(value.label))
        return safe(label(words, value) if words else worded(value))

    def show(cell: Cell) -> str:
        if cell is None or cell == "":
            return column.blank
        if isinstance(cell, tuple):
            return JOINT.join(one(value) for value in cell) or column.blank
        return one(cell if isinstance(cell, str) else str(cell)) or column.blank

    return show


def width(text: str) -> int:
    """Return the columns `text` takes on a terminal (wide East Asian letters take two)."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
