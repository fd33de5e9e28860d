"""`tracker facility`: prisons and other places, with all their names."""

from dataclasses import asdict, dataclass
from typing import Annotated

import typer

from tracker.cli import complete, context, recording
from tracker.cli.command import Commands
from tracker.cli.output import Output, Page
from tracker.i18n import N_, _

commands = Commands("facility", N_("Prisons and other places, with all their names."))

Facility = Annotated[
    str,
    typer.Argument(metavar="FACILITY", help=_("Any of its names, or its ref."), autocompletion=complete.facilities),
]


@dataclass(frozen=True, slots=True)
class About:
    """What is said about a place."""

    kind: Annotated[
        str | None,
        typer.Option(
            "--kind",
            metavar="KIND",
            help=_("prison, police, military, intelligence, hospital or other."),
            autocompletion=complete.vocabulary("facility_kind"),
        ),
    ] = None
    state: Annotated[str | None, typer.Option("--state", metavar="STATE", help=_("The state or province."))] = None
    country: Annotated[str | None, typer.Option("--country", metavar="COUNTRY", help=_("The country (VE)."))] = None
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help=_("A remark."))] = None


OtherNames = Annotated[
    list[str] | None,
    typer.Option("--other-name", metavar="NAME", help=_("Another name it is printed under; may be repeated.")),
]


@commands.verb(
    "add",
    N_("Add a place."),
    details=N_(
        "'El Rodeo 1', 'Rodeo I' and 'RODEO i' are one name; 'Rodeo II' is another place. Every other variant is given"
        " with --other-name."
    ),
    examples=(
        "tracker facility add 'El Rodeo I' --kind prison --state Miranda --other-name 'Internado Judicial Rodeo I'",
    ),
)
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help=_("The name it is listed under."))],
    about: About,
    other_name: OtherNames = None,
) -> None:
    """Add one facility."""
    from tracker.casework.facilities import add_facility

    with context.writing(context.open_store(), "facility add") as change:
        added = change.get("facilities", add_facility(change, name, other_names=other_name or (), **asdict(about)))
        change.reason = f"facility add {added['ref']}"
    recording.tell(change, [_("Recorded: {name} ({ref}).").format(name=added["name"], ref=added["ref"])])


@commands.verb(
    "edit",
    N_("Correct a place."),
    details=N_("An empty value ('') empties a field. The old name of a renamed place stays as another name."),
    examples=("tracker facility edit 'Rodeo 1' --state Miranda", "tracker facility edit F-7k3m9q --name 'El Rodeo I'"),
)
def edit(
    facility: Facility,
    about: About,
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help=_("The name it is listed under."))] = None,
    other_name: OtherNames = None,
    remove_name: Annotated[
        list[str] | None, typer.Option("--remove-name", metavar="NAME", help=_("Another name that is not its own."))
    ] = None,
) -> None:
    """Change one facility."""
    from tracker.casework.facilities import edit_facility, find_facility

    with context.writing(context.open_store(), "facility edit") as change:
        row = find_facility(change.db, facility)
        change.reason = f"facility edit {row['ref']}"
        given = {"name": name, **asdict(about)}
        said = edit_facility(change, row, given, other_names=other_name or (), remove_names=remove_name or ())
    recording.tell(change, recording.of(row["name"], row["ref"], said))


@commands.verb(
    "add-name",
    N_("Add other names of a place."),
    examples=("tracker facility add-name 'El Rodeo I' 'Internado Judicial Capital Rodeo I' 'Rodeo Uno'",),
)
def add_name(
    facility: Facility,
    names: Annotated[list[str], typer.Argument(metavar="NAME...", help=_("The other names."))],
) -> None:
    """Add other names of one facility."""
    from tracker.casework.facilities import edit_facility, find_facility

    with context.writing(context.open_store(), "facility add-name") as change:
        row = find_facility(change.db, facility)
        change.reason = f"facility add-name {row['ref']}"
        said = edit_facility(change, row, {}, other_names=names)
    recording.tell(change, recording.of(row["name"], row["ref"], said))


@commands.verb(
    "list",
    N_("List the places on record."),
    examples=("tracker facility list", "tracker facility list --csv --columns name,other_names,state"),
)
def list_(page: Page, out: Output) -> None:
    """List facilities."""
    from tracker.reports import listings
    from tracker.reports.asked import asking

    store = context.open_store()
    limit = page.rows(out, context.on_terminal())
    with asking(store, sort=page.sort, limit=limit) as (db, asked):
        context.show(listings.facilities(db, asked), out, store)


@commands.verb(
    "show",
    N_("Show a place and who is or was held there."),
    examples=("tracker facility show 'Rodeo I'",),
)
def show(facility: Facility, page: Page, out: Output) -> None:
    """Show one facility."""
    from tracker.reports import listed_one
    from tracker.reports.asked import asking

    store = context.open_store()
    limit = page.rows(out, context.on_terminal())
    with asking(store, sort=page.sort, limit=limit) as (db, asked):
        context.show(listed_one.facility(db, facility, asked), out, store)
