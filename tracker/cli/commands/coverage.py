"""`tracker coverage`: how much is known of the people on record, and what to ask next."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated

import typer

from tracker.cli import context
from tracker.cli.command import Commands
from tracker.cli.options import Explain, Scope
from tracker.cli.output import Output, Page
from tracker.i18n import N_, _

commands = Commands("coverage", N_("How much is known of the people held, and what to ask next."))

LINES = ("arrest_date", "arrest_day", "prison", "sex", "nationality", "age", "stage", "source", "second_source")


def _lines(incomplete: str) -> Iterator[str]:
    """Offer the lines to a shell's completion."""
    return (word for word in LINES if word.startswith(incomplete))


@commands.verb(
    "coverage",
    N_("How much is known of the people held, and what to ask next."),
    examples=(
        "tracker coverage",
        "tracker coverage --list second_source",
        "tracker coverage --list second_source --explain",
        "tracker coverage --all --nationality ES --csv",
        "tracker coverage --on 2026-01-12 --facility 'El Rodeo I'",
    ),
    details=N_(
        "A second source is independent: another publisher and another voice. Two newspapers that quote the same"
        " monitor are one voice."
    ),
)
def coverage(
    scope: Scope,
    page: Page,
    out: Output,
    *,
    list_: Annotated[
        str | None,
        typer.Option(
            "--list",
            metavar="LINE",
            autocompletion=_lines,
            help=_("Open a line into the people of whom it is not known: {words}.").format(words=", ".join(LINES)),
        ),
    ] = None,
    everybody: Annotated[bool, typer.Option("--all", help=_("Everybody on record, not only people held."))] = False,
    explain: Explain = False,
) -> None:
    """Ask and show."""
    from tracker.reports import coverage as reports
    from tracker.reports.asked import asking

    store = context.open_store()
    limit = page.rows(out, context.on_terminal())
    columns = out.chosen_columns() if list_ is not None and not explain else None
    with asking(store, **asdict(scope), sort=page.sort, limit=limit, columns=columns) as (db, asked):
        if explain:
            context.show(reports.explained_table(db, asked, list_, everybody=everybody), out, store)
        elif list_ is not None:
            context.show(reports.missing_table(db, asked, list_, everybody=everybody), out, store)
        else:
            context.show(reports.coverage_table(db, asked, everybody=everybody), out, store)
