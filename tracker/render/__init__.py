"""One `Table` to: terminal, plain text, CSV, JSON, Markdown, HTML, XLSX. Only this package writes data to stdout.

write(table, form, file)    "table" (plain text), "csv", "json", "md" or "html"; streams, returns the number of rows
write_book(table, file, …)  "xlsx", into a file of bytes
on_screen(table, file)      a terminal: Rich, a first page, foot lines
raw_on_screen(file)         a terminal that is given what was meant for a file: nothing in it acts there
"""

from importlib import import_module
from pathlib import Path
from typing import IO, Final, cast

from tracker.table import Table

WRITERS: Final = {"table": "plain", "csv": "csv_writer", "json": "json_writer", "md": "markdown", "html": "html"}
BOOK: Final = "xlsx"
WITH_NOTES: Final = ("md", "html", BOOK)
"""The formats that hold the notes of a table themselves."""


def write(table: Table, form: str, file: IO[str], *, for_spreadsheet: bool = False) -> int:
    """Write `table` to `file` as `form` and return how many rows it had (totals not counted)."""
    if form == "csv":
        from tracker.render import csv_writer

        return csv_writer.write(table, file, for_spreadsheet=for_spreadsheet)
    writer = import_module(f"tracker.render.{WRITERS[form]}")
    return cast("int", writer.write(table, file))


def write_book(table: Table, file: IO[bytes], target: Path | None = None) -> int:
    """Write `table` as a workbook and return how many rows it had; unfinished parts lie beside `target`."""
    from tracker.render import xlsx

    return xlsx.write(table, file, target)


def on_screen(table: Table, file: IO[str]) -> None:
    """Show `table` on a terminal."""
    from tracker.render import terminal

    terminal.write(table, file)


def raw_on_screen(file: IO[str]) -> IO[str]:
    """Return `file`, a terminal, to write CSV or JSON to: exact in a file, made safe where it is only looked at."""
    from tracker.render.screen import Screen

    return cast("IO[str]", Screen(file))
