"""The records of a person's page: who, nationalities, detentions, stays, releases, and what is cited for each."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from tracker.domain.vocabulary import label
from tracker.i18n import _
from tracker.store import Connection, Row, support

RELEASES: Final = f"""
    SELECT r.*, {support.of(support.QUOTED, "r")} AS quoted FROM releases r WHERE r.detention = ? ORDER BY r.step, r.id
"""


@dataclass(frozen=True)
class Record:
    """One record on the page: its kind, ref, date, and its facts as (field, value)."""

    part: str
    id: str
    ref: str | None
    on: str | None
    facts: list[tuple[str, str | None]] = field(default_factory=list)


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


def _facts(*pairs: tuple[str, object]) -> list[tuple[str, str | None]]:
    return [(name, str(value)) for name, value in pairs if value not in (None, "")]


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
            ("sex", person["sex"] and label("sex", person["sex"])),
            ("born", person["born"]),
            ("age", age),
            ("service", person["service"] and label("service", person["service"])),
            ("occupation", person["occupation"]),
            ("tags", lists["tags"]),
            ("identifier", lists["identifiers"]),
            ("publish", person["publish"] and label("publish", person["publish"])),
            ("died_on", person["died"]),
            ("died_place", person["died_place"]),
            ("died_cause", person["died_cause"]),
            ("excluded", person["excluded_reason"] if person["excluded"] else None),
            ("note", person["note"]),
        ),
    )


def _detention_record(row: Row) -> Record:
    return Record(
        "detention",
        row["id"],
        row["ref"],
        row["began"],
        _facts(
            ("detained_on", row["began"] or _("unknown date")),
            ("cause", label("cause", row["cause"])),
            ("arrest_place", row["place"]),
            ("authority", row["authority"]),
            ("charges", row["charges"]),
            ("stage", row["stage"] and label("stage", row["stage"])),
            ("sentence", row["sentence"]),
            ("sentence_ends", row["sentence_ends"]),
            ("grounds", row["grounds"]),
            ("publish", row["publish"] and label("publish", row["publish"])),
            ("note", row["note"]),
        ),
    )


def _stay_record(row: Row) -> Record:
    place = _("whereabouts unknown") if row["whereabouts_unknown"] else row["facility_name"]
    return Record("stay", row["id"], row["ref"], row["since"], _facts(("facility", place), ("note", row["note"])))


def _release_record(row: Row) -> Record:
    kind = label("release_kind", row["kind"])
    status = _("verified (quoted)") if row["quoted"] else label("release_status", row["status"])
    basis = "" if row["basis"] == "unstated" else label("release_basis", row["basis"])
    return Record(
        "release",
        row["id"],
        row["ref"],
        row["released"],
        _facts(
            ("released_on", row["released"] or _("unknown date")),
            ("release_kind", kind),
            ("release_basis", basis),
            ("release_status", status),
            ("conditions", row["conditions"]),
            ("freed_at", row["freed_at"]),
            ("publish", row["publish"] and label("publish", row["publish"])),
            ("publish_from", row["publish_from"]),
            ("note", row["note"]),
        ),
    )


def records(db: Connection, person: Row) -> Iterator[Record]:
    """Yield the records of a person in the order of the page: who, nationalities, then each detention in time order."""
    yield _person_record(db, person)
    for row in db.execute("SELECT * FROM nationalities WHERE detainee = ? ORDER BY country", (person["id"],)):
        from tracker.domain.countries import country_name
        from tracker.i18n import language

        yield Record(
            "nationality", row["id"], None, None, [("nationalities", country_name(row["country"], language()))]
        )
    held = db.execute(
        "SELECT * FROM detentions WHERE detainee = ? ORDER BY coalesce(began_from, began_to, ''), id", (person["id"],)
    ).fetchall()
    for detention in held:
        yield _detention_record(detention)
        stays = db.execute(
            "SELECT s.*, f.name AS facility_name FROM stays s LEFT JOIN facilities f ON f.id = s.facility"
            " WHERE s.detention = ? ORDER BY s.step, s.id",
            (detention["id"],),
        )
        yield from map(_stay_record, stays.fetchall())
        releases = db.execute(RELEASES, (detention["id"],))
        yield from map(_release_record, releases.fetchall())
