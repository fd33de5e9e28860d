"""The lines of a difference: one for each person who came or went, each standing and each fact that is another."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from tracker.domain.masks import NOT_NAMED
from tracker.domain.names import fold
from tracker.domain.vocabulary import keys
from tracker.reports.difference import facts, people, words
from tracker.reports.difference.facts import Change
from tracker.reports.difference.origin import Origin, Origins
from tracker.reports.difference.people import Joined, Person, Touched
from tracker.reports.difference.states import Sides
from tracker.reports.public import named_table
from tracker.store.between import touched
from tracker.table import Cell

KINDS: Final = keys("difference")


class Line(NamedTuple):
    """One difference; `person` is None for claims and places."""

    kind: str
    person: str | None
    ref: str | None
    name: str | None
    what: Cell
    before: Cell
    after: Cell
    record: str | None
    origin: Origin


@dataclass(repr=False, eq=False)
class Lives:
    """Who came and went between the states, and who is listed in both."""

    kinds: dict[str, str] = field(default_factory=dict)
    both: list[str] = field(default_factory=list)
    merged: dict[str, Joined] = field(default_factory=dict)
    split: dict[str, Joined] = field(default_factory=dict)


@dataclass(repr=False, eq=False)
class Difference:
    """All that differs: the lines, the people left unnamed by kind of difference, and the rows that were touched."""

    sides: Sides
    lines: list[Line]
    unnamed: dict[str, int]
    touched: Touched


def difference(sides: Sides) -> Difference:
    """Find what changed between two states of knowledge."""
    joins = people.joined(sides.b, sides.a), people.joined(sides.a, sides.b)
    found = people.who_may_differ(sides, touched(sides.b.db, sides.within))
    found.people.update(one for each in joins for join in each for one in (join.person, join.whole))
    ones, twos = people.read(sides, found.people)
    lives = _lives(ones, twos, *joins)
    changes = list(
        facts.of_people(
            sides, found.rows, lives.both, {one.person: one.whole for one in lives.merged.values()}, lives.split
        )
    )
    shown = _Shown(sides, ones, twos, lives)
    named = [change for change in changes if shown.named(change.person)]
    others = [] if sides.b.asked.said else list(_others(sides, found))
    origins = Origins(sides, found, [*named, *(one for one, _name in others)], shown.everybody())
    lines = [*shown.lives(origins), *shown.standings(origins, named), *shown.facts(origins, named)]
    lines += [shown.other(origins, change, name) for change, name in others]
    lines.sort(key=lambda line: (KINDS.index(line.kind), fold(line.name or ""), line.person or ""))
    return Difference(sides, lines, shown.unnamed(changes), found)


def _others(sides: Sides, found: Touched) -> Iterator[tuple[Change, str]]:
    yield from facts.of_claims(sides, found.rows.get("claims", {}))
    yield from facts.of_places(sides, found.rows.get("facilities", {}))


def _lives(
    ones: dict[str, Person], twos: dict[str, Person], merged: Iterable[Joined], split: Iterable[Joined]
) -> Lives:
    """Tell what became of each person. Who is excluded in a state is not listed there."""
    found = Lives()
    into, apart = {one.person: one for one in merged}, {one.person: one for one in split}
    for person in ones.keys() | twos.keys():
        one, two = ones.get(person), twos.get(person)
        was, became = one is not None and not one.excluded, two is not None and not two.excluded
        if was and became:
            found.both.append(person)
        elif was and person in into and two is None:
            found.kinds[person] = "merged"
            found.merged[person] = into[person]
        elif was:
            found.kinds[person] = "delisted"
        elif became and person in apart and one is None:
            found.kinds[person] = "split"
            found.split[person] = apart[person]
        elif became:
            found.kinds[person] = "relisted" if one is not None else "added"
    return found


class _Shown:
    """Makes lines of what was found; in public, only of people who may be named, and counts the others."""

    def __init__(self, sides: Sides, ones: dict[str, Person], twos: dict[str, Person], lives: Lives) -> None:
        self._sides, self._ones, self._twos, self._lives = sides, ones, twos, lives
        self._values = words.Values(sides.a), words.Values(sides.b)
        self._unnamed: set[str] | None = None
        people_ids = [*lives.both, *lives.kinds]
        self._before, self._after = (people.standings(side, people_ids) for side in (sides.a, sides.b))

    def named(self, person: str | None) -> bool:
        """Tell whether a person may be shown: in public, only who may be named in the later state."""
        if not self._sides.public or person is None:
            return True
        join = self._lives.merged.get(person)
        found = self._twos.get(join.whole if join else person)
        return found is not None and found.named

    def everybody(self) -> list[str]:
        """Return the people of whose lives and standings there may be lines."""
        moved = [one for one in self._lives.both if self._before.get(one) != self._after.get(one)]
        whole = [one.whole for one in self._lives.merged.values()]
        return [one for one in (*self._lives.kinds, *moved, *whole, *self._lives.both) if self.named(one)]

    def unnamed(self, changes: Iterable[Change]) -> dict[str, int]:
        """Return how many people who may not be named differ, by kind of difference."""
        found: dict[str, set[str]] = defaultdict(set)
        for person, kind in self._lives.kinds.items():
            found[kind].add(person)
        for person in self._lives.both:
            if self._before.get(person) != self._after.get(person):
                found["standing"].add(person)
        for change in changes:
            if change.person is not None:
                found["fact"].add(change.person)
        return {kind: n for kind in KINDS if (n := sum(1 for person in found.get(kind, ()) if not self.named(person)))}

    def _called(self, person: str) -> tuple[str | None, str | None]:
        found = self._twos.get(person) or self._ones.get(person)
        return (found.ref, found.name) if found else (None, None)

    def lives(self, origins: Origins) -> Iterator[Line]:
        """Yield a line for everybody who came or went."""
        for person, kind in self._lives.kinds.items():
            if not self.named(person):
                continue
            was, became = (words.standing(each.get(person)) for each in (self._before, self._after))
            if kind in ("merged", "split"):
                yield self._joined(origins, person, kind)
                continue
            if kind == "delisted":
                found = self._twos.get(person)
                column = "" if found is None else "excluded"
                became = found.reason if found is not None and not self._sides.public else None
                origin = origins.of_person(person, column, None if found is None else 1)
            else:
                was = None
                origin = origins.of_person(
                    person, "excluded" if kind == "relisted" else "", None if kind == "relisted" else 1
                )
            yield Line(kind, person, *self._called(person), None, was, became, None, origin)

    def _joined(self, origins: Origins, person: str, kind: str) -> Line:
        """Return the line of somebody merged into another, or taken out again."""
        if kind == "merged":
            join = self._lives.merged[person]
            gone = self._ones[person]
            was = None if self._sides.public else " ".join(filter(None, (gone.ref, gone.name)))
            ref, name = self._called(join.whole)
            return Line(kind, join.whole, ref, name, None, was, ref, None, origins.of_merge(join.whole, join.seq))
        ref, name = self._called(person)
        whole, _name = self._called(self._lives.split[person].whole)
        return Line(kind, person, ref, name, None, whole, ref, None, origins.of_person(person, "", 1))

    def standings(self, origins: Origins, changes: Iterable[Change]) -> Iterator[Line]:
        """Yield a line for everybody listed in both states whose standing is another."""
        behind: dict[str | None, list[Change]] = defaultdict(list)
        for change in changes:
            if change.column in people.BEARING.get(change.table, ()):
                behind[change.person].append(change)
        for person in self._lives.both:
            was, became = self._before.get(person), self._after.get(person)
            if was != became and self.named(person):
                origin = origins.of_standing(person, map(origins.of, behind[person]))
                shown = words.standing(was), words.standing(became)
                yield Line("standing", person, *self._called(person), words.other("standing"), *shown, None, origin)

    def facts(self, origins: Origins, changes: Iterable[Change]) -> Iterator[Line]:
        """Yield a line for every fact of a person."""
        for change in changes:
            if change.person is None:
                continue
            was, became = self._both(change)
            kind = "fact"
            if (change.table, change.column) == ("detainees", "name"):
                kind = "renamed"
                was = was if self._may_be_shown(was) else NOT_NAMED
            record = change.ref if change.table != "detainees" else None
            ref, name = self._called(change.person)
            yield Line(kind, change.person, ref, name, words.what(change), was, became, record, origins.of(change))

    def _may_be_shown(self, name: Cell) -> bool:
        """Tell whether a former name may be shown: in public, none that is now that of somebody who is not named."""
        if not self._sides.public:
            return True
        if not isinstance(name, str):
            return False
        if self._unnamed is None:
            db = self._sides.b.db
            sql = f"""WITH {named_table(db)} SELECT name_key FROM detainees WHERE id NOT IN (SELECT id FROM named)
                UNION SELECT name_key FROM names WHERE detainee NOT IN (SELECT id FROM named)"""
            self._unnamed = {row[0] for row in db.execute(sql)}
        return fold(name) not in self._unnamed

    def other(self, origins: Origins, change: Change, name: str) -> Line:
        """Return the line of a claim or a place."""
        kind = "claim" if change.table == "claims" else "place"
        return Line(kind, None, change.ref, name, words.what(change), *self._both(change), None, origins.of(change))

    def _both(self, change: Change) -> tuple[Cell, Cell]:
        return self._values[0].of(change, change.before), self._values[1].of(change, change.after)
