"""Options that many commands share, each declared once.

A dataclass here is spread into its fields on the command line (`command.py`). All values arrive as the text typed:
reading them, with a sentence for what cannot be read, is the business of the layers below.
"""

from dataclasses import dataclass
from typing import Annotated

import typer

from tracker.cli import complete
from tracker.i18n import _

Who = Annotated[
    str,
    typer.Argument(
        metavar="WHO",
        help=_("A name, another name, or a ref such as P-7k3m9q."),
        autocompletion=complete.people,
    ),
]
Ref = Annotated[str, typer.Argument(metavar="REF", help=_("The record's ref, such as R-7k3m9q."))]
Yes = Annotated[bool, typer.Option("--yes", "-y", help=_("Do not ask for confirmation."))]
DryRun = Annotated[bool, typer.Option("--dry-run", help=_("Show what would happen and change nothing."))]

Rule = Annotated[
    str | None,
    typer.Option(
        "--rule",
        metavar="NAME",
        help=_("Count by this rule: default, monitor, press, wide, or a file of your own (.toml)."),
        autocompletion=complete.rules,
    ),
]
Pseudonyms = Annotated[
    str | None,
    typer.Option(
        "--pseudonyms",
        metavar="new|keep",
        help=_("With --public: pseudonyms of this state of the record only (new), or the same in every publication."),
    ),
]
MinCell = Annotated[
    str | None,
    typer.Option(
        "--min-cell",
        metavar="N",
        help=_("With --public: tell no figure, and no mix of features, of fewer than N people who are not named."),
    ),
]
Public = Annotated[bool, typer.Option("--public", help=_("For publication: names only of people who may be named."))]

Explain = Annotated[
    bool, typer.Option("--explain", help=_("Follow each person with the records behind and who says so."))
]


def refuse_unlisted(line: str | None, *, explain: bool) -> None:
    """Raise BadValue for `--explain` where only the people of one line can be followed, and none was named."""
    if explain and line is None:
        from tracker.errors import BadValue

        raise BadValue(_("--explain follows the people of one line."), hint=_("Name the line with --list."))


@dataclass(repr=False, eq=False)
class Cited:
    """Who says so, and where: the options every add and edit takes."""

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
    claimant: Annotated[
        str | None,
        typer.Option(
            "--claimant",
            "-c",
            metavar="NAME",
            envvar="TRACKER_CLAIMANT",
            show_envvar=True,
            autocompletion=complete.claimants,
            help=_("Who said it, if not the source itself: Foro Penal, a ministry, a family."),
        ),
    ] = None
    locator: Annotated[
        str | None,
        typer.Option("--locator", metavar="TEXT", help=_("Where in the source: page, minute, paragraph.")),
    ] = None


@dataclass(repr=False, eq=False)
class Whom:
    """Which people, by what they are: what questions, comparisons and claims narrow by."""

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
        str | None,
        typer.Option("--service", metavar="SERVICE", help=_("civilian, military, police or unknown.")),
    ] = None


@dataclass(repr=False, eq=False)
class Narrowing(Whom):
    """Which people, by their situation and who speaks of them, too."""

    standing: Annotated[
        list[str] | None,
        typer.Option(
            "--standing",
            metavar="STANDING",
            help=_("Only people in this situation: detained, house_arrest, restricted …"),
            autocompletion=complete.vocabulary("standing"),
        ),
    ] = None
    source: Annotated[
        list[str] | None,
        typer.Option(
            "--source",
            "-s",
            metavar="SOURCE",
            help=_("Only people this source speaks of."),
            autocompletion=complete.sources,
        ),
    ] = None
    claimant: Annotated[
        list[str] | None,
        typer.Option(
            "--claimant",
            "-c",
            metavar="NAME",
            help=_("Only people this claimant speaks of."),
            autocompletion=complete.claimants,
        ),
    ] = None


@dataclass(repr=False, eq=False)
class Moment:
    """At what moment, as known when."""

    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help=_("As it stood on this day (or minute)."))] = (
        None
    )
    known_by: Annotated[
        str | None,
        typer.Option(
            "--known-by",
            metavar="WHEN",
            help=_("As this record knew it then: a date, a time or a changeset."),
        ),
    ] = None
    published_by: Annotated[
        str | None,
        typer.Option(
            "--published-by",
            metavar="DATE",
            help=_("Counting only what some source published by then had said."),
        ),
    ] = None


@dataclass(repr=False, eq=False)
class Scope(Narrowing, Moment):
    """Which people, at what moment, as known when, counted how: the options every question takes."""

    rule: Rule = None

    public: Public = False
    min_cell: MinCell = None
    pseudonyms: Pseudonyms = None


@dataclass(repr=False, eq=False)
class Window:
    """A period: from the start of one day to the end of another."""

    from_: Annotated[
        str | None,
        typer.Option("--from", metavar="DATE", help=_("From the start of this day (else the record's start).")),
    ] = None
    to: Annotated[str | None, typer.Option("--to", metavar="DATE", help=_("To the end of this day (else today)."))] = (
        None
    )
