"""What the words of a list mean on this record: facilities, claimants and sources, read once, made where asked."""

import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from tracker.casework.addresses import looks_like_address, read_address
from tracker.casework.claimants import add_claimant
from tracker.casework.facilities import add_facility
from tracker.casework.sources import add_source, find_or_add_source
from tracker.domain.dates import UNKNOWN, PartialDate
from tracker.domain.names import fold
from tracker.domain.text import quoted, safe
from tracker.errors import BadValue, NotFound, TrackerError
from tracker.i18n import _
from tracker.importing.directory import Directory, Names
from tracker.matching.places import NearPlaces, facility_key
from tracker.matching.voices import find_claimant
from tracker.store import Change, Connection

_FACILITIES: Final = "SELECT id, name FROM facilities UNION ALL SELECT facility, name FROM facility_names"
_CLAIMANTS: Final = "SELECT id, name FROM claimants UNION ALL SELECT claimant, name FROM claimant_names"
_SLUG_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)

_USED: Final = {
    "facilities": ("SELECT 1 FROM stays WHERE facility = ?", "SELECT 1 FROM claims WHERE instr(scope, ?)"),
    "claimants": ("SELECT 1 FROM citations WHERE claimant = ?", "SELECT 1 FROM claims WHERE claimant = ?"),
    "sources": ("SELECT 1 FROM citations WHERE source = ?", "SELECT 1 FROM lists WHERE source = ?"),
}
"""Table of what a list can make → what may speak of it."""


@dataclass(frozen=True, slots=True)
class Creating:
    """What may be made where a list names something that is not on record."""

    facilities: bool = False
    sources: bool = False
    claimants: bool = False


@dataclass(slots=True)
class Made:
    """What was made because a list names it, as the list writes it."""

    facilities: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    claimants: list[str] = field(default_factory=list)
    ids: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Id → its table, and how the list writes it."""

    def add(self, table: str, identifier: str, word: str) -> None:
        """Note that a record was made."""
        self.ids[identifier] = (table, word)
        getattr(self, table).append(word)

    def drop_unused(self, change: Change) -> None:
        """Take back what was made for rows that were then refused."""
        for identifier, (table, word) in list(self.ids.items()):
            if not any(change.db.execute(sql, (identifier,)).fetchone() for sql in _USED[table]):
                change.delete(table, identifier)
                getattr(self, table).remove(word)
                del self.ids[identifier]


@dataclass(slots=True)
class MakingNames(Names):
    """Names of which an unknown one is made, once: `make` returns the new record's id, None where it makes none."""

    make: Callable[[str], str | None] = lambda _word: None

    def find(self, word: str) -> str:
        """Return the id of the record that `word` means, a new one where there is none. Raises `BadValue`."""
        found = self.ids.get(self.key(word))
        if found is not None:
            return found
        try:
            made = self.make(word)
        except BadValue:
            raise
        except TrackerError as problem:
            raise BadValue(problem.message, hint=problem.hint) from problem
        if made is None:
            return Names.find(self, word)
        self.add(word, made)
        return made


def directory_of(change: Change, creating: Creating, made: Made) -> Directory:
    """Return the directory of the record. A place called nearly like one on record is never made.

    A source given as a URL is made in any case, as `-s` does.
    """
    directory = Directory()
    directory.facilities = _facilities(change, directory, made if creating.facilities else None)
    directory.claimants = _claimants(change, directory, made if creating.claimants else None)
    directory.sources = _sources(change, directory, made, slugs=creating.sources)
    return _filled(directory, change.db)


def known_directory(db: Connection) -> Directory:
    """Return the directory of the record for reading alone: what is not on record is not made."""
    return _filled(Directory(), db)


def _filled(directory: Directory, db: Connection) -> Directory:
    """Put all that is on record into a directory, under every name, ref and address."""
    for identifier, name in db.execute(_FACILITIES):
        directory.facilities.add(name, identifier)
        directory.named.setdefault(identifier, name)
    for identifier, ref in db.execute("SELECT id, ref FROM facilities"):
        directory.facilities.add(ref, identifier)
    for identifier, name in db.execute(_CLAIMANTS):
        directory.claimants.add(name, identifier)
    for identifier, ref, status in db.execute("SELECT id, ref, default_status FROM claimants"):
        directory.claimants.add(ref, identifier)
        directory.default_status[identifier] = status
    rows = db.execute("SELECT id, ref, slug, url, published, published_from, published_to FROM sources")
    for identifier, ref, slug, url, *published in rows:
        for word in (slug, ref, url):
            if word:
                directory.sources.add(word, identifier)
        directory.published[identifier] = _published(*published)
    return directory


def _facilities(change: Change, directory: Directory, made: Made | None) -> Names:
    unknown = _("There is no facility {name} on record; --create-facilities makes those that are not.")
    names = MakingNames(facility_key, unknown)

    places = NearPlaces()

    def make(word: str) -> str | None:
        if not places.names:
            for known, name in change.db.execute(_FACILITIES):
                places.add(known, name)
        near = places.near(word)
        if near:
            raise _nearly(word, near, made)
        if made is None:
            return None
        identifier = add_facility(change, word)
        made.add("facilities", identifier, word.strip())
        directory.named[identifier] = word.strip()
        places.add(identifier, word.strip())
        return identifier

    names.make = make
    return names


def _nearly(word: str, near: list[str], made: Made | None) -> BadValue:
    """Return the refusal of a place that may be one of `near`, with how to say that it is and that it is not."""
    name, known = shlex.quote(safe(word.strip())), shlex.quote(safe(near[0]))
    same = f"tracker facility add-name {known} {name}"
    if made is not None and near[0] in made.facilities:  # it comes with this very list, and goes with it if refused
        same = f"tracker facility add {known} --other-name {name}"
    return BadValue(
        _("There is no facility {name} on record, and one is called nearly so: {near}.").format(
            name=quoted(word), near=", ".join(map(quoted, near))
        ),
        hint=_("The same place? {same}. Another? {another}.").format(same=same, another=f"tracker facility add {name}"),
    )


def make_claimant(change: Change, word: str, made: Made) -> None:
    """Make the claimant that `-c` names, unless it is on record."""
    try:
        find_claimant(change.db, word)
    except NotFound:
        made.add("claimants", add_claimant(change, word, "other"), word.strip())


def _claimants(change: Change, directory: Directory, made: Made | None) -> Names:
    unknown = _("There is no claimant {name} on record; --create-claimants makes those that are not.")
    names = MakingNames(fold, unknown)

    def make(word: str) -> str | None:
        if made is None:
            return None
        identifier = add_claimant(change, word, "other")
        directory.default_status[identifier] = change.get("claimants", identifier)["default_status"]
        made.add("claimants", identifier, word.strip())
        return identifier

    names.make = make
    return names


def _sources(change: Change, directory: Directory, made: Made, *, slugs: bool) -> Names:
    unknown = _("There is no source {name} on record; --create-sources makes those that are not.")
    names = MakingNames(str.strip, unknown)

    def make(word: str) -> str | None:
        if looks_like_address(word):
            identifier, said = find_or_add_source(change, read_address(word).url)
        elif slugs:
            dated = _SLUG_DATE.search(word)
            identifier = add_source(change, slug=word, published=dated.group() if dated else None)
            said = (word,)
        else:
            return None
        row = change.get("sources", identifier)
        directory.published[identifier] = _published(row["published"], row["published_from"], row["published_to"])
        if said:
            made.add("sources", identifier, row["slug"])
        return identifier

    names.make = make
    return names


def _published(text: str | None, earliest: str | None, latest: str | None) -> PartialDate:
    return UNKNOWN if text is None else PartialDate(text, earliest, latest)
