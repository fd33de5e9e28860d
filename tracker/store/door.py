"""The one write door, and the way in for questions.

    store = Store.open(path)
    with store.reading() as db:             one unchanging state of the record
        db.execute("SELECT …")
    with store.writing("release add P-7k3m9q") as change:    one transaction, one changeset
        change.insert("releases", {...})

Nothing else opens the file. What `writing` holds happens whole or not at all, is logged row by row and sealed into
the chain of changesets.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Self

from tracker.store import connection, trouble
from tracker.store.head import Head, head
from tracker.store.schema import SCHEMA_VERSION

if TYPE_CHECKING:  # a question never loads what only writes
    from tracker.store.change import Change
    from tracker.store.lasting import Lasting
    from tracker.store.undo import UndoResult

Connection = sqlite3.Connection
Row = sqlite3.Row


def _settings(db: Connection) -> dict[str, str]:
    return dict(db.execute("SELECT id, value FROM settings").fetchall())


class Store:
    """A tracker database. `open` or `create` one; it holds no connection between uses."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._settings: dict[str, str] | None = None
        self._writing = False

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
                for name, value in {"device": os.urandom(4).hex(), **settings}.items():
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

    @classmethod
    def for_audit(cls, path: Path) -> Self:
        """Open a database as `open` does, but leave one alone of which only the header says that it is older."""
        if connection.look(path) < SCHEMA_VERSION:
            from tracker.store.inspection import is_current

            return cls(path) if is_current(path) else cls.open(path)
        return cls(path)

    @property
    def settings(self) -> dict[str, str]:
        """The record's settings: country, zone, we, start, rule, device."""
        if self._settings is None:
            with self.reading() as db:
                self._settings = _settings(db)
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
        return head(db)

    @contextmanager
    def reading(
        self,
        known_by: str | int | None = None,
        published_by: str | None = None,
        lasting: "Lasting | None" = None,
    ) -> Iterator[Connection]:
        """Give a connection that sees one state of the record and cannot change it.

        `known_by` (a local day or moment, or a changeset) shows the record as it was then; `published_by` (a local
        day or moment) only what some source published by then says (`published.left_out` counts the rest); `lasting`
        leaves out detentions that were over too soon (`lasting.too_short` counts them).
        Raises `BadValue` or `NotFound` for a `known_by` or `published_by` that cannot be read.
        """
        with trouble.translated(self.path), closing(connection.open_read(self.path)) as db:
            if known_by is not None or published_by is not None or lasting is not None:
                self._turn_back(db, known_by, published_by, lasting)
            db.execute("PRAGMA query_only=ON")
            yield db

    @contextmanager
    def auditing(self) -> Iterator[Connection]:
        """Give a connection for the audit: it sees one state of the record, however damaged, and cannot change it.

        Bytes that are no text read as text that says so. Raises `NotOurs` for a file too damaged to be opened.
        """
        try:
            db = connection.open_read(self.path, trusting=True)
        except (sqlite3.Error, UnicodeDecodeError) as problem:  # even SQLite's sentence may quote spoilt text
            raise trouble.unopenable(problem, self.path) from problem
        with closing(db):
            db.text_factory = lambda raw: raw.decode("utf-8", "backslashreplace")
            db.execute("PRAGMA query_only=ON")
            yield db

    @contextmanager
    def turned(
        self,
        db: Connection,
        known_by: str | int | None,
        published_by: str | None = None,
        lasting: "Lasting | None" = None,
    ) -> Iterator[Head]:
        """Let a connection of `reading` show another moment for as long as the block lasts; give the head of then.

        Both see one state of the file. A second connection would not do: it could wait for a writer that waits for the
        first. What was read before must have been read to its end.
        """
        db.execute("PRAGMA query_only=OFF")
        db.execute("SAVEPOINT turned")
        try:
            for kind, name in db.execute("SELECT type, name FROM sqlite_temp_schema WHERE type <> 'index'").fetchall():
                db.execute(f"DROP {kind} temp.{name}")
            self._turn_back(db, known_by, published_by, lasting)
            db.execute("PRAGMA query_only=ON")
            yield head(db)
        finally:
            db.execute("ROLLBACK TO turned")
            db.execute("RELEASE turned")
            db.execute("PRAGMA query_only=ON")

    def _turn_back(
        self, db: Connection, known_by: str | int | None, published_by: str | None, lasting: "Lasting | None"
    ) -> None:
        from tracker.store import past, published

        base = dict(past.NOW)
        if known_by is not None:
            base = past.look_back(db, past.resolve(db, known_by, self.zone))
        if published_by is not None:
            base = published.by(db, past.minute(published_by), base)
        if lasting is not None:
            from tracker.store.lasting import long_enough

            base = long_enough(db, lasting, base)
        past.show(db, base)

    @contextmanager
    def writing(
        self, reason: str, *, actor: str | None = None, kind: str = "command", dry_run: bool = False
    ) -> "Iterator[Change]":
        """Give a `Change`; what it holds is kept whole when the block ends well, else not at all.

        `dry_run` keeps nothing. Raises `Busy` when another program does not let go of the file.
        """
        from tracker.store.change import begin

        if self._writing:
            raise RuntimeError("this store is already writing: a change within a change would wait for itself")
        with trouble.translated(self.path), closing(connection.open_write(self.path)) as db:
            self._writing = True
            try:
                self._settings = _settings(db)  # asked for inside the block, they must not need the file's lock
                change = begin(db, self.path, kind=kind, reason=reason, actor=actor)
                yield change
                change.finish(keep=not dry_run)  # what is not committed, closing rolls back
            finally:
                self._writing, self._settings = False, None

    def undo(
        self,
        changeset: str | int | None = None,
        *,
        actor: str | None = None,
        dry_run: bool = False,
        guard: "Callable[[Change, int], AbstractContextManager[None]] | None" = None,
    ) -> "UndoResult":
        """Take back a changeset (its number or id; None = the newest that is neither undone nor an undo), by a new one.

        Undoing an undo is redo. `guard` is entered with the changeset's number around the putting back, and may refuse
        what comes of it. Raises `NotFound`; `Refused`, naming what depends on it, with nothing changed.
        """
        from tracker.store import undo

        with self.writing("undo", actor=actor, kind="undo", dry_run=dry_run) as change:
            found = undo.target(change.db, changeset, change.adopted)
            change.takes_back(found.seq)
            with guard(change, found.seq) if guard else nullcontext():
                undo.put_back(change.db, found.seq)
            if change.seq is not None:
                undo.refuse_orphans(change.db, found.seq, change.seq)
        return undo.UndoResult(change.seq, found.seq, found.kind, found.reason, change.touched)
