"""`tracker undo`: take back a change; the undoing is itself a change, and can be undone."""

from typing import Annotated

import typer

from tracker.cli import context
from tracker.cli.command import Commands
from tracker.cli.options import DryRun
from tracker.i18n import N_, _, ngettext

commands = Commands("undo", N_("Take back a change; the undoing is itself a change."))


@commands.verb(
    "undo",
    N_("Take back a change; the undoing is itself a change."),
    details=N_(
        "Without a number: the newest change that is neither undone nor an undoing. With the number of an undoing:"
        " what it took back is done again. Refused where later changes build on it."
    ),
    examples=("tracker undo", "tracker undo 41 --dry-run"),
)
def undo(
    changeset: Annotated[
        str | None, typer.Argument(metavar="[CHANGE]", help=_("Its number, as 'tracker history' shows it."))
    ] = None,
    dry_run: DryRun = False,
) -> None:
    """Undo one changeset and say which, and how to have it back."""
    done = context.open_store().undo(changeset, actor=context.actor(), dry_run=dry_run)
    rows = len(done.touched)
    told = ngettext("{n} row", "{n} rows", rows).format(n=rows)
    what = {"seq": done.undid, "reason": done.reason or "?", "rows": told, "new": done.seq}
    if dry_run:
        context.say(_("Would undo change {seq}: {reason} ({rows}). Nothing was changed.").format(**what))
        return
    context.say(_("Undone: change {seq}, {reason} ({rows}). To have it back: tracker undo {new}").format(**what))
