"""What `detainee` says and asks of a person being entered: near misses, mixed scripts, the detention with it."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from tracker.cli import context
from tracker.errors import BadValue, Refused
from tracker.i18n import _

if TYPE_CHECKING:
    from tracker.casework.citations import Cited
    from tracker.cli.person_options import Held
    from tracker.store import Change, Store


def one_name(words: Sequence[str] | None) -> str | None:
    """Return the one name that was typed, in quotes or not. Raises BadValue where it looks like several names."""
    if not words:
        return None
    if len(words) > 1 and any(" " in word.strip() for word in words):
        raise BadValue(_("One person at a time: there are {n} names.").format(n=len(words)))
    return " ".join(words)


def warned(store: "Store", name: str | None, other_names: Iterable[str], *, sure: bool) -> list[str]:
    """Return what should be told about a new name: near misses and mixed scripts.

    On a terminal a near miss is asked about first, unless `sure`; raises Refused where the answer is no.
    """
    if name is None:
        return mixed(other_names)
    from tracker.casework.people import same_name
    from tracker.matching.who import near_people

    with store.reading() as db:
        near = [] if same_name(db, name) else near_people(db, name)
    lines = [f"{one.ref}  {one.name} ({one.reason})" for one in near]
    said = [_("Near misses, which may be the same person:"), *(f"  {line}" for line in lines)] if near else []
    if near and not sure and context.interactive():
        context.say(*said)
        if context.ask(_("Add {name} as another person? [y/N]").format(name=name)).casefold() not in _YES:
            raise Refused(_("Left as it was. Nothing was changed."))
        said = []
    return [*said, *mixed([name, *other_names])]


_YES = ("y", "yes", "s", "si", "sí")


def mixed(names: Iterable[str | None]) -> list[str]:
    """Return a warning for each name one of whose words mixes scripts, as a Cyrillic letter among Latin ones does."""
    from tracker.domain.names import mixed_scripts
    from tracker.domain.text import quoted

    return [
        _("The name {name} mixes letters of several scripts; some only look alike.").format(name=quoted(name))
        for name in names
        if name and mixed_scripts(name)
    ]


def detain(change: "Change", person: str, held: "Held", cited: "Cited") -> str:
    """Add the detention told together with a person; return the sentence for it."""
    from tracker.casework.arrest import Arrest
    from tracker.casework.custody import add_detention

    added = add_detention(
        change,
        person,
        Arrest(began=held.detained_on),
        facility=held.facility,
        whereabouts_unknown=held.whereabouts_unknown,
        since=held.facility_since,
        cited=cited,
    )
    row = change.get("detentions", added)
    return _("Detention {ref}, from {began}.").format(ref=row["ref"], began=row["began"] or _("an unknown date"))
