"""`tracker detention …`: arrests, and where people are held."""

from dataclasses import asdict
from typing import Annotated

import typer

from tracker.cli import complete, context
from tracker.cli.command import Commands
from tracker.cli.custody_options import About, Detention, Over, WhereaboutsUnknown
from tracker.cli.options import Cited, Who
from tracker.cli.output import Output, Page
from tracker.i18n import N_, _

commands = Commands("detention", N_("Arrests and where people are held."))


@commands.verb(
    "add",
    N_("Record an arrest."),
    details=N_(
        "A second open detention of one person is refused. For a detention that is long over, give --released-on too."
    ),
    examples=(
        "tracker detention add 'Ana Ruiz' --on 2025-03-02 -f 'El Rodeo I' --authority SEBIN -s infobae-2025-03-04",
        "tracker detention add 'Ana Ruiz' --on 2025-03 --whereabouts-unknown",
        "tracker detention add P-7k3m9q --on 2019 --released-on 2020-05 --kind full --status verified",
    ),
)
def add(
    who: Who,
    *,
    on: Annotated[str, typer.Option("--on", metavar="DATE", help=_("The day of the arrest, or unknown."))],
    facility: Annotated[
        str | None,
        typer.Option(
            "--facility", "-f", metavar="PRISON", help=_("Where they are held."), autocompletion=complete.facilities
        ),
    ] = None,
    whereabouts_unknown: WhereaboutsUnknown = False,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help=_("Held there since (else since the arrest)."))
    ] = None,
    about: About,
    over: Over,
    cited: Cited,
) -> None:
    """Record one detention."""
    from tracker.casework.arrest import Arrest
    from tracker.cli import custody_words, recording, releasing

    store = context.open_store()
    ref = recording.person_ref(store, who)
    with context.writing(store, f"detention add {ref}") as change:
        source = recording.cited_in(change, cited)
        held = {"facility": facility, "whereabouts_unknown": whereabouts_unknown, "since": since}
        added = releasing.add_spell(change, ref, Arrest(began=on, **asdict(about)), over=over, held=held, cited=source)
        lines = custody_words.told_arrest(change, added, source)
    recording.tell(change, lines, source, cited)


@commands.verb(
    "edit",
    N_("Correct a detention; what it said before stays in its history."),
    details=N_("An empty value ('') empties a field. Where somebody is held is changed with 'detention transfer'."),
    examples=(
        "tracker detention edit 'Ana Ruiz' --on 2025-03-02 -s infobae-2026-01-15",
        "tracker detention edit D-7k3m9q --stage sentenced --sentence '16 years'",
    ),
)
def edit(
    ref: Detention,
    *,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help=_("The day of the arrest, or unknown."))] = (
        None
    ),
    about: About,
    cited: Cited,
) -> None:
    """Correct what is given of one detention."""
    from tracker.casework.arrest import Arrest
    from tracker.casework.custody import edit_detention, find_detention
    from tracker.cli import custody_words, recording

    store = context.open_store()
    ref = recording.ref_of(store, ref, find_detention)
    with context.writing(store, f"detention edit {ref}") as change:
        row = find_detention(change.db, ref)
        source = recording.cited_in(change, cited)
        changed = edit_detention(change, row["id"], Arrest(began=on, **asdict(about)), source)
        lines = custody_words.told_detention(change, row, changed)
    recording.tell(change, lines, source, cited)


@commands.verb(
    "transfer",
    N_("Somebody detained is moved to another prison, or nobody knows where to."),
    examples=(
        "tracker detention transfer 'Ana Ruiz' --to 'El Rodeo I' --on 2025-06-10 -s infobae-2025-06-11",
        "tracker detention transfer 'Ana Ruiz' --whereabouts-unknown --on 2025-08",
    ),
)
def transfer(
    ref: Detention,
    *,
    on: Annotated[str, typer.Option("--on", metavar="DATE", help=_("The day they were moved, or unknown."))],
    to: Annotated[
        str | None,
        typer.Option(
            "--to", "--facility", "-f", metavar="PRISON", help=_("Where to."), autocompletion=complete.facilities
        ),
    ] = None,
    whereabouts_unknown: WhereaboutsUnknown = False,
    publish: Annotated[
        str | None,
        typer.Option(
            "--publish",
            metavar="LEVEL",
            help=_("Who may see it: named, anonymous or withheld."),
            autocompletion=complete.vocabulary("publish"),
        ),
    ] = None,
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help=_("A note, never published."))] = None,
    cited: Cited,
) -> None:
    """Record the next stay of a detention."""
    from functools import partial

    from tracker.casework.custody import find_detention
    from tracker.casework.stays import transfer as move
    from tracker.cli import custody_words, recording

    store = context.open_store()
    ref = recording.ref_of(store, ref, partial(find_detention, latest=True))
    with context.writing(store, f"detention transfer {ref}") as change:
        row = find_detention(change.db, ref)
        source = recording.cited_in(change, cited)
        lost = whereabouts_unknown
        stay, *places = move(
            change, row["id"], to=to, on=on, whereabouts_unknown=lost, publish=publish, note=note, cited=source
        )
        lines = custody_words.told_transfer(change, stay, (places[0], places[1]))
    recording.tell(change, lines, source, cited)


@commands.verb(
    "list",
    N_("List the detentions on record, with where they were spent and how they ended."),
    examples=("tracker detention list 'Ana Ruiz'", "tracker detention list --csv --output detentions.csv"),
)
def list_(
    who: Annotated[
        str | None,
        typer.Argument(metavar="[WHO]", help=_("Only this person's."), autocompletion=complete.people),
    ] = None,
    *,
    page: Page,
    out: Output,
) -> None:
    """List detentions."""
    from tracker.cli import recording
    from tracker.reports import custody_lists

    store = context.open_store()
    limit = page.rows(out, context.on_terminal())
    person = who and recording.person_ref(store, who, partial=True)
    with store.reading() as db:
        context.show(custody_lists.detentions(db, who=person, sort=page.sort, limit=limit), out, store)
