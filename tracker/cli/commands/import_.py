"""`tracker import`: take in somebody else's list."""

import os
from pathlib import Path
from typing import Annotated

import typer

from tracker.cli.command import Commands
from tracker.cli.list_options import Columns, Form, Handling, Making
from tracker.cli.options import Cited, DryRun
from tracker.cli.output import Output
from tracker.i18n import N_, _

commands = Commands("import", N_("Take in somebody else's list: CSV, Excel, JSON."))


@commands.verb(
    "import",
    N_("Take in somebody else's list: CSV, Excel, JSON."),
    details=N_(
        "Every row is matched against the record first: people on it gain what the list says, new ones are added, and"
        " what only you can decide waits for 'tracker review'. --dry-run shows it row by row and changes nothing. A row"
        " that cannot be read stops the import, and nothing is written. One import is one change: 'tracker undo' takes"
        " all of it back. A folder that 'tracker export all' wrote is taken back whole, into an empty record."
    ),
    examples=(
        "tracker import lawyers.csv -s https://example.org/2026/01/12/list -c 'Foro Penal' --dry-run",
        "tracker import list.xlsx -s ministry-2026-01-14 --map 'Nombre y cédula=name' --map '*=-'",
        "tracker import list.csv -s clipp-2026-02-01 --skip-bad to-correct.csv --create-facilities",
        "tracker import backup-2026-02",
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
    from tracker.cli import taking_folder, taking_in

    if fields:
        taking_in.show_fields(out)
    elif file is not None and os.path.isdir(file):  # noqa: PTH112  (a Path raises for a name that is too long)
        taking_folder.take_in(Path(file), form, meaning, making, handling, cited, dry_run=dry_run)
    else:
        taking_in.take_in(file, form, meaning, making, handling, given=cited, dry_run=dry_run, out=out)
