"""The lists of what serves the record: places, claimants, sources, nationalities.

They are short (hundreds of rows, of sources thousands), so that they are read whole and sorted here.
"""

from collections.abc import Sequence
from typing import Final

from tracker.domain.names import fold
from tracker.domain.text import quoted
from tracker.errors import BadValue
from tracker.i18n import N_, _, ngettext
from tracker.reports.asked import Asked
from tracker.reports.standings import keys, opening
from tracker.store import Connection
from tracker.table import Cell, Column, Labelled, Row, Table

SEPARATOR: Final = "\x1f"

FACILITIES: Final = (
    Column("ref", N_("ref"), "ref"),
    Column("name", N_("name"), "name"),
    Column("other_names", N_("other names")),
    Column("kind", N_("kind"), words="facility_kind"),
    Column("state", N_("state")),
    Column("country", N_("country")),
    Column("held", N_("held now"), "count"),
    Column("people", N_("ever held"), "count"),
)

CLAIMANTS: Final = (
    Column("ref", N_("ref"), "ref"),
    Column("name", N_("name"), "name"),
    Column("kind", N_("kind"), words="claimant_kind"),
    Column("default_status", N_("its word makes a release"), words="release_status"),
    Column("house_arrest", N_("house arrest"), words="house_arrest_practice"),
    Column("rule", N_("counting rule")),
    Column("country", N_("country")),
    Column("other_names", N_("other names")),
    Column("citations", N_("citations"), "count"),
    Column("claims", N_("claims"), "count"),
)

SOURCES: Final = (
    Column("ref", N_("ref"), "ref"),
    Column("slug", N_("slug")),
    Column("title", N_("title")),
    Column("publisher", N_("publisher")),
    Column("published", N_("published"), "date"),
    Column("language", N_("language")),
    Column("reliability", N_("reliability"), words="reliability"),
    Column("public", N_("public"), words="yes_no"),
    Column("citations", N_("citations"), "count"),
    Column("url", N_("URL")),
)

NATIONALITIES: Final = (
    Column("country", N_("country")),
    Column("name", N_("name")),
    Column("people", N_("people"), "count"),
    Column("of_whom_dual", N_("of whom dual"), "count"),
)


def facilities(db: Connection, asked: Asked) -> Table:
    """Return the places on record: how many people deprived of liberty are there, and how many ever were."""
    start = opening(db, asked)
    held = dict(
        db.execute(
            f"{start.sql} SELECT facility, count(*) FROM hits WHERE standing IN ({keys(asked.deprived)})"
            " GROUP BY facility",
            start.params,
        ).fetchall()
    )
    rows = db.execute(
        """
        SELECT f.id, f.ref, f.name, (
            SELECT group_concat(name, char(31)) FROM (SELECT name FROM facility_names WHERE facility = f.id ORDER BY
            name_key) ), f.kind, f.state, f.country, (
            SELECT count(DISTINCT d.detainee) FROM stays s JOIN detentions d ON d.id = s.detention
            JOIN detainees p ON p.id = d.detainee AND p.excluded = 0 WHERE s.facility = f.id
        ) FROM facilities f ORDER BY f.name_key, f.id
        """
    )
    found = [(row[1], row[2], several(row[3]), *row[4:7], held.get(row[0], 0), row[7]) for row in rows]
    return listed(FACILITIES, found, asked, empty=_("There is no place on record yet."))


def claimants(db: Connection, asked: Asked) -> Table:
    """Return the claimants on record, with how many citations and claims are theirs."""
    rows = db.execute(
        """
        SELECT c.ref, c.name, c.kind, c.default_status, c.house_arrest, c.rule, c.country, (
            SELECT group_concat(name, char(31)) FROM (SELECT name FROM claimant_names WHERE claimant = c.id ORDER BY
            name_key) ), (SELECT count(*) FROM citations WHERE claimant = c.id), (SELECT count(*) FROM claims WHERE
            claimant = c.id) FROM claimants c ORDER BY c.name_key, c.id
        """
    )
    found = [(*row[:7], several(row[7]), row[8], row[9]) for row in rows]
    return listed(CLAIMANTS, found, asked, empty=_("There is no claimant on record yet."))


def sources(db: Connection, asked: Asked) -> Table:
    """Return the sources on record, with how often each is cited."""
    rows = db.execute(
        """
        SELECT ref, slug, title, publisher, published, language, reliability, iif(public, 'yes', 'no'),
            (SELECT count(*) FROM citations c WHERE c.source = s.id), url
        FROM sources s ORDER BY slug
        """
    ).fetchall()
    return listed(SOURCES, [tuple(row) for row in rows], asked, empty=_("There is no source on record yet."))


def nationalities(db: Connection, asked: Asked) -> Table:
    """Return the countries on record with their people; the total counts people once, and there is an unknown row."""
    from tracker.domain.countries import country_name

    people = "SELECT n.detainee, n.country, count(*) OVER (PARTITION BY n.detainee) AS several FROM nationalities n"
    counted = "JOIN detainees d ON d.id = n.detainee AND d.excluded = 0"
    rows = db.execute(
        f"SELECT country, count(*), sum(several > 1) FROM ({people} {counted}) GROUP BY country ORDER BY 2 DESC, 1"
    )
    found: list[Row] = [
        (row[0], Labelled(country_name(row[0], "en"), country_name(row[0])), row[1], row[2]) for row in rows
    ]
    unknown, total, dual = db.execute(
        """
        SELECT count(*) FILTER (WHERE n = 0), count(*), count(*) FILTER (WHERE n > 1) FROM (
            SELECT (SELECT count(*) FROM nationalities WHERE detainee = d.id) AS n FROM detainees d WHERE d.excluded =
            0)
        """
    ).fetchone()
    table = listed(NATIONALITIES, found, asked)
    rows_shown = [*table.rows, (Labelled("unknown", ""), Labelled("unknown", _("unknown")), unknown, 0)]
    foot = []
    if dual:
        foot.append(
            ngettext(
                "{n} person with several nationalities stands under each; the total counts people once.",
                "{n} people with several nationalities stand under each; the total counts people once.",
                dual,
            ).format(n=dual)
        )
    return Table(
        NATIONALITIES,
        rows_shown,
        total=len(rows_shown),
        totals=(Labelled("total", ""), Labelled("total", _("total")), total, dual),
        foot=foot,
    )


def several(value: str | None) -> Cell:
    """Return the values of a cell that SQL joined, in their order."""
    return tuple(value.split(SEPARATOR)) if value else None


def listed(columns: Sequence[Column], rows: Sequence[Row], asked: Asked, *, empty: str | None = None) -> Table:
    """Return the table of `rows`, sorted and cut as asked. Raises BadValue for a column it does not have."""
    kept = list(rows)
    if asked.sort is not None:
        name = asked.sort.removeprefix("-").strip()
        known = [column.key for column in columns]
        if name not in known:
            raise BadValue(
                _("There is no column {key} here.").format(key=quoted(name)),
                hint=_("Columns: {keys}").format(keys=", ".join(known)),
            )
        place = known.index(name)
        kept.sort(key=lambda row: _order(row[place]), reverse=asked.sort.startswith("-"))
        kept.sort(key=lambda row: row[place] is None)  # nothing stands last, whichever way
    shown = kept if asked.limit is None else kept[: asked.limit]
    return Table(columns, shown, total=len(kept), empty=empty)


def _order(cell: Cell) -> tuple[int, int, str]:
    if isinstance(cell, int):
        return 0, cell, ""
    text = "; ".join(cell) if isinstance(cell, tuple) else cell or ""
    return 1, 0, fold(text)
