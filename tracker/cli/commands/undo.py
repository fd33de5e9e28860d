"""`tracker undo`: take back a change; the undoing is itself a change, and can be undone."""

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import context
from tracker.cli.command import Commands
from tracker.cli.options import DryRun, Yes
from tracker.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from tracker.store import Store

MOST_UNASKED = 100
"""Rows that are taken back without asking."""

commands = Commands("undo", N_("Take back a change; the undoing is itself a change."))


@commands.verb(
    "undo",
    N_("Take back a change; the undoing is itself a change."),
    details=N_(
        "Without a number: the newest change that is neither undone nor an undoing. With the number of an undoing:"
        " what it took back is done again. Refused where later changes build on it; asks where it has more than 100"
        " rows."
    ),
    examples=("tracker undo", "tracker undo 41 --dry-run", "tracker undo 2 --yes"),
)
def undo(
    changeset: Annotated[
        str | None, typer.Argument(metavar="[CHANGE]", help=_("Its number, as 'tracker history' shows it."))
    ] = None,
    dry_run: DryRun = False,
    yes: Yes = False,
) -> None:
    """Undo one changeset and say which, and how to have it back."""
    from tracker.casework.undoing import take_back

    store = context.open_store()
    if not dry_run:
        changeset = _consented(store, changeset, yes=yes)
    done = take_back(store, changeset, actor=context.actor(), dry_run=dry_run)
    rows = len(done.touched)
    told = ngettext("{n} row", "{n} rows", rows).format(n=rows)
    what = {"seq": done.undid, "reason": done.reason or "?", "rows": told, "new": done.seq}
    if dry_run:
        context.say(_("Would undo change {seq}: {reason} ({rows}). Nothing was changed.").format(**what))
        return
    context.say(_("Undone: change {seq}, {reason} ({rows}). To have it back: tracker undo {new}").format(**what))


def _consented(store: "Store", changeset: str | None, *, yes: bool) -> str | None:
    """Return what to undo, once a large change is agreed to. Raises Refused where it is not."""
    from tracker.store.undo import planned

    with store.reading() as db:
        plan, rows = planned(db, changeset)
    if rows <= MOST_UNASKED:
        return changeset
    question = ngettext(
        "Change {seq}, {reason}, has {n} row. Take it back?",
        "Change {seq}, {reason}, has {n} rows. Take all of it back?",
        rows,
    )
    context.confirm(question.format(seq=plan.seq, reason=plan.reason or "?", n=rows), yes=yes)
    return str(plan.seq)
