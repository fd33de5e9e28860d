"""One ordered pass over people and all that hangs on them: streams sorted by person, merged, in flat memory.

A question per person would cost a million questions. Here each kind of record is asked for once, in order of the
person's id along an index, and its rows are taken from the stream when their person comes by. Every stream can be
limited to the people from the id `:first` to before the id `:last`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from tracker.store import Connection

Rows = Sequence[tuple[Any, ...]]

START: Final = ""
END: Final = "\U0010ffff"
"""Before and after every id."""


@dataclass(frozen=True, slots=True)
class Queries:
    """The questions behind the streams, each row a tuple: what `list_cells` and `list_rows` name by place."""

    people: str
    names: str
    nationalities: str
    cited: str
    detentions: str
    stays: str
    releases: str


_PEOPLE: Final = """
SELECT d.id, d.ref, d.name, d.description, d.sex, d.born, d.age, d.age_on, d.service, d.occupation, d.died, d.publish,
  d.note, (SELECT group_concat(tag, '; ') FROM tags g WHERE g.detainee = d.id),
  (SELECT group_concat(iif(scheme = 'id', '', scheme || '=') || value, '; ') FROM identifiers i WHERE i.detainee = d.id)
  {more}
FROM detainees d WHERE d.excluded = 0 AND d.id >= :first AND d.id < :last ORDER BY d.id"""

_OF_PERSON: Final = "WHERE t.detainee >= :first AND t.detainee < :last ORDER BY t.detainee"


def queries(*, public: bool = False, key: str = "id", pseudonym: str = "") -> Queries:
    """Return the questions. `key` tells records apart: `rowid` is cheaper, where the tables are the record's own.

    In public they run on the tables that shadow ours (`reports.public`), where a citation's text stands in `quotes` and
    a release's in `terms`; there, only citations of whole records are taken, and people end with a `pseudonym` (SQL).
    """
    cited, supports = "c.source, c.claimant, c.locator, c.field, c.value", "c.stance = 'supports'"
    terms, more = "r.conditions, r.freed_at", ""
    if public:
        cited = "c.source, c.claimant, (SELECT q.locator FROM quotes q WHERE q.id = c.id), NULL, NULL"
        supports += " AND c.field IS NULL"
        terms, more = "x.conditions, x.freed_at", "LEFT JOIN terms x ON x.id = r.id"
    return Queries(
        people=_PEOPLE.format(more=f", {pseudonym}" if pseudonym else ""),
        names="""SELECT n.detainee, n.name, n.kind FROM names n
            WHERE n.detainee >= :first AND n.detainee < :last ORDER BY n.detainee""",
        nationalities=f"""SELECT n.detainee, n.country, {cited} FROM nationalities n
            LEFT JOIN citations c ON c.nationality = n.id AND {supports}
            WHERE n.detainee >= :first AND n.detainee < :last ORDER BY n.detainee, n.country""",
        cited=f"""SELECT c.detainee, {cited} FROM citations c
            WHERE c.detainee >= :first AND c.detainee < :last AND {supports} ORDER BY c.detainee""",
        detentions=f"""SELECT t.detainee, t.{key}, coalesce(t.began_from, t.began_to, ''), t.began, t.place,
              t.authority, t.charges, t.stage, t.sentence, t.sentence_ends, {cited} FROM detentions t
            LEFT JOIN citations c ON c.detention = t.id AND {supports} {_OF_PERSON}""",
        stays=f"""SELECT t.detainee, t.{key}, y.step, y.{key}, y.facility, y.since, {cited}
            FROM detentions t CROSS JOIN stays y ON y.detention = t.id
            LEFT JOIN citations c ON c.stay = y.id AND {supports} {_OF_PERSON}""",
        releases=f"""SELECT t.detainee, t.{key}, r.step, r.{key}, r.released, r.kind, r.basis, r.status, {terms},
              {cited} FROM detentions t CROSS JOIN releases r ON r.detention = t.id {more}
            LEFT JOIN citations c ON c.release = r.id AND {supports} {_OF_PERSON}""",
    )


_NO_MORE: Final[tuple[str, Iterator[Any]]] = (END, iter(()))


class Children:
    """The rows of one stream, taken person by person; people must come in the order of the stream."""

    __slots__ = ("_groups", "_key", "_rows")

    def __init__(self, rows: Iterator[tuple[Any, ...]]) -> None:
        self._groups = groupby(rows, itemgetter(0))
        self._key = ""
        self._rows: Rows = ()

    def of(self, person: str) -> Rows:
        """Return the rows of `person`; those of people passed over are dropped."""
        while self._key < person:
            self._key, rows = next(self._groups, _NO_MORE)
            self._rows = list(rows)
        return self._rows if self._key == person else ()


def stream(db: Connection, sql: str, params: dict[str, str]) -> Iterator[Any]:
    """Return a cursor over plain tuples (a quarter faster than rows that know their column names)."""
    cursor = db.cursor()
    cursor.row_factory = None
    return cursor.execute(sql, params)
