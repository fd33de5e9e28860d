"""HTML: one page that needs nothing else, for a phone, a screen and paper.

Everything stored comes in as text: jinja2 escapes it, and the page forbids itself by its own policy to run a script,
to ask for anything, or to send a form. The only style is the page's own, named there by its hash.
"""

from base64 import b64encode
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Final

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from tracker.domain.text import safe
from tracker.i18n import _, language
from tracker.render.cells import lines, shown
from tracker.table import Cell, Column, Row, Table

TONES: Final = frozenset(("held", "out", "dead", "doubt", "warning", "error", "total", "heading", "quiet"))
AT_ONCE: Final = 200
"""Pieces of the page joined before they are written."""

_LAY: Final = {
    "count": Markup(' class="count"'),
    "date": Markup(' class="whole"'),
    "ref": Markup(' class="whole"'),
}
_LAY_TEXT: Final = Markup(' dir="auto"')


def write(table: Table, file: IO[str]) -> int:
    """Write the page, row by row; return the number of rows."""
    style = _beside("page.css")
    policy = b64encode(sha256(style.encode()).digest()).decode()
    page = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    counted = _Counted(table)
    title = lines(table.title or "tracker")
    stream = page.from_string(_beside("page.html")).stream(
        lang=language(),
        policy=f"default-src 'none'; style-src 'sha256-{policy}'; base-uri 'none'; form-action 'none'",
        style=Markup(style),  # noqa: S704  (our own file)
        title=title,
        heading=title.split("\n")[0],
        heads=[{"label": safe(_(column.label)), "count": column.kind == "count"} for column in table.columns],
        rows=counted.rows(),
        totals=None if table.totals is None else counted.cells(table.totals, head=False),
        empty=lines(table.empty or ""),
        notes=map(lines, table.foot),  # read when the rows are written: some notes are of what was written
        notes_title=_("Notes"),
    )
    stream.enable_buffering(AT_ONCE)
    for piece in stream:
        file.write(piece)
    file.write("\n")
    return counted.count


def _beside(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


class _Counted:
    """The rows of a table as the page takes them, counted as they pass."""

    def __init__(self, table: Table) -> None:
        self.count = 0
        self._table = table
        self._columns = [_Shown(column) for column in table.columns]
        kinds = [column.kind for column in table.columns]
        self._head = kinds.index("name") if "name" in kinds else 0

    def rows(self) -> Iterator[dict[str, Any]]:
        tone: Callable[[Row], str | None] = self._table.tone or (lambda _row: None)
        for row in self._table.rows:
            meaning = tone(row)
            yield {"tone": meaning if meaning in TONES else None, "cells": self.cells(row, head=True)}
            self.count += 1

    def cells(self, row: Row, *, head: bool) -> list[dict[str, Any]]:
        return [
            {"text": column.show(cell), "label": column.label, "lay": column.lay, "head": head and place == self._head}
            for place, (column, cell) in enumerate(zip(self._columns, row, strict=True))
        ]


class _Shown:
    """A column as the page shows it."""

    def __init__(self, column: Column) -> None:
        self.show: Callable[[Cell], str] = shown(column)
        self.label = safe(_(column.label))
        self.lay = _LAY.get(column.kind, _LAY_TEXT)
