"""`tracker bulletin`: the weekly balance, every line adding up."""

from dataclasses import asdict
from typing import Annotated

import typer

from tracker.cli import context
from tracker.cli.command import Commands
from tracker.cli.options import Scope
from tracker.cli.output import Output
from tracker.i18n import N_, _

commands = Commands("bulletin", N_("The weekly balance, every line adding up."))


@commands.verb(
    "bulletin",
    N_("The weekly balance, every line adding up."),
    examples=(
        "tracker bulletin --since 2026-01-05",
        "tracker bulletin --on 2026-01-12 --lang es --format md --output balance.md",
        "tracker bulletin --on 2026-01-12 --since 2026-01-05 --list movement",
    ),
    details=N_(
        "Every breakdown has a line for those of whom it is not known and adds up to the total; with --since, what"
        " moved leads from the count of that day to this one. Where something does not add up, nothing is printed."
    ),
)
def bulletin(
    scope: Scope,
    out: Output,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="DATE", help=_("The day of the last bulletin: tell what moved since.")),
    ] = None,
    list_: Annotated[
        str | None,
        typer.Option("--list", metavar="SECTION", help=_("Open a section into names: sex, place, dual, movement …")),
    ] = None,
) -> None:
    """Ask and show."""
    from tracker.reports import bulletin as reports
    from tracker.reports.asked import asking

    store = context.open_store()
    with asking(store, **asdict(scope)) as (db, asked):
        if list_ is not None:
            table = reports.list_table(db, asked, list_, since)
        else:
            table = reports.bulletin_table(db, asked, since)
        context.show(table, out, store)
