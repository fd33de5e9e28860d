"""`tracker backup`: one file that holds the record and its evidence, checked after writing."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import context, passphrases
from tracker.cli.command import Commands
from tracker.cli.output import Output
from tracker.errors import BadValue, Problems
from tracker.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from tracker.safekeeping.backup import Made

commands = Commands("backup", N_("Copy the record and its evidence into one file, checked after writing."))


@commands.verb(
    "backup",
    N_("Copy the record and its evidence into one file, checked after writing."),
    details=N_(
        "Into the folder 'backups' beside the database, or into DIR. Others may go on working meanwhile. With"
        " --passphrase or --recipient the file is encrypted; a colleague whose key you name can open it without you."
        " 'tracker restore' brings it back. The program also keeps the last five copies of the database by itself,"
        " from before upgrades and imports of more than 1,000 rows."
    ),
    examples=(
        "tracker backup /media/stick --keep 10 --passphrase",
        "tracker backup --recipient age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p",
        "tracker backup --list",
    ),
)
def backup(
    folder: Annotated[
        str | None, typer.Argument(metavar="[DIR]", help=_("Where to; else 'backups' beside the database."))
    ] = None,
    *,
    keep: Annotated[
        int | None,
        typer.Option("--keep", metavar="N", help=_("Keep the N newest backups of this record there, drop older ones.")),
    ] = None,
    sealed: passphrases.Sealed,
    list_: Annotated[bool, typer.Option("--list", help=_("List the backups there are; make none."))] = False,
    out: Output,
) -> None:
    """Write a backup, or list those there are."""
    from tracker.safekeeping import backup as backups

    if folder is not None and not folder.strip():
        raise BadValue(_("The name of a folder is empty."))
    store = context.open_store()
    place = Path(folder) if folder is not None else backups.folder_of(store.path)
    if list_:
        context.show(backups.listed(store.path, place), out, store)
        return
    make_key = passphrases.key_for(sealed, needed=False)
    made = backups.make(store.path, place, key=make_key() if make_key else None, keep=keep)
    print(made.path)
    _tell(made, encrypted=make_key is not None)


def _tell(made: "Made", *, encrypted: bool) -> None:
    counts, parts = made.manifest["counts"], made.manifest["parts"]
    checked = _("Checked, as of change {seq} ({hash}): people {people}, changes {changes}, evidence files {evidence}.")
    context.say(
        checked.format(
            people=counts.get("detainees", 0),
            changes=counts.get("changesets", 0),
            seq=made.manifest["changeset"]["seq"],
            hash=made.manifest["changeset"]["hash"][:8],
            evidence=len(parts) - 1,
        )
    )
    if not encrypted:
        context.say(_("It is not encrypted: whoever has the file can read it. See --passphrase and --recipient."))
    if made.dropped:
        n = len(made.dropped)
        told = ngettext("{n} older backup was removed.", "{n} older backups were removed.", n)
        context.say(told.format(n=n))
    if made.not_whole:
        n = len(made.not_whole)
        raise Problems(
            ngettext(
                "{n} evidence file is missing or altered, and so it is in the backup.",
                "{n} evidence files are missing or altered, and so they are in the backup.",
                n,
            ).format(n=n),
            hint=_("'tracker audit' names them."),
        )
