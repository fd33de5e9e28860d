"""Facilities: prisons and other places, with all the names they are printed under.

Two names are one place if their keys agree: without accents, case, articles and "de", and with a number at the end
read alike in Roman and Arabic (`El Rodeo 1` is `Rodeo I`, and never `Rodeo II`). Every other variant is an other name
on record.
"""

from collections.abc import Iterable

from tracker.casework.values import line, several, words
from tracker.domain.countries import read_country
from tracker.domain.names import clean
from tracker.domain.text import quoted
from tracker.domain.vocabulary import read
from tracker.errors import Refused
from tracker.i18n import _
from tracker.matching.places import facilities_called, facility_key, find_facility
from tracker.store import Change, Connection

__all__ = ["add_facility", "add_facility_name", "facility_key", "find_facility", "refuse_taken"]


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
    added = change.insert(
        "facilities",
        {
            "name": name,
            "kind": read("facility_kind", kind) if kind else None,
            "state": line(state, _("state")),
            "country": read_country(country) if country else None,
            "note": words(note, _("note")),
        },
    )
    for other in several(other_names):
        add_facility_name(change, added, other)
    return added


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
