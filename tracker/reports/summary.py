"""Counts by anything: how many people of each nationality, prison, sex, month … are in each situation.

Without a window, the people counted are all on record with a standing at the moment. With one (and for groupings of
releases, by terms, status, month and year), they are those who left deprivation of liberty in it; their
standing is still that of the moment. A person in several rows is counted once in the total.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from tracker.domain.text import quoted
from tracker.domain.vocabulary import keys as vocabulary
from tracker.domain.vocabulary import label
from tracker.errors import BadValue
from tracker.i18n import N_, _, ngettext
from tracker.reports import foot
from tracker.reports.asked import Asked, said
from tracker.reports.columns import Spec
from tracker.reports.dividing import BOUNDS, Question
from tracker.reports.groups import GROUPS, UNKNOWN, labeller, order, order_sql, read_group
from tracker.reports.movement import PEOPLE
from tracker.reports.people import Page
from tracker.reports.released import window
from tracker.reports.standings import TALLIED, TALLY, Tally
from tracker.store import Connection
from tracker.table import Cell, Column, Labelled, Row, Table

COUNTED: Final = ("detained", "whereabouts_unknown", "house_arrest", "restricted", "free", "out", "died")
"""The standings with a column of their own."""

COLUMNS: Final = (
    Column("group", N_("by")),
    Column("value", N_("which"), "name"),
    *(
        Column(key, label_, "count")
        for key, label_ in (
            ("detained", N_("detained")),
            ("whereabouts_unknown", N_("whereabouts unknown")),
            ("house_arrest", N_("house arrest")),
            ("deprived", N_("deprived of liberty")),
            ("restricted", N_("under measures")),
            ("free", N_("free")),
            ("out", N_("out, terms not stated")),
            ("died", N_("died in custody")),
            ("total", N_("total")),
            ("uncertain", N_("uncertain")),
        )
    ),
)

LIST_COLUMNS: Final = (
    Column("group", N_("by")),
    Column("value", N_("which"), "name"),
    Column("standing", N_("standing"), words="standing"),
    Column("ref", N_("ref"), "ref"),
    Column("name", N_("name"), "name"),
)


OF_A_NAME: Final = ("tag", "age_group", "sentenced")
"""What a public list tells of no person who may not be named, not even in the order of its rows."""


def summary_table(db: Connection, asked: Asked, by: str | None = None) -> Table:
    """Return the counts: a row for each value of the grouping, `unknown` always there; people once in the totals."""
    if not asked.public:
        return _counts(db, asked, by)
    from tracker.reports import small, sums

    key = read_group(by) if by is not None else None
    place = order(key) if key else (lambda value: (0, value))
    held = [one for one in COUNTED if one in asked.deprived]
    return small.counts(
        db,
        asked,
        lambda who: _counts(db, who, by),
        lambda figures: sums.of_summary(figures, COUNTED, held),
        lambda row: place(str(row[1] or "")),
    )


def _counts(db: Connection, asked: Asked, by: str | None) -> Table:
    question = Question.of(db, asked, by, once=by is None)
    counts = [f"SELECT 0, said_out, standing, possible, count(*) FROM ({question.everybody()}) GROUP BY 2, 3, 4"]
    if question.key:
        counts.append(f"SELECT 1, value, standing, possible, count(*) FROM ({question.divided()}) GROUP BY 2, 3, 4")
    if question.bounded:
        counts.append(BOUNDS)
    found = db.execute(f"{question.sql} {' UNION ALL '.join(counts)}", question.params).fetchall()
    tally = Tally([(row[2], row[3], row[1], row[4]) for row in found if not row[0]])
    bounds = {row[1]: row[4] for row in found if row[0] == 2}  # noqa: PLR2004  (as BOUNDS marks them)
    values: dict[str, Tally] = {UNKNOWN: Tally()} if question.key else {"": tally}
    for _one, value, standing, possible, n in (row for row in found if row[0] == 1):
        values.setdefault(value, Tally()).rows.append((standing, possible, None, n))
    several = sum(one.people() for one in values.values()) > tally.people()
    return Table(
        COLUMNS,
        _rows(question.key, values, asked),
        title=_title(question, tally, bounds),
        totals=(Labelled("total", _("total")), None, *_cells(tally, asked.deprived)) if question.key else None,
        foot=foot.notes(db, asked, _overlap(question.key, several=several), _others(tally)),
    )


def list_table(db: Connection, asked: Asked, by: str | None = None) -> Table:
    """Return the people behind the counts: one row for each person and value."""
    question = Question.of(db, asked, by)
    people = question.divided("d.ref", f"{foot.name_sql(asked)} AS name", "d.name_key AS by_name")
    rows = db.execute(
        f"{question.sql} SELECT * FROM ({people})"
        f" ORDER BY by_name IS NULL, by_name, {foot.by_entry(asked, 'detainee')}",
        question.params,
    ).fetchall()
    place = order(question.key) if question.key else (lambda value: (0, value))
    group = _group(question.key)
    word = labeller(question.key) if question.key else str
    listed = [
        (group, Labelled(row["value"], word(row["value"])), row["standing"], row["ref"], row["name"])
        for row in sorted(rows, key=lambda row: place(row["value"]))
    ]
    return Table(
        LIST_COLUMNS,
        listed if asked.limit is None else listed[: asked.limit],
        title=_("{what}: the people").format(what=_what(question)),
        total=len(listed),
        foot=foot.notes(db, asked),
        empty=_("Nobody on record is meant by this."),
    )


def explained_table(db: Connection, asked: Asked, by: str | None = None) -> Table:
    """Return the people behind the counts, each followed by the records behind and who says so.

    The value of the grouping is `which` here: `value` is what is stated, as wherever records are explained.
    """
    from tracker.reports import explain

    question = Question.of(db, asked, by)
    people = question.divided("p.since", "p.detention", "p.release", "p.facility", "p.said_out")
    named = question.key in OF_A_NAME
    which = Spec(Column("which", N_("which"), "name"), "p.value", costs=question.costs(question.key), named=named)
    page = Page(
        ("which", "standing", *explain.PEOPLE),
        source=people,
        more=question.more,
        params=question.params,
        tally=f"SELECT {TALLY} FROM ({question.everybody()}) GROUP BY {TALLIED}",
        specs={"which": which, **explain.SPECS},
        people=PEOPLE if question.moves else None,
        placed=not question.moves,
        order=None if question.key is None or (named and asked.public) else order_sql(question.key),
    )
    rows = db.execute(f"{question.sql} {BOUNDS}", question.params) if question.bounded else ()
    bounds = {row[1]: row[4] for row in rows}
    table = explain.explained(
        db, asked, page, lambda found: _title(question, found.tally, bounds), lambda found: [_others(found.tally)]
    )
    return replace(table, columns=(LIST_COLUMNS[0], *table.columns), rows=_grouped(question.key, table.rows))


def _grouped(key: str | None, rows: Iterable[Row]) -> Iterator[Row]:
    """Put the grouping before each row, and its value into words; neither is repeated to a reader."""
    group = _group(key)
    word = labeller(key) if key else str
    for value, *cells in rows:
        first = not isinstance(value, Labelled)
        yield (
            group if first else Labelled(group, ""),
            Labelled(str(value or ""), word(str(value or ""))) if first else value,
            *cells,
        )


def _group(key: str | None) -> Labelled:
    return Labelled(key, _(GROUPS[key].name)) if key else Labelled("all", _("all"))


def _rows(key: str | None, values: dict[str, Tally], asked: Asked) -> list[Row]:
    """Return a row for each value: in a closed list's own order, months in order, else the most deprived first."""
    group = _group(key)
    if key is None:
        tally = values.get("", Tally())
        return [(group, None, *_cells(tally, asked.deprived))]
    word = labeller(key)
    place = order(key)
    ordered = GROUPS[key].words or key in ("month", "year")

    def first(value: str) -> tuple[object, ...]:
        if ordered:
            return place(value)
        return (value == UNKNOWN, -values[value].count(asked.deprived), -values[value].people(), value)

    rows: list[Row] = [
        (group, Labelled(value, word(value)), *_cells(values[value], asked.deprived))
        for value in sorted(values, key=first)
    ]
    return sorted_rows(rows, asked.sort)[: asked.limit]


def sorted_rows(rows: list[Row], sort: str | None) -> list[Row]:
    """Return the rows in the order asked for. Raises BadValue for a column that is not there."""
    if sort is None:
        return rows
    key = sort.removeprefix("-").strip()
    names = [column.key for column in COLUMNS]
    if key not in names:
        raise BadValue(
            _("There is no column {key} here.").format(key=quoted(key)),
            hint=_("Columns: {keys}").format(keys=", ".join(names)),
        )
    place = names.index(key)
    return sorted(rows, key=lambda row: row[place], reverse=sort.startswith("-"))  # type: ignore[arg-type, return-value]


def _cells(tally: Tally, deprived: Sequence[str]) -> tuple[Cell, ...]:
    """Return the counts of one row, in the order of the columns."""
    found = tally.by_standing()
    known = {key: found.get(key, 0) for key in COUNTED}
    known |= {"deprived": tally.count(deprived), "total": tally.people(), "uncertain": tally.doubtful()}
    return tuple(known[column.key] for column in COLUMNS[2:])


def _what(question: Question) -> str:
    asked = question.asked
    if question.moves:
        return _("People who left deprivation of liberty, {window}").format(window=window(asked))
    return _("People on record on {moment}").format(moment=said(asked.moment))


def _title(question: Question, tally: Tally, bounds: dict[str, int]) -> str:
    parts = [_what(question)]
    if question.key:
        parts.append(_("by {group}").format(group=_(GROUPS[question.key].name)))
    n = tally.people()
    figure = ngettext("{n} person", "{n} people", n).format(n=n)
    if question.bounded:
        figure = foot.counted(n, (bounds.get("certain_exits", 0), bounds.get("possible_exits", 0)), figure)
    elif not question.moves:
        held = foot.counted(tally.count(question.asked.deprived), tally.bounds(question.asked.deprived))
        figure = _("{people}, of whom deprived of liberty: {held}").format(people=figure, held=held)
    return f"{', '.join(parts)}: {figure}"


def _overlap(key: str | None, *, several: bool) -> str:
    if not several or key is None:
        return ""
    return _("A person can stand in several rows; the total counts each once.")


def _others(tally: Tally) -> str:
    """Return who is in the total and in no other column."""
    found = tally.by_standing()
    rest = [key for key in vocabulary("standing") if key not in COUNTED]
    text = foot.listed((label("standing", key), found.get(key, 0)) for key in rest)
    return _("In the total only: {others}.").format(others=text) if text else ""
