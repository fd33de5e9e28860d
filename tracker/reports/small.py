"""No figure that points at somebody: tables for publication with their small figures and rare features left out.

A table of counts is made twice, of everybody and of the people who are not named; which figures are suppressed is
decided by `domain.small_cells`. Titles and notes with figures in them are left out. Lists keep their people, and lose
the features that too few of them share.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from tracker.domain.masks import SUPPRESSED, unnamed
from tracker.domain.small_cells import Key, Sum, blurred, suppressed
from tracker.i18n import _, ngettext
from tracker.reports import foot
from tracker.reports.asked import Asked
from tracker.reports.filters import Filter
from tracker.store import Connection
from tracker.table import Cell, Row, Table

UNNAMED: Final = Filter("NOT d.nameable", {}, "")

Sums = Callable[[dict[Key, int]], list[Sum]]
"""What adds up to what, of figures by (row, column)."""


def counts(
    db: Connection,
    asked: Asked,
    make: Callable[[Asked], Table],
    sums: Sums,
    order: Callable[[Row], Any] | None = None,
) -> Table:
    """Return a table of counts as it may be published; `order`: one of the rows that tells nothing of their figures."""
    plain = replace(asked, min_cell=None)
    if asked.min_cell is not None:  # a row left out could be computed, and an order by figures tells of them
        plain = replace(plain, sort=None, limit=None)
    made = make(plain)
    made = replace(made, rows=list(made.rows))
    few = make(replace(plain, filters=(*asked.filters, UNNAMED), sort=None, limit=None))
    known = _figures(few)
    figures = {key: known.get(key, 0) for key in _figures(made)}
    if asked.min_cell is None:
        single = sum(n == 1 for n in figures.values())
        return replace(made, caution=_of_single(single))
    every = {**figures, **known}
    hidden = suppressed(every, sums(every), asked.min_cell)
    rows = [_hide(made, row, hidden) for row in made.rows]
    return replace(
        _quiet(db, asked, made, any(key in hidden for key in figures)),
        rows=(rows if order is None else sorted(rows, key=order))[: asked.limit],
        totals=None if made.totals is None else _hide(made, made.totals, hidden),
        tone=None if order is not None else made.tone,
    )


def people(db: Connection, asked: Asked, made: Table) -> Table:
    """Return a list of people, one row each, as it may be published."""
    if asked.min_cell is None:
        watched = _Watched(made)
        return replace(made, rows=watched.rows(), caution=watched.said)
    places = [place for place, column in enumerate(made.columns) if column.key not in ("ref", "name")]
    named: list[Row] = []
    others: list[Row] = []
    for row in made.rows:
        (others if _is_unnamed(made, row) else named).append(tuple(row))
    if len(others) < asked.min_cell:
        others = []
    told = blurred([[row[place] for place in places] for row in others], asked.min_cell)
    blank = [
        tuple(None if place in places and not shown[places.index(place)] else cell for place, cell in enumerate(row))
        for row, shown in zip(others, told, strict=True)
    ]
    called = _place_of(made, "name")
    blank.sort(key=lambda row: str(row[called]) if called is not None else str(row))
    return replace(
        _quiet(db, asked, made, any(not all(one) for one in told)), rows=[*named, *blank], total=None, tone=None
    )


def _quiet(db: Connection, asked: Asked, made: Table, less: bool) -> Table:
    """Return a table whose title and notes hold no figure."""
    lines = [_explained(asked.min_cell or 0)] if less else []
    return replace(
        made,
        title=(made.title or "").partition(": ")[0],
        foot=foot.notes(db, asked, *lines),
        least=asked.min_cell,
        blocks=None,
    )


def _explained(least: int) -> str:
    return _(
        "Nothing is told of fewer than {n} people who are not named together; other figures are suppressed so that"
        " those cannot be computed."
    ).format(n=least)


def _figures(table: Table) -> dict[Key, int]:
    """Return the figures of a table, without their signs, by row and column."""
    rows = [*table.rows, *([table.totals] if table.totals is not None else [])]
    return {
        (_row_key(table, row), column.key): abs(cell)
        for row in rows
        for column, cell in zip(table.columns, row, strict=True)
        if column.kind == "count" and isinstance(cell, int)
    }


def _row_key(table: Table, row: Row) -> tuple[str, ...]:
    cells = zip(table.columns, row, strict=True)
    return tuple(str(cell or "") for column, cell in cells if column.kind != "count" and column.key != "names")


def _hide(table: Table, row: Row, hidden: set[Key]) -> Row:
    key = _row_key(table, row)
    return tuple(
        SUPPRESSED if (key, column.key) in hidden else cell for column, cell in zip(table.columns, row, strict=True)
    )


def _place_of(table: Table, key: str) -> int | None:
    return table.keys().index(key) if key in table.keys() else None  # noqa: SIM118  (a Table is no dict)


def _is_unnamed(table: Table, row: Row) -> bool:
    """Tell whether a row is of somebody not named; without a name to tell by, any may be."""
    place = _place_of(table, "name")
    return place is None or (isinstance(cell := row[place], str) and unnamed(cell))


class _Watched:
    """The rows of a list as they pass, to say afterwards how many of them are like no other."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._seen: dict[tuple[Cell, ...], int] = {}

    def rows(self) -> Iterator[Row]:
        keys = ("ref", "name")
        places: Sequence[int] = [place for place, one in enumerate(self._table.columns) if one.key not in keys]
        for row in self._table.rows:
            if _is_unnamed(self._table, row):
                features = tuple(row[place] for place in places)
                self._seen[features] = self._seen.get(features, 0) + 1
            yield row

    def said(self) -> str:
        single = sum(n == 1 for n in self._seen.values())
        said = ngettext(
            "{n} person who is not named is like no other here: --min-cell 3 leaves out what sets them apart.",
            "{n} people who are not named are each like no other here: --min-cell 3 leaves out what sets them apart.",
            single,
        )
        return said.format(n=single) if single else ""


def _of_single(single: int) -> Callable[[], str]:
    said = ngettext(
        "{n} figure is of a single person who is not named: --min-cell 3 suppresses such figures.",
        "{n} figures are of a single person who is not named: --min-cell 3 suppresses such figures.",
        single,
    )
    return lambda: said.format(n=single) if single else ""
