"""The whole record, table by table: what `export all` writes, and what makes the record again."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tracker.reports.exporting.list_text import END, quoted
from tracker.reports.exporting.streams import stream
from tracker.store import Connection
from tracker.store.schema import SCHEMA_VERSION, TABLES
from tracker.store.structure import columns

MANIFEST: Final = "manifest.json"
"""The file of an exported folder that proves the others."""

FORMAT: Final = 1
"""The version of this layout of files."""


@dataclass(frozen=True, slots=True)
class File:
    """One file of an export: `lines` gives its rows as CSV text, the header first; each can be read once."""

    name: str
    lines: Iterator[str]


def tables(db: Connection) -> Iterator[File]:
    """Yield every table of the record with all its columns, parents before children, rows by id.

    An empty cell is NULL; an empty text is written as two quotation marks.
    """
    for table in TABLES:
        yield File(f"{table}.csv", _lines(db, table))


def _lines(db: Connection, table: str) -> Iterator[str]:
    names = columns(table)
    yield ",".join(names) + END
    listed = ", ".join(f'"{name}"' for name in names)
    for row in stream(db, f"SELECT {listed} FROM {table} ORDER BY id", {}):
        yield ",".join([_cell(value) for value in row]) + END


def _cell(value: str | int | None) -> str:
    if value is None:
        return ""
    return (quoted(value) or '""') if isinstance(value, str) else str(value)


def described() -> dict[str, object]:
    """Return what a manifest says of the layout."""
    return {"format": FORMAT, "schema": SCHEMA_VERSION, "null": "empty cell", "empty_text": '""', "encoding": "UTF-8"}
