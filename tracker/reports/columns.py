"""The columns of every list of people: their SQL, their meaning, their order.

A page of people `p` brings: detainee, standing, since, detention, release, facility, said_out, possible; `d` is the
person. Only the columns shown are computed, and only for the rows shown.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Final, Literal, NamedTuple

from tracker.domain.text import quoted
from tracker.errors import BadValue
from tracker.i18n import N_, _
from tracker.reports.standings import OTHER_BITS
from tracker.table import Cell, Column

SEPARATOR: Final = "\x1f"
"""Stands between several values on their way out of SQL; no stored text holds it (control characters are refused)."""

_JOINS: Final = {
    "f": "LEFT JOIN facilities f ON f.id = p.facility",
    "r": """LEFT JOIN releases r ON r.id = coalesce(p.release, (SELECT s.id FROM releases s
        WHERE s.detention = p.detention AND s.status = p.said_out ORDER BY s.step DESC LIMIT 1))""",
}


def listed(select: str) -> str:
    """Return SQL that joins the values of a one-column query (its column is `v`), in their order."""
    return f"(SELECT group_concat(v, char(31)) FROM ({select}))"


def _supporting(who: str) -> str:
    return f"""SELECT DISTINCT {who} AS v FROM citations c JOIN claimants k ON k.id = c.claimant
      WHERE c.release = r.id AND c.stance = 'supports'"""


_VERIFIED_BY: Final = f"""CASE WHEN r.status = 'verified' THEN coalesce(
    {listed(_supporting("k.name") + " AND k.default_status = 'verified' ORDER BY 1")},
    {listed(_supporting("k.name") + " ORDER BY 1")},
    {
    listed(
        "SELECT DISTINCT coalesce(o.publisher, o.slug) AS v FROM citations c JOIN sources o ON o.id = c.source"
        " WHERE c.release = r.id AND c.stance = 'supports' ORDER BY 1"
    )
}) END"""

_SOURCES: Final = listed("""SELECT o.slug AS v FROM citations c JOIN sources o ON o.id = c.source
      WHERE c.detainee = p.detainee AND c.stance = 'supports'
    UNION SELECT o.slug FROM nationalities n JOIN citations c ON c.nationality = n.id JOIN sources o ON o.id = c.source
      WHERE n.detainee = p.detainee AND c.stance = 'supports'
    UNION SELECT o.slug FROM citations c JOIN sources o ON o.id = c.source
      WHERE c.detention = p.detention AND c.stance = 'supports'
    UNION SELECT o.slug FROM stays y JOIN citations c ON c.stay = y.id JOIN sources o ON o.id = c.source
      WHERE y.detention = p.detention AND c.stance = 'supports'
    UNION SELECT o.slug FROM releases s JOIN citations c ON c.release = s.id JOIN sources o ON o.id = c.source
      WHERE s.detention = p.detention AND s.status <> 'retracted' AND c.stance = 'supports' ORDER BY 1""")

RELEASE_SOURCES: Final = listed(
    "SELECT DISTINCT o.slug AS v FROM citations c JOIN sources o ON o.id = c.source"
    " WHERE c.release = p.release AND c.stance = 'supports' ORDER BY 1"
)


class Spec(NamedTuple):
    """A column: how it is shown, its SQL, what else it joins, and what becomes of its values.

    `several`: values joined by SEPARATOR; `doubts`: bits of possible standings. `named`: in public, only for people
    who may be named, and by the SQL `public` if there is one. `order` is what it sorts by, if not itself. `costs` are
    the columns of `standing` it needs that cost time of their own.
    """

    column: Column
    sql: str
    needs: str = ""
    makes: Literal["", "several", "doubts"] = ""
    named: bool = False
    public: str | None = None
    order: str | None = None
    costs: tuple[str, ...] = ()


SPECS: Final[dict[str, Spec]] = {
    spec.column.key: spec
    for spec in (
        Spec(Column("ref", N_("ref"), "ref"), "d.ref", named=True),
        Spec(Column("name", N_("name"), "name"), "coalesce(d.name, d.description)", order="d.name_key"),
        Spec(
            Column("other_names", N_("other names")),
            listed("SELECT n.name AS v FROM names n WHERE n.detainee = p.detainee ORDER BY n.name_key, n.id"),
            makes="several",
            named=True,
        ),
        Spec(Column("standing", N_("standing"), words="standing"), "p.standing"),
        Spec(Column("since", N_("since"), "date"), "p.since", costs=("since",)),
        Spec(Column("facility", N_("place")), "f.name", "f", order="f.name_key", costs=("facility",)),
        Spec(Column("state", N_("state")), "f.state", "f", costs=("facility",)),
        Spec(
            Column("nationalities", N_("nationalities")),
            "(SELECT group_concat(n.country, char(31)) FROM nationalities n WHERE n.detainee = p.detainee)",
            makes="several",
        ),
        Spec(Column("sex", N_("sex"), words="sex"), "d.sex"),
        Spec(Column("born", N_("born"), "date"), "d.born", named=True),
        Spec(Column("service", N_("service"), words="service"), "d.service"),
        Spec(
            Column("tags", N_("tags")),
            "(SELECT group_concat(g.tag, char(31)) FROM tags g WHERE g.detainee = p.detainee)",
            makes="several",
            named=True,
        ),
        Spec(Column("release_on", N_("released"), "date"), "r.released", "r"),
        Spec(Column("release_kind", N_("terms"), words="release_kind"), "r.kind", "r"),
        Spec(Column("release_basis", N_("basis"), words="release_basis"), "nullif(r.basis, 'unstated')", "r"),
        Spec(Column("release_status", N_("status"), words="release_status"), "r.status", "r"),
        Spec(
            Column("conditions", N_("conditions")),
            "r.conditions",
            "r",
            named=True,
            public="(SELECT w.conditions FROM terms w WHERE w.id = r.id)",
        ),
        Spec(Column("verified_by", N_("verified by")), _VERIFIED_BY, "r", makes="several"),
        Spec(Column("said_out", N_("said to be out"), words="release_status"), "p.said_out"),
        Spec(Column("sources", N_("sources")), _SOURCES, makes="several"),
        Spec(Column("uncertain", N_("could also be"), words="standing"), OTHER_BITS, makes="doubts"),
    )
}


def chosen(keys: Sequence[str] | None, default: Sequence[str], more: Collection[str] = ()) -> list[str]:
    """Return the columns to fetch; `more` are this list's own. Raises BadValue for one that does not exist."""
    if keys is None:
        return list(default)
    known = list(dict.fromkeys((*SPECS, *more)))
    if not keys:
        raise BadValue(_("--columns names no column."), hint=_("Columns: {keys}").format(keys=", ".join(known)))
    for key in keys:
        if key not in known:
            raise BadValue(
                _("There is no column {key} here.").format(key=quoted(key)),
                hint=_("Columns: {keys}").format(keys=", ".join(known)),
            )
    return list(keys)


def read_sort(sort: str | None, more: Collection[str] = ()) -> tuple[str, bool] | None:
    """Return the column to sort by and whether downward; `-since` is downward. Raises BadValue for an unknown one."""
    if sort is None:
        return None
    key = sort.removeprefix("-").strip()
    return chosen([key], (), more)[0], sort.startswith("-")


def joins(specs: Iterable[Spec]) -> str:
    """Return the joins that these columns need."""
    return " ".join(dict.fromkeys(_JOINS[spec.needs] for spec in specs if spec.needs))


def several(value: Cell) -> Cell:
    """Return the values of a joined cell, in alphabetical order."""
    if not isinstance(value, str) or not value:
        return None
    return tuple(sorted(value.split(SEPARATOR))) if SEPARATOR in value else (value,)
