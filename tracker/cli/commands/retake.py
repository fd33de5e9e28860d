"""`tracker retake`: a person released is taken again."""

from typing import Annotated

import typer

from tracker.cli import complete, context
from tracker.cli.command import Commands
from tracker.cli.options import Cited, Who
from tracker.i18n import N_, _

commands = Commands("retake", N_("A person released is taken again."))


@commands.verb(
    "retake",
    N_("A person released is taken again."),
    details=N_(
        "Always a new detention, so that two things on one day need no order. A release that is only reported or"
        " announced has to be verified first."
    ),
    examples=(
        "tracker retake 'Ana Ruiz' --on 2026-02-08T23:45 --whereabouts-unknown -s infobae-2026-02-09 -c 'Foro Penal'",
        "tracker retake P-7k3m9q --on 2026-02-09 -f 'El Helicoide' --new-case",
    ),
)
def retake(
    who: Who,
    *,
    on: Annotated[str, typer.Option("--on", metavar="DATE", help=_("The day (or minute) they were taken again."))],
    facility: Annotated[
        str | None,
        typer.Option(
            "--facility", "-f", metavar="PRISON", help=_("Where they are held."), autocompletion=complete.facilities
        ),
    ] = None,
    whereabouts_unknown: Annotated[
        bool, typer.Option("--whereabouts-unknown", help=_("Held, and nobody knows where (paradero desconocido)."))
    ] = False,
    new_case: Annotated[
        bool, typer.Option("--new-case", help=_("For a new case, not because measures were revoked."))
    ] = False,
    place: Annotated[str | None, typer.Option("--place", metavar="TEXT", help=_("Where they were taken."))] = None,
    authority: Annotated[
        str | None, typer.Option("--authority", metavar="TEXT", help=_("Who took them: SEBIN, DGCIM, police."))
    ] = None,
    charges: Annotated[str | None, typer.Option("--charges", metavar="TEXT", help=_("What they are accused of."))] = (
        None
    ),
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help=_("A note, never published."))] = None,
    cited: Cited,
) -> None:
    """Begin a new detention of somebody released."""
    from tracker.casework.arrest import Arrest
    from tracker.casework.custody import retake as take
    from tracker.cli import custody_words, recording
    from tracker.matching.who import find_person

    store = context.open_store()
    ref = recording.person_ref(store, who)
    with context.writing(store, f"retake {ref}") as change:
        source = recording.cited_in(change, cited)
        arrest = Arrest(began=on, place=place, authority=authority, charges=charges, note=note)
        added = take(
            change,
            find_person(change.db, ref)["id"],
            arrest,
            facility=facility,
            whereabouts_unknown=whereabouts_unknown,
            new_case=new_case,
            cited=source,
        )
        lines = custody_words.told_arrest(change, added, source)
    recording.tell(change, lines, source, cited)
