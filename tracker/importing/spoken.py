"""What the rows of a list say of one person: records that grow as rows speak of them.

The first word counts. A later row fills what is still empty; where it states something else, that is kept as a
citation of the field with its value: disputing where both cannot be true (another date, another kind), supporting where
it is vaguer, more precise or otherwise worded. No cell is dropped.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from tracker.domain.dates import PartialDate
from tracker.domain.lists import STORED_AS
from tracker.domain.names import fold
from tracker.domain.vocabulary import STATUS_RANK
from tracker.importing.rows import Line

NOTHING_SAID: Final = frozenset({"unknown", "unstated"})
"""Words of vocabularies that leave a field as open as an empty cell."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says so, and where: ids of a source and a claimant."""

    source: str
    claimant: str | None
    locator: str | None


@dataclass(frozen=True, slots=True)
class Age:
    """An age in full years, and when it was stated (the publication of its source)."""

    years: int
    on: PartialDate

    def stance(self, now: "Age") -> str | None:
        """Return how this age stands to another: the same, possible for one birthday (supports), or not (disputes)."""
        if self.on.earliest and now.on.earliest:
            mine, theirs = self.born(), now.born()
            if mine[1] < theirs[0] or theirs[1] < mine[0]:
                return "disputes"
        return None if self.years == now.years else "supports"

    def born(self) -> tuple[int, int]:
        """Return the first and last month of birth that fit, counted from year 0."""
        first, last = (int(end[:4]) * 12 + int(end[5:7]) for end in (self.on.earliest or "", self.on.latest or ""))
        return first - 12 * (self.years + 1), last - 12 * self.years


@dataclass(slots=True)
class Citation:
    """One citation of a record; several places in one source are joined."""

    voice: Voice
    field: str | None
    value: str | None
    stance: str
    locators: list[str]


@dataclass(slots=True)
class Record:
    """A row in the making: `values` by list column, `line` the row that first spoke of it."""

    id: str
    line: Line
    values: dict[str, Any] = field(default_factory=dict)
    citations: dict[tuple[str, str | None, str | None, str | None, str], Citation] = field(default_factory=dict)
    unsourced: list[str] = field(default_factory=list)
    """What rows without a source say that differs: no citation can hold it, so the person's note does."""

    def hear(self, heard: dict[str, Any], voice: Voice | None) -> None:
        """Take what a row says: fill, agree, or keep what differs as a citation of that field.

        The voice is cited for the record as a whole, unless all it says differs.
        """
        differing = 0
        for column, value in heard.items():
            stance = self._settle(column, value)
            if stance is not None:
                differing += 1
                if voice is not None:
                    self.cite(voice, field=column, value=said(value), stance=stance)
                else:
                    self.unsourced.append(f"{column}: {said(value)}")
        if voice is not None and (not heard or differing < len(heard)):
            self.cite(voice)

    def _settle(self, column: str, value: Any) -> str | None:
        """Fill the column if it is open; else return the stance of `value` to what it holds, None if it is the same."""
        now = self.values.get(column)
        if _open(now):
            self.values[column] = value
            return None
        if _open(value) or value == now:
            return None
        return stance_of(column, value, now)

    def cite(
        self, voice: Voice, *, field: str | None = None, value: str | None = None, stance: str = "supports"
    ) -> None:
        """Add a citation; the same one again only adds its place in the source."""
        key = (voice.source, voice.claimant, field, value, stance)
        found = self.citations.get(key)
        if found is None:
            found = self.citations[key] = Citation(voice, field, value, stance, [])
        if voice.locator and voice.locator not in found.locators:
            found.locators.append(voice.locator)

    def stored(self) -> dict[str, Any]:
        """Return the values by the record's own columns, dates as canonical text."""
        made: dict[str, Any] = {}
        for column, value in self.values.items():
            if isinstance(value, Age):
                made |= {"age": value.years, "age_on": value.on.text}
            else:
                made[STORED_AS.get(column, column)] = value.text if isinstance(value, PartialDate) else value
        return made


def said(value: Any) -> str:
    """Return a value as a citation holds it: canonical."""
    if isinstance(value, Age):
        return str(value.years)
    if isinstance(value, PartialDate):
        return value.text or "unknown"
    return str(value)


def _open(value: Any) -> bool:
    return value is None or (not value.known if isinstance(value, PartialDate) else value in NOTHING_SAID)


def stance_of(column: str, value: Any, now: Any) -> str | None:
    """Return whether `value` disputes what the record holds, or supports it in other words; None: it is the same."""
    if isinstance(value, Age):
        return value.stance(now)
    if isinstance(value, PartialDate):
        return "supports" if agree(value, now) else "disputes"
    if column == "release_status":
        return "disputes" if "retracted" in (value, now) or STATUS_RANK[value] > STATUS_RANK[now] else "supports"
    if column in ("sex", "service", "stage", "release_kind", "release_basis"):
        return "disputes"
    return None if fold(str(value)) == fold(str(now)) else "supports"


def agree(one: PartialDate, other: PartialDate) -> bool:
    """Return whether one date is the other told more vaguely or more precisely."""
    return _within(one, other) or _within(other, one)


def _within(inner: PartialDate, outer: PartialDate) -> bool:
    return (inner.earliest or "") >= (outer.earliest or "") and (inner.latest or "") <= (outer.latest or "")


@dataclass(slots=True)
class Detention:
    """One detention with its stays and releases, in order."""

    record: Record
    stays: list[Record] = field(default_factory=list)
    releases: list[Record] = field(default_factory=list)
    voiced: dict[str, list[str]] = field(default_factory=dict)
    """Release id → the statuses it has on the word of its rows' claimants."""


@dataclass(slots=True)
class Person:
    """One person: the record, names as printed, and all that hangs on it."""

    ref: str
    record: Record
    name: str | None = None
    notes: list[str] = field(default_factory=list)
    names: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Exact form → (name, kind) of other names."""
    nationalities: dict[str, Record] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    identifiers: list[tuple[str, str]] = field(default_factory=list)
    detentions: dict[int, Detention] = field(default_factory=dict)

    def unsourced(self) -> Iterator[str]:
        """Yield what rows without a source say otherwise than the record will."""
        yield from self.record.unsourced
        for detention in self.detentions.values():
            for record in (detention.record, *detention.stays, *detention.releases):
                yield from record.unsourced
