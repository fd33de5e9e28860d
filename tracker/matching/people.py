"""What the record says of people, read for comparing: a few questions for many people."""

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final

from tracker.domain.date_bounds import UNKNOWN, PartialDate
from tracker.matching.described import Described
from tracker.store import Connection, Row

_PEOPLE: Final = """
SELECT id, ref, name, sex, born, born_from, born_to, age, age_on, age_on_from, age_on_to, service, occupation,
    died, died_from, died_to, excluded
FROM detainees WHERE id IN (SELECT value FROM json_each(?))
"""

_NAMES: Final = """
SELECT id, name FROM detainees WHERE name IS NOT NULL AND id IN (SELECT value FROM json_each(:ids))
UNION ALL SELECT n.detainee, n.name FROM detainees d JOIN names n ON n.detainee = d.id
    WHERE d.name IS NOT NULL AND d.id IN (SELECT value FROM json_each(:ids))
"""

_OTHER: Final = {
    "names": "SELECT detainee, name FROM names WHERE detainee IN (SELECT value FROM json_each(?)) ORDER BY id",
    "nationalities": "SELECT detainee, country FROM nationalities WHERE detainee IN (SELECT value FROM json_each(?))",
    "tags": "SELECT detainee, tag FROM tags WHERE detainee IN (SELECT value FROM json_each(?)) ORDER BY tag",
    "told": """
        SELECT detainee, value FROM citations
        WHERE detainee IN (SELECT value FROM json_each(?)) AND field = 'occupation' AND value IS NOT NULL ORDER BY id
    """,
    "identifiers": """
        SELECT detainee, scheme, value FROM identifiers WHERE detainee IN (SELECT value FROM json_each(?))
    """,
    "arrested": """
        SELECT detainee, began, began_from, began_to FROM detentions
        WHERE detainee IN (SELECT value FROM json_each(?)) AND began IS NOT NULL ORDER BY id
    """,
    "released": """
        SELECT d.detainee, r.released, r.released_from, r.released_to
        FROM detentions d JOIN releases r ON r.detention = d.id
        WHERE d.detainee IN (SELECT value FROM json_each(?)) AND r.released IS NOT NULL AND r.status <> 'retracted'
        ORDER BY r.id
    """,
    "facilities": """
        SELECT d.detainee, s.facility FROM detentions d JOIN stays s ON s.detention = d.id
        WHERE d.detainee IN (SELECT value FROM json_each(?)) AND s.facility IS NOT NULL
    """,
    "sources": """
        WITH who AS MATERIALIZED (SELECT value AS id FROM json_each(?)),
            held AS MATERIALIZED (SELECT d.detainee, d.id FROM who CROSS JOIN detentions d ON d.detainee = who.id)
        SELECT c.detainee, c.source FROM who CROSS JOIN citations c ON c.detainee = who.id
        UNION ALL SELECT held.detainee, c.source FROM held CROSS JOIN citations c ON c.detention = held.id
        UNION ALL SELECT held.detainee, c.source FROM held CROSS JOIN stays s ON s.detention = held.id
            CROSS JOIN citations c ON c.stay = s.id
        UNION ALL SELECT held.detainee, c.source FROM held CROSS JOIN releases r ON r.detention = held.id
            CROSS JOIN citations c ON c.release = r.id
        UNION ALL SELECT n.detainee, c.source FROM who CROSS JOIN nationalities n ON n.detainee = who.id
            CROSS JOIN citations c ON c.nationality = n.id
    """,
}


def home_country(db: Connection) -> str:
    """Return the code of the country whose nationals most people on record are; empty if none is set."""
    found = db.execute("SELECT value FROM settings WHERE id = 'country'").fetchone()
    return (found and found[0]) or ""


def people_rows(db: Connection, ids: Iterable[str]) -> dict[str, Row]:
    """Return rows of `detainees` (what comparing needs of them) by id."""
    return {row["id"]: row for row in db.execute(_PEOPLE, (json.dumps(sorted(ids)),))}


def names_of(db: Connection, ids: Iterable[str]) -> dict[str, list[str]]:
    """Return every name of these people, the main one first; people without a main name are left out."""
    found: dict[str, list[str]] = {}
    for person, name in db.execute(_NAMES, {"ids": json.dumps(sorted(ids))}):
        found.setdefault(person, []).append(name)
    return found


def people_described(db: Connection, ids: Iterable[str]) -> dict[str, Described]:
    """Return what the record says of these people, by id; who is not on record is left out."""
    rows = people_rows(db, ids)
    wanted = json.dumps(sorted(rows))
    found: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for what, sql in _OTHER.items():
        for person, *values in db.execute(sql, (wanted,)):
            found[person][what].append(values[0] if len(values) == 1 else tuple(values))
    return {person: _described(row, found[person]) for person, row in rows.items()}


def _described(row: Row, more: dict[str, list[Any]]) -> Described:
    return Described(
        name=row["name"],
        other_names=tuple(more["names"]),
        nationalities=frozenset(more["nationalities"]),
        sex=row["sex"],
        born=_date(row["born"], row["born_from"], row["born_to"]),
        age=row["age"],
        age_on=_date(row["age_on"], row["age_on_from"], row["age_on_to"]),
        arrested=tuple(_date(*each) for each in more["arrested"]),
        released=tuple(_date(*each) for each in more["released"]),
        facilities=frozenset(more["facilities"]),
        roles=tuple(filter(None, (row["occupation"], *more["told"], *more["tags"]))),
        service=row["service"],
        identifiers=frozenset(more["identifiers"]),
        sources=frozenset(more["sources"]),
        died=_date(row["died"], row["died_from"], row["died_to"]),
    )


def _date(text: str | None, earliest: str | None, latest: str | None) -> PartialDate:
    return PartialDate(text, earliest, latest) if text is not None else UNKNOWN
