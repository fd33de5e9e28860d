"""The evidence behind a list: each person followed by the records their standing rests on, and who says so.

A record nobody is cited for stands there as `uncited`. In public, sources that are not public and people who spoke as
family, lawyer, witness or detainee appear by kind, and what they said word for word does not.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any, Final

from tracker.domain.masks import worded
from tracker.domain.vocabulary import label
from tracker.i18n import N_, _, ngettext
from tracker.reports import foot
from tracker.reports.asked import Asked
from tracker.reports.columns import Spec
from tracker.reports.people import Fetched, Page, fetch
from tracker.reports.standings import before
from tracker.store import Connection
from tracker.table import Cell, Column, Labelled, Row, Table

COLUMNS: Final = (
    Column("ref", N_("ref"), "ref"),
    Column("name", N_("name"), "name"),
    Column("fact", N_("record"), words="record_part"),
    Column("field", N_("fact"), words="record_field"),
    Column("value", N_("as stated")),
    Column("stance", N_("stance"), words="page_stance"),
    Column("claimant", N_("who says so")),
    Column("source", N_("source")),
    Column("locator", N_("where in it")),
)

PEOPLE: Final = ("ref", "name", "id", "detention")
"""The columns of a page to be explained; the last two with `SPECS`."""

SPECS: Final = {
    "id": Spec(Column("id", "id"), "p.detainee"),
    "detention": Spec(Column("detention", "detention"), "p.detention"),
}

JOINT: Final = " · "

_PAGE: Final = """page AS (
  SELECT key AS place, json_extract(value, '$[0]') AS detainee, json_extract(value, '$[1]') AS detention
  FROM json_each(:people))"""

_PARTS: Final = (
    # record, its own order, its values, where it is; a person's own record is there only if somebody speaks of it
    (
        "detainee",
        "0",
        "NULL, NULL, NULL",
        "JOIN detainees x ON x.id = p.detainee JOIN citations q ON q.detainee = x.id",
    ),
    ("nationality", "0", "x.country, NULL, NULL", "JOIN nationalities x ON x.detainee = p.detainee"),
    ("detention", "0", "x.began, NULL, NULL", "JOIN detentions x ON x.id = p.detention"),
    (
        "stay",
        "x.step",
        "CASE WHEN x.whereabouts_unknown THEN 'whereabouts_unknown' ELSE f.name END, x.since, NULL",
        "JOIN stays x ON x.detention = p.detention LEFT JOIN facilities f ON f.id = x.facility",
    ),
    ("release", "x.step", "x.released, x.kind, x.status", "JOIN releases x ON x.detention = p.detention"),
)


def _sql(asked: Asked) -> str:
    """Return SQL for every record behind the page and every citation of it, person by person."""
    words = ("q.value", "q.locator")
    shown = ""
    if asked.public:
        words = ("CASE WHEN d.nameable THEN w.value END", "CASE WHEN d.nameable THEN w.locator END")
        shown = "LEFT JOIN quotes w ON w.id = q.id"
    parts = [
        f"""SELECT p.place, {rank} AS part, {order} AS step, '{fact}' AS fact, {values}, x.id AS record, q.field,
            {words[0]}, q.stance, k.name, o.slug, {words[1]}, q.id AS citation
          FROM page p JOIN detainees d ON d.id = p.detainee {joins}
          {f"LEFT JOIN citations q ON q.{fact} = x.id" if rank else ""}
          LEFT JOIN claimants k ON k.id = q.claimant LEFT JOIN sources o ON o.id = q.source {shown}"""
        for rank, (fact, order, values, joins) in enumerate(_PARTS)
    ]
    return f"SELECT * FROM ({' UNION ALL '.join(parts)}) ORDER BY place, part, step, record, stance DESC, citation"


def explained(
    db: Connection, asked: Asked, page: Page, title: Callable[[Fetched], str], lines: Callable[[Fetched], list[str]]
) -> Table:
    """Return the evidence behind the people of a page, whose last columns are `PEOPLE`; those before them stay."""
    found = fetch(db, asked, page)
    people = list(found.rows)
    return Table(
        (*found.columns[: -len(PEOPLE)], *COLUMNS),
        _rows(db, asked, people),
        title=_("{title}: who says so").format(title=title(found).partition("\n")[0]),
        foot=foot.notes(db, asked, *lines(found), *_cut(asked, len(people))),
        empty=_("Nobody on record is meant by this."),
    )


def _cut(asked: Asked, shown: int) -> list[str]:
    if asked.limit is None or shown < asked.limit:
        return []
    only = ngettext(
        "Only the first person is explained; --limit all.",
        "Only the first {n} people are explained; --limit all.",
        shown,
    )
    return [only.format(n=shown)]


def _rows(db: Connection, asked: Asked, people: list[Row]) -> Iterator[Row]:
    """Yield the rows; to a reader a person is named once."""
    start = before(db, asked)
    cursor = db.execute(
        f"WITH {', '.join([*start.clauses, _PAGE])} {_sql(asked)}",
        {**start.params, "people": json.dumps([(row[-2], row[-1]) for row in people])},
    )
    last = None
    for row in cursor:
        heads = people[row["place"]][:-2]
        same = row["place"] == last
        last = row["place"]
        yield (*(_once(cell, same=same) for cell in heads), *_evidence(tuple(row)[3:]))


def _once(cell: Cell, *, same: bool) -> Cell:
    return Labelled(cell, "") if same and isinstance(cell, str) else cell


def _evidence(row: tuple[Any, ...]) -> tuple[Cell, ...]:
    """Return the cells of one citation, or of a record without any."""
    fact, value, more, last, _record, field, stated, stance, claimant, source, locator = row[:11]
    own = stated if stated is not None else _value(fact, value, more, last)
    return fact, field, own, stance or "uncited", claimant, source, locator


def _value(fact: str, value: str | None, more: str | None, last: str | None) -> Cell:
    """Return what the record itself says; vocabulary keys in words to a reader."""
    said = [part for part in (value, more, last) if part]
    if fact == "release":
        words = [
            value or label("service", "unknown"),
            label("release_kind", more or ""),
            label("release_status", last or ""),
        ]
        return Labelled(JOINT.join(said), JOINT.join(words))
    if fact == "stay" and value is not None:
        place = label("standing", value) if value == "whereabouts_unknown" else worded(value)
        return Labelled(JOINT.join(said), JOINT.join([place, *said[1:]]))
    if fact == "detention" and value is None:
        return Labelled("unknown", label("service", "unknown"))
    return JOINT.join(said) or None
