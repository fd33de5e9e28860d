"""`tracker remaining`: who remains deprived of liberty."""

from dataclasses import asdict
from typing import Annotated

import typer

from tracker.cli import context
from tracker.cli.command import Commands
from tracker.cli.options import Explain, Scope
from tracker.cli.output import Output, Page
from tracker.i18n import N_, _

commands = Commands("remaining", N_("Who remains deprived of liberty."))


@commands.verb(
    "remaining",
    N_("Who remains deprived of liberty."),
    examples=(
        "tracker remaining",
        "tracker remaining --on 2026-01-12 --facility 'El Rodeo I' --csv",
        "tracker remaining --uncertain",
        "tracker remaining --explain --nationality ES",
        "tracker remaining --public --output held.csv",
    ),
    details=N_(
        "Only a verified release takes a person off this list, unless the record's rule says otherwise. The notes below"
        " the list say how many of those on it are uncertain, and how many somebody unverified says are out."
    ),
)
def remaining(
    scope: Scope,
    page: Page,
    out: Output,
    uncertain: Annotated[
        bool, typer.Option("--uncertain", help=_("List instead those whose dates leave a doubt, on both sides."))
    ] = False,
    explain: Explain = False,
) -> None:
    """Ask and show."""
    from tracker.reports import remaining as reports
    from tracker.reports.asked import asking

    store = context.open_store()
    limit = page.rows(out, context.on_terminal())
    columns = None if explain else out.chosen_columns()
    report = reports.uncertain_table if uncertain else reports.remaining_table
    report = reports.explained_table if explain else report
    with asking(store, **asdict(scope), sort=page.sort, limit=limit, columns=columns) as (db, asked):
        context.show(report(db, asked), out, store)
