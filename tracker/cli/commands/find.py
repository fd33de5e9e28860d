"""`tracker find`: search people, prisons and sources."""

from dataclasses import asdict
from typing import Annotated

import typer

from tracker.cli import context
from tracker.cli.command import Commands
from tracker.cli.options import Scope
from tracker.cli.output import Output, Page
from tracker.i18n import N_, _

commands = Commands("find", N_("Search people, prisons and sources, whatever the accents or word order."))


@commands.verb(
    "find",
    N_("Search people, prisons and sources, whatever the accents or word order."),
    examples=("tracker find tejeda", "tracker find 'ruiz ana' --format json", "tracker find rodeo"),
)
def find(
    text: Annotated[str, typer.Argument(metavar="TEXT", help=_("Words, or parts of words, in any order."))],
    scope: Scope,
    page: Page,
    out: Output,
) -> None:
    """Search and show what was found."""
    from tracker.reports import find as reports
    from tracker.reports.asked import asking

    store = context.open_store()
    limit = page.rows(out, context.on_terminal())
    with asking(store, **asdict(scope), sort=page.sort, limit=limit, columns=out.chosen_columns()) as (db, asked):
        context.show(reports.find(db, asked, text), out, store)
