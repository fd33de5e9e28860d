"""The columns of lists that go in and out: keys are an interface, what `export` writes and what an import maps to."""

from typing import Final

LIST: Final = (
    *(
        "ref",
        "detention",
        "name",
        "other_names",
        "sex",
        "born",
        "age",
        "nationalities",
        "service",
        "occupation",
        "tags",
    ),
    *("identifier", "detained_on", "arrest_place", "authority", "facility", "facility_since", "charges", "stage"),
    *("sentence", "sentence_ends", "released_on", "release_kind", "release_basis", "release_status", "conditions"),
    *("freed_at", "retaken_on", "died_on", "publish", "note", "source", "claimant", "locator"),
)
"""The canonical list: a row per detention, and one for each further release, transfer or source."""

CLAIMS: Final = (
    *("claimant", "measure", "min", "max", "qualifier", "out_of", "as_of", "since", "nationality", "dual", "facility"),
    *("tag", "sex", "service", "source", "locator", "note"),
)
"""Counts that somebody stated, one row per citation."""

SOURCES: Final = (
    *("slug", "title", "publisher", "author", "url", "published", "accessed", "language", "reliability", "public"),
    "note",
)

CLAIMANTS: Final = ("name", "kind", "other_names", "default_status", "house_arrest", "country", "note")

FACILITIES: Final = ("name", "other_names", "kind", "state", "country")

CITATIONS: Final = (
    *("ref", "detention", "about", "release", "field", "value", "stance", "source", "claimant", "locator"),
)
"""Citations that a list's own columns cannot hold: of one field, or against a record."""

FIELDS_OF: Final[dict[str, tuple[str, ...]]] = {
    "detainee": ("name", "sex", "born", "age", "service", "occupation", "died_on"),
    "nationality": ("nationalities",),
    "detention": ("detained_on", "arrest_place", "authority", "charges", "stage", "sentence", "sentence_ends"),
    "stay": ("facility", "facility_since"),
    "release": ("released_on", "release_kind", "release_basis", "release_status", "conditions", "freed_at"),
}
"""Record → the list columns that speak of it."""

STORED_AS: Final = {
    "detained_on": "began",
    "arrest_place": "place",
    "facility_since": "since",
    "released_on": "released",
    "release_kind": "kind",
    "release_basis": "basis",
    "release_status": "status",
    "died_on": "died",
}
"""List column → the record's own column, where their names differ."""

DATES: Final = frozenset({
    *("born", "detained_on", "facility_since", "sentence_ends", "released_on", "retaken_on", "died_on"),
    *("as_of", "since", "published", "accessed"),
})  # fmt: skip
"""Columns that hold dates."""

WHEREABOUTS_UNKNOWN: Final = "unknown whereabouts"
"""What the column `facility` says where nobody knows where a person is held."""
