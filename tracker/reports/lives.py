"""Everybody's crossings in memory, so that many windows can be counted out of one reading.

What a window comes to is the same as in `movement.lines`, which reads one window from the database (tested): people
who left, at their latest exit; those only said to be out, by the strongest word; arrests, deaths, and who is held.
"""

import json
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from operator import attrgetter, itemgetter
from typing import NamedTuple

from tracker.domain.date_bounds import Moment
from tracker.domain.vocabulary import STATUS_RANK
from tracker.reports.asked import Asked
from tracker.reports.crossings import Crossing, crossings
from tracker.reports.movement import Move, told
from tracker.reports.standings import mask, opening
from tracker.store import Connection


class Happened(NamedTuple):
    """Something that happened to a person: `at` the minute at which it counts, somewhere between `lo` and `hi`."""

    at: Moment
    lo: Moment
    hi: Moment
    detainee: str
    detention: str
    release: str | None


class Window(NamedTuple):
    """What a window came to: person → the latest that happened to them in it, that certainly did, that may have."""

    people: dict[str, Happened]
    certain: dict[str, Happened]
    possible: dict[str, Happened]


class Series:
    """Things of one kind that happened, found by window."""

    def __init__(self, found: Iterable[Happened]) -> None:
        ordered = sorted(found, key=attrgetter("lo", "at"))
        self.sharp = [one for one in ordered if one.lo[:10] == one.hi[:10]]
        self.vague = [one for one in ordered if one.lo[:10] != one.hi[:10]]
        self.starts = [one.lo for one in self.sharp]

    def near(self, first: Moment, last: Moment) -> Iterator[Happened]:
        """Yield what may have happened in a window."""
        begin = bisect_left(self.starts, first[:10])
        yield from self.sharp[begin : bisect_right(self.starts, last)]
        yield from (one for one in self.vague if one.lo <= last and first <= one.hi)

    def open(self, moment: Moment) -> Iterator[Happened]:
        """Yield what may have happened by a moment, or later."""
        return (one for one in self.near(moment, moment) if one.lo <= moment < one.hi)

    def window(self, first: Moment, last: Moment, among: Collection[str] | None) -> Window:
        """Return what happened from `first` to `last`, to the people `among`; None for everybody."""
        found = Window({}, {}, {})
        for one in sorted(self.near(first, last), key=attrgetter("at")):
            if among is not None and one.detainee not in among:
                continue
            if one.lo <= last and first <= one.hi:
                found.possible[one.detainee] = one
            if first <= one.lo and one.hi <= last:
                found.certain[one.detainee] = one
            if first <= one.at <= last:
                found.people[one.detainee] = one
        return found


class Lives:
    """The crossings of everybody whom a question is about, under its rule; windows are given with each call."""

    def __init__(self, db: Connection, asked: Asked, until: Moment | None = None) -> None:
        """Read everybody's life, up to the minute `until` (None: to the end of today, or of the window)."""
        self.db = db
        self.asked = replace(asked, first="", moment=until or asked.latest, embargo=asked.published_until)
        exits: list[Happened] = []
        arrests: list[Happened] = []
        deaths: list[Happened] = []
        self.turns: list[tuple[Moment, str, bool]] = []
        events: list[Happened] = []
        self.over: dict[str, Moment] = {}
        self._closer: set[str] = set()
        self._unmoved: set[str] = set()
        self._bits: dict[str, int] = {}
        self._asked_at: dict[str, int] = {}
        for person in crossings(db, self.asked):
            if _several_and_vague(person):
                self._closer.add(person[0].event.detainee)
            if len(person) == 1:
                self._unmoved.add(person[0].event.detention)
            for one in person:
                event = one.event
                events.append(_happened(one))
                if one.before != one.after:
                    self.turns.append((event.at, event.detainee, one.after))
                if one.exit:
                    self.over.setdefault(event.detention, event.at)
                    exits.append(_happened(one))
                elif one.after and not one.before and event.release is None:
                    arrests.append(_happened(one))
                elif one.before and not one.after and one.cause == "died":
                    deaths.append(_happened(one))
        self.turns.sort(key=itemgetter(0))  # what happened to one person in one minute stays in its order
        self.exits, self.arrests, self.deaths = Series(exits), Series(arrests), Series(deaths)
        self._events = Series(events)

    @cached_property
    def _sentences(self) -> list[tuple[Moment, str, str]]:
        """When somebody's sentence has run out, by detention: whoever is held then may not be."""
        return self.db.execute(
            "SELECT coalesce(sentence_ends_from, ''), id, detainee FROM detentions WHERE sentence_ends IS NOT NULL"
        ).fetchall()

    @cached_property
    def _dying(self) -> list[tuple[Moment, str]]:
        """Until when it is open whether somebody has died, of whom more is told that may lie after it.

        What comes after a death is no crossing; whether it does, only standing knows.
        """
        return self.db.execute(
            """SELECT died_to, d.id FROM detainees d WHERE died_to IS NOT NULL AND EXISTS (
              SELECT 1 FROM detentions t LEFT JOIN releases r ON r.detention = t.id WHERE t.detainee = d.id
                AND (coalesce(t.began_to, '~') >= coalesce(died_from, '')
                  OR r.id IS NOT NULL AND coalesce(r.released_to, '~') >= coalesce(died_from, '')))"""
        ).fetchall()

    @cached_property
    def _dates(self) -> dict[str, list[Moment]]:
        """Person → the minutes at which something may begin to have happened to them, or surely has, in order."""
        found: dict[str, list[Moment]] = defaultdict(list)
        for one in (*self._events.sharp, *self._events.vague):
            found[one.detainee] += (one.lo, one.hi)
        for ends, _detention, person in self._sentences:
            found[person].append(ends)
        for dates in found.values():
            dates.sort()
        return found

    @cached_property
    def statuses(self) -> dict[str, str]:
        """Release → its status."""
        return dict(self.db.execute("SELECT id, status FROM releases").fetchall())

    @cached_property
    def places(self) -> dict[str, list[tuple[Moment, str | None]]]:
        """Detention → its stays in order: from when ('' for ever), and which place."""
        found: dict[str, list[tuple[Moment, str | None]]] = defaultdict(list)
        rows = self.db.execute("SELECT detention, coalesce(since_from, ''), facility FROM stays ORDER BY step, id")
        for detention, since, facility in rows:
            found[detention].append((since, facility))
        return found

    def place(self, detention: str, at: Moment) -> str | None:
        """Return where a detention was spent at a minute."""
        return next((place for since, place in reversed(self.places.get(detention, [])) if since <= at), None)

    def there(self, found: Window, places: Collection[str]) -> Window:
        """Return what happened to people held in one of the places just then; no places: anywhere."""
        if not places:
            return found
        return Window(*({k: v for k, v in one.items() if self.place(v.detention, v.at) in places} for one in found))

    @cached_property
    def _told(self) -> list[Move]:
        return list(told(self.db, self.asked))

    def told(self, first: Moment, last: Moment, gone: Collection[str], among: Collection[str] | None) -> list[Move]:
        """Return who is said to be out by words the rule does not accept, the strongest word of each.

        Not those who did leave in the window (`gone`), nor by a detention that was over by then.
        """
        moments = [move.at for move in self._told]
        strongest: dict[str, Move] = {}
        for move in self._told[bisect_left(moments, first) : bisect_right(moments, last)]:
            if move.detainee in gone or (among is not None and move.detainee not in among):
                continue
            if self.over.get(move.detention or "", "~") <= move.at:
                continue
            known = strongest.get(move.detainee)
            if known is None or STATUS_RANK[move.line] >= STATUS_RANK[known.line]:
                strongest[move.detainee] = move
        return list(strongest.values())

    def held(self, moments: Sequence[Moment]) -> "Iterator[tuple[Moment, Held]]":
        """Yield who is held at each moment, in order of time."""
        held: set[str] = set()
        turns = iter([*self.turns, ("~~", "", False)])
        at, person, after = next(turns)
        for moment in sorted(set(moments)):
            while at <= moment:
                (held.add if after else held.discard)(person)
                at, person, after = next(turns)
            yield moment, Held(frozenset(held), *self._doubts(moment, held))

    def _doubts(self, moment: Moment, held: set[str]) -> tuple[set[str], set[str]]:
        """Return who of the held may not be, and who else may be: by standing, asked of those it can concern."""
        dying = {person for died, person in self._dying if moment < died}
        near = self._closer | dying | {one.detainee for one in self._events.open(moment)}
        served = [(one, person) for ends, one, person in self._sentences if ends <= moment and person in held]
        plain = {person for one, person in served if person not in near and one in self._unmoved}
        near |= {person for _one, person in served} - plain
        possible = self._possible(moment, near, dying)
        bits = mask(self.asked.deprived)
        inside = {person for person in near if person in held and possible.get(person, 0) & ~bits}
        return inside | plain, {person for person in near if person not in held and possible.get(person, 0) & bits}

    def _possible(self, moment: Moment, near: set[str], dying: set[str]) -> dict[str, int]:
        """Return the possible standings of some people, asked again only of those for whom a date has passed since."""
        reached = {person: bisect_right(self._dates[person], moment) for person in near}
        ask = [one for one in near if one in dying or self._asked_at.get(one) != reached[one]]
        if ask:
            start = opening(
                self.db,
                self.asked,
                moment=moment,
                people="SELECT value FROM json_each(:near)",
                placed=False,
                columns=(),
            )
            rows = self.db.execute(
                f"{start.sql} SELECT detainee, possible FROM hits", {**start.params, "near": json.dumps(sorted(ask))}
            )
            self._bits.update(dict.fromkeys(ask, 0) | dict(rows.fetchall()))
            self._asked_at.update((one, reached[one]) for one in ask)
        return self._bits


class Held(NamedTuple):
    """Who is held at a moment; who of them may not be; who else may be."""

    people: frozenset[str]
    doubtful: set[str]
    others: set[str]


def _several_and_vague(person: Sequence[Crossing]) -> bool:
    """Return whether a life of several detentions leaves open which came last: a vague date, or two of one day."""
    events = [one.event for one in person]
    if len({event.detention for event in events}) == 1:
        return False
    days = {event.lo[:10] for event in events}
    return len(days) < len(events) or any(event.lo[:10] != event.hi[:10] for event in events)


def _happened(one: Crossing) -> Happened:
    event = one.event
    return Happened(event.at, event.lo, event.hi, event.detainee, event.detention, event.release)
