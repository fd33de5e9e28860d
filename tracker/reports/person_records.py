"""The records of a person's page: who, nationalities, detentions, stays, releases, and what is cited for each."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from tracker.domain.countries import country_name
from tracker.domain.lists import WHEREABOUTS_UNKNOWN
from tracker.domain.vocabulary import label
from tracker.i18n import _
from tracker.store import Connection, Row, support

RELEASES: Final = f"""
    SELECT r.*, {support.of(support.QUOTED, "r")} AS quoted FROM releases r WHERE r.detention = ? ORDER BY r.step, r.id
"""

WORDED: Final = (
    *("sex", "service", "publish", "cause", "stage"),
    *("release_kind", "release_basis", "release_status"),
)
"""Fields whose values are keys of the vocabulary of the same name."""

TABLES: Final = {
    "detainee": "detainees",
    "nationality": "nationalities",
    "detention": "detentions",
    "stay": "stays",
    "release": "releases",
}
"""Where the records of a page stand, by their kind."""

UNDATED: Final = ("detained_on", "released_on")
UNKNOWN: Final = "unknown"


@dataclass(frozen=True)
class Record:
    """One record on the page: its kind, ref, date, and its facts as (field, value), values as keys.

    `quoted`: a release verified only through somebody else's publication. `again`: a detention after the first.
    """

    part: str
    id: str
    ref: str | None
    on: str | None
    facts: list[tuple[str, str]] = field(default_factory=list)
    quoted: bool = False
    again: bool = False

    def words(self, name: str, value: str) -> str:
        """Return a value of one of its fields as a person reads it, in the language in force."""
        if name == "release_status" and self.quoted and value == "verified":
            return _("verified (quoted)")
        if name in WORDED:
            return label(name, value)
        if name == "nationalities":
            return country_name(value)
        if name == "facility" and value == WHEREABOUTS_UNKNOWN:
            return _("whereabouts unknown")
        return _("unknown date") if name in UNDATED and value == UNKNOWN else value


@dataclass(frozen=True)
class Citation:
    """What one source says of a record or of one field of it."""

    field: str | None
    value: str | None
    stance: str
    claimant: str | None
    source: str
    locator: str | None


def citations(db: Connection, part: str, record: str) -> list[Citation]:
    """Return what is cited for one record, supporting first, in order of publication."""
    rows = db.execute(
        f"""
        SELECT c.field, c.value, c.stance, a.name, s.slug, c.locator
        FROM citations c JOIN sources s ON s.id = c.source LEFT JOIN claimants a ON a.id = c.claimant
        WHERE c.{part} = ?
        ORDER BY c.stance DESC, s.published_from IS NULL, s.published_from, s.slug, c.id
        """,
        (record,),
    )
    return [Citation(*row) for row in rows]


def is_uncited(db: Connection, record: Record) -> bool:
    """Return whether nothing is cited for a record, as `store.support` defines it."""
    table = TABLES[record.part]
    sql = f"SELECT {support.of(support.UNCITED[record.part], 'r')} FROM {table} r WHERE r.id = ?"
    return bool(db.execute(sql, (record.id,)).fetchone()[0])


def _facts(*pairs: tuple[str, object]) -> list[tuple[str, str]]:
    return [(name, " / ".join(str(value).splitlines())) for name, value in pairs if value not in (None, "")]


def _person_record(db: Connection, person: Row) -> Record:
    several = {
        "other_names": "SELECT name FROM names WHERE detainee = ? ORDER BY kind, name_key",
        "tags": "SELECT tag FROM tags WHERE detainee = ? ORDER BY tag",
        "identifiers": "SELECT scheme || '=' || value FROM identifiers WHERE detainee = ? ORDER BY 1",
    }
    lists = {name: "; ".join(row[0] for row in db.execute(sql, (person["id"],))) for name, sql in several.items()}
    age = f"{person['age']} ({person['age_on']})" if person["age"] is not None and person["age_on"] else person["age"]
    return Record(
        "detainee",
        person["id"],
        person["ref"],
        None,
        _facts(
            ("name", person["name"] or person["description"]),
            ("other_names", lists["other_names"]),
            ("sex", person["sex"]),
            ("born", person["born"]),
            ("age", age),
            ("service", person["service"]),
            ("occupation", person["occupation"]),
            ("tags", lists["tags"]),
            ("identifier", lists["identifiers"]),
            ("publish", person["publish"]),
            ("died_on", person["died"]),
            ("died_place", person["died_place"]),
            ("died_cause", person["died_cause"]),
            ("excluded", person["excluded_reason"] if person["excluded"] else None),
            ("note", person["note"]),
        ),
    )


def _detention_record(row: Row, *, again: bool) -> Record:
    return Record(
        "detention",
        row["id"],
        row["ref"],
        row["began"],
        _facts(
            ("detained_on", row["began"] or UNKNOWN),
            ("cause", row["cause"]),
            ("arrest_place", row["place"]),
            ("authority", row["authority"]),
            ("charges", row["charges"]),
            ("stage", row["stage"]),
            ("sentence", row["sentence"]),
            ("sentence_ends", row["sentence_ends"]),
            ("grounds", row["grounds"]),
            ("publish", row["publish"]),
            ("note", row["note"]),
        ),
        again=again,
    )


def _stay_record(row: Row) -> Record:
    place = WHEREABOUTS_UNKNOWN if row["whereabouts_unknown"] else row["facility_name"]
    return Record("stay", row["id"], row["ref"], row["since"], _facts(("facility", place), ("note", row["note"])))


def _release_record(row: Row) -> Record:
    return Record(
        "release",
        row["id"],
        row["ref"],
        row["released"],
        _facts(
            ("released_on", row["released"] or UNKNOWN),
            ("release_kind", row["kind"]),
            ("release_basis", "" if row["basis"] == "unstated" else row["basis"]),
            ("release_status", row["status"]),
            ("conditions", row["conditions"]),
            ("freed_at", row["freed_at"]),
            ("publish", row["publish"]),
            ("publish_from", row["publish_from"]),
            ("note", row["note"]),
        ),
        quoted=bool(row["quoted"]),
    )


def records(db: Connection, person: Row) -> Iterator[Record]:
    """Yield the records of a person in the order of the page: who, nationalities, then each detention in time order."""
    yield _person_record(db, person)
    for row in db.execute("SELECT * FROM nationalities WHERE detainee = ? ORDER BY country", (person["id"],)):
        yield Record("nationality", row["id"], None, None, [("nationalities", row["country"])])
    held = db.execute(
        "SELECT * FROM detentions WHERE detainee = ? ORDER BY coalesce(began_from, began_to, ''), id", (person["id"],)
    ).fetchall()
    for place, detention in enumerate(held):
        yield _detention_record(detention, again=place > 0)
        stays = db.execute(
            "SELECT s.*, f.name AS facility_name FROM stays s LEFT JOIN facilities f ON f.id = s.facility"
            " WHERE s.detention = ? ORDER BY s.step, s.id",
            (detention["id"],),
        )
        yield from map(_stay_record, stays.fetchall())
        releases = db.execute(RELEASES, (detention["id"],))
        yield from map(_release_record, releases.fetchall())
