"""What was learned since about an opening: who was deprived of liberty then, as known then and as known now.

Two readings of one moment, person by person; people are identified through merges. Whoever is counted in only one of
them stands on one line:

- `newly_documented`: counted now, and no release or death on record then explains why they were not
- `withdrawn_releases`: counted now; then they were out by a release (or a death) that no longer holds for that moment
- `late_releases`: counted then; they were out by a release (or a death) learned since
- `delisted`: counted then, and now nobody's release explains why they are not: excluded, deleted, or corrected away
- `merged`: ids counted then of somebody who is counted already

A release explains it if, in the reading where the person is not counted, it ended the very detention for which they are
counted in the other; or if in that other no release had let them go at all (their detention may have been entered
anew, or joined with one of another id).
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from tracker.domain.date_bounds import Moment
from tracker.reports.asked import Asked
from tracker.reports.clocks import Earlier
from tracker.reports.movement import Move
from tracker.reports.standings import opening
from tracker.reports.stock import Stock, names, stock
from tracker.store import Connection, Head
from tracker.store.merges import became

ADDING: Final = ("newly_documented", "withdrawn_releases")
TAKING: Final = ("late_releases", "delisted", "merged")
LINES: Final = (*ADDING, *TAKING)
OF_THEN: Final = ("delisted", "merged")
"""The lines of people who may not be on record now: they are shown as they were then."""


@dataclass(frozen=True)
class Side:
    """Some people at the opening in one reading.

    `standing` and `detention`: what each was, and by which detention; `when`: the minute at which an arrest (by its
    detention) or release (by its id) by then counts; `out`: the people whom a release by then had let go.
    """

    standing: dict[str, str] = field(default_factory=dict)
    detention: dict[str, str | None] = field(default_factory=dict)
    release: dict[str, str | None] = field(default_factory=dict)
    when: dict[str, str] = field(default_factory=dict)
    out: set[str] = field(default_factory=set)


_ON_RECORD: Final = "SELECT id FROM detainees WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"


def side(db: Connection, asked: Asked, moment: Moment, people: Iterable[str]) -> Side:
    """Read some people (ids) at a moment."""
    found = Side()
    known = db.execute(_ON_RECORD, (json.dumps(list(people)),)).fetchall()  # many who were learned of were not yet
    if not known:
        return found
    wanted = {"some": json.dumps([row[0] for row in known])}
    start = opening(db, asked, moment=moment, people="SELECT value FROM json_each(:some)", columns=())
    params = {**start.params, **wanted}
    sql = f"{start.sql} SELECT detainee, standing, detention, release FROM hits WHERE standing <> 'none'"
    for person, standing, detention, release in db.execute(sql, params):
        found.standing[person] = standing
        found.detention[person] = detention
        found.release[person] = None if standing == "died" else release
    sql = f"{start.sql} SELECT detainee, detention, release, counted, standing FROM effective WHERE counted <= :moment"
    for person, detention, release, counted, standing in db.execute(sql, params):
        found.when[release or detention] = counted
        if release is not None and standing not in asked.deprived:
            found.out.add(person)
    return found


@dataclass(frozen=True)
class Learned:
    """The opening as known then (`then`) and now, and the moves that lead from the one to the other.

    `head`: the change up to which the record was known then. `into`: for ids merged in, the ref of who they are now.
    `names`: of those who may be on record no more (`OF_THEN`), as they were, where they may be shown.
    """

    head: Head
    then: Stock
    now: Stock
    moves: list[Move]
    into: Mapping[str, str]
    names: dict[str, str]


def learned(db: Connection, asked: Asked, moment: Moment, earlier: Earlier, *, few: bool) -> Learned:
    """Return what was learned about a moment between what was known `earlier` and what the question knows."""
    now = stock(db, asked, moment, few=few, ids=True)
    into = became(db)
    ids = _by_ref(db, into.values())
    with earlier() as head:
        of_then = _by_ref(db, into)
        became_ = {of_then[gone]: ids[kept] for gone, kept in into.items() if gone in of_then and kept in ids}
        then = stock(db, asked, moment, few=few, ids=True, without=_withheld(db, became_) if asked.public else ())
        found = compare(then.ids, now.ids, became_)
        lost = [one for ids in found.lost.values() for one in ids]
        before = side(db, asked, moment, [*lost, *(one for ids in found.gained.values() for one in ids), *found.merged])
        names_ = names(db, asked, [*lost, *found.merged])
    after = side(db, asked, moment, [*found.gained, *found.lost])
    moves = [_gained(person, ids, before, after, asked) for person, ids in found.gained.items()]
    moves += [_lost(person, ids, before, after, asked) for person, ids in found.lost.items()]
    moves += [_move("merged", one, before.detention[one], None, before) for one in found.merged]
    moves.sort(key=lambda move: move.at)
    refs = {of_then[gone]: kept for gone, kept in into.items() if gone in of_then}
    return Learned(head, then, now, moves, refs, names_)


def _by_ref(db: Connection, refs: Iterable[str]) -> dict[str, str]:
    """Return the ids of people by their refs, of those on record."""
    sql = "SELECT ref, id FROM detainees WHERE ref IN (SELECT value FROM json_each(?))"
    return {row[0]: row[1] for row in db.execute(sql, (json.dumps(sorted(set(refs))),))}


def _withheld(db: Connection, became_: Mapping[str, str]) -> list[str]:
    """Return the ids of then of people who asked since, under another id, not to be counted in public."""
    marked = {row[0] for row in db.execute("SELECT id FROM main.detainees WHERE publish = 'withheld'")}
    return [person for person, kept in became_.items() if kept in marked]


@dataclass(frozen=True)
class Difference:
    """Who is counted in only one of the two readings.

    `gained`: now only, each with their ids of then. `lost`: then only, under their id of now if they have one, each
    with their ids counted then. `merged`: ids counted then of somebody who has another one counted.
    """

    gained: dict[str, list[str]]
    lost: dict[str, list[str]]
    merged: list[str]


def compare(then: Collection[str], now: Collection[str], became_: Mapping[str, str]) -> Difference:
    """Compare who was counted then (ids) with who is counted now; `became_`: who people merged in since have become."""
    parts: dict[str, list[str]] = defaultdict(list)
    for person, into in became_.items():
        parts[into].append(person)
    counted: dict[str, list[str]] = defaultdict(list)
    for person in then:
        counted[became_.get(person, person)].append(person)
    several = {into: sorted(ids, key=lambda one: (one != into, one)) for into, ids in counted.items() if len(ids) > 1}
    return Difference(
        gained={person: [person, *sorted(parts[person])] for person in sorted(now) if person not in counted},
        lost={person: several.get(person, ids) for person, ids in sorted(counted.items()) if person not in now},
        merged=[one for into in sorted(several) for one in several[into][1:]],
    )


def _gained(person: str, ids: Iterable[str], before: Side, after: Side, asked: Asked) -> Move:
    """Return why somebody is counted now who was not."""
    out = [one for one in ids if before.standing.get(one, asked.deprived[0]) not in asked.deprived]
    detention = after.detention[person]
    line, release = "newly_documented", None
    if out and (detention in before.when or person not in after.out):
        line, release = "withdrawn_releases", before.release[out[0]]
    return _move(line, person, detention, release, after)


def _lost(person: str, ids: Sequence[str], before: Side, after: Side, asked: Asked) -> Move:
    """Return why somebody is not counted now who was."""
    held = before.detention[ids[0]]
    if after.standing.get(person, asked.deprived[0]) not in asked.deprived:
        known = any(before.detention[one] in after.when for one in ids)
        if known or not any(one in before.out for one in ids):
            return _move("late_releases", person, after.detention[person], after.release[person], after)
    return _move("delisted", ids[0], held, None, before)


def _move(line: str, person: str, detention: str | None, release: str | None, at: Side) -> Move:
    """Return a move that counts at the minute of its release in that reading, else of its arrest."""
    return Move(line, person, detention, release, at.when.get(release or "") or at.when.get(detention or "") or "")
