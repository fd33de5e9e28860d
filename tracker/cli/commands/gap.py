"""`tracker gap`: what others claimed, beside what is on record."""

from dataclasses import asdict
from typing import Annotated

import typer

from tracker.cli import complete, context
from tracker.cli.command import Commands
from tracker.cli.options import Explain, Scope, refuse_unlisted
from tracker.cli.output import READERS, Output, Page
from tracker.errors import BadValue
from tracker.i18n import N_, _

commands = Commands("gap", N_("What others claimed, beside what is on record."))


@commands.verb(
    "gap",
    N_("What others claimed, beside what is on record."),
    examples=(
        "tracker gap --on 2026-01-14",
        "tracker gap --claimant 'Foro Penal' --measure released",
        "tracker gap --nationality ES --csv",
        "tracker gap --list K-7k3m9q",
        "tracker gap --list K-7k3m9q --explain",
    ),
    details=N_(
        "Each claim is counted the way it was stated: same measure, start, end and people, house arrest as its claimant"
        " counts it. With --on, only the latest of each claimant by that day. --nationality, --facility, --tag, --sex,"
        " --service and --dual choose the claims about just those people."
    ),
)
def gap(
    scope: Scope,
    page: Page,
    out: Output,
    *,
    measure: Annotated[
        str | None,
        typer.Option(
            "--measure",
            metavar="MEASURE",
            help=_("Only claims of this: released, held, detained, died, announced."),
            autocompletion=complete.vocabulary("measure"),
        ),
    ] = None,
    list_: Annotated[
        str | None, typer.Option("--list", metavar="REF", help=_("Open one claim into the people counted for it."))
    ] = None,
    explain: Explain = False,
) -> None:
    """Ask and show."""
    from tracker.reports.asked import asking
    from tracker.reports.stated import SCOPE, Wanted

    words = asdict(scope)
    whom = {name: words.pop(name) for name in SCOPE}
    named = {name: words.pop(name) or () for name in ("claimant", "source")}
    if words.pop("standing"):
        raise BadValue(_("A claim speaks of no standing."), hint=_("Leave out --standing."))
    refuse_unlisted(list_, explain=explain)
    store = context.open_store()
    few = list_ is None and out.chosen_format(context.on_terminal()) in READERS
    few = few and out.columns is None and page.sort is None
    columns = None if few or list_ else out.chosen_columns()
    with asking(store, **words, sort=page.sort, limit=page.rows(out, context.on_terminal()), columns=columns) as (
        db,
        asked,
    ):
        if list_ is not None:
            from tracker.reports.gap_list import list_table

            table = list_table(store, db, asked, list_, explain=explain)
        else:
            from tracker.reports.gap import gap_table

            wanted = Wanted(**named, measure=measure, scope=whom)
            table = gap_table(store, db, asked, wanted, latest=scope.on is not None, few=few)
        context.show(table, out, store)
