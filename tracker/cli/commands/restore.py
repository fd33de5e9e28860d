"""`tracker restore`: bring a backup back, proved before it takes anything's place."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import context, passphrases
from tracker.cli.command import Commands
from tracker.cli.options import DryRun, Yes
from tracker.errors import BadValue
from tracker.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from tracker.safekeeping.restore import Proved, Restored

commands = Commands("restore", N_("Bring back a backup, proved before it replaces anything."))


@commands.verb(
    "restore",
    N_("Bring back a backup, proved before it replaces anything."),
    details=N_(
        "To where the database of this run is or would be, or to --to. The backup is unpacked beside it and held"
        " against its own list of contents, its change log and its evidence. What stands there already is replaced only"
        " with --replace, and kept under a dated name. --dry-run only checks. A copy that the program kept by itself"
        " (.auto.db) is restored the same way."
    ),
    examples=(
        "tracker restore backups/tracker-2026-11-24T0312-c41.backup.tar --dry-run",
        "tracker restore from-caracas.backup.age.tar --to case/tracker.db --identity key.txt",
        "tracker restore backups/tracker-2026-11-24T0312-c41.backup.tar --replace --yes",
    ),
)
def restore(
    file: Annotated[str, typer.Argument(metavar="FILE", help=_("The backup."))],
    *,
    to: Annotated[
        str | None, typer.Option("--to", metavar="PATH", help=_("Where the database goes; it is created there."))
    ] = None,
    opening: passphrases.Opening,
    replace: Annotated[
        bool, typer.Option("--replace", help=_("Replace the record that is there; it is kept under a dated name."))
    ] = False,
    altered: Annotated[
        bool, typer.Option("--even-if-altered", help=_("Take it although it does not agree with its change log."))
    ] = False,
    dry_run: DryRun = False,
    yes: Yes = False,
) -> None:
    """Check the backup, put it in place, say what it holds."""
    from tracker.paths import find_database
    from tracker.safekeeping.restore import restore as bring_back

    if not file.strip() or (to is not None and not to.strip()) or "\0" in file + (to or ""):
        raise BadValue(_("The name of a file is empty."))
    target = Path(to) if to is not None else find_database(context.asked.db)
    done = bring_back(
        Path(file),
        target,
        identities=opening.keys(),
        ask=opening.ask(),
        replace=_consent(target, yes=yes) if replace else None,
        altered=altered,
        dry_run=dry_run,
    )
    if not dry_run:
        print(target)
    context.say(*_told(done), *([_("Nothing was changed: this was a rehearsal.")] if dry_run else []))


def _consent(target: Path, *, yes: bool) -> "Callable[[Proved], None]":
    def consent(proved: "Proved") -> None:
        question = _("Replace {path} by the record as of change {seq} (people: {people})?")
        people = proved.counts.get("detainees", 0)
        context.confirm(question.format(path=target, seq=proved.about.seq, people=people), yes=yes)

    return consent


def _told(done: "Restored") -> list[str]:
    proved = done.proved
    lines = [
        _("The record of {we} as of change {seq} ({hash}); people: {people}, evidence files: {evidence}.").format(
            we=proved.about.we or "?",
            seq=proved.about.seq,
            hash=proved.about.hash[:8],
            people=proved.counts.get("detainees", 0),
            evidence=proved.evidence,
        )
    ]
    lines.append(
        _("It does not agree with its change log; 'tracker audit' says where.")
        if proved.findings
        else _("Everything in it agrees with its change log.")
    )
    if proved.not_whole:
        n = len(proved.not_whole)
        told = ngettext(
            "{n} evidence file was missing or altered when the backup was made.",
            "{n} evidence files were missing or altered when the backup was made.",
            n,
        )
        lines.append(told.format(n=n))
    if done.kept is not None:
        lines.append(_("What was there before is now {path}.").format(path=done.kept))
    return lines
