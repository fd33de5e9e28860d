"""Near misses: people whose names could be another spelling of a name.

What is compared are folded words (`names.fold`) without particles. Words pair off by likeness, the shorter name
against the longer; the longer one's extra words cost nothing, as second names and surnames come and go in print. How
rare a word is says how much a pair is worth: a shared *Pérez* proves little, a shared *Gorbe* much. A near miss is
shown, never taken.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple, TypeAlias

from tracker.domain.names import fold
from tracker.i18n import _
from tracker.matching.words import alike, everyday, likeness, without_particles
from tracker.store import Connection

ENOUGH: Final = 70
"""The score from which two names are a near miss."""

RARE: Final = 0.6
"""The weight from which one word alone makes a person worth a look."""

LEAST: Final = 0.2
FEW: Final = 20  # a lone word that more people are called says nothing
SURE: Final = 0.7  # the likeness that at least one pair of words must have
BEGINS_ALIKE: Final = 0.45  # Ernesto and Enrique: of some worth next to a rare surname, of none next to a common one
UNANSWERED: Final = 0.55  # the least that a word without an answer costs
LONE_RARE: Final = 80  # the score of a name of one word that a longer name has
LONE_EVERYDAY: Final = 60

Weigh: TypeAlias = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Near:
    """A person whose name is near: `name` is their main name, `printed` the one that is near, `score` up to 100."""

    id: str
    ref: str
    name: str
    printed: str
    score: int
    reason: str


class Pair(NamedTuple):
    """A word of one name, the word of the other it answers to, how alike they are (0 to 1) and what that is worth."""

    one: str
    other: str
    likeness: float
    weight: float
    places: tuple[int, int]


_KEYS: Final = "SELECT name_key FROM detainees WHERE name_key IS NOT NULL UNION SELECT name_key FROM names"

_CALLED: Final = """
SELECT id, ref, name, name AS printed FROM detainees WHERE name_key = :key AND name IS NOT NULL
UNION ALL SELECT d.id, d.ref, coalesce(d.name, d.description), n.name
FROM names n JOIN detainees d ON d.id = n.detainee WHERE n.name_key = :key
"""


class NearNames:
    """The names on record, read once, to be asked for the near misses of many names.

    Only their keys are held (of a million people about 300 MB, 3 s to read); the people are fetched when they are near.
    """

    def __init__(self, db: Connection) -> None:
        self._db = db
        cursor = db.cursor()
        cursor.row_factory = None  # plain tuples, thrown away at once: a million kept ones cost the collector 4 s
        self._keys: list[str] = [row[0] for row in cursor.execute(_KEYS)]

    @cached_property
    def _holders(self) -> dict[str, list[int]]:
        """Word → where in the list of keys it occurs."""
        holders: dict[str, list[int]] = {}
        for place, key in enumerate(self._keys):
            for word in set(key.split()):
                holders.setdefault(word, []).append(place)
        return holders

    @cached_property
    def _words(self) -> list[str]:
        return list(self._holders)

    def weight(self, word: str) -> float:
        """Return what a word proves: 1 if it is rare, less if many on record, or many people at all, are called so."""
        return weight(word, len(self._holders.get(word, ())))

    def near(self, name: str, limit: int = 5) -> list[Near]:
        """Return the people whose names are near, best first, at most `limit`."""
        words = without_particles(fold(name).split())
        enough = ENOUGH if len(words) > 1 else LONE_EVERYDAY
        scored: list[tuple[int, str, str]] = []
        for place in self._candidates(words):
            key = self._keys[place]
            score, reason = compare(words, without_particles(key.split()), self.weight)
            if score >= enough:
                scored.append((-score, key, reason))
        best: dict[str, Near] = {}
        for score, key, reason in sorted(scored):
            for row in self._db.execute(_CALLED, {"key": key}):
                best.setdefault(row[0], Near(row[0], row[1], row[2], row[3], -score, reason))
            if len(best) >= limit:
                break
        return sorted(best.values(), key=lambda one: (-one.score, one.name, one.id))[:limit]

    def _candidates(self, words: list[str]) -> list[int]:
        """Return the places of the keys that share a rare word or two words with `words`, the same or nearly."""
        needed = RARE if len(words) > 1 else 0.0
        evidence: dict[int, float] = {}
        for word in set(words):
            for other in alike(word, self._words):
                holders = self._holders[other]
                if needed or len(holders) <= FEW:
                    worth = max(RARE / 2, self.weight(other))
                    for place in holders:
                        evidence[place] = evidence.get(place, 0.0) + worth
        return [place for place, worth in evidence.items() if worth >= needed]


def weight(word: str, holders: int) -> float:
    """Return what sharing `word` proves when so many names on record have it (0.2 to 1)."""
    if len(word) == 1:
        return LEAST
    worth = 0.35 if everyday(word) else 1.0
    return max(LEAST, worth / (1 + max(0, holders - 3) / 20))


def compare(one: Sequence[str], other: Sequence[str], weigh: Weigh = lambda word: weight(word, 1)) -> tuple[int, str]:
    """Return how near two names (their words) are, 0 to 100, and why, in words. The order of the two does not matter.

    A word of the shorter name without an answer in the longer one counts against it, however common it is: two
    people of one rare surname are more often a family than one person.
    """
    shorter, longer = sorted((list(one), list(other)), key=lambda words: (len(words), words))
    pairs = _paired(shorter, longer, weigh)
    if not pairs or all(pair.likeness < SURE for pair in pairs):
        return 0, ""
    if len(shorter) == 1 < len(longer):
        worth = LONE_RARE if pairs[0].weight >= RARE else LONE_EVERYDAY
        return round(worth * pairs[0].likeness), _reason(pairs, shorter, longer)
    got = sum(pair.weight * pair.likeness for pair in pairs)
    most = sum(pair.weight for pair in pairs)
    lone = [
        sum(max(UNANSWERED, weigh(word)) for word in _without(words, taken))
        for words, taken in zip((shorter, longer), _columns(pairs), strict=True)
    ]
    cost = sum(lone) / 2 if len(shorter) == len(longer) else lone[0]
    extra = len(longer) - len(shorter)
    return max(0, round(100 * got / (most + cost)) - 2 * extra), _reason(pairs, shorter, longer)


def _paired(shorter: list[str], longer: list[str], weigh: Weigh) -> list[Pair]:
    """Pair off the words of two names, the most alike first; first names that only begin alike count a little."""
    every = [
        Pair(a, b, likeness(a, b), min(weigh(a), weigh(b)), (i, j))
        for i, a in enumerate(shorter)
        for j, b in enumerate(longer)
    ]
    pairs: list[Pair] = []
    for pair in sorted(every, key=lambda one: (-one.likeness, -one.weight, one.places)):
        free = all(pair.places[0] != p.places[0] and pair.places[1] != p.places[1] for p in pairs)
        if free and pair.likeness > 0:
            pairs.append(pair)
        elif free and pair.places == (0, 0) and pair.one[0] == pair.other[0]:
            pairs.append(pair._replace(likeness=BEGINS_ALIKE, weight=max(pair.weight, UNANSWERED)))
    return pairs


def _columns(pairs: list[Pair]) -> tuple[list[str], list[str]]:
    return [pair.one for pair in pairs], [pair.other for pair in pairs]


def _without(words: list[str], taken: list[str]) -> list[str]:
    left = list(words)
    for word in taken:
        left.remove(word)
    return left


def _reason(pairs: list[Pair], shorter: list[str], longer: list[str]) -> str:
    unlike = [f"{pair.one}/{pair.other}" for pair in pairs if pair.one != pair.other]
    if unlike:
        return _("spelled alike: {pairs}").format(pairs=", ".join(unlike))
    if shorter == longer:
        return _("the same name")
    if sorted(shorter) == sorted(longer):
        return _("the same words in another order")
    if len(pairs) == len(shorter):
        return _("all words of the shorter name")
    return _("shares {words}").format(words=" ".join(pair.one for pair in pairs))


def near_people(db: Connection, name: str, limit: int = 5) -> list[Near]:
    """Return people whose name, or another name, could be `name` spelled differently; best first, at most `limit`."""
    return NearNames(db).near(name, limit)
