"""`tracker publish`: who may be named in public, from when."""

from typing import Annotated

import typer

from tracker.cli import complete, context, recording
from tracker.cli.command import Commands
from tracker.cli.options import Cited
from tracker.errors import BadValue
from tracker.i18n import N_, _

commands = Commands("publish", N_("Who may be named in public, from when."))


@commands.verb(
    "publish",
    N_("Who may be named in public, from when."),
    details=N_(
        "named: already public, or with consent. anonymous: counted, never named. withheld: in no public count."
        " unset: as long as nobody decided, treated as anonymous. People, detentions, stays and releases have a level."
        " Whoever was, or may have been, under 18 at arrest is not named, whatever the level, unless --minor-named"
        " gives a reason; another level takes that back. A withheld detention, stay or release is unknown to"
        " publications; with --withheld-facts counted it counts, and whoever it is about is not named."
    ),
    examples=(
        "tracker publish 'Ana Ruiz' named -s foropenal-2026-01-12",
        "tracker publish R-7k3m9q withheld --from 2026-02-04",
        "tracker publish 'Ana Ruiz' named --minor-named --reason 'her parents ask for it, in writing'",
        "tracker publish --withheld-facts counted",
    ),
)
def publish(
    given: Cited,
    who: Annotated[
        str | None,
        typer.Argument(metavar="WHO|REF", help=_("A person, or the ref of a record."), autocompletion=complete.people),
    ] = None,
    level: Annotated[
        str | None,
        typer.Argument(
            metavar="LEVEL",
            help=_("named, anonymous, withheld or unset."),
            autocompletion=complete.vocabulary("publish"),
        ),
    ] = None,
    *,
    from_: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="DATE", help=_("Keep a release out of publications until then (or unknown: no day).")
        ),
    ] = None,
    minor_named: Annotated[
        bool, typer.Option("--minor-named", help=_("Name a person who was, or may have been, under 18 at arrest."))
    ] = False,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="TEXT", help=_("Why, for --minor-named; it is kept on record."))
    ] = None,
    withheld_facts: Annotated[
        str | None,
        typer.Option(
            "--withheld-facts",
            metavar="unknown|counted",
            help=_("What publications make of every withheld detention, stay and release."),
        ),
    ] = None,
) -> None:
    """Set a publish level."""
    from tracker.casework import publishing
    from tracker.matching.who import find_any, owner

    if withheld_facts is not None and who is None:
        _treat_withheld(withheld_facts)
        return
    if who is None or level is None or withheld_facts is not None:
        raise BadValue(
            _("Say who, and how: a person or a ref, and a level."),
            hint=_("Write: tracker publish WHO named; --withheld-facts stands alone."),
        )
    if reason is not None and not minor_named:
        raise BadValue(_("--reason is for --minor-named."), hint=_("Add --minor-named, or leave --reason out."))
    store = context.open_store()
    meant = recording.record_ref(store, who)
    with context.writing(store, f"publish {meant}") as change:
        table, row = find_any(change.db, meant)
        cited = recording.cited_in(change, given)
        if minor_named:
            said = publishing.publish_minor(change, table, row, level, reason, cited=cited)
        else:
            said = publishing.publish(change, table, row, level, from_=from_, cited=cited)
        person = owner(change.db, table, row["id"])
    name = (person["name"] or person["description"]) if person else ""
    recording.tell(change, recording.of(name, meant, said), cited, given)


def _treat_withheld(how: str) -> None:
    """Set what publications make of withheld facts."""
    from tracker.casework.publishing import treat_withheld

    with context.writing(context.open_store(), "publish --withheld-facts") as change:
        said = treat_withheld(change, how)
    context.say(*(said or [_("Nothing was changed.")]))
