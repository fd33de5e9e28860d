"""Foreign keys of what a changeset touched: looked at before it is kept, with the names of who still refers.

SQLite counts open violations and may be fooled where another program left some behind; a look at the whole record
would cost seconds on a large one. So every row that a changeset touched is looked at, from both ends.
"""

import sqlite3
from collections.abc import Iterable, Iterator

from tracker.errors import Refused
from tracker.i18n import _
from tracker.store import seals
from tracker.store.schema import REF_LETTERS, TABLES
from tracker.store.structure import references, referrers

NAMED = 8  # dependants named in a sentence; more are counted


def label(db: sqlite3.Connection, table: str, identifier: str) -> str:
    """Return what a sentence calls a record: its ref, else the table and the end of its id."""
    if table in REF_LETTERS:
        row = db.execute(f"SELECT ref FROM {table} WHERE id = ?", (identifier,)).fetchone()
        if row and row[0]:
            return str(row[0])
    return f"{table} {identifier[-6:]}"


def orphans(db: sqlite3.Connection, seq: int) -> list[tuple[str, str]]:
    """Return the records (table, id) that would point at nothing after changeset `seq`."""
    found = [*_pointing(db, seq), *_left_behind(db, seq)]
    return list(dict.fromkeys(found))


def _pointing(db: sqlite3.Connection, seq: int) -> Iterator[tuple[str, str]]:
    """Yield the touched records that point at nothing. By runs of the log: a bulk load fills each from few tables."""
    for first, last in seals.blocks(db, seq):
        for table in seals.tables_within(db, first, last):
            if table not in TABLES or not references(table):
                continue
            missing = " OR ".join(
                f"(t.{column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {target} p WHERE p.id = t.{column}))"
                for column, target in references(table).items()
            )
            touched = f"SELECT t.id FROM changes c JOIN {table} t ON t.id = c.row WHERE {seals.RANGE}"
            for row in db.execute(f"{touched} AND ({missing})", (first, last, table)):
                yield table, row[0]


def _left_behind(db: sqlite3.Connection, seq: int) -> Iterator[tuple[str, str]]:
    """Yield the records that point at what is gone."""
    changed = 'SELECT DISTINCT "table" FROM changes WHERE seq = ? AND before IS NOT NULL'
    for table in [row[0] for row in db.execute(changed, (seq,))]:
        if table not in TABLES:
            continue
        gone = 'SELECT c.row FROM changes c WHERE c.seq = ? AND c."table" = ? AND c.before IS NOT NULL'
        gone += f" AND NOT EXISTS (SELECT 1 FROM {table} p WHERE p.id = c.row)"
        for other, column in referrers(table):
            for row in db.execute(f"SELECT id FROM {other} WHERE {column} IN ({gone})", (seq, table)):
                yield other, row[0]


def missing(db: sqlite3.Connection, orphans: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the records (table, id) that `orphans` point at and that are not there."""
    found: dict[tuple[str, str], None] = {}
    for table, identifier in orphans:
        for column, target in references(table).items():
            pointed = f"SELECT {column} FROM {table} t WHERE id = ? AND {column} IS NOT NULL"
            gone = f"{pointed} AND NOT EXISTS (SELECT 1 FROM {target} p WHERE p.id = t.{column})"
            for row in db.execute(gone, (identifier,)):
                found[target, row[0]] = None
    return list(found)


def check(db: sqlite3.Connection, seq: int) -> None:
    """Raise `Refused`, naming the records, if changeset `seq` leaves any that points at nothing."""
    left = orphans(db, seq)
    if left:
        names = [label(db, table, identifier) for table, identifier in left[:NAMED]]
        if len(left) > NAMED:
            names.append(_("and {n} more").format(n=len(left) - NAMED))
        raise Refused(
            _("Other records depend on what this would take away: {names}.").format(names=", ".join(names)),
            hint=_("Nothing was changed. Remove or change those first."),
        )
