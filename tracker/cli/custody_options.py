"""Options of detentions and releases: what is said of an arrest, of a release, and of a list of names."""

from dataclasses import dataclass
from typing import Annotated

import typer

from tracker.cli import complete
from tracker.i18n import _

Detention = Annotated[
    str,
    typer.Argument(
        metavar="REF|WHO",
        help=_("The detention's ref, or a person: their open detention, or their only one."),
        autocompletion=complete.people,
    ),
]
WhereaboutsUnknown = Annotated[
    bool, typer.Option("--whereabouts-unknown", help=_("Held, and nobody knows where (paradero desconocido)."))
]


@dataclass(frozen=True, slots=True)
class About:
    """What is said about an arrest, besides its date."""

    place: Annotated[str | None, typer.Option("--place", metavar="TEXT", help=_("Where they were arrested."))] = None
    authority: Annotated[
        str | None, typer.Option("--authority", metavar="TEXT", help=_("Who arrested them: SEBIN, DGCIM, police."))
    ] = None
    cause: Annotated[
        str | None,
        typer.Option(
            "--cause",
            metavar="CAUSE",
            help=_("arrest, revocation (of measures) or new_case."),
            autocompletion=complete.vocabulary("cause"),
        ),
    ] = None
    charges: Annotated[str | None, typer.Option("--charges", metavar="TEXT", help=_("What they are accused of."))] = (
        None
    )
    stage: Annotated[
        str | None,
        typer.Option(
            "--stage",
            metavar="STAGE",
            help=_("not_charged, charged, awaiting_trial, on_trial, sentenced, appeal."),
            autocompletion=complete.vocabulary("stage"),
        ),
    ] = None
    sentence: Annotated[str | None, typer.Option("--sentence", metavar="TEXT", help=_("The sentence: 16 years."))] = (
        None
    )
    sentence_ends: Annotated[
        str | None, typer.Option("--sentence-ends", metavar="DATE", help=_("When the sentence ends."))
    ] = None
    grounds: Annotated[
        str | None,
        typer.Option(
            "--grounds",
            metavar="KEYS",
            help=_("Political grounds: pace_a … pace_e, wgad_1 … wgad_5, joined by commas."),
            autocompletion=complete.vocabulary("grounds"),
        ),
    ] = None
    grounds_by: Annotated[
        str | None, typer.Option("--grounds-by", metavar="NAME", help=_("Who applied these grounds."))
    ] = None
    publish: Annotated[
        str | None,
        typer.Option(
            "--publish",
            metavar="LEVEL",
            help=_("Who may see it: named, anonymous or withheld."),
            autocompletion=complete.vocabulary("publish"),
        ),
    ] = None
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help=_("A note, never published."))] = None


@dataclass(frozen=True, slots=True)
class Over:
    """How a detention ended that is long over."""

    released_on: Annotated[
        str | None,
        typer.Option("--released-on", metavar="DATE", help=_("It is long over: when it ended, or unknown.")),
    ] = None
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind",
            "-k",
            metavar="KIND",
            help=_("With --released-on: the terms of that release."),
            autocompletion=complete.vocabulary("release_kind"),
        ),
    ] = None
    status: Annotated[
        str | None,
        typer.Option(
            "--status",
            metavar="STATUS",
            help=_("With --released-on: announced, reported or verified (else by who says so)."),
            autocompletion=complete.vocabulary("release_status"),
        ),
    ] = None


Release = Annotated[
    str,
    typer.Argument(
        metavar="REF|WHO",
        help=_("The release's ref, or somebody who has one release on record."),
        autocompletion=complete.people,
    ),
]


@dataclass(frozen=True, slots=True)
class Terms:
    """What a source says of a release, besides its date and status."""

    kind: Annotated[
        str | None,
        typer.Option(
            "--kind",
            "-k",
            metavar="KIND",
            help=_("The terms: full, precautionary, conditional, bail, house_arrest … (else unstated)."),
            autocompletion=complete.vocabulary("release_kind"),
        ),
    ] = None
    basis: Annotated[
        str | None,
        typer.Option(
            "--basis",
            metavar="BASIS",
            help=_("Why: amnesty, pardon, court_review, dismissal, exchange …"),
            autocompletion=complete.vocabulary("release_basis"),
        ),
    ] = None
    status: Annotated[
        str | None,
        typer.Option(
            "--status",
            metavar="STATUS",
            help=_("announced, reported or verified (else by who says so)."),
            autocompletion=complete.vocabulary("release_status"),
        ),
    ] = None
    conditions: Annotated[
        str | None,
        typer.Option("--conditions", metavar="TEXT", help=_("What it is subject to: reporting, travel ban, gag.")),
    ] = None
    freed_at: Annotated[
        str | None,
        typer.Option("--freed-at", metavar="PLACE", help=_("Where they walked free: a mall, an airport.")),
    ] = None
    publish: Annotated[
        str | None,
        typer.Option(
            "--publish",
            metavar="LEVEL",
            help=_("Who may see it: named, anonymous or withheld."),
            autocompletion=complete.vocabulary("publish"),
        ),
    ] = None
    publish_from: Annotated[
        str | None,
        typer.Option("--publish-from", metavar="DATE", help=_("Keep it out of publications until this day.")),
    ] = None
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help=_("A note, never published."))] = None


@dataclass(frozen=True, slots=True)
class Listing:
    """Who is meant, and how to go on where that is not clear."""

    names: Annotated[
        str | None,
        typer.Option("--names", metavar="FILE", help=_("Names from a file, one to a line ('-' as WHO: from stdin).")),
    ] = None
    create: Annotated[
        bool, typer.Option("--create", help=_("Create the people not on record whom no name on record comes near."))
    ] = False
    new: Annotated[
        list[str] | None,
        typer.Option("--new", metavar="NAME", help=_("Create this person whatever is near; may be repeated.")),
    ] = None
    unnamed: Annotated[
        str | None,
        typer.Option("--unnamed", metavar="N", help=_("N more people without a name, never matched by name.")),
    ] = None
    detained_on: Annotated[
        str | None,
        typer.Option("--detained-on", metavar="DATE", help=_("When they had been arrested, as this source has it.")),
    ] = None
    same: Annotated[
        list[str] | None,
        typer.Option("--same", metavar="REF", help=_("It is this release on record; may be repeated.")),
    ] = None
    another: Annotated[
        bool, typer.Option("--another", help=_("Where it is not clear: it is another release, not the one on record."))
    ] = False
