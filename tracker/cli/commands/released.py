"""`tracker released`: who left deprivation of liberty in a period."""

from dataclasses import asdict
from typing import Annotated

import typer

from tracker.cli import context
from tracker.cli.command import Commands
from tracker.cli.options import Explain, Scope, Window
from tracker.cli.output import Output, Page
from tracker.i18n import N_, _

commands = Commands("released", N_("Who left deprivation of liberty in a period."))


@commands.verb(
    "released",
    N_("Who left deprivation of liberty in a period."),
    examples=(
        "tracker released --on 2026-01-12",
        "tracker released --from 2026-01-08 --to 2026-01-14 --csv",
        "tracker released --from 2026-01-08 --list announced",
        "tracker released --on 2026-01-12 --explain",
    ),
    details=N_(
        "People count once, also if they were taken again. Those moved from prison to house arrest, those already out"
        " whose terms changed, and those only announced or reported out are lines of their own, outside the total."
    ),
)
def released(
    scope: Scope,
    window: Window,
    page: Page,
    out: Output,
    *,
    list_: Annotated[
        str | None,
        typer.Option(
            "--list",
            metavar="LINE",
            help=_(
                "Open another line into names: retaken, moved_home, upgrades, reported, announced, died, uncertain."
            ),
        ),
    ] = None,
    explain: Explain = False,
) -> None:
    """Ask and show."""
    from tracker.reports import released as reports
    from tracker.reports.asked import asking

    store = context.open_store()
    limit = page.rows(out, context.on_terminal())
    columns = None if explain else out.chosen_columns()
    report = reports.explained_table if explain else reports.released_table
    words = {**asdict(scope), **asdict(window)}
    with asking(store, **words, sort=page.sort, limit=limit, columns=columns) as (db, asked):
        context.show(report(db, asked, list_), out, store)
