"""The headers by which the columns of a list are known, in English and Spanish.

A header is compared by its words: folded (`names.fold`), so that case, accents, underscores and punctuation do not
matter, abbreviations written out (*F. nac.* is *Fecha de nacimiento*), articles and *de* left out, and words that only
say that a prisoner is meant (*Nombre del detenido*). No header means two columns of one kind of list (tested).

What may mean either of two things is nobody's header, and is asked: *Lugar de detención* (of the arrest, or where
somebody is held?), *Detenido* (who, or when?), *Estado* (which of a country, or of a case?), *Nº de expediente*
(several people share one, and an identifier ties rows to one person).
"""

import re
from functools import cache
from typing import Final, Literal

from tracker.domain.header_words import FAMILY, GIVEN, HEADERS
from tracker.domain.names import fold

_SHORT: Final = {
    **dict.fromkeys(("f", "fec", "fch"), "fecha"),
    "det": "detencion",
    **dict.fromkeys(("nacim", "nacto"), "nacimiento"),
    "nacion": "nacionalidad",
    **dict.fromkeys(("excarc", "exc"), "excarcelacion"),
    "lib": "libertad",
    **dict.fromkeys(("ci", "ced"), "cedula"),
    "obs": "observaciones",
    **dict.fromkeys(("org", "organ"), "organismo"),
    "prof": "profesion",
    "ocup": "ocupacion",
}
_LEFT_OUT: Final = frozenset({"de", "del", "la", "el", "los", "las", "the", "of", "s", "es"})
_ONLY_SAY_WHO: Final = frozenset({
    *("detenido", "detenida", "detenidos", "preso", "presa", "politico", "politica", "persona", "detainee", "prisoner"),
    *("political", "actual", "current"),
})  # fmt: skip
_EITHER: Final = frozenset({"lugar de detencion", "lugar detencion", "detenido", "detenida", "detenidos"})
_FORM: Final = re.compile(
    r"\((?:[a-z]{1,2}|[mfhvx](?: ?[/,-] ?[mfhvx])+|[dmya]{1,4}(?: ?[/. -] ?[dmya]{1,4}){1,2}|años|years)\)",
    re.IGNORECASE,
)
"""What only says how cells are written: Sexo (M/F), Fecha (dd/mm/aaaa), Detenido(a)."""


def header_words(column: str) -> tuple[str, ...]:
    """Return every header that means `column`: its key, then others in English and Spanish."""
    return (column, *HEADERS.get(column, ()))


@cache
def header_key(header: str) -> str:
    """Return the words of a header in the form by which headers are known."""
    words = fold(_FORM.sub(" ", header)).split()
    if words[:2] == ["c", "i"]:
        words[:2] = ["cedula"]
    if "nac" in words:
        words[words.index("nac")] = "nacimiento" if words[0] in ("f", "fec", "fch", "fecha") else "nacionalidad"
    kept = [_SHORT.get(word, word) for word in words if word not in _LEFT_OUT]
    return " ".join(kept or words)


@cache
def columns_by_header(columns: tuple[str, ...]) -> dict[str, str]:
    """Return header key → column, for the columns of one kind of list."""
    return {header_key(word): column for column in columns for word in header_words(column)}


def column_of(header: str, columns: tuple[str, ...]) -> str | None:
    """Return the column that `header` means among `columns`, None if it means none of them."""
    known, key = columns_by_header(columns), header_key(header)
    if fold(_FORM.sub(" ", header)) in _EITHER:
        return None
    rest = " ".join(word for word in key.split() if word not in _ONLY_SAY_WHO)
    return known.get(key) or known.get(rest)


def name_part(header: str) -> Literal["given", "family"] | None:
    """Return which part of a name a column of its own holds, None for any other column."""
    key = header_key(header)
    if key in map(header_key, GIVEN):
        return "given"
    return "family" if key in map(header_key, FAMILY) else None
