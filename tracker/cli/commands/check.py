"""`tracker check`: find data problems, each with a name."""

from typing import Annotated

import typer

from tracker.cli import complete, context, progress
from tracker.cli.command import Commands
from tracker.cli.output import Output, Page
from tracker.i18n import N_, _

commands = Commands("check", N_("Find data problems, each with a name."))


@commands.verb(
    "check",
    N_("Find data problems, each with a name."),
    details=N_("Ends with code 5 if anything is found at or above --severity (warning, unless said otherwise)."),
    examples=(
        "tracker check",
        "tracker check uncited same-name",
        "tracker check --severity error --csv",
        "tracker check --list-checks",
    ),
)
def check(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[CHECK]...", help=_("Only these checks."), autocompletion=complete.checks),
    ] = None,
    *,
    severity: Annotated[
        str | None,
        typer.Option(
            "--severity",
            metavar="note|warning|error",
            help=_("Show and fail on findings this bad or worse."),
            autocompletion=complete.vocabulary("severity"),
        ),
    ] = None,
    every: Annotated[
        bool, typer.Option("--list-checks", help=_("List the checks there are, and what they look for."))
    ] = False,
    limit: Annotated[
        str | None,
        typer.Option(
            "--limit", metavar="N|all", help=_("At most so many findings of each check (a terminal shows 40).")
        ),
    ] = None,
    out: Output,
) -> None:
    """Run the checks, show what they found, and fail if it is bad enough."""
    from tracker import checks
    from tracker.domain.vocabulary import read
    from tracker.errors import Problems

    if every:
        context.show(checks.list_checks(), out)
        return
    store = context.open_store()
    least = read("severity", severity) if severity is not None else None
    most = Page(limit=limit).rows(out, context.on_terminal())
    with (
        progress.line(out) as line,
        checks.running(store, names or (), least=least or "note", most=most, begins=line.begins) as found,
    ):
        context.show(line.watched(found.table), out, store)
    if found.at_least(least or "warning"):
        raise Problems("")
