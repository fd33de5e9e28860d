"""`tracker cite`: add what a source says, for or against a fact."""

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import complete, context, recording
from tracker.cli.command import Commands
from tracker.cli.options import Cited
from tracker.i18n import N_, _

if TYPE_CHECKING:
    from tracker.casework.citing import Said
    from tracker.store import Connection, Row

commands = Commands("cite", N_("Add what a source says, for or against a fact."))


@commands.verb(
    "cite",
    N_("Add what a source says, for or against a fact."),
    details=N_(
        "FIELD=VALUE is what the source states: the record's own value is supported, another one kept beside it as a"
        " dispute. FIELD alone cites what the record says; neither, the record as a whole. Fields are named as in"
        " lists: detained_on, facility, released_on, release_kind, nationalities, occupation …"
    ),
    examples=(
        "tracker cite R-7k3m9q released_on=2026-01-10 -s infobae-2026-01-15 -c 'Foro Penal'",
        "tracker cite 'Ana Ruiz' detained_on=2025-03 -s elpais-2026-01-09",
        "tracker cite R-7k3m9q -s runrunes-2026-01-13 -c 'Ana Ruiz, family' --against",
    ),
)
def cite(
    who: Annotated[
        str,
        typer.Argument(metavar="WHO|REF", help=_("A person, or the ref of a record."), autocompletion=complete.people),
    ],
    given: Cited,
    what: Annotated[
        str | None, typer.Argument(metavar="[FIELD[=VALUE]]", help=_("What the source speaks of, and what it says."))
    ] = None,
    against: Annotated[bool, typer.Option("--against", help=_("The source denies it."))] = False,
) -> None:
    """Cite a source for one record."""
    from tracker.casework.citing import cite_field, meant
    from tracker.matching.who import find_any, owner

    store = context.open_store()
    ref = recording.ref_of(store, who, lambda db, word: _spoken_of(db, word, what))
    with context.writing(store, f"cite {ref}") as change:
        table, row = meant(change.db, *find_any(change.db, ref), what)
        cited = recording.cited_in(change, given)
        said = cite_field(change, table, row, what, cited, against=against)
        person = owner(change.db, table, row["id"])
        own = row["ref"] if "ref" in row.keys() else ref  # noqa: SIM118  (a Row is no dict)
        change.reason = f"cite {own}"
    name = (person["name"] or person["description"]) if person else ""
    recording.tell(change, recording.of(name, own, _told(said)), cited, given)


def _spoken_of(db: "Connection", word: str, what: str | None) -> "Row":
    """Return the record of a word, having seen that it is clear which of its parts `what` speaks of."""
    from tracker.casework.citing import meant
    from tracker.matching.who import find_any

    table, row = find_any(db, word)
    meant(db, table, row, what)
    return row


def _told(said: "Said") -> list[str]:
    """Return what was recorded, in words."""
    from tracker.domain.text import quoted
    from tracker.domain.vocabulary import label

    field = label("record_field", said.field or "record")
    stance = label("stance", said.stance)
    if said.value is not None and said.stance == "disputes":
        line = _("cited: {field} {value}, against {own} on record")
        lines = [line.format(field=field, value=quoted(said.value), own=quoted(said.own or ""))]
    elif said.value is not None:
        lines = [_("cited: {field} {value}, beside the record").format(field=field, value=quoted(said.value))]
        if said.own in (None, "unknown"):
            lines.append(_("The record itself says nothing there; edit it to take the value over."))
    else:
        lines = [_("cited: {field} ({stance})").format(field=field, stance=stance)]
    if said.raised:
        before, after = (label("release_status", status) for status in said.raised)
        lines.append(_("status: {before} → {after}").format(before=before, after=after))
    return lines
