"""`tracker duplicates`: who may be on record twice."""

from typing import Annotated

import typer

from tracker.cli import context
from tracker.cli.command import Commands
from tracker.cli.output import Output, Page
from tracker.i18n import N_, _

commands = Commands("duplicates", N_("Who may be on record twice."))


@commands.verb(
    "duplicates",
    N_("Who may be on record twice."),
    details=N_(
        "Pairs of people who may be one, likeliest first, with the reasons. Nothing is joined: 'tracker detainee merge'"
        " does that, and 'tracker detainee judge' says that they are two, or that nobody knows."
    ),
    examples=("tracker duplicates", "tracker duplicates --limit all --csv", "tracker duplicates --unsure"),
)
def duplicates(
    out: Output,
    limit: Annotated[
        str | None, typer.Option("--limit", metavar="N|all", help=_("At most so many rows (a terminal shows 40)."))
    ] = None,
    *,
    unsure: Annotated[
        bool, typer.Option("--unsure", help=_("Also pairs on which the judgement was that nobody knows."))
    ] = False,
) -> None:
    """Propose pairs."""
    from tracker.reports import duplicates as reports

    store = context.open_store()
    most = Page(limit=limit).rows(out, context.on_terminal())
    with store.reading() as db:
        context.show(reports.duplicates(db, most, unsure=unsure), out, store)
