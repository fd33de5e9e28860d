"""Deletion: for people and sources entered by mistake, and only for those.

Whoever was rightly entered is excluded or merged; a source that something cites stays.
"""

from typing import Final

from tracker.casework.citations import ABOUT
from tracker.casework.minors import take_back
from tracker.domain.vocabulary import label
from tracker.errors import Refused
from tracker.i18n import _
from tracker.matching.who import owner
from tracker.store import Change, Connection, Row

_OF_PERSON: Final = {
    "detentions": "SELECT id FROM detentions WHERE detainee = ?",
    "stays": "SELECT s.id FROM stays s JOIN detentions d ON d.id = s.detention WHERE d.detainee = ?",
    "releases": "SELECT r.id FROM releases r JOIN detentions d ON d.id = r.detention WHERE d.detainee = ?",
    "nationalities": "SELECT id FROM nationalities WHERE detainee = ?",
    "names": "SELECT id FROM names WHERE detainee = ?",
    "tags": "SELECT id FROM tags WHERE detainee = ?",
    "identifiers": "SELECT id FROM identifiers WHERE detainee = ?",
    "judgements": "SELECT id FROM judgements WHERE ? IN (one, other)",
}
"""Table → the rows that belong to a person."""


def dependants(db: Connection, person: str) -> list[str]:
    """Return what would go with a person beyond names and traits: detentions, stays, releases, verdicts."""
    rows = {
        table: db.execute(
            f"SELECT r.* FROM {table} r WHERE id IN ({_OF_PERSON[table]}) ORDER BY id", (person,)
        ).fetchall()
        for table in ("detentions", "stays", "releases", "judgements")
    }
    said = [_("detention {ref}").format(ref=row["ref"]) for row in rows["detentions"]]
    said += [_("stay {ref}").format(ref=row["ref"]) for row in rows["stays"]]
    said += [_("release {ref}").format(ref=row["ref"]) for row in rows["releases"]]
    said += [_("verdict on a pair ({why})").format(why=row["verdict"]) for row in rows["judgements"]]
    return said


def refuse_dependants(db: Connection, person: Row) -> None:
    """Raise Refused, naming what hangs on the person, if anything does."""
    depending = dependants(db, person["id"])
    if depending:
        raise Refused(
            _("{ref} is not empty:").format(ref=person["ref"]),
            candidates=depending,
            hint=_(
                "Deleting is for entries made by mistake. Use 'tracker detainee exclude' to leave somebody out of the"
                " counts, or --with-everything to delete all of this, too."
            ),
        )


def refuse_cited(db: Connection, source: Row) -> None:
    """Raise Refused, naming the records that cite the source and the evidence kept of it, if there are any."""
    cited = db.execute("SELECT * FROM citations WHERE source = ? ORDER BY id", (source["id"],)).fetchall()
    lines = [_citing(db, row) for row in cited]
    kept = db.execute("SELECT file_name FROM evidence WHERE source = ? ORDER BY id", (source["id"],)).fetchall()
    lines += [_("file {name}").format(name=row["file_name"]) for row in kept]
    if lines:
        raise Refused(
            _("{slug} ({ref}) is cited or kept on file:").format(slug=source["slug"], ref=source["ref"]),
            candidates=list(dict.fromkeys(lines)),
            hint=_("Only a source that nothing cites can be deleted. Correct it: tracker source edit {slug}").format(
                slug=source["slug"]
            ),
        )


def _citing(db: Connection, citation: Row) -> str:
    """Return the record that a citation is about, in a line: `release R-7k3m9q  Ana Ruiz`."""
    table, part = next((table, part) for table, part in ABOUT.items() if citation[part] is not None)
    row = db.execute(f"SELECT * FROM {table} WHERE id = ?", (citation[part],)).fetchone()
    person = owner(db, table, row["id"])
    ref = person["ref"] if table == "nationalities" and person else row["ref"]
    name = (person["name"] or person["description"]) if person else label("measure", row["measure"])
    return f"{label('record_part', part)} {ref}  {name}"


def delete_source(change: Change, source: Row) -> None:
    """Delete a source that nothing cites. Raises Refused as `refuse_cited` does."""
    refuse_cited(change.db, source)
    change.delete("sources", source["id"])


def delete_person(change: Change, person: Row, *, with_everything: bool = False) -> int:
    """Delete a person entered by mistake; return how many rows went with them.

    Raises Refused, naming what depends on the person, unless that goes too (`with_everything`).
    """
    if not with_everything:
        refuse_dependants(change.db, person)
    ids = {table: [row["id"] for row in change.db.execute(sql, (person["id"],))] for table, sql in _OF_PERSON.items()}
    ids["detainees"] = [person["id"]]
    gone = 0
    for table, about in ABOUT.items():
        for one in ids.get(table, ()):
            for row in change.db.execute(f"SELECT id FROM citations WHERE {about} = ?", (one,)).fetchall():
                change.delete("citations", row["id"])
                gone += 1
    for table in ("judgements", "releases", "stays", "detentions", "identifiers", "tags", "nationalities", "names"):
        for one in ids[table]:
            change.delete(table, one)
            gone += 1
    take_back(change, person["id"])
    change.delete("detainees", person["id"])
    return gone
