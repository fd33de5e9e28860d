"""How an answer is written and how much of it: the options that every command with a table takes."""

from dataclasses import dataclass
from typing import Annotated

import typer

from tracker.errors import BadValue
from tracker.i18n import _

FORMATS = ("table", "csv", "json", "md", "html", "xlsx")
READERS = ("table", "md", "html")
"""The formats that are read as a page: a few names of many are enough there."""
SUFFIXES = {
    ".csv": "csv",
    ".json": "json",
    ".md": "md",
    ".txt": "table",
    ".html": "html",
    ".htm": "html",
    ".xlsx": "xlsx",
}
OTHER_SUFFIXES = (".xls", ".ods", ".pdf", ".docx", ".db")
FIRST_PAGE = 40
"""Rows that a terminal shows unless --limit says otherwise."""


@dataclass(repr=False, eq=False)
class Output:
    """How the answer is written."""

    format: Annotated[
        str | None,
        typer.Option("--format", metavar="|".join(FORMATS), help=_("How to write it (else by the name of --output).")),
    ] = None
    csv: Annotated[bool, typer.Option("--csv", help=_("Short for --format csv."))] = False
    json: Annotated[bool, typer.Option("--json", help=_("Short for --format json."))] = False
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help=_("Write into this file, whole or not at all (-: stdout).")
        ),
    ] = None
    columns: Annotated[
        str | None,
        typer.Option("--columns", metavar="KEYS", help=_("These columns, comma-separated, in this order.")),
    ] = None
    for_spreadsheet: Annotated[
        bool, typer.Option("--for-spreadsheet", help=_("CSV that opens safely in Excel and LibreOffice."))
    ] = False

    @property
    def file(self) -> str | None:
        """The file to write into, None where the answer goes to stdout."""
        return None if self.output == "-" else self.output

    def chosen_format(self, terminal: bool) -> str:
        """Return one of `FORMATS`. Raises `BadValue`, also for a workbook that would go to the screen."""
        from tracker.domain.text import brief

        if self.output is not None and not self.output.strip():
            raise BadValue(
                _("--output needs the name of a file: it is empty."),
                hint=_("Name a file that ends in {choices}, or leave --output out.").format(
                    choices=", ".join(SUFFIXES)
                ),
            )
        asked = [name for name, given in (("csv", self.csv), ("json", self.json)) if given]
        if self.format is not None:
            asked.insert(0, self.format.strip().lower())
        if len(set(asked)) > 1:
            raise BadValue(_("Two formats were asked for: {formats}.").format(formats=brief(", ".join(asked))))
        if asked:
            if asked[0] not in FORMATS:
                raise BadValue(
                    _("--format takes {choices}, not {value!r}.").format(
                        choices=" / ".join(FORMATS), value=brief(asked[0])
                    )
                )
            if asked[0] == "xlsx" and self.file is None and terminal:
                raise BadValue(
                    _("A workbook (xlsx) cannot be shown on a screen."), hint=_("Name a file: --output list.xlsx.")
                )
            return asked[0]
        if self.file is not None:
            return self._by_name(self.file)
        return "csv" if self.for_spreadsheet and not terminal else "table"

    @staticmethod
    def _by_name(output: str) -> str:
        """Return the format that the name of the file asks for; CSV where it asks for none."""
        suffix = "." + output.rpartition(".")[2].lower()
        if suffix in OTHER_SUFFIXES:
            raise BadValue(
                _("A {suffix} file cannot be written.").format(suffix=suffix),
                hint=_("Name a file that ends in {choices}.").format(choices=", ".join(SUFFIXES)),
            )
        return SUFFIXES.get(suffix, "csv")

    def chosen_columns(self) -> list[str] | None:
        """Return the keys asked for, or None for the question's own choice."""
        if self.columns is None:
            return None
        return list(dict.fromkeys(key.strip() for key in self.columns.split(",") if key.strip()))


@dataclass(repr=False, eq=False)
class Page:
    """How much of the answer, in what order."""

    sort: Annotated[
        str | None,
        typer.Option("--sort", metavar="COLUMN", help=_("Order by this column (-COLUMN: downward).")),
    ] = None
    limit: Annotated[
        str | None,
        typer.Option("--limit", metavar="N|all", help=_("At most so many rows (a terminal shows 40).")),
    ] = None

    def rows(self, out: Output, terminal: bool) -> int | None:
        """Return the number of rows to fetch, None for all. Raises `BadValue`."""
        from tracker.domain.text import brief

        if self.limit is None:
            paged = terminal and out.file is None and out.chosen_format(terminal) == "table"
            return FIRST_PAGE if paged else None
        if self.limit.strip().lower() in ("all", "todo", "todos", "todas"):
            return None
        if self.limit.isdecimal() and int(self.limit) > 0:
            return int(self.limit)
        raise BadValue(_("--limit takes a number from 1, or all; not {value!r}.").format(value=brief(self.limit)))
