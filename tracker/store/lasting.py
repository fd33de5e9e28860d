"""The record without detentions that were over too soon to count under a rule, with their stays and releases.

Only what certainly ended sooner is left out: from the earliest minute of the arrest to the latest of the first release
that counts and ends deprivation of liberty, less than `hours`. A detention without such a release is never too short.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tracker.store.structure import columns


class Lasting(NamedTuple):
    """What makes a detention long enough: `hours`, ended by a release of status `accepted` and kind `ending`."""

    hours: int
    accepted: Sequence[str]
    ending: Sequence[str]


def long_enough(db: sqlite3.Connection, rule: Lasting, base: Mapping[str, str]) -> dict[str, str]:
    """Prepare TEMP views of what lasted, on top of `base`; return where each table is read."""
    marks = ", ".join("?" * len(rule.accepted)), ", ".join("?" * len(rule.ending))
    db.execute("CREATE TEMP TABLE too_short (id TEXT PRIMARY KEY, detainee TEXT, ref TEXT, began TEXT) WITHOUT ROWID")
    db.execute(
        f"""
        INSERT INTO too_short SELECT d.id, d.detainee, d.ref, d.began FROM {base["detentions"]} d JOIN (
            SELECT detention, min(released_to) AS ended FROM {base["releases"]}
            WHERE status IN ({marks[0]}) AND kind IN ({marks[1]}) GROUP BY detention) r ON r.detention = d.id
        WHERE (julianday(r.ended) - julianday(d.began_from)) * 1440 < ? * 60 - 0.5""",
        (*rule.accepted, *rule.ending, rule.hours),
    )
    shown = {}
    for table, column in (("detentions", "id"), ("stays", "detention"), ("releases", "detention")):
        names = ", ".join(columns(table))
        db.execute(
            f"CREATE TEMP VIEW lasting_{table} AS SELECT {names} FROM {base[table]}"
            f" WHERE {column} NOT IN (SELECT id FROM temp.too_short)"
        )
        shown[table] = f"temp.lasting_{table}"
    return {**base, **shown}


def too_short(db: sqlite3.Connection) -> int:
    """Return how many detentions a connection that reads so leaves out."""
    found: int = db.execute("SELECT count(*) FROM temp.too_short").fetchone()[0]
    return found


class Short(NamedTuple):
    """A detention left out: its ref, and the date of the arrest as stored."""

    ref: str
    began: str


def too_short_of(db: sqlite3.Connection, person: str) -> list[Short]:
    """Return the detentions of one person that a connection leaves out as too short."""
    rows = db.execute("SELECT ref, began FROM temp.too_short WHERE detainee = ? ORDER BY began", (person,))
    return [Short(*row) for row in rows]
