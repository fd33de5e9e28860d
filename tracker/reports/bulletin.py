"""The weekly balance (balance semanal): how many are held, divided every way a bulletin divides them, and what moved.

Every breakdown has a line for those of whom it is not known, and adds up to its total; the movement since the last
bulletin leads from the count of then to the count of now. Where a figure does not add up nothing is printed, and the
error says which.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from tracker.domain.dates import read_moment
from tracker.domain.text import quoted, safe
from tracker.errors import BadValue, Problems
from tracker.i18n import N_, _
from tracker.reports import foot
from tracker.reports.ages import age_group_sql
from tracker.reports.asked import Asked, after, said, said_start
from tracker.reports.clocks import Earlier
from tracker.reports.columns import Spec
from tracker.reports.flow import CROSSINGS, Flow, flow
from tracker.reports.groups import NATIONALITY_TYPE, SENTENCED, UNKNOWN
from tracker.reports.learned import LINES
from tracker.reports.movement import OUTSIDE, PEOPLE, Move, as_parameter, clause, crossed, lines
from tracker.reports.people import Page
from tracker.reports.released import window as period
from tracker.reports.sections import PARTS, SECTIONS, WORDS, Figure, complete, line_cell, place
from tracker.reports.standings import TALLIED, TALLY, Tally, opening
from tracker.reports.standings import keys as literals
from tracker.store import Connection
from tracker.table import Column, Labelled, Row, Table, Toned

COLUMNS: Final = (
    Column("section", N_("section")),
    Column("line", N_("line"), "name"),
    Column("people", N_("people"), "count"),
)

LIST_COLUMNS: Final = (*COLUMNS[:2], Column("ref", N_("ref"), "ref"), Column("name", N_("name"), "name"))

_COUNTRIES: Final = """(SELECT group_concat(country, '+') FROM (
    SELECT n.country FROM nationalities n WHERE n.detainee = p.detainee ORDER BY n.country))"""


def _held(asked: Asked) -> str:
    """Return the clause `held`: the people deprived of liberty, with what they are divided by."""
    return f"""held AS MATERIALIZED (
  SELECT p.detainee, p.standing, coalesce(d.sex, '{UNKNOWN}') AS sex, coalesce(d.service, '{UNKNOWN}') AS service,
    {age_group_sql("d", "t")} AS age_group, {SENTENCED} AS sentenced, {NATIONALITY_TYPE} AS nationality,
    {_COUNTRIES} AS countries,
    CASE p.standing WHEN 'detained' THEN coalesce(f.name, '{UNKNOWN}') ELSE p.standing END AS place
  FROM hits p CROSS JOIN detainees d ON d.id = p.detainee LEFT JOIN detentions t ON t.id = p.detention
    LEFT JOIN facilities f ON f.id = p.facility WHERE p.standing IN ({literals(asked.deprived)}))"""


_SQL: Final = {
    "total": ("'deprived'", "1"),
    **{section: (section, "1") for section in (*WORDS, "place")},
    **{section: ("countries", f"nationality = '{line}'") for section, (_nationality, line) in PARTS.items()},
}
"""Section → its line in SQL, and whom of the held it divides."""


def bulletin_table(db: Connection, asked: Asked, since: str | None = None, then: Earlier | None = None) -> Table:
    """Return the bulletin: section, line, people. Raises Problems where it does not add up.

    `since`: the day (or minute) of the last one; `then`: what was known when it was made.
    """
    if not asked.public or then is not None:  # what was learned since is told in figures of its own
        return _bulletin(db, asked, since, then)
    from tracker.reports import small, sums

    return small.counts(db, asked, lambda who: _bulletin(db, who, since, None), sums.of_bulletin)


def _bulletin(db: Connection, asked: Asked, since: str | None, then: Earlier | None) -> Table:
    last = read_since(asked, since)
    start = opening(db, asked, columns={"facility", "said_out"})
    counted = " UNION ALL ".join(
        f"SELECT '{section}', {line}, count(*), NULL FROM held WHERE {where} GROUP BY 2"
        for section, (line, where) in _SQL.items()
    )
    rows = db.execute(
        f"{start.sql}, {_held(asked)} SELECT {TALLY}, 1 FROM hits GROUP BY {TALLIED}"
        f" UNION ALL SELECT *, 0 FROM ({counted})",
        {**start.params, "home": asked.record.country},
    ).fetchall()
    tally = Tally.of(row for row in rows if row[4])
    total = tally.count(asked.deprived)
    figures = complete([Figure(row[0], row[1], row[2]) for row in rows if not row[4]], asked.deprived)
    check_breakdowns(figures, total)
    found = None if last is None else flow(db, replace(asked, first=after(last)), then)
    if found is not None:
        figures += _movement(db, replace(asked, first=after(found.at)), found, total)
    return Table(
        COLUMNS,
        _rows(figures),
        title=_title(asked, tally, last),
        foot=foot.notes(
            db, asked, foot.doubts(tally, asked.deprived), foot.said_out(tally, asked.deprived), _known(found)
        ),
        tone=Toned.of,
    )


def read_since(asked: Asked, since: str | None) -> str | None:
    """Return the last minute of the day of the last bulletin, None without one. Raises BadValue."""
    if since is None:
        return None
    if asked.facilities or asked.standings:
        raise BadValue(
            _("Movement cannot be told for one place or standing: people come and go between them."),
            hint=_("Leave out --since, or --facility and --standing."),
        )
    last = read_moment(since, zone=asked.record.zone)[0]
    if last >= asked.moment:
        raise BadValue(
            _("The last bulletin ({since}) must lie before this one ({moment}).").format(
                since=said(last), moment=said(asked.moment)
            ),
            hint=_("Give the day of the last bulletin with --since."),
        )
    return last


def check_breakdowns(figures: Sequence[Figure], total: int) -> None:
    """Raise Problems where a section does not add up to what it divides."""
    sums = Counter[str]()
    for figure in figures:
        sums[figure.section] += figure.people
    by_line = {(figure.section, figure.line): figure.people for figure in figures}
    for section, sum_ in sums.items():
        expected = by_line.get(PARTS[section], 0) if section in PARTS else total
        if sum_ != expected:
            raise _not_adding(_(SECTIONS[section]), sum_, expected)


def _not_adding(what: str, found: int, expected: int) -> Problems:
    return Problems(
        _("The bulletin does not add up: “{what}” comes to {found}, not to {expected}. Nothing was printed.").format(
            what=what, found=found, expected=expected
        ),
        hint=_("Run 'tracker check' to find the records that contradict each other."),
    )


def _known(found: Flow | None) -> str:
    """Return up to which change the last bulletin knew the record, and how to name whom it did not."""
    if found is None or found.learned is None:
        return ""
    return _(
        "The last bulletin was made from change {seq}; names: tracker flow --from {day} --known-by-from {seq}."
    ).format(seq=f"#{found.learned.head.seq}", day=said_start(after(found.at)).replace(" ", "T"))


def _movement(db: Connection, window: Asked, found: Flow, total: int) -> list[Figure]:
    """Return the movement since the last bulletin, leading from the count of then to the count of now."""
    if found.closing.people != total:
        raise _not_adding(_(SECTIONS["movement"]), found.closing.people, total)
    moved = Counter(move.line for move in found.moves)
    outside = Counter(move.line for move in _outside(db, window))
    before = (
        [("opening_then", found.learned.then.people), *((one, moved[one]) for one in LINES)] if found.learned else []
    )
    return [
        *(Figure("movement", line, people) for line, people in before),
        Figure("movement", "opening", found.opening.people),
        *(Figure("movement", line, moved[line]) for line in CROSSINGS if moved[line]),
        Figure("movement", "closing", total),
        *(Figure("outside", line, outside[line]) for line in OUTSIDE if outside[line]),
    ]


def _title(asked: Asked, tally: Tally, last: str | None) -> str:
    figure = foot.counted(tally.count(asked.deprived), tally.bounds(asked.deprived))
    title = _("Bulletin of {we}, {moment}: {figure} deprived of liberty").format(
        we=safe(asked.record.we), moment=said(asked.moment), figure=figure
    )
    return title if last is None else title + _(", and what moved since {last}").format(last=said(last))


def _rows(figures: Sequence[Figure]) -> list[Row]:
    """Return the figures as rows; to a reader each section is named once."""
    rows: list[Row] = []
    before = ""
    for figure in figures:
        heading = _(SECTIONS[figure.section]) if figure.section != before else ""
        tone = "total" if figure.section == "total" or figure.line in ("opening", "closing") else None
        cells = (Labelled(figure.section, heading), line_cell(figure.section, figure.line), figure.people)
        rows.append(Toned(cells, tone))
        before = figure.section
    return rows


def list_table(db: Connection, asked: Asked, section: str, since: str | None = None) -> Table:
    """Return the people behind one section: section, line, ref, name. Raises BadValue for one that is not there."""
    name, last = read_section(asked, section, since)
    time = said(asked.moment)
    if name in _SQL:
        start = opening(db, asked, columns={"facility"})
        line, where = _SQL[name]
        source, params = f"SELECT {line} AS line, detainee FROM held WHERE {where}", start.params
        sql = f"{start.sql}, {_held(asked)}"
    else:
        window = replace(asked, first=after(last or ""))
        time = period(window)
        moves = _moves(db, window, name)
        start = opening(db, asked, columns=())
        source, params = foot.PAIRS, {**start.params, **foot.pairs([(move.line, move.detainee) for move in moves])}
        sql = start.sql
    rows = db.execute(
        f"{sql} SELECT s.line, d.ref, {foot.name_sql(asked)} AS name FROM ({source}) s"
        " CROSS JOIN detainees d ON d.id = s.detainee"
        f" ORDER BY d.name_key IS NULL, d.name_key, {foot.by_entry(asked, 'd.id')}",
        {**params, "home": asked.record.country},
    ).fetchall()
    sizes = Counter(row[0] for row in rows)
    ordered = sorted(rows, key=lambda row: place(Figure(name, row[0], sizes[row[0]])))
    return Table(
        LIST_COLUMNS,
        [(Labelled(name, _(SECTIONS[name])), line_cell(name, row[0]), row[1], row[2]) for row in ordered][
            : asked.limit
        ],
        title=f"{_(SECTIONS[name])}, {time}",
        total=len(ordered),
        foot=foot.notes(db, asked),
        empty=_("Nobody on record is meant by this."),
    )


def explained_table(db: Connection, asked: Asked, section: str, since: str | None = None) -> Table:
    """Return the same people, each followed by the records behind and who says so."""
    from tracker.reports import explain

    name, last = read_section(asked, section, since)
    specs = {"line": Spec(Column("line", N_("line"), "name"), "p.line"), **explain.SPECS}
    if name in _SQL:
        line, where = _SQL[name]
        held = f"SELECT {line} AS line, detainee FROM held WHERE {where}"
        page = Page(
            ("line", *explain.PEOPLE),
            source=f"SELECT h.*, s.line FROM ({held}) s CROSS JOIN hits h ON h.detainee = s.detainee",
            more=[_held(asked)],
            params={"home": asked.record.country},
            specs=specs,
            order="p.line",
            costs=("facility",),
        )
        time = said(asked.moment)
    else:
        asked = replace(asked, first=after(last or ""))
        page = Page(
            ("line", *explain.PEOPLE),
            source="SELECT * FROM line",
            more=[clause(asked)],
            params=as_parameter(_moves(db, asked, name)),
            specs=specs,
            people=PEOPLE,
            placed=False,
            order="p.line, p.at",
        )
        time = period(asked)
    table = explain.explained(db, asked, page, lambda _found: f"{_(SECTIONS[name])}, {time}", lambda _found: [])
    return replace(table, rows=_worded(name, table.rows))


def _worded(section: str, rows: Iterable[Row]) -> Iterator[Row]:
    """Give each line its words for a reader, once for each person."""
    for line, *cells in rows:
        yield (line if isinstance(line, Labelled) else line_cell(section, str(line)), *cells)


def read_section(asked: Asked, section: str, since: str | None) -> tuple[str, str | None]:
    """Return the section to open, and the last minute of the last bulletin. Raises BadValue for one not there."""
    name = section.strip().lower().replace("-", "_")
    last = read_since(asked, since)
    if name not in SECTIONS or (name in ("movement", "outside") and last is None):
        raise BadValue(
            _("There is no section {section} to open into names.").format(section=quoted(section)),
            hint=_("Use one of: {choices} (the last two with --since).").format(choices=", ".join(SECTIONS)),
        )
    return name, last


def _moves(db: Connection, window: Asked, section: str) -> list[Move]:
    """Return the moves of the section `movement` or `outside`."""
    return crossed(db, window) if section == "movement" else _outside(db, window)


def _outside(db: Connection, window: Asked) -> list[Move]:
    """Return the moves that are in no total; a death is one of the movement."""
    return [move for move in lines(db, window) if move.line in OUTSIDE and move.line != "died"]
