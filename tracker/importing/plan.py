"""A plan: the rows a file would add, per table, read and checked, with ids that do not depend on the machine.

Two laptops that load the same case file hold the same ids: an id comes from the case's name and from what the row is
(a person's ref, the second release of a first detention), never from the clock or from chance.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from tracker.store import Change
from tracker.store.ids import deterministic
from tracker.store.schema import TABLES

Progress = Callable[[str, int, int], None]
"""Called with a table's name, the rows written so far, and the rows there are in all."""

BATCH: Final = 10_000


@dataclass(frozen=True, slots=True)
class Ids:
    """Makes ids in the name of one case; `at` (the day it was entered) gives them their place in order."""

    case: str
    at: str

    def __call__(self, *what: object) -> str:
        """Return the id of what these words name."""
        return deterministic(self.case, "\0".join(str(part) for part in what), self.at)


@dataclass(slots=True)
class Plan:
    """Rows to insert: table → id → values."""

    rows: dict[str, dict[str, dict[str, Any]]] = field(default_factory=lambda: {table: {} for table in TABLES})

    def add(self, table: str, identifier: str, values: dict[str, Any]) -> str:
        """Add a row; one of that id is replaced. Returns the id."""
        self.rows[table][identifier] = {"id": identifier, **values}
        return identifier

    def count(self, table: str) -> int:
        """Return how many rows a table gets."""
        return len(self.rows[table])

    def __len__(self) -> int:
        """Return how many rows there are."""
        return sum(len(rows) for rows in self.rows.values())

    def apply(self, change: Change, progress: Progress | None = None) -> None:
        """Insert every row, parents before children, in the caller's transaction."""
        done = 0
        for table, rows in self.rows.items():
            for batch in _batches(list(rows.values())):
                change.insert_many(table, batch)
                done += len(batch)
                if progress is not None:
                    progress(table, done, len(self))


def _batches(rows: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]
