"""`tracker release …`: who left prison, who says so, on what terms."""

from dataclasses import asdict
from typing import Annotated

import typer

from tracker.cli import complete, context
from tracker.cli.command import Commands
from tracker.cli.custody_options import Listing, Release, Terms
from tracker.cli.options import Cited, DryRun, Window, Yes
from tracker.cli.output import Output, Page
from tracker.i18n import N_, _

commands = Commands("release", N_("Add and correct releases (excarcelaciones)."))


@commands.verb(
    "add",
    N_("Record that people left prison, as one source says it."),
    details=N_(
        "A second source for a release on record adds its citation, not a second release; a higher status brings its"
        " own date and terms; freer terms on a later date are an upgrade. What is unclear is asked, or refused with"
        " the choices. A name not on record refuses the whole command, with the names that are near."
    ),
    examples=(
        "tracker release add 'Ana Ruiz' --on 2026-01-12 -f 'El Rodeo I' -s infobae-2026-01-12 -c 'Foro Penal'",
        "tracker release add - --on 2026-01-12 --create -s https://example.org/2026/01/12/list < names.txt",
        "tracker release add 'Ana Ruiz' 'Luis Paz' --on 2026-02-20 --kind full --basis amnesty --dry-run",
        "tracker release add 'Ana Ruiz' --on 2026-01-20 --publish withheld --publish-from 2026-02-04",
    ),
)
def add(
    who: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="WHO...",
            help=_("Names, other names or refs; '-' reads names from stdin, one to a line."),
            autocompletion=complete.people,
        ),
    ] = None,
    *,
    on: Annotated[
        str, typer.Option("--on", metavar="DATE", help=_("The day they left prison, or unknown. Never assumed."))
    ],
    facility: Annotated[
        str | None,
        typer.Option(
            "--facility",
            "-f",
            metavar="PRISON",
            help=_("Where they were held: supports or disputes what is on record, never moves them."),
            autocompletion=complete.facilities,
        ),
    ] = None,
    terms: Terms,
    listing: Listing,
    cited: Cited,
    dry_run: DryRun = False,
    out: Output,
) -> None:
    """Record one statement about everybody named, whole or not at all."""
    from tracker.cli import releasing

    releasing.check_output(out)
    names = releasing.names_from(who or [], listing.names)
    store = context.open_store()
    raw = {"on": on, "facility": facility, "detained_on": listing.detained_on, **asdict(terms)}
    releasing.record(store, names, raw, listing=listing, given=cited, out=out, dry_run=dry_run)


@commands.verb(
    "list",
    N_("List the releases on record, retracted ones too."),
    examples=("tracker release list 'Ana Ruiz'", "tracker release list --from 2026-01-08 --status verified --csv"),
)
def list_(
    who: Annotated[
        str | None,
        typer.Argument(metavar="[WHO]", help=_("Only this person's."), autocompletion=complete.people),
    ] = None,
    *,
    status: Annotated[
        list[str] | None,
        typer.Option(
            "--status",
            metavar="STATUS",
            help=_("Only those announced, reported, verified or retracted; may be repeated."),
            autocompletion=complete.vocabulary("release_status"),
        ),
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            "--kind",
            "-k",
            metavar="KIND",
            help=_("Only those on these terms; may be repeated."),
            autocompletion=complete.vocabulary("release_kind"),
        ),
    ] = None,
    window: Window,
    page: Page,
    out: Output,
) -> None:
    """List releases."""
    from tracker.cli import recording
    from tracker.domain.dates import read_window
    from tracker.reports import custody_lists

    store = context.open_store()
    asked = window.from_ is not None or window.to is not None
    between = read_window(window.from_, window.to, zone=store.zone) if asked else (None, None)
    person = who and recording.person_ref(store, who, partial=True)
    with store.reading() as db:
        table = custody_lists.releases(
            db,
            who=person,
            window=between,
            statuses=status or (),
            kinds=kind or (),
            sort=page.sort,
            limit=page.rows(out, context.on_terminal()),
        )
        context.show(table, out, store)


@commands.verb(
    "edit",
    N_("Correct a release; what it said before stays in its history."),
    examples=(
        "tracker release edit R-7k3m9q --on 2026-01-13",
        "tracker release edit 'Ana Ruiz' --kind precautionary --conditions 'may not travel' -s infobae-2026-01-15",
    ),
)
def edit(
    ref: Release,
    *,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help=_("The day they left prison, or unknown."))
    ] = None,
    terms: Terms,
    cited: Cited,
) -> None:
    """Correct what is given of one release."""
    from tracker.casework.release_edits import edit_release, find_release
    from tracker.cli import custody_words, recording

    store = context.open_store()
    ref = recording.ref_of(store, ref, find_release)
    with context.writing(store, f"release edit {ref}") as change:
        release = find_release(change.db, ref)
        who = recording.cited_in(change, cited)
        changed = edit_release(change, release, {"released": on, **asdict(terms)}, who)
        lines = custody_words.told_edit(change, release, changed)
    recording.tell(change, lines, who, cited)


@commands.verb(
    "verify",
    N_("Somebody in a position to know confirms a release."),
    examples=(
        "tracker release verify 'Ana Ruiz' -s foropenal-2026-01-13 -c 'Foro Penal'",
        "tracker release verify R-7k3m9q --on 2026-01-13 -s infobae-2026-01-14 -c 'Ana Ruiz family'",
    ),
)
def verify(
    ref: Release,
    *,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help=_("The day that is confirmed, where it is another."))
    ] = None,
    cited: Cited,
    yes: Yes = False,
) -> None:
    """Raise a release to verified."""
    from tracker.casework.release_edits import find_release, verify_release
    from tracker.cli import custody_words, recording

    store = context.open_store()
    ref = recording.ref_of(store, ref, find_release)
    with context.writing(store, f"release verify {ref}") as change:
        release = find_release(change.db, ref)
        who = recording.cited_in(change, cited)
        verify_release(change, release, who, on=on, uncited=yes)
        lines = custody_words.told_verified(change, release, who)
    recording.tell(change, lines, who, cited)


@commands.verb(
    "retract",
    N_("A release proved false: it is kept, and no longer counted."),
    examples=("tracker release retract 'Ana Ruiz' --reason 'seen in her cell on 10 January' -s infobae-2026-01-11",),
)
def retract(
    ref: Release,
    *,
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help=_("How it is known to be false."))] = (
        None
    ),
    cited: Cited,
) -> None:
    """Mark a release as false."""
    from tracker.casework.release_edits import find_release, retract_release
    from tracker.cli import custody_words, recording

    store = context.open_store()
    ref = recording.ref_of(store, ref, find_release)
    with context.writing(store, f"release retract {ref}") as change:
        release = find_release(change.db, ref)
        who = recording.cited_in(change, cited)
        retract_release(change, release, reason=reason, cited=who)
        lines = custody_words.told_retracted(change, release)
    recording.tell(change, lines, who, cited)
