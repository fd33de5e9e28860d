"""Markdown: a pipe table with its title and notes, for publishing or pasting."""

import re
from typing import IO

from tracker.domain.text import safe
from tracker.i18n import _
from tracker.render.cells import shown
from tracker.table import Table

SPECIAL = re.compile(r"([\\`*_\[\]<>|#~!$@]|:(?=//|[\w+-]+:)|(?<=www)\.)", re.IGNORECASE)
"""Signs of Markdown, and what common readers make of bare text: addresses, people, emoji codes, formulas."""
LIST = re.compile(r"^(\d*)([-+.)])")


def escaped(text: str) -> str:
    """Return `text` so that Markdown (and the HTML made of it) shows it letter by letter on one line."""
    return SPECIAL.sub(r"\\\1", safe(text.replace("\n", " ")).replace("&", "&amp;"))


def _note(text: str) -> str:
    """Return a note as one point of a list, whatever it begins with."""
    return LIST.sub(r"\1\\\2", escaped(text))


def write(table: Table, file: IO[str]) -> int:
    """Write title, table, totals (bold) and notes; return the number of rows."""
    shows = [shown(column) for column in table.columns]
    if table.title:
        file.write(f"**{escaped(table.title)}**\n\n")
    file.write("| " + " | ".join(escaped(_(column.label)) for column in table.columns) + " |\n")
    file.write("|" + "|".join(" ---: " if column.kind == "count" else " --- " for column in table.columns) + "|\n")
    count = 0
    for row in table.rows:
        file.write("| " + " | ".join(escaped(show(cell)) for show, cell in zip(shows, row, strict=True)) + " |\n")
        count += 1
    if table.totals is not None:
        bold = [
            f"**{escaped(text)}**" if text else ""
            for text in (show(cell) for show, cell in zip(shows, table.totals, strict=True))
        ]
        file.write("| " + " | ".join(bold) + " |\n")
    if not count and table.empty:
        file.write(f"\n{escaped(table.empty)}\n")
    if table.foot:
        file.write("\n" + "\n".join(f"- {_note(line)}" for line in table.foot) + "\n")
    return count
