"""Lists of people: one page of rows, and the tally of everybody they were taken from, out of one reading.

`Page` says which people and in what order; `fetch` runs it. Rows come as a stream: a million people are never
held in memory at once. `people_table` is the list of all people on record, for `detainee list`.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from tracker.domain.vocabulary import DEPRIVED
from tracker.domain.vocabulary import keys as vocabulary
from tracker.i18n import _, ngettext
from tracker.reports import foot
from tracker.reports.asked import Asked
from tracker.reports.columns import SPECS, Spec, chosen, joins, read_sort, several
from tracker.reports.standings import OTHER_BITS, TALLIED, TALLY, Opening, Tally, keys, opening, others
from tracker.store import Connection
from tracker.table import Cell, Column, Row, Table, Toned

LEADING = 5
"""Columns before the cells: which half of the reading, and what a row means; in the tally, its four columns."""

LISTED = ("ref", "name", "standing", "since", "facility", "nationalities")

FROM_HITS = (
    "SELECT h.detainee, h.standing, h.since, h.detention, h.release, h.facility, h.said_out, h.possible FROM hits h"
)


class Page(NamedTuple):
    """Which people, in SQL: `more` clauses after `hits`, the `source` of the rows, a `where` on them.

    The source brings the columns of `FROM_HITS`. `tally`, of four columns, counts everybody the title and the foot
    speak of. `people`, `moment` and `placed` as in `opening`; `order` comes before the name; `costs` are the
    costly columns of `standing` that the clauses need, whatever is shown.
    """

    columns: Sequence[str]
    source: str = FROM_HITS
    where: str = "1"
    more: Sequence[str] = ()
    params: Mapping[str, str] = {}
    tally: str = f"SELECT {TALLY} FROM hits GROUP BY {TALLIED}"
    specs: Mapping[str, Spec] = {}
    people: str | None = None
    moment: str | None = None
    placed: bool = True
    order: str | None = None
    costs: Sequence[str] = ()


class Fetched(NamedTuple):
    """What a page brought: its columns, a stream of rows, and the tally."""

    columns: list[Column]
    rows: Iterator[Row]
    tallied: list[tuple[Any, ...]]
    tone: Callable[[Row], str | None] | None

    @property
    def tally(self) -> Tally:
        """The tally, of a page that left it as it is."""
        return Tally.of(self.tallied)


def fetch(db: Connection, asked: Asked, page: Page) -> Fetched:
    """Run a page. The tally is read at once, the rows as they are asked for."""
    if asked.limit is not None and page.source == FROM_HITS:
        return _first_page(db, asked, page)
    start = opening(db, asked, people=page.people, moment=page.moment, placed=page.placed, columns=_costly(asked, page))
    specs = [_spec(page, key) for key in page.columns]
    tone = "NULL, NULL, NULL" if asked.limit is None else f"p.standing, {OTHER_BITS}, p.said_out"
    select = f"1, {tone}, NULL{_cells(asked, specs)}"
    found = _run(db, start, asked, page, select=select, specs=specs)
    tallied, rows = _parted(found)
    return _fetched(specs, tallied, rows, asked)


def _first_page(db: Connection, asked: Asked, page: Page) -> Fetched:
    """Run a page of a few people: who they are, out of all, then their cells; costly ones are asked of them alone."""
    sort = read_sort(asked.sort, page.specs)
    costly = {"said_out", *page.costs, *(_spec(page, sort[0]).costs if sort else ())}
    start = opening(db, asked, people=page.people, moment=page.moment, placed=page.placed, columns=costly)
    tallied, ids = _parted(_run(db, start, asked, page, select="1, p.detainee, NULL, NULL, NULL", specs=()))
    people = [row[1] for row in ids]
    few = opening(
        db,
        asked,
        people="SELECT value FROM json_each(:page)",
        moment=page.moment,
        placed=False,
        columns=_costly(asked, page),
    )
    specs = [_spec(page, key) for key in page.columns]
    cursor = db.cursor()
    cursor.row_factory = None
    cursor.execute(
        f"""{few.sql} SELECT p.detainee, p.standing, {OTHER_BITS}, p.said_out, NULL{_cells(asked, specs)}
        FROM ({FROM_HITS}) p CROSS JOIN detainees d ON d.id = p.detainee {joins(specs)}""",
        {**few.params, **page.params, "page": json.dumps(people)},
    )
    found = {row[0]: row for row in cursor}
    return _fetched(specs, tallied, (found[person] for person in people), asked)


def _run(
    db: Connection, start: Opening, asked: Asked, page: Page, *, select: str, specs: Sequence[Spec]
) -> Iterator[tuple[Any, ...]]:
    """Return the tally, marked 0, then the people of the page in their order, marked 1."""
    order, sorting = _order(asked, page)
    wide = ", NULL" * len(specs)
    sql = f"""{start.sql}{"".join(f", {clause}" for clause in page.more)}
      SELECT 0, tallied.*{wide} FROM ({page.tally}) tallied
      UNION ALL
      SELECT * FROM (
        SELECT {select} FROM ({page.source}) p CROSS JOIN detainees d ON d.id = p.detainee {joins([*specs, *sorting])}
        WHERE {page.where} ORDER BY {order} LIMIT :most)"""
    cursor = db.cursor()
    cursor.row_factory = None
    cursor.execute(sql, {**start.params, **page.params, "most": -1 if asked.limit is None else asked.limit})
    return cursor


def _parted(rows: Iterator[tuple[Any, ...]]) -> tuple[list[tuple[Any, ...]], Iterator[tuple[Any, ...]]]:
    """Return the tally, read to its end, and the stream of people."""
    tallied: list[tuple[Any, ...]] = []
    for row in rows:
        if row[0]:
            return tallied, chain([row], rows)
        tallied.append(row[1:LEADING])
    return tallied, rows


def _fetched(
    specs: Sequence[Spec], tallied: list[tuple[Any, ...]], rows: Iterable[tuple[Any, ...]], asked: Asked
) -> Fetched:
    toned = asked.limit is not None
    return Fetched(
        [spec.column for spec in specs], _made(rows, specs, toned=toned), tallied, Toned.of if toned else None
    )


def _cells(asked: Asked, specs: Sequence[Spec]) -> str:
    return "".join(f", {_cell(spec, asked)}" for spec in specs)


def _costly(asked: Asked, page: Page) -> set[str]:
    """Return the costly columns of `standing` that this page needs: for the rest, a million people need not pay."""
    sort = read_sort(asked.sort, page.specs)
    shown = {*page.columns, *([sort[0]] if sort else [])}
    return {"said_out", *page.costs} | {need for key in shown for need in _spec(page, key).costs}


def _spec(page: Page, key: str) -> Spec:
    return page.specs.get(key) or SPECS[key]


def _cell(spec: Spec, asked: Asked) -> str:
    """Return the SQL of a column; in public, what belongs to a name is there only for people who may be named."""
    if not asked.public:
        return spec.sql
    if spec.column.key == "name":
        return foot.name_sql(asked)
    return f"CASE WHEN d.nameable THEN {spec.public or spec.sql} END" if spec.named else spec.sql


def _order(asked: Asked, page: Page) -> tuple[str, list[Spec]]:
    """Return ORDER BY and the columns it needs; empty cells come last, people alike in the order of their entry."""
    sort = read_sort(asked.sort, page.specs)
    by_name = f"d.name_key NULLS LAST, {foot.by_entry(asked, 'p.detainee')}"
    if sort is None:
        return f"{page.order}, {by_name}" if page.order else by_name, []
    key, downward = sort
    spec = _spec(page, key)
    by = spec.order if spec.order is not None else _cell(spec, asked)
    return f"{by} {'DESC' if downward else 'ASC'} NULLS LAST, {by_name}", [spec]


def _made(rows: Iterable[tuple[Cell, ...]], specs: Sequence[Spec], *, toned: bool) -> Iterator[Row]:
    """Turn joined values and bits into cells; `toned` rows (a page for a terminal) carry their meaning."""
    split = [place for place, spec in enumerate(specs) if spec.makes == "several"]
    doubts = [place for place, spec in enumerate(specs) if spec.makes == "doubts"]
    if not (split or doubts or toned):
        return (row[LEADING:] for row in rows)
    return _converted(rows, split, doubts, toned=toned)


def _converted(
    rows: Iterable[tuple[Cell, ...]], split: Sequence[int], doubts: Sequence[int], *, toned: bool
) -> Iterator[Row]:
    for row in rows:
        cells = list(row[LEADING:])
        for place in split:
            cells[place] = several(cells[place])
        for place in doubts:
            cells[place] = others(cells[place])
        yield Toned(cells, _tone(row[1], row[2], row[3])) if toned else tuple(cells)


def _tone(standing: Cell, doubt: Cell, said_out: Cell) -> str | None:
    """Return what a person's row means on a screen."""
    if doubt or said_out:
        return "doubt"
    if standing in ("died", "deceased"):
        return "dead"
    return None if standing in DEPRIVED else "out"


def people_table(db: Connection, asked: Asked) -> Table:
    """Return everybody on record who is not excluded, with their standing at the moment asked about."""
    columns = chosen(asked.columns, LISTED)
    where = f"p.standing IN ({keys(asked.standings)})" if asked.standings else "1"
    found = fetch(db, asked, Page(columns, where=where))
    shown = asked.standings or vocabulary("standing")
    total = found.tally.count(shown)
    return Table(
        found.columns,
        found.rows,
        title=ngettext("{n} person on record", "{n} people on record", total).format(n=total),
        total=total,
        foot=foot.notes(db, asked, _by_standing(found.tally, shown)),
        empty=_("Nobody on record is meant by this."),
        tone=found.tone,
    )


def _by_standing(tally: Tally, shown: Sequence[str]) -> str:
    text = foot.standings(tally, shown)
    return f"{text}." if text else ""
