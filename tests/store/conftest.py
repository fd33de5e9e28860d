"""What the store's tests share: another program's connection, whole-record snapshots, and people to write about."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tracker.store import Store
from tracker.store.schema import TABLES

Snapshot = dict[str, dict[str, dict[str, Any]]]


@pytest.fixture
def other_program(store: Store) -> Iterator[sqlite3.Connection]:
    """A plain sqlite3 connection, as any other program opens the file; it commits by itself."""
    db = sqlite3.connect(store.path, isolation_level=None)
    yield db
    db.close()


def snapshot_of(db: sqlite3.Connection) -> Snapshot:
    """Every row of every table, as plain dicts: table → id → row."""
    return {table: {row["id"]: dict(row) for row in db.execute(f"SELECT * FROM {table}")} for table in TABLES}


@pytest.fixture
def snapshot(store: Store) -> Callable[..., Snapshot]:
    """Read the whole record, now or in the past."""

    def take(**when: Any) -> Snapshot:
        with store.reading(**when) as db:
            return snapshot_of(db)

    return take


@pytest.fixture
def add(store: Store) -> Callable[..., str]:
    """Add one row in a changeset of its own and return its id."""

    def insert(table: str, **values: Any) -> str:
        with store.writing(f"add {table}") as change:
            return change.insert(table, values)

    return insert


@pytest.fixture
def version_1(tmp_path: Path) -> Path:
    """A record that version 1 of the schema wrote, with its log and seals (`version_1.sql`)."""
    return _frozen(tmp_path, 1)


@pytest.fixture
def version_2(tmp_path: Path) -> Path:
    """The same record taken on by version 2, which also took a list in (`version_2.sql`)."""
    return _frozen(tmp_path, 2)


def _frozen(tmp_path: Path, version: int) -> Path:
    path = tmp_path / f"version {version}" / "tracker.db"
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as db:
        db.executescript(Path(__file__).with_name(f"version_{version}.sql").read_text(encoding="utf-8"))
    path.chmod(0o600)
    return path
