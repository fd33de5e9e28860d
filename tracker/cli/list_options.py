"""Options of commands that read somebody else's list: its form, its columns, its handling, whom it is held against."""

from dataclasses import dataclass
from typing import Annotated

import typer

from tracker.cli.options import Narrowing
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
    header_row: Annotated[
        str | None,
        typer.Option("--header-row", metavar="N", help=_("The row that names the columns, if it is not the first.")),
    ] = None
    dates: Annotated[
        str | None,
        typer.Option(
            "--dates",
            metavar="day-first|month-first",
            help=_("What comes first in dates such as 03/04/2024. 'import' keeps it for the list's next version."),
        ),
    ] = None
    repair: Annotated[
        bool | None,
        typer.Option(
            "--repair-encoding/--keep-encoding",
            help=_("Read MuÃ±oz, which was encoded twice, as Muñoz; or as it stands. Refused without either."),
        ),
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
        list[str] | None,
        typer.Option("--empty", metavar="TEXT", help=_("A text that means an empty cell: NA, n/d. Kept like --map.")),
    ] = None
    one_person_by: Annotated[
        str | None,
        typer.Option("--one-person-by", metavar="FIELD", help=_("Rows alike in this field are about one person.")),
    ] = None


@dataclass(frozen=True, slots=True)
class Making:
    """What may be made where the list names something that is not on record."""

    create_facilities: Annotated[
        bool, typer.Option("--create-facilities", help=_("Make the prisons that are not on record."))
    ] = False
    create_sources: Annotated[
        bool, typer.Option("--create-sources", help=_("Make the sources that are not on record (a URL always is)."))
    ] = False
    create_claimants: Annotated[
        bool,
        typer.Option("--create-claimants", help=_("Make the claimants not on record, of the kind other.")),
    ] = False


@dataclass(frozen=True, slots=True)
class Handling:
    """What becomes of the list as a whole."""

    list_name: Annotated[
        str | None,
        typer.Option(
            "--list",
            metavar="NAME",
            help=_("Under which name its next version will be known (else the publisher of its source)."),
        ),
    ] = None
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help=_("The day of the list (else of its source)."))
    ] = None
    snapshot_by: Annotated[
        str | None,
        typer.Option(
            "--snapshot-by",
            metavar="COLUMN",
            help=_("The column that says of which day a row is: the file holds several lists, taken in one by one."),
        ),
    ] = None
    review: Annotated[
        str | None,
        typer.Option(
            "--review", metavar="FILE.csv", help=_("Write the questions into this file, to be answered there.")
        ),
    ] = None
    no_source: Annotated[bool, typer.Option("--no-source", help=_("Take it in although nobody can be cited."))] = False
    skip_bad: Annotated[
        str | None,
        typer.Option(
            "--skip-bad",
            metavar="FILE.csv",
            help=_("Take in the good rows and write the others, with what is wrong, into this file."),
        ),
    ] = None
    absent: Annotated[
        str | None,
        typer.Option(
            "--absent",
            metavar="released|excluded",
            help=_("Record those who are no longer on the list as released or excluded; otherwise they are only told."),
        ),
    ] = None
    absent_on: Annotated[
        str | None,
        typer.Option("--absent-on", metavar="DATE", help=_("When they were released (else: by the day of the list).")),
    ] = None
    no_backup: Annotated[
        bool, typer.Option("--no-backup", help=_("Keep no copy of the record before a list of more than 1,000 rows."))
    ] = False


@dataclass(repr=False, eq=False)
class Whether:
    """Of which day, and whether those who are out are meant."""

    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help=_("As it stood on this day (or minute)."))] = (
        None
    )
    everybody: Annotated[
        bool, typer.Option("--everybody", help=_("Everybody on record, not only those deprived of liberty."))
    ] = False
    released: Annotated[
        bool, typer.Option("--released", help=_("Those who are out: restricted, free, or terms unstated."))
    ] = False


@dataclass(repr=False, eq=False)
class Among(Narrowing, Whether):
    """Whom of the record the list is held against."""
