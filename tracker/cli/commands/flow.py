"""`tracker flow`: from who was deprived of liberty on one day to who was on another, every crossing by its cause."""

from dataclasses import asdict
from typing import Annotated

import typer

from tracker.cli import context
from tracker.cli.command import Commands
from tracker.cli.options import Explain, Scope, Window, refuse_unlisted
from tracker.cli.output import READERS, Output, Page
from tracker.i18n import N_, _

commands = Commands("flow", N_("From one day's count to another's: every crossing by its cause."))


@commands.verb(
    "flow",
    N_("From one day's count to another's: every crossing by its cause."),
    examples=(
        "tracker flow --from 2026-01-09 --to 2026-01-14",
        "tracker flow --from 2026-01-09 --known-by-from 2026-01-10",
        "tracker flow --from 2026-01-09 --list released_unstated",
        "tracker flow --from 2026-01-09 --list arrests --explain",
    ),
    details=N_(
        "The opening is the minute before the first day. With --known-by-from it is given as it was known then, too,"
        " and what was learned of it since stands apart from what happened. The lines always add up, and each opens"
        " into names."
    ),
)
def flow(
    scope: Scope,
    window: Window,
    page: Page,
    out: Output,
    *,
    known_by_from: Annotated[
        str | None,
        typer.Option(
            "--known-by-from", metavar="WHEN", help=_("When the beginning was told: as known then, and since.")
        ),
    ] = None,
    known_by_to: Annotated[
        str | None,
        typer.Option("--known-by-to", metavar="WHEN", help=_("As this record knew the rest then; as --known-by.")),
    ] = None,
    list_: Annotated[
        str | None,
        typer.Option("--list", metavar="LINE", help=_("Open a line into names: opening, arrests, delisted …")),
    ] = None,
    explain: Explain = False,
) -> None:
    """Ask and show."""
    from tracker.reports.asked import asking
    from tracker.reports.clocks import earlier, latest
    from tracker.reports.flow import flow_table
    from tracker.reports.flow_list import list_table

    refuse_unlisted(list_, explain=explain)
    store = context.open_store()
    words = {**asdict(scope), **asdict(window), "known_by": latest(scope.known_by, known_by_to)}
    few = out.chosen_format(context.on_terminal()) in READERS
    limit, columns = (page.rows(out, context.on_terminal()), out.chosen_columns()) if list_ else (None, None)
    columns = None if explain else columns
    with asking(store, **words, sort=page.sort, limit=limit, columns=columns) as (db, asked):
        then = earlier(store, db, asked, known_by_from) if known_by_from else None
        table = list_table(db, asked, list_, then, explain=explain) if list_ else flow_table(db, asked, then, few=few)
        context.show(table, out, store)
