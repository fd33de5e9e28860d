"""A claim opened into people: whom we count, whom we may have to, and who is on the claimant's own list only."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from tracker.domain.masks import NOT_NAMED, worded
from tracker.domain.vocabulary import label
from tracker.i18n import N_, _
from tracker.reports import foot
from tracker.reports.asked import Asked, said
from tracker.reports.beside import Compared, compare, counts_of
from tracker.reports.clocks import recounted
from tracker.reports.columns import Spec
from tracker.reports.explain import PEOPLE as EXPLAINED
from tracker.reports.explain import SPECS as BEHIND
from tracker.reports.explain import explained
from tracker.reports.gap import figure, interval
from tracker.reports.people import Page, fetch
from tracker.reports.stated import Wanted, read_stated
from tracker.store import Connection, Store
from tracker.table import Column, Labelled, Row, Table

LINES: Final = {
    "verified": N_("verified"),
    "reported": N_("reported, not verified"),
    "announced": N_("announced, not verified"),
    "held": N_("held"),
    "counted": N_("counted"),
    "uncertain": N_("not counted, may have to be"),
    "on_its_list": N_("on a list of its own, not counted here"),
    "not_on_record": N_("on a list of its own, not on record"),
}
"""The lines a claim opens into, in their order."""

COLUMNS: Final = ("line", "ref", "name", "standing", "since", "release_on", "release_status", "facility", "sources")


def list_table(store: Store, db: Connection, asked: Asked, ref: str, *, explain: bool = False) -> Table:
    """Return the people behind one claim, line by line. Raises NotFound for a claim that is not there."""
    found = compare(store, db, asked, read_stated(db, asked, Wanted(refs=[ref]), latest=False))
    one = found[0]
    if one.rule is None:
        return _opened(db, asked, found, explain=explain)
    with recounted(store, db, asked, one.rule) as other:
        return _opened(
            db,
            replace(other, moment=one.claim.last or asked.moment, embargo=asked.published_until),
            found,
            explain=explain,
        )


def _opened(db: Connection, asked: Asked, found: Sequence[Compared], *, explain: bool) -> Table:
    one = found[0]
    lines = {line: sorted(people) for line, people in counts_of(one).items()}
    theirs, missing = ([], []) if asked.public else _their_list(db, one)
    counted = one.count.counted | one.count.possible if one.count else frozenset()
    lines["on_its_list"] = sorted(set(theirs) - counted)
    pairs = [(line, person) for line in LINES for person in lines.get(line, ())]
    notes = [_title(one), *(f"{note}." for note in one.notes), *_other(found)]
    page = Page(
        ("line", *EXPLAINED) if explain else COLUMNS,
        source="""SELECT h.*, b.line, b.place FROM (SELECT key AS place, json_extract(value, '$[0]') AS line,
          json_extract(value, '$[1]') AS detainee FROM json_each(:pairs)) b CROSS JOIN hits h USING (detainee)""",
        params={"pairs": json.dumps(pairs)},
        tally="SELECT line, count(*), NULL, NULL FROM (SELECT json_extract(value, '$[0]') AS line"
        " FROM json_each(:pairs)) GROUP BY 1",
        specs={"line": Spec(Column("line", N_("line"), "name"), "p.line"), **(BEHIND if explain else {})},
        people="SELECT json_extract(value, '$[1]') FROM json_each(:pairs)",
        placed=False,
        order="p.place",
    )
    if explain:
        table = explained(db, asked, page, lambda _found: _title(one), lambda _found: notes[1:])
        rows: list[Row] = [(_line(str(row[0])), *row[1:]) for row in table.rows]
        return Table(table.columns, rows, title=table.title, foot=table.foot, empty=table.empty)
    people = fetch(db, asked, page)
    rows = [(_line(str(row[0])), *row[1:]) for row in people.rows]
    rows += [(_line("not_on_record"), None, name, *(None,) * (len(COLUMNS) - 3)) for name in missing]
    return Table(
        people.columns,
        rows[: asked.limit],
        title=notes[0],
        total=len(pairs) + len(missing),
        foot=foot.notes(db, asked, *notes[1:], *_sizes(one)),
        empty=_("Nobody on record is meant by this."),
    )


def _line(key: str) -> Labelled:
    return Labelled(key, _(LINES[key]) if key in LINES else key)


def _title(one: Compared) -> str:
    """Return who said what, and what the record has."""
    claim = one.claim
    head = _("{claimant}, {measure}, {window}: {figure}").format(
        claimant=worded(claim.name),
        measure=label("measure", claim.measure),
        window=_window(claim.since, claim.as_of),
        figure=figure(claim.min, claim.max, claim.qualifier) or _("no number"),
    )
    if one.count is None:
        return head
    low, high = one.count.low, one.count.high
    return _("{claim} claimed; {counted} counted; difference {difference}").format(
        claim=head,
        counted=foot.counted(len(one.count.counted), (low, high)),
        difference=interval(
            None if claim.min is None else claim.min - high, None if claim.max is None else claim.max - low
        )
        or _("unknown"),
    )


def _window(since: str | None, as_of: str | None) -> str:
    last = said(as_of) if as_of else _("no day")
    return _("{first} to {last}").format(first=since, last=last) if since else last


def _other(found: Sequence[Compared]) -> list[str]:
    """Return what the claim comes to counted the other way, where its claimant's way is not known."""
    return [
        _("Counted the other way ({way}): {counted}.").format(
            way=one.notes[-1], counted=foot.counted(len(one.count.counted), (one.count.low, one.count.high))
        )
        for one in found[1:]
        if one.count is not None
    ]


def _sizes(one: Compared) -> list[str]:
    text = foot.listed((_(LINES[line]), len(people)) for line, people in counts_of(one).items())
    return [f"{text}."] if text else []


def _their_list(db: Connection, one: Compared) -> tuple[list[str], list[str]]:
    """Return who is on the newest list that the claimant itself is cited from: people on record, names that are not.

    A list is the claimant's if its source is cited in the claimant's name for people of that list.
    """
    newest = db.execute(
        """SELECT l.id FROM lists l WHERE l.source IN (
          SELECT source FROM citations WHERE claimant = :claimant AND claim IS NULL) ORDER BY l.as_of DESC, l.id DESC
        LIMIT 1""",
        {"claimant": one.claim.claimant},
    ).fetchone()
    if newest is None:
        return [], []
    rows = db.execute(
        "SELECT detainee, printed FROM list_rows WHERE list = ? AND state <> 'skipped' ORDER BY row", (newest[0],)
    ).fetchall()
    return [row[0] for row in rows if row[0]], [row[1] or _(NOT_NAMED) for row in rows if not row[0]]


__all__ = ["list_table"]
