"""Pairs of people on record who may be one: found through the words of their names, weighed like a printed name.

Two people are compared where they share a word that few have, two words that few have together, or a case number, and
hardly any other word contradicts; never everybody with everybody. What more than `CROWDED` people share finds nobody.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, combinations, groupby
from math import log10
from operator import itemgetter
from typing import Final

from tracker.matching.lookup import Lookup
from tracker.matching.matcher import CROWD, Weighed, weigh
from tracker.matching.people import people_described
from tracker.store import Connection

CROWDED: Final = 40
"""The most people who may share a word, or two, for each to be compared with each."""

BATCH: Final = 2_000

_IDENTIFIED: Final = """
SELECT DISTINCT a.detainee, b.detainee FROM identifiers a
JOIN identifiers b ON b.value = a.value AND b.scheme = a.scheme AND b.detainee > a.detainee
"""

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Alike:
    """Two people (ids, the older first) who may be one: a score from 0 to 1 and the reasons in words."""

    one: str
    other: str
    score: float
    total: float
    reasons: tuple[str, ...]


def alike(db: Connection, *, unsure: bool = False) -> list[Alike]:
    """Return the pairs worth a look, likeliest first. Judged different, none comes back; `unsure` brings those back."""
    settled = {"different"} if unsure else {"different", "unsure"}
    rows = db.execute("SELECT one, other, verdict FROM judgements").fetchall()
    judged = {(min(one, other), max(one, other)) for one, other, verdict in rows if verdict in settled}
    pairs = sorted(set(_found(db)) - judged)
    weighed = dict(_weighed(db, pairs))
    known: defaultdict[str, list[float]] = defaultdict(list)
    for (one, other), each in weighed.items():
        known[one].append(each.names.weight)
        known[other].append(each.names.weight)
    found = []
    for (one, other), each in weighed.items():
        crowd = max(
            sum(1 for weight in known[person] if weight >= each.names.weight - CROWD) for person in (one, other)
        )
        whole = Weighed(each.names, each.context, each.printed, round(log10(crowd), 2))
        if whole.possible:
            reasons = (*whole.names.reasons, *whole.context.reasons)
            found.append(Alike(one, other, whole.score, whole.total, reasons))
    return sorted(found, key=lambda each: (-each.total, each.one, each.other))


def _weighed(db: Connection, pairs: list[Pair]) -> Iterator[tuple[Pair, Weighed]]:
    """Weigh pairs, reading the people of a few thousand at a time."""
    rarity = Lookup(db).rarity
    for start in range(0, len(pairs), BATCH):
        part = pairs[start : start + BATCH]
        people = people_described(db, {person for pair in part for person in pair})
        for one, other in part:
            if people[one].name and people[other].name:  # nobody without a name is matched by name
                yield (one, other), weigh(people[one], people[other], rarity)


def _found(db: Connection) -> Iterator[Pair]:
    """Give the pairs that are worth comparing, some more than once."""
    yield from ((row[0], row[1]) for row in db.execute(_IDENTIFIED))
    words: defaultdict[str, list[str]] = defaultdict(list)
    crowded: dict[str, list[str]] = {}
    few: list[list[str]] = []
    rows = db.execute("SELECT word, detainee FROM name_words ORDER BY word, detainee")
    for word, group in groupby(rows, key=itemgetter(0)):
        people = [row[1] for row in group]
        for person in people:
            words[person].append(word)
        if len(people) > CROWDED:
            crowded[word] = people
        elif len(people) > 1:
            few.append(people)
    groups = chain(few, _meeting(crowded, words), _called_alike(db))
    for people in groups:
        for one, other in combinations(people, 2):
            if _near(set(words[one]), set(words[other])):
                yield one, other


def _meeting(crowded: Mapping[str, list[str]], words: Mapping[str, list[str]]) -> Iterator[list[str]]:
    """Give the groups of people who have two common words together, few enough to be compared."""
    for word, people in crowded.items():
        together: defaultdict[str, list[str]] = defaultdict(list)
        for person in people:
            for other in words[person]:
                if other > word and other in crowded:
                    together[other].append(person)
        yield from (both for both in together.values() if 1 < len(both) <= CROWDED)


def _called_alike(db: Connection) -> Iterator[list[str]]:
    """Give the groups of people of one name, few enough to be compared."""
    rows = db.execute("SELECT name_key, id FROM detainees WHERE name IS NOT NULL ORDER BY name_key, id")
    for _key, group in groupby(rows, key=itemgetter(0)):
        people = [row[1] for row in group]
        if 1 < len(people) <= CROWDED:
            yield people


def _near(one: set[str], other: set[str]) -> bool:
    """Return whether at most one word of the shorter name is without an answer: the same, or of the same letter."""
    mine, theirs = sorted((one - other, other - one), key=len)
    initials = {word[0] for word in theirs}
    return sum(1 for word in mine if word[0] not in initials) <= 1
