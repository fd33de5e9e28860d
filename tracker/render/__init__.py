"""One `Table` to: terminal, plain text, CSV, JSON, Markdown. Only this package writes data to stdout.

write(table, form, file)   "table" (plain text), "csv", "json" or "md"; streams, returns the number of rows
on_screen(table, file)     a terminal: Rich, a first page, foot lines
pick_columns(table, keys)  the columns asked for, in that order
"""

from collections.abc import Sequence
from typing import IO

from tracker.errors import BadValue
from tracker.i18n import _
from tracker.table import Table


def pick_columns(table: Table, keys: Sequence[str] | None) -> Table:
    """Return `table` with only the columns of `keys`, in that order. Raises `BadValue` for an unknown key."""
    if keys is None:
        return table
    from dataclasses import replace

    known = table.keys()
    unknown = [key for key in keys if key not in known]
    if unknown or not keys:
        raise BadValue(
            _("There is no column {key!r} here.").format(key=", ".join(unknown)),
            hint=_("Columns: {keys}").format(keys=", ".join(known)),
        )
    places = [known.index(key) for key in keys]
    tone = table.tone
    toned = [(row, tone(row) if tone else None) for row in table.rows] if tone else None
    if toned is not None:
        words = iter([word for _row, word in toned])
        rows = [tuple(row[place] for place in places) for row, _word in toned]
        return replace(
            table,
            columns=[table.columns[place] for place in places],
            rows=rows,
            totals=None if table.totals is None else tuple(table.totals[place] for place in places),
            tone=lambda _row: next(words, None),
        )
    return replace(
        table,
        columns=[table.columns[place] for place in places],
        rows=(tuple(row[place] for place in places) for row in table.rows),
        totals=None if table.totals is None else tuple(table.totals[place] for place in places),
    )


def write(table: Table, form: str, file: IO[str], *, for_spreadsheet: bool = False) -> int:
    """Write `table` to `file` as `form` and return how many rows it had (totals not counted)."""
    if form == "csv":
        from tracker.render import csv_writer

        return csv_writer.write(table, file, for_spreadsheet=for_spreadsheet)
    if form == "json":
        from tracker.render import json_writer

        return json_writer.write(table, file)
    if form == "md":
        from tracker.render import markdown

        return markdown.write(table, file)
    from tracker.render import plain

    return plain.write(table, file)


def on_screen(table: Table, file: IO[str]) -> None:
    """Show `table` on a terminal."""
    from tracker.render import terminal

    terminal.write(table, file)
