"""The people a question is about, each with their standing: the SQL with which every count and every list begins.

`opening` gives the WITH clauses: in public the smaller tables first, then `standing` (the one definition, of the
store), then `hits`, the people whom the filters leave, one row each: detainee, standing, since, detention, release,
facility, said_out, possible. `Tally` counts them by what they are and could be, so that a figure, its bounds and its
notes come out of one reading.
"""

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import Final, NamedTuple

from tracker.reports.asked import Asked, person_filter
from tracker.store import Connection
from tracker.store.standing import BITS, COSTLY, standing_cte
from tracker.table import Cell

TALLY: Final = "standing, possible, said_out, count(*)"
TALLIED: Final = "standing, possible, said_out"


_BIT: Final = "CASE p.standing " + " ".join(f"WHEN '{name}' THEN {bit}" for name, bit in BITS.items()) + " ELSE 0 END"

OTHER_BITS: Final = f"p.possible & ~{_BIT}"
"""What a person `p` could also be, besides the counted standing."""


class Opening(NamedTuple):
    """`sql`: WITH clauses without a comma at their end; `params`: what they are bound to."""

    sql: str
    params: dict[str, str]


class Before(NamedTuple):
    """`clauses`: the public's tables, none in private; `people`: SQL for the ids asked about, None for everybody."""

    clauses: list[str]
    people: str | None
    params: dict[str, str]


def opening(
    db: Connection,
    asked: Asked,
    *,
    moment: str | None = None,
    people: str | None = None,
    placed: bool = True,
    columns: Collection[str] = COSTLY,
    once: bool = False,
) -> Opening:
    """Return the clauses up to `hits`, at `moment` (None: the one asked about).

    `people` narrows further: SQL for ids, on the same tables and parameters. Not `placed`: the places asked for are
    not those of the moment, the question applies them itself. `columns`: which of the costly ones are wanted.
    `once`: `hits` is read in one place only, so that it need not be kept.
    """
    start = before(db, asked, people=people)
    wanted = {*columns, "facility"} if asked.facilities and placed else set(columns)
    standing = standing_cte(
        accepted=asked.accepted, people=start.people, columns=wanted, deprived=asked.deprived
    ).removeprefix("WITH ")
    where = ""
    if asked.facilities and placed:
        from tracker.reports.filters import bound

        where = f" WHERE facility IN ({bound('facility', asked.facilities)[0]})"
    hits = (
        f"hits AS {'' if once else 'MATERIALIZED '}("
        "SELECT detainee, standing, since, detention, release, facility, said_out, possible"
        f" FROM standing{where})"
    )
    params = start.params | {"moment": moment or asked.moment}
    return Opening("WITH " + ",\n".join([*start.clauses, standing, hits]), params)


def before(db: Connection, asked: Asked, *, people: str | None = None) -> Before:
    """Return what stands before any clause on people: the public's tables, and who is asked about."""
    left, params = person_filter(asked)
    params |= {"moment": asked.moment, "first": asked.first, "published_until": asked.published_until}
    both = left or people
    if left and people:  # in brackets: a UNION in one of them would otherwise come after the INTERSECT
        both = f"SELECT * FROM ({left}) INTERSECT SELECT * FROM ({people})"
    clauses: list[str] = []
    if asked.public:
        from tracker.reports.public import public_tables

        clauses = public_tables(db)
    return Before(clauses, both, params)


def keys(names: Sequence[str]) -> str:
    """Return vocabulary keys as SQL literals. They are ours, never a user's text."""
    return ", ".join(f"'{name}'" for name in names)


def mask(standings: Sequence[str]) -> int:
    """Return the bits of some standings."""
    return sum(BITS[name] for name in standings)


@cache
def others(bits: Cell) -> tuple[str, ...]:
    """Return the standings of some bits."""
    found = bits if isinstance(bits, int) else 0
    return tuple(name for name, bit in BITS.items() if found & bit)


class Tally:
    """How many people there are of each standing, set of possible standings, and word of being out."""

    def __init__(self, rows: Iterable[tuple[str, int, str | None, int]] = ()) -> None:
        self.rows = list(rows)

    @classmethod
    def of(cls, rows: Iterable[Sequence[object]]) -> "Tally":
        """Take up rows of `TALLY`."""
        return cls([(row[0], row[1], row[2], row[3]) for row in rows])  # type: ignore[misc]

    def count(self, standings: Sequence[str]) -> int:
        """Return how many people are of one of these standings."""
        return sum(n for standing, _possible, _said, n in self.rows if standing in standings)

    def people(self) -> int:
        """Return how many people there are."""
        return sum(row[3] for row in self.rows)

    def doubtful(self) -> int:
        """Return how many people could be of another standing than the counted one."""
        return sum(n for _standing, possible, _said, n in self.rows if possible & (possible - 1))

    def by_standing(self) -> dict[str, int]:
        """Return how many people are of each standing there is."""
        found: dict[str, int] = {}
        for standing, _possible, _said, n in self.rows:
            found[standing] = found.get(standing, 0) + n
        return found

    def bounds(self, standings: Sequence[str]) -> tuple[int, int]:
        """Return how many people are certainly, and possibly, of one of these standings."""
        bits = mask(standings)
        certain = sum(n for _standing, possible, _said, n in self.rows if not possible & ~bits)
        return certain, sum(n for _standing, possible, _said, n in self.rows if possible & bits)

    def uncertain(self, standings: Sequence[str]) -> tuple[int, int]:
        """Return how many of the counted may not be of these standings, and how many not counted may be."""
        certain, possible = self.bounds(standings)
        counted = self.count(standings)
        return counted - certain, possible - counted

    def said_out(self, among: Sequence[str]) -> dict[str, int]:
        """Return how many people of these standings are said to be out by somebody unverified, by status."""
        found: dict[str, int] = {}
        for standing, _possible, said, n in self.rows:
            if said is not None and standing in among:
                found[said] = found.get(said, 0) + n
        return found
