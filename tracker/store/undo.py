"""Undo: a new changeset that puts back what another one changed, or a sentence why not."""

import sqlite3
import sys
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from tracker.errors import NotFound, Refused
from tracker.i18n import _
from tracker.store import references
from tracker.store.history import read_image, undone
from tracker.store.schema import TABLES
from tracker.store.structure import columns, image

FIRST = 1  # the changeset that set the record up
NEVER = ("migrate", "forget")  # the tables of an older version, or what was destroyed, cannot come back


class UndoResult(NamedTuple):
    """What an undo did: `seq` is its own changeset, `undid` the one it took back, with that one's kind and reason."""

    seq: int | None
    undid: int
    kind: str
    reason: str | None
    touched: list[tuple[str, str]]


class Target(NamedTuple):
    """The changeset to take back."""

    seq: int
    kind: str
    reason: str | None


class Kept(NamedTuple):
    """What a changeset did to one row: its state before the first change, and after the last."""

    table: str
    row: str
    before: dict[str, Any] | None
    left: dict[str, Any] | None


def target(db: sqlite3.Connection, wanted: str | int | None, adopted: int | None) -> Target:
    """Return the changeset that `wanted` names (its number or id), or the newest that is neither undone nor an undo.

    `adopted` is the outside changeset that this very write took in, if any: nobody has seen it yet, so a bare undo
    does not guess. Raises `NotFound`, or `Refused` where the changeset cannot be taken back.
    """
    undos = undone(db)
    if wanted is None:
        return _newest(db, undos, adopted)
    text = str(wanted).strip().lower().removeprefix("#")
    column = "seq" if text.isdecimal() else "id"
    row = db.execute(f"SELECT seq, kind, reason FROM changesets WHERE {column} = ?", (text,)).fetchone()
    if row is None:
        raise NotFound(_("There is no change {number}.").format(number=text), hint=_("See `tracker history`."))
    found = Target(*row)
    if found.seq in undos:
        raise Refused(
            _("Change {number} is already undone, by change {by}.").format(number=found.seq, by=undos[found.seq]),
            hint=_("To have it back, undo change {by}.").format(by=undos[found.seq]),
        )
    if found.seq == FIRST or found.kind in NEVER:
        raise _never(found)
    return found


def _never(found: Target) -> Refused:
    """Return the refusal to undo what can never be undone, and why."""
    if found.seq == FIRST:
        return Refused(
            _("Change {number} cannot be undone: it made this record, and without it there is none.").format(
                number=found.seq
            ),
            hint=_("To start anew, make another record: tracker init --db FILE"),
        )
    why = {
        "migrate": _("Change {number} cannot be undone: it brought the file to a newer version of its tables."),
        "forget": _("Change {number} cannot be undone: it destroyed what was to be forgotten."),
    }
    return Refused(why[found.kind].format(number=found.seq))


def planned(db: sqlite3.Connection, wanted: str | int | None) -> tuple[Target, int]:
    """Return the changeset that an undo would take back, and how many rows it changed. Raises as `target` does."""
    found = target(db, wanted, None)
    rows = 'SELECT count(*) FROM (SELECT DISTINCT "table", row FROM changes WHERE seq = ?)'
    return found, db.execute(rows, (found.seq,)).fetchone()[0]


def _newest(db: sqlite3.Connection, undos: dict[int, int], adopted: int | None) -> Target:
    sql = "SELECT seq, kind, reason FROM changesets WHERE kind NOT IN ('undo', 'migrate', 'forget') ORDER BY seq DESC"
    for row in db.execute(sql):
        if row["seq"] == adopted:
            raise Refused(
                _("Another program changed the record since the last change here."),
                hint=_("Nothing was changed. The next change here takes it in; 'tracker history' then has its number."),
            )
        if row["seq"] not in undos and row["seq"] != FIRST:
            return Target(*row)
    raise Refused(_("There is nothing to undo."))


def put_back(db: sqlite3.Connection, seq: int) -> None:
    """Give every row that changeset `seq` changed its state from before; `Refused` names what depends on it."""
    kept = list(kept_of(db, seq))
    _refuse_later(db, seq, [each for each in kept if state_now(db, each) != each.left])
    restore(db, kept)


def restore(db: sqlite3.Connection, rows: Sequence[Kept]) -> None:
    """Give rows that now are as `left` says the state `before`."""
    # Unique values may move between rows: first clear the way, then change, then add.
    for each in rows:
        if each.before is None and each.left is not None:
            db.execute(f"DELETE FROM {each.table} WHERE id = ?", (each.row,))
    for each in rows:
        if each.before is not None and each.left is not None:
            own = [name for name in columns(each.table) if name != "id"]
            marks = ", ".join(f"{name} = ?" for name in own)
            values = [each.before.get(name) for name in own]
            db.execute(f"UPDATE {each.table} SET {marks} WHERE id = ?", (*values, each.row))
    for each in rows:
        if each.before is not None and each.left is None:
            own = list(columns(each.table))
            values = [each.before.get(name) for name in own]
            db.execute(f"INSERT INTO {each.table} ({', '.join(own)}) VALUES ({', '.join('?' * len(own))})", values)


def kept_of(db: sqlite3.Connection, seq: int) -> Iterator[Kept]:
    """Give what changeset `seq` did to each row. Raises `Refused` where part of that was forgotten."""
    ends = """
        SELECT "table", row, min(n), max(n), max(gone) FROM changes WHERE seq = ? GROUP BY "table", row ORDER BY min(n)
    """
    for table, row, first, last, gone in db.execute(ends, (seq,)).fetchall():
        if gone or table not in TABLES:
            raise Refused(_("Change {number} cannot be undone: part of it was forgotten.").format(number=seq))
        before = db.execute("SELECT before FROM changes WHERE n = ?", (first,)).fetchone()[0]
        following = 'SELECT before FROM changes WHERE "table" = ? AND row = ? AND n > ? ORDER BY n LIMIT 1'
        after = db.execute(following, (table, row, last)).fetchone()
        left = after[0] if after else _image_now(db, table, row)
        yield Kept(table, row, read_image(before), read_image(left))


def state_now(db: sqlite3.Connection, kept: Kept) -> dict[str, Any] | None:
    """Return the row as it is now, None if it is not there."""
    return read_image(_image_now(db, kept.table, kept.row))


def _image_now(db: sqlite3.Connection, table: str, row: str) -> str | None:
    found = db.execute(f"SELECT {image(table, 't')} FROM {table} t WHERE id = ?", (row,)).fetchone()
    return found[0] if found else None


def _refuse_later(db: sqlite3.Connection, seq: int, changed: Sequence[Kept]) -> None:
    """Raise `Refused` if rows were changed again after changeset `seq`, naming the changes and the records."""
    if changed:
        rows = [(each.table, each.row) for each in changed]
        raise _dependent(db, seq, rows, _later(db, seq, rows))


def later_changes(db: sqlite3.Connection, seq: int, changed: Sequence[Kept]) -> str:
    """Return the changes after changeset `seq` to these rows, as a sentence lists them: `45 (detainee edit P-…)`."""
    later = _later(db, seq, [(each.table, each.row) for each in changed])
    return _listed([f"{number} ({reason})".replace(" ()", "") for number, _kind, reason in later])


def refuse_orphans(db: sqlite3.Connection, seq: int, own: int) -> None:
    """Raise `Refused` if putting back `seq`, in changeset `own`, leaves records that point at nothing."""
    left = references.orphans(db, own)
    if left:
        raise _dependent(db, seq, left, _later(db, seq, [*left, *references.missing(db, left)], own))


def _later(
    db: sqlite3.Connection, seq: int, rows: list[tuple[str, str]], own: int | None = None
) -> list[tuple[int, str, str]]:
    """Return the changesets (number, kind, reason) that changed these rows after `seq` and before `own`, newest first.

    One that is undone since, and its undoing, stand in nobody's way.
    """
    taken_back = undone(db)
    gone = {*taken_back, *taken_back.values()}
    found: dict[int, tuple[int, str, str]] = {}
    for table, row in rows:
        sql = """
            SELECT DISTINCT s.seq, s.kind, s.reason FROM changes c JOIN changesets s ON s.seq = c.seq
            WHERE c."table" = ? AND c.row = ? AND c.seq > ? AND c.seq < ?
        """
        for number, kind, reason in db.execute(sql, (table, row, seq, own or sys.maxsize)):
            found[number] = (number, kind, reason or "")
    standing = {number: one for number, one in found.items() if number not in gone}
    return [one for _number, one in sorted((standing or found).items(), reverse=True)]


def _dependent(
    db: sqlite3.Connection, seq: int, rows: list[tuple[str, str]], later: list[tuple[int, str, str]]
) -> Refused:
    """Return the refusal to undo `seq`: which changes built on which of its records, and which to undo first."""
    told = [f"{number} ({reason})".replace(" ()", "") for number, _kind, reason in later]
    commands = [f"tracker undo {number}" for number, _kind, _reason in later]
    never = [number for number, kind, _reason in later if kind in NEVER]
    if never:
        hint = _("Nothing was changed. Change {number} cannot be undone itself: correct the record instead.").format(
            number=never[0]
        )
    elif (split := _splitting(db, seq)) is not None:
        hint = _("Nothing was changed. 'tracker {split}' takes the two apart and keeps later changes.").format(
            split=split
        )
    else:
        hint = _("Nothing was changed. Undo the later changes first: {commands}").format(commands=_listed(commands))
    return Refused(
        _("Change {number} cannot be undone: later changes depend on it: {later}, on {records}.").format(
            number=seq, later=_listed(told), records=_listed([references.label(db, *row) for row in rows])
        ),
        hint=hint,
    )


def _splitting(db: sqlite3.Connection, seq: int) -> str | None:
    """Return the command that takes apart what changeset `seq` merged, None where it is no merge."""
    kind, reason = db.execute("SELECT kind, reason FROM changesets WHERE seq = ?", (seq,)).fetchone()
    return reason.replace("merge", "split", 1) if kind == "merge" and reason else None


def _listed(words: list[str]) -> str:
    """Return words for a sentence, the first few of many."""
    if len(words) > references.NAMED:
        more = _("and {n} more").format(n=len(words) - references.NAMED)
        words = [*words[: references.NAMED], more]
    return ", ".join(words)
