"""The counts that were stated: who, of what, how many, of whom, as of when, and where it stands."""

import json
from dataclasses import dataclass
from typing import Final

from tracker.domain.vocabulary import read
from tracker.i18n import N_, _
from tracker.matching.voices import find_claimant, find_source
from tracker.reports.asked import Asked
from tracker.reports.listings import listed, several
from tracker.store import Connection
from tracker.table import Column, Table

COLUMNS: Final = (
    Column("ref", N_("ref"), "ref"),
    Column("claimant", N_("claimant"), "name"),
    Column("measure", N_("measure"), words="measure"),
    Column("as_of", N_("as of"), "date"),
    Column("since", N_("since"), "date"),
    Column("scope", N_("scope")),
    Column("min", N_("min"), "count"),
    Column("max", N_("max"), "count"),
    Column("qualifier", N_("qualifier"), words="qualifier"),
    Column("out_of", N_("out of"), "count"),
    Column("sources", N_("sources")),
    Column("note", N_("note")),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which claims, in the words of the user."""

    claimant: str | None = None
    measure: str | None = None
    source: str | None = None


def claims(db: Connection, wanted: Wanted, asked: Asked, *, windowed: bool = False) -> Table:
    """Return the claims in order of their day; `windowed`, only those whose day may lie in the window asked about.

    Raises NotFound and BadValue for a claimant, source or measure there is none of.
    """
    where = ["1"]
    params: dict[str, str] = {}
    if wanted.claimant is not None:
        where.append("c.claimant = :claimant")
        params["claimant"] = find_claimant(db, wanted.claimant)["id"]
    if wanted.measure is not None:
        where.append("c.measure = :measure")
        params["measure"] = read("measure", wanted.measure)
    if wanted.source is not None:
        where.append("c.id IN (SELECT claim FROM citations WHERE source = :source)")
        params["source"] = find_source(db, wanted.source)["id"]
    if windowed:
        where.append("c.as_of_to >= :first AND coalesce(c.as_of_from, c.as_of_to) <= :moment")
        params |= {"first": asked.first, "moment": asked.moment}
    rows = db.execute(
        f"""
        SELECT c.ref, k.name, c.measure, c.as_of, c.since, c.scope, c.min, c.max, c.qualifier, c.out_of, (
            SELECT group_concat(slug, char(31)) FROM (
                SELECT DISTINCT s.slug FROM citations q JOIN sources s ON s.id = q.source WHERE q.claim = c.id ORDER
                BY 1) ), c.note
        FROM claims c JOIN claimants k ON k.id = c.claimant
        WHERE {" AND ".join(where)} ORDER BY c.as_of_from IS NULL, c.as_of_from, k.name_key, c.measure, c.id
        """,
        params,
    ).fetchall()
    names: dict[str, str] = dict(db.execute("SELECT id, name FROM facilities").fetchall())
    found = [(*row[:5], scope_said(row[5], names), *row[6:10], several(row[10]), row[11]) for row in rows]
    return listed(COLUMNS, found, asked, empty=_("No claim on record."))


def scope_said(scope: str, facilities: dict[str, str]) -> tuple[str, ...] | None:
    """Return a scope as `nationality=ES`, `facility=El Rodeo I`, one text for each filter; None for everybody."""
    said = []
    for name, value in json.loads(scope).items():
        values = value if isinstance(value, list) else [value]
        shown = [facilities.get(str(one), str(one)) for one in values]
        said.append(f"{name}={' or '.join(shown)}" if len(shown) > 1 else f"{name}={shown[0]}")
    return tuple(said) or None
