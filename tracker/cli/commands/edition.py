"""`tracker edition`: sealed publications: make, verify, list."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import complete, context
from tracker.cli.command import Commands
from tracker.cli.options import MinCell
from tracker.cli.output import Output
from tracker.i18n import N_, _

if TYPE_CHECKING:
    from tracker.store import Store

commands = Commands("edition", N_("Sealed publications: the public reports of a day, with what proves them."))


@commands.verb(
    "make",
    N_("Write a folder for publication: the public reports of one day, sealed."),
    examples=(
        "tracker edition make 2026-01-14 --on 2026-01-14 --published-by 2026-01-14",
        "tracker edition make 2026-02-04 --on 2026-02-04 --previous editions/2026-01-14",
        "tracker edition make weekly-3 --report remaining --report bulletin --rule monitor --lang es",
    ),
    details=N_(
        "Each report is there as CSV and as Markdown, always in its public form: only people who may be named are"
        " named. manifest.json holds the question behind each file, the clocks, the counting rule, the changeset and"
        " the SHA-256 of each file; README.md says how to verify it. With --previous, an erratum tells what the earlier"
        " edition would say otherwise of its own day. An edition stands at one changeset: made again from the same"
        " record, it is the same byte for byte. It is written whole or not at all, into the folder editions beside the"
        " database unless --to names another; nothing is written into the record."
    ),
)
def make(
    name: Annotated[str, typer.Argument(metavar="NAME", help=_("The edition's name, and that of its folder."))],
    *,
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="DIR", help=_("Where its folder goes (else: editions, beside the database).")),
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help=_("Its day (else that of the changeset it stands at)."))
    ] = None,
    known_by: Annotated[
        str | None,
        typer.Option(
            "--known-by", metavar="WHEN", help=_("As this record knew it then: a date, a time or a changeset.")
        ),
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
    report: Annotated[
        list[str] | None,
        typer.Option(
            "--report",
            metavar="REPORT",
            help=_("Only this report: remaining, released, summary, bulletin, claims, gap, flow (else all)."),
        ),
    ] = None,
    previous: Annotated[
        str | None,
        typer.Option("--previous", metavar="DIR", help=_("The edition before: tell what it would say otherwise.")),
    ] = None,
    min_cell: MinCell = None,
) -> None:
    """Make it and say what was written."""
    from tracker.publishing import making

    store = context.open_store()
    edition = making.read(store, making.Wanted(name, on, known_by, published_by, rule, report, previous, min_cell))
    folder = (Path(to) if to is not None else making.default_folder(store)) / name
    making.write_whole(folder, making.files_of(store, edition))
    manifest = making.load(folder) or {}
    context.say(
        _("{folder}: {n} files, as of {day}, at change {seq} ({hash}).").format(
            folder=folder,
            n=len(manifest["files"]) + 2,
            day=edition.on,
            seq=edition.changeset,
            hash=manifest["changeset"]["hash"][:8],
        ),
        _("Its seal, to publish elsewhere as well: {seal}").format(seal=manifest["seal"]),
    )


@commands.verb(
    "verify",
    N_("Tell whether an edition is unaltered, and whether the record still gives it."),
    examples=("tracker edition verify editions/2026-01-14", "tracker edition verify 2026-01-14 --offline"),
    details=N_(
        "By itself the folder tells of files that were altered, taken away or added, and of an edited manifest. Beside"
        " the record it was made of, every file is made again and compared. Ends with code 5 if anything is wrong."
    ),
)
def verify(
    folder: Annotated[str, typer.Argument(metavar="DIR", help=_("The edition's folder."))],
    *,
    offline: Annotated[bool, typer.Option("--offline", help=_("Do not hold it against the record."))] = False,
    out: Output,
) -> None:
    """Look at the folder, then at the record where there is one."""
    from tracker.errors import Problems
    from tracker.publishing import verifying

    store = None if offline else _store_if_any()
    found = verifying.verify(Path(folder), store)
    table = verifying.problems_table(Path(folder), found, beside=store is not None)
    context.show(table, out, store)
    if found:
        raise Problems("")


def _store_if_any() -> "Store | None":
    """Open the database of this run; None where none was named and there is none."""
    from tracker.paths import find_database

    named = context.asked.db is not None
    return context.open_store() if named or find_database(None).exists() else None


@commands.verb(
    "list",
    N_("List the editions in a folder."),
    examples=("tracker edition list", "tracker edition list published --csv"),
)
def list_(
    out: Output,
    folder: Annotated[
        str | None,
        typer.Argument(metavar="[DIR]", help=_("The folder of editions (else: editions, beside the database).")),
    ] = None,
) -> None:
    """List them."""
    from tracker.publishing import making, verifying

    where = Path(folder) if folder is not None else making.default_folder(context.open_store())
    context.show(verifying.editions(where), out)
