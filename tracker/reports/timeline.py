"""What happened day by day, week by week or month by month, and what others stated on those days.

For machines and spreadsheets: a row per period with its figures, then a row per claim, with the claim's own start and
end as `from` and `to`, who stated it and the figures stated. Claims stand in rows and columns of their own so that
every column can be plotted or summed as it is: `held` against `to` is a line, `claimed_min` against `to` are the points
beside it, and a filter on `claimant` takes them apart. For a person, both are drawn (`timeline_chart`).
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from tracker.domain.date_bounds import Moment
from tracker.domain.periods import fitting, periods, read_per
from tracker.i18n import N_, _, ngettext
from tracker.reports import foot
from tracker.reports.asked import Asked, said, said_start
from tracker.reports.listings import listed
from tracker.reports.periods import SAID, Reading
from tracker.reports.released import window
from tracker.reports.stated import Stated, Wanted, read_scope, read_stated
from tracker.reports.timeline_chart import Line, Timeline, chart, period_of
from tracker.store import Connection
from tracker.table import Column, Row, Table

COLUMNS: Final = (
    Column("period", N_("period"), "date"),
    Column("from", N_("from"), "date"),
    Column("to", N_("to"), "date"),
    Column("arrests", N_("arrested"), "count"),
    Column("released", N_("left"), "count"),
    Column("released_min", N_("left, at least"), "count"),
    Column("released_max", N_("left, at most"), "count"),
    Column("verified", N_("verified"), "count"),
    Column("reported", N_("reported"), "count"),
    Column("announced", N_("announced"), "count"),
    Column("died", N_("died"), "count"),
    Column("held", N_("held"), "count"),
    Column("held_min", N_("held, at least"), "count"),
    Column("held_max", N_("held, at most"), "count"),
    Column("claimant", N_("claimant"), "name"),
    Column("measure", N_("measure"), words="measure"),
    Column("claimed_min", N_("claimed, at least"), "count"),
    Column("claimed_max", N_("claimed, at most"), "count"),
    Column("qualifier", N_("qualifier"), words="qualifier"),
    Column("sources", N_("sources")),
    Column("ref", N_("ref"), "ref"),
)

Whom = dict[str, Any]
"""The options that say which people, in the words of the user (`stated.SCOPE`)."""


def timeline_table(db: Connection, asked: Asked, per: str | None, whom: Whom) -> Table:
    """Return the timeline: its rows, and the chart of them. Raises BadValue for a period there is none of."""
    unit = read_per(per)
    claims = stated(db, asked, whom)
    reading = Reading(db, asked)
    first = asked.first or _begins(reading, claims, asked)
    empty = _("Nothing is on record in this time.")
    if first is None:
        return replace(listed(COLUMNS, [], asked, empty=empty), foot=foot.notes(db, asked))
    cut = periods(first, asked.moment, unit or fitting(first, asked.moment))
    held = reading.held(cut)
    found = Timeline(
        unit or fitting(first, asked.moment),
        [Line(one, reading.window(one.first, one.last), at) for one, at in zip(cut, held, strict=True)],
        claims,
        reading,
        reading.window(asked.first, asked.moment),
    )
    return replace(
        listed(COLUMNS, [*_rows(found)], asked, empty=empty),
        title=_title(asked, found),
        foot=foot.notes(db, asked, *notes(asked, found, whom), _names()),
        chart=() if asked.sort else chart(asked, found),
    )


def stated(db: Connection, asked: Asked, whom: Whom) -> list[Stated]:
    """Return the claims about just these people whose day lies in the window; none about a standing or those spoken of.

    Raises NotFound and BadValue as `read_scope`.
    """
    scope = read_scope(db, whom)
    narrowed = sum(bool(whom.get(name)) for name in whom)
    if asked.standings or len(asked.said) > narrowed:
        return []
    return [
        one
        for one in read_stated(db, asked, Wanted(), latest=False)
        if one.last is not None and asked.first <= one.last <= asked.moment and json.loads(one.scope) == scope
    ]


def _begins(reading: Reading, claims: Sequence[Stated], asked: Asked) -> Moment | None:
    """Return where a timeline without a start begins: with the first that is known."""
    known = [reading.begins(), *(one.last for one in claims)]
    begins = min((one for one in known if one is not None), default=None)
    return None if begins is None or begins > asked.moment else f"{begins[:10]}T00:00"


def _rows(found: Timeline) -> Iterator[Row]:
    for line in found.lines:
        counted, held = line.counted, line.held
        left = counted.released
        yield (
            *(line.period.name, said_start(line.period.first), said(line.period.last), counted.arrests),
            *(left.n, left.low, left.high, *(counted.said.get(word, 0) for word in SAID), counted.died),
            *(held.n, held.low, held.high, *(None,) * 7),
        )
    for claim in found.claims:
        yield (
            *(period_of(found, claim), claim.since, claim.as_of, *(None,) * 11, claim.name, claim.measure),
            *(claim.min, claim.max, claim.qualifier, claim.sources or None, claim.ref),
        )


def _title(asked: Asked, found: Timeline) -> str:
    per = {"day": _("by day"), "week": _("by week"), "month": _("by month")}[found.per]
    left, held = found.whole.released, found.lines[-1].held
    return _("Timeline, {window}, {per}: {left} left deprivation of liberty; {held} held on {last}").format(
        window=window(asked),
        per=per,
        left=foot.counted(left.n, (left.low, left.high)),
        held=foot.counted(held.n, (held.low, held.high)),
        last=said(asked.moment),
    )


def notes(asked: Asked, found: Timeline, whom: Whom) -> list[str]:
    """Return what a reader must know: who counts how often, and which claims stand here."""
    lines = []
    several = sum(line.counted.released.n for line in found.lines) - found.whole.released.n
    if several:
        lines.append(
            ngettext(
                "{n} exit is of somebody who left in an earlier period, too.",
                "{n} exits are of people who left in an earlier period, too.",
                several,
            ).format(n=several)
        )
    open_ = sum(claim.min is None and claim.max is None for claim in found.claims)
    if open_:
        lines.append(
            ngettext("{n} claim here states no number.", "{n} claims here state no number.", open_).format(n=open_)
        )
    if not found.claims and (asked.standings or len(asked.said) > sum(bool(one) for one in whom.values())):
        lines.append(_("Claims speak of no standing, source or claimant: none can stand beside these people."))
    elif found.claims:
        lines.append(_("'tracker gap' compares each claim the way it was stated."))
    return lines


def _names() -> str:
    return _(
        "Each figure opens into names: 'tracker released --from DATE --to DATE --list LINE',"
        " 'tracker remaining --on DATE'."
    )
