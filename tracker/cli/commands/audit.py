"""`tracker audit`: prove that the record is what its log says."""

from typing import Annotated

import typer

from tracker.cli import context, progress
from tracker.cli.command import Commands
from tracker.cli.output import Output
from tracker.i18n import N_, _

commands = Commands("audit", N_("Prove that the record is what its log says, and that nothing was altered."))


@commands.verb(
    "audit",
    N_("Prove that the record is what its log says, and that nothing was altered."),
    details=N_(
        "Looks at the file, at what points at nothing, at the chain of changes, at every row against the log, and at"
        " the files of evidence. A change made by another program is an outside edit; a log altered, shortened or"
        " reordered, or a row changed behind its back, is tampered. Whoever holds the file could cut off the end of the"
        " log and the record with it: a change printed below a report (change 41 (ab12cd34)) proves that, with --head."
        " Nothing is repaired. Ends with code 5 if anything worse than a note is found."
    ),
    examples=(
        "tracker audit",
        "tracker audit --deep --report audit.md",
        "tracker audit --head 41:ab12cd34",
    ),
)
def audit(
    deep: Annotated[
        bool, typer.Option("--deep", help=_("Work out anew what is derived from the record, too: it takes longer."))
    ] = False,
    report: Annotated[
        str | None,
        typer.Option("--report", metavar="FILE", help=_("Write the findings into this file, too (.md, .csv, .json).")),
    ] = None,
    heads: Annotated[
        list[str] | None,
        typer.Option("--head", metavar="N:HASH", help=_("A change that the log must hold, as printed below a report.")),
    ] = None,
    *,
    out: Output,
) -> None:
    """Audit, show what was found, and fail if it is worse than a note."""
    from tracker.errors import Problems
    from tracker.paths import find_database
    from tracker.safekeeping.audit import audit, read_head
    from tracker.store import Store

    wanted = [read_head(text) for text in heads or ()]
    to = None if report is None else Output(output=report, format=None if "." in report else "md")
    for each in (out, to):
        if each is not None:
            each.chosen_format(context.on_terminal())  # what cannot be written is said before the work
    store = Store.for_audit(find_database(context.asked.db))
    with progress.line(out) as line:
        done = audit(store, deep=deep, heads=wanted, begins=line.begins)
    if to is not None:
        context.show(done.table(), to, store)
        done.foot.clear()  # it was said with the report
    context.show(done.table(), out, store)
    if not done.clean:
        raise Problems("")
