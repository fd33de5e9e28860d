"""Is this one of our people? What is said of somebody, against the record: a match, a few who may be meant, nobody.

The evidence of the names (`names_alike`) and of everything else (`evidence`) is added up, in powers of ten. A match
needs full names without a clash, something besides the names that agrees, nothing that speaks against it, and no
second person nearly as likely: identical names alone are father and son often enough. All else that comes near is
for a person to look at.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from math import log10
from typing import Final

from tracker.i18n import _
from tracker.matching.crowds import Crowds
from tracker.matching.described import SHOWN, Decision, Described, Match, Outcome, Verdict
from tracker.matching.evidence import APART, Context, Sharing, context, nobody
from tracker.matching.lookup import Lookup
from tracker.matching.names_alike import ALL_SAME, NameEvidence, Rarity, compare_names, rarity
from tracker.matching.people import home_country, names_of, people_described, people_rows
from tracker.store import Connection

SAME_NAME: Final = 2.2
"""The weight from which two names alone are taken for one person, where nothing else is to be had."""

SURE_NAME: Final = 3.0
SURE: Final = 5.0
AGREEING: Final = 0.5
AGAINST: Final = -0.5
AHEAD: Final = 1.0
IDENTIFIED: Final = 8.0
CONTRADICTED: Final = -2.0  # what speaks against so much leaves two people likelier than one, whatever else agrees

WORTH_A_LOOK: Final = 0.6
NAME_AT_LEAST: Final = 0.4
CLASH_AT_LEAST: Final = -0.5  # what the names must hold where something else agrees: one rare surname, arrested one day
BEHIND: Final = 2.5  # who is so far behind the best is not shown
EVEN: Final = 3.0  # the sum at which the score is a half
UNLIKELY: Final = 1.5
CROWD: Final = 0.3
UNSURE: Final = 0.9
"""The highest score of somebody who is no match: a match has 0.99 or more, unless somebody decided it."""

_JUDGED: Final = """
SELECT other AS person, verdict FROM judgements WHERE one = :id
UNION ALL SELECT one, verdict FROM judgements WHERE other = :id
"""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What speaks for two descriptions being one person: names, everything else, and how many are called so."""

    names: NameEvidence
    context: Context
    printed: str
    crowd: float = 0.0

    @property
    def total(self) -> float:
        """The sum of the evidence, in powers of ten, as far as what speaks against lets it rise."""
        found = self.names.weight + self.context.weight - self.crowd
        if self.context.worst > CONTRADICTED:
            return found
        return min(found, UNLIKELY if self.context.worst <= APART and not self.identified else EVEN)

    @property
    def score(self) -> float:
        """The sum as a number from 0 to 1; what is not sure by itself has `UNSURE` at most, however much agrees."""
        found = round(1 / (1 + 10 ** (EVEN - self.total)), 3)
        return found if self.sure else min(found, UNSURE)

    @property
    def identified(self) -> bool:
        """Whether they have a case number or an ID card in common."""
        return self.context.agreeing >= IDENTIFIED

    @property
    def sure(self) -> bool:
        """Whether this is a match, if nobody else is nearly as likely."""
        if self.identified:
            return not self.names.clash and self.names.weight > 0 and self.context.worst > CONTRADICTED
        return (
            self.names.complete
            and self.names.weight >= SURE_NAME
            and self.context.agreeing >= AGREEING
            and self.context.against >= AGAINST
            and self.total - (ALL_SAME if self.names.same else 0.0) >= SURE
        )

    @property
    def named(self) -> bool:
        """Whether two full names are one, with nothing besides that speaks against it."""
        return self.names.complete and self.names.weight >= SURE_NAME and self.context.against >= AGAINST

    @property
    def possible(self) -> bool:
        """Whether somebody should look at it."""
        least = CLASH_AT_LEAST if self.context.agreeing >= AGREEING else NAME_AT_LEAST
        return bool(self.names.reasons) and self.total >= WORTH_A_LOOK and self.names.weight >= least


def weigh(
    one: Described, other: Described, rare: Rarity = rarity, home: str = "", sharing: Sharing = nobody
) -> Weighed:
    """Return what speaks for two descriptions being one person; the order of the two does not matter.

    `home` is the country whose nationals most people are: that two have it in common proves nothing. `sharing` tells
    how many on record have a day or a prison in common.
    """
    names, printed = best_names(one.names, other.names, rare)
    return Weighed(names, context(one, other, home, sharing), printed)


def best_names(ours: Iterable[str], theirs: Collection[str], rare: Rarity) -> tuple[NameEvidence, str]:
    """Return what the two most alike of two people's names prove, and which of `theirs` it is."""
    found = [(compare_names(one, other, rare), other) for one in ours for other in theirs]
    return max(found, key=lambda each: each[0].weight, default=(NameEvidence(0.0, ()), ""))


class Matcher:
    """The people of one state of the record, to be asked about many names."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self._lookup = Lookup(db)
        self._sharing = Crowds(db).sharing
        self._home = home_country(db)

    def decide(
        self,
        described: Described,
        *,
        apart_from: Collection[str] = (),
        judged: Mapping[str, Verdict] | None = None,
        of: str | None = None,
        limit: int = SHOWN,
    ) -> Decision:
        """Return who is meant: a match (the first of `matches`), people to look at, or nobody on record.

        `apart_from` are ids of people whom this cannot be (another row of the same list is them). `judged` are verdicts
        given on this name before: 'different' is never proposed, 'same' decides, 'unsure' is always left to a person.
        `of` is the id of the person described, if it is one on record: their judgements hold, and they are not
        proposed to themselves.
        """
        verdicts = {**self._judgements(of), **(judged or {})}
        different = {of, *(person for person, verdict in verdicts.items() if verdict == "different")}

        def may_be(person: str) -> bool:  # `apart_from` can be everybody of a long list: it is not copied
            return person not in apart_from and person not in different

        found = self._lookup.find(described)
        weighed = self._weighed(described, [person for person in found if may_be(person)])
        same = [person for person, verdict in verdicts.items() if verdict == "same" and may_be(person)]
        if len(same) == 1:
            weighed = {same[0]: self._one(described, same[0]), **{k: v for k, v in weighed.items() if k != same[0]}}
        outcome: Outcome = "match" if len(same) == 1 or _certain(weighed, verdicts) else "review"
        shown = _shown(weighed, limit, same)
        if shown and outcome == "match":
            return Decision(outcome, self._matches(shown, 1.0))
        again = self._again(described, [person for person in found if person in apart_from and person not in different])
        return Decision(outcome if shown else "create", self._matches(shown), again)

    def candidates(
        self, described: Described, limit: int = SHOWN, *, apart_from: Collection[str] = (), of: str | None = None
    ) -> tuple[Match, ...]:
        """Return the people who may be meant, best first."""
        return self.decide(described, apart_from=apart_from, of=of, limit=limit).matches

    def _judgements(self, person: str | None) -> dict[str, Verdict]:
        if person is None:
            return {}
        return {row["person"]: row["verdict"] for row in self._db.execute(_JUDGED, {"id": person})}

    def _again(self, described: Described, ids: list[str]) -> tuple[Match, ...]:
        """Return those of `ids` who have the full name, where nothing speaks against it; being in one list does not."""
        alone = replace(described, sources=frozenset())
        return self._matches({person: each for person, each in self._weighed(alone, ids).items() if each.named})

    def _weighed(self, described: Described, ids: list[str]) -> dict[str, Weighed]:
        """Return everybody of `ids` who is possible, best first."""
        if not ids:
            return {}
        names = {
            person: best
            for person, theirs in names_of(self._db, ids).items()
            if (best := best_names(described.names, theirs, self._lookup.rarity))[0].weight >= CLASH_AT_LEAST
        }
        others = people_described(self._db, names) if names else {}
        weights = sorted(evidence.weight for evidence, _printed in names.values())
        possible: dict[str, Weighed] = {}
        for person, (evidence, printed) in names.items():
            crowd = len(weights) - bisect_left(weights, evidence.weight - CROWD)
            around = context(described, others[person], self._home, self._sharing)
            each = Weighed(evidence, around, printed, round(log10(crowd), 2))
            if each.possible:
                possible[person] = each
        return dict(sorted(possible.items(), key=lambda each: (-each[1].total, each[0])))

    def _one(self, described: Described, person: str) -> Weighed:
        known = people_described(self._db, [person])[person]
        return weigh(described, known, self._lookup.rarity, self._home, self._sharing)

    def _matches(self, shown: Mapping[str, Weighed], most: float = UNSURE) -> tuple[Match, ...]:
        rows = people_rows(self._db, shown)
        return tuple(
            Match(
                id=person,
                ref=row["ref"],
                name=row["name"],
                printed=each.printed,
                score=min(each.score, most),
                reasons=_reasons(each, excluded=row["excluded"]),
            )
            for person, each in shown.items()
            if (row := rows[person])
        )


def _certain(weighed: Mapping[str, Weighed], verdicts: Mapping[str, Verdict]) -> bool:
    """Tell whether the first of `weighed` is the one: sure, not judged unsure, and well ahead of the next."""
    if not weighed:
        return False
    (best, first), *others = weighed.items()
    ahead = all(first.total - other.total >= AHEAD for _person, other in others[:1])
    return first.sure and ahead and verdicts.get(best) != "unsure"


def _shown(weighed: Mapping[str, Weighed], limit: int, same: Collection[str]) -> dict[str, Weighed]:
    if not weighed:
        return {}
    least = next(iter(weighed.values())).total - BEHIND
    kept = [
        (key, each)
        for key, each in weighed.items()
        if each.total >= least or key in same or (each.names.complete and each.total >= EVEN)
    ]
    return dict(kept[:limit])


def _reasons(weighed: Weighed, *, excluded: int) -> tuple[str, ...]:
    flag = (_("excluded"),) if excluded else ()
    return (*weighed.names.reasons, *weighed.context.reasons, *flag)
