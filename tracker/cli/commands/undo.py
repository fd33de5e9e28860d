"""`tracker undo`: take back a change; the undoing is itself a change, and can be undone."""

from typing import Annotated

import typer

from tracker.cli import context
from tracker.cli.command import Commands
from tracker.cli.options import Yes
from tracker.i18n import N_, _

commands = Commands("undo", N_("Take back a change; the undoing is itself a change."))


@commands.verb(
    "undo",
    N_("Take back a change; the undoing is itself a change."),
    details=N_(
        "Without a number: the newest change that is neither undone nor an undoing. With the number of an undoing:"
        " what it took back is done again. Refused where later changes build on it."
    ),
    examples=("tracker undo", "tracker undo 41"),
)
def undo(
    changeset: Annotated[
        str | None, typer.Argument(metavar="[CHANGESET]", help=_("Its number, as 'tracker history' shows it."))
    ] = None,
    yes: Yes = False,
) -> None:
    """Undo one changeset, having said which."""
    store = context.open_store()
    with store.reading() as db:
        planned = store.undoable(db, changeset)
    context.confirm(
        _("Undo changeset {seq} of {at} by {actor}: {reason}?").format(
            seq=planned.seq, at=planned.at, actor=planned.actor or "?", reason=planned.reason or "?"
        ),
        yes=yes,
    )
    done = store.undo(planned.seq, actor=context.actor())
    context.say(
        _("Undone: changeset {seq}, as changeset {new}. To do it again: tracker undo {new}").format(
            seq=planned.seq, new=done.seq
        )
    )
