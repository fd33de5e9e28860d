"""`tracker export`: lists and whole records as files."""

from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import context, progress
from tracker.cli.command import Commands
from tracker.cli.options import Pseudonyms, Scope
from tracker.cli.output import Output
from tracker.i18n import N_, _

if TYPE_CHECKING:
    from tracker.reports.asked import Asked
    from tracker.store import Store
    from tracker.table import Table

commands = Commands("export", N_("Write CSV reports and whole-record exports."))

Public = Annotated[bool, typer.Option("--public", help=_("For publication: names only of people who may be named."))]
KnownBy = Annotated[
    str | None,
    typer.Option("--known-by", metavar="WHEN", help=_("As this record knew it then: a date, a time or a changeset.")),
]

PublishedBy = Annotated[
    str | None,
    typer.Option(
        "--published-by", metavar="DATE", help=_("Counting only what some source published by then had said.")
    ),
]


@commands.verb(
    "list",
    N_("Everybody on record as one list that can be read in again."),
    details=N_(
        "One row per detention, and one more for each further source, transfer and release, tied by ref and detention. "
        "Excluded people, disputing citations, and what these columns do not name (notes of detentions, publish levels "
        "of single records) are not in it; 'tracker export all' holds everything."
    ),
    examples=("tracker export list", "tracker export list -o list.csv", "tracker export list --public -o public.csv"),
)
def list_(out: Output, public: Public = False, known_by: KnownBy = None, pseudonyms: Pseudonyms = None) -> None:
    """Write the canonical list."""
    from tracker.reports.asked import asking
    from tracker.reports.exporting import tables

    store = context.open_store()
    with asking(store, public=public, known_by=known_by, pseudonyms=pseudonyms) as (db, asked):
        _write(tables.list_table(store, db, asked), "list", out, store, asked)


@commands.verb(
    "releases",
    N_("Every release on record, retracted ones too."),
    examples=("tracker export releases --csv", "tracker export releases --public -o releases.csv"),
)
def releases(out: Output, public: Public = False, known_by: KnownBy = None, pseudonyms: Pseudonyms = None) -> None:
    """Write the releases."""
    from tracker.reports.asked import asking
    from tracker.reports.exporting import tables

    store = context.open_store()
    with asking(store, public=public, known_by=known_by, pseudonyms=pseudonyms) as (db, asked):
        _write(tables.releases_table(db, asked), "releases", out, store, asked)


@commands.verb(
    "remaining",
    N_("Who remains deprived of liberty, complete."),
    examples=("tracker export remaining --on 2026-01-12", "tracker export remaining --public -o held.csv"),
)
def remaining(scope: Scope, out: Output) -> None:
    """Write what `tracker remaining` lists, with all its columns."""
    from tracker.reports import remaining as reports
    from tracker.reports.asked import asking
    from tracker.reports.exporting.tables import REMAINING, marked

    store = context.open_store()
    columns = REMAINING if out.columns is None else out.chosen_columns()
    with asking(store, **asdict(scope), columns=columns) as (db, asked):
        table = marked(reports.remaining_table(db, asked), db, asked)
        _write(table, "remaining", replace(out, columns=None), store, asked)


@commands.verb(
    "sources",
    N_("The sources, as a list that can be read in again."),
    examples=("tracker export sources -o sources.csv", "tracker export sources --public --csv"),
)
def sources(out: Output, public: Public = False, known_by: KnownBy = None) -> None:
    """Write the sources."""
    from tracker.reports.asked import asking
    from tracker.reports.exporting import tables

    store = context.open_store()
    with asking(store, public=public, known_by=known_by) as (db, asked):
        _write(tables.sources_table(db, asked), "sources", out, store, asked)


@commands.verb(
    "claims",
    N_("The counts that others stated, as a list that can be read in again."),
    examples=("tracker export claims -o claims.csv", "tracker export claims --for-spreadsheet -o claims.csv"),
)
def claims(out: Output, public: Public = False, known_by: KnownBy = None, published_by: PublishedBy = None) -> None:
    """Write the claims."""
    from tracker.reports.asked import asking
    from tracker.reports.exporting import tables

    store = context.open_store()
    with asking(store, public=public, known_by=known_by, published_by=published_by) as (db, asked):
        _write(tables.claims_table(db, asked), "claims", out, store, asked)


@commands.verb(
    "all",
    N_("The whole record into a folder: a file for each table, and a manifest that proves them."),
    details=N_(
        "The folder must be empty or not there yet. manifest.json holds the rows, bytes and SHA-256 of each file, the "
        "changeset and the version. With --public the folder holds the public lists instead."
    ),
    examples=("tracker export all backup-2026-02", "tracker export all published --public"),
)
def all_(
    folder: Annotated[str, typer.Argument(metavar="DIR", help=_("The folder to write."))],
    public: Public = False,
    known_by: KnownBy = None,
) -> None:
    """Write the folder."""
    from tracker.publishing.folder import write_folder
    from tracker.publishing.whole import about, files
    from tracker.reports.asked import asking

    store = context.open_store()
    with asking(store, public=public, known_by=known_by) as (db, asked), progress.line() as line:
        written = write_folder(Path(folder), line.files(files(store, db, asked)), about(asked))
    rows = sum(int(str(file["rows"])) for file in written.values())
    context.say(_("{n} files, {rows} rows, written to {folder}").format(n=len(written), rows=rows, folder=folder))
    if not public:
        context.say(_("Not for publication: it holds everything, names and private sources too."))


def _write(table: "Table", name: str, out: Output, store: "Store", asked: "Asked") -> None:
    """Write one list where it belongs: the file asked for, stdout, or on a terminal a file of its own."""
    placed = _placed(out, name, asked, private=table.private)
    with progress.line(placed) as line:
        context.show(line.watched(table), placed, store)


def _placed(out: Output, name: str, asked: "Asked", *, private: bool) -> Output:
    """Return where and how: CSV unless another format is asked for, a file of its own where stdout is a terminal."""
    form = out.chosen_format(terminal=False) if out.format or out.csv or out.json or out.file is not None else "csv"
    given = replace(out, format=form, csv=False, json=False)
    if out.output is not None or not context.on_terminal() or form == "table":
        return given
    day = asked.now[:10]
    return replace(given, output=_free_name(f"{name}-{day}", f"{'.PRIVATE' if private else ''}.{form}"))


def _free_name(start: str, end: str) -> str:
    """Return a file name that is not taken in this folder."""
    name, number = f"{start}{end}", 1
    while Path(name).exists():
        number += 1
        name = f"{start}-{number}{end}"
    return name
