"""`tracker nationality`: nationalities of the people on record."""

from typing import Annotated

import typer

from tracker.cli import complete, context, recording
from tracker.cli.command import Commands
from tracker.cli.options import Cited, Who
from tracker.cli.output import Output, Page
from tracker.i18n import N_, _

commands = Commands("nationality", N_("Nationalities of the people on record."))

Countries = Annotated[
    list[str],
    typer.Argument(
        metavar="COUNTRY...",
        help=_("ES, Spain, España, Spanish, española …"),
        autocompletion=complete.countries,
    ),
]


@commands.verb(
    "add",
    N_("Add nationalities of a person; two make a dual national."),
    examples=("tracker nationality add 'Ana Ruiz' española -s infobae-2026-01-15 -c 'Foro Penal'",),
)
def add(who: Who, countries: Countries, given: Cited) -> None:
    """Add nationalities."""
    from tracker.casework.people import add_nationality
    from tracker.domain.countries import country_name, read_country
    from tracker.i18n import language
    from tracker.matching.who import find_record

    store = context.open_store()
    ref = recording.person_ref(store, who)
    with context.writing(store, f"nationality add {ref}") as change:
        person = find_record(change.db, ref)[1]
        cited = recording.cited_in(change, given)
        said = []
        for country in countries:
            new = add_nationality(change, person["id"], country, cited=cited)
            line = _("nationality added: {country}") if new else _("nationality on record already: {country}")
            said.append(line.format(country=country_name(read_country(country), language())))
    recording.tell(change, recording.of(person["name"] or person["description"], ref, said), cited, given)


@commands.verb(
    "remove",
    N_("Remove a nationality that a person does not have, with its citations."),
    details=N_("Where one source states a nationality and another denies it, 'tracker cite … --against' keeps both."),
    examples=("tracker nationality remove 'Ana Ruiz' ES",),
)
def remove(who: Who, countries: Countries) -> None:
    """Remove nationalities."""
    from tracker.casework.people_edits import remove_nationality
    from tracker.matching.who import find_record

    store = context.open_store()
    ref = recording.person_ref(store, who)
    with context.writing(store, f"nationality remove {ref}") as change:
        person = find_record(change.db, ref)[1]
        said = [remove_nationality(change, person, country) for country in countries]
    recording.tell(change, recording.of(person["name"] or person["description"], ref, said))


@commands.verb(
    "list",
    N_("Count the people of each nationality on record."),
    details=N_(
        "Somebody with two nationalities is counted under each and marked; the total counts people once."
        " Excluded people are not counted."
    ),
    examples=("tracker nationality list", "tracker nationality list --csv"),
)
def list_(page: Page, out: Output) -> None:
    """List countries with counts."""
    from tracker.reports import listings
    from tracker.reports.asked import asking

    store = context.open_store()
    limit = page.rows(out, context.on_terminal())
    with asking(store, sort=page.sort, limit=limit) as (db, asked):
        context.show(listings.nationalities(db, asked), out, store)
