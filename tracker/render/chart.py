"""Charts as lines of text: a table's numbers with bars and points beside them, that read without colour.

A bar is solid, then lighter, then lightest; a point stands on a dotted line, from its least to its most. Where the
screen has no such letters, others stand for them. Labels wrap, numbers are never cut, and what is left is for the bars.
"""

import textwrap
from collections.abc import Iterator, Sequence
from typing import IO, Final, NamedTuple

from tracker.i18n import _
from tracker.render.cells import shown, width
from tracker.table import Bar, Cell, Column, Row, Table


class Letters(NamedTuple):
    """What bars and points are made of."""

    parts: str
    half: str
    point: str
    between: str
    line: str
    more: str
    less: str


DRAWN: Final = Letters("█▒░", "▌", "●", "━", "·", "▶", "◀")
TYPED: Final = Letters("#=-", "", "o", "=", ".", ">", "<")
SIGNS: Final = str.maketrans({"–": "-", "…": "...", "≥": ">=", "≤": "<=", "✗": "x"})
"""What stands for the signs in a chart's numbers where the screen has no such letters."""
WIDEST_LABEL: Final = 30
NARROWEST_BAR: Final = 6
WIDEST_BAR: Final = 60


def letters(file: IO[str]) -> Letters:
    """Return what can be written to a file."""
    try:
        "".join(DRAWN).encode(getattr(file, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return TYPED
    return DRAWN


def drawn(tables: Sequence[Table], room: int, made_of: Letters) -> Iterator[tuple[str, str | None]]:
    """Yield the lines of a chart, each with the tone of its row; `room` is how many letters a line has."""
    for place, table in enumerate(tables):
        if place:
            yield "", None
        yield from _panel(table, room, made_of)


def _panel(table: Table, room: int, made_of: Letters) -> Iterator[tuple[str, str | None]]:
    rows = list(table.rows)
    scales = list(_scales(table.columns, rows))
    signs = {} if made_of is DRAWN else SIGNS
    texts = [[text.translate(signs) for text in _texts(table.columns, row)] for row in rows]
    heads = ["" if column.kind == "bar" else _(column.label) for column in table.columns]
    widths = _widths(table.columns, [heads, *(line for line in texts if len(line) > 1)], room)
    if table.title:
        yield from ((line, "total") for line in _wrapped(table.title, room))
    if legend := _legend(table.columns, rows, made_of):
        yield from ((line, "quiet") for line in _wrapped(legend, room))
    yield from ((line, "quiet") for line in _laid_out(table.columns, heads, widths))
    for row, cells, scale in zip(rows, texts, scales, strict=True):
        tone = table.tone(row) if table.tone else None
        if len(cells) == 1:
            yield from ((line, tone) for line in _wrapped(cells[0], room))
            continue
        texts_ = [
            draw(cell, most, wide, made_of) if isinstance(cell, Bar) else text
            for cell, text, most, wide in zip(row, cells, scale, widths, strict=True)
        ]
        yield from ((line, tone) for line in _laid_out(table.columns, texts_, widths))


def _legend(columns: Sequence[Column], rows: Sequence[Row], made_of: Letters) -> str:
    """Return what the letters mean that are there, for each column of bars under the label of the one before it."""
    said = []
    for place, column in enumerate(columns):
        if column.kind != "bar":
            continue
        bars = [cell for row in rows if len(row) > 1 and isinstance(cell := row[place], Bar)]
        words = [
            f"{letter} {_(part)}"
            for at, (letter, part) in enumerate(zip(made_of.parts, column.parts, strict=False))
            if any(bar.parts[at : at + 1] not in ((), (0,)) for bar in bars)
        ]
        if any(bar.point for bar in bars):
            words.append(f"{made_of.point} {_(column.label)}")
        if words:
            said.append(f"{_(columns[place - 1].label)}: {' '.join(words)}")
    return "   ".join(said)


def _texts(columns: Sequence[Column], row: Row) -> list[str]:
    """Return the cells as text; of a bar nothing, it is drawn once there is room."""
    return [
        "" if isinstance(cell, Bar) else shown(column)(cell) for column, cell in zip(columns, row, strict=len(row) > 1)
    ]


def _scales(columns: Sequence[Column], rows: Sequence[Row]) -> Iterator[list[int]]:
    """Yield for each row how much a full bar is in each column: the most there is up to the next heading."""
    most = [0] * len(columns)
    begun = 0
    for place, row in enumerate([*rows, ()]):
        if len(row) > 1:
            most = [max(one, _reach(cell)) for one, cell in zip(most, row, strict=True)]
            continue
        yield from [most] * (place - begun)
        begun, most = place, [0] * len(columns)


def _reach(cell: Cell) -> int:
    if not isinstance(cell, Bar):
        return 0
    return int(cell) if cell.point is None else max(one or 0 for one in cell.point)


def draw(bar: Bar, most: int, room: int, made_of: Letters) -> str:
    """Return a bar of at most `room` letters, where `most` would fill it. What is more than nothing shows."""
    if bar.point is not None:
        return _point(bar.point, most, room, made_of)
    per = room / most if most else 0
    text, total = "", 0
    for part, letter in zip(bar.parts, made_of.parts, strict=False):
        total += part
        text += letter * max(int(total * per + 0.5) - len(text), 1 if part else 0)
    one = sum(map(bool, bar.parts)) == 1 and bar.parts[0]
    if one and made_of.half and int(bar * per * 2 + 0.5) % 2:  # one solid bar can be told to the half letter
        text = made_of.parts[0] * int(bar * per) + made_of.half
    return text[:room]


def _point(point: tuple[int | None, int | None], most: int, room: int, made_of: Letters) -> str:
    low, high = point

    def at(value: int) -> int:
        return min(int(value / most * (room - 1) + 0.5), room - 1) if most else 0

    if low is None and high is None:
        return ""
    if low is None:
        return made_of.less.ljust(at(high or 0), made_of.line) + made_of.point
    text = made_of.line * at(low) + made_of.point
    if high is None:
        return (text if len(text) < room else text[1:]) + made_of.more
    return text + (made_of.between * (at(high) - at(low) - 1) + made_of.point if at(high) > at(low) else "")


def _widths(columns: Sequence[Column], texts: Sequence[Sequence[str]], room: int) -> list[int]:
    """Return how wide each column is: texts as they need, bars what is left."""
    widths = [max(width(line[place]) for line in texts) for place in range(len(columns))]
    for place, column in enumerate(columns):
        if column.kind in ("text", "name"):
            widths[place] = min(widths[place], WIDEST_LABEL)
    bars = [place for place, column in enumerate(columns) if column.kind == "bar"]
    taken = sum(widths[place] for place in range(len(columns)) if place not in bars)
    taken += sum(map(len, _gaps(columns)))
    for place in bars:
        widths[place] = max(min((room - taken) // len(bars), WIDEST_BAR), NARROWEST_BAR)
    return widths


def _gaps(columns: Sequence[Column]) -> list[str]:
    """Return what stands before each column: less before bars, which belong to the number beside them."""
    return ["" if not place else " " if column.kind == "bar" else "  " for place, column in enumerate(columns)]


def _laid_out(columns: Sequence[Column], cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """Yield the line, or lines, of a row."""
    wrapped = [_wrapped(cell, wide) for cell, wide in zip(cells, widths, strict=True)]
    for line in range(max(map(len, wrapped))):
        texts = [cell[line] if line < len(cell) else "" for cell in wrapped]
        padded = [
            " " * (wide - width(text)) + text if column.kind == "count" else text + " " * (wide - width(text))
            for column, text, wide in zip(columns, texts, widths, strict=True)
        ]
        yield "".join(gap + text for gap, text in zip(_gaps(columns), padded, strict=True)).rstrip()


def _wrapped(text: str, wide: int) -> list[str]:
    """Return a text in lines of at most `wide` letters, its beginning kept as it is indented."""
    if width(text) <= wide:
        return [text]
    indent = " " * (len(text) - len(text.lstrip()))
    return textwrap.wrap(text, wide, subsequent_indent=indent, break_on_hyphens=False) or [""]
