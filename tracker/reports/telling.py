"""Which sources and places bear the name of somebody who may not be named: their titles would give the name away.

Names are compared as they are folded (`domain.names.fold`), by their words in any order, so that capitals, accents and
`DIAZ, BRUNO` hide nothing. A name of several words tells wherever it stands. A single word, or any two words of a
longer name, tell only in what the record ties to that person: a source cited for them, a place they were held at.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final
from urllib.parse import unquote

from tracker.domain.names import fold
from tracker.store import Connection

PARTICLES: Final = frozenset(("da", "das", "de", "del", "di", "do", "dos", "e", "la", "las", "los", "y"))
SHORTEST_RUN: Final = 6
LONGEST_RUN: Final = 60

_SHOWN: Final = (
    "coalesce(title, '') || ' ' || coalesce(publisher, '') || ' ' || coalesce(author, '') || ' ' || slug || ' '"
    " || coalesce(url, '')"
)

Named = Mapping[str, set[tuple[str, ...]]]
"""Person → the words of each of their names."""


class Texts:
    """Texts by id, to be searched for names."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        self._words: dict[str, set[str]] = defaultdict(set)
        for key, text in texts:
            self._words[key].update(fold(unquote(text)).split())
        self._where: dict[str, set[str]] = defaultdict(set)
        for key, words in self._words.items():
            for word in words:
                self._where[word].add(key)

    def with_all(self, words: Iterable[str]) -> set[str]:
        """Return the ids of the texts that hold all the words."""
        found = [self._where.get(word) for word in words]
        return set.intersection(*found) if found and all(found) else set()  # type: ignore[arg-type]

    def run_together(self, names: set[str]) -> set[str]:
        """Return the ids of the texts in which a name stands without spaces (`x.com/anaruiz`)."""
        return {
            key
            for word, keys in self._where.items()
            if len(word) >= SHORTEST_RUN
            for key in keys
            if _holds(word, names)
        }

    def tied(self, key: str, name: tuple[str, ...]) -> bool:
        """Return whether a text holds two words of a name, or its only one."""
        return len(self._words[key].intersection(name)) >= min(2, len(name))


def _holds(word: str, names: set[str]) -> bool:
    last = min(len(word), LONGEST_RUN)
    starts = range(last - SHORTEST_RUN + 1)
    return any(word[start:end] in names for start in starts for end in range(start + SHORTEST_RUN, last + 1))


def _printed(name: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield a name in full and, of three words or more, its first with either of the last two, as the press has it."""
    if len(name) > 1:
        yield name
    if len(name) > 2:  # noqa: PLR2004
        yield from ((name[0], name[-1]), (name[0], name[-2]))


def sources(db: Connection, named: str, schemas: Iterable[str], people: Named) -> set[str]:
    """Return the sources that tell of somebody unnamed: by speaking of nobody else, or by a name they bear.

    `named` begins the SQL (`WITH …`) and gives the ids that may be named. `schemas` say how a table is called: in the
    record as it is, and as it was where the question looks back.
    """
    told: set[str] = set()
    variants = {words for names in people.values() for name in names for words in _printed(name)}
    for schema in schemas:
        texts = Texts(db.execute(f"SELECT id, {_SHOWN} FROM {schema.format('sources')}"))
        ties, others = _ties(db, named, schema, people)
        told |= ties.keys() - others
        told |= {key for key in ties if any(texts.tied(key, name) for one in ties[key] for name in people[one])}
        told.update(*map(texts.with_all, variants))
        told |= texts.run_together({"".join(words) for words in variants})
    return told


def places(db: Connection, schemas: Iterable[str], people: Named) -> set[str]:
    """Return the places that bear the name of somebody unnamed; a single word only where that person was held."""
    told: set[str] = set()
    full = {name for names in people.values() for name in names if len(name) > 1}
    single = {one: {name for name in names if len(name) == 1} for one, names in people.items()}
    for schema in schemas:
        of = schema.format
        texts = Texts(
            db.execute(
                f"SELECT id, name FROM {of('facilities')} UNION ALL SELECT facility, name FROM {of('facility_names')}"
            )
        )
        told.update(*map(texts.with_all, full))
        if any(single.values()):
            held = f"SELECT y.facility, d.detainee FROM {of('stays')} y JOIN {of('detentions')} d ON d.id = y.detention"
            for place, person in db.execute(f"{held} WHERE y.facility IS NOT NULL"):
                if any(texts.tied(place, name) for name in single.get(person, ())):
                    told.add(place)
    return told


def unnamed(db: Connection, named: str, schemas: Iterable[str]) -> Named:
    """Return who may not be named, with all their names."""
    found: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for schema in schemas:
        rows = db.execute(
            f"""{named} SELECT id, name_key FROM {schema.format("detainees")}
            WHERE name_key IS NOT NULL AND id NOT IN (SELECT id FROM named)
            UNION ALL SELECT detainee, name_key FROM {schema.format("names")}
            WHERE detainee NOT IN (SELECT id FROM named)"""
        )
        for person, key in rows:
            words = key.split()
            found[person].add(tuple(word for word in words if word not in PARTICLES) or tuple(words))
    return found


def _ties(db: Connection, named: str, schema: str, people: Named) -> tuple[dict[str, set[str]], set[str]]:
    """Return the unnamed people each source is cited for, and the sources that also speak of others or of figures."""
    ties: dict[str, set[str]] = defaultdict(set)
    others: set[str] = set()
    of = schema.format
    rows = db.execute(
        f"""{named} SELECT t.source, t.claim, t.person, t.person IN (SELECT id FROM named) FROM (
          SELECT c.source, c.claim, coalesce(c.detainee, n.detainee, d.detainee, ds.detainee, dr.detainee) AS person
          FROM {of("citations")} c LEFT JOIN {of("nationalities")} n ON n.id = c.nationality
            LEFT JOIN {of("detentions")} d ON d.id = c.detention
            LEFT JOIN {of("stays")} y ON y.id = c.stay LEFT JOIN {of("detentions")} ds ON ds.id = y.detention
            LEFT JOIN {of("releases")} r ON r.id = c.release LEFT JOIN {of("detentions")} dr ON dr.id = r.detention
        ) t"""
    )
    for source, claim, person, nameable in rows:
        if claim is not None or nameable:
            others.add(source)
        elif person in people:
            ties[source].add(person)
    return ties, others
