"""`tracker death`: a person on record has died."""

from typing import Annotated

import typer

from tracker.cli import context
from tracker.cli.command import Commands
from tracker.cli.options import Cited, Who
from tracker.i18n import N_, _

commands = Commands("death", N_("A person on record has died."))


@commands.verb(
    "death",
    N_("A person on record has died."),
    details=N_("Whether it was in custody follows from what is on record of that day; it is never entered."),
    examples=(
        "tracker death 'Ana Ruiz' --on 2026-01-11 --place 'Hospital Militar' -s infobae-2026-01-12",
        "tracker death P-7k3m9q --on ..2026-01-14",
        "tracker death P-7k3m9q --on 2026-01-12 --correct",
    ),
)
def death(
    who: Who,
    *,
    on: Annotated[
        str, typer.Option("--on", metavar="DATE", help=_("The day of the death; ..2026-01-14 for 'by then'."))
    ],
    place: Annotated[str | None, typer.Option("--place", metavar="TEXT", help=_("Where they died."))] = None,
    cause: Annotated[str | None, typer.Option("--cause", metavar="TEXT", help=_("Of what they died."))] = None,
    correct: Annotated[bool, typer.Option("--correct", help=_("Correct the death that is on record."))] = False,
    cited: Cited,
) -> None:
    """Record a death."""
    from tracker.casework.custody import death as die
    from tracker.cli import custody_words, recording
    from tracker.matching.who import find_person

    store = context.open_store()
    ref = recording.person_ref(store, who)
    with context.writing(store, f"death {ref}") as change:
        source = recording.cited_in(change, cited)
        person = find_person(change.db, ref)["id"]
        die(change, person, on=on, place=place, cause=cause, cited=source, correct=correct)
        lines = custody_words.told_death(change, person)
    recording.tell(change, lines, source, cited)
