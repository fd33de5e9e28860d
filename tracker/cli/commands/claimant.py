"""`tracker claimant`: who says things."""

from dataclasses import asdict, dataclass
from typing import Annotated

import typer

from tracker.cli import complete, context, recording
from tracker.cli.command import Commands
from tracker.cli.output import Output, Page
from tracker.errors import BadValue
from tracker.i18n import N_, _

commands = Commands("claimant", N_("Who says things: monitors, ministries, families."))


@dataclass(frozen=True, slots=True)
class About:
    """What is said about a claimant."""

    kind: Annotated[
        str | None,
        typer.Option(
            "--kind",
            metavar="KIND",
            help=_("monitor, media, family, lawyer, detaining_state, foreign_state, court …"),
            autocompletion=complete.vocabulary("claimant_kind"),
        ),
    ] = None
    default_status: Annotated[
        str | None,
        typer.Option(
            "--default-status",
            metavar="STATUS",
            help=_("What a release is worth on its word, if not what its kind says: announced, reported, verified."),
            autocompletion=complete.vocabulary("release_status"),
        ),
    ] = None
    house_arrest: Annotated[
        str | None,
        typer.Option(
            "--house-arrest",
            metavar="held|out|unknown",
            help=_("How its own counts treat people under house arrest."),
            autocompletion=complete.vocabulary("house_arrest_practice"),
        ),
    ] = None
    rule: Annotated[
        str | None,
        typer.Option(
            "--rule",
            metavar="NAME",
            help=_("The counting rule by which it counts, used by 'gap': default, monitor, press, wide."),
            autocompletion=complete.rules,
        ),
    ] = None
    country: Annotated[str | None, typer.Option("--country", metavar="COUNTRY", help=_("The country (VE)."))] = None
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help=_("A remark."))] = None


OtherNames = Annotated[
    list[str] | None,
    typer.Option("--other-name", metavar="NAME", help=_("Another name it is quoted under; may be repeated.")),
]


@commands.verb(
    "add",
    N_("Add a claimant."),
    details=N_(
        "The kind decides what a release is worth on its word: a monitor's is verified, the government's announced."
    ),
    examples=("tracker claimant add 'Foro Penal' --kind monitor --house-arrest held",),
)
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help=_("The name it is listed under."))],
    about: About,
    other_name: OtherNames = None,
) -> None:
    """Add one claimant."""
    from tracker.casework.claimants import add_claimant
    from tracker.domain.vocabulary import label

    given = asdict(about)
    kind = given.pop("kind") or _asked_kind()
    with context.writing(context.open_store(), "claimant add") as change:
        added = change.get("claimants", add_claimant(change, name, kind, other_names=other_name or (), **given))
        change.reason = f"claimant add {added['ref']}"
    line = _("Recorded: {name} ({ref}), {kind}; a release on its word is {status}.").format(
        name=added["name"],
        ref=added["ref"],
        kind=label("claimant_kind", added["kind"]),
        status=label("release_status", added["default_status"]),
    )
    recording.tell(change, [line])


def _asked_kind() -> str:
    """Ask for the kind, or say that it is missing with the choices."""
    from tracker.domain.vocabulary import keys, label

    known = keys("claimant_kind")
    chosen = None
    if context.interactive():
        chosen = context.choose(
            _("What kind of claimant is it?"), [(key, label("claimant_kind", key)) for key in known]
        )
    if chosen is None:
        raise BadValue(
            _("Say what kind of claimant it is, with --kind."), hint=_("Kinds: {kinds}.").format(kinds=", ".join(known))
        )
    return chosen


@commands.verb(
    "edit",
    N_("Correct a claimant."),
    details=N_(
        "The old name of a renamed claimant stays as another name. Releases already on record keep their status. An"
        " empty value ('') empties rule, country and note."
    ),
    examples=(
        "tracker claimant edit 'Foro Penal' --house-arrest held",
        "tracker claimant edit C-7k3m9q --default-status reported",
        "tracker claimant edit 'Foro Penal' --rule monitor",
    ),
)
def edit(
    claimant: Annotated[
        str,
        typer.Argument(metavar="CLAIMANT", help=_("Any of its names, or its ref."), autocompletion=complete.claimants),
    ],
    about: About,
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help=_("The name it is listed under."))] = None,
    other_name: OtherNames = None,
    remove_name: Annotated[
        list[str] | None, typer.Option("--remove-name", metavar="NAME", help=_("Another name that is not its own."))
    ] = None,
) -> None:
    """Change one claimant."""
    from tracker.casework.claimants import edit_claimant, find_claimant

    with context.writing(context.open_store(), "claimant edit") as change:
        row = find_claimant(change.db, claimant)
        change.reason = f"claimant edit {row['ref']}"
        given = {"name": name, **asdict(about)}
        said = edit_claimant(change, row, given, other_names=other_name or (), remove_names=remove_name or ())
    recording.tell(change, recording.of(row["name"], row["ref"], said))


@commands.verb(
    "list",
    N_("List the claimants on record."),
    examples=("tracker claimant list", "tracker claimant list --sort=-claims"),
)
def list_(page: Page, out: Output) -> None:
    """List claimants."""
    from tracker.reports import listings
    from tracker.reports.asked import asking

    store = context.open_store()
    limit = page.rows(out, context.on_terminal())
    with asking(store, sort=page.sort, limit=limit) as (db, asked):
        context.show(listings.claimants(db, asked), out, store)
