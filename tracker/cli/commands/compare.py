"""`tracker compare`: a list against the record, or two lists and the record, without changing anything."""

from typing import Annotated

import typer

from tracker.cli.command import Commands
from tracker.cli.list_options import Among, Columns, Form
from tracker.cli.output import Output
from tracker.i18n import N_, _

commands = Commands("compare", N_("Hold a list against the record without changing anything."))


@commands.verb(
    "compare",
    N_("Hold a list against the record without changing anything."),
    details=N_(
        "Tells who on the list is on record (matched), who may be (possible, with reasons), who is only on the list"
        " (only_theirs), and who of ours is not on it (only_ours): those deprived of liberty, unless --standing,"
        " --released or --everybody says otherwise. Matching looks at everybody on record. With a second file: who is"
        " on A, on B, on record."
    ),
    examples=(
        "tracker compare the-116.csv",
        "tracker compare the-116.csv --released --on 2026-01-12 --csv",
        "tracker compare list.xlsx --map 'Apellidos y nombres=name' --map '*=-' --facility 'El Rodeo I'",
        "tracker compare ministry.csv lawyers.csv --output compared.csv",
    ),
)
def compare(
    file: Annotated[str, typer.Argument(metavar="FILE", help=_("The list; '-' reads it from stdin."))],
    file2: Annotated[
        str | None, typer.Argument(metavar="[FILE2]", help=_("A second list, of the same columns or known by theirs."))
    ] = None,
    *,
    among: Among,
    form: Form,
    meaning: Columns,
    list_name: Annotated[
        str | None,
        typer.Option(
            "--list",
            metavar="NAME",
            help=_("The name under which the (first) list is imported: its columns are read as saved."),
        ),
    ] = None,
    out: Output,
) -> None:
    """Compare and show."""
    from tracker.cli import comparing

    files = [file] if file2 is None else [file, file2]
    comparing.compare(files, among, form, meaning, list_name=list_name, out=out)
