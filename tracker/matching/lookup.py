"""Who could be meant by a name, out of a record of any size: people found by the words of their names, best first.

The words stand in the table `name_words`. Rare words lead to their people at once; of common ones two must meet. A word
that is only near (mistyped) is looked up in the vocabulary, which is read once. Nothing here decides.
"""

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from heapq import nlargest
from itertools import combinations, pairwise
from math import log10
from typing import Final

from tracker.domain.name_words import index_word, index_words
from tracker.domain.names import fold
from tracker.matching.described import Described
from tracker.matching.names_alike import COMMON, INITIAL_WORTH, RARE
from tracker.matching.printed import taken_apart
from tracker.matching.words import everyday
from tracker.store import Connection

FEW: Final = 300  # up to so many people of a word, each is looked at
RARE_WORD: Final = 20  # a word of so few people may be mistyped, and so may be what is near a commoner one
COUNTED: Final = 20_000  # beyond, a word is common enough
DRIVEN: Final = (4_000, 1_500, 1_000)  # so many people of a common word are asked for another, the rarest word first
CROWD: Final = 1_000  # of so many, dates choose whom to compare
BEST: Final = 40  # of all found, so many are compared
NEAR: Final = 0.7  # what a near word counts, against the word itself
NEAR_WORDS: Final = 12
LEAST_HALF: Final = 3
GONE_ON: Final = 5
SEVERAL: Final = 4  # names of so many words are also looked up with words left out
BELIEF: Final = 1_000  # a record of so many people counts as much as what is known of names beforehand
BOUNDS: Final = (0.8, 3.6)
_SLIPS: Final = ((6, 2), (4, 1))  # from so many letters, so many slips

_VOCABULARY: Final = """
WITH RECURSIVE each (word) AS (
    SELECT min(word) FROM name_words
    UNION ALL SELECT (SELECT min(word) FROM name_words WHERE word > each.word) FROM each WHERE each.word IS NOT NULL
) SELECT word FROM each WHERE word IS NOT NULL
"""
_HOLDERS: Final = "SELECT count(*) FROM (SELECT 1 FROM name_words WHERE word = ? LIMIT ?)"
_PEOPLE: Final = "SELECT word, detainee FROM name_words WHERE word IN (SELECT value FROM json_each(?))"
# Word by word: the people of one word stand in one place, in their order, so that each is looked for beside the last.
_BOTH: Final = """
SELECT w.word, w.detainee FROM json_each(:others) k
    CROSS JOIN (SELECT detainee FROM name_words WHERE word = :word LIMIT :most) d
    CROSS JOIN name_words w ON w.word = k.value AND w.detainee = d.detainee
"""
_PROBE: Final = """
SELECT w.word, w.detainee FROM json_each(?) k CROSS JOIN json_each(?) p
    CROSS JOIN name_words w ON w.word = k.value AND w.detainee = p.value
"""
_CALLED: Final = """
SELECT d.id FROM json_each(:keys) k CROSS JOIN detainees d ON d.name_key = k.value
UNION SELECT n.detainee FROM json_each(:keys) k CROSS JOIN names n ON n.name_key = k.value LIMIT 1000
"""
_ARRESTED: Final = """
SELECT DISTINCT d.detainee FROM json_each(?) p CROSS JOIN detentions d ON d.detainee = p.value
WHERE d.began_from <= ? AND d.began_to >= ?
"""
_RELEASED: Final = """
SELECT DISTINCT d.detainee FROM json_each(?) p CROSS JOIN detentions d ON d.detainee = p.value
    CROSS JOIN releases r ON r.detention = d.id
WHERE r.released_from <= ? AND r.released_to >= ?
"""
_IDENTIFIED: Final = "SELECT detainee FROM identifiers WHERE value = ? AND scheme = ?"


class Lookup:
    """The words of one state of the record."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self._holders: dict[str, int] = {}
        self._rarity: dict[str, float] = {}
        self._near: dict[str, tuple[str, ...]] = {}

    @cached_property
    def people(self) -> int:
        """About how many people are on record."""
        found: int | None = self._db.execute("SELECT max(rowid) FROM main.detainees").fetchone()[0]
        return found or 0

    @cached_property
    def _vocabulary(self) -> list[str]:
        return [row[0] for row in self._db.execute(_VOCABULARY)]

    @cached_property
    def _by_ends(self) -> dict[str, list[str]]:
        """The vocabulary by first letter and by last two: a slip or two leave one of them as it is."""
        found: dict[str, list[str]] = defaultdict(list)
        for word in self._vocabulary:
            for end in _ends(word):
                found[end].append(word)
        return found

    def holders(self, key: str) -> int:
        """Return how many people have a word that sounds so, counted up to 20,000."""
        if key not in self._holders:
            self._holders[key] = self._db.execute(_HOLDERS, (key, COUNTED)).fetchone()[0]
        return self._holders[key]

    def rarity(self, word: str) -> float:
        """Return how much sharing `word` proves, in powers of ten: what is known of names, and of this record."""
        if word not in self._rarity:
            self._rarity[word] = self._rarity_of(word)
        return self._rarity[word]

    def _rarity_of(self, word: str) -> float:
        if len(word) == 1:
            return INITIAL_WORTH
        before: float = 10.0 ** -(COMMON if everyday(word) else RARE)
        others = max(0, self.holders(index_word(word)) - 1)  # besides the one it is shared with
        share = (others + BELIEF * before) / (self.people + BELIEF)
        return min(BOUNDS[1], max(BOUNDS[0], -log10(share)))

    def find(self, described: Described) -> list[str]:
        """Return the ids of people worth comparing with somebody described, at most 40, best first."""
        evidence: dict[str, float] = defaultdict(float)
        for name in described.names:
            for person, worth in self._of_one_name(name).items():
                evidence[person] = max(evidence[person], worth)
        if len(evidence) > BEST:
            self._of_one_day(described, evidence)
        for scheme, value in described.identifiers:
            for row in self._db.execute(_IDENTIFIED, (value, scheme)):
                evidence[row[0]] = float("inf")
        return sorted(evidence, key=lambda person: (-evidence[person], person))[:BEST]

    def _of_one_day(self, described: Described, evidence: dict[str, float]) -> None:
        """Put those first, out of a crowd, who were arrested or released when the one described was."""
        crowd = json.dumps(nlargest(CROWD, evidence, key=lambda person: evidence[person]))
        for sql, dates in ((_ARRESTED, described.arrested), (_RELEASED, described.released)):
            for date in dates:
                if date.earliest and date.latest:
                    for row in self._db.execute(sql, (crowd, date.latest, date.earliest)):
                        evidence[row[0]] += RARE

    def _of_one_name(self, name: str) -> dict[str, float]:
        parts = taken_apart(name)
        weights: dict[str, float] = {}
        for key in (
            {index_word(word) for word in (*parts.words, *parts.beside)}
            | index_words(name)
            | _together(parts.words)
            | self._halves(parts.words)
        ):
            for word, part in self._options(key).items():
                weights[word] = max(weights.get(word, 0.0), part * self._weight(word))
        few = {word for word in weights if self.holders(word) <= FEW}
        keys = {index_word(word) for word in parts.words}  # before what is only near
        many = sorted(weights.keys() - few, key=lambda word: (word not in keys, self.holders(word), word))
        evidence: dict[str, float] = defaultdict(float)
        for word, person in self._db.execute(_PEOPLE, (json.dumps(sorted(few)),)).fetchall():
            evidence[person] += weights[word]
        if len(evidence) > BEST:
            self._add(evidence, weights, self._db.execute(_PROBE, (json.dumps(many), json.dumps(sorted(evidence)))))
        if len(few & keys) <= len(parts.words) - 2:
            self._meet(many, weights, evidence)
        for row in self._db.execute(_CALLED, {"keys": json.dumps(_shorter(name))}):
            evidence[row[0]] += RARE
        return evidence

    def _halves(self, words: tuple[str, ...]) -> set[str]:
        """Return the two words of a name that was written as one, where the record knows both."""
        found: set[str] = set()
        for word in words if len(words) == 1 else ():
            for cut in range(LEAST_HALF, len(word) - LEAST_HALF + 1):
                halves = {index_word(word[:cut]), index_word(word[cut:])}
                if all(map(self.holders, halves)):
                    found |= halves
        return found

    def _meet(self, many: list[str], weights: dict[str, float], evidence: dict[str, float]) -> None:
        """Add the people who have two of the common words `many` (the rarest first), as far as there is time for."""
        known = frozenset(evidence)
        for place, (word, driven) in enumerate(zip(many[:-1], DRIVEN, strict=False)):
            found: dict[str, float] = {}
            asked = {"word": word, "most": driven, "others": json.dumps(many[place + 1 :])}
            for other, person in self._db.execute(_BOTH, asked).fetchall():
                if person not in known:
                    found[person] = found.get(person, weights[word]) + weights[other]
            for person, worth in found.items():
                evidence[person] = max(evidence[person], worth)

    @staticmethod
    def _add(evidence: dict[str, float], weights: dict[str, float], found: Iterable[Sequence[str]]) -> None:
        for word, person in list(found):
            evidence[person] += weights[word]

    def _options(self, key: str) -> dict[str, float]:
        """Return the words that `key` may stand for, each with the part of its weight that it counts."""
        holders = self.holders(key)
        found = {key: 1.0} if holders else {}
        near = {word: self.holders(word) for word in self._near_words(key)}
        if holders <= RARE_WORD:  # mistyped here, or there
            return found | dict.fromkeys(near, NEAR)
        return found | {word: NEAR for word, many in near.items() if many <= RARE_WORD}

    def _near_words(self, key: str) -> tuple[str, ...]:
        if key not in self._near:
            slips = next((slips for letters, slips in _SLIPS if len(key) >= letters), 0)
            self._near[key] = (*self._within(key, slips), *self._begun(key)) if slips else ()
        return self._near[key]

    def _within(self, key: str, slips: int) -> list[str]:
        """Return the words of the record that are so few slips away, nearest first."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        beginning, ending = _ends(key)
        words = self._by_ends.get(beginning, []) + self._by_ends.get(ending, [])
        found = process.extract(key, words, scorer=OSA.distance, score_cutoff=slips, limit=NEAR_WORDS)
        return list(dict.fromkeys(word for word, distance, _place in found if distance and len(word) > slips + 1))

    def _begun(self, key: str) -> list[str]:
        """Return words that go on where `key` ends (Alex, Alexander)."""
        start = bisect_right(self._vocabulary, key)
        return [word for word in self._vocabulary[start : start + GONE_ON] if word.startswith(key)]

    def _weight(self, key: str) -> float:
        return -log10((self.holders(key) + 1) / (self.people + BELIEF))


def _ends(word: str) -> tuple[str, str]:
    return f"{word[0]}-", f"-{word[-2:]}"


def _shorter(name: str) -> list[str]:
    """Return the key of `name`, and of what is left of it without some of its words, in their order."""
    words = fold(name).split()
    if len(words) > SEVERAL:
        return [" ".join(words)]
    return [" ".join(some) for count in range(2, len(words) + 1) for some in combinations(words, count)] or words


def _together(words: tuple[str, ...]) -> set[str]:
    """Return the keys of neighbouring words written as one: De La Cruz, Delacruz."""
    return {index_word(one + other) for one, other in pairwise(words)}
