"""`tracker history`: who changed what, when and why."""

from typing import Annotated

import typer

from tracker.cli import complete, context, recording
from tracker.cli.command import Commands
from tracker.cli.output import Output, Page
from tracker.i18n import N_, _

commands = Commands("history", N_("Who changed what, when and why."))


@commands.verb(
    "history",
    N_("Who changed what, when and why."),
    details=N_(
        "Without a name: the changesets, newest first. With one: every change to that person and their records."
    ),
    examples=("tracker history", "tracker history 'Ana Ruiz'", "tracker history R-7k3m9q --format json"),
)
def history(
    who: Annotated[
        str | None,
        typer.Argument(metavar="[WHO|REF]", help=_("A person or a record."), autocompletion=complete.people),
    ] = None,
    page: Page = Page(),  # noqa: B008  (frozen defaults, spread into options)
    out: Output = Output(),  # noqa: B008
) -> None:
    """Show the log of the record, or of one person or record in it."""
    from tracker.reports import history as reports

    store = context.open_store()
    limit = page.rows(out, context.on_terminal())
    if who is None:
        with store.reading() as db:
            context.show(reports.changesets(db, limit, store.zone, every_column=out.columns is not None), out, store)
        return

    long = out.columns is not None or out.chosen_format(context.on_terminal()) in ("csv", "json")

    def show_changes(word: str) -> None:
        with store.reading() as db:
            context.show(reports.of(db, word, limit, store.zone, long=long), out, store)

    recording.chosen(show_changes, who)
