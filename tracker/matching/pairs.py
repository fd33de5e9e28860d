"""Pairs of people on record who may be one: those who meet in a block (`blocks`), weighed like a printed name."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from math import log10
from typing import Final

from tracker.matching.blocks import Blocks, Pair
from tracker.matching.crowds import Crowds
from tracker.matching.evidence import context
from tracker.matching.lookup import Lookup
from tracker.matching.matcher import CLASH_AT_LEAST, CROWD, Weighed, best_names
from tracker.matching.people import home_country, names_of, people_described
from tracker.store import Connection

BATCH: Final = 2_000


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
    pairs = [pair for pair in Blocks(db).pairs() if pair not in judged]
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
    """Weigh pairs, reading the people of a few thousand at a time; all of a person only where the names come near."""
    rarity, sharing, home = Lookup(db).rarity, Crowds(db).sharing, home_country(db)
    for start in range(0, len(pairs), BATCH):
        part = pairs[start : start + BATCH]
        names = names_of(db, {person for pair in part for person in pair})  # nobody without a name is matched by name
        near = {
            (one, other): best
            for one, other in part
            if one in names and other in names
            if (best := best_names(names[one], names[other], rarity))[0].weight >= CLASH_AT_LEAST
        }
        people = people_described(db, {person for pair in near for person in pair})
        for (one, other), (evidence, printed) in near.items():
            yield (one, other), Weighed(evidence, context(people[one], people[other], home, sharing), printed)
