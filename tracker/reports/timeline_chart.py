"""A timeline drawn: a row per period, then what others stated, each start of counting apart with the record beside it.

Of a claimant who stated several figures in one period, with the same start, the last is drawn; all are in the rows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tracker.domain.masks import worded
from tracker.domain.periods import Period
from tracker.domain.vocabulary import keys, label
from tracker.i18n import N_, _
from tracker.reports import stated
from tracker.reports.asked import Asked, said_start
from tracker.reports.gap import figure
from tracker.reports.periods import SAID, Counted, Figure, Reading
from tracker.reports.stated import Stated
from tracker.table import Bar, Column, Row, Table, Toned

BEGINS: Final = Column("from", N_("from"), "date")
PERIODS: Final = (
    Column("period", N_("period"), "date"),
    Column("arrests", N_("taken"), "count"),
    Column("died", N_("died"), "count"),
    Column("released", N_("left"), "count"),
    Column("released_bar", "", "bar", parts=(N_("verified"), N_("reported"), N_("announced"))),
    Column("held", N_("held"), "count"),
    Column("held_bar", "", "bar", parts=(N_("at the end, certain"), N_("uncertain"))),
)
CLAIMS: Final = (
    Column("period", N_("period"), "date"),
    Column("claimant", N_("stated by"), "name"),
    Column("figure", N_("figure"), "count"),
    Column("bar", N_("stated"), "bar", parts=(N_("on record"), N_("uncertain"))),
)
COMPARED: Final = ("held", "released")
"""The measures that have the record beside them."""

Group = tuple[str, str]


@dataclass(frozen=True)
class Line:
    """A period with what it came to, and who was held at its end."""

    period: Period
    counted: Counted
    held: Figure


@dataclass(frozen=True)
class Timeline:
    """The periods of a question, by `per`; the claims of that time about just those people, in order of their day."""

    per: str
    lines: list[Line]
    claims: list[Stated]
    reading: Reading
    whole: Counted
    """The whole window, in which everybody counts once."""


def period_of(found: Timeline, claim: Stated) -> str:
    """Return the name of the period a claim stands in."""
    return next(line.period.name for line in found.lines if (claim.last or "") <= line.period.last)


def chart(asked: Asked, found: Timeline) -> Sequence[Table]:
    """Return the tables of the chart: the periods, and the claims where there are any."""
    weeks = found.per == "week"
    columns = [PERIODS[0], BEGINS, *PERIODS[1:]] if weeks else PERIODS
    tables = [Table(columns, [_period(line, weeks=weeks) for line in found.lines])]
    claims = [claim for claim in found.claims if (claim.min, claim.max) != (None, None)]
    if claims:
        rows = list(_claims(asked, found, claims))
        tables.append(Table(CLAIMS, rows, title=_("What others stated, on the scale of each heading"), tone=Toned.of))
    return tables


def _period(line: Line, *, weeks: bool) -> Row:
    held, left = line.held, line.counted.released
    return (
        line.period.name,
        *([line.period.first[5:10]] if weeks else []),
        line.counted.arrests or None,
        line.counted.died or None,
        left.n,
        Bar(*(line.counted.said.get(word, 0) for word in SAID)),
        _figure(held),
        Bar(held.low, held.high - held.low),
    )


def _figure(found: Figure) -> str:
    if found.low == found.high:
        return str(found.n)
    return f"{found.n} ({found.low}–{found.high})"


def _claims(asked: Asked, found: Timeline, claims: Sequence[Stated]) -> Iterator[Row]:
    """Yield the claims under a heading for each measure and start, as many as asked for.

    Those of the chart's own columns come first and are always drawn: released since the first day, and held.
    """
    groups: dict[Group, list[Stated]] = {}
    for claim in claims:
        groups.setdefault((claim.measure, claim.since or ""), []).append(claim)
    left = asked.limit
    order = ("released", "held", *keys("measure"))
    own = (("released", said_start(asked.first)), ("held", ""))
    passed = []
    ordered = sorted(groups, key=lambda key: (key not in own, order.index(key[0]), -len(groups[key]), key))
    for measure, since in ordered:
        heading = _heading(asked, measure, since)
        rows = list(_group(asked, found, groups[measure, since]))
        if left is not None and len(rows) > left and (measure, since) not in own:
            passed.append(f"{heading} ({len(groups[measure, since])})")
            continue
        left = None if left is None else left - len(rows)
        yield Toned((heading,), "heading")
        yield from rows
    if passed:
        yield Toned((_("Not drawn (--limit all): {groups}.").format(groups="; ".join(passed)),), "quiet")


def _heading(asked: Asked, measure: str, since: str) -> str:
    """Return what is counted, and from when."""
    what = label("measure", measure)
    if measure == "held":
        return what
    if since:
        return _("{measure} since {since}").format(measure=what, since=since)
    if measure not in COMPARED or not asked.record.start:
        return _("{measure}, no start stated").format(measure=what)
    return _("{measure}, no start stated (on record: since {start})").format(measure=what, start=asked.record.start)


def _group(asked: Asked, found: Timeline, claims: Sequence[Stated]) -> Iterator[Row]:
    """Yield the rows of one measure and start: of each period the record, then the last figure of each claimant."""
    latest: dict[str, dict[str, Stated]] = {}
    for claim in sorted(claims, key=lambda one: (one.last or "", one.id)):
        latest.setdefault(period_of(found, claim), {})[claim.claimant] = claim
    for line in found.lines:
        here = latest.get(line.period.name, {})
        name: str | None = line.period.name
        if here and (ours := _ours(asked, found, line, claims[0])) is not None:
            yield Toned((name, _("on record"), _figure(ours), Bar(ours.low, ours.high - ours.low)), "held")
            name = None
        for claim in sorted(here.values(), key=lambda one: (one.min or one.max or 0, one.name)):
            words = figure(claim.min, claim.max, claim.qualifier)
            yield Toned((name, worded(claim.name), words, Bar(point=(claim.min, claim.max))), None)
            name = None


def _ours(asked: Asked, found: Timeline, line: Line, claim: Stated) -> Figure | None:
    """Return what the record has at the end of a period of what a claim counts, from its start."""
    if claim.measure not in COMPARED:
        return None
    if claim.measure == "held":
        return line.held
    first, _last, _assumed = stated.window(claim, asked)
    return found.reading.window(first, line.period.last).released
