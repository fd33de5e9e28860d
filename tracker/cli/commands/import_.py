"""`tracker import`: take in somebody else's list."""

from dataclasses import dataclass
from typing import Annotated

import typer

from tracker.cli.command import Commands
from tracker.cli.list_options import Columns, Form
from tracker.cli.options import Cited, DryRun
from tracker.cli.output import Output
from tracker.i18n import N_, _

commands = Commands("import", N_("Take in somebody else's list: CSV, Excel, JSON."))


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


@commands.verb(
    "import",
    N_("Take in somebody else's list: CSV, Excel, JSON."),
    details=N_(
        "Every row is matched against the record first: people on it gain what the list says, new ones are added, and"
        " what only you can decide waits for 'tracker review'. --dry-run shows it row by row and changes nothing. A row"
        " that cannot be read stops the import, and nothing is written. One import is one change: 'tracker undo' takes"
        " all of it back."
    ),
    examples=(
        "tracker import lawyers.csv -s https://example.org/2026/01/12/list -c 'Foro Penal' --dry-run",
        "tracker import list.xlsx -s ministry-2026-01-14 --map 'Nombre y cédula=name' --map '*=-'",
        "tracker import list.csv -s clipp-2026-02-01 --skip-bad to-correct.csv --create-facilities",
        "tracker import --list-fields",
    ),
)
def import_(
    file: Annotated[str | None, typer.Argument(metavar="[FILE]", help=_("The list; '-' reads it from stdin."))] = None,
    *,
    form: Form,
    meaning: Columns,
    making: Making,
    handling: Handling,
    fields: Annotated[bool, typer.Option("--list-fields", help=_("List the fields a column can be."))] = False,
    cited: Cited,
    dry_run: DryRun = False,
    out: Output,
) -> None:
    """Read the list, take it in, say what came of it."""
    from tracker.cli import taking_in

    if fields:
        taking_in.show_fields(out)
        return
    taking_in.take_in(file, form, meaning, making, handling, given=cited, dry_run=dry_run, out=out)
