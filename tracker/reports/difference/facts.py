"""Which facts differ between two states, row by row: both are read in the order of their ids, side by side.

A record that a merge only moved to another person is no difference. A record that is new, or gone, differs in every
fact that says something: what every new record says (`history_words.DEFAULTS`) is silence.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from tracker.i18n import _
from tracker.reports.difference.states import Side, Sides
from tracker.reports.history_words import DEFAULTS
from tracker.table import Labelled

UNKNOWN: Final = "unknown"

SEVERAL: Final = {
    "names": ("other_names", "x.name"),
    "nationalities": ("nationalities", "x.country"),
    "tags": ("tags", "x.tag"),
    "identifiers": ("identifier", "x.scheme || '=' || x.value"),
}
"""Tables whose rows are together one fact of a person: its name, and the SQL of each value."""

_PRIVATE: Final = frozenset({"publish", "publish_from", "note", "identifier"})
"""Columns that no public comparison looks at."""

DATED: Final = frozenset({"began", "released"})
"""Dates that are facts even where they are unknown: without one the record itself would go unmentioned."""


SPELL: Final = "x.detention"


class Kind(NamedTuple):
    """A table whose rows are compared by columns: SQL for the owner or the detention, and the columns in order."""

    owner: str
    columns: tuple[str, ...]


KINDS: Final = {
    "detainees": Kind(
        "x.id",
        (
            *("name", "description", "sex", "born", "age", "age_on", "service", "occupation", "died", "died_place"),
            *("died_cause", "publish", "note"),
        ),
    ),
    "detentions": Kind(
        "x.detainee",
        (
            *("began", "cause", "place", "authority", "charges", "stage", "sentence", "sentence_ends", "grounds"),
            *("grounds_by", "publish", "note"),
        ),
    ),
    "stays": Kind(
        SPELL,
        ("facility", "since", "publish", "note"),
    ),
    "releases": Kind(
        SPELL,
        ("released", "kind", "basis", "status", "conditions", "freed_at", "publish", "publish_from", "note"),
    ),
}

NOWHERE: Final = "whereabouts_unknown"
"""What stands for the place of a stay of which no place is known."""

CLAIM: Final = ("claimant", "measure", "min", "max", "qualifier", "out_of", "as_of", "since", "scope", "note")
PLACE: Final = ("name", "kind", "state", "country")


class Change(NamedTuple):
    """One fact that differs: of `person` (None: of no person), in the row `record` of `table`, in its `column`.

    `rows` are the rows behind it: the record alone, or those that were added and taken away of a fact with several
    values. `before` and `after` are the values as stored. `whole`: the record is on one side only.
    """

    person: str | None
    table: str
    record: str
    ref: str | None
    column: str
    before: Any
    after: Any
    rows: tuple[str, ...]
    whole: bool = False


class _Row(NamedTuple):
    id: str
    owner: str
    ref: str | None
    values: tuple[Any, ...]


def of_people(
    sides: Sides,
    touched: Mapping[str, Mapping[str, int]],
    ids: Iterable[str],
    merged: Mapping[str, str],
    split: Iterable[str],
) -> Iterator[Change]:
    """Yield what differs in the facts of the people `ids`, who are listed in both states.

    Only rows of `touched` are looked at, unless the states differ in what counts as published. `merged` says into which
    of them others went, whose records are theirs now; the records of those taken apart (`split`) differ only where they
    were in both states.
    """
    listed = set(ids)
    kept = listed | set(split)
    for table in KINDS:
        wanted = None if sides.republished else json.dumps(sorted(touched.get(table, ())))
        for one, two in _pairs(_rows(sides.a, table, wanted), _rows(sides.b, table, wanted)):
            for change in _compared(table, one, two, merged):
                if change.person in (listed if table == "detainees" or change.whole else kept):
                    yield change
    for table in SEVERAL:
        if not (sides.public and SEVERAL[table][0] in _PRIVATE):
            yield from _sets(sides, table, json.dumps(sorted(listed)))


def _rows(side: Side, table: str, ids: str | None) -> Iterator[_Row]:
    """Read some rows (None: all) as a state shows them, in the order of their ids."""
    kind, public = KINDS[table], side.asked.public
    columns = ", ".join("NULL" if public and name in _PRIVATE else f"x.{name}" for name in kind.columns)
    columns = columns.replace("x.facility", f"coalesce(x.facility, '{NOWHERE}')")
    more = ""
    if public and table == "releases":
        columns = columns.replace("x.conditions, x.freed_at", "w.conditions, w.freed_at")
        more = "LEFT JOIN terms w ON w.id = x.id"
    where = "1" if ids is None else "x.id IN (SELECT id FROM wanted)"
    owners: dict[str, str] = {}
    params = {**side.params, "ids": ids or "[]"}
    if kind.owner == SPELL:  # looked up here: joined in SQL, a view of the past would be read anew for every row
        sql = f"SELECT id, detainee FROM detentions WHERE id IN (SELECT x.detention FROM {table} x WHERE {where})"
        owners = {row[0]: row[1] for row in side.db.execute(f"{side.shadows} {sql}", params)}
    cursor = side.db.cursor()
    cursor.row_factory = None
    sql = (
        f"{side.shadows} SELECT x.id, {kind.owner}, x.ref, {columns} FROM {table} x {more} WHERE {where} ORDER BY x.id"
    )
    for row in cursor.execute(sql, params):
        yield _Row(row[0], owners.get(row[1], row[1]), row[2], row[3:])


def _pairs(ones: Iterator[_Row], twos: Iterator[_Row]) -> Iterator[tuple[_Row | None, _Row | None]]:
    """Yield the rows that differ: as they were (None: not there), and as they are."""
    one, two = next(ones, None), next(twos, None)
    while one is not None or two is not None:
        if two is None or (one is not None and one.id < two.id):
            yield one, None
            one = next(ones, None)
        elif one is None or two.id < one.id:
            yield None, two
            two = next(twos, None)
        else:
            if one.values != two.values:
                yield one, two
            one, two = next(ones, None), next(twos, None)


def _compared(table: str, one: _Row | None, two: _Row | None, mapped: Mapping[str, str]) -> Iterator[Change]:
    row = two or one
    if row is None or (table == "detainees" and (one is None or two is None)):
        return
    person = mapped.get(row.owner, row.owner)
    whole = one is None or two is None
    for place, column in enumerate(KINDS[table].columns):
        was, became = (_value(each, place, column) for each in (one, two))
        if was != became:
            yield Change(person, table, row.id, row.ref, column, was, became, (row.id,), whole)


def _value(row: _Row | None, place: int, column: str) -> Any:
    """Return what a row says; nothing where it is not there, or says what every new one does."""
    if row is None:
        return None
    value = row.values[place]
    if value is None and column in DATED:
        return Labelled(UNKNOWN, _("unknown"))
    return None if column in DEFAULTS and value == DEFAULTS[column] else value


def _sets(sides: Sides, table: str, ids: str) -> Iterator[Change]:
    """Yield the facts with several values that are not the same set in both states."""
    one, two = (_several(side, table, ids) for side in (sides.a, sides.b))
    for person in sorted(one.keys() | two.keys()):
        was, became = one.get(person, {}), two.get(person, {})
        values = [tuple(sorted(set(each.values()))) for each in (was, became)]
        if sides.public and table == "names":  # a name taken away may be that of somebody who may not be named
            values[0] = tuple(name for name in values[0] if name in values[1])
        if values[0] != values[1]:
            rows = tuple(sorted(was.keys() ^ became.keys() | {row for row in was if became.get(row) != was[row]}))
            yield Change(person, table, person, None, SEVERAL[table][0], values[0], values[1], rows)


def _several(side: Side, table: str, ids: str) -> dict[str, dict[str, str]]:
    """Return, by person, the rows of a table and their values."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    sql = f"""{side.shadows} SELECT x.detainee, x.id, {SEVERAL[table][1]} FROM {table} x
        WHERE x.detainee IN (SELECT id FROM wanted)"""
    for person, row, value in side.db.execute(sql, {**side.params, "ids": ids}):
        found[person][row] = value
    return found


def of_claims(sides: Sides, rows: Mapping[str, int]) -> Iterator[tuple[Change, str]]:
    """Yield what differs in the claims, each with the name of the claimant; a claim that is new or gone, once."""
    shown = [_table(side, "claims", CLAIM, rows, every=sides.republished) for side in (sides.a, sides.b)]
    yield from _named(shown, "claims", CLAIM, "claimant")


def of_places(sides: Sides, rows: Mapping[str, int]) -> Iterator[tuple[Change, str]]:
    """Yield what differs in places that are on record in both states, each with the place's name."""
    shown = [_table(side, "facilities", PLACE, rows, every=False) for side in (sides.a, sides.b)]
    both = shown[0].keys() & shown[1].keys()
    kept = [{key: one[key] for key in sorted(both)} for one in shown]
    yield from _named(kept, "facilities", PLACE, "name")


def _named(
    shown: list[dict[str, tuple[Any, ...]]], table: str, columns: tuple[str, ...], name: str
) -> Iterator[tuple[Change, str]]:
    one, two = shown
    for key in sorted(one.keys() | two.keys()):
        was, became = one.get(key), two.get(key)
        ref, *values = became or was or ()
        called = values[columns.index(name)]
        if was is None or became is None:
            yield Change(None, table, key, ref, "", was and was[1:], became and became[1:], (key,)), called
            continue
        for place, column in enumerate(columns, 1):
            if was[place] != became[place]:
                yield Change(None, table, key, ref, column, was[place], became[place], (key,)), called


def _table(
    side: Side, table: str, columns: tuple[str, ...], rows: Mapping[str, int], *, every: bool
) -> dict[str, tuple[Any, ...]]:
    """Return some rows by id: their ref and columns, as a state shows them."""
    names = ", ".join("NULL" if side.asked.public and name in _PRIVATE else f"x.{name}" for name in columns)
    joins = ""
    if table == "claims":
        names, joins = names.replace("x.claimant", "k.name"), "JOIN claimants k ON k.id = x.claimant"
    where = "1" if every else "x.id IN (SELECT id FROM wanted)"
    sql = f"{side.shadows} SELECT x.id, x.ref, {names} FROM {table} x {joins} WHERE {where}"
    found = side.db.execute(sql, {**side.params, "ids": json.dumps(list(rows))})
    return {row[0]: tuple(row)[1:] for row in found}
