"""`tracker show`: everything on record about one person, and who said it."""

from typing import Annotated

import typer

from tracker.cli import context, recording
from tracker.cli.command import Commands
from tracker.cli.options import Who
from tracker.cli.output import Output
from tracker.i18n import N_, _

commands = Commands("show", N_("Everything on record about one person, and who said it."))


@commands.verb(
    "show",
    N_("Everything on record about one person, and who said it."),
    details=N_(
        "Standing first, then every fact in time order with its sources; what sources dispute stands below what is"
        " recorded. A part of the name is enough where only one person has it."
    ),
    examples=(
        "tracker show 'Ana Ruiz'",
        "tracker show P-7k3m9q --on 2026-02-08",
        "tracker show 'Ana Ruiz' --known-by 2026-01-20 --json",
    ),
)
def show(
    who: Who,
    *,
    out: Output,
    explain: Annotated[
        bool, typer.Option("--explain", help=_("Every citation on a line of its own, with where in the source."))
    ] = False,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help=_("Their standing on this day (or minute)."))
    ] = None,
    known_by: Annotated[
        str | None,
        typer.Option(
            "--known-by", metavar="WHEN", help=_("As this record knew it then: a date, a time or a changeset.")
        ),
    ] = None,
    published_by: Annotated[
        str | None,
        typer.Option(
            "--published-by", metavar="DATE", help=_("Counting only what some source published by then had said.")
        ),
    ] = None,
) -> None:
    """Find the person and show their page."""
    from tracker.reports import person as reports
    from tracker.reports.asked import asking

    store = context.open_store()
    long = explain or out.columns is not None or out.chosen_format(context.on_terminal()) != "table"

    def show_page(word: str) -> None:
        with asking(store, on=on, known_by=known_by, published_by=published_by) as (db, asked):
            context.show(reports.found_page(db, word, asked, long=long), out, store)

    recording.chosen(show_page, who)
