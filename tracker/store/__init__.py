"""The SQLite file: the one write door, the change log, the past, and what standing means."""

from tracker.store.changelog import Head
from tracker.store.door import Change, Connection, Row, Store

__all__ = ["Change", "Connection", "Head", "Row", "Store"]
