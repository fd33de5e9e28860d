"""Merges in the change log: which person was joined to which, by which change, and taking one apart again.

A merge is a changeset of its own kind whose reason names both people, kept first: `detainee merge P-7k3m9q P-2c4x8d`.
It is in force until it is undone or split; a split undoes it, but lets later changes be.
"""

import sqlite3
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from tracker.errors import Refused
from tracker.i18n import _
from tracker.store import undo
from tracker.store.history import read_image, undone
from tracker.store.references import NAMED, label
from tracker.store.structure import derived
from tracker.store.undo import Kept

REASON: Final = "detainee merge {kept} {gone}"
_WORDS: Final = len(REASON.split())

PLACE: Final = "step"
"""The column that says where a row stands in its detention: where others came in between, it is not a contradiction."""


class Merge(NamedTuple):
    """One merge: `kept` and `gone` are refs of people, `at` its UTC time as the log keeps it."""

    seq: int
    at: str
    actor: str | None
    kept: str
    gone: str


def in_force(db: sqlite3.Connection) -> list[Merge]:
    """Return the merges in force, newest first."""
    sql = "SELECT seq, at, actor, reason FROM changesets WHERE kind = 'merge' ORDER BY seq DESC"
    rows = db.execute(sql).fetchall()
    undos = undone(db) if rows else {}
    found = []
    for seq, at, actor, reason in rows:
        words = (reason or "").split()  # a forgotten reason names nobody
        if seq not in undos and len(words) == _WORDS:
            found.append(Merge(seq, at, actor, words[-2], words[-1]))
    return found


def merged_in(db: sqlite3.Connection, ref: str) -> list[Merge]:
    """Return the merges that made a person (a ref) what they are, newest first: also those into somebody merged in."""
    found: list[Merge] = []
    parts = {ref}
    for one in in_force(db):  # newest first: whoever was merged in is known before who had been merged into them
        if one.kept in parts:
            parts.add(one.gone)
            found.append(one)
    return found


def became(db: sqlite3.Connection) -> dict[str, str]:
    """Return, for the ref of everybody merged in, the ref of the person they are at last."""
    found: dict[str, str] = {}
    for one in in_force(db):  # newest first: whoever was merged in later is known before who had been merged into them
        found.setdefault(one.gone, found.get(one.kept, one.kept))
    return found


def merged_into(db: sqlite3.Connection, ref: str) -> str | None:
    """Return the ref of the person into whom the person of that ref was merged, at last; None if into nobody."""
    return became(db).get(ref)


def gone_id(db: sqlite3.Connection, merge: Merge) -> str | None:
    """Return the id of the person who was merged in; None where the log was made to forget them."""
    return next((row for row, _image in _gone(db, merge)), None)


def name_of(db: sqlite3.Connection, merge: Merge) -> str | None:
    """Return the name (or description) under which somebody was on record who was merged in."""
    return next((image.get("name") or image.get("description") for _row, image in _gone(db, merge)), None)


def _gone(db: sqlite3.Connection, merge: Merge) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give the people (id, image before) whom a merge took away: the one."""
    sql = 'SELECT row, before FROM changes WHERE seq = ? AND "table" = ? ORDER BY n'
    for row, before in db.execute(sql, (merge.seq, "detainees")):
        image = read_image(before)
        if image is not None and image.get("ref") == merge.gone:
            yield row, image


def take_apart(db: sqlite3.Connection, merge: Merge) -> None:
    """Give every row that a merge changed its state from before, keeping what was changed later beside it.

    Raises `Refused`, naming records and changes, where a later change and the merge both set one value.
    """
    rows, at_odds = [], []
    for each in undo.kept_of(db, merge.seq):
        now = undo.state_now(db, each)
        fields = _contradictions(each, now)
        if fields:
            at_odds.append((each, fields))
        else:
            rows.append(Kept(each.table, each.row, _apart(each, now), now))
    if at_odds:
        raise _refused(db, merge, at_odds)
    undo.restore(db, rows)


def _contradictions(each: Kept, now: dict[str, Any] | None) -> list[str]:
    """Return what was changed since so that it cannot be put back: columns, or `record` for the whole row."""
    if now == each.left or (now is None and each.before is None):
        return []
    if now is None or each.left is None or each.before is None:
        return ["record"]
    return [
        name
        for name in _differing(each.left, now)
        if each.before.get(name) not in (each.left.get(name), now.get(name))
        and name != PLACE
        and not (name == "note" and str(each.left.get(name)) in str(now.get(name)))
    ]


def _differing(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    return [name for name in dict.fromkeys((*one, *other)) if one.get(name) != other.get(name)]


def _apart(each: Kept, now: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return the row as it is to be: what the merge changed as before, all else as it is now."""
    if each.before is None or each.left is None or now is None or now == each.left:
        return each.before
    merged = _differing(each.before, each.left)
    wanted = now | {name: each.before.get(name) for name in merged}
    if "detention" not in merged and now.get(PLACE) != each.left.get(PLACE):
        wanted[PLACE] = now[PLACE]
    if "note" in merged and now.get("note") != each.left.get("note"):
        note = str(now.get("note")).replace(str(each.left.get("note")), each.before.get("note") or "", 1)
        wanted["note"] = note.strip("\n") or None
    return wanted


def _refused(db: sqlite3.Connection, merge: Merge, at_odds: list[tuple[Kept, list[str]]]) -> Refused:
    records = "; ".join(
        f"{label(db, each.table, each.row)}: {', '.join(name for name in fields if name not in derived(each.table))}"
        for each, fields in at_odds[:NAMED]
    )
    return Refused(
        _(
            "{gone} cannot be taken out of {kept}: later changes rest on the merge (change {seq}): {later}; {records}."
        ).format(
            gone=merge.gone,
            kept=merge.kept,
            seq=merge.seq,
            later=undo.later_changes(db, merge.seq, [each for each, _fields in at_odds]),
            records=records,
        ),
        hint=_("Nothing was changed. Undo those changes first, newest first, then split."),
    )
