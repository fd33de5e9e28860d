"""The record as it had been published by a moment T: only what some source published by then says.

What speaks for what: a supporting citation of a release, a stay or a nationality speaks for it and for the
detention and person above it; one of a detention for it and the person; one of a claim for the claim. A source
counts as published at the earliest moment of its date, or at the latest where the start is open ("by 14 January").

- A release had at most the status that its citations by T gave it: the `release_status` one of them states, else the
  default of who said it (`reported` where nobody is named).
- A retracted release was retracted by T if a denial of it was published by then (a citation that disputes it as a whole
  or its status, or states `retracted`), or if no denial of it has a date. Otherwise it still stood as it was told.
- A death was not known yet if it has citations of its own (`died_on`), none of them by T.
- Names, tags, judgements and the like go with the person; prisons and claimants stay.

Records that no dated source had spoken for by T are left out, and counted: `left_out`.
"""

import sqlite3
from collections.abc import Mapping
from typing import Final, NamedTuple

from tracker.store.structure import columns

CITED: Final = {
    "releases": "release",
    "stays": "stay",
    "nationalities": "nationality",
    "claims": "claim",
    "detentions": "detention",
    "detainees": "detainee",
}
"""What can be cited: table → its column in `citations`, and in the tables below it. Below comes before above."""

BELOW: Final = {"detentions": ("releases", "stays"), "detainees": ("nationalities", "detentions")}
"""Whose citations also speak for the row above."""

DENIES: Final = """
    ((c.stance = 'disputes' AND (c.field IS NULL OR c.field = 'release_status'))
     OR (c.field = 'release_status' AND c.value = 'retracted'))
"""
SPEAKS: Final = "c.stance = 'supports' AND NOT (c.field IS 'release_status' AND c.value IS 'retracted')"
REPORTED: Final = 2
RANK: Final = "CASE {} WHEN 'verified' THEN 3 WHEN 'reported' THEN 2 WHEN 'announced' THEN 1 END"
STATUS: Final = "CASE {} WHEN 3 THEN 'verified' WHEN 2 THEN 'reported' ELSE 'announced' END"
OF_DEATH: Final = ("died", "died_from", "died_to", "died_place", "died_cause")


class LeftOut(NamedTuple):
    """How many rows of a table a `published_by` reading leaves out, and why.

    `later`: all sources that speak for them were published later. The others may belong. `undated`: some source speaks
    for them that carries no date, and none dated by then does. `uncited`: no source speaks for them at all.
    """

    table: str
    later: int
    undated: int
    uncited: int


def by(db: sqlite3.Connection, moment: str, base: Mapping[str, str]) -> dict[str, str]:
    """Prepare TEMP views of what had been published by `moment` (local, to the minute), on top of `base`.

    Returns where each table is read, as `past.look_back` does.
    """
    db.execute("CREATE TEMP TABLE source_by (id TEXT PRIMARY KEY, public INTEGER) WITHOUT ROWID")
    db.execute(  # public: 1 by then, 0 later, NULL where no date tells
        f"INSERT INTO source_by SELECT id, coalesce(published_from, published_to) <= ? FROM {base['sources']}",
        (moment,),
    )
    for table in CITED:
        _spoken_for(db, table, base)
    _statuses(db, base)
    _deaths(db, base)
    _count(db, base)
    db.execute("DELETE FROM source_by WHERE public IS NOT 1")
    for table in CITED:
        db.execute(f"DELETE FROM spoken_{table} WHERE NOT kept")
    return {**base, **_views(db, base)}


def left_out(db: sqlite3.Connection) -> list[LeftOut]:
    """Return what a connection that reads `published_by` leaves out, a line for each table that can be cited."""
    return [LeftOut(*row) for row in db.execute('SELECT "table", later, undated, uncited FROM temp.left_out')]


def detentions_left_out(db: sqlite3.Connection) -> int:
    """Return how many detentions are left out, for want of a dated source, of people who are not left out."""
    found: int = db.execute("SELECT detentions FROM temp.left_open").fetchone()[0]
    return found


def _spoken_for(db: sqlite3.Connection, table: str, base: Mapping[str, str]) -> None:
    """Collect the rows of `table` that a source speaks for: `kept`: one by then, `undated`: one without date."""
    column = CITED[table]
    parts = [
        (
            f"SELECT c.{column} AS id, s.public IS 1 AS kept, s.public IS NULL AS undated "
            f"FROM {base['citations']} c JOIN source_by s ON s.id = c.source WHERE c.{column} IS NOT NULL AND {SPEAKS}"
        )
    ]
    parts += [
        f"SELECT b.{column}, k.kept, k.undated FROM spoken_{below} k JOIN {base[below]} b ON b.id = k.id"
        for below in BELOW.get(table, ())
    ]
    db.execute(f"CREATE TEMP TABLE spoken_{table} (id TEXT PRIMARY KEY, kept INTEGER, undated INTEGER) WITHOUT ROWID")
    db.execute(
        f"INSERT INTO spoken_{table} SELECT id, max(kept), max(undated) FROM ({' UNION ALL '.join(parts)}) GROUP BY id"
    )


def _statuses(db: sqlite3.Connection, base: Mapping[str, str]) -> None:
    """Work out the status that each release had as told by then."""
    stated = RANK.format("CASE WHEN c.field = 'release_status' THEN c.value END")
    told = f"max(coalesce({stated}, {RANK.format('m.default_status')}, {REPORTED}))"
    db.execute("CREATE TEMP TABLE told_status (id TEXT PRIMARY KEY, status TEXT) WITHOUT ROWID")
    db.execute(f"""
        WITH told AS (
            SELECT c.release AS id, {told} AS rank
            FROM {base["citations"]} c JOIN source_by s ON s.id = c.source AND s.public IS 1
                LEFT JOIN {base["claimants"]} m ON m.id = c.claimant
            WHERE c.release IS NOT NULL AND {SPEAKS} GROUP BY c.release
        ), denied AS (
            SELECT c.release AS id, max(s.public IS 1) AS by_then, max(s.public IS NOT NULL) AS dated
            FROM {base["citations"]} c JOIN source_by s ON s.id = c.source
            WHERE c.release IS NOT NULL AND {DENIES} GROUP BY c.release
        )
        INSERT INTO told_status
        SELECT r.id, CASE WHEN r.status = 'retracted' AND (coalesce(d.by_then, 0) OR NOT coalesce(d.dated, 0))
            THEN 'retracted' ELSE {STATUS.format(f"min(coalesce({RANK.format('r.status')}, 3), t.rank)")} END
        FROM told t JOIN {base["releases"]} r ON r.id = t.id LEFT JOIN denied d ON d.id = t.id
    """)


def _deaths(db: sqlite3.Connection, base: Mapping[str, str]) -> None:
    """Collect the people whose death is cited, but by nobody by then."""
    db.execute("CREATE TEMP TABLE death_untold (id TEXT PRIMARY KEY) WITHOUT ROWID")
    db.execute(f"""
        INSERT INTO death_untold
        SELECT c.detainee FROM {base["citations"]} c JOIN source_by s ON s.id = c.source
        WHERE c.detainee IS NOT NULL AND c.field = 'died_on' AND c.stance = 'supports'
        GROUP BY c.detainee HAVING NOT max(s.public IS 1)
    """)


def _count(db: sqlite3.Connection, base: Mapping[str, str]) -> None:
    db.execute('CREATE TEMP TABLE left_out ("table" TEXT, later INTEGER, undated INTEGER, uncited INTEGER)')
    for table in CITED:
        db.execute(f"""
            INSERT INTO left_out
            SELECT '{table}', coalesce(sum(NOT undated AND NOT kept), 0), coalesce(sum(undated AND NOT kept), 0),
                (SELECT count(*) FROM {base[table]}) - count(*)
            FROM spoken_{table}
        """)
    db.execute(f"""
        CREATE TEMP TABLE left_open AS SELECT count(*) AS detentions
        FROM {base["detentions"]} t JOIN spoken_detainees p ON p.id = t.detainee AND p.kept
            LEFT JOIN spoken_detentions s ON s.id = t.id
        WHERE s.id IS NULL OR (s.undated AND NOT s.kept)
    """)


def _views(db: sqlite3.Connection, base: Mapping[str, str]) -> dict[str, str]:
    people = "SELECT id FROM temp.spoken_detainees"
    sources = "SELECT id FROM temp.source_by"
    conditions = {table: f"id IN (SELECT id FROM temp.spoken_{table})" for table in CITED}
    conditions |= dict.fromkeys(("names", "tags", "identifiers"), f"detainee IN ({people})")
    conditions |= {
        "sources": f"id IN ({sources})",
        "evidence": f"source IN ({sources})",
        "judgements": f"one IN ({people}) AND other IN ({people})",
        "citations": f"source IN ({sources})"
        + "".join(f" AND ({c} IS NULL OR {c} IN (SELECT id FROM temp.spoken_{t}))" for t, c in CITED.items()),
    }
    for table, condition in conditions.items():
        shown = ", ".join(_shown(table, column) for column in columns(table))
        db.execute(f"CREATE TEMP VIEW told_{table} AS SELECT {shown} FROM {base[table]} t WHERE {condition}")
    return {table: f"temp.told_{table}" for table in conditions}


def _shown(table: str, column: str) -> str:
    if table == "releases" and column == "status":
        return "(SELECT k.status FROM temp.told_status k WHERE k.id = t.id) AS status"
    if table == "detainees" and column in OF_DEATH:
        return f"CASE WHEN t.id NOT IN (SELECT id FROM temp.death_untold) THEN t.{column} END AS {column}"
    return f"t.{column}"
