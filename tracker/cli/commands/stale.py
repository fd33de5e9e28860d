"""`tracker stale`: whose situation nobody has confirmed for a while."""

from dataclasses import asdict
from typing import Annotated

import typer

from tracker.cli import context
from tracker.cli.command import Commands
from tracker.cli.options import Explain, Scope
from tracker.cli.output import Output, Page
from tracker.i18n import N_, _

commands = Commands("stale", N_("Who is held and was not confirmed for a while."))


@commands.verb(
    "stale",
    N_("Who is held and was not confirmed for a while."),
    examples=(
        "tracker stale",
        "tracker stale --days 90 --facility 'El Rodeo I'",
        "tracker stale --on 2026-01-12 --csv",
        "tracker stale --days 60 --standing house_arrest",
        "tracker stale --days 90 --explain --csv",
    ),
    details=N_(
        "People deprived of liberty of whom no source has spoken for that long, those never confirmed first, then the"
        " oldest. A source confirms on the day it was published; one without a date, on the day it was entered."
    ),
)
def stale(
    scope: Scope,
    page: Page,
    out: Output,
    days: Annotated[str, typer.Option("--days", metavar="N", help=_("For how many days at least."))] = "30",
    *,
    explain: Explain = False,
) -> None:
    """Ask and show."""
    from tracker.reports.asked import asking
    from tracker.reports.stale import explained_table, stale_table

    store = context.open_store()
    limit = page.rows(out, context.on_terminal())
    columns = None if explain else out.chosen_columns()
    report = explained_table if explain else stale_table
    with asking(store, **asdict(scope), sort=page.sort, limit=limit, columns=columns) as (db, asked):
        context.show(report(db, asked, days), out, store)
