"""Measure matching on labelled names: `python tests/benchmarks/matching.py --data ../shared/data`.

For each set of pairs: precision and recall of names alone, at our one threshold, beside rapidfuzz's token_set_ratio and
Jaro-Winkler at the best threshold *for that set*, then by kind of variant, then the worst errors. For the articles of
2026 also with the context that they give: as pairs of mentions, and one article after the other into a record.
"""

import argparse
import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from labelled import Labelled, chile, europe, mentions, newsroom, nomenklatura, venezuela
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from tracker.domain.names import fold
from tracker.matching.matcher import SAME_NAME, weigh
from tracker.matching.names_alike import compare_names

DATA: Final = Path(__file__).parents[2].parent / "shared" / "data"
WORST: Final = 12

Scorer = Callable[[str, str], float]


class Measured(NamedTuple):
    precision: float
    recall: float
    threshold: float

    def __str__(self) -> str:
        return f"precision {self.precision:.3f}  recall {self.recall:.3f}  (from {self.threshold:g})"


def ours(one: str, other: str) -> float:
    return compare_names(one, other).weight


def token_set(one: str, other: str) -> float:
    return fuzz.token_set_ratio(fold(one), fold(other))


def jaro_winkler(one: str, other: str) -> float:
    return JaroWinkler.similarity(fold(one), fold(other))


def equal(one: str, other: str) -> float:
    return float(fold(one) == fold(other))


def at(pairs: Sequence[Labelled], scorer: Scorer, threshold: float) -> Measured:
    chosen = [pair.same for pair in pairs if scorer(pair.one, pair.other) >= threshold]
    every = sum(pair.same for pair in pairs)
    return Measured(sum(chosen) / len(chosen) if chosen else 1.0, sum(chosen) / every if every else 1.0, threshold)


def best(pairs: Sequence[Labelled], scorer: Scorer) -> Measured:
    """The threshold that serves a scorer best on these pairs, by the harmonic mean of precision and recall."""
    scored = sorted(((scorer(pair.one, pair.other), pair.same) for pair in pairs), reverse=True)
    every, right, found, measured = sum(pair.same for pair in pairs), 0, 0, Measured(0.0, 0.0, 0.0)
    for place, (score, same) in enumerate(scored):
        right, found = right + same, found + 1
        if place + 1 < len(scored) and scored[place + 1][0] == score:
            continue
        here = Measured(right / found, right / every, score)
        if _mean(here) > _mean(measured):
            measured = here
    return measured


def _mean(measured: Measured) -> float:
    total = measured.precision + measured.recall
    return 2 * measured.precision * measured.recall / total if total else 0.0


def names_alone(title: str, pairs: Sequence[Labelled]) -> None:
    same = sum(pair.same for pair in pairs)
    print(f"\n## {title}: {same} pairs of one person, {len(pairs) - same} of two\n")
    if same:
        print(f"tracker            {at(pairs, ours, SAME_NAME)}")
        for name, scorer in (("token_set at best ", token_set), ("Jaro-Winkler best ", jaro_winkler)):
            print(f"{name} {best(pairs, scorer)}")
        print(f"equal words        {at(pairs, equal, 1.0)}")
        _by_kind(pairs)
    else:
        for name, scorer, least in (
            ("tracker", ours, SAME_NAME),
            ("token_set from 90", token_set, 90),
            ("Jaro-Winkler from 0.9", jaro_winkler, 0.9),
        ):
            print(f"{name} takes {sum(scorer(pair.one, pair.other) >= least for pair in pairs)} pairs for one person")
    _errors(pairs)


def fitting_one(pairs: Sequence[Labelled]) -> None:
    """What is left where a short name that fits two longer names of two people is nobody's, as in a record.

    Guanipa is Andrés and Juan Pablo: no two strings tell which, the other names do tell that it is open.
    """
    taken = [pair for pair in pairs if ours(pair.one, pair.other) >= SAME_NAME]
    fits: dict[str, set[str]] = defaultdict(set)
    for pair in taken:
        short, long = sorted((pair.one, pair.other), key=lambda name: len(fold(name).split()))
        fits[short].add(long)
    open_ones = {
        (short, name)
        for short, longer in fits.items()
        for two in itertools.combinations(sorted(longer), 2)
        if compare_names(*two).clash
        for name in two
    }
    chosen = [pair for pair in taken if open_ones.isdisjoint({(pair.one, pair.other), (pair.other, pair.one)})]
    right, every = sum(pair.same for pair in chosen), sum(pair.same for pair in pairs)
    print(f"\nWithout short names that fit two people: {Measured(right / len(chosen), right / every, SAME_NAME)}")
    _some(f"  left open: {pair.one} | {pair.other}" for pair in taken if pair not in chosen)


def _by_kind(pairs: Sequence[Labelled]) -> None:
    kinds: dict[str, list[bool]] = defaultdict(list)
    for pair in pairs:
        if pair.same:
            kinds[pair.kind].append(ours(pair.one, pair.other) >= SAME_NAME)
    for kind, found in sorted(kinds.items(), key=lambda each: -len(each[1])):
        print(f"    {kind:<24} {sum(found):>5} of {len(found)}")


def _errors(pairs: Sequence[Labelled]) -> None:
    scored = [(ours(pair.one, pair.other), pair) for pair in pairs]
    false = sorted((each for each in scored if each[0] >= SAME_NAME and not each[1].same), key=lambda each: -each[0])
    missed = sorted((each for each in scored if each[0] < SAME_NAME and each[1].same), key=lambda each: each[0])
    for what, errors in (("taken for one", false), ("missed", missed)):
        for weight, pair in errors[:WORST]:
            print(f"  {what}: {weight:5.2f}  {pair.one} | {pair.other}")
        if len(errors) > WORST:
            print(f"  … {len(errors)} {what}")


def in_pairs(data: Path) -> None:
    """Every two mentions of different articles, with what each article says."""
    every = mentions(data)
    right = wrong = missed = looked = same = load = 0
    worst: list[str] = []
    for place, one in enumerate(every):
        for other in every[place + 1 :]:
            if one.article == other.article:
                continue
            weighed = weigh(one.described, other.described, home="VE")
            truth = one.person == other.person
            same += truth
            if weighed.sure:
                right, wrong = right + truth, wrong + (not truth)
                if not truth:
                    worst.append(f"  taken for one: {one.printed} | {other.printed} {weighed}")
            elif weighed.possible:
                looked, load = looked + truth, load + 1
            elif truth:
                missed += 1
                worst.append(f"  missed: {weighed.total:.2f} {one.printed} | {other.printed}")
    print(f"\n## Pairs of mentions with their context: {same} of one person\n")
    print(f"match              precision {right / max(1, right + wrong):.4f}  recall {right / same:.3f}")
    print(f"match or review    recall {(right + looked) / same:.3f}, {load} pairs to look at, {missed} missed")
    _some(worst)


def one_after_the_other(data: Path) -> None:
    """Mentions in the order of publication against a record that holds all before them, every answer put right."""
    answers = newsroom(mentions(data))
    known = [each for each in answers if each.known]
    matched = [each for each in answers if each.outcome == "match"]
    right = [each for each in matched if each.person == each.shown[0]]
    found = [each for each in known if each.person in each.shown]
    shown = sum(len(each.shown) for each in answers if each.outcome == "review")
    reviews = sum(each.outcome == "review" for each in answers)
    print(f"\n## One article after the other: {len(answers)} mentions, {len(known)} of people on record\n")
    print(f"match              precision {len(right) / max(1, len(matched)):.4f}  recall {len(right) / len(known):.3f}")
    print(f"match or review    recall {len(found) / len(known):.3f}")
    print(f"review             {reviews} rows, {shown / max(1, reviews):.2f} candidates each", end="")
    print(f" ({shown / len(answers):.2f} a mention)")
    _some([f"  wrong match: {each}" for each in matched if each not in right])
    _some([f"  not found: {each}" for each in known if each not in found])


def _some(lines: Iterable[str]) -> None:
    every = list(lines)
    print("\n".join(every[:WORST]), end="\n" if every else "")
    if len(every) > WORST:
        print(f"  … {len(every)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    data = parser.parse_args().data
    articles = venezuela(data)
    names_alone("The articles of 2026, names alone", articles)
    fitting_one(articles)
    names_alone("nomenklatura, labelled by people", nomenklatura(data))
    names_alone("EU sanctions, aliases of one entry against other entries with a word in common", europe(data))
    names_alone("Chile, two-surname names, all of different people", chile(data))
    in_pairs(data)
    one_after_the_other(data)


if __name__ == "__main__":
    main()
