"""What the record has beside a claim: the people of its measure, window, scope and way of counting house arrest.

- `released`: verified and reported exits are counted; those only announced by name stand beside them
- `held`: people certainly deprived of liberty at the moment; those who may be, too, are uncertain
- `detained`, `died`: arrests, and deaths in custody, of the window; `announced`: exits anybody announced by name
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from tracker.domain.counting import Rule
from tracker.errors import BadValue
from tracker.i18n import N_, _
from tracker.reports.asked import Asked
from tracker.reports.clocks import recounted
from tracker.reports.lives import Held, Lives, Window
from tracker.reports.standings import Tally, opening
from tracker.reports.stated import Stated, Whom, people_of, ways, window
from tracker.store import Connection, Store

WORDS: Final = ("verified", "reported", "announced")
COUNTED: Final = ("verified", "reported")

NOT_COMPARED: Final = {
    "restrictions_ended": N_("not compared: restrictions are also ended for people who were never in prison"),
}
"""Measures that nothing on record can be set against, and why."""


@dataclass(frozen=True)
class Count:
    """What the record has: people by line; of the counted, how many at least and at most; everybody possible."""

    lines: Mapping[str, frozenset[str]]
    low: int
    high: int
    counted: frozenset[str]
    possible: frozenset[str]


@dataclass
class Compared:
    """A claim and what it came to; `count` is None where it cannot be compared, and the notes say why."""

    claim: Stated
    count: Count | None = None
    rule: Rule | None = None
    notes: list[str] = field(default_factory=list)


def compare(store: Store, db: Connection, asked: Asked, claims: Sequence[Stated]) -> list[Compared]:
    """Return every claim with what the record has, in their order; twice where two ways of counting differ."""
    scopes = {claim.scope: people_of(db, asked, claim.scope) for claim in claims}
    planned = [_planned(claim, asked, scopes[claim.scope]) for claim in claims]
    rules = dict.fromkeys(rule for _one, _window, ways_ in planned for rule, _words in ways_)
    counts: dict[tuple[str, Rule], Count] = {}
    for rule in rules:
        with recounted(store, db, asked, rule) as other:
            mine = [(one, span) for one, span, ways_ in planned if any(rule == way for way, _words in ways_)]
            for one, count in _counted(db, other, mine, scopes):
                counts[one.claim.id, rule] = count
    return [made for one, _span, ways_ in planned for made in _judged(one, ways_, counts)]


Span = tuple[str, str]


def _planned(claim: Stated, asked: Asked, whom: Whom | None) -> tuple[Compared, Span, list[tuple[Rule, str]]]:
    """Return a claim with its window and the ways to count for it; none where it cannot be compared."""
    one = Compared(claim)
    if claim.measure in NOT_COMPARED:
        one.notes.append(_(NOT_COMPARED[claim.measure]))
        return one, ("", ""), []
    if whom is None:
        one.notes.append(_("nobody on record has that tag: not compared"))
        return one, ("", ""), []
    try:
        first, last, assumed = window(claim, asked)
    except BadValue as problem:
        one.notes.append(_("not compared: {why}").format(why=problem.message))
        return one, ("", ""), []
    if last > asked.latest or (first and last < first):
        one.notes.append(_("not compared: {why}").format(why=_("its time cannot be")))
        return one, ("", ""), []
    one.notes += assumed
    if claim.min is None and claim.max is None:
        one.notes.append(_("no number stated"))
    if claim.disputed:
        starts = ", ".join(claim.disputed)
        one.notes.append(_("its start is disputed: also printed as {starts}").format(starts=starts))
    if claim.out_of is not None:
        one.notes.append(_("stated as out of {n}").format(n=claim.out_of))
    return one, (first, last), ways(claim, asked.rule)


def _judged(
    one: Compared, ways_: Sequence[tuple[Rule, str]], counts: Mapping[tuple[str, Rule], Count]
) -> Iterator[Compared]:
    """Yield a claim for each way of counting that makes a difference."""
    if not ways_:
        yield one
        return
    found = [(counts[one.claim.id, rule], rule, words) for rule, words in ways_]
    if len(found) > 1 and all(_figures(count) == _figures(found[0][0]) for count, _rule, _words in found):
        yield Compared(one.claim, found[0][0], found[0][1], one.notes)
        return
    for count, rule, words in found:
        yield Compared(one.claim, count, rule, [*one.notes, words])


def _figures(count: Count) -> tuple[object, ...]:
    return count.low, count.high, {line: len(people) for line, people in count.lines.items()}


Scopes = Mapping[str, Whom | None]


def _counted(
    db: Connection, asked: Asked, planned: Sequence[tuple[Compared, Span]], scopes: Scopes
) -> Iterator[tuple[Compared, Count]]:
    """Yield the count of each claim under one rule, out of one reading of everybody's life."""
    lives = Lives(db, replace(asked, filters=(), facilities=(), standings=()))
    at: dict[str, list[tuple[Compared, Whom]]] = {}
    for one, (first, last) in planned:
        whom = scopes[one.claim.scope] or Whom()
        if one.claim.measure == "held" and whom.places:
            yield one, _held_in(db, lives.asked, last, *whom)
        elif one.claim.measure == "held":
            at.setdefault(last, []).append((one, whom))
        elif one.claim.measure in ("released", "announced"):
            yield one, _left(lives, one.claim, (first, last), *whom)
        else:
            series = lives.arrests if one.claim.measure == "detained" else lives.deaths
            yield one, _happened(lives, series.window(first, last, whom.among), whom.places)
    for moment, held in lives.held(list(at)):  # one moment after the other: each holds everybody's id
        yield from ((one, _held(held, whom.among)) for one, whom in at[moment])


def _held(found: Held, among: frozenset[str] | None) -> Count:
    """Return who is held, of the people `among`."""

    def of(people: Collection[str]) -> frozenset[str]:
        return frozenset(people) if among is None else frozenset(people) & among

    people, doubtful, others = of(found.people), of(found.doubtful), of(found.others)
    return _as_held(people, people - doubtful, people | others)


def _as_held(people: frozenset[str], certain: frozenset[str], possible: frozenset[str]) -> Count:
    return Count({"held": people}, len(certain), len(possible), certain, possible)


def _held_in(db: Connection, asked: Asked, moment: str, among: frozenset[str] | None, places: frozenset[str]) -> Count:
    """Return who is held in some places, by the standing of that moment."""
    there = replace(asked, facilities=tuple(sorted(places)), moment=moment)
    start = opening(db, there, moment=moment, columns=("facility",))
    rows = db.execute(f"{start.sql} SELECT detainee, standing, possible FROM hits", start.params).fetchall()
    tally = {
        person: Tally([(standing, possible, None, 1)])
        for person, standing, possible in rows
        if among is None or person in among
    }
    people = frozenset(person for person, one in tally.items() if one.count(asked.deprived))
    bounds = {person: one.bounds(asked.deprived) for person, one in tally.items()}
    certain = frozenset(person for person, (sure, _most) in bounds.items() if sure)
    return _as_held(people, certain, frozenset(person for person, (_sure, most) in bounds.items() if most))


def _left(lives: Lives, claim: Stated, span: Span, among: frozenset[str] | None, places: frozenset[str]) -> Count:
    """Return who left in a window, by who says so; of those announced, everybody anybody says left."""
    exits = lives.exits.window(*span, among)
    told = lives.told(*span, exits.people, among)
    kept = lives.there(exits, places)
    spoken = [move for move in told if not places or lives.place(move.detention or "", move.at) in places]
    lines: dict[str, set[str]] = {word: set() for word in WORDS}
    for person, one in kept.people.items():
        lines[lives.statuses[one.release or ""]].add(person)
    for move in spoken:
        lines[move.line].add(move.detainee)
    wanted = WORDS if claim.measure == "announced" else {*COUNTED, *lives.asked.rule.accepted}
    counted = frozenset(person for word in wanted for person in lines[word])
    sure = {*kept.certain, *(move.detainee for move in spoken)}
    possible = counted | kept.possible.keys()
    return Count(
        {word: frozenset(people) for word, people in lines.items()},
        len(counted & sure),
        len(possible),
        counted,
        frozenset(possible),
    )


def _happened(lives: Lives, found: Window, places: frozenset[str]) -> Count:
    kept = lives.there(found, places)
    people, possible = frozenset(kept.people), frozenset(kept.possible) | frozenset(kept.people)
    return Count({"counted": people}, len(people & kept.certain.keys()), len(possible), people, possible)


def difference(claim: Stated, count: Count) -> tuple[int | None, int | None]:
    """Return claimed less counted, bound by bound; None where the claim leaves a bound open."""
    low = None if claim.min is None else claim.min - count.high
    return low, None if claim.max is None else claim.max - count.low


def counts_of(one: Compared) -> Mapping[str, frozenset[str]]:
    """Return the lines of a claim that open into people: by who says so, and those who only may be counted."""
    if one.count is None:
        return {}
    return {**one.count.lines, "uncertain": one.count.possible - one.count.counted}
