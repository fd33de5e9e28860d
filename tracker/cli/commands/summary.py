"""`tracker summary`: counts by nationality, prison, sex, kind, month and more."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated

import typer

from tracker.cli import context
from tracker.cli.command import Commands
from tracker.cli.options import Explain, Scope, Window
from tracker.cli.output import Output, Page
from tracker.i18n import N_, _

commands = Commands("summary", N_("Counts by nationality, prison, sex, kind, month and more."))

GROUPINGS = (
    *("nationality", "nationality_type", "facility", "state", "sex", "service", "age_group", "sentenced", "tag"),
    *("kind", "status", "month", "year", "standing"),
)


def _groupings(incomplete: str) -> Iterator[str]:
    """Offer the groupings to a shell's completion."""
    return (word for word in GROUPINGS if word.startswith(incomplete))


@commands.verb(
    "summary",
    N_("Counts by nationality, prison, sex, kind, month and more."),
    examples=(
        "tracker summary --by nationality",
        "tracker summary --by facility --on 2026-01-12 --csv",
        "tracker summary --by kind --from 2026-01-08 --to 2026-01-14",
        "tracker summary --by sex --list --standing detained",
        "tracker summary --by facility --explain --csv",
    ),
    details=N_(
        "With --from or --to, and for --by kind, status, month or year, those counted are the people who left"
        " deprivation of liberty in that period; otherwise everybody on record."
    ),
)
def summary(
    scope: Scope,
    window: Window,
    page: Page,
    out: Output,
    *,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="WHAT",
            autocompletion=_groupings,
            help=_("What to count by: {words}.").format(words=", ".join(GROUPINGS)),
        ),
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help=_("Open the counts into names."))] = False,
    explain: Explain = False,
) -> None:
    """Ask and show."""
    from tracker.reports import summary as reports
    from tracker.reports.asked import asking

    store = context.open_store()
    limit = page.rows(out, context.on_terminal())
    report = reports.list_table if list_ else reports.summary_table
    report = reports.explained_table if explain else report
    with asking(store, **asdict(scope), **asdict(window), sort=page.sort, limit=limit) as (db, asked):
        context.show(report(db, asked, by), out, store)
