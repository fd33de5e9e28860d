"""The record as it was known at a past change, for the same SQL to run on.

Each table that changed since is put together as it was, in a TEMP table with the same indexes, and a TEMP VIEW of the
table's own name leads there. Tables that did not change are not copied. `settings` stay those of today's file for
the store itself, but read as of then in SQL.
"""

import re
import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from tracker.errors import BadValue, NotFound
from tracker.i18n import _
from tracker.store import changelog, ids
from tracker.store.schema import TABLES
from tracker.store.structure import columns, indexed

Base = dict[str, str]
"""Table → the name under which its rows are read: `main.releases`, or a TEMP view."""

_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(Z|[-+][0-9]{2}:[0-9]{2})?)?)?", re.ASCII
)
_YEAR = re.compile(r"19[0-9]{2}|20[0-9]{2}|2100", re.ASCII)
DAY, MINUTE = 10, 16  # letters of a day, and of a day and minute

NOW: Base = {table: f"main.{table}" for table in TABLES}


def resolve(db: sqlite3.Connection, known_by: str | int, zone: str) -> int:
    """Return the number of the last changeset that `known_by` includes, 0 for before the first.

    A number (`12`, `#12`) or an id is a changeset; a day (`2026-01-14`) means its end and a moment (`2026-01-14T10:00`)
    the end of its minute, local time in `zone`. A year (text of four digits, 1900 to 2100) means its end where there is
    no changeset of that number. Raises `BadValue`, or `NotFound` for a changeset that is not there.
    """
    text = str(known_by).strip()
    name = text.lower().removeprefix("#")
    if isinstance(known_by, str) and _YEAR.fullmatch(text):
        if db.execute("SELECT 1 FROM main.changesets WHERE seq = ?", (text,)).fetchone():
            raise BadValue(
                _("{text} could be a year or the number of a change.").format(text=text),
                hint=_("Write {text}-12-31 for the end of the year, or #{text} for the change.").format(text=text),
            )
        text = name = f"{text}-12-31"
    if name.isdecimal() or (len(name) == ids.LENGTH and name.isalnum()):
        column = "seq" if name.isdecimal() else "id"
        row = db.execute(f"SELECT seq FROM main.changesets WHERE {column} = ?", (name,)).fetchone()
        if row is None:
            raise NotFound(_("There is no change {number}.").format(number=name), hint=_("See `tracker history`."))
        return int(row[0])
    before = changelog.stamp(_end(text, zone))
    found = db.execute("SELECT max(seq) FROM main.changesets WHERE at < ?", (before,)).fetchone()[0]
    return int(found or 0)


def minute(text: str) -> str:
    """Return the last minute of a day, or the minute itself, as the record keeps moments. Raises `BadValue`."""
    moment = _read(text)
    return moment.strftime("%Y-%m-%dT%H:%M") if "T" in text else moment.strftime("%Y-%m-%dT23:59")


def _end(text: str, zone: str) -> datetime:
    """Return the first moment (UTC) after the day, minute or second `text` (local, unless it has an offset)."""
    from tracker.domain.clock import find_zone

    # Wall time first, then the zone: a day is not always 24 hours long.
    moment = _read(text)
    exact = timedelta(minutes=1) if len(text) == MINUTE else timedelta(seconds=1)
    after = moment + (timedelta(days=1) if len(text) == DAY else exact)
    return (after if after.tzinfo else after.replace(tzinfo=find_zone(zone))).astimezone(UTC)


def _read(text: str) -> datetime:
    if _MOMENT.fullmatch(text):
        with suppress(ValueError):
            return datetime.fromisoformat(text)
    from tracker.domain.text import quoted

    raise BadValue(
        _("{text} is neither a day, a moment nor a change of this record.").format(text=quoted(text)),
        hint=_("Write 2026-01-14, 2026-01-14T10:00, or the number of a change."),
    )


def look_back(db: sqlite3.Connection, seq: int) -> Base:
    """Prepare TEMP views of the record as changeset `seq` left it, named `known_…`; return where each table is read.

    The log is cut there as well (under its own names), so that `head` and `history` speak of then.
    """
    last = "SELECT n FROM changes WHERE seq <= ? ORDER BY seq DESC, n DESC LIMIT 1"
    found = db.execute(last, (seq,)).fetchone()
    point = found[0] if found else 0
    # One pass over what came after the point: the index would lead, table by table, over all that came before.
    db.execute("""
        CREATE TEMP TABLE later ("table" TEXT, row TEXT, n INTEGER, PRIMARY KEY ("table", row)) WITHOUT ROWID
    """)
    db.execute(
        'INSERT INTO later SELECT "table", row, min(n) FROM changes NOT INDEXED WHERE n > ? GROUP BY "table", row',
        (point,),
    )
    changed = {row[0] for row in db.execute('SELECT DISTINCT "table" FROM later')}
    base = dict(NOW)
    for table in TABLES:
        if table in changed:
            base[table] = _known(db, table)
    _cut_log(db, seq, point)
    return base


def _known(db: sqlite3.Connection, table: str) -> str:
    """Put together the rows of a table as they were, with its indexes.

    A view over those that changed and those that did not would be written out anew for every row that a question looks
    up: on 100,000 people the standing of all took minutes, from a copy it takes as long as it does today.
    """
    own = columns(table)
    others = [name for name in own if name != "id"]
    values = ", ".join(f"json_extract(c.before, '$.{name}')" for name in others)
    names = ", ".join(own)
    later = f"""SELECT row FROM later WHERE "table" = '{table}'"""
    db.execute(f"CREATE TEMP TABLE known_{table} (id TEXT PRIMARY KEY, {', '.join(others)}) WITHOUT ROWID")
    db.execute(f"INSERT INTO known_{table} SELECT {names} FROM main.{table} WHERE id NOT IN ({later})")
    db.execute(
        f"INSERT INTO known_{table} SELECT c.row, {values} FROM later l JOIN changes c ON c.n = l.n "
        'WHERE l."table" = ? AND c.before IS NOT NULL',
        (table,),
    )
    for number, keys in enumerate(indexed(table)):
        db.execute(f"CREATE INDEX temp.known_{table}_{number} ON known_{table} ({keys})")
    return f"temp.known_{table}"


def _cut_log(db: sqlite3.Connection, seq: int, point: int) -> None:
    for table, upto in (("changesets", f"seq <= {seq}"), ("seals", f"seq <= {seq}"), ("changes", f"n <= {point}")):
        names = ", ".join(f'"{name}"' for name in columns(table))
        db.execute(f"CREATE TEMP VIEW {table} AS SELECT {names} FROM main.{table} WHERE {upto}")


def show(db: sqlite3.Connection, base: Mapping[str, str]) -> None:
    """Let every table's own name mean what `base` says."""
    for table, place in base.items():
        if place != NOW[table]:
            db.execute(f"CREATE TEMP VIEW {table} AS SELECT * FROM {place}")
