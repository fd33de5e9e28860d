"""Which people two states of knowledge differ about, and how: come, gone, merged, taken apart, in another standing."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from tracker.reports.difference.states import Side, Sides
from tracker.reports.standings import before, opening
from tracker.store import Connection, merges

CUSTODY: Final = ("detainees", "detentions", "stays", "releases", "citations", "sources")
"""Tables whose rows can make somebody's standing another."""

BEARING: Final = {
    "detainees": ("died",),
    "detentions": ("began",),
    "stays": ("facility", "since"),
    "releases": ("released", "kind", "status"),
}
"""The facts that decide a standing."""

MANY: Final = 1_000

_CITED: Final = """
    coalesce(x.detainee, n.detainee, t.detainee, ty.detainee, tr.detainee)
    FROM {ids} citations x ON {on} LEFT JOIN nationalities n ON n.id = x.nationality
    LEFT JOIN detentions t ON t.id = x.detention LEFT JOIN stays y ON y.id = x.stay
    LEFT JOIN detentions ty ON ty.id = y.detention LEFT JOIN releases r ON r.id = x.release
    LEFT JOIN detentions tr ON tr.id = r.detention
"""
_IDS: Final = "json_each(:ids) j CROSS JOIN"
_OF_PERSON: Final = f"SELECT j.value, x.detainee FROM {_IDS} {{table}} x ON x.id = j.value"
_OF_DETENTION: Final = f"{_OF_PERSON} JOIN detentions t ON t.id = x.detention".replace("x.detainee", "t.detainee")

OWNERS: Final = {
    "detainees": "SELECT j.value, j.value FROM json_each(:ids) j",
    **{
        table: _OF_PERSON.format(table=table)
        for table in ("names", "nationalities", "tags", "identifiers", "detentions")
    },
    **{table: _OF_DETENTION.format(table=table) for table in ("stays", "releases")},
    "citations": f"SELECT j.value, {_CITED.format(ids=_IDS, on='x.id = j.value')}",
    "sources": f"SELECT j.value, {_CITED.format(ids=_IDS, on='x.source = j.value')}",
}
"""Table → SQL for the rows `:ids` and the person each belongs to; private tables, for ids only."""


class Person(NamedTuple):
    """A person in one state: `excluded` people are on record and in no count; `named` as the state may be shown."""

    id: str
    ref: str | None
    name: str | None
    named: bool
    excluded: bool
    reason: str | None


@dataclass(repr=False, eq=False)
class Touched:
    """Who may differ: the rows changed, table by table, and by person the last change that may bear on a standing."""

    rows: dict[str, dict[str, int]]
    people: set[str] = field(default_factory=set)
    last: dict[str, int] = field(default_factory=dict)


def who_may_differ(sides: Sides, rows: dict[str, dict[str, int]]) -> Touched:
    """Return the people to whom `rows` belong in either state; everybody, where another day's publications count."""
    found = Touched(rows)
    for side in (sides.a, sides.b):
        for table, sql in OWNERS.items():
            if rows.get(table):
                _take(found, table, side.db.execute(sql, {"ids": json.dumps(list(rows[table]))}))
        if sides.republished:
            found.people.update(row[0] for row in side.db.execute("SELECT id FROM detainees"))
    return found


def _take(found: Touched, table: str, pairs: Iterable[tuple[str, str | None]]) -> None:
    changed = found.rows[table]
    for row, person in pairs:
        if person is not None:
            found.people.add(person)
            if table in CUSTODY:
                found.last[person] = max(found.last.get(person, 0), changed[row])


def read(sides: Sides, ids: Iterable[str]) -> tuple[dict[str, Person], dict[str, Person]]:
    """Return those of the people whom the filters leave in either state, as they are in each."""
    wanted = list(ids)
    if sides.b.asked.filters or sides.b.asked.facilities:
        left = [{one.id for one in _people(side, wanted, filtered=True)} for side in (sides.a, sides.b)]
        wanted = list(left[0] | left[1])
    one, two = ({each.id: each for each in _people(side, wanted, filtered=False)} for side in (sides.a, sides.b))
    return one, two


def _people(side: Side, ids: list[str], *, filtered: bool) -> Iterator[Person]:
    start = before(side.db, side.asked, people="SELECT value FROM json_each(:ids)")
    people = start.people if filtered else "SELECT value FROM json_each(:ids)"
    named, name = ("d.nameable", "d.name") if side.asked.public else ("1", "coalesce(d.name, d.description)")
    sql = f"""{side.shadows} SELECT d.id, d.ref, {name}, {named}, d.excluded, d.excluded_reason
        FROM detainees d WHERE d.id IN ({people})"""
    for row in side.db.execute(sql, {**start.params, "ids": json.dumps(ids)}):
        yield Person(row[0], row[1], row[2], bool(row[3]), bool(row[4]), row[5])


def standings(side: Side, ids: Iterable[str]) -> dict[str, str]:
    """Return the standing of some people, whatever the filters, at the moment asked about."""
    wanted = set(ids)
    asked = replace(side.asked, filters=(), facilities=())
    few = "SELECT value FROM json_each(:ids)" if len(wanted) < MANY else None  # many are found faster among all
    start = opening(side.db, asked, people=few, placed=False, columns=(), once=True)
    found = side.db.execute(
        f"{start.sql} SELECT detainee, standing FROM hits", {**start.params, "ids": json.dumps(sorted(wanted))}
    )
    return {row[0]: row[1] for row in found if row[0] in wanted}


class Joined(NamedTuple):
    """The people who were one person in one state only: the id of each with the id of the whole, and the changeset."""

    person: str
    whole: str
    seq: int


def joined(one: Side, other: Side) -> list[Joined]:
    """Return the merges in force in the state `one` of people who stand for themselves in `other`."""
    apart = {merge.gone for merge in merges.in_force(other.db)}
    found = []
    for merge in merges.in_force(one.db):
        person = None if merge.gone in apart else _id(other.db, merge.gone)
        whole = _id(one.db, merges.merged_into(one.db, merge.gone) or merge.kept)
        if person is not None and whole is not None:
            found.append(Joined(person, whole, merge.seq))
    return found


def _id(db: Connection, ref: str) -> str | None:
    row = db.execute("SELECT id FROM detainees WHERE ref = ?", (ref,)).fetchone()
    return row[0] if row else None
