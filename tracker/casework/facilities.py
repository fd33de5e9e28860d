"""Facilities: prisons and other places, with all the names they are printed under.

Two names are one place if their keys agree: without accents, case, articles and "de", and with a number at the end
read alike in Roman and Arabic (`El Rodeo 1` is `Rodeo I`, and never `Rodeo II`). Every other variant is an other name
on record.
"""

from collections.abc import Callable, Iterable, Mapping

from tracker.casework.edits import FACILITY, edited
from tracker.casework.values import line, several, words
from tracker.domain.countries import read_country
from tracker.domain.names import clean, exact
from tracker.domain.text import quoted
from tracker.domain.vocabulary import read
from tracker.errors import Refused
from tracker.i18n import _
from tracker.matching.places import facilities_called, facility_key, find_facility
from tracker.store import Change, Connection, Row

__all__ = ["add_facility", "add_facility_name", "edit_facility", "facility_key", "find_facility", "refuse_taken"]


def add_facility(
    change: Change,
    name: str,
    *,
    other_names: Iterable[str] = (),
    kind: str | None = None,
    state: str | None = None,
    country: str | None = None,
    note: str | None = None,
) -> str:
    """Add a facility and return its id. Raises Refused where one of the names belongs to another, BadValue."""
    name = clean(name)
    refuse_taken(change.db, name)
    given = {"kind": kind, "state": state, "country": country, "note": note}
    added = change.insert("facilities", {"name": name, **read_facility(given)})
    for other in several(other_names):
        add_facility_name(change, added, other)
    return added


def read_facility(given: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return the columns of `facilities` that are given, as stored; empty text empties one. Raises BadValue."""
    readers: dict[str, Callable[[str], str | None]] = {
        "name": clean,
        "kind": lambda text: read("facility_kind", text) if text.strip() else None,
        "state": lambda text: line(text, _("state")),
        "country": lambda text: read_country(text) if text.strip() else None,
        "note": lambda text: words(text, _("note")),
    }
    return {name: readers[name](text) for name, text in given.items() if text is not None}


def edit_facility(
    change: Change,
    facility: Row,
    given: Mapping[str, str | None],
    *,
    other_names: Iterable[str] = (),
    remove_names: Iterable[str] = (),
) -> list[str]:
    """Change what is given (empty text empties a column) and return a sentence for each change.

    A new name leaves the old one as another name, so that older lists still find the place. Raises Refused for a name
    that belongs to another place, or to remove one that is not there; BadValue.
    """
    values = read_facility(given)
    if values.get("name"):
        refuse_taken(change.db, str(values["name"]), but=facility["id"])
    said = remove_facility_names(change, facility["id"], remove_names)
    said += edited(change, "facilities", facility["id"], values, FACILITY)
    kept = [facility["name"]] if values.get("name") else []
    if values.get("name"):
        _drop_main_name(change, facility["id"], str(values["name"]))
    said += [
        _("other name added: {name}").format(name=quoted(name))
        for name in [*several(other_names), *kept]
        if add_facility_name(change, facility["id"], name)
    ]
    return said


def _drop_main_name(change: Change, facility: str, name: str) -> None:
    """Take away the other name that has become the main one."""
    for row in change.db.execute("SELECT id, name FROM facility_names WHERE facility = ?", (facility,)).fetchall():
        if facility_key(row["name"]) == facility_key(name):
            change.delete("facility_names", row["id"])


def remove_facility_names(change: Change, facility: str, names: Iterable[str]) -> list[str]:
    """Take other names away and return what was done. Raises Refused for one that is not there."""
    said = []
    for name in several(names):
        rows = change.db.execute("SELECT id, name, name_exact FROM facility_names WHERE facility = ?", (facility,))
        found = [row for row in rows if row["name_exact"] == exact(name)]
        if not found:
            raise Refused(_("{value} is not there to be removed.").format(value=quoted(name)))
        change.delete("facility_names", found[0]["id"])
        said.append(_("removed: {value}").format(value=quoted(found[0]["name"])))
    return said


def add_facility_name(change: Change, facility: str, name: str) -> bool:
    """Add another name; False where the facility is found by it already.

    Raises Refused where another facility has it.
    """
    name = clean(name)
    if any(row["id"] == facility for row in facilities_called(change.db, name)):
        return False
    refuse_taken(change.db, name, but=facility)
    change.insert("facility_names", {"facility": facility, "name": name})
    return True


def refuse_taken(db: Connection, name: str, but: str | None = None) -> None:
    """Raise Refused if a facility other than `but` is called `name`."""
    for row in facilities_called(db, name):
        if row["id"] != but:
            raise Refused(
                _("{name} is already on record: {facility} ({ref}).").format(
                    name=quoted(name), facility=row["name"], ref=row["ref"]
                ),
                hint=_("Use that one, or give a name that tells them apart."),
            )
