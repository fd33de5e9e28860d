"""The figures that were stated, as the checks on them compare them: bounds, day, start, whom they count.

A figure is an interval: `at least 80` is 80 and up, `around 780` ten per cent either way. Two figures contradict each
other only where no number would satisfy both. What the scope cannot say (a state, "whereabouts unknown") stands in a
note, so that a figure with a note may be one of a part: it is compared as `may_be_part_of` says.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from tracker.checks.finding import Here
from tracker.domain.dates import UNKNOWN, PartialDate
from tracker.domain.rules import certainly_before
from tracker.domain.vocabulary import label
from tracker.i18n import _
from tracker.store import Row

MANY: Final = 10**12
"""Stands for the missing upper bound."""

CUMULATIVE: Final = ("released", "detained", "died", "announced", "restrictions_ended")
"""What only ever grows while it is counted from one day on."""

AROUND: Final = 0.1

ONE_VOICE: Final = ("detaining_state", "foreign_state", "court", "monitor", "intergovernmental", "union", "party",
    "ourselves")  # fmt: skip
"""The kinds of claimants who speak for themselves. Others may be a name for many ("unattributed", "diplomatic
sources"), so that only figures printed by one publisher are theirs together."""

Scope = tuple[tuple[str, tuple[str, ...]], ...]
"""Whom a figure counts: filters in order of their names, each with its values."""


@dataclass(frozen=True, slots=True)
class Stated:
    """One claim with a number: `low`–`high` as an interval, `out_of`, when (`as_of`), from when (`since`), of whom."""

    ref: str
    claimant: str
    who: str
    voice: str
    measure: str
    low: int
    high: int
    exact: bool
    out_of: int | None
    as_of: PartialDate
    since: PartialDate
    scope: Scope
    note: str | None
    sources: str
    figure: str
    places: dict[str, str] = field(repr=False)

    @property
    def day(self) -> str | None:
        """The day it speaks of; None where that is not one day."""
        start, end = self.as_of.earliest, self.as_of.latest
        return start[:10] if start and end and start[:10] == end[:10] else None

    @property
    def start(self) -> str | None:
        """From when it counts, for a measure that grows; a count of who is held has no start."""
        return self.since.text if self.measure in CUMULATIVE else None

    @property
    def figure_named(self) -> bool:
        """Whether it has a lowest number that is meant as such, not one around it."""
        return self.low > 0 and (self.exact or self.high == MANY)

    @property
    def said(self) -> str:
        """The figure with what is needed to find it again: `at least 80 (K-7k3m9q, ntn24-2026-01-25; early hours)`."""
        note = (self.note or "").replace("\n", "; ")
        more = "; ".join(part for part in (", ".join(part for part in (self.ref, self.sources) if part), note) if part)
        return f"{self.figure} ({more})"

    @property
    def of_what(self) -> str:
        """The measure and whom it counts, from when: `released since 2026-01-08, facility=El Rodeo I`."""
        counted = label("measure", self.measure)
        if self.start:
            counted = _("{measure} since {start}").format(measure=counted, start=self.start)
        return ", ".join([counted, *map(self._filter, self.scope)])

    def _filter(self, one: tuple[str, tuple[str, ...]]) -> str:
        name, values = one
        return f"{name}={_(' or ').join(self.places.get(value, value) for value in values)}"

    def contradicts(self, other: "Stated") -> bool:
        """Return whether no number satisfies both."""
        return self.low > other.high or other.low > self.high

    def before(self, other: "Stated") -> bool:
        """Return whether it certainly speaks of an earlier moment."""
        return certainly_before(self.as_of, other.as_of)

    def may_be_part_of(self, other: "Stated") -> bool:
        """Return whether it is less than half of the other: with a note, that is taken for a part, not a total."""
        return self.high * 2 < other.low


def stated(here: Here) -> list[Stated]:
    """Return every claim that has a number and a day, in the order of their days."""
    places: dict[str, str] = dict(here.db.execute("SELECT id, name FROM facilities").fetchall())
    rows = here.db.execute(
        """SELECT c.*, k.name AS who, k.kind, (SELECT group_concat(slug, ', ') FROM (SELECT DISTINCT s.slug
          FROM citations q JOIN sources s ON s.id = q.source WHERE q.claim = c.id ORDER BY 1)) AS sources,
          (SELECT group_concat(DISTINCT s.publisher) FROM citations q JOIN sources s ON s.id = q.source
          WHERE q.claim = c.id) AS publishers
        FROM claims c JOIN claimants k ON k.id = c.claimant
        WHERE (c.min IS NOT NULL OR c.max IS NOT NULL) AND c.as_of_to IS NOT NULL
        ORDER BY c.as_of_from, c.as_of_to, c.min, c.id"""
    )
    return [_read(row, places) for row in rows]


def _read(row: Row, places: dict[str, str]) -> Stated:
    low, high = row["min"] or 0, MANY if row["max"] is None else row["max"]
    around = row["qualifier"] == "around"
    if around:
        low, high = int(low * (1 - AROUND)), high if high == MANY else int(high * (1 + AROUND)) + 1
    return Stated(
        row["ref"],
        row["claimant"],
        row["who"],
        row["claimant"] if row["kind"] in ONE_VOICE else f"{row['claimant']} {row['publishers']}",
        row["measure"],
        low,
        high,
        exact=row["min"] == row["max"] and not around,
        out_of=row["out_of"],
        as_of=_date(row, "as_of"),
        since=_date(row, "since"),
        scope=_scope(json.loads(row["scope"])),
        note=row["note"],
        sources=row["sources"] or "",
        figure=_figure(row),
        places=places,
    )


def _date(row: Row, name: str) -> PartialDate:
    return PartialDate(row[name], row[f"{name}_from"], row[f"{name}_to"]) if row[name] else UNKNOWN


def _scope(filters: dict[str, Any]) -> Scope:
    return tuple(
        (name, tuple(sorted(map(str, value if isinstance(value, list) else [value]))))
        for name, value in sorted(filters.items())
    )


def _figure(row: Row) -> str:
    least, most = row["min"], row["max"]
    if most is None:
        number = _("at least {n}").format(n=least)
    elif least is None:
        number = _("at most {n}").format(n=most)
    else:
        number = str(least) if least == most else f"{least}–{most}"
    if row["qualifier"] == "around":
        number = _("around {n}").format(n=number)
    return number if row["out_of"] is None else _("{n} of {all}").format(n=number, all=row["out_of"])


def listed(figures: Iterable[Stated]) -> str:
    """Return the figures in words, one after the other."""
    return "; ".join(one.said for one in figures)
