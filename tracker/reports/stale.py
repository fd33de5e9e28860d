"""Whose situation nobody has confirmed for a while: whom to ask about next, those never confirmed first.

A source confirms a person when it is cited in support of them, of a nationality, of the detention they are in or of a
stay or release of it. It does so on the day it was published (at the start of a vaguer date). A source without a date
counts from the day its citation was entered; if it came in together with the detention, as with a whole case file,
from the day that was entered.

A voice that says the person is out does not confirm that they are held: nothing counts that the same claimant, in the
same source, says besides a release that the rule in force does not accept.
"""

from collections.abc import Sequence
from typing import Final

from tracker.domain.text import quoted
from tracker.errors import BadValue
from tracker.i18n import N_, _, ngettext
from tracker.reports import foot
from tracker.reports.asked import Asked, said
from tracker.reports.columns import Spec, chosen
from tracker.reports.people import Fetched, Page, fetch
from tracker.reports.spoken import OF_ONE_DETENTION, RELEASES, supporting
from tracker.reports.standings import keys
from tracker.store import Connection
from tracker.table import Column, Table

LONGEST: Final = 36_500

COLUMNS: Final = ("ref", "name", "standing", "since", "facility", "last_confirmed", "days", "sources")

SPECS: Final = {
    "last_confirmed": Spec(Column("last_confirmed", N_("last confirmed"), "date"), "substr(p.confirmed, 1, 10)"),
    "days": Spec(Column("days", N_("days"), "count"), "p.days"),
    "sources": Spec(Column("sources", N_("last source")), "(SELECT o.slug FROM sources o WHERE o.id = p.source)"),
}

_FIRST: Final = (
    """(SELECT min(g.seq) FROM main.changes g WHERE g."table" = '{table}' AND g.row = {row} AND g.before IS NULL)"""
)

_ENTERED: Final = f"""(SELECT CASE WHEN e.seq = {_FIRST.format(table="detentions", row="v.detention")}
      THEN (SELECT substr(t.entered, 1, 10) FROM detentions t WHERE t.id = v.detention)
      ELSE substr(datetime(e.at, :offset), 1, 10) END
    FROM main.changesets e WHERE e.seq = {_FIRST.format(table="citations", row="v.citation")})"""


def _clauses(asked: Asked) -> list[str]:
    """Return the clauses up to `stood`: everybody held, with the last day somebody confirmed it and by which source."""
    held, accepted = keys(asked.held), keys(asked.accepted)
    voices = supporting("held", "h.detainee, h.detention, c.id, c.source, c.claimant", OF_ONE_DETENTION)
    return [
        f"held AS MATERIALIZED (SELECT * FROM hits WHERE standing IN ({held}))",
        f"voices (detainee, detention, citation, source, claimant) AS MATERIALIZED ({voices})",
        # who says besides that the person is out; a set operation, as an unindexed lookup for each voice takes minutes
        f"""heard AS MATERIALIZED (SELECT detainee, source, claimant FROM voices EXCEPT
          SELECT h.detainee, c.source, c.claimant FROM held h {RELEASES}
          WHERE c.stance = 'supports' AND r.status NOT IN ({accepted}) AND r.kind <> 'house_arrest')""",
        f"""confirmed AS MATERIALIZED (SELECT detainee, max(at) AS at, source FROM (
          SELECT t.detainee, t.source, coalesce(o.published_from, o.published_to) AS at
          FROM heard t JOIN sources o ON o.id = t.source
          UNION ALL SELECT v.detainee, v.source, {_ENTERED} FROM voices v
          JOIN sources o ON o.id = v.source AND coalesce(o.published_from, o.published_to) IS NULL
          JOIN heard t ON t.detainee = v.detainee AND t.source = v.source AND t.claimant IS v.claimant)
          WHERE at <= :moment GROUP BY detainee)""",
        """stood AS MATERIALIZED (SELECT h.*, k.at AS confirmed, k.source,
          CAST(julianday(substr(:moment, 1, 10)) - julianday(substr(k.at, 1, 10)) AS INTEGER) AS days
          FROM held h LEFT JOIN confirmed k ON k.detainee = h.detainee)""",
    ]


_TALLY: Final = """SELECT count(*), count(*) FILTER (WHERE confirmed IS NULL),
    count(*) FILTER (WHERE days >= CAST(:days AS INTEGER)), NULL FROM stood"""


def stale_table(db: Connection, asked: Asked, days: str) -> Table:
    """Return the people held whom nobody confirmed for so many days, the longest first. Raises BadValue for `days`."""
    wanted = read_days(days)
    found = fetch(db, asked, _page(asked, chosen(asked.columns, COLUMNS, SPECS), wanted))
    [(held, never, old, _none)] = found.tallied
    return Table(
        found.columns,
        found.rows,
        title=_title(asked, wanted, never + old),
        total=never + old,
        foot=foot.notes(db, asked, *_lines(held, never, old, wanted)),
        empty=_nobody(asked, held, wanted),
        tone=found.tone,
    )


def explained_table(db: Connection, asked: Asked, days: str) -> Table:
    """Return the same people, each followed by the records behind and who says so. Raises BadValue for `days`."""
    from tracker.reports import explain

    wanted = read_days(days)
    page = _page(asked, ("last_confirmed", "days", *explain.PEOPLE), wanted)
    page = page._replace(specs={**SPECS, **explain.SPECS})

    def figures(found: Fetched) -> tuple[int, int, int]:
        [(held, never, old, _none)] = found.tallied
        return held, never, old

    return explain.explained(
        db,
        asked,
        page,
        lambda found: _title(asked, wanted, sum(figures(found)[1:])),
        lambda found: _lines(*figures(found), wanted),
    )


def _page(asked: Asked, columns: Sequence[str], days: int) -> Page:
    """Return the people not confirmed for so many days, the longest first."""
    return Page(
        columns,
        source="SELECT * FROM stood",
        where="(p.confirmed IS NULL OR p.days >= CAST(:days AS INTEGER))",
        more=_clauses(asked),
        params={"days": str(days), "offset": _offset(asked)},
        tally=_TALLY,
        specs=SPECS,
        order="p.confirmed IS NOT NULL, substr(p.confirmed, 1, 10)",
    )


def read_days(text: str) -> int:
    """Return a number of days. Raises BadValue."""
    if not (text.strip().isdecimal() and 1 <= int(text.strip()[:9]) <= LONGEST):
        raise BadValue(
            _("{value} is not a number of days.").format(value=quoted(text)),
            hint=_("Write a whole number from 1 to {most}.").format(most=LONGEST),
        )
    return int(text)


def _offset(asked: Asked) -> str:
    """Return how the record's time zone differs from UTC now, as SQLite moves a time (`-240 minutes`)."""
    from datetime import datetime

    from tracker.domain.clock import find_zone

    now = datetime.fromisoformat(asked.now).replace(tzinfo=find_zone(asked.record.zone))
    shift = now.utcoffset()
    return f"{0 if shift is None else int(shift.total_seconds() // 60):+d} minutes"


def _title(asked: Asked, days: int, n: int) -> str:
    title = ngettext(
        "Not confirmed for {days} day or more on {moment}: {n}",
        "Not confirmed for {days} days or more on {moment}: {n}",
        days,
    )
    return title.format(days=days, moment=said(asked.moment), n=n)


def _lines(held: int, never: int, old: int, days: int) -> list[str]:
    counts = _("Of {held} counted: {fresh} confirmed within {days} days, {old} longer ago, {never} never.")
    never_text = ngettext(
        "{n} person was never confirmed: no source by then says that they are held. Listed first.",
        "{n} people were never confirmed: no source by then says that they are held. Listed first.",
        never,
    )
    return [
        counts.format(held=held, fresh=held - never - old, old=old, never=never, days=days),
        never_text.format(n=never) if never else "",
        _(
            "A source confirms on the day it was published; without a date, on the day it was entered. Who says that"
            " somebody is out confirms nothing."
        ),
    ]


def _nobody(asked: Asked, held: int, days: int) -> str:
    if not held:
        return _("Nobody on record is in this situation on {moment}.").format(moment=said(asked.moment))
    return _("Everybody counted was confirmed within the {days} days before {moment}.").format(
        days=days, moment=said(asked.moment)
    )
