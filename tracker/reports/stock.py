"""Who is deprived of liberty at a moment, read once as a stream: the count, its bounds, and the names for a cell."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest
from operator import itemgetter
from typing import Any, Final, NamedTuple

from tracker.domain.date_bounds import Moment
from tracker.domain.masks import unnamed
from tracker.i18n import _
from tracker.reports import foot
from tracker.reports.asked import Asked
from tracker.reports.standings import before, mask, opening
from tracker.reports.standings import keys as literals
from tracker.store import Connection
from tracker.table import Cell

FEW: Final = 3
"""How many names stand in a cell that people read; the count says how many there are."""

_PERSON, _NAME_KEY, _NAME = 3, 4, 5


class Stock(NamedTuple):
    """How many are deprived of liberty, certainly and possibly; their `names`; `ids`, where they were asked for."""

    people: int
    certain: int
    possible: int
    names: tuple[str, ...]
    ids: frozenset[str] = frozenset()

    @property
    def said(self) -> str:
        """The figure with its bounds."""
        return foot.counted(self.people, (self.certain, self.possible))


def stock(
    db: Connection, asked: Asked, moment: Moment, *, few: bool, ids: bool = False, without: Iterable[str] = ()
) -> Stock:
    """Return who is deprived of liberty at a moment. `few`: only the first names; `ids`: who they are, too.

    Names are in their order; in public only those of people who may be named. `without`: ids not to be counted.
    """
    start = opening(db, asked, moment=moment, columns=(), once=True)
    bits, held = mask(asked.deprived), f"p.standing IN ({literals(asked.deprived)})"
    cursor = db.cursor()
    cursor.row_factory = None
    cursor.execute(
        f"""{start.sql} SELECT {held}, p.possible & ~{bits} = 0, p.possible & {bits} <> 0, p.detainee,
          coalesce(d.name_key, '~'), {foot.name_sql(asked)}
        FROM hits p CROSS JOIN detainees d ON d.id = p.detainee WHERE {held} OR p.possible & {bits} <> 0""",
        start.params,
    )
    tally, found, left_out = Counter[str](), list[str](), frozenset(without)

    def counted() -> Iterator[tuple[Any, ...]]:
        for row in cursor:
            if row[_PERSON] in left_out:
                continue
            tally["certain"] += row[1]
            tally["possible"] += row[2]
            if row[0]:
                tally["people"] += 1
                if ids:
                    found.append(row[_PERSON])
                yield row

    by_name = itemgetter(_NAME_KEY, _PERSON)
    first = nsmallest(FEW, counted(), by_name) if few else sorted(counted(), key=by_name)
    return Stock(
        tally["people"],
        tally["certain"],
        tally["possible"],
        tuple(row[_NAME] for row in first if row[_NAME] is not None and not unnamed(row[_NAME])),
        frozenset(found),
    )


def names(db: Connection, asked: Asked, people: Iterable[str]) -> dict[str, str]:
    """Return the names of some people (ids), as the record knows them; in public only of those who may be named."""
    start = before(db, asked)
    clauses = f"WITH {','.join(start.clauses)}" if start.clauses else ""
    rows = db.execute(
        f"{clauses} SELECT d.id, {foot.name_sql(asked)}"
        " FROM json_each(:people) j CROSS JOIN detainees d ON d.id = j.value",
        {**start.params, "people": json.dumps(list(dict.fromkeys(people)))},
    )
    return {person: name for person, name in rows if name is not None and not unnamed(name)}


def cell(first: Sequence[str], people: int, *, few: bool) -> Cell:
    """Return the names of a line as a cell: all, or to a reader the first and how many more there are."""
    if not few:
        return tuple(first) or None
    shown = tuple(first[:FEW])
    if not shown or len(shown) == people:
        return shown or None
    return (*shown, _("{n} more").format(n=people - len(shown)))
