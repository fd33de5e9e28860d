"""`tracker claim`: counts that somebody stated."""

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import complete, context, recording
from tracker.cli.claim_options import Among, Meaning, Only, Otherwise, Stated, Where
from tracker.cli.command import Commands
from tracker.cli.list_options import Form, Making
from tracker.cli.options import Cited, DryRun, Ref, Yes
from tracker.cli.output import Output, Page
from tracker.i18n import N_, _

if TYPE_CHECKING:
    from tracker.casework.figures import Figure

commands = Commands("claim", N_("Counts that somebody stated: 406 released, 50 to 80 held."))


@commands.verb(
    "add",
    N_("Record a count that somebody stated."),
    details=N_(
        "FIGURE is 24, 50-80, 'at least 80', 'more than 80', 'at most 80', 'around 40' or '24 of 116'; none where no"
        " number was said. Words that no qualifier says exactly (more than, nearly) are kept in the note."
        " The same figure of the same claimant for the same people and day, in another source, is one more citation."
    ),
    examples=(
        "tracker claim add 'Foro Penal' released 24 --as-of 2026-01-12 --since 2026-01-08 -s infobae-2026-01-12",
        "tracker claim add 'Jorge Rodríguez' released 'more than 400' --as-of 2026-01-13 -s runrunes-2026-01-13",
        "tracker claim add 'Jorge Rodríguez' announced --note 'a significant number' -s apnews-2026-01-08",
    ),
)
def add(
    who: Annotated[
        str,
        typer.Argument(metavar="CLAIMANT", help=_("Who stated it."), autocompletion=complete.claimants),
    ],
    measure: Annotated[
        str,
        typer.Argument(
            metavar="MEASURE",
            help=_("What is counted: released, held, detained, died, announced or restrictions_ended."),
            autocompletion=complete.vocabulary("measure"),
        ),
    ],
    stated: Stated,
    among: Among,
    where: Where,
    *,
    number: Annotated[str | None, typer.Argument(metavar="[FIGURE]", help=_("How many, as stated."))] = None,
) -> None:
    """Add one claim, or one more source of it."""
    from tracker.casework.claimants import find_claimant
    from tracker.casework.claims import Claim, add_claim
    from tracker.domain.vocabulary import label, read

    given = Cited(source=where.source, locator=where.locator)
    with context.writing(context.open_store(), "claim add") as change:
        claimant = find_claimant(change.db, who)
        cited = recording.cited_in(change, given)
        claim = Claim(
            claimant=claimant["id"],
            measure=measure,
            figure=_figure(number, stated),
            as_of=stated.as_of,
            since=stated.since,
            scope=among.scope(),
            note=stated.note,
        )
        added, new = add_claim(change, claim, cited)
        ref = change.ref("claims", added)
        change.reason = f"claim add {ref}"
    line = (
        _("Recorded: {claimant}, {measure}: {figure} ({ref}).")
        if new
        else _("On record already: {claimant}, {measure}: {figure} ({ref}); the source is added to it.")
    )
    counts = label("measure", read("measure", measure))
    said = line.format(claimant=claimant["name"], measure=counts, figure=claim.figure.said, ref=ref)
    recording.tell(change, [said], cited, given)


def _figure(number: str | None, stated: Stated) -> "Figure":
    """Return the figure, given whole or in parts. Raises BadValue where it is given twice."""
    from tracker.casework.figures import NO_NUMBER, figure_of, read_figure
    from tracker.errors import BadValue

    parts = (stated.min, stated.max, stated.qualifier, stated.out_of)
    if number is None:
        return figure_of(*parts)
    if any(part is not None for part in parts):
        raise BadValue(_("The figure is given twice: as {number!r} and with options.").format(number=number))
    return read_figure(number) if number.strip() else NO_NUMBER


@commands.verb(
    "edit",
    N_("Correct a count that was stated; what it said before stays in its history."),
    details=N_(
        "What is not given stays as it is, an empty value ('') empties it: a filter such as --facility, too. FIGURE"
        " replaces the whole figure."
    ),
    examples=(
        "tracker claim edit K-7k3m9q 'at least 80' -s infobae-2026-01-12",
        "tracker claim edit K-7k3m9q --as-of 2026-01-13 --facility ''",
    ),
)
def edit(
    ref: Ref,
    stated: Stated,
    among: Among,
    where: Where,
    otherwise: Otherwise,
    *,
    number: Annotated[str | None, typer.Argument(metavar="[FIGURE]", help=_("How many, as stated."))] = None,
) -> None:
    """Correct one claim."""
    from tracker.casework.claim_edits import Correction, described, edit_claim, find_claim

    given = Cited(source=where.source, locator=where.locator)
    correction = Correction(
        claimant=otherwise.claimant,
        measure=otherwise.measure,
        figure=None if number is None else _figure(number, stated),
        parts={"min": stated.min, "max": stated.max, "qualifier": stated.qualifier, "out_of": stated.out_of},
        as_of=stated.as_of,
        since=stated.since,
        scope=among.scope(),
        note=stated.note,
    )
    with context.writing(context.open_store(), "claim edit") as change:
        claim = find_claim(change.db, ref)
        change.reason = f"claim edit {claim['ref']}"
        cited = recording.cited_in(change, given)
        said = edit_claim(change, claim, correction, cited)
        line = described(change.db, find_claim(change.db, ref))
    recording.tell(change, [f"{line}: {one}" for one in said] or [line], cited, given)


@commands.verb(
    "delete",
    N_("Delete a claim that was entered by mistake, with its citations."),
    examples=("tracker claim delete K-7k3m9q --yes",),
)
def delete(ref: Ref, yes: Yes = False) -> None:
    """Delete one claim."""
    from tracker.casework.claim_edits import delete_claim, described, find_claim
    from tracker.i18n import ngettext

    store = context.open_store()
    with store.reading() as db:
        claim = find_claim(db, ref)
        line = described(db, claim)
    context.confirm(_("Delete {claim}?").format(claim=line), yes=yes)
    with context.writing(store, f"claim delete {claim['ref']}") as change:
        gone = delete_claim(change, find_claim(change.db, ref))
    said = ngettext("Deleted: {claim}, and {n} citation of it.", "Deleted: {claim}, and {n} citations of it.", gone)
    recording.tell(change, [said.format(claim=line, n=gone)])


@commands.verb(
    "import",
    N_("Take in a list of counts that were stated: CSV, Excel, JSON."),
    details=N_(
        "A row is a count in a source; its columns are those of 'tracker export claims'. A count on record already"
        " gains the source as one more citation. -s and -c say where it stands and who stated it, where a row does"
        " not. A row that cannot be read stops the import, and nothing is written. One import is one change: 'tracker"
        " undo' takes all of it back."
    ),
    examples=(
        "tracker claim import figures.csv --dry-run",
        "tracker claim import figures.xlsx -s infobae-2026-01-12 -c 'Foro Penal' --constant measure=released",
        "tracker claim import --list-fields",
    ),
)
def import_(
    file: Annotated[str | None, typer.Argument(metavar="[FILE]", help=_("The list; '-' reads it from stdin."))] = None,
    *,
    form: Form,
    meaning: Meaning,
    making: Making,
    fields: Annotated[bool, typer.Option("--list-fields", help=_("List the fields a column can be."))] = False,
    given: Cited,
    dry_run: DryRun = False,
    out: Output,
) -> None:
    """Read the list, take it in, say what came of it."""
    from tracker.cli import taking_claims

    if fields:
        taking_claims.show_fields(out)
        return
    taking_claims.take_in(file, form, meaning, making, given, dry_run=dry_run, out=out)


@commands.verb(
    "list",
    N_("List the counts that were stated."),
    examples=("tracker claim list --claimant 'Foro Penal' --measure released", "tracker claim list --csv"),
)
def list_(only: Only, page: Page, out: Output) -> None:
    """List claims."""
    from tracker.reports import claim_list
    from tracker.reports.asked import asking

    store = context.open_store()
    limit = page.rows(out, context.on_terminal())
    wanted = claim_list.Wanted(claimant=only.claimant, measure=only.measure, source=only.source)
    windowed = only.from_ is not None or only.to is not None
    with asking(store, from_=only.from_, to=only.to, sort=page.sort, limit=limit) as (db, asked):
        context.show(claim_list.claims(db, wanted, asked, windowed=windowed), out, store)
