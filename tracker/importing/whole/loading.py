"""Every table of an exported folder, into an empty record: ids and refs and all, in the caller's transaction."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, Final

from tracker.casework.values import zone
from tracker.errors import BadValue, Refused
from tracker.i18n import _
from tracker.importing.whole.cells import read_rows
from tracker.importing.whole.manifest import Exported
from tracker.store import Change, Connection
from tracker.store.ids import read_ref
from tracker.store.schema import ADDED, REF_LETTERS, TABLES
from tracker.store.structure import columns, derived, integers, references

BATCH: Final = 10_000
_NUMBER: Final = re.compile(r"-?[0-9]{1,18}", re.ASCII)
_JSON: Final[dict[str, dict[str, type]]] = {
    "claims": {"scope": dict},
    "lists": {"form": dict},
    "list_rows": {"cells": dict, "asked": list},
}
"""Columns that hold JSON, and what it must be."""

_OWN: Final = ("settings",)
"""Tables that stay the record's own."""

Rows = Iterable[tuple[int, dict[str, Any]]]
Watched = Callable[[str, Rows], Rows]
"""Given a file's name and its rows, returns the rows."""


def load(change: Change, exported: Exported, watched: Watched = lambda _name, rows: rows) -> int:
    """Load every table but the settings, and return how many rows that were.

    Raises Refused for a record that is not empty or tells time by another clock, BadValue and Refused with the place of
    what cannot be taken.
    """
    _refuse_taken(change.db)
    if zone(change.db) != exported.zone:
        raise Refused(
            _("The exported record tells time by {theirs}, not by {zone}.").format(
                theirs=exported.zone, zone=zone(change.db)
            ),
            hint=_("Make a record for it with 'tracker init --zone {theirs}'.").format(theirs=exported.zone),
        )
    loaded = 0
    for table, wanted in exported.rows.items():
        rows = iter(watched(f"{table}.csv", _rows(exported, table)))
        count = 0
        while batch := list(islice(rows, BATCH)):
            count += len(batch)
            if table not in _OWN:
                _insert(change, table, batch)
        if count != wanted:
            raise Refused(
                _("{file} has {n} rows, the manifest says {wanted}.").format(
                    file=f"{table}.csv", n=count, wanted=wanted
                )
            )
        loaded += 0 if table in _OWN else count
    _refuse_dangling(change.db, exported)
    return loaded


def _refuse_taken(db: Connection) -> None:
    held = [
        f"{table} {count}"
        for table in TABLES
        if table not in _OWN and (count := db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
    ]
    if held:
        raise Refused(
            _("A whole record goes only into an empty one, and this one holds something: {tables}.").format(
                tables=", ".join(held)
            ),
            hint=_("Make an empty one with 'tracker init', in a file of its own: --db FILE."),
        )


def _rows(exported: Exported, table: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the rows of a table with their numbers, checked cell by cell. Raises BadValue."""
    name = f"{table}.csv"
    later = {column.split()[0] for version, of, column in ADDED if of == table and version > exported.schema}
    names = [column for column in columns(table) if column not in later]
    own = derived(table) - {"ref"}
    numbers = integers(table)
    found = read_rows(exported.folder / name)
    header = next(found, (1, []))[1]
    if header != names:
        odd = [str(cell) for cell in header if cell not in names] or [one for one in names if one not in header]
        raise _wrong(name, 1, None, _("The columns are not those of this table: {names}.").format(names=", ".join(odd)))
    for number, cells in found:
        if len(cells) != len(names):
            raise _wrong(name, number, None, _("The row has {n} cells.").format(n=len(cells)))
        row: dict[str, Any] = dict(zip(names, cells, strict=True))
        for column in numbers:
            row[column] = _number(name, number, column, row.get(column))
        _check(name, number, table, row)
        yield number, {column: cell for column, cell in row.items() if column not in own}


def _number(name: str, number: int, column: str, cell: str | None) -> int | None:
    if cell is None:
        return None
    if not _NUMBER.fullmatch(cell):
        raise _wrong(name, number, column, _("A whole number is wanted."))
    return int(cell)


def _check(name: str, number: int, table: str, row: dict[str, Any]) -> None:
    """Raise BadValue for an id, a ref or JSON that the record could not work with."""
    if not row["id"]:
        raise _wrong(name, number, "id", _("The cell is empty."))
    letter, ref = REF_LETTERS.get(table), row.get("ref")
    if ref is not None and (read_ref(ref) != ref or ref[0] != letter):
        raise _wrong(name, number, "ref", _("It is not a ref of this table."))
    for column, kind in _JSON.get(table, {}).items():
        if row.get(column) is not None and not _is_json(row[column], kind):
            raise _wrong(name, number, column, _("It is not the JSON that stands here."))


def _is_json(text: str, kind: type) -> bool:
    try:
        return isinstance(json.loads(text), kind)
    except (ValueError, RecursionError):
        return False


def _insert(change: Change, table: str, batch: list[tuple[int, dict[str, Any]]]) -> None:
    """Insert the rows; where the record does not take them, find the first that it does not, and name it."""
    try:
        change.restore_many(table, [row for _number, row in batch])
    except (BadValue, Refused) as problem:
        if len(batch) > 1:
            half = len(batch) // 2
            _insert(change, table, batch[:half])
            _insert(change, table, batch[half:])
            return
        raise _wrong(f"{table}.csv", batch[0][0], None, problem.message) from problem


def _refuse_dangling(db: Connection, exported: Exported) -> None:
    """Raise Refused where a row points at nothing."""
    for table in exported.rows:
        for column, target in references(table).items():
            found = db.execute(
                f'SELECT t.id, t."{column}" FROM {table} t WHERE t."{column}" IS NOT NULL'
                f' AND NOT EXISTS (SELECT 1 FROM {target} p WHERE p.id = t."{column}") LIMIT 1'
            ).fetchone()
            if found is not None:
                raise Refused(
                    _("{file}, {id}: {column} points at {target}, which is not in {other}.").format(
                        file=f"{table}.csv", id=found[0], column=column, target=found[1], other=f"{target}.csv"
                    ),
                    hint=_("Nothing was written."),
                )


def _wrong(name: str, number: int, column: str | None, why: str) -> BadValue:
    place = [name, _("row {row}").format(row=number), *([column] if column else [])]
    return BadValue(f"{', '.join(place)}: {why}", hint=_("Nothing was written."))
