"""`tracker source`: articles, lists, court papers, calls."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer

from tracker.cli import complete, context, progress, recording
from tracker.cli.command import Commands
from tracker.cli.options import Yes
from tracker.cli.output import Output, Page
from tracker.errors import BadValue
from tracker.i18n import N_, _

commands = Commands("source", N_("Articles, lists, court papers, calls: what can be cited."))

Source = Annotated[
    str,
    typer.Argument(metavar="SOURCE", help=_("Its slug, URL or ref."), autocompletion=complete.sources),
]


@dataclass(frozen=True, slots=True)
class About:
    """What is said about a source."""

    slug: Annotated[
        str | None,
        typer.Option("--slug", metavar="SLUG", help=_("Its short name (else publisher and date: infobae-2026-01-15).")),
    ] = None
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help=_("Its title."))] = None
    publisher: Annotated[
        str | None,
        typer.Option("--publisher", metavar="NAME", help=_("Who published it (else the host of the URL).")),
    ] = None
    author: Annotated[str | None, typer.Option("--author", metavar="NAME", help=_("Who wrote it."))] = None
    url: Annotated[str | None, typer.Option("--url", metavar="URL", help=_("Its address; nothing is fetched."))] = None
    published: Annotated[
        str | None,
        typer.Option("--published", metavar="DATE", help=_("When it was published, or unknown.")),
    ] = None
    accessed: Annotated[str | None, typer.Option("--accessed", metavar="DATE", help=_("When it was read."))] = None
    language: Annotated[
        str | None, typer.Option("--language", metavar="CODE", help=_("Its language: es, en, pt …"))
    ] = None
    reliability: Annotated[
        str | None,
        typer.Option(
            "--reliability",
            metavar="LEVEL",
            help=_("How reliable it is: highly_reliable, likely_reliable, unsure …"),
            autocompletion=complete.vocabulary("reliability"),
        ),
    ] = None
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help=_("A remark."))] = None


Private = Annotated[
    bool | None,
    typer.Option("--private/--public", help=_("Leave it out of publications, or not: a call, a leaked paper.")),
]


@commands.verb(
    "add",
    N_("Add a source."),
    details=N_(
        "A URL lends its publisher, and its date where one stands in it (/2026/01/15/). Else the date is wanted:"
        " --published DATE, or --published unknown."
    ),
    examples=(
        "tracker source add https://www.infobae.com/venezuela/2026/01/15/una-noticia/ --title 'Una noticia'",
        "tracker source add 'Call with a lawyer' --published 2026-01-15 --private",
    ),
)
def add(
    source: Annotated[str, typer.Argument(metavar="URL_OR_TITLE", help=_("A URL, or the title of something else."))],
    about: About,
    private: Private = None,
) -> None:
    """Add one source."""
    from tracker.casework.addresses import looks_like_address
    from tracker.casework.sources import add_source

    given = asdict(about)
    what = "url" if looks_like_address(source) else "title"
    if given[what]:
        raise BadValue(_("The {what} is given twice.").format(what=what))
    given[what] = source
    if given["published"] is None and context.interactive() and not _dated(given["url"]):
        given["published"] = context.ask(_("When was it published (a date, or unknown)?"))
    with context.writing(context.open_store(), "source add") as change:
        added = change.get("sources", add_source(change, **given, public=not private, dated=True))
        change.reason = f"source add {added['ref']}"
    line = _("Recorded: source {slug} ({ref}), published {date}.").format(
        slug=added["slug"], ref=added["ref"], date=added["published"] or _("on an unknown date")
    )
    recording.tell(change, [line])


def _dated(url: str | None) -> bool:
    from tracker.casework.addresses import read_address

    return url is not None and read_address(url).date is not None


@commands.verb(
    "edit",
    N_("Correct a source."),
    details=N_("A slug that ends in -undated follows the date once it is known. An empty value ('') empties a field."),
    examples=("tracker source edit infobae-undated --published 2026-01-15",),
)
def edit(source: Source, about: About, private: Private = None) -> None:
    """Change one source."""
    from tracker.casework.sources import edit_source, find_source

    with context.writing(context.open_store(), "source edit") as change:
        row = find_source(change.db, source)
        change.reason = f"source edit {row['ref']}"
        public = None if private is None else "no" if private else "yes"
        said = edit_source(change, row, {**asdict(about), "public": public})
    recording.tell(change, recording.of(row["slug"], row["ref"], said))


@commands.verb(
    "delete",
    N_("Delete a source that was entered by mistake."),
    details=N_("Refused, with the list of what cites it, unless nothing does."),
    examples=("tracker source delete infobae-undated --yes",),
)
def delete(source: Source, yes: Yes = False) -> None:
    """Delete one source."""
    from tracker.casework.deletion import delete_source, refuse_cited
    from tracker.casework.sources import find_source

    store = context.open_store()
    with store.reading() as db:
        row = find_source(db, source)
        refuse_cited(db, row)
    line = " ".join(filter(None, (row["slug"], f"({row['ref']})", row["title"] or row["url"])))
    context.confirm(_("Delete {source}?").format(source=line), yes=yes)
    with context.writing(store, f"source delete {row['ref']}") as change:
        delete_source(change, find_source(change.db, row["slug"]))
    recording.tell(change, [_("Deleted: {source}.").format(source=line)])


@commands.verb(
    "list",
    N_("List the sources on record."),
    examples=("tracker source list", "tracker source list --sort=-published --limit 20"),
)
def list_(page: Page, out: Output) -> None:
    """List sources."""
    from tracker.reports import listings
    from tracker.reports.asked import asking

    store = context.open_store()
    limit = page.rows(out, context.on_terminal())
    with asking(store, sort=page.sort, limit=limit) as (db, asked):
        context.show(listings.sources(db, asked), out, store)


@commands.verb(
    "show",
    N_("Show a source and everything it is cited for."),
    examples=("tracker source show infobae-2026-01-15",),
)
def show(source: Source, page: Page, out: Output) -> None:
    """Show one source."""
    from tracker.reports import listed_one
    from tracker.reports.asked import asking

    store = context.open_store()
    limit = page.rows(out, context.on_terminal())
    with asking(store, sort=page.sort, limit=limit) as (db, asked):
        context.show(listed_one.source(db, source, asked), out, store)


Evidence = Annotated[
    str,
    typer.Argument(metavar="EVIDENCE", help=_("Its SHA-256 or the first 6 characters of it, or its file name.")),
]


@commands.verb(
    "attach",
    N_("Keep files as evidence of a source: a page saved, a video, a court paper."),
    details=N_(
        "Each file is copied once, under its SHA-256, into the folder evidence beside the database; the original stays"
        " as it is. Nothing is opened with any program. The same bytes again are stored once. 'tracker audit' holds"
        " every file against its hash."
    ),
    examples=("tracker source attach infobae-2026-01-15 page.pdf video.mp4 --captured-at 2026-01-15",),
)
def attach(
    source: Source,
    given: Annotated[list[Path], typer.Argument(metavar="FILE...", help=_("The files to keep."))],
    captured_at: Annotated[
        str | None,
        typer.Option("--captured-at", metavar="DATE", help=_("When the page was saved or the picture taken.")),
    ] = None,
) -> None:
    """Copy the files first, then put them on record, all in one change."""
    from tracker.casework.sources import find_source
    from tracker.domain.text import brief
    from tracker.safekeeping import attachments, files

    store = context.open_store()
    captured = attachments.captured(captured_at, store.zone)
    with store.reading() as db:
        ref = find_source(db, source)["ref"]
    for path in given:
        files.check(path)
    files.sweep(store.path)
    with progress.line() as line:
        kept = []
        for path in given:
            line.begins(brief(path.name))
            kept.append((path, files.keep(store.path, path)))
    with context.writing(store, f"source attach {ref}") as change:
        row = find_source(change.db, ref)
        said = [attachments.attach_told(change, row, path, one, captured) for path, one in kept]
    recording.tell(change, said)


@commands.verb(
    "evidence",
    N_("List the files kept of a source, or of all, each held against its hash."),
    examples=("tracker source evidence infobae-2026-01-15", "tracker source evidence --csv"),
)
def evidence(
    source: Annotated[
        str | None,
        typer.Argument(
            metavar="[SOURCE]",
            help=_("Only of this source: its slug, URL or ref."),
            autocompletion=complete.sources,
        ),
    ] = None,
    *,
    out: Output,
) -> None:
    """List files, and fail if one is missing or altered."""
    from tracker.casework.sources import find_source
    from tracker.errors import Problems
    from tracker.safekeeping import attachments

    store = context.open_store()
    with store.reading() as db:
        rows = attachments.rows(db, find_source(db, source) if source is not None else None)
    with progress.line(out) as line:
        table = attachments.table(rows, store.path, line.begins)
    context.show(table, out, store)
    if any(row["state"] != "kept" for row in rows):
        raise Problems("")


@commands.verb(
    "extract",
    N_("Write a file of evidence out again, held against its hash."),
    details=N_("Nothing is written over. A file that is not as it was kept is not given out."),
    examples=("tracker source extract 3fa94c --to .", "tracker source extract page.pdf --to copy.pdf"),
)
def extract(
    evidence: Evidence,
    to: Annotated[Path, typer.Option("--to", metavar="FOLDER|FILE", help=_("Where to write it."))],
) -> None:
    """Write one file out."""
    from tracker.safekeeping import attachments, files

    store = context.open_store()
    with store.reading() as db:
        row = attachments.find(db, evidence)[0]
    target = files.extract(store.path, row["sha256"], row["file_name"], to)
    line = _("Written: {path} ({size} bytes, SHA-256 {sha}).")
    context.say(line.format(path=target, size=row["size"], sha=row["sha256"]))


@commands.verb(
    "detach",
    N_("Take a file off a source it does not belong to."),
    details=N_("The bytes stay where they are kept, so that undo can bring the file back."),
    examples=("tracker source detach infobae-2026-01-15 3fa94c",),
)
def detach(source: Source, evidence: Evidence) -> None:
    """Take one file off one source."""
    from tracker.casework.sources import find_source
    from tracker.safekeeping import attachments

    with context.writing(context.open_store(), "source detach") as change:
        row = find_source(change.db, source)
        change.reason = f"source detach {row['ref']}"
        name = attachments.detach(change, row, evidence)
    recording.tell(change, [_("{file} is no longer evidence of {source}.").format(file=name, source=row["slug"])])
