"""The SQLite file: the one write door, the change log, the past, and what standing means."""

from typing import TYPE_CHECKING, Any

from tracker.store.door import Connection, Row, Store
from tracker.store.head import Head

if TYPE_CHECKING:
    from tracker.store.change import Change

__all__ = ["Change", "Connection", "Head", "Row", "Store"]


def __getattr__(name: str) -> Any:
    """Load `Change` when it is first named: a question never needs what only writes."""
    if name == "Change":
        from tracker.store.change import Change

        return Change
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
