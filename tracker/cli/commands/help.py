"""`tracker help`: pages that belong to no single command."""

from typing import Annotated

import typer

from tracker.cli.command import Commands
from tracker.i18n import N_, _

commands = Commands("help", N_("Pages about more than one command: security."))


@commands.verb(
    "help",
    N_("Pages about more than one command: security."),
    details=N_("For one command: tracker COMMAND --help."),
    examples=("tracker help security",),
)
def help_(
    topic: Annotated[str | None, typer.Argument(metavar="[PAGE]", help=_("Which page: security."))] = None,
) -> None:
    """Print a page."""
    from tracker.cli import pages

    print(pages.page(topic))
