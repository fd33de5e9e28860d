"""Search: people by any name, places by any name, sources by title, publisher or address.

Accents, case and the order of the words do not matter: every word must occur in one and the same name (or in what is
known of the source), whole or in part.
"""

from collections.abc import Iterable, Sequence
from itertools import chain

from tracker.domain.names import fold
from tracker.domain.text import quoted
from tracker.errors import BadValue
from tracker.i18n import N_, _
from tracker.reports import foot
from tracker.reports.asked import Asked
from tracker.reports.columns import chosen
from tracker.reports.people import Page, fetch
from tracker.reports.standings import opening
from tracker.store import Connection
from tracker.table import Cell, Column, Row, Table

PEOPLE = ("ref", "name", "other_names", "standing", "since", "facility", "nationalities")
WHAT = Column("what", N_("what"), words="record_part")


def _having(column: str, words: Sequence[str]) -> str:
    return " AND ".join(f"{column} LIKE :word{place} ESCAPE '!'" for place in range(len(words)))


def _like(words: Sequence[str]) -> dict[str, str]:
    escaped = [word.replace("!", "!!").replace("%", "!%").replace("_", "!_") for word in words]
    return {f"word{place}": f"%{word}%" for place, word in enumerate(escaped)}


def find(db: Connection, asked: Asked, text: str) -> Table:
    """Return who and what answers to `text`: people first, with their standing, then places, then sources.

    Raises `BadValue` for a text without a letter or digit.
    """
    words = fold(text).split()
    if not words:
        raise BadValue(_("There is nothing to search for in {text}.").format(text=quoted(text)))
    columns = chosen(asked.columns, PEOPLE)
    people = (
        f"SELECT id FROM detainees WHERE {_having('name_key', words)}"
        f" UNION SELECT detainee FROM names WHERE {_having('name_key', words)}"
    )
    if asked.public:  # a search must not tell who stands behind a name that is not shown
        people = f"SELECT id FROM detainees WHERE nameable AND id IN ({people})"
    found = fetch(db, asked, Page(columns, people=people, params=_like(words)))
    others = list(_others(db, asked, words, columns))
    rows = chain((("detainee", *row) for row in found.rows), others)
    total = sum(row[3] for row in found.tally.rows) + len(others)
    return Table(
        (WHAT, *found.columns),
        rows,
        title=_("Found for {text}").format(text=quoted(text)),
        total=total,
        foot=foot.notes(db, asked),
        empty=_("Nobody and nothing on record answers to {text}.").format(text=quoted(text)),
    )


def _others(db: Connection, asked: Asked, words: Sequence[str], columns: Sequence[str]) -> Iterable[Row]:
    """Yield places and sources in the columns of people, as far as they have something to say in them."""
    start = opening(db, asked)
    params = {**start.params, **_like(words)}
    places = f"""{start.sql} SELECT ref, name, (SELECT group_concat(n.name, char(31)) FROM facility_names n
        WHERE n.facility = f.id), state FROM facilities f WHERE {_having("name_key", words)}
        OR id IN (SELECT facility FROM facility_names WHERE {_having("name_key", words)}) ORDER BY name_key"""
    for row in db.execute(places, params):
        yield _row("facility", columns, ref=row[0], name=row[1], other_names=_several(row[2]), state=row[3])
    told = "coalesce(title, '') || ' ' || coalesce(publisher, '') || ' ' || slug || ' ' || coalesce(url, '')"
    sources = f"{start.sql} SELECT ref, slug, title, published, {told} FROM sources ORDER BY published_from DESC, slug"
    for row in db.execute(sources, start.params):
        known = fold(row[4])
        if all(word in known for word in words):
            yield _row("source", columns, ref=row[0], name=row[1], other_names=_several(row[2]), since=row[3])


def _several(joined: str | None) -> Cell:
    return tuple(joined.split("\x1f")) if joined else ()


def _row(what: str, columns: Sequence[str], **cells: Cell) -> tuple[Cell, ...]:
    return (what, *(cells.get(key) for key in columns))
