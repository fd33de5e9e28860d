"""How much is known of the people counted: of how many a date of arrest, a prison, a second source; what to ask next.

A second source is independent: another publisher, and another voice. Two newspapers that both quote one monitor are one
voice, and so are a monitor's own page and a newspaper that quotes it; two people quoted in one newspaper depend on that
newspaper. A source without a publisher counts as one of its own.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from tracker.domain.names import fold
from tracker.domain.text import quoted
from tracker.errors import BadValue
from tracker.i18n import N_, _, ngettext
from tracker.reports import foot
from tracker.reports.asked import Asked, said
from tracker.reports.columns import chosen
from tracker.reports.listings import listed
from tracker.reports.people import Fetched, Page, fetch
from tracker.reports.spoken import supporting
from tracker.reports.standings import Opening, keys, opening
from tracker.store import Connection
from tracker.table import Column, Labelled, Row, Table

COLUMNS: Final = (
    Column("what", N_("what is known")),
    Column("people", N_("people"), "count"),
    Column("known", N_("known"), "count"),
    Column("share", N_("per cent"), "count"),
)

LISTED: Final = ("ref", "name", "standing", "since", "facility", "nationalities", "sources")

ASK_NEXT: Final = 3
"""How many of the lines with the most unknown the foot names."""


class Line(NamedTuple):
    """A line: its name (English, marked), and SQL for whether it is known of a person `d`, as `p` and `t` stand."""

    name: str
    known: str


LINES: Final[dict[str, Line]] = {
    "arrest_date": Line(N_("date of arrest"), "t.began IS NOT NULL"),
    "arrest_day": Line(N_("date of arrest, to the day"), "substr(t.began_from, 1, 10) = substr(t.began_to, 1, 10)"),
    "prison": Line(N_("prison"), "p.facility IS NOT NULL"),
    "sex": Line(N_("sex"), "d.sex IS NOT NULL"),
    "nationality": Line(N_("nationality"), "EXISTS (SELECT 1 FROM nationalities n WHERE n.detainee = p.detainee)"),
    "age": Line(N_("birth or age"), "d.born_from IS NOT NULL OR d.born_to IS NOT NULL OR d.age IS NOT NULL"),
    "stage": Line(N_("legal stage"), "t.stage IS NOT NULL AND t.stage <> 'unknown'"),
    "source": Line(N_("source"), "v.voices > 0"),
    "second_source": Line(N_("second, independent source"), "v.publishers > 1 AND v.voices > 1"),
}


def _clauses(asked: Asked, *, everybody: bool) -> list[str]:
    """Return the clauses up to `covered`: the people counted, with 1 or 0 for every line."""
    standings = asked.standings if everybody else asked.held
    where = f"standing IN ({keys(standings)})" if standings else "1"
    said_by = supporting("counted", "h.detainee, c.source, c.claimant")
    lines = ", ".join(f"coalesce({line.known}, 0) AS {key}" for key, line in LINES.items())
    return [
        f"counted AS MATERIALIZED (SELECT * FROM hits WHERE {where})",
        # a publisher's own page is that claimant's voice; without a publisher, a source stands for itself
        """printed AS MATERIALIZED (SELECT o.id, coalesce(lower(o.publisher), o.id) AS publisher,
          coalesce((SELECT k.id FROM claimants k WHERE lower(k.name) = lower(o.publisher) LIMIT 1),
            (SELECT m.claimant FROM claimant_names m WHERE lower(m.name) = lower(o.publisher) LIMIT 1),
            lower(o.publisher), o.id) AS voice FROM sources o)""",
        f"""spoken AS MATERIALIZED (SELECT s.detainee, count(DISTINCT o.publisher) AS publishers,
          count(DISTINCT coalesce(s.claimant, o.voice)) AS voices
          FROM ({said_by}) s JOIN printed o ON o.id = s.source GROUP BY s.detainee)""",
        f"""covered AS MATERIALIZED (SELECT p.*, {lines} FROM counted p CROSS JOIN detainees d ON d.id = p.detainee
          LEFT JOIN detentions t ON t.id = p.detention LEFT JOIN spoken v ON v.detainee = p.detainee)""",
    ]


def coverage_table(db: Connection, asked: Asked, *, everybody: bool = False) -> Table:
    """Return, line by line, of how many of the people counted it is known."""
    start: Opening = opening(db, asked, columns=("facility",))
    sums = ", ".join(f"coalesce(sum({key}), 0)" for key in LINES)
    people, *known = db.execute(
        f"{', '.join([start.sql, *_clauses(asked, everybody=everybody)])} SELECT count(*), {sums} FROM covered",
        start.params,
    ).fetchone()
    found = dict(zip(LINES, known, strict=True))
    rows: list[Row] = [
        (Labelled(key, _(line.name)), people, found[key], _share(found[key], people)) for key, line in LINES.items()
    ]
    table = listed(COLUMNS, rows if people else [], asked, empty=_("Nobody on record is meant by this."))
    return replace(
        table,
        title=_title(asked, people, everybody=everybody),
        foot=foot.notes(db, asked, *_lines(found, people)),
        tone=lambda row: "doubt" if row[1] != row[2] else None,
    )


def missing_table(db: Connection, asked: Asked, line: str, *, everybody: bool = False) -> Table:
    """Return the people of whom that line is not known. Raises BadValue for a line there is not."""
    key = read_line(line)
    found = fetch(db, asked, _page(asked, chosen(asked.columns, LISTED), key, everybody=everybody))
    [(people, missing, _none, _nothing)] = found.tallied
    return Table(
        found.columns,
        found.rows,
        title=_missing(asked, key, people, missing, everybody=everybody),
        total=missing,
        foot=foot.notes(db, asked),
        empty=_("There is nobody of whom it is not known.") if people else _("Nobody on record is meant by this."),
        tone=found.tone,
    )


def explained_table(db: Connection, asked: Asked, line: str | None, *, everybody: bool = False) -> Table:
    """Return the people counted, or those of whom a line is not known, followed by the records behind them."""
    from tracker.reports import explain

    key = None if line is None else read_line(line)
    page = _page(asked, explain.PEOPLE, key, everybody=everybody)._replace(specs=explain.SPECS)

    def title(found: Fetched) -> str:
        [(people, missing, _none, _nothing)] = found.tallied
        if key is None:
            return _title(asked, people, everybody=everybody)
        return _missing(asked, key, people, missing, everybody=everybody)

    return explain.explained(db, asked, page, title, lambda _found: [])


def _page(asked: Asked, columns: Sequence[str], key: str | None, *, everybody: bool) -> Page:
    """Return the people counted of whom a line is not known, or all; its tally: how many are counted, and meant."""
    meant = "1" if key is None else f"NOT {key}"
    return Page(
        columns,
        source="SELECT * FROM covered",
        where="1" if key is None else f"NOT p.{key}",
        more=_clauses(asked, everybody=everybody),
        tally=f"SELECT count(*), coalesce(sum({meant}), 0), NULL, NULL FROM covered",
        costs=("facility",),
    )


def _missing(asked: Asked, key: str, people: int, missing: int, *, everybody: bool) -> str:
    return _("{what} not known: {n} of {title}").format(
        what=_(LINES[key].name), n=missing, title=_title(asked, people, everybody=everybody)
    )


def read_line(word: str) -> str:
    """Return the key of a line, of its key or its name in the language in force. Raises BadValue with the choices."""
    wanted = fold(word.replace("_", " "))
    for key, line in LINES.items():
        if wanted in (fold(key.replace("_", " ")), fold(_(line.name))):
            return key
    raise BadValue(
        _("There is no line {word} here.").format(word=quoted(word)),
        hint=_("Use one of: {choices}.").format(choices=", ".join(LINES)),
    )


def _share(known: int, people: int) -> str | None:
    """Return per cent to one decimal; 100 and 0 only where they are true of every single person."""
    if not people:
        return None
    tenths = round(1000 * known / people)
    if 0 < known < people:
        tenths = min(max(tenths, 1), 999)
    return f"{tenths // 10}.{tenths % 10}"


def _title(asked: Asked, people: int, *, everybody: bool) -> str:
    title = (
        ngettext("{n} person on record, as of {moment}", "{n} people on record, as of {moment}", people)
        if everybody
        else ngettext("{n} person held on {moment}", "{n} people held on {moment}", people)
    )
    return title.format(n=people, moment=said(asked.moment))


def _lines(found: dict[str, int], people: int) -> list[str]:
    """Return what to ask next: the lines with the most unknown, and how to list those people."""
    worst = sorted((key for key in LINES if found[key] < people), key=found.__getitem__)[:ASK_NEXT]
    if not worst:
        return []
    asks = "; ".join(f"{_(LINES[key].name)} ({people - found[key]})" for key in worst)
    return [_("Ask next: {asks}. Of whom: tracker coverage --list {line}").format(asks=asks, line=worst[0])]
