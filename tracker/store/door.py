"""The one write door, and the way in for questions.

    store = Store.open(path)
    with store.reading() as db:             one unchanging state of the record
        db.execute("SELECT …")
    with store.writing("release add P-7k3m9q") as change:    one transaction, one changeset
        change.insert("releases", {...})

Nothing else opens the file. What `writing` holds happens whole or not at all, is logged row by row and sealed into
the chain of changesets.
"""

import secrets
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final, Self

from tracker.errors import NotFound
from tracker.i18n import _
from tracker.store import bulk, changelog, connection, derived, ids, references, trouble, undo
from tracker.store.changelog import Head, Opened
from tracker.store.schema import REF_LETTERS, SCHEMA_VERSION
from tracker.store.structure import derived as derived_columns
from tracker.store.undo import UndoResult

Connection = sqlite3.Connection
Row = sqlite3.Row

KEPT: Final = 10_000  # `Change.touched` is kept in memory up to this many changes


class Change:
    """A changeset being written: `db` is inside the write transaction, `seq` its number to be.

    After the block `seq` is None if nothing changed or nothing was kept. `adopted` is the changeset in which this write
    first took in what another program had changed, if it had.

    Values are canonical (dates as `domain.dates` writes them, names clean); ids, refs, date bounds and name keys are
    filled here. Raises `BadValue` for a date that is not canonical, `Refused` for what the tables do not take,
    `NotFound` for a record that is not there, ValueError for a derived column among the values.
    """

    def __init__(self, db: Connection, path: Path, opened: Opened, adopted: int | None) -> None:
        self.db = db
        self.adopted = adopted
        self.seq: int | None = opened.seq
        self._path = path
        self._opened = opened
        self._open = True
        self._touched: list[tuple[str, str]] | None = None

    @property
    def reason(self) -> str:
        """What history will say: the command, people as refs, never names. May be set until the block ends."""
        return self._opened.reason or ""

    @reason.setter
    def reason(self, text: str) -> None:
        self._opened.reason = text

    @property
    def touched(self) -> list[tuple[str, str]]:
        """The records changed: pairs of table and id, in the order of their first change."""
        if self._touched is not None:
            return self._touched
        if self._open:
            return changelog.touched(self.db, self._opened.seq)
        with closing(connection.open_read(self._path)) as db:  # after a bulk load: read back, not kept in memory
            return changelog.touched(db, self._opened.seq)

    def get(self, table: str, identifier: str) -> Row:
        """Return a row by its id."""
        row: Row | None = self.db.execute(f"SELECT * FROM {table} WHERE id = ?", (identifier,)).fetchone()
        if row is None:
            raise NotFound(_("There is no record {id} any more.").format(id=identifier))
        return row

    def ref(self, table: str, identifier: str) -> str:
        """Return the ref of a row (`P-7k3m9q`)."""
        found: str = self.get(table, identifier)["ref"]
        return found

    def insert(self, table: str, values: Mapping[str, Any]) -> str:
        """Add a row and return its id (a new one, or the one `values` gives)."""
        row = self._complete(table, values)
        identifier: str = row.setdefault("id", ids.new())
        with trouble.translated(self._path):
            if table in REF_LETTERS:
                row["ref"] = derived.free_ref(self.db, table, identifier)
            names, marks = ", ".join(row), ", ".join("?" * len(row))
            self.db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(row.values()))
        return identifier

    def insert_many(self, table: str, rows: Iterable[Mapping[str, Any]]) -> list[str]:
        """Add many rows, fast, and return their ids in order. Give a long stream in parts: the ids are kept."""
        own = derived_columns(table)
        checked = (row if own.isdisjoint(row) else self._complete(table, row) for row in rows)
        with trouble.translated(self._path):
            return bulk.insert_many(self.db, table, checked, self._opened.seq)

    def update(self, table: str, identifier: str, values: Mapping[str, Any]) -> bool:
        """Set columns of a row; False (and nothing logged) if it says so already."""
        now = self.get(table, identifier)
        new = {name: value for name, value in self._complete(table, values).items() if now[name] != value}
        if not new:
            return False
        with trouble.translated(self._path):
            names = ", ".join(f"{name} = ?" for name in new)
            self.db.execute(f"UPDATE {table} SET {names} WHERE id = ?", (*new.values(), identifier))
        return True

    def delete(self, table: str, identifier: str) -> None:
        """Remove a row. What refers to it must be gone by the end of the block."""
        self.get(table, identifier)
        with trouble.translated(self._path):
            self.db.execute(f"DELETE FROM {table} WHERE id = ?", (identifier,))

    def takes_back(self, seq: int) -> None:
        """Say that this changeset undoes changeset `seq`."""
        self._opened.undoes = seq
        self._opened.reason = f"undo {seq}"

    def finish(self, *, keep: bool) -> None:
        """Seal and commit (the store calls this at the end of the block); without `keep` the caller rolls back."""
        references.check(self.db, self._opened.seq)
        if not keep or changelog.size(self.db, self._opened.seq) <= KEPT:
            self._touched = self.touched
        self._open = False
        changed = changelog.end(self.db, self._opened)
        if keep:
            connection.commit(self.db, self._path)
        if not (changed and keep):
            self.seq = None

    def _complete(self, table: str, values: Mapping[str, Any]) -> dict[str, Any]:
        own = derived_columns(table).intersection(values)
        if own:
            raise ValueError(f"the store fills these columns of {table}: {', '.join(sorted(own))}")
        return {**values, **derived.fill(table, values)}


class Store:
    """A tracker database. `open` or `create` one; it holds no connection between uses."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._settings: dict[str, str] | None = None

    @classmethod
    def create(
        cls,
        path: Path,
        settings: Mapping[str, str],
        *,
        actor: str | None = None,
        load: Callable[[Self], None] | None = None,
    ) -> Self:
        """Create a database, readable by its owner alone, holding `settings`; an id for this device is added.

        `load` fills it before anybody can see it: what it raises leaves no database behind. Raises
        `Refused` if something is there, `DiskTrouble` where the folder cannot be written.
        """
        from tracker.store.creating import create

        def fill(unfinished: Path) -> None:
            store = cls(unfinished)
            with store.writing("init", actor=actor) as change:
                for name, value in {"device": secrets.token_hex(4), **settings}.items():
                    change.insert("settings", {"id": name, "value": value})
            if load is not None:
                load(store)

        create(path, fill)
        return cls(path)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a database; one of an older version is upgraded first, after a backup beside it.

        Raises `NoDatabase`, `NotOurs`, `DiskTrouble`, `Busy`.
        """
        if connection.look(path) < SCHEMA_VERSION:
            from tracker.store.migrations import upgrade

            upgrade(path)
        return cls(path)

    @property
    def settings(self) -> dict[str, str]:
        """The record's settings: country, zone, we, start, rule, device."""
        if self._settings is None:
            with self.reading() as db:
                self._settings = dict(db.execute("SELECT id, value FROM settings").fetchall())
        return self._settings

    @property
    def zone(self) -> str:
        """The time zone that decides what a day is, UTC if none is set."""
        return self.settings.get("zone") or "UTC"

    @property
    def country(self) -> str:
        """The country that decides who is foreign ('' if none is set)."""
        return self.settings.get("country") or ""

    def head(self, db: Connection) -> Head:
        """Return the newest changeset as `db` sees it."""
        return changelog.head(db)

    @contextmanager
    def reading(self, known_by: str | int | None = None, published_by: str | None = None) -> Iterator[Connection]:
        """Give a connection that sees one state of the record and cannot change it.

        `known_by` (a local day or moment, or a changeset) shows the record as it was then; `published_by` (a local
        day or moment) only what some source published by then says (`published.left_out` counts the rest).
        Raises `BadValue` or `NotFound` for a `known_by` or `published_by` that cannot be read.
        """
        with trouble.translated(self.path), closing(connection.open_read(self.path)) as db:
            if known_by is not None or published_by is not None:
                self._turn_back(db, known_by, published_by)
            db.execute("PRAGMA query_only=ON")
            yield db

    def _turn_back(self, db: Connection, known_by: str | int | None, published_by: str | None) -> None:
        from tracker.store import past, published

        base = dict(past.NOW)
        if known_by is not None:
            base = past.look_back(db, past.resolve(db, known_by, self.zone))
        if published_by is not None:
            base = published.by(db, past.minute(published_by), base)
        past.show(db, base)

    @contextmanager
    def writing(
        self, reason: str, *, actor: str | None = None, kind: str = "command", dry_run: bool = False
    ) -> Iterator[Change]:
        """Give a `Change`; what it holds is kept whole when the block ends well, else not at all.

        `dry_run` keeps nothing. Raises `Busy` when another program does not let go of the file.
        """
        with trouble.translated(self.path):
            db = connection.open_write(self.path)
            try:
                change = self._begun(db, Opened(0, kind, reason, actor, None))
                yield change
                change.finish(keep=not dry_run)
            finally:
                db.close()  # rolls back what was not committed

    def _begun(self, db: Connection, opened: Opened) -> Change:
        found = db.execute("SELECT value FROM settings WHERE id = 'device'").fetchone()
        opened.device = found[0] if found else None
        adopted = changelog.adopt(db, opened.device)
        opened.seq = changelog.next_seq(db)
        changelog.begin(db, opened)
        self._settings = None
        return Change(db, self.path, opened, adopted)

    def undo(
        self, changeset: str | int | None = None, *, actor: str | None = None, dry_run: bool = False
    ) -> UndoResult:
        """Take back a changeset (its number or id; None = the newest that is neither undone nor an undo), by a new one.

        Undoing an undo is redo. Raises `NotFound`; `Refused`, naming what depends on it, with nothing changed.
        """
        with self.writing("undo", actor=actor, kind="undo", dry_run=dry_run) as change:
            found = undo.target(change.db, changeset, change.adopted)
            change.takes_back(found.seq)
            undo.put_back(change.db, found.seq)
        return UndoResult(change.seq, found.seq, found.kind, found.reason, change.touched)
