"""The plain lists of detentions and releases: one row per record, with who said it and where."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from tracker.domain.text import quoted
from tracker.domain.vocabulary import label, read
from tracker.errors import BadValue
from tracker.i18n import N_, _
from tracker.matching.who import find_person
from tracker.store import Connection
from tracker.table import Column, Labelled, Row, Table

RELEASES: Final = (
    Column("ref", N_("ref"), "ref"),
    Column("detainee", N_("person"), "ref"),
    Column("name", N_("name"), "name"),
    Column("on", N_("released"), "date"),
    Column("kind", N_("terms"), words="release_kind"),
    Column("basis", N_("basis"), words="release_basis"),
    Column("status", N_("status"), words="release_status"),
    Column("conditions", N_("conditions")),
    Column("freed_at", N_("freed at")),
    Column("claimants", N_("who says so")),
    Column("sources", N_("sources")),
)

DETENTIONS: Final = (
    Column("ref", N_("ref"), "ref"),
    Column("detainee", N_("person"), "ref"),
    Column("name", N_("name"), "name"),
    Column("on", N_("arrested"), "date"),
    Column("place", N_("place of arrest")),
    Column("authority", N_("arrested by")),
    Column("cause", N_("cause"), words="cause"),
    Column("charges", N_("charges")),
    Column("stage", N_("legal stage"), words="stage"),
    Column("sentence", N_("sentence")),
    Column("sentence_ends", N_("sentence ends"), "date"),
    Column("facilities", N_("held at")),
    Column("released", N_("released"), "date"),
    Column("release_status", N_("status"), words="release_status"),
    Column("claimants", N_("who says so")),
    Column("sources", N_("sources")),
)

LOST: Final = "whereabouts_unknown"
"""What stands for the place of a stay that nobody knows: a key, of the vocabulary `standing`."""

_SEPARATOR: Final = "char(31)"  # never part of a stored text

_CITED: Final = """
(SELECT group_concat(name, {separator}) FROM (SELECT DISTINCT a.name AS name FROM citations c
  JOIN claimants a ON a.id = c.claimant WHERE c.{about} = {row} AND c.field IS NULL AND c.stance = 'supports'
  ORDER BY a.name)) AS claimants,
(SELECT group_concat(slug, {separator}) FROM (SELECT DISTINCT s.slug AS slug FROM citations c
  JOIN sources s ON s.id = c.source WHERE c.{about} = {row} AND c.stance = 'supports' ORDER BY s.slug)) AS sources
"""

_RELEASES: Final = f"""
SELECT r.ref, p.ref AS detainee, coalesce(p.name, p.description) AS name, r.released AS "on", r.kind, r.basis, r.status,
  r.conditions, r.freed_at, {_CITED.format(about="release", row="r.id", separator=_SEPARATOR)}
FROM releases r JOIN detentions d ON d.id = r.detention JOIN detainees p ON p.id = d.detainee
"""

_DETENTIONS: Final = f"""
SELECT d.ref, p.ref AS detainee, coalesce(p.name, p.description) AS name, d.began AS "on", d.place, d.authority,
  d.cause, d.charges, d.stage, d.sentence, d.sentence_ends,
  (SELECT group_concat(place, {_SEPARATOR}) FROM (SELECT coalesce(f.name, :lost) AS place FROM stays y
    LEFT JOIN facilities f ON f.id = y.facility WHERE y.detention = d.id ORDER BY y.step, y.id)) AS facilities,
  x.released, x.status AS release_status,
  {_CITED.format(about="detention", row="d.id", separator=_SEPARATOR)}
FROM detentions d JOIN detainees p ON p.id = d.detainee
LEFT JOIN releases x ON x.id = (SELECT id FROM releases WHERE detention = d.id AND status <> 'retracted'
  ORDER BY status <> 'verified', step, id LIMIT 1)
"""

_SEVERAL: Final = frozenset({"claimants", "sources", "facilities"})


def releases(
    db: Connection,
    *,
    who: str | None = None,
    window: tuple[str | None, str | None] = (None, None),
    statuses: Sequence[str] = (),
    kinds: Sequence[str] = (),
    sort: str | None = None,
    limit: int | None = None,
) -> Table:
    """Return the releases on record, retracted ones too, by date.

    `window` keeps those whose date can lie between two moments (an unknown date never does), `statuses` and `kinds`
    those of these words. Raises BadValue for a word of no vocabulary, NotFound for nobody on record.
    """
    wheres, params = _of(db, who)
    first, last = window
    if first is not None:
        wheres.append("r.released_to >= :first")
        params["first"] = first
    if last is not None:
        wheres.append("r.released IS NOT NULL AND coalesce(r.released_from, r.released_to) <= :last")
        params["last"] = last
    for column, vocabulary, words in (("status", "release_status", statuses), ("kind", "release_kind", kinds)):
        if words:
            chosen = {f"{column}{n}": read(vocabulary, word) for n, word in enumerate(words)}
            wheres.append(f"r.{column} IN ({', '.join(':' + name for name in chosen)})")
            params |= chosen
    order = "coalesce(r.released_from, r.released_to) IS NULL, coalesce(r.released_from, r.released_to), name, r.id"
    return _table(db, RELEASES, _RELEASES, of=(wheres, params), order=_order(RELEASES, sort, order), limit=limit)


def detentions(db: Connection, *, who: str | None = None, sort: str | None = None, limit: int | None = None) -> Table:
    """Return the detentions on record by date of arrest, with stays and the release that ended each, or may have.

    Raises NotFound for nobody on record.
    """
    wheres, params = _of(db, who)
    params["lost"] = LOST
    order = "coalesce(d.began_from, d.began_to, ''), name, d.id"
    return _table(db, DETENTIONS, _DETENTIONS, of=(wheres, params), order=_order(DETENTIONS, sort, order), limit=limit)


def _of(db: Connection, who: str | None) -> tuple[list[str], dict[str, Any]]:
    """Return the condition that keeps one person's records."""
    if who is None:
        return [], {}
    return ["p.id = :person"], {"person": find_person(db, who, partial=True)["id"]}


def _order(columns: Sequence[Column], sort: str | None, usual: str) -> str:
    """Return the SQL order for `--sort COLUMN` (downward with a dash before it). Raises BadValue."""
    if sort is None:
        return usual
    key, downward = sort.removeprefix("-"), sort.startswith("-")
    if key not in {column.key for column in columns}:
        raise BadValue(
            _("There is no column {key} here.").format(key=quoted(key)),
            hint=_("Columns: {keys}").format(keys=", ".join(column.key for column in columns)),
        )
    return f'"{key}" IS NULL, "{key}" {"DESC" if downward else "ASC"}, {usual}'


def _table(
    db: Connection,
    columns: Sequence[Column],
    sql: str,
    *,
    of: tuple[list[str], dict[str, Any]],
    order: str,
    limit: int | None,
) -> Table:
    wheres, params = of
    kept = f" WHERE {' AND '.join(wheres)}" if wheres else ""
    source = sql.partition("\nFROM ")[2]
    total: int = db.execute(f"SELECT count(*) FROM {source}{kept}", {"lost": None, **params}).fetchone()[0]
    page = "" if limit is None else f" LIMIT {int(limit)}"
    cursor = db.execute(f"{sql}{kept} ORDER BY {order}{page}", params)
    split = _splitter([column.key for column in columns])
    return Table(columns, (split(row) for row in cursor), total=total, empty=_("Nothing is on record here."))


def _splitter(keys: Sequence[str]) -> Callable[[Any], Row]:
    places = {place for place, key in enumerate(keys) if key in _SEVERAL}

    def split(row: Any) -> Row:
        return tuple(
            tuple(map(_one, cell.split("\x1f"))) if place in places and cell is not None else cell
            for place, cell in enumerate(row)
        )

    return split


def _one(text: str) -> str:
    return Labelled(text, label("standing", text)) if text == LOST else text
