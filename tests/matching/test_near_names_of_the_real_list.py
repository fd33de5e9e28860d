"""Near misses on the names that the press printed in January 2026, beside who they were: measured, not only exemplified."""

import csv
import itertools
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from tracker.domain.names import fold
from tracker.matching.near import ENOUGH, compare, weight
from tracker.matching.words import without_particles

MATCHES = Path(__file__).parents[3] / "shared" / "data" / "venezuela-2026" / "people_matches.csv"

pytestmark = [pytest.mark.shared, pytest.mark.skipif(not MATCHES.exists(), reason="the real lists are not here")]


@pytest.fixture(scope="module")
def printed() -> dict[str, set[str]]:
    people = defaultdict(set)
    with MATCHES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            people[row["cluster_id"]].add(row["printed_name"])
    return people


@pytest.fixture(scope="module")
def near(printed):
    words = {name: without_particles(fold(name).split()) for names in printed.values() for name in names}
    holders = Counter(word for names in printed.values() for name in names for word in set(words[name]))

    def is_near(one, other):
        return compare(words[one], words[other], lambda word: weight(word, holders[word]))[0] >= ENOUGH

    return is_near


def full(names):
    """Names of several words: one word alone is nobody's whole name."""
    return sorted(name for name in names if len(without_particles(fold(name).split())) > 1)


def test_spellings_of_one_person_are_near(printed, near):
    pairs = [
        pair
        for names in printed.values()
        for pair in itertools.combinations(full(names), 2)
        if len(set(map(fold, pair))) > 1
    ]
    missed = [pair for pair in pairs if not near(*pair)]
    assert len(pairs) > 50
    assert len(missed) <= len(pairs) * 0.1, missed


def test_different_people_are_hardly_ever_near(printed, near):
    names = [(person, name) for person, names in printed.items() for name in full(names)]
    pairs = [(one[1], other[1]) for one, other in itertools.combinations(names, 2) if one[0] != other[0]]
    false = [pair for pair in pairs if near(*pair)]
    assert len(pairs) > 10_000
    assert len(false) <= len(pairs) / 1000, false
