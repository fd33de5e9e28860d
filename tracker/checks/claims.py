"""Checks on the counts that others stated: figures that no reality fits, and figures that were only worked out.

They are notes, not warnings: what a ministry or a monitor said stays on record as it was said. None looks at our own
counts (that is `gap`), and figures of different start are never compared.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Final

from tracker.checks.figures import CUMULATIVE, MANY, Scope, Stated, listed, stated
from tracker.checks.finding import Finding, Here
from tracker.domain.names import fold
from tracker.domain.rules import certainly_before
from tracker.i18n import _

FOREIGNERS: Final = frozenset(("foreign", "foreigner", "foreigners", "foreign national", "foreign nationals",
    "extranjero", "extranjera", "extranjeros", "extranjeras"))  # fmt: skip
"""Tags, folded, of a count of foreigners as a whole."""

EXCLUSIVE: Final = ("dual", "facility", "service", "sex")
"""Filters of which a person answers to one value only, so that the figures for several can be added."""

Key = Callable[[Stated], Hashable]


def _groups(figures: Iterable[Stated], key: Key) -> list[list[Stated]]:
    found: dict[Hashable, list[Stated]] = defaultdict(list)
    for one in figures:
        found[key(one)].append(one)
    return [group for group in found.values() if len(group) > 1]


def contradictory_claims(here: Here) -> Iterator[Finding]:
    """One claimant gave figures for the same thing and day that cannot all be true.

    Not compared: figures that grow and do not say since when, or whose hours tell that the larger is the later; and
    one that a note may make a part of the other (`66, whereabouts unknown` beside 777).
    """
    figures = (one for one in stated(here) if one.day and (one.start or one.measure not in CUMULATIVE))
    for group in _groups(figures, attrgetter("voice", "measure", "scope", "start", "day")):
        odd = [one for one in group if any(_at_odds(one, other) for other in group)]
        if odd:
            said = _("On {day}, {counted}: {figures}. They cannot all be true.")
            yield Finding(
                odd[-1].ref, odd[-1].who, said.format(day=odd[-1].day, counted=odd[-1].of_what, figures=listed(odd))
            )


def _at_odds(one: Stated, other: Stated) -> bool:
    small, large = sorted((one, other), key=attrgetter("low", "high"))
    if not one.contradicts(other) or (small.note and small.may_be_part_of(large)):
        return False
    return not (small.before(large) or large.before(small))  # a fall is for claim_goes_down


def claim_goes_down(here: Here) -> Iterator[Finding]:
    """A claimant's count of something that can only grow, from one start on, is lower than an earlier one.

    Where neither says since when, a fall to less than half is taken for a count of something else; a lower figure with
    a note beside a high enough one of the same day, for a part.
    """
    figures = (one for one in stated(here) if one.measure in CUMULATIVE)
    for group in _groups(figures, attrgetter("voice", "measure", "scope", "start")):
        for later in group:
            higher = [one for one in group if one.before(later) and one.low > later.high]
            if later.start is None:
                higher = [one for one in higher if not later.may_be_part_of(one)]
            if higher and not (later.note and _grown(group, higher[-1], later.day)):
                said = _("{counted}, went down: {earlier}, then {later}.")
                words = {"counted": later.of_what, "earlier": _dated(higher[-1]), "later": _dated(later)}
                yield Finding(later.ref, later.who, said.format(**words))


def _grown(group: Iterable[Stated], earlier: Stated, day: str | None) -> bool:
    """Return whether a figure of that day is no lower than the earlier one."""
    return any(one.day == day and one.high >= earlier.low for one in group)


def _dated(one: Stated) -> str:
    return _("on {day} {figure}").format(day=one.as_of.text, figure=one.said)


def subtraction_suspected(here: Here) -> Iterator[Finding]:
    """A count of who is held equals an earlier one minus the releases: worked out, while older arrests keep surfacing.

    The releases are of the same day as the new figure and by the same claimant as the earlier one, and not counted
    from before it; the new figure may be anybody's. "At least 24" is taken for 24.
    """
    figures = [one for one in stated(here) if one.day and one.figure_named]
    gone: dict[Hashable, list[Stated]] = defaultdict(list)
    earlier: dict[Hashable, list[Stated]] = defaultdict(list)
    for one in figures:
        if one.measure == "released" and one.low:
            gone[one.day, one.scope].append(one)
        elif one.measure == "held":
            earlier[one.voice, one.scope, one.low].append(one)
    for held in figures:
        if held.measure != "held" or not held.exact:
            continue
        found = [
            (one, out)
            for out in gone[held.day, held.scope]
            for one in earlier[out.voice, held.scope, held.low + out.low]
            if one.before(held) and not certainly_before(out.since, one.as_of)
        ]
        if found:
            one, out = found[-1]
            said = _("{held} is the figure {earlier}, minus the released, {released}: subtracted, not counted?")
            yield Finding(held.ref, held.who, said.format(held=held.said, earlier=_dated(one), released=out.said))


def subcount_above_total(here: Here) -> Iterator[Finding]:
    """A figure for some is above the same claimant's for all, of the same day and start; or above its own "out of".

    So is the sum of figures for women and men, for soldiers and civilians, for several prisons.
    """
    figures = stated(here)
    for one in figures:
        if one.out_of is not None and max(one.low, one.high if one.high < MANY else 0) > one.out_of:
            yield Finding(one.ref, one.who, _("The part is larger than the whole: {figure}.").format(figure=one.said))
    for group in _groups((one for one in figures if one.day), _SAME_BREATH):
        for total in _totals(group):
            yield from _above(total, group)


_SAME_BREATH: Final = attrgetter("voice", "measure", "start", "day")


def _totals(group: Sequence[Stated]) -> list[Stated]:
    """Return the highest figure for each scope: a lower one may be of a part that only its note tells."""
    highest: dict[Scope, Stated] = {}
    for one in group:
        if one.scope not in highest or one.high > highest[one.scope].high:
            highest[one.scope] = one
    return list(highest.values())


def _above(total: Stated, group: Sequence[Stated]) -> Iterator[Finding]:
    """Yield each figure for a part of whom `total` counts that is above it, else the parts that add up above it."""
    parts = [one for one in group if one.low > total.high and _narrower(one.scope, total.scope)]
    for one in parts:
        said = _("{counted}: {figure} is above {total}, the figure of the same day for more people.")
        yield Finding(one.ref, one.who, said.format(counted=one.of_what, figure=one.said, total=total.said))
    if parts:
        return
    for name in EXCLUSIVE:
        several = _by_value(group, name, dict(total.scope))
        if len(several) > 1 and sum(one.low for one in several) > total.high:
            yield _sum_above(several, total, _("{figures} add up to more than {total} of the same day."))


def _sum_above(parts: Sequence[Stated], total: Stated, said: str) -> Finding:
    return Finding(total.ref, total.who, said.format(figures=listed(parts), total=total.said))


def _narrower(part: Scope, whole: Scope) -> bool:
    filters = dict(part)
    return part != whole and all(set(filters.get(name, ("",))) <= set(values) for name, values in whole)


def _by_value(group: Iterable[Stated], name: str, rest: dict[str, tuple[str, ...]]) -> list[Stated]:
    """Return a figure, the lowest, for each single value of the filter `name` beside the filters `rest`."""
    lowest: dict[str, Stated] = {}
    for one in group:
        scope = dict(one.scope)
        values = scope.pop(name, ())
        if len(values) == 1 and scope == rest and (values[0] not in lowest or one.low < lowest[values[0]].low):
            lowest[values[0]] = one
    return list(lowest.values())


def duals_counted_twice(here: Here) -> Iterator[Finding]:
    """A claimant's figures by nationality add up to more than its figure for all, or for all foreigners.

    Whoever has two nationalities stands in two of them. The country's own nationals are no part of its foreigners.
    """
    home = here.db.execute("SELECT value FROM settings WHERE id = 'country'").fetchone()
    figures = (one for one in stated(here) if one.day)
    for group in _groups(figures, _SAME_BREATH):
        for total in _totals(group):
            rest = dict(total.scope)
            tags = rest.get("tag", ())
            of_foreigners = len(tags) == 1 and fold(tags[0].replace("_", " ")) in FOREIGNERS
            if of_foreigners:
                del rest["tag"]
            parts = [
                one
                for one in _by_value(group, "nationality", rest)
                if not (of_foreigners and home and dict(one.scope)["nationality"] == (home[0],))
            ]
            if len(parts) > 1 and sum(one.low for one in parts) > total.high:
                said = _("{figures} add up to more than {total}: dual nationals counted twice?")
                yield _sum_above(parts, total, said)
