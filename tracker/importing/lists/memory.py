"""What a record remembers of the lists it took in: each list, what each row became, and which rows are still open."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from tracker.casework.values import zone
from tracker.domain.clock import today_in
from tracker.importing.lists.bundles import Bundle
from tracker.store import Change, Connection, Row

TAKEN: Final = "taken"
OPEN: Final = "open"
SKIPPED: Final = "skipped"


@dataclass(frozen=True, slots=True)
class Known:
    """A row of this list or of an earlier version: what it said, who it became, and where it stood."""

    person: str
    digest: str
    list: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class TakenBefore:
    """A list taken in before: its ref, when, and whether rows of it are open."""

    ref: str
    entered: str
    open: int


def seen(db: Connection, name: str, sha256: str, source: str | None) -> TakenBefore | None:
    """Return the newest list of this name and source with exactly this content, None where there is none."""
    row = db.execute(
        "SELECT l.ref, l.entered, (SELECT count(*) FROM list_rows r WHERE r.list = l.id AND r.state = 'open') AS open"
        " FROM lists l WHERE l.name = ? AND l.sha256 = ? AND l.source IS ? ORDER BY l.id DESC LIMIT 1",
        (name, sha256, source),
    ).fetchone()
    return None if row is None else TakenBefore(row["ref"], row["entered"], row["open"])


def version(db: Connection, name: str, as_of: str | None) -> str | None:
    """Return the id of the newest list of this name and day."""
    row = db.execute(
        "SELECT id FROM lists WHERE name = ? AND as_of IS ? ORDER BY id DESC LIMIT 1", (name, as_of)
    ).fetchone()
    return None if row is None else str(row["id"])


def questions_open(db: Connection, name: str) -> int:
    """Return how many people of a list wait for an answer."""
    found: int = db.execute(
        "SELECT count(DISTINCT r.list || r.key) FROM list_rows r JOIN lists l ON l.id = r.list"
        " WHERE l.name = ? AND r.state = 'open'",
        (name,),
    ).fetchone()[0]
    return found


def of_file(db: Connection, name: str, sha256: str, source: str | None) -> dict[str, tuple[int, int]]:
    """Return by id the lists that one file was taken in as, each with its rows, and with those of them that wait."""
    rows = db.execute(
        "SELECT l.id, count(r.id) AS rows, count(CASE r.state WHEN 'open' THEN 1 END) AS open FROM lists l"
        " LEFT JOIN list_rows r ON r.list = l.id WHERE l.name = ? AND l.sha256 = ? AND l.source IS ? GROUP BY l.id",
        (name, sha256, source),
    )
    return {row["id"]: (row["rows"], row["open"]) for row in rows}


def earlier_rows(db: Connection, name: str, keys: Iterable[str]) -> tuple[dict[str, Known], set[str]]:
    """Return what rows of these keys became on earlier versions of the list, and the other keys that were left out.

    The newest version's word counts; left out is what somebody skipped for good.
    """
    rows = db.execute(
        "SELECT r.key, r.digest, r.detainee, r.state, r.list, r.row FROM list_rows r JOIN lists l ON l.id = r.list"
        " WHERE r.key IN (SELECT value FROM json_each(?)) AND l.name = ?"
        " AND (r.detainee IS NOT NULL OR r.state = 'skipped') ORDER BY r.id",
        (json.dumps(list(keys)), name),
    ).fetchall()
    people = [row for row in rows if row["detainee"] is not None]
    known = {row["key"]: Known(row["detainee"], row["digest"], row["list"], row["row"]) for row in people}
    return known, {row["key"] for row in rows if row["state"] == SKIPPED} - known.keys()


def open_questions(db: Connection, name: str, keys: Iterable[str]) -> dict[str, str]:
    """Return what was asked about those of these keys that still wait on some version of the list."""
    rows = db.execute(
        "SELECT r.key, r.asked FROM list_rows r JOIN lists l ON l.id = r.list"
        " WHERE r.key IN (SELECT value FROM json_each(?)) AND l.name = ? AND r.state = 'open' ORDER BY r.id",
        (json.dumps(list(keys)), name),
    )
    return {row["key"]: row["asked"] for row in rows}


def settle(change: Change, name: str, keys: Iterable[str], but: str) -> None:
    """Close the rows of these keys that still wait on other versions of the list: the version `but` speaks for them."""
    rows = change.db.execute(
        "SELECT r.id FROM list_rows r JOIN lists l ON l.id = r.list"
        " WHERE r.key IN (SELECT value FROM json_each(?)) AND l.name = ? AND r.state = 'open' AND r.list <> ?",
        (json.dumps(list(keys)), name, but),
    ).fetchall()
    _close(change, rows)


def of_rows(change: Change, lists: Iterable[str], rows: Iterable[int]) -> tuple[dict[int, str], set[int]]:
    """Return who these rows became when their very file was taken in as `lists` (ids), and which were left out.

    Those that waited are closed: they are read anew.
    """
    found = change.db.execute(
        "SELECT id, row, detainee, state FROM list_rows WHERE list IN (SELECT value FROM json_each(?))"
        " AND row IN (SELECT value FROM json_each(?)) ORDER BY id",
        (json.dumps(list(lists)), json.dumps(list(rows))),
    ).fetchall()
    people = {row["row"]: row["detainee"] for row in found if row["detainee"] is not None}
    left_out = {row["row"] for row in found if row["state"] == SKIPPED} - people.keys()
    _close(change, [row for row in found if row["state"] == OPEN])
    return people, left_out - {row["row"] for row in found if row["state"] == OPEN}


def _close(change: Change, rows: Iterable[Row]) -> None:
    for row in rows:
        change.update("list_rows", row["id"], {"state": SKIPPED, "cells": None, "asked": None})


def add_list(change: Change, **values: Any) -> str:
    """Remember a list; returns its id."""
    today = today_in(zone(change.db)).isoformat()
    return change.insert("lists", {"entered": today, **values})


def rows_of(listed: str, bundle: Bundle, *, state: str, person: str | None, asked: str | None) -> list[dict[str, Any]]:
    """Return the rows to remember of a bundle; cells are kept only of what waits."""
    return [
        {
            "list": listed,
            "row": line.number,
            "printed": bundle.printed or None,
            "key": bundle.key,
            "digest": bundle.digest,
            "detainee": person,
            "state": state,
            "cells": json.dumps(line.cells, ensure_ascii=False) if state == OPEN else None,
            "asked": asked if state == OPEN else None,
        }
        for line in bundle.lines
    ]


def mapping_of(db: Connection, scope: str) -> list[tuple[str, str, str | None]]:
    """Return the saved mapping of a list's name: (folded header, field, value of a constant)."""
    rows = db.execute("SELECT header, field, value FROM mappings WHERE scope = ? ORDER BY id", (scope,))
    return [(row["header"], row["field"], row["value"]) for row in rows]


def save_mapping(change: Change, scope: str, entries: Iterable[tuple[str, str, str | None]]) -> None:
    """Save the mapping of a list's name, in place of what was saved."""
    wanted = list(dict.fromkeys(entries))
    if mapping_of(change.db, scope) == wanted:
        return
    for row in change.db.execute("SELECT id FROM mappings WHERE scope = ?", (scope,)).fetchall():
        change.delete("mappings", row["id"])
    for header, field, value in wanted:
        change.insert("mappings", {"scope": scope, "header": header, "field": field, "value": value})
