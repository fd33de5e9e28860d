"""`tracker estimate`: from two independent lists, how many people stand on neither."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated

import typer

from tracker.cli import complete, context
from tracker.cli.command import Commands
from tracker.cli.options import Explain, Scope, refuse_unlisted
from tracker.cli.output import Output, Page
from tracker.i18n import N_, _

commands = Commands("estimate", N_("How many people stand on neither of two independent lists: an estimate."))

PARTS = ("both", "only_a", "only_b", "neither")


def _parts(incomplete: str) -> Iterator[str]:
    """Offer the parts to a shell's completion."""
    return (word for word in PARTS if word.startswith(incomplete))


@commands.verb(
    "estimate",
    N_("How many people stand on neither of two independent lists: an estimate."),
    examples=(
        "tracker estimate foro-libre-2026-01-12 comite-2026-01-14",
        "tracker estimate S-7k3m9q S-8k3m9q --nationality ES",
        "tracker estimate foro-libre-2026-01-12 comite-2026-01-14 --list both --csv",
    ),
    details=N_(
        "A list is a source on record: the people it is cited in support of. The estimate is Chapman's, with a 95 %"
        " interval; what it rests on stands below it. Refused where fewer than 7 people are on both lists, where one"
        " list holds the other, where both come from one publisher or one voice, and for more than two lists."
    ),
)
def estimate(
    lists: Annotated[
        list[str],
        typer.Argument(metavar="A B", help=_("Two sources: slugs, refs or URLs."), autocompletion=complete.sources),
    ],
    scope: Scope,
    page: Page,
    out: Output,
    *,
    list_: Annotated[
        str | None,
        typer.Option(
            "--list",
            metavar="PART",
            autocompletion=_parts,
            help=_("Open a part into names instead: {words}.").format(words=", ".join(PARTS)),
        ),
    ] = None,
    explain: Explain = False,
) -> None:
    """Ask and show."""
    from tracker.reports import estimate as reports
    from tracker.reports.asked import asking

    refuse_unlisted(list_, explain=explain)
    store = context.open_store()
    limit = page.rows(out, context.on_terminal())
    columns = out.chosen_columns() if list_ is not None and not explain else None
    with asking(store, **asdict(scope), sort=page.sort, limit=limit, columns=columns) as (db, asked):
        if list_ is not None:
            context.show(reports.part_table(db, asked, lists, list_, explain=explain), out, store)
        else:
            context.show(reports.estimate_table(db, asked, lists), out, store)
