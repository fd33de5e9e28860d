"""Options of commands that read somebody else's list: how it is written down, and what its columns mean."""

from dataclasses import dataclass
from typing import Annotated

import typer

from tracker.i18n import _


@dataclass(frozen=True, slots=True)
class Form:
    """How the list is written down, where that is not clear."""

    encoding: Annotated[
        str | None, typer.Option("--encoding", metavar="NAME", help=_("The encoding of a text file (cp1252, utf-16)."))
    ] = None
    delimiter: Annotated[
        str | None, typer.Option("--delimiter", metavar="CHAR", help=_("What parts its cells: , ; | or tab."))
    ] = None
    sheet: Annotated[
        str | None, typer.Option("--sheet", metavar="NAME", help=_("Which sheet of a workbook, by name or number."))
    ] = None


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns mean."""

    map: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="COLUMN=FIELD",
            help=_("What a column is; COLUMN=- leaves it out, '*=-' all others. Kept for the list's next version."),
        ),
    ] = None
    constant: Annotated[
        list[str] | None,
        typer.Option("--constant", metavar="FIELD=VALUE", help=_("The same for every row: nationalities=VE.")),
    ] = None
    empty: Annotated[
        list[str] | None, typer.Option("--empty", metavar="TEXT", help=_("A text that means an empty cell: NA, n/d."))
    ] = None
    one_person_by: Annotated[
        str | None,
        typer.Option("--one-person-by", metavar="FIELD", help=_("Rows alike in this field are about one person.")),
    ] = None
