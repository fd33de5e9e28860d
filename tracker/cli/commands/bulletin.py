"""`tracker bulletin`: the weekly balance, every line adding up."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import context
from tracker.cli.command import Commands
from tracker.cli.options import Explain, Scope, refuse_unlisted
from tracker.cli.output import Output
from tracker.i18n import N_, _

if TYPE_CHECKING:
    from tracker.reports.asked import Asked
    from tracker.store import Store

commands = Commands("bulletin", N_("The weekly balance, every line adding up."))


@commands.verb(
    "bulletin",
    N_("The weekly balance, every line adding up."),
    examples=(
        "tracker bulletin --since 2026-01-05",
        "tracker bulletin --on 2026-01-12 --lang es --format md --output balance.md",
        "tracker bulletin --on 2026-01-12 --since 2026-01-05 --list movement",
        "tracker bulletin --on 2026-01-12 --list place --explain --csv",
        "tracker bulletin --since-last --keep --output balance.md",
    ),
    details=N_(
        "Every breakdown has a line for those of whom it is not known and adds up to the total; with --since, what"
        " moved leads from the count of that day to this one. Where something does not add up, nothing is printed."
        " With --keep the record remembers this bulletin as given out; --since-last tells what moved since the last one"
        " kept, and apart from it what was learned since of the day it spoke of."
    ),
)
def bulletin(
    scope: Scope,
    out: Output,
    *,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="DATE", help=_("The day of the last bulletin: tell what moved since.")),
    ] = None,
    since_last: Annotated[
        bool, typer.Option("--since-last", help=_("Tell what moved, and what was learned, since the last one kept."))
    ] = False,
    keep: Annotated[bool, typer.Option("--keep", help=_("Remember this one as given out, for --since-last."))] = False,
    list_: Annotated[
        str | None,
        typer.Option("--list", metavar="SECTION", help=_("Open a section into names: sex, place, dual, movement …")),
    ] = None,
    explain: Explain = False,
) -> None:
    """Ask and show."""
    from tracker.reports import bulletin as reports
    from tracker.reports.asked import asking
    from tracker.reports.clocks import earlier
    from tracker.reports.last_bulletin import last_bulletin, refuse_keeping

    refuse_unlisted(list_, explain=explain)
    store = context.open_store()
    with asking(store, **asdict(scope)) as (db, asked):
        if keep:
            refuse_keeping(asked, listed=list_ is not None)
        then = None
        if since_last:
            since, known_by = last_bulletin(db, asked, since)
            then = earlier(store, db, asked, known_by)
        if list_ is not None:
            opened = reports.explained_table if explain else reports.list_table
            table = opened(db, asked, list_, since)
        else:
            table = reports.bulletin_table(db, asked, since, then)
        context.show(table, out, store)
    if keep:
        _remember(store, asked)


def _remember(store: "Store", asked: "Asked") -> None:
    """Keep the bulletin as given out, and say so."""
    from tracker.casework.bulletins import keep
    from tracker.reports.asked import said

    moment = asked.moment
    with context.writing(store, f"bulletin --on {moment} --keep") as change:
        keep(change, moment, asked.record.changeset)
    lines = [_("Kept as given out: the bulletin of {moment}.").format(moment=said(moment))]
    if change.seq is not None:
        lines.append(_("Undo with 'tracker undo {changeset}'.").format(changeset=change.seq))
    context.say(*lines)
