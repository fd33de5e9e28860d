"""A change being written: what a block of `Store.writing` is given."""

from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection, Row
from typing import Any, Final

from tracker.errors import NotFound
from tracker.i18n import _
from tracker.store import bulk, changelog, connection, derived, ids, references, trouble
from tracker.store.changelog import Opened
from tracker.store.schema import REF_LETTERS
from tracker.store.structure import derived as derived_columns

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

    def restore_many(self, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Add rows as another record had them, fast, refs and all; the other derived columns are filled here."""
        with trouble.translated(self._path):
            bulk.insert_many(self.db, table, rows, self._opened.seq)

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

    def index_names(self) -> None:
        """Let names that this changeset brought so far be found by their words, before it ends."""
        from tracker.store import name_words

        name_words.keep(self.db, self._opened.seq)

    def takes_back(self, seq: int, reason: str | None = None) -> None:
        """Say that this changeset undoes changeset `seq`, by the command `reason` if not by `undo`."""
        self._opened.undoes = seq
        self._opened.reason = reason or f"undo {seq}"

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


def begin(db: Connection, path: Path, *, kind: str, reason: str, actor: str | None) -> Change:
    """Open a changeset inside the write transaction of `db`, once what other programs changed has been taken in."""
    found = db.execute("SELECT value FROM settings WHERE id = 'device'").fetchone()
    device = found[0] if found else None
    adopted = changelog.adopt(db, device)
    opened = Opened(changelog.next_seq(db), kind, reason, actor, device)
    changelog.begin(db, opened)
    return Change(db, path, opened, adopted)
