"""The exported lists as tables: people, releases, sources, claims. Each streams, and each has a public form.

In public the tables are shadowed by what the public may see (`reports.public`): the same SQL runs on less.
"""

import json
from dataclasses import replace
from typing import Any, Final

from tracker.i18n import _, ngettext
from tracker.reports.asked import Asked
from tracker.reports.custody_lists import RELEASES
from tracker.reports.exporting import clearance, columns
from tracker.reports.exporting.clearance import shadows
from tracker.reports.exporting.everybody import Everybody
from tracker.reports.exporting.parts import blocks
from tracker.reports.exporting.streams import stream
from tracker.reports.foot import HASH_SHOWN, by_entry, pseudonym_sql, somebody_sql
from tracker.store import Connection, Store
from tracker.table import Row, Table

_RELEASES: Final = """
SELECT iif(d.ref IS NULL, NULL, r.ref), d.ref, d.name, r.released, r.kind, r.basis, r.status, {terms},
  (SELECT group_concat(name, char(31)) FROM (SELECT DISTINCT k.name AS name FROM citations c
    JOIN claimants k ON k.id = c.claimant WHERE c.release = r.id AND c.stance = 'supports' ORDER BY 1)),
  (SELECT group_concat(slug, char(31)) FROM (SELECT DISTINCT s.slug AS slug FROM citations c
    JOIN sources s ON s.id = c.source WHERE c.release = r.id AND c.stance = 'supports' ORDER BY 1)),
  {called}
FROM detainees d CROSS JOIN detentions t ON t.detainee = d.id CROSS JOIN releases r ON r.detention = t.id {more}
WHERE d.excluded = 0 ORDER BY {order}, coalesce(t.began_from, t.began_to, ''), t.id, r.step, r.id"""

_SOURCES: Final = """
SELECT slug, title, publisher, author, url, coalesce(published, 'unknown'), accessed, language, reliability,
  iif(public, 'yes', 'no'), note FROM sources{where} ORDER BY slug"""

_CLAIMS: Final = """
SELECT k.name, m.measure, m.min, m.max, m.qualifier, m.out_of, m.as_of, m.since, m.scope, s.slug, c.locator, m.note
FROM claims m JOIN claimants k ON k.id = m.claimant
LEFT JOIN citations c ON c.claim = m.id AND c.stance = 'supports' LEFT JOIN sources s ON s.id = c.source
ORDER BY m.as_of_from IS NULL, m.as_of_from, k.name, m.measure, m.id, s.slug"""

REMAINING: Final = (
    *(
        "ref",
        "name",
        "other_names",
        "standing",
        "since",
        "facility",
        "state",
        "nationalities",
        "sex",
        "born",
        "service",
    ),
    *("tags", "release_on", "release_kind", "release_status", "said_out", "sources", "uncertain"),
)
"""The columns of `tracker remaining` that its export has."""

SCOPE: Final = ("nationality", "dual", "facility", "tag", "sex", "service")


def list_table(store: Store, db: Connection, asked: Asked) -> Table:
    """Return everybody who is not excluded as the canonical list."""
    tables, params = shadows(db, asked) if asked.public else ("", {})
    plain = not tables and asked.known_by is None and asked.published_by is None
    pseudonym = pseudonym_sql(asked, "d.id") if asked.public else ""
    everybody = Everybody(db, tables, params, own=plain, pseudonym=pseudonym)
    warning = clearance.of_people(db, asked)
    return Table(
        columns.LIST,
        everybody.rows(),
        title=_("Everybody on record"),
        foot=[*_excluded(db, asked), *_disputed(db), *_foot(asked), *warning],
        empty=_("Nobody is on record yet."),
        private=bool(warning),
        blocks=(lambda: blocks(store, db)) if plain else everybody.blocks,
    )


def releases_table(db: Connection, asked: Asked) -> Table:
    """Return every release of everybody who is not excluded, retracted ones too, in order of entry of the people."""
    tables, params = shadows(db, asked) if asked.public else ("", {})

    terms, more, order, called = "r.conditions, r.freed_at", "", "d.id", "d.description"
    if asked.public:
        terms, more = "x.conditions, x.freed_at", "LEFT JOIN terms x ON x.id = r.id"
        order, called = f"d.ref IS NULL, {by_entry(asked, 'd.id')}", somebody_sql(asked)

    def row(found: tuple[Any, ...]) -> Row:
        name = found[2] if found[2] is not None else found[11]
        return (*found[:2], name, *found[3:9], _several(found[9]), _several(found[10]))

    warning = clearance.of_people(db, asked)
    return Table(
        RELEASES,
        map(row, stream(db, tables + _RELEASES.format(terms=terms, more=more, order=order, called=called), params)),
        title=_("Releases on record"),
        foot=[*_excluded(db, asked), *_foot(asked), *warning],
        empty=_("No release is on record yet."),
        private=bool(warning),
    )


def sources_table(db: Connection, asked: Asked) -> Table:
    """Return the sources; in public only those that are public."""
    tables, params = shadows(db, asked) if asked.public else ("", {})
    hidden = db.execute("SELECT count(*) FROM sources WHERE NOT public").fetchone()[0]
    sql = _SOURCES.format(where=" WHERE public" if asked.public else "")
    left_out = ngettext(
        "{n} source that is not public is left out.", "{n} sources that are not public are left out.", hidden
    )
    warning = clearance.of_texts(db, asked, "SELECT 1 FROM sources WHERE NOT public OR note IS NOT NULL")
    return Table(
        columns.SOURCES,
        stream(db, tables + sql, params),
        title=_("Sources on record"),
        foot=[*([left_out.format(n=hidden)] if asked.public and hidden else []), *_foot(asked), *warning],
        empty=_("There is no source on record yet."),
        private=bool(warning),
    )


def claims_table(db: Connection, asked: Asked) -> Table:
    """Return the claims, one row for each source they stand in."""
    tables, params = shadows(db, asked) if asked.public else ("", {})
    facilities: dict[str, str] = dict(stream(db, f"{tables} SELECT id, name FROM facilities", params))

    def row(found: tuple[Any, ...]) -> Row:
        scope = json.loads(found[8])
        said = (_joined(scope.get(name), facilities if name == "facility" else {}) for name in SCOPE)
        note = None if asked.public else found[11]
        return (*found[:8], *said, found[9], found[10], note)

    warning = clearance.of_texts(db, asked, "SELECT 1 FROM claims WHERE note IS NOT NULL")
    return Table(
        columns.CLAIMS,
        map(row, stream(db, tables + _CLAIMS, params)),
        title=_("Claims on record"),
        foot=[*_foot(asked), *warning],
        empty=_("No claim on record."),
        private=bool(warning),
    )


def marked(table: Table, db: Connection, asked: Asked) -> Table:
    """Return a question's table, marked private where it holds anybody not cleared for publication."""
    warning = clearance.of_people(db, asked)
    return replace(table, private=bool(warning), foot=[*table.foot, *warning])


def _joined(value: Any, names: dict[str, str]) -> str | None:
    """Return the value (or values) of a claim's scope as a cell, ids as names."""
    if value is None:
        return None
    values = value if isinstance(value, list) else [value]
    return "; ".join(names.get(str(one), str(one)) for one in values)


def _several(text: str | None) -> tuple[str, ...] | None:
    return None if text is None else tuple(text.split("\x1f"))


def _excluded(db: Connection, asked: Asked) -> list[str]:
    if asked.public:  # as in every public question: how many people are left out is not said
        return [_("People who asked not to be counted are left out; how many is not said.")]
    n = db.execute("SELECT count(*) FROM detainees WHERE excluded = 1").fetchone()[0]
    said = ngettext("{n} excluded person is not in it.", "{n} excluded people are not in it.", n)
    return [said.format(n=n)] if n else []


def _disputed(db: Connection) -> list[str]:
    n = db.execute("SELECT count(*) FROM citations WHERE stance = 'disputes' AND claim IS NULL").fetchone()[0]
    said = ngettext(
        "{n} disputing citation does not fit a list's columns; 'tracker export all' holds everything.",
        "{n} disputing citations do not fit a list's columns; 'tracker export all' holds everything.",
        n,
    )
    return [said.format(n=n)] if n else []


def _foot(asked: Asked) -> list[str]:
    """Return the record and the changeset that the list stands for, and what it leaves out for the public."""
    lines = []
    if asked.known_by is not None:
        lines.append(_("As this record knew it by {known}.").format(known=asked.known_by))
    if asked.public:
        lines.append(_("For publication: names only of people who may be named; withheld people are left out."))
    record = asked.record
    return [
        *lines,
        _("{file}, change {seq} ({hash}).").format(
            file=record.file, seq=record.changeset, hash=record.hash[:HASH_SHOWN] or "–"
        ),
    ]
