"""Options of claims: the figure and its window, whom it counts, where it stands."""

from dataclasses import dataclass
from typing import Annotated

import typer

from tracker.cli import complete
from tracker.cli.options import Whom
from tracker.i18n import _


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


@dataclass(repr=False, eq=False)
class Among(Whom):
    """Whom the claim counts, where it is not everybody."""

    def scope(self) -> dict[str, list[str]]:
        """Return what is given, name → values; empty text is given, too."""
        one = {"dual": self.dual, "sex": self.sex, "service": self.service}
        several = {"nationality": self.nationality, "facility": self.facility, "tag": self.tag}
        return {name: [text] for name, text in one.items() if text is not None} | {
            name: list(texts) for name, texts in several.items() if texts
        }


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
class Otherwise:
    """Who stated it, and what it counts, where that was wrong."""

    claimant: Annotated[
        str | None,
        typer.Option("--claimant", "-c", metavar="NAME", help=_("Who stated it."), autocompletion=complete.claimants),
    ] = None
    measure: Annotated[
        str | None,
        typer.Option(
            "--measure",
            metavar="MEASURE",
            help=_("What is counted: released, held, detained, died, announced or restrictions_ended."),
            autocompletion=complete.vocabulary("measure"),
        ),
    ] = None


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the columns of a list of claims mean, and what its rows leave open."""

    map: Annotated[
        list[str] | None,
        typer.Option(
            "--map", metavar="COLUMN=FIELD", help=_("What a column is; COLUMN=- leaves it out, '*=-' all others.")
        ),
    ] = None
    constant: Annotated[
        list[str] | None,
        typer.Option("--constant", metavar="FIELD=VALUE", help=_("The same for every row: measure=released.")),
    ] = None
    empty: Annotated[
        list[str] | None,
        typer.Option("--empty", metavar="TEXT", help=_("A text that means an empty cell: NA, n/d. Kept like --map.")),
    ] = None
    no_source: Annotated[bool, typer.Option("--no-source", help=_("Take it in although nobody can be cited."))] = False
    list_name: Annotated[
        str | None,
        typer.Option(
            "--list",
            metavar="NAME",
            help=_("Under which name its next version will be known (else the publisher of its source)."),
        ),
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
