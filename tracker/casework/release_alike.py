"""Names of one list that could be one person: each is compared with the names before it that share the most with it.

Everybody with everybody would take minutes for a list of thousands. Words are looked up by the forms that a slip
leaves alike, and only the most promising names are compared in full; a short list is compared whole.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from heapq import nlargest
from itertools import combinations
from typing import Final

from tracker.domain.name_words import sound
from tracker.domain.names import fold
from tracker.matching.near import ENOUGH, compare, weight
from tracker.matching.words import without_particles

MOST_COMPARED: Final = 30
"""How many names before it a name is compared with."""

COMMON: Final = 100
"""The most names that may share a form which is looked up: what more have in common tells nobody apart."""

MOST_WORDS: Final = 6

SHORT_FORM: Final = 4
"""The fewest letters that a short form (alex of alexander) and a word with a slip have."""


def alike_in_list(names: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Yield (a name before it, a name, why they could be one person) for each name of which that holds."""
    words = [without_particles(fold(name).split()) for name in names]
    index: defaultdict[str, list[int]] = defaultdict(list)
    for place, own in enumerate(words):
        forms = {form: weight(word, 1) for word in own for form in _forms(word)}
        forms |= {" ".join(two): 1.0 for two in combinations(sorted(set(own))[:MOST_WORDS], 2)}
        forms[f"={' '.join(sorted(own))}"] = 1.0
        for earlier in _candidates(words, place, forms, index):
            score, reason = compare(words[earlier], own)
            if score >= ENOUGH:
                yield names[earlier], names[place], reason
                break
        for form in forms:
            index[form].append(place)


def _candidates(
    words: Sequence[Sequence[str]], place: int, forms: dict[str, float], index: dict[str, list[int]]
) -> Sequence[int]:
    """Return the places before `place` worth comparing, those that share the most, for their length, first."""
    if place <= MOST_COMPARED:
        return range(place)
    evidence: defaultdict[int, float] = defaultdict(float)
    for form, worth in forms.items():
        holders = index.get(form, ())
        for earlier in holders if len(holders) <= COMMON else ():
            evidence[earlier] += worth / (1 + len(holders))
    return nlargest(MOST_COMPARED, evidence, key=lambda earlier: evidence[earlier] / len(words[earlier]))


def _forms(word: str) -> set[str]:
    """Return what a word has in common with its misspellings: itself, its sound, its beginning, a letter left out."""
    forms = {word, f"~{sound(word)}"}
    if len(word) >= SHORT_FORM:
        forms.add(f"{word[:SHORT_FORM]}*")
        forms.update(f"{word[:at]}{word[at + 1 :]}-" for at in range(len(word)))
        forms.add(f"{word}-")
    return forms
