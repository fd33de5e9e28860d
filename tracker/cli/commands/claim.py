"""`tracker claim`: counts that somebody stated."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import complete, context, recording
from tracker.cli.command import Commands
from tracker.cli.options import Cited
from tracker.cli.output import Output, Page
from tracker.i18n import N_, _

if TYPE_CHECKING:
    from tracker.casework.figures import Figure

commands = Commands("claim", N_("Counts that somebody stated: 406 released, 50 to 80 held."))


@dataclass(frozen=True, slots=True)
class Stated:
    """The figure and its window."""

    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help=_("The day or minute the count stops at."))
    ] = None
    since: Annotated[str | None, typer.Option("--since", metavar="DATE", help=_("The day the count starts from."))] = (
        None
    )
    min: Annotated[str | None, typer.Option("--min", metavar="N", help=_("The least it can be."))] = None
    max: Annotated[str | None, typer.Option("--max", metavar="N", help=_("The most it can be."))] = None
    qualifier: Annotated[
        str | None,
        typer.Option(
            "--qualifier",
            metavar="WORD",
            help=_("at least, around or at most."),
            autocompletion=complete.vocabulary("qualifier"),
        ),
    ] = None
    out_of: Annotated[str | None, typer.Option("--out-of", metavar="N", help=_("Of how many in all."))] = None
    note: Annotated[
        str | None, typer.Option("--note", metavar="TEXT", help=_("The words where there is no number, or a remark."))
    ] = None


@dataclass(frozen=True, slots=True)
class Among:
    """Whom the claim counts, where it is not everybody."""

    nationality: Annotated[
        list[str] | None,
        typer.Option(
            "--nationality",
            metavar="COUNTRY",
            help=_("Only nationals of this country (ES, Spain, española)."),
            autocompletion=complete.countries,
        ),
    ] = None
    dual: Annotated[
        str | None,
        typer.Option("--dual", metavar="yes|no", help=_("Only people with several nationalities, or only with one.")),
    ] = None
    facility: Annotated[
        list[str] | None,
        typer.Option(
            "--facility",
            "-f",
            metavar="PLACE",
            help=_("Only people held (or last held) there."),
            autocompletion=complete.facilities,
        ),
    ] = None
    tag: Annotated[
        list[str] | None,
        typer.Option("--tag", metavar="TAG", help=_("Only people with this tag."), autocompletion=complete.tags),
    ] = None
    sex: Annotated[str | None, typer.Option("--sex", metavar="SEX", help=_("female, male, other or unknown."))] = None
    service: Annotated[
        str | None, typer.Option("--service", metavar="SERVICE", help=_("civilian, military, police or unknown."))
    ] = None

    def scope(self) -> dict[str, list[str]]:
        """Return what is given, name → values."""
        one = {"dual": self.dual, "sex": self.sex, "service": self.service}
        several = {"nationality": self.nationality, "facility": self.facility, "tag": self.tag}
        return {name: [text] for name, text in one.items() if text} | {n: list(v) for n, v in several.items() if v}


@dataclass(frozen=True, slots=True)
class Where:
    """Where the claim stands; who said it is the claimant itself."""

    source: Annotated[
        str | None,
        typer.Option(
            "--source",
            "-s",
            metavar="SOURCE",
            envvar="TRACKER_SOURCE",
            show_envvar=True,
            autocompletion=complete.sources,
            help=_("Where it stands: a source's slug, or a URL that becomes a source."),
        ),
    ] = None
    locator: Annotated[
        str | None,
        typer.Option("--locator", metavar="TEXT", help=_("Where in the source: page, minute, paragraph.")),
    ] = None


@dataclass(frozen=True, slots=True)
class Only:
    """Which claims to list."""

    claimant: Annotated[
        str | None,
        typer.Option(
            "--claimant", "-c", metavar="NAME", help=_("Only of this claimant."), autocompletion=complete.claimants
        ),
    ] = None
    measure: Annotated[
        str | None,
        typer.Option(
            "--measure",
            metavar="MEASURE",
            help=_("Only of this measure."),
            autocompletion=complete.vocabulary("measure"),
        ),
    ] = None
    source: Annotated[
        str | None,
        typer.Option(
            "--source", "-s", metavar="SOURCE", help=_("Only what this source says."), autocompletion=complete.sources
        ),
    ] = None
    from_: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help=_("Only counts of this day or later."))
    ] = None
    to: Annotated[str | None, typer.Option("--to", metavar="DATE", help=_("Only counts of this day or earlier."))] = (
        None
    )


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
