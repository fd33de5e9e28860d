"""One place, one source: what is on record about it, and everything that hangs on it."""

from typing import Final

from tracker.domain.vocabulary import label
from tracker.i18n import N_, _, ngettext
from tracker.matching.places import find_facility
from tracker.matching.voices import find_source
from tracker.matching.who import owner
from tracker.reports.asked import Asked
from tracker.reports.listings import listed
from tracker.reports.standings import keys, opening
from tracker.store import Connection
from tracker.store import Row as Stored
from tracker.table import Column, Labelled, Row, Table

STAYS: Final = (
    Column("ref", N_("ref"), "ref"),
    Column("name", N_("name"), "name"),
    Column("since", N_("held there since"), "date"),
    Column("there", N_("there now"), words="yes_no"),
    Column("standing", N_("standing"), words="standing"),
)

CITED: Final = (
    Column("part", N_("record"), words="record_part"),
    Column("ref", N_("ref"), "ref"),
    Column("name", N_("name"), "name"),
    Column("field", N_("fact"), words="record_field"),
    Column("value", N_("as stated")),
    Column("stance", N_("stance"), words="stance"),
    Column("claimant", N_("who says so")),
    Column("locator", N_("where in it")),
)

PARTS: Final = {
    "detainee": "detainees",
    "nationality": "nationalities",
    "detention": "detentions",
    "stay": "stays",
    "release": "releases",
    "claim": "claims",
}


def facility(db: Connection, text: str, asked: Asked) -> Table:
    """Return who is and who was held in a place, under what is on record about it. Raises as `find_facility` does."""
    place = find_facility(db, text)
    start = opening(db, asked)
    rows = db.execute(
        f"""
        {start.sql}
        SELECT p.ref, coalesce(p.name, p.description), coalesce(s.since, iif(s.step = 1, d.began, NULL)),
            iif(h.facility = :place AND h.standing IN ({keys(asked.deprived)}), 'yes', 'no'),
            coalesce(h.standing, 'none')
        FROM stays s JOIN detentions d ON d.id = s.detention JOIN detainees p ON p.id = d.detainee AND p.excluded = 0
        LEFT JOIN hits h ON h.detainee = p.id
        WHERE s.facility = :place ORDER BY 4 DESC, p.name_key, s.since_from, s.id
        """,
        {**start.params, "place": place["id"]},
    ).fetchall()
    there = len({row[0] for row in rows if row[3] == "yes"})
    names = db.execute("SELECT name FROM facility_names WHERE facility = ? ORDER BY name_key", (place["id"],))
    others = ", ".join(name[0] for name in names)
    facts = [
        label("facility_kind", place["kind"]) if place["kind"] else "",
        *(place[column] or "" for column in ("state", "country", "note")),
        _("also: {names}").format(names=others) if others else "",
    ]
    table = listed(STAYS, [tuple(row) for row in rows], asked, empty=_("Nobody on record was held there."))
    title = f"{place['name']} · {place['ref']}\n" + " · ".join(fact for fact in facts if fact)
    held = ngettext("{n} person is held there now.", "{n} people are held there now.", there).format(n=there)
    return Table(STAYS, table.rows, title=title.strip(), total=table.total, foot=[held], empty=table.empty)


def source(db: Connection, text: str, asked: Asked) -> Table:
    """Return everything a source is cited for, under what is on record about it. Raises as `find_source` does."""
    found = find_source(db, text)
    cited = db.execute(
        "SELECT c.*, a.name AS who FROM citations c LEFT JOIN claimants a ON a.id = c.claimant"
        " WHERE c.source = ? ORDER BY c.id",
        (found["id"],),
    ).fetchall()
    table = listed(CITED, [_cited(db, row) for row in cited], asked, empty=_("Nothing cites this source."))
    facts = [
        found["title"],
        found["publisher"],
        found["author"],
        _("published {date}").format(date=found["published"] or _("on an unknown date")),
        found["accessed"] and _("read {date}").format(date=found["accessed"]),
        found["reliability"] and label("reliability", found["reliability"]),
        "" if found["public"] else _("not for publication"),
        found["url"],
        found["note"],
    ]
    title = f"{found['slug']} · {found['ref']}\n" + " · ".join(str(fact) for fact in facts if fact)
    return Table(CITED, table.rows, title=title, total=table.total, empty=table.empty)


def _cited(db: Connection, row: Stored) -> Row:
    """Return one citation as a row: the record it is about, whose it is, and what is stated."""
    part = next(name for name in PARTS if row[name] is not None)
    table = PARTS[part]
    record = db.execute(f"SELECT * FROM {table} WHERE id = ?", (row[part],)).fetchone()
    if part == "claim":
        claimant = db.execute("SELECT name FROM claimants WHERE id = ?", (record["claimant"],)).fetchone()
        ref, name, who = (
            record["ref"],
            Labelled(record["measure"], label("measure", record["measure"])),
            claimant["name"],
        )
    else:
        person = owner(db, table, record["id"]) or record
        name = person["name"] or person["description"]
        ref, who = (person["ref"] if part == "nationality" else record["ref"]), row["who"]
    value = row["value"] or (record["country"] if part == "nationality" else None)
    return part, ref, name, row["field"] or "record", value, row["stance"], who, row["locator"]
