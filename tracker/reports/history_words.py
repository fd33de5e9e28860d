"""The log of a person or record for a reader: names, words and dates in place of columns, keys and ids.

A line for each fact; a citation, another name, a nationality, a tag or an identifier is one fact, whatever columns it
is kept in. Where a record stands in the record's own order, and when it was typed in, are left out.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, Final

from tracker.domain.countries import country_name
from tracker.domain.vocabulary import keys, label
from tracker.i18n import N_, _
from tracker.reports.person_records import Record
from tracker.store import Connection
from tracker.store.history import Entry
from tracker.store.schema import REF_LETTERS

PARTS: Final = {
    "detainees": "detainee",
    "nationalities": "nationality",
    "detentions": "detention",
    "stays": "stay",
    "releases": "release",
    "facilities": "facility",
    "sources": "source",
    "claimants": "claimant",
    "claims": "claim",
}
"""Table → what its rows are called (vocabulary `record_part`)."""

TABLES: Final = {part: table for table, part in PARTS.items()}
"""What points at a record, by the name of the column → its table."""

WHOLE: Final = {
    "citations": N_("citation"),
    "names": N_("other name"),
    "facility_names": N_("other name"),
    "claimant_names": N_("other name"),
    "nationalities": N_("nationality"),
    "tags": N_("tag"),
    "identifiers": N_("identifier"),
}
"""Tables whose rows are one fact of another record."""

FIELDS: Final = {
    ("detainees", "died"): "died_on",
    ("detainees", "excluded_reason"): "excluded",
    ("detentions", "began"): "detained_on",
    ("detentions", "place"): "arrest_place",
    ("stays", "since"): "facility_since",
    ("stays", "whereabouts_unknown"): "facility",
    ("releases", "released"): "released_on",
    ("releases", "kind"): "release_kind",
    ("releases", "basis"): "release_basis",
    ("releases", "status"): "release_status",
}
"""Columns whose fact has another name in the vocabulary `record_field`."""

LABELS: Final = {
    "description": N_("description"),
    "age_on": N_("day of the stated age"),
    "excluded": N_("excluded"),
    "grounds_by": N_("grounds according to"),
    "kind": N_("kind"),
    "state": N_("state"),
    "country": N_("country"),
    "slug": N_("slug"),
    "title": N_("title"),
    "publisher": N_("publisher"),
    "author": N_("author"),
    "url": N_("URL"),
    "published": N_("published"),
    "accessed": N_("read on"),
    "language": N_("language"),
    "reliability": N_("reliability"),
    "public": N_("public"),
    "default_status": N_("its word makes a release"),
    "house_arrest": N_("house arrest"),
    "rule": N_("counting rule"),
    "measure": N_("measure"),
    "min": N_("min"),
    "max": N_("max"),
    "qualifier": N_("qualifier"),
    "out_of": N_("out of"),
    "as_of": N_("as of"),
    "since": N_("since"),
    "scope": N_("scope"),
    "source": N_("source"),
    "claimant": N_("who says so"),
    "field": N_("fact"),
    "value": N_("as stated"),
    "stance": N_("stance"),
    "locator": N_("where in it"),
}

WORDS: Final = {
    **{("detainees", name): name for name in ("sex", "service")},
    **{(table, "publish"): "publish" for table in ("detainees", "detentions", "stays", "releases")},
    **{("detentions", name): name for name in ("cause", "stage")},
    **{("releases", name): f"release_{name}" for name in ("kind", "basis", "status")},
    ("facilities", "kind"): "facility_kind",
    ("sources", "reliability"): "reliability",
    ("claimants", "kind"): "claimant_kind",
    ("claimants", "default_status"): "release_status",
    ("claimants", "house_arrest"): "house_arrest_practice",
    ("claims", "measure"): "measure",
    ("claims", "qualifier"): "qualifier",
    ("citations", "stance"): "page_stance",
    ("citations", "field"): "record_field",
    ("judgements", "verdict"): "verdict",
}
"""Columns of keys, and their vocabularies."""

YES_NO: Final = ("excluded", "public")
UNSAID: Final = ("step", "entered")
POINTERS: Final = {"facility": "facilities", "source": "sources", "claimant": "claimants"}
OWNERS: Final = ("detainee", "detention", "nationality", "stay", "release", "claim", "facility", "claimant")
DEFAULTS: Final = {
    "excluded": 0,
    "whereabouts_unknown": 0,
    "basis": "unstated",
    "cause": "arrest",
    "scope": "{}",
    "house_arrest": "unknown",
    "public": 1,
}

Line = tuple[Entry, str, str, str | None, str | None]
"""The change, the record, the fact, before and after, in words."""


def in_words(db: Connection, entries: Iterable[Entry]) -> Iterator[Line]:
    """Yield a line for each fact that changed, in the order of the entries."""
    for _one, group in groupby(entries, key=lambda one: (one.seq, one.at, one.table, one.row, one.action)):
        found = list(group)
        first = found[0]
        if first.table in WHOLE and first.action in ("added", "removed"):
            added = first.action == "added"
            row = {one.field or "": one.after if added else one.before for one in found}
            owner, text = _owner(db, row), _whole(db, first.table, row)
            yield first, owner, _(WHOLE[first.table]), None if added else text, text if added else None
            continue
        for one in found:
            if one.field is None or not _silent(one):
                yield one, record_words(db, one.table, one.row), *_fact(db, one)


def record_words(db: Connection, table: str, identifier: str) -> str:
    """Return what a record is called: `release R-7k3m9q`; one that is gone has the end of its id for a ref."""
    part = label("record_part", PARTS[table]) if table in PARTS else _(WHOLE.get(table, table))
    if table == "nationalities":
        row = db.execute("SELECT country FROM nationalities WHERE id = ?", (identifier,)).fetchone()
        return f"{part} {country_name(row[0])}" if row else part
    if table not in REF_LETTERS:
        return part
    row = db.execute(f"SELECT ref FROM {table} WHERE id = ?", (identifier,)).fetchone()
    return f"{part} {row[0] if row else f'{REF_LETTERS[table]}-{identifier[-6:]}'}"


def _owner(db: Connection, row: dict[str, Any]) -> str:
    """Return the record that a row is a fact of."""
    owner = next(name for name in OWNERS if row.get(name) is not None)
    return record_words(db, TABLES[owner], row[owner])


def _whole(db: Connection, table: str, row: dict[str, Any]) -> str:
    """Return a row that is one fact, in a phrase."""
    if table == "nationalities":
        return country_name(row["country"])
    if table == "tags":
        return str(row["tag"])
    if table == "identifiers":
        return f"{row['scheme']}={row['value']}"
    if table == "citations":
        return _citation(db, row)
    kind = f" ({label('name_kind', row['kind'])})" if row.get("kind") else ""
    return f"{row['name']}{kind}"


def _citation(db: Connection, row: dict[str, Any]) -> str:
    """Return who says what: `Foro Penal (lista-2026-01-12) says so: released 2026-01-13 (page 4)`."""
    source = _pointed(db, "source", row["source"])
    voice = f"{_pointed(db, 'claimant', row['claimant'])} ({source})" if row.get("claimant") else source
    said = f"{voice}: {label('page_stance', row.get('stance') or 'supports')}"
    if row.get("field"):
        said += f", {label('record_field', row['field'])}"
        value = row.get("value")
        said += f" {Record('citation', '', None, None).words(row['field'], value)}" if value else ""
    return f"{said} ({row['locator']})" if row.get("locator") else said


def _pointed(db: Connection, column: str, identifier: str) -> str:
    table = POINTERS[column]
    name = "slug" if table == "sources" else "name"
    row = db.execute(f"SELECT {name} FROM {table} WHERE id = ?", (identifier,)).fetchone()
    return str(row[0]) if row else record_words(db, table, identifier)


def _silent(one: Entry) -> bool:
    """Tell whether a change says nothing to a reader: order, owners, and what every new record says."""
    if one.field in UNSAID:
        return True
    if one.action == "changed":
        return False
    value = one.after if one.action == "added" else one.before
    owner = one.field in OWNERS and (one.table, one.field) not in (("stays", "facility"), ("claims", "claimant"))
    return owner or (one.field in DEFAULTS and DEFAULTS[one.field] == value)


def _fact(db: Connection, one: Entry) -> tuple[str, str | None, str | None]:
    """Return the name of a fact, and its value before and after."""
    if one.field is None:
        return "", None, None
    key = FIELDS.get((one.table, one.field), one.field)
    if key in keys("record_field") and (one.table, one.field) != ("detainees", "excluded"):
        name = label("record_field", key)
    elif one.field in OWNERS and one.field not in LABELS:
        name = label("record_part", one.field)
    else:
        name = _(LABELS[one.field]) if one.field in LABELS else one.field.replace("_", " ")
    return name, _value(db, one, one.before), _value(db, one, one.after)


def _value(db: Connection, one: Entry, value: object) -> str | None:
    """Return a value in words."""
    if value is None:
        return None
    text, field = str(value), one.field or ""
    if (one.table, field) in WORDS:
        return label(WORDS[one.table, field], text)
    if field in YES_NO:
        return label("yes_no", "yes" if value else "no")
    if field == "whereabouts_unknown":
        return _("whereabouts unknown") if value else None
    return _name(db, field, text)


def _name(db: Connection, field: str, text: str) -> str | None:
    """Return what a country, a scope or another record is called; any other text as it is."""
    if field == "scope":
        from tracker.reports.claim_list import scope_said

        places = dict(db.execute("SELECT id, name FROM facilities").fetchall())
        return "; ".join(scope_said(text, places) or ()) or None
    if field in POINTERS:
        return _pointed(db, field, text)
    if field in TABLES:
        return record_words(db, TABLES[field], text)
    return country_name(text) if field == "country" else text
