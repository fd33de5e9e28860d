"""How much two printed names speak for one person, in powers of ten, and why, in words.

The words of the two names pair off, the most alike first. What a pair is worth is how rare its word is: sharing a
name that one in a hundred people has is worth 2, one in five thousand 3.7. Words left over count by where they stand: a
second given name, a second surname or a husband's name comes and goes in print and costs little; a first given name
that only one of them has costs more; two words in the same place that are not alike are two people, most of the time.
So are two sets of given names of which neither is the beginning of the other: who is called Juan Pedro Luis is Juan in
print, or Juan Pedro, and Juan Luis is a father or a brother.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

from tracker.i18n import _
from tracker.matching.order import OtherOrder, other_order
from tracker.matching.printed import Printed, taken_apart
from tracker.matching.word_pairs import INITIAL, JOINED, SAME, SHORT, WORTH, transliterated_pair, two_sexes, word_pair
from tracker.matching.words import everyday, given

Rarity: TypeAlias = Callable[[str], float]

COMMON: Final = 2.0
RARE: Final = 3.3
INITIAL_WORTH: Final = 0.5

CLASH: Final = 3.2
"""What it costs that both names have another word in one place."""
CLASHED: Final = 2.0
"""No more than this is left of two names that clash: brothers share all but one word."""
SAME_INITIAL: Final = 0.4
"""What is taken off that where the two begin alike: who remembers a name wrongly mostly remembers how it begins."""
FOUR: Final = 4  # words of a name with two surnames, mostly
PARTED: Final = 1.2
"""What it costs that each name has a word the other may have left out: a second given name, a second surname."""
FIRST_MISSING: Final = 1.9
DROPPED: Final = 0.3
MARRIED: Final = 0.1
ONE_WORD: Final = 0.8
ALL_SAME: Final = 1.0


def rarity(word: str) -> float:
    """Return how much sharing `word` proves where nothing is known of how many are called so."""
    return INITIAL_WORTH if len(word) == 1 else COMMON if everyday(word) else RARE


@dataclass(frozen=True, slots=True)
class NameEvidence:
    """What two names prove: `weight` in powers of ten, the reasons, and what a decision must know.

    `complete`: both have two words or more, every word of the shorter has its answer, and so has the first of the
    longer (*Hernán Salinas* and *Patricio Hernán Salinas* are brothers as often as one), in the same order or with the
    surnames first; `clash`: they have another word in one place, or their given names stand in another order; `same`:
    the same words, whatever accents and order.
    """

    weight: float
    reasons: tuple[str, ...]
    complete: bool = False
    clash: bool = False
    same: bool = False


NOTHING: Final = NameEvidence(0.0, ())


class _Pair(NamedTuple):
    one: str
    other: str
    how: str
    worth: float
    places: tuple[int, int]  # where the words stand, counted beyond the name's own words for those beside it


def compare_names(one: str, other: str, rare: Rarity = rarity) -> NameEvidence:
    """Return what two printed names prove. The order of the two does not matter."""
    first, second = sorted((taken_apart(one), taken_apart(other)), key=lambda name: (len(name.words), name.words))
    pairs = _paired(first, second, rare)
    if not any(pair.how != INITIAL for pair in pairs):
        return NOTHING
    sides = (_Side(first, {pair.places[0] for pair in pairs}), _Side(second, {pair.places[1] for pair in pairs}))
    clash, cost = _cost(pairs, sides)
    skipped = "" if clash else _skipped(pairs, sides)
    turned = other_order([pair.places for pair in pairs], first, second)
    clash = clash or bool(skipped) or turned == OtherOrder.GIVEN
    got = sum(pair.worth for pair in pairs)
    same = not clash and all(pair.how == SAME for pair in pairs) and not any(side.left for side in sides)
    if len(first.words) == 1:
        cost = ONE_WORD
    reasons = _reasons(pairs, sides, skipped, turned, clash=clash, same=same)
    bonus = ALL_SAME if same and len(first.words) > 1 else 0.0
    complete = len(first.words) > 1 and not (clash or turned or sides[0].left or 0 in sides[1].left)
    weight = min(got - cost, CLASHED) if clash else got + bonus - cost
    return NameEvidence(round(weight, 2), reasons, complete, clash, same)


class _Side:
    """One name with what found an answer in the other."""

    def __init__(self, name: Printed, taken: set[int]) -> None:
        self.name = name
        self.taken = taken
        answered = [name.beside[place - len(name.words)] for place in taken if place >= len(name.words)]
        self.left = [
            place
            for place, word in enumerate(name.words)
            if place not in taken and not any(word_pair(word, other).how for other in answered)
        ]

    @property
    def surnames(self) -> int:
        """The place of the first surname: the last word, of four or more the last but one."""
        return len(self.name.words) - (1 if len(self.name.words) < FOUR else 2)

    @property
    def in_the_middle(self) -> bool:
        """Whether only words after the first and before the surnames are left over."""
        return all(0 < place < self.surnames for place in self.left)

    @property
    def at_the_end(self) -> bool:
        """Whether only words after all that found an answer are left over."""
        return min(self.left) > max((place for place in self.taken if place < len(self.name.words)), default=0)

    def words_left(self) -> list[str]:
        return [self.name.words[place] for place in self.left]


def _paired(first: Printed, second: Printed, rare: Rarity) -> list[_Pair]:
    """Pair off the words of two names, the most alike and rarest first."""
    alike_by = transliterated_pair if first.other_script or second.other_script else word_pair
    every = [
        _Pair(a, b, alike.how, _worth(alike.how, alike.worth, a, b, rare), (i, j))
        for i, a in enumerate((*first.words, *first.beside))
        for j, b in enumerate((*second.words, *second.beside))
        if (alike := alike_by(a, b)).how is not None
        if not (alike.how == SHORT and i + 1 == len(first.words) and j + 1 == len(second.words))  # Lind, Lindemann
    ]
    pairs: list[_Pair] = []
    for pair in sorted(every, key=lambda each: (-WORTH[each.how], -each.worth, abs(each.places[0] - each.places[1]))):
        if all(pair.places[0] != p.places[0] and pair.places[1] != p.places[1] for p in pairs):
            pairs.append(pair)
    return _joined(first, second, pairs, rare)


def _worth(how: str, worth: float, one: str, other: str, rare: Rarity) -> float:
    if how == INITIAL:
        return INITIAL_WORTH
    return worth * min(rare(one), rare(other))


def _joined(first: Printed, second: Printed, pairs: list[_Pair], rare: Rarity) -> list[_Pair]:
    """Add words that one name writes as one and the other as two (Delacruz, De La Cruz; 刘晓波, Liu Xiaobo)."""
    if not _unanswered(first, pairs, 0) or not _unanswered(second, pairs, 1):
        return pairs
    for way, (whole, split) in enumerate(((first, second), (second, first))):
        for place, word in enumerate(whole.words):
            if any(pair.places[way] == place and pair.how == SAME for pair in pairs):
                continue
            for at in range(len(split.words)):
                run = _run(word, split.words[at:])
                if run > 1:
                    spots = set(range(at, at + run))
                    kept = [p for p in pairs if p.places[way] != place and p.places[1 - way] not in spots]
                    text = " ".join(split.words[at : at + run])
                    value = WORTH[JOINED] * sum(rare(part) for part in split.words[at : at + run])
                    made = [
                        _Pair(
                            word, text, JOINED, value if n == 0 else 0.0, (place, spot) if way == 0 else (spot, place)
                        )
                        for n, spot in enumerate(sorted(spots))
                    ]
                    return [*kept, *made]
    return pairs


def _unanswered(name: Printed, pairs: list[_Pair], way: int) -> bool:
    """Tell whether a word of `name` has no answer that is the same word."""
    return len({pair.places[way] for pair in pairs if pair.how == SAME}) < len(name.words)


def _run(word: str, words: Sequence[str]) -> int:
    """Return how many of `words`, written together, are `word`; 0 if none."""
    text = ""
    for count, part in enumerate(words, 1):
        text += part
        if text == word:
            return count
        if not word.startswith(text):
            return 0
    return 0


def _cost(pairs: list[_Pair], sides: tuple[_Side, _Side]) -> tuple[bool, float]:
    """Return whether the names clash, and what the words left over cost."""
    gaps = [_gaps(side, pairs, way) for way, side in enumerate(sides)]
    both = bool(sides[0].left and sides[1].left)
    if both and not (_in_order(pairs) and _left_out(*sides)):
        least = min(len(side.left) for side in sides)
        cost = CLASH + DROPPED * (max(len(side.left) for side in sides) - least)
        return True, cost - SAME_INITIAL if _begin_alike(*sides) else cost
    cost = PARTED if both else 0.0
    for side, found in zip(sides, gaps, strict=True):
        for gap, places in found.items():
            for place in places:
                if len(side.name.words[place]) == 1:
                    continue
                if gap == 0 and place == 0 and _in_order(pairs):
                    cost += FIRST_MISSING
                else:
                    cost += MARRIED if place >= side.name.married else DROPPED
    return False, cost


def _begin_alike(one: _Side, other: _Side) -> bool:
    """Tell whether the first names are two words, in full, that begin with the same letter: Ernesto and Enrique."""
    first, second = one.name.words[0], other.name.words[0]
    return 0 in one.left and 0 in other.left and first[0] == second[0] and min(len(first), len(second)) > 1


def _skipped(pairs: list[_Pair], sides: tuple[_Side, _Side]) -> str:
    """Return the given name that one name passes over to print the next; empty if none.

    Both names begin alike, and the second given name of the one is a later one of the other.
    """
    answers = {pair.places: pair.how for pair in pairs}
    if answers.get((0, 0)) != SAME:
        return ""
    for way, (short, long) in enumerate((sides, sides[::-1])):
        for place in range(2, long.surnames):
            meets = answers.get((1, place) if way == 0 else (place, 1)) == SAME
            if meets and short.surnames > 1 and given(long.name.words[place]):
                passed = [n for n in range(1, place) if n in long.left and given(long.name.words[n])]
                if passed:
                    return long.name.words[passed[0]]
    return ""


def _left_out(one: _Side, other: _Side) -> bool:
    """Tell whether one name has a second given name that the other lacks, and the other a last surname."""
    return (one.in_the_middle and other.at_the_end) or (one.at_the_end and other.in_the_middle)


def _in_order(pairs: list[_Pair]) -> bool:
    order = [pair.places[1] for pair in sorted(pairs, key=lambda each: each.places[0])]
    return order == sorted(order)


def _gaps(side: _Side, pairs: list[_Pair], way: int) -> dict[int, list[int]]:
    """Return the words left over by the gap they stand in: how many words with an answer come before them."""
    own = len(side.name.words)
    answered = sorted(pair.places[way] for pair in pairs if pair.places[way] < own)
    found: dict[int, list[int]] = {}
    for place in side.left:
        found.setdefault(sum(1 for each in answered if each < place), []).append(place)
    return found


def _reasons(
    pairs: list[_Pair],
    sides: tuple[_Side, _Side],
    skipped: str,
    turned: OtherOrder | None,
    *,
    clash: bool,
    same: bool,
) -> tuple[str, ...]:
    if same and turned is None:
        ordered = _in_order(pairs)
        return (_("the same name") if ordered else _("the same words in another order"),)
    found: list[str] = []
    shared = [pair.one for pair in pairs if pair.how == SAME]
    if shared and not any(side.left for side in sides[:1]) and len(shared) == len(sides[0].name.words):
        found.append(_("all words of the shorter name") if len(sides[1].left) else _("the same words"))
    elif shared:
        found.append(_("shares {words}").format(words=" ".join(shared)))
    unlike = [f"{pair.one}/{pair.other}" for pair in pairs if pair.how != SAME and pair.worth]
    if unlike:
        found.append(_("spelled alike: {pairs}").format(pairs=", ".join(unlike)))
    if skipped:
        found.append(_("but one passes over a given name: {word}").format(word=skipped))
    elif turned is not None:
        found.append(turned.said)
    elif clash:
        found.append(_clashing(*(side.words_left() for side in sides)))
    return tuple(found)


def _clashing(ours: list[str], theirs: list[str]) -> str:
    """Return in words that two names have other words in one place."""
    pairs = [f"{one}/{other}" for one in ours for other in theirs if two_sexes(one, other)]
    if pairs:
        return _("but a man's and a woman's form of a name: {pairs}").format(pairs=", ".join(pairs))
    words = "/".join(" ".join(words) for words in (ours, theirs))
    return _("but other words in one place: {words}").format(words=words)
