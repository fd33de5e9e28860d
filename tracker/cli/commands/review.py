"""`tracker review`: answer the rows of lists that wait for a person."""

from typing import Annotated

import typer

from tracker.cli import context
from tracker.cli.command import Commands
from tracker.cli.output import Output
from tracker.i18n import N_, _

commands = Commands("review", N_("Answer the rows of lists that wait for a person to decide."))


@commands.verb(
    "review",
    N_("Answer the rows of lists that wait for a person to decide."),
    details=N_(
        "Each row is shown beside those who may be meant. On a terminal it asks; every answer is kept at once, so you"
        " may stop at any time. Elsewhere it lists what is open. In a spreadsheet: --write a file, fill its last"
        " column, --read it back."
    ),
    examples=(
        "tracker review",
        "tracker review --write questions.csv",
        "tracker review --read questions.csv",
    ),
)
def review(
    write: Annotated[
        str | None, typer.Option("--write", metavar="FILE.csv", help=_("Write the questions, to be answered there."))
    ] = None,
    read: Annotated[
        str | None, typer.Option("--read", metavar="FILE.csv", help=_("Read the answers back and act on them."))
    ] = None,
    *,
    out: Output,
) -> None:
    """Ask, or write and read the questions."""
    from tracker.cli import reviewing, targets

    store = context.open_store()
    targets.refuse(store, (), out.file, new=(write,))
    if write is not None:
        reviewing.write(store, write, for_spreadsheet=out.for_spreadsheet)
    elif read is not None:
        reviewing.read(store, read)
    elif reviewing.asks(out):
        reviewing.ask(store)
    else:
        reviewing.show(store, out)
