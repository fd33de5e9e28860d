"""What happened in each of many periods, and who was held at its end: out of one reading of everybody's life.

Every figure is the one that `released` gives for the period as its window, and `remaining` for its last minute, under
the same rule, clocks and filters (tested). In public, a release that is held back until a day is not there before it:
the few people whom that concerns are read again for each state of what is public.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from tracker.domain.date_bounds import Moment, bounds
from tracker.domain.periods import Period
from tracker.reports.asked import Asked, after
from tracker.reports.filters import Filter
from tracker.reports.lives import Held, Lives, Window
from tracker.reports.standings import Tally, keys, opening
from tracker.store import Connection

SAID: Final = ("verified", "reported", "announced")


@dataclass(frozen=True, slots=True)
class Figure:
    """How many people; at least, and at most, where dates leave it open."""

    n: int = 0
    low: int = 0
    high: int = 0

    def __add__(self, other: "Figure") -> "Figure":
        """Return the figure of two groups of people that share nobody."""
        return Figure(self.n + other.n, self.low + other.low, self.high + other.high)


NOBODY: Final = Figure()


@dataclass(frozen=True)
class Counted:
    """What a period came to. `said`: who left or is said to have, by the strongest word."""

    arrests: int = 0
    released: Figure = NOBODY
    said: Mapping[str, int] = field(default_factory=dict)
    died: int = 0

    def __add__(self, other: "Counted") -> "Counted":
        """Return what it came to for two groups of people that share nobody."""
        return Counted(
            self.arrests + other.arrests,
            self.released + other.released,
            Counter(self.said) + Counter(other.said),
            self.died + other.died,
        )


class Reading:
    """Everybody a question is about, read once; then counted by period."""

    def __init__(self, db: Connection, asked: Asked) -> None:
        self._db = db
        self._asked = asked
        self._of_standing: dict[Moment, frozenset[str]] = {}
        self._held_back = _held_back(db) if asked.public else {}
        apart = {"apart": json.dumps(sorted(self._held_back))}
        within = "(SELECT value FROM json_each(:apart))"
        self._apart = replace(asked, filters=(*asked.filters, Filter(f"d.id IN {within}", apart, "")))
        others = replace(asked, filters=(*asked.filters, Filter(f"d.id NOT IN {within}", apart, "")))
        self._lives = Lives(db, _whole(others if self._held_back else asked))
        self._states: dict[tuple[int, ...], Lives] = {}

    def begins(self) -> Moment | None:
        """Return the first minute at which anything is known to have happened; None where nothing is."""
        lives = [self._lives, *([Lives(self._db, _whole(self._apart))] if self._held_back else [])]
        return min((at for one in lives for at, _person, _after in one.turns if at), default=None)

    def window(self, first: Moment, last: Moment) -> Counted:
        """Return what a window came to."""
        among = self._of_the_standings(last) if self._asked.standings else None
        places = frozenset(self._asked.facilities)
        return sum((_counted(lives, first, last, among, places) for lives in self._at(last)), Counted())

    def held(self, periods: Sequence[Period]) -> list[Figure]:
        """Return who is held at the end of each period."""
        if self._asked.facilities or self._asked.standings:
            return [self._held_by_standing(period.last) for period in periods]
        found = {moment: _figure(held) for moment, held in self._lives.held([period.last for period in periods])}
        for period in periods if self._held_back else ():
            [(_moment, held)] = self._state(period.last).held([period.last])
            found[period.last] += _figure(held)
        return [found[period.last] for period in periods]

    def _at(self, last: Moment) -> Iterator[Lives]:
        yield self._lives
        if self._held_back:
            yield self._state(last)

    def _state(self, last: Moment) -> Lives:
        """Return the lives of those of whom something is held back, as the public may know them by then."""
        until = min(last, self._asked.now)
        state = tuple(sum(opens <= until for opens in texts) for texts in self._held_back.values())
        if state not in self._states:
            asked = replace(_whole(self._apart), now=until)  # what is public is what is public by then
            self._states[state] = Lives(self._db, asked, self._asked.latest)
        return self._states[state]

    def _of_the_standings(self, last: Moment) -> frozenset[str]:
        """Return the people whose standing now is one of those asked for, as `released` narrows by it."""
        asked = replace(self._asked, moment=last)
        if asked.latest not in self._of_standing:
            start = opening(self._db, asked, moment=asked.latest, placed=False, columns=())
            rows = self._db.execute(
                f"{start.sql} SELECT detainee FROM hits WHERE standing IN ({keys(asked.standings)})", start.params
            )
            self._of_standing[asked.latest] = frozenset(row[0] for row in rows)
        return self._of_standing[asked.latest]

    def _held_by_standing(self, moment: Moment) -> Figure:
        """Return who is held in the places, or of the standings, asked for: people come and go without crossing."""
        start = opening(self._db, replace(self._asked, moment=moment), moment=moment, columns=())
        rows = self._db.execute(
            f"{start.sql} SELECT standing, possible, NULL, count(*) FROM hits GROUP BY 1, 2", start.params
        )
        tally = Tally.of(rows.fetchall())
        return Figure(tally.count(self._asked.held), *tally.bounds(self._asked.held))


def _whole(asked: Asked) -> Asked:
    return replace(asked, facilities=(), standings=())


def _held_back(db: Connection) -> dict[str, list[Moment]]:
    """Return the people of whom a release is held back until a day → the minutes at which that may change."""
    views = {row[0] for row in db.execute("SELECT name FROM sqlite_temp_schema WHERE type = 'view'")}
    found: dict[str, list[Moment]] = {}
    for schema in ("main.", "temp.") if "releases" in views else ("main.",):
        detentions = f"{schema}detentions" if not schema.startswith("temp") or "detentions" in views else "detentions"
        rows = db.execute(
            f"SELECT DISTINCT t.detainee, r.publish_from FROM {schema}releases r"
            f" JOIN {detentions} t ON t.id = r.detention WHERE r.publish_from IS NOT NULL"
        )
        for person, text in rows:
            opens, all_open = bounds(text)
            found.setdefault(person, []).extend([opens or "", after(all_open or opens or "")])
    return found


def _counted(
    lives: Lives, first: Moment, last: Moment, among: frozenset[str] | None, places: frozenset[str]
) -> Counted:
    """Return what a window came to for one reading of lives."""
    exits = lives.exits.window(first, last, among)
    told = lives.told(first, last, exits.people, among)
    left = lives.there(exits, places)
    words = [lives.statuses[one.release or ""] for one in left.people.values()]
    words += [move.line for move in told if not places or lives.place(move.detention or "", move.at) in places]
    arrests, deaths = (
        lives.there(series.window(first, last, among), places) for series in (lives.arrests, lives.deaths)
    )
    return Counted(len(arrests.people), _bounded(left), Counter(words), len(deaths.people))


def _bounded(found: Window) -> Figure:
    return Figure(len(found.people), len(found.certain), len(found.possible))


def _figure(held: Held) -> Figure:
    return Figure(len(held.people), len(held.people) - len(held.doubtful), len(held.people) + len(held.others))
