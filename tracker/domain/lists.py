"""The columns of lists that go in and out, and the headers by which a list's columns are known.

Keys are an interface: what `export` writes and what an import maps to. A header is compared folded
(`names.fold`), so that case, accents, underscores and punctuation do not matter. No header means two columns of one
kind of list (tested).
"""

from functools import cache
from typing import Final

from tracker.domain.names import fold

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

_HEADERS: Final[dict[str, tuple[str, ...]]] = {
    "ref": ("reference", "referencia", "clave"),
    "detention": ("detention number", "número de detención", "detención"),
    "name": (
        "full name",
        "nombre",
        "nombre completo",
        "nombre y apellido",
        "nombres y apellidos",
        "nombre y apellidos",
    ),
    "other_names": ("other name", "otros nombres", "otro nombre", "aliases", "también conocido como"),
    "sex": ("gender", "sexo", "género"),
    "born": ("date of birth", "birth date", "birthdate", "fecha de nacimiento", "nacimiento"),
    "age": ("edad",),
    "nationalities": ("nationality", "nacionalidad", "nacionalidades"),
    "service": ("civilian or military", "civil o militar", "servicio"),
    "occupation": ("profession", "ocupación", "profesión", "oficio"),
    "tags": ("tag", "etiqueta", "etiquetas"),
    "identifier": ("identifiers", "identificador", "identificadores"),
    "detained_on": (
        *("date of arrest", "arrest date", "arrested on", "date of detention", "detention date", "detained since"),
        *("fecha de detención", "fecha del arresto", "detenido el", "detenida el", "fecha de arresto"),
    ),
    "arrest_place": ("place of arrest", "lugar del arresto", "lugar de arresto", "lugar de la detención"),
    "authority": ("arrested by", "arresting authority", "autoridad", "organismo", "cuerpo que detuvo", "detenido por"),
    "facility": (
        *("prison", "place of detention", "held at", "cárcel", "prisión", "centro de reclusión", "sitio de reclusión"),
        *("lugar de reclusión", "recinto", "centro penitenciario"),
    ),
    "facility_since": ("in facility since", "recluido desde", "recluida desde", "en el recinto desde"),
    "charges": ("charge", "cargos", "delitos", "delito", "delitos imputados"),
    "stage": ("legal stage", "etapa procesal", "situación procesal", "estado procesal"),
    "sentence": ("condena", "pena"),
    "sentence_ends": ("end of sentence", "sentence end", "fin de la condena", "fin de la pena", "fin de condena"),
    "released_on": (
        *("release date", "date of release", "released", "fecha de excarcelación", "fecha de liberación"),
        *("excarcelado el", "excarcelada el"),
    ),
    "release_kind": ("kind of release", "tipo de excarcelación", "tipo de libertad"),
    "release_basis": ("basis of release", "motivo de la excarcelación", "motivo de excarcelación"),
    "release_status": ("status of release", "estado de la excarcelación"),
    "conditions": ("measures", "medidas", "condiciones"),
    "freed_at": ("place of release", "freed in", "lugar de liberación", "lugar de la excarcelación"),
    "retaken_on": ("rearrested on", "fecha de reaprehensión", "reaprehendido el", "redetenido el"),
    "died_on": ("date of death", "fecha de muerte", "fecha de fallecimiento", "fallecimiento"),
    "publish": ("publish level", "publicar", "publicación", "nivel de publicación"),
    "note": ("notes", "remarks", "nota", "notas", "observaciones", "comentarios"),
    "source": ("fuente",),
    "claimant": ("said by", "stated by", "quien lo afirma", "declarante", "lo afirma"),
    "locator": ("where in the source", "lugar en la fuente", "página", "page"),
    "measure": ("what is counted", "medida", "qué se cuenta"),
    "min": ("minimum", "at least", "mínimo"),
    "max": ("maximum", "at most", "máximo"),
    "qualifier": ("calificador", "matiz"),
    "out_of": ("de un total de",),
    "as_of": ("date", "as of date", "fecha", "al día"),
    "since": ("desde",),
    "nationality": ("nacionalidad",),
    "dual": ("dual national", "doble nacionalidad"),
    "tag": ("etiqueta",),
    "slug": ("clave de la fuente",),
    "title": ("título",),
    "publisher": ("medio", "editor"),
    "author": ("autor", "autora"),
    "url": ("link", "address", "enlace", "dirección"),
    "published": ("published on", "publicado", "publicada", "fecha de publicación"),
    "accessed": ("accessed on", "consultado", "fecha de consulta"),
    "language": ("idioma", "lengua"),
    "reliability": ("confiabilidad", "fiabilidad"),
    "public": ("pública", "público"),
    "kind": ("type", "tipo"),
    "default_status": ("estado por defecto",),
    "house_arrest": ("casa por cárcel",),
    "country": ("país",),
    "state": ("estado",),
    "about": ("about record", "sobre"),
    "release": ("release number", "número de excarcelación", "excarcelación"),
    "field": ("campo",),
    "value": ("valor",),
    "stance": ("postura",),
}


def header_words(column: str) -> tuple[str, ...]:
    """Return every header that means `column`: its key, then others in English and Spanish."""
    return (column, *_HEADERS.get(column, ()))


@cache
def columns_by_header(columns: tuple[str, ...]) -> dict[str, str]:
    """Return folded header → column, for the columns of one kind of list."""
    return {fold(word): column for column in columns for word in header_words(column)}


def column_of(header: str, columns: tuple[str, ...]) -> str | None:
    """Return the column that `header` means among `columns`, None if it means none of them."""
    return columns_by_header(columns).get(fold(header))
