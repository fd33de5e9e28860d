"""A line of the flow opened into people: who stands on it, when, by which release."""

import json
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from dataclasses import replace
from typing import Final

from tracker.domain.text import quoted
from tracker.errors import BadValue
from tracker.i18n import N_, _
from tracker.reports import foot, learned
from tracker.reports.asked import Asked
from tracker.reports.clocks import Earlier
from tracker.reports.columns import RELEASE_SOURCES, SPECS, Spec, chosen
from tracker.reports.flow import CROSSINGS, STOCKS, Flow, flow
from tracker.reports.movement import PEOPLE as MOVED
from tracker.reports.movement import as_parameter, clause
from tracker.reports.people import Fetched, Page, fetch
from tracker.reports.released import window as period
from tracker.reports.sections import ENTRIES, line_cell
from tracker.reports.standings import keys as literals
from tracker.store import Connection
from tracker.table import Column, Labelled, Row, Table, Toned

LINES: Final = ("opening_then", *learned.LINES, "opening", *CROSSINGS, "closing")
LEARNED: Final = ("opening_then", *learned.LINES)
THEN: Final = ("opening_then", *learned.OF_THEN)
"""The lines shown as the record was known then: who is on them may be on record no more."""

_HELD: Final = ("ref", "name", "standing", "since", "facility")
_TAKEN: Final = ("ref", "name", "on", "standing", "facility", "sources")
_LEFT: Final = ("ref", "name", "on", "release_kind", "release_status", "verified_by", "standing", "sources")
_SHOWN: Final = {
    **dict.fromkeys(STOCKS, _HELD),
    **dict.fromkeys((*ENTRIES, "newly_documented", "died", "lost"), _TAKEN),
    "merged": ("ref", "name", "on", "merged_into"),
    "delisted": ("ref", "name", "on", "why"),
}
"""The columns of a line; those of the others are `_LEFT`."""

_BEGAN: Final = "(SELECT t.began FROM detentions t WHERE t.id = p.detention)"
_RELEASED: Final = "(SELECT s.released FROM releases s WHERE s.id = p.release)"
_SINCE: Final = """(SELECT y.since FROM stays y WHERE y.detention = p.detention AND coalesce(y.since_from, '') <= p.at
    ORDER BY y.step DESC LIMIT 1)"""
_ON: Final = {
    **dict.fromkeys(("arrests", "retaken", "newly_documented", *learned.OF_THEN), _BEGAN),
    **dict.fromkeys(("lost", "found"), _SINCE),
    "died": "d.died",
    "late_releases": f"CASE WHEN p.release IS NULL THEN d.died ELSE {_RELEASED} END",
}
"""Line → the date, as stored, of what put a person on it; of the others it is that of the release."""

_WHY: Final = {
    "excluded": N_("excluded"),
    "deleted": N_("no longer on record"),
    "corrected": N_("what is on record of them was corrected"),
}
"""Why nobody's release explains that somebody is not counted any more."""


def read_line(word: str, *, clock: bool) -> str:
    """Return the line to open into names. Raises BadValue for one that is not there."""
    key = word.strip().lower().replace("-", "_")
    choices = [line for line in LINES if clock or line not in LEARNED]
    if key in choices:
        return key
    if key in LINES:
        raise BadValue(
            _("What was learned since needs a second clock: as known when?"),
            hint=_("Say when the beginning was told: --known-by-from WHEN."),
        )
    raise BadValue(
        _("There is no line {word} to open into names.").format(word=quoted(word)),
        hint=_("Use one of: {choices}.").format(choices=", ".join(choices)),
    )


def list_table(db: Connection, asked: Asked, line: str, then: Earlier | None = None, *, explain: bool = False) -> Table:
    """Return the people of a line of the flow, one row for each time they stand on it.

    `explain` follows each with the records behind and who says so.
    """
    name = read_line(line, clock=then is not None)
    found = flow(db, asked, then)
    why = _why(db, found) if name == "delisted" else {}
    with then() if then is not None and name in THEN else nullcontext():
        page, title, total = _stock(asked, found, name) if name in STOCKS else _moved(asked, found, name, why)
        table = _explained(db, asked, page, title) if explain else _table(db, asked, page, title, total)
        if name in THEN:  # to be read before the record is as it is now again
            table = replace(table, rows=list(table.rows))
    return table


def _stock(asked: Asked, found: Flow, name: str) -> tuple[Page, str, int]:
    """Return who is deprived of liberty at the beginning or the end."""
    moment, figure = (asked.moment, found.closing) if name == "closing" else (found.at, found.opening)
    if name == "opening_then" and found.learned is not None:
        figure = found.learned.then
    columns = chosen(asked.columns, _SHOWN[name])
    where = f"p.standing IN ({literals(asked.deprived)})"
    title = f"{line_cell('flow', name).label}, {moment.replace('T', ' ')}: {figure.said}"
    return Page(columns, where=where, moment=moment), title, figure.people


def _moved(asked: Asked, found: Flow, name: str, why: Mapping[str, str]) -> tuple[Page, str, int]:
    """Return who moved; standing as of the moment of the line: the beginning for what was learned, else the end."""
    moves = [move for move in found.moves if move.line == name]
    said = why or (found.learned.into if found.learned else {})
    specs = _specs(name)
    page = Page(
        chosen(asked.columns, _SHOWN.get(name, _LEFT), specs),
        source="SELECT * FROM line",
        more=[clause(asked)],
        params={**as_parameter(moves), "said": json.dumps(dict(said))},
        specs=specs,
        people=MOVED,
        moment=found.at if name in LEARNED else asked.moment,
        placed=False,
        order="p.at",
    )
    title = f"{line_cell('flow', name).label}, {period(asked)}: {len(moves)}"
    return page, title, len(moves)


def _explained(db: Connection, asked: Asked, page: Page, title: str) -> Table:
    from tracker.reports import explain

    heads = ("on",) if "on" in page.specs else ()
    page = page._replace(columns=(*heads, *explain.PEOPLE), specs={**page.specs, **explain.SPECS})
    return explain.explained(db, asked, page, lambda _found: title, lambda _found: [])


def _table(db: Connection, asked: Asked, page: Page, title: str, total: int) -> Table:
    found = fetch(db, asked, page)
    return Table(
        found.columns,
        _worded(found) if "why" in [column.key for column in found.columns] else found.rows,
        title=title,
        total=total,
        foot=foot.notes(db, asked),
        empty=_("Nobody on record is meant by this."),
        tone=found.tone,
    )


def _specs(name: str) -> dict[str, Spec]:
    """Return the columns that only the lines of a flow have."""
    specs = {"on": Spec(Column("on", N_("date"), "date"), _ON.get(name, _RELEASED))}
    if name not in _SHOWN:
        specs["sources"] = SPECS["sources"]._replace(sql=RELEASE_SOURCES)
    said = "(SELECT j.value FROM json_each(:said) j WHERE j.key = p.detainee)"
    if name == "merged":
        specs["merged_into"] = Spec(Column("merged_into", N_("is now"), "ref"), said, named=True)
    if name == "delisted":
        specs["why"] = Spec(Column("why", N_("why")), said)
    return specs


def _why(db: Connection, found: Flow) -> dict[str, str]:
    """Return why people (ids of then) are not counted any more, as the record knows it now."""
    ids = json.dumps([move.detainee for move in found.moves if move.line == "delisted"])
    rows = db.execute(
        "SELECT j.value, CASE WHEN d.id IS NULL THEN 'deleted' WHEN d.excluded THEN 'excluded' ELSE 'corrected' END"
        " FROM json_each(?) j LEFT JOIN detainees d ON d.id = j.value",
        (ids,),
    )
    return {row[0]: row[1] for row in rows}


def _worded(found: Fetched) -> Iterator[Row]:
    """Give the reason of each row its words for a reader."""
    place = [column.key for column in found.columns].index("why")
    for row in found.rows:
        cells = [*row]
        cells[place] = Labelled(str(row[place]), _(_WHY[str(row[place])]))
        yield Toned(cells, found.tone(row) if found.tone else None)
