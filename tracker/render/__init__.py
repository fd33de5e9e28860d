"""One `Table` to: terminal, plain text, CSV, JSON, Markdown. Only this package writes data to stdout.

write(table, form, file)   "table" (plain text), "csv", "json" or "md"; streams, returns the number of rows
on_screen(table, file)     a terminal: Rich, a first page, foot lines
pick_columns(table, keys)  the columns asked for, in that order
"""

from typing import IO

from tracker.table import Table


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
