"""What speaks for and against one person besides the names: small functions over what is said of two people.

Each takes two descriptions and returns the weight of what it finds, in powers of ten (2: a hundred times likelier for
one person than for two), with its reason in words; nothing where one of the two says nothing. `POLICY` lists them.

A day or a prison in common proves the less, the more people on record have it too: of three hundred arrested in one
night, several are called alike. Those who share one crowded thing mostly share the next: only one of them counts.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from math import log10
from typing import Final, Literal, NamedTuple, TypeAlias

from tracker.domain.date_bounds import PartialDate
from tracker.domain.names import fold
from tracker.i18n import _
from tracker.matching.described import Described

DAY: Final = 10
MONTH: Final = 7
NEAR_DAYS: Final = 3
NEAR_MONTHS: Final = 1
SLIGHT: Final = -0.4  # what two dates weeks apart say against: one of them is easily wrong
EVERYBODY: Final = 1_000  # a day or a prison that so many people share tells nobody apart
LEAST_SHARED: Final = 0.1
GENERATION: Final = 10  # years between two births that no slip explains
APART: Final = -4.5

Shared: TypeAlias = Literal["arrested", "released", "facility"]
Sharing: TypeAlias = Callable[[Shared, str], int]
"""How many people on record were arrested or released on a date (as far as it goes), or held in a facility (its id)."""


def nobody(_what: Shared, _value: str) -> int:
    """Return 0: nothing is known of how many share what two people have in common."""
    return 0


class Found(NamedTuple):
    """What one feature found; `shared` are the date or the places in common that others may have too."""

    weight: float
    reason: str
    shared: tuple[Shared, tuple[str, ...]] | None = None


Feature: TypeAlias = Callable[[Described, Described], Found | None]


def same_identifier(one: Described, other: Described) -> Found | None:
    """Weigh case numbers and ID cards: one is one person's; another of the same kind is another's."""
    if both := one.identifiers & other.identifiers:
        return Found(8.0, _("the same {scheme}").format(scheme=min(both)[0]))
    schemes = {scheme for scheme, _value in one.identifiers} & {scheme for scheme, _value in other.identifiers}
    return Found(-3.0, _("another {scheme}").format(scheme=min(schemes))) if schemes else None


def arrested(one: Described, other: Described) -> Found | None:
    """Weigh arrests: few are arrested on one day; but people are arrested again, and dates are told wrong."""
    said = _("arrested {date}"), _("arrested a few days apart: {dates}"), _("another arrest: {dates}")
    return _dates("arrested", (_known(one.arrested), _known(other.arrested)), said, (2.2, -1.2))


def released(one: Described, other: Described) -> Found | None:
    """Weigh releases: they come in waves: a day in common proves less than an arrest does."""
    said = _("released {date}"), _("released a few days apart: {dates}"), _("another release: {dates}")
    return _dates("released", (_known(one.released), _known(other.released)), said, (1.2, -0.4))


def facility(one: Described, other: Described) -> Found | None:
    """Weigh prisons: people share them, and are moved between them."""
    if not one.facilities or not other.facilities:
        return None
    if both := one.facilities & other.facilities:
        return Found(0.8, _("the same prison"), ("facility", tuple(sorted(both))))
    return Found(-0.3, _("another prison"))


def nationality(one: Described, other: Described) -> Found | None:
    """Weigh nationalities: a second one is often left out; none in common mostly means two people."""
    if not one.nationalities or not other.nationalities:
        return None
    if both := one.nationalities & other.nationalities:
        return Found(1.2, _("the same nationality: {countries}").format(countries=", ".join(sorted(both))))
    return Found(-1.0, _("another nationality"))


def sex(one: Described, other: Described) -> Found | None:
    """Weigh the sex: a woman is no man, but a slip in a list is possible."""
    if not one.sex or not other.sex:
        return None
    return Found(0.1, _("the same sex")) if one.sex == other.sex else Found(-2.5, _("another sex"))


def born(one: Described, other: Described) -> Found | None:
    """Weigh births and ages: a day in common is rare, a year is one in fifty; years apart are father and son."""
    ours, theirs = _birth(one), _birth(other)
    if ours is None or theirs is None:
        return None
    years = max(0, max(ours[0], theirs[0]) - min(ours[1], theirs[1]))
    dates = f"{one.born.text} / {other.born.text}" if one.born.known and other.born.known else ""
    if years >= GENERATION:
        dated = _("another generation: born {dates}").format(dates=dates)
        return Found(APART, dated if dates else _("another generation: {n} years apart").format(n=years))
    if dates:
        return _births(one.born, other.born, years, _("another birth: {dates}").format(dates=dates))
    if years <= 1:
        return Found(0.9 if years == 0 else 0.3, _("of one age"))
    return Found(-0.8 if years == 2 else -2.5, _("another age"))  # noqa: PLR2004


def _births(one: PartialDate, other: PartialDate, years: int, differ: str) -> Found:
    """Weigh two dates of birth, so many whole years apart."""
    if one.text == other.text and len(one.text or "") >= DAY:
        return Found(3.0, _("born {date}").format(date=one.text))
    if years:
        return Found(-1.5 if years == 1 else -3.0, differ)
    return Found(1.2, _("of one age")) if _overlap(one, other) else Found(-1.0, differ)


def role(one: Described, other: Described) -> Found | None:
    """Weigh what somebody does: said of many, and by everybody in other words, so it never speaks against."""
    shared = _stems(one.roles) & _stems(other.roles)
    if not shared:
        return None
    words = sorted({word for word in _role_words(one.roles) if word[:STEM] in shared})
    return Found(0.5 if len(shared) == 1 else 0.9, _("both {roles}").format(roles=", ".join(words)))


def service(one: Described, other: Described) -> Found | None:
    """Weigh the service: a soldier is no civilian."""
    known = {"civilian", "military", "police"}
    if one.service not in known or other.service not in known:
        return None
    return Found(0.2, _("the same service")) if one.service == other.service else Found(-0.7, _("another service"))


def died(one: Described, other: Described) -> Found | None:
    """Weigh deaths: two dates are two people, and nobody is arrested or released after death."""
    if one.died.known and other.died.known:
        if _overlap(one.died, other.died):
            return Found(2.0, _("died {date}").format(date=one.died.text))
        return Found(-2.0, _("another death"))
    for dead, living in ((one, other), (other, one)):
        end = dead.died.latest
        if end and any(date.earliest and date.earliest > end for date in (*living.arrested, *living.released)):
            return Found(-2.5, _("alive after the other's death"))
    return None


def same_source(one: Described, other: Described) -> Found | None:
    """Weigh being in one list or article: two names there are two people, unless it says otherwise."""
    if not one.sources & other.sources:
        return None
    return Found(-1.5, _("one source names both"))


POLICY: Final[tuple[Feature, ...]] = (
    same_identifier, arrested, released, facility, nationality, sex, born, role, service, died, same_source,
)  # fmt: skip
"""Every feature beside the names, in the order in which its reason is shown."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the features found together: the sum, what speaks for and against, the worst of it, and the reasons."""

    weight: float
    agreeing: float
    against: float
    worst: float
    reasons: tuple[str, ...]


def context(one: Described, other: Described, home: str = "", sharing: Sharing = nobody) -> Context:
    """Return what everything but the names says of two descriptions.

    `home` is the country whose nationals most people are (its code): having it in common proves nothing. `sharing`
    tells how many on record have what the two have in common.
    """
    if home in one.nationalities & other.nationalities:
        one, other = (replace(each, nationalities=each.nationalities - {home}) for each in (one, other))
    found = _among([each for feature in POLICY if (each := feature(one, other)) is not None], sharing)
    agreeing = sum(each.weight for each in found if each.weight > 0)
    against = sum(each.weight for each in found if each.weight < 0)
    worst = min((each.weight for each in found), default=0.0)
    return Context(agreeing + against, agreeing, against, min(worst, 0.0), tuple(each.reason for each in found))


def _among(found: list[Found], sharing: Sharing) -> list[Found]:
    """Return what was found, where what a crowd shares weighs little and says so, and only the rarest of it weighs."""
    crowded: list[int] = []
    for place, each in enumerate(found):
        people = min((sharing(each.shared[0], value) for value in each.shared[1]), default=0) if each.shared else 0
        weight = max(LEAST_SHARED, round(log10(EVERYBODY / people), 2)) if people else each.weight
        if weight < each.weight:
            reason = _("{reason} (as {n} on record)").format(reason=each.reason, n=_about(people))
            found[place] = Found(weight, reason)
            crowded.append(place)
    for place in sorted(crowded, key=lambda place: -found[place].weight)[1:]:
        found[place] = Found(0.0, found[place].reason)
    return found


def _about(people: int) -> str:
    """Return a number as it is said of a crowd: 37, about 310, about 4200 (it may come from a sample)."""
    digits = len(str(people)) - 2
    return str(people) if digits <= 0 else _("about {n}").format(n=round(people, -digits))


def _known(dates: tuple[PartialDate, ...]) -> list[PartialDate]:
    return [date for date in dates if date.known]


def _overlap(one: PartialDate, other: PartialDate) -> bool:
    return not (
        (one.latest and other.earliest and one.latest < other.earliest)
        or (other.latest and one.earliest and other.latest < one.earliest)
    )


def _dates(
    what: Shared,
    dates: tuple[list[PartialDate], list[PartialDate]],
    said: tuple[str, str, str],
    weights: tuple[float, float],
) -> Found | None:
    """Weigh two sets of dates: a day in common, a month, a compatible vaguer date, days next to each other, none."""
    ours, theirs = dates
    if not ours or not theirs:
        return None
    agree, near_by, differ = said
    most, least = weights
    pairs = ((_closeness(a, b), a, b) for a in ours for b in theirs)
    best = max(pairs, key=lambda each: (each[0], -_months_apart(each[1], each[2])))
    closeness, a, b = best
    pair = f"{a.text} / {b.text}"
    if closeness > 0:
        vaguer = min((a.text or "", b.text or ""), key=lambda text: (len(text), text))
        reason = agree.format(date=vaguer) if _overlap(a, b) else near_by.format(dates=pair)
        return Found(round(most * closeness, 2), reason, (what, (vaguer,)))
    near = _months_apart(a, b) <= NEAR_MONTHS
    return Found(max(least, SLIGHT) if near else least, differ.format(dates=pair))


def _closeness(one: PartialDate, other: PartialDate) -> float:
    if _overlap(one, other):
        shorter = min(len(one.text or ""), len(other.text or "")) if ".." not in f"{one.text}{other.text}" else 0
        return 1.0 if shorter >= DAY else 0.5 if shorter >= MONTH else 0.2
    return 0.4 if 0 < _days_apart(one, other) <= NEAR_DAYS else 0.0


def _days_apart(one: PartialDate, other: PartialDate) -> int:
    """Return the days between two dates that are days; 0 where they are vaguer."""
    days = [(date.text or "")[:DAY] for date in (one, other)]
    if any(len(day) < DAY or ".." in (date.text or "") for day, date in zip(days, (one, other), strict=True)):
        return 0
    first, second = (datetime.fromisoformat(day) for day in days)
    return abs((first - second).days)


def _months_apart(one: PartialDate, other: PartialDate) -> int:
    """Return about how many months lie between two dates, counted from their earliest moments."""
    first, second = ((date.earliest or date.latest or "0000-00")[:MONTH] for date in (one, other))
    return abs((int(first[:4]) - int(second[:4])) * 12 + int(first[5:]) - int(second[5:]))


def _birth(person: Described) -> tuple[int, int] | None:
    """Return the first and the last year in which somebody can be born."""
    if person.born.known:
        if not person.born.earliest or not person.born.latest:
            return None
        return int(person.born.earliest[:4]), int(person.born.latest[:4])
    if person.age is None or not person.age_on.earliest or not person.age_on.latest:
        return None
    return int(person.age_on.earliest[:4]) - person.age - 1, int(person.age_on.latest[:4]) - person.age


STEM: Final = 5
LEAST: Final = 3
_EMPTY_ROLES: Final = frozenset(
    """
    former leader member brother sister father mother husband wife years anos national nacional political politico
    human rights printed with from para como exdirigente volunteer the and del los las por his her
    """.split()  # noqa: SIM905  (a list of 24 lines says no more)
)


def _role_words(roles: tuple[str, ...]) -> list[str]:
    words = [word for text in roles for word in fold(text.replace("_", " ")).split()]
    return [word for word in words if len(word) >= LEAST and not word.isdecimal() and word not in _EMPTY_ROLES]


def _stems(roles: tuple[str, ...]) -> set[str]:
    return {word[:STEM] for word in _role_words(roles)}
