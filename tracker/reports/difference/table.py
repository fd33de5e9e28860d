"""The differences between two states as a table: one row for each person and fact, the net change."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from tracker.domain.vocabulary import label
from tracker.i18n import N_, _, ngettext
from tracker.reports import foot
from tracker.reports.asked import said
from tracker.reports.difference.lines import Difference, Line, difference
from tracker.reports.difference.states import Sides, local_minute
from tracker.reports.listings import listed
from tracker.store.between import made_by
from tracker.table import Column, Labelled, Row, Table

COLUMNS: Final = (
    Column("kind", N_("change"), words="difference"),
    Column("ref", N_("ref"), "ref"),
    Column("name", N_("name"), "name"),
    Column("what", N_("what")),
    Column("before", N_("before")),
    Column("after", N_("after")),
    Column("record", N_("record"), "ref"),
    Column("who", N_("who")),
    Column("when", N_("when"), "date"),
    Column("why", N_("why")),
    Column("source", N_("source")),
    Column("changeset", N_("changeset"), "count"),
)
INWARD: Final = ("who", "why")
"""Columns that tell who works here and how: not for publication."""

COUNTED: Final = ("citations", "sources", "claimants")


def difference_table(sides: Sides) -> Table:
    """Return what changed between two states of knowledge, a row for each person and fact."""
    return as_table(difference(sides))


def as_table(found: Difference) -> Table:
    """Return the differences as a table, with what must be known to read them."""
    sides = found.sides
    asked = sides.b.asked
    by = made_by(sides.b.db, {line.origin.seq for line in found.lines if line.origin.seq is not None})

    def row(line: Line) -> Row:
        made = by.get(line.origin.seq or 0)
        when = local_minute(made.at, asked.record.zone) if made else None
        who, why = (
            (made.actor, made.reason or Labelled(made.kind, label("changeset_kind", made.kind)))
            if made
            else (None, None)
        )
        facts_shown = line.kind, line.ref, line.name, line.what, line.before, line.after, line.record
        return (*facts_shown, who, when, why, line.origin.sources or None, line.origin.seq)

    table = listed(COLUMNS, [row(line) for line in found.lines], asked, empty=_("Nothing changed."))
    if sides.public:
        table = table.pick([column.key for column in COLUMNS if column.key not in INWARD])
    return _titled(table, found)


def _titled(table: Table, found: Difference) -> Table:
    sides = found.sides
    title = _("What changed between {a} and {b}").format(a=sides.a.said, b=sides.b.said)
    notes = foot.notes(sides.b.db, sides.b.asked, *_notes(found))
    return replace(table, title=title, foot=notes, private=not sides.public)


def _notes(found: Difference) -> Iterator[str]:
    """Yield what the table does not show by itself."""
    sides = found.sides
    yield _("Standings are those at the end of {moment}, as known then and now.").format(
        moment=said(sides.b.asked.moment)
    )
    if found.unnamed:
        counted = "; ".join(f"{label('difference', kind)} {n}" for kind, n in found.unnamed.items())
        yield _("People who may not be named, counted only: {counts}.").format(counts=counted)
    if sides.b.asked.said:
        yield _("Claims and places belong to no person, and are left out.")
    if not sides.public:
        yield from _quiet(found)


def _quiet(found: Difference) -> Iterator[str]:
    """Yield how many records changed that are no fact of anybody's."""
    rows = found.touched.rows
    counts: list[str] = []
    for table, n in ((name, len(rows.get(name, ()))) for name in COUNTED):
        if not n:
            continue
        if table == "citations":
            counts.append(ngettext("{n} citation", "{n} citations", n).format(n=n))
        elif table == "sources":
            counts.append(ngettext("{n} source", "{n} sources", n).format(n=n))
        else:
            counts.append(ngettext("{n} claimant", "{n} claimants", n).format(n=n))
    if counts:
        yield _("Also added, changed or removed: {counts} (tracker history).").format(counts=", ".join(counts))
