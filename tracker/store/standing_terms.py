"""The words of standing in SQL: bits, ranks, and the latest minute of a date that is not known.

Used by `standing.py` and `standing_unsettled.py` alike, so that both ways mean the same. Functions take the alias of a
row (`d` a detention, `r` a release, `y` a stay) or an expression, and return SQL.
"""

from collections.abc import Mapping
from typing import Any, Final

from tracker.domain.vocabulary import DEPRIVED, KIND_STANDING, RESTRICTIVENESS

STANDINGS: Final = (
    "none",
    "detained",
    "whereabouts_unknown",
    "house_arrest",
    "restricted",
    "free",
    "out",
    "died",
    "deceased",
    "escaped",
)
BITS: Final = {standing: 1 << position for position, standing in enumerate(STANDINGS)}
"""Standing → its bit in `possible`: none 1, detained 2, whereabouts_unknown 4 … escaped 512."""

HELD: Final = sum(BITS[standing] for standing in DEPRIVED)
DETAINED: Final = BITS["detained"]
LOST: Final = BITS["whereabouts_unknown"]

_LEFT: Final = {BITS[standing]: RESTRICTIVENESS[standing] for standing in dict.fromkeys(KIND_STANDING.values())}


def case(value: str, mapping: Mapping[Any, int | str]) -> str:
    """Return SQL that maps `value` as `mapping` does."""
    return f"CASE {value} " + " ".join(f"WHEN {key!r} THEN {to!r}" for key, to in mapping.items()) + " END"


def kind_bit(kind: str) -> str:
    """Return SQL for the bit of the standing that a release of a kind leads to."""
    return case(kind, {name: BITS[standing] for name, standing in KIND_STANDING.items()})


def kind_standing(kind: str) -> str:
    """Return SQL for the standing that a release of a kind leads to."""
    return case(kind, KIND_STANDING)


def name(bit: str) -> str:
    """Return SQL for the standing of a bit."""
    return case(bit, {number: standing for standing, number in BITS.items()})


def rank(bit: str) -> str:
    """Return SQL for how restrictive the standing after a release is."""
    return f"coalesce({case(bit, _LEFT)}, 0)"


def published(about: str) -> str:
    """Return SQL for when the first source that supports something was certainly out."""
    return (
        "(SELECT min(o.published_to) FROM citations c JOIN sources o ON o.id = c.source"
        f" WHERE c.{about} AND c.stance = 'supports')"
    )


def entered(row: str) -> str:
    """Return SQL for the end of the day on which a row was entered."""
    return f"substr({row}.entered, 1, 10) || 'T23:59'"


def _facts(d: str) -> tuple[str, ...]:
    """Return SQL for what shows that a detention had begun, each a query for one column, `fact`."""
    return (
        f"SELECT y.since_to AS fact FROM stays y WHERE y.detention = {d}.id",
        f"SELECT r.released_to AS fact FROM releases r WHERE r.detention = {d}.id AND r.status <> 'retracted'",
        f"SELECT {published(f'detention = {d}.id')} AS fact",
        f"SELECT {published('stay = y.id')} AS fact FROM stays y WHERE y.detention = {d}.id",
        f"SELECT {published('release = r.id')} AS fact FROM releases r WHERE r.detention = {d}.id",
    )


def began_by(d: str) -> str:
    """Return SQL for the minute by which a detention had begun: of its date, else of its first dated fact."""
    first = f"(SELECT min(fact) FROM ({' UNION ALL '.join(_facts(d))}))"
    return f"coalesce({d}.began_to, {first}, {entered(d)})"


def began_later(d: str, moment: str) -> str:
    """Return SQL for `began_by > moment`, in the order in which the answer is soonest found."""
    by_then = " OR ".join(f"EXISTS (SELECT 1 FROM ({fact}) WHERE fact <= {moment})" for fact in _facts(d))
    return f"""CASE WHEN {d}.began_to IS NOT NULL THEN {d}.began_to > {moment}
      WHEN {by_then} THEN 0 ELSE {began_by(d)} > {moment} END"""


def released_by(r: str) -> str:
    """Return SQL for the minute by which a release had happened: of its date, else when a source first stated it."""
    return f"coalesce({r}.released_to, {published(f'release = {r}.id')}, {entered(r)})"


def stated_by(value: str, moment: str) -> str:
    """Return SQL for whether a date as stored (`2026-02`, `A..B`, `..B`) starts by a moment; an open start, if it ends.

    A point compares as text: a moment goes on where a year, month or day stops.
    """
    end = f"substr({value}, 3)"
    return f"""CASE instr({value}, '..') WHEN 0 THEN {value} <= {moment}
      WHEN 1 THEN CASE length({end}) WHEN 4 THEN {end} || '-12-31T23:59'
        WHEN 7 THEN date({end} || '-01', '+1 month', '-1 day') || 'T23:59'
        WHEN 10 THEN {end} || 'T23:59' ELSE {end} END <= {moment}
      ELSE substr({value}, 1, instr({value}, '..') - 1) <= {moment} END"""


def stated_before(releases: str, statuses: str, moment: str) -> str:
    """Return SQL for the highest of some statuses of who said that releases `n` happened by a moment.

    A release that rose, or was given a later date, keeps what was said before as citations with dates of their own.
    """
    voice = "coalesce(k.default_status, 'reported')"
    return f"""(SELECT max({voice}) FROM releases n CROSS JOIN citations q ON q.release = n.id
        LEFT JOIN claimants k ON k.id = q.claimant
      WHERE {releases} AND n.status <> 'retracted' AND q.field = 'released_on' AND {voice} IN ({statuses})
        AND NOT (q.stance = 'disputes' AND q.value IS n.released) AND {stated_by("q.value", moment)})"""


def since_by(y: str, entered_with: str) -> str:
    """Return SQL for the minute by which a stay had begun; '' for a first stay without a date: since the arrest."""
    return f"""coalesce({y}.since_to, CASE WHEN EXISTS (
        SELECT 1 FROM stays f WHERE f.detention = {y}.detention AND (f.step, f.id) < ({y}.step, {y}.id))
      THEN coalesce({published(f"stay = {y}.id")}, {entered_with}) ELSE '' END)"""


def over(d: str) -> str:
    """Return SQL for the minute from which a sentence is over, '~' for never."""
    return f"coalesce({d}.sentence_ends_from, {d}.sentence_ends_to, '~')"
