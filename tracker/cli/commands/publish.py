"""`tracker publish`: who may be named in public, from when."""

from typing import Annotated

import typer

from tracker.cli import complete, context, recording
from tracker.cli.command import Commands
from tracker.cli.options import Cited
from tracker.i18n import N_, _

commands = Commands("publish", N_("Who may be named in public, from when."))


@commands.verb(
    "publish",
    N_("Who may be named in public, from when."),
    details=N_(
        "named: already public, or with consent. anonymous: counted, never named. withheld: in no public count."
        " unset: as long as nobody decided, treated as anonymous. People, detentions, stays and releases have a level."
    ),
    examples=(
        "tracker publish 'Ana Ruiz' named -s foropenal-2026-01-12",
        "tracker publish R-7k3m9q withheld --from 2026-02-04",
    ),
)
def publish(
    who: Annotated[
        str,
        typer.Argument(metavar="WHO|REF", help=_("A person, or the ref of a record."), autocompletion=complete.people),
    ],
    level: Annotated[
        str,
        typer.Argument(
            metavar="LEVEL",
            help=_("named, anonymous, withheld or unset."),
            autocompletion=complete.vocabulary("publish"),
        ),
    ],
    given: Cited,
    from_: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="DATE", help=_("Keep a release out of publications until then (or unknown: no day).")
        ),
    ] = None,
) -> None:
    """Set a publish level."""
    from tracker.casework.publishing import publish as set_level
    from tracker.matching.who import find_any, owner

    store = context.open_store()
    meant = recording.record_ref(store, who)
    with context.writing(store, f"publish {meant}") as change:
        table, row = find_any(change.db, meant)
        cited = recording.cited_in(change, given)
        said = set_level(change, table, row, level, from_=from_, cited=cited)
        person = owner(change.db, table, row["id"])
    name = (person["name"] or person["description"]) if person else ""
    recording.tell(change, recording.of(name, meant, said), cited, given)
