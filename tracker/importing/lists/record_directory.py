"""What the words of a list mean on this record: facilities, claimants and sources, read once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from tracker.casework.facilities import add_facility
from tracker.domain.dates import UNKNOWN, PartialDate
from tracker.domain.names import fold
from tracker.domain.text import quoted
from tracker.errors import BadValue
from tracker.i18n import _
from tracker.importing.directory import Directory, Names
from tracker.matching.places import facility_key
from tracker.store import Change, Connection

_FACILITIES: Final = "SELECT id, name FROM facilities UNION ALL SELECT facility, name FROM facility_names"
_CLAIMANTS: Final = "SELECT id, name FROM claimants UNION ALL SELECT claimant, name FROM claimant_names"
_REFS: Final = "SELECT id, ref FROM {table} WHERE ref IS NOT NULL"


NEARLY: Final = 0.85
"""The likeness from which an unknown place is rather a misspelled one."""


@dataclass(slots=True)
class MakingNames(Names):
    """Names of which an unknown one is made, once: `make` returns the new record's id."""

    make: Callable[[str], str] | None = None

    def find(self, word: str) -> str:
        """Return the id of the record that `word` means, a new one where there is none. Raises `BadValue`."""
        found = self.ids.get(self.key(word))
        if found is None and self.make is not None:
            found = self.make(word)
            self.add(word, found)
        return found if found is not None else Names.find(self, word)


def directory_of(change: Change, *, create_facilities: bool, made: list[str]) -> Directory:
    """Return the directory of the record.

    With `create_facilities` an unknown prison is made, its name put in `made`; one called nearly like another is not.
    """
    db = change.db
    directory = Directory(
        facilities=_facilities(change, create=create_facilities, made=made),
        claimants=Names(fold, _("There is no claimant {name} on record; 'tracker claimant add' makes one.")),
        sources=Names(str.strip, _("There is no source {name} on record; 'tracker source add' makes one.")),
    )
    for identifier, name in db.execute(_FACILITIES):
        directory.facilities.add(name, identifier)
        directory.named.setdefault(identifier, name)
    for identifier, name in db.execute(_CLAIMANTS):
        directory.claimants.add(name, identifier)
    for identifier, status in db.execute("SELECT id, default_status FROM claimants"):
        directory.default_status[identifier] = status
    _sources(db, directory)
    for table, names in (("facilities", directory.facilities), ("claimants", directory.claimants)):
        for identifier, ref in db.execute(_REFS.format(table=table)):
            names.add(ref, identifier)
    return directory


def _facilities(change: Change, *, create: bool, made: list[str]) -> MakingNames:
    unknown = _("There is no facility {name} on record; --create-facilities makes those that are not.")
    names = MakingNames(facility_key, unknown)

    def make(word: str) -> str:
        near = _nearly(names, word)
        if near:
            raise BadValue(
                _("There is no facility {name} on record, and one is called nearly so: {near}.").format(
                    name=quoted(word), near=", ".join(quoted(name) for name in near)
                ),
                hint=_("The same place? tracker facility edit NAME --other-name. Another? tracker facility add."),
            )
        identifier = add_facility(change, word)
        made.append(word.strip())
        return identifier

    if create:
        names.make = make
    return names


def _nearly(names: Names, word: str) -> list[str]:
    """Return the places whose names could be `word` with a slip; *Rodeo II* is no slip of *Rodeo I*."""
    from difflib import get_close_matches

    key = names.key(word)
    near = get_close_matches(key, names.ids, n=3, cutoff=NEARLY)
    return [names.written[one] for one in near if _numbers(one) == _numbers(key)]


def _numbers(key: str) -> list[str]:
    return [part for part in key.split() if part.isdecimal() or len(part) == 1]


def _sources(db: Connection, directory: Directory) -> None:
    rows = db.execute("SELECT id, ref, slug, url, published, published_from, published_to FROM sources")
    for row in rows:
        for word in (row["slug"], row["ref"], row["url"]):
            if word:
                directory.sources.add(word, row["id"])
        known = row["published"] is not None
        directory.published[row["id"]] = (
            PartialDate(row["published"], row["published_from"], row["published_to"]) if known else UNKNOWN
        )
