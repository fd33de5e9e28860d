"""What is said of somebody, by a list or by the record, and what looking them up gives."""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from tracker.domain.date_bounds import UNKNOWN, PartialDate

Outcome: TypeAlias = Literal["match", "review", "create"]
Verdict: TypeAlias = Literal["same", "different", "unsure"]

SHOWN: Final = 5
"""How many candidates are shown for one name unless told otherwise."""


@dataclass(frozen=True, slots=True)
class Described:
    """What is said of one person: a name, and whatever else tells people apart. Empty says nothing.

    `nationalities` are ISO codes, `facilities` and `sources` ids of the record, `identifiers` pairs of scheme and
    value, `roles` whatever is said of an occupation (tags, a job, a rank).
    """

    name: str | None
    other_names: tuple[str, ...] = ()
    nationalities: frozenset[str] = frozenset()
    sex: str | None = None
    born: PartialDate = UNKNOWN
    age: int | None = None
    age_on: PartialDate = UNKNOWN
    arrested: tuple[PartialDate, ...] = ()
    released: tuple[PartialDate, ...] = ()
    facilities: frozenset[str] = frozenset()
    roles: tuple[str, ...] = ()
    service: str | None = None
    identifiers: frozenset[tuple[str, str]] = frozenset()
    sources: frozenset[str] = frozenset()
    died: PartialDate = UNKNOWN

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, the main one first."""
        return (*((self.name,) if self.name else ()), *self.other_names)


@dataclass(frozen=True, slots=True)
class Match:
    """A person who may be meant: `printed` is the one of their names that is near, `score` from 0 to 1."""

    id: str
    ref: str
    name: str
    printed: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do with a name: it is the first of `matches`, or one of them may be meant, or it is somebody new.

    `again` are those whom it was not to be, and whose name and everything else it has all the same.
    """

    outcome: Outcome
    matches: tuple[Match, ...] = ()
    again: tuple[Match, ...] = ()
