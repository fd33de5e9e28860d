"""Which people on record are worth comparing with each other: never everybody with everybody.

People meet in blocks: by a word of their names that few have, by two or three words that few have together, by a word
and the day of an arrest or of a birth. A block with too many people in it is divided by one more thing they share,
until few are left; what nothing divides is a crowd of one name, in which nobody can tell who is who. In a large record
blocks must be smaller, since there a few words in common prove less. Of all pairs that meet, the likeliest are kept.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from heapq import nlargest
from itertools import combinations, groupby
from math import log10
from operator import itemgetter
from typing import Final

from tracker.matching.matcher import CLASH_AT_LEAST
from tracker.matching.names_alike import CLASH
from tracker.store import Connection

CROWDED: Final = 40
"""The most people of a block who are compared, each with each, in a record of no more people than `LARGE`."""

LARGE: Final = 40_000
SMALLEST: Final = 4
MOST: Final = 100_000
"""So many pairs are kept, the most promising: each thousand takes about half a second to weigh."""

RAREST: Final = 3.6
SPELLED_ALIKE: Final = 2.0  # what words that begin or end alike may turn out to be worth
SELDOM: Final = 0.5  # and what they are worth mostly

_IDENTIFIED: Final = """
SELECT DISTINCT a.detainee, b.detainee FROM identifiers a
JOIN identifiers b ON b.value = a.value AND b.scheme = a.scheme AND b.detainee > a.detainee
"""
_WORDS: Final = "SELECT word, detainee FROM name_words WHERE word < '~' ORDER BY word, detainee"
_EASTERN: Final = "SELECT word, detainee FROM name_words WHERE word >= '~' ORDER BY word, detainee"
_CALLED: Final = "SELECT name_key, id FROM detainees WHERE name IS NOT NULL ORDER BY name_key, id"
_DAYS: Final = (
    """SELECT substr(began, 1, 10), detainee FROM detentions
    WHERE length(began) >= 10 AND instr(began, '..') = 0 ORDER BY 1, 2""",
    "SELECT born, id FROM detainees WHERE length(born) = 10 AND instr(born, '..') = 0 ORDER BY 1, 2",
)

Pair = tuple[str, str]


class Blocks:
    """The people of one state of the record, by what they share. People and what they share are numbers inside."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self._ids = [row[0] for row in db.execute("SELECT id FROM detainees ORDER BY id")]
        self._number = {person: number for number, person in enumerate(self._ids)}
        self._keys: list[list[int]] = [[] for _person in self._ids]
        self._value: list[str] = []
        self._worth: list[float] = []
        self._people: list[list[int]] = []
        self._first_day = 0
        self._few = max(SMALLEST, min(CROWDED, CROWDED * LARGE // max(1, len(self._ids))))
        self._read()

    def pairs(self, most: int = MOST) -> list[Pair]:
        """Return at most so many pairs worth weighing (ids, the older first), and all that share a case number."""
        promising: dict[tuple[int, int], float] = {}
        for people in self._blocks():
            for pair in combinations(people, 2):
                if pair not in promising and (promise := self._promise(*pair)) is not None:
                    promising[pair] = promise
            if len(promising) > 2 * most:
                promising = dict(nlargest(most, promising.items(), key=itemgetter(1)))
        kept = nlargest(most, promising.items(), key=itemgetter(1))
        found = {(self._ids[one], self._ids[other]) for (one, other), _promise in kept}
        return sorted(found | {(row[0], row[1]) for row in self._db.execute(_IDENTIFIED)})

    def _read(self) -> None:
        self._take(_WORDS)
        self._first_day = len(self._people)
        for sql in _DAYS:
            self._take(sql)

    def _take(self, sql: str) -> None:
        """Give a number to everything a question groups people by."""
        everybody = len(self._ids)
        for value, people in _groups(self._db, sql):
            numbers = [self._number[person] for person in dict.fromkeys(people) if person in self._number]
            self._value.append(value)
            self._worth.append(min(RAREST, log10((everybody + 1) / (len(numbers) or 1))))
            for number in numbers:
                self._keys[number].append(len(self._people))
            self._people.append(numbers)

    def _blocks(self) -> Iterator[Sequence[int]]:
        """Give the groups of people who meet, each small enough to compare each with each."""
        for key in range(self._first_day):
            people = self._people[key]
            if 1 < len(people) <= CROWDED:
                yield people
            elif people[1:]:
                yield from self._divided(people, key)
        for sql in (_EASTERN, _CALLED):
            for _value, named in _groups(self._db, sql):
                if 1 < len(named) <= CROWDED:
                    yield sorted(self._number[person] for person in named)

    def _divided(self, people: Iterable[int], after: int) -> Iterator[Sequence[int]]:
        """Divide a crowd by everything else that some of it share (in one order, so that nothing is tried twice)."""
        together: defaultdict[int, list[int]] = defaultdict(list)
        for person in people:
            for key in self._keys[person]:
                if key > after:
                    together[key].append(person)
        for key, both in together.items():
            if 1 < len(both) <= self._few:
                yield both
            elif both[1:]:
                yield from self._divided(both, key)

    def _promise(self, one: int, other: int) -> float | None:
        """Return what two people who meet are likely to weigh; nothing where it cannot be enough."""
        mine, theirs = set(self._keys[one]), set(self._keys[other])
        shared = mine & theirs
        names = sum(self._worth[key] for key in shared if key < self._first_day)
        days = sum(self._worth[key] for key in shared if key >= self._first_day)
        left = sorted(([key for key in each - shared if key < self._first_day] for each in (mine, theirs)), key=len)
        ends = {end for key in left[1] for end in _ends(self._value[key])}
        unlike = sum(1 for key in left[0] if ends.isdisjoint(_ends(self._value[key])))
        if unlike > 1:
            return None
        alike = len(left[0]) - unlike
        names -= CLASH * unlike
        return names + days + SELDOM * alike if names + SPELLED_ALIKE * alike >= CLASH_AT_LEAST else None


def _ends(word: str) -> tuple[str, str]:
    """Return what a slip leaves as it is: the first letter or the last two."""
    return f"{word[0]}-", f"-{word[-2:]}"


def _groups(db: Connection, sql: str) -> Iterator[tuple[str, list[str]]]:
    """Give (value, people) of a question that is ordered by the value."""
    cursor = db.cursor()
    cursor.row_factory = None  # plain tuples: there may be millions
    for value, group in groupby(cursor.execute(sql), key=itemgetter(0)):
        yield value, [row[1] for row in group]
