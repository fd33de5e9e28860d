"""`tracker diff`: what changed between two states of knowledge."""

from dataclasses import asdict
from typing import Annotated

import typer

from tracker.cli import complete, context
from tracker.cli.command import Commands
from tracker.cli.options import Whom
from tracker.cli.output import Output, Page
from tracker.i18n import N_, _

commands = Commands("diff", N_("What changed between two states of knowledge: an erratum."))


@commands.verb(
    "diff",
    N_("What changed between two states of knowledge: an erratum."),
    examples=(
        "tracker diff --known-by 2026-01-14 --and 2026-02-04",
        "tracker diff --known-by 41 --csv",
        "tracker diff --known-by 2026-01-14 --on 2026-01-14 --public --output erratum.md",
    ),
    details=N_(
        "One row for each person and fact that is not what it was: people added, merged, split, delisted, relisted and"
        " renamed, standings and facts that changed, and stated figures; with who changed it last, when, why and with"
        " which source. What was changed and changed back is no change. Standings are compared at one moment, --on: by"
        " default the day of the later state, so that both what happened since and what was learned late shows."
    ),
)
def diff(
    whom: Whom,
    page: Page,
    out: Output,
    *,
    known_by: Annotated[
        str | None,
        typer.Option("--known-by", metavar="WHEN", help=_("The earlier state: a date, a time or a changeset.")),
    ] = None,
    and_: Annotated[
        str | None,
        typer.Option("--and", metavar="WHEN", help=_("The later state: a date, a time or a changeset (else now).")),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DATE", help=_("Compare standings as of this day (else the later state's).")),
    ] = None,
    published_by: Annotated[
        str | None,
        typer.Option(
            "--published-by",
            metavar="DATE",
            help=_("Counting only what some source published by then had said."),
        ),
    ] = None,
    rule: Annotated[
        str | None,
        typer.Option(
            "--rule",
            metavar="NAME",
            help=_("Count by this rule: default, monitor, press, wide, or a file of your own (.toml)."),
            autocompletion=complete.rules,
        ),
    ] = None,
    public: Annotated[
        bool, typer.Option("--public", help=_("For publication: names only of people who may be named."))
    ] = False,
) -> None:
    """Compare and show."""
    from tracker.errors import BadValue
    from tracker.reports.difference.states import State, comparing
    from tracker.reports.difference.table import difference_table

    if known_by is None:
        raise BadValue(
            _("--known-by is missing: the earlier of the two states."),
            hint=_("Give a date, a time or the number of a change: tracker diff --known-by 2026-01-14"),
        )
    store = context.open_store()
    words = {**asdict(whom), "rule": rule, "public": public, "sort": page.sort}
    words["limit"] = page.rows(out, context.on_terminal())
    with comparing(store, State(known_by, published_by), State(and_, published_by), on=on, **words) as sides:
        context.show(difference_table(sides), out, store)
