"""Texts that stand where a name should, and name nobody: totals below a list, words for *not known*, a header again.

Only a whole text is taken for one of these, so that no real name is refused.
"""

import re
from functools import cache
from typing import Final

from tracker.domain.headers import column_of, header_words
from tracker.domain.lists import LIST
from tracker.domain.names import clean, fold
from tracker.domain.text import quoted
from tracker.errors import BadValue
from tracker.i18n import _

NOT_NAMED: Final = frozenset(
    {
        *("unknown", "unnamed", "unidentified", "anonymous", "withheld", "none", "null", "nan", "tbd", "tbc", "n n"),
        *("no name", "not named", "not known", "name unknown", "name withheld", "not available", "not applicable"),
        *("desconocido", "desconocida", "anonimo", "anonima", "reservado", "reservada", "ninguno", "pendiente", "nn"),
        *("sin nombre", "sin identificar", "no identificado", "no identificada", "por identificar", "por confirmar"),
        *("nombre desconocido", "nombre reservado", "identidad reservada", "se desconoce", "no se conoce"),
        *("sin informacion", "sin datos", "sin dato", "no disponible", "no aplica"),
    }
)
"""Folded texts that say that a name is not known or not given; a number may follow (*unknown 3*)."""

NO_PLACE: Final = NOT_NAMED | {
    *("no se sabe", "lugar desconocido", "sitio desconocido", "place unknown", "unknown place", "not stated"),
    *("no informado", "no indicado", "no consta"),
}
"""Folded texts that say that a place is not known. That somebody's *whereabouts* are unknown is another statement."""

DESCRIBED: Final = ("unnamed", "unidentified", "sin identificar", "no identificado", "no identificada")
"""How a description begins that stands in place of a name: *(unnamed Czech man)*."""

TOTALS: Final = frozenset({"total", "totals", "totales", "subtotal", "subtotales"})
"""First words of the row below a list; nobody is called so."""

_ABBREVIATED: Final = re.compile(r"NA|[NnSs]\s?/\s?[AaDdIiNn]|[Xx]+")
"""*N/A*, *s/i*, *S/N*, *xxx* as written: with dots they would be somebody's initials."""

_NUMBER: Final = re.compile(r" \d+$")
_REMARK: Final = re.compile(
    r"(fuentes?|sources?|notas?|notes?|elaborado por|actualizado|updated)( al [^:]*)?:", re.IGNORECASE
)


def names_no_place(text: str) -> bool:
    """Tell whether a text stands where a place should, and names none."""
    return fold(text) in NO_PLACE or _ABBREVIATED.fullmatch(text.strip()) is not None


def person_name(text: str) -> str:
    """Return a person's name as it is stored. Raises BadValue as `clean` does, and for a text that names nobody."""
    if text.strip() and not any(map(str.isalpha, text)):
        raise _unnamed(text)
    name = clean(text)
    first = fold(name.partition(" ")[0]).partition(" ")[0]
    if first not in _first_words() and first.strip("x"):  # of a million names, nearly all
        return name
    folded = fold(name)
    if _names_nobody(name, folded):
        raise _unnamed(name)
    if first in TOTALS or _REMARK.match(name):
        raise BadValue(_("{value} is no person.").format(value=quoted(name)), hint=_("Take the row out of the list."))
    if column_of(folded, LIST) == "name":
        raise BadValue(
            _("{value} is a header, not a name.").format(value=quoted(name)), hint=_("Take the row out of the list.")
        )
    return name


def _unnamed(text: str) -> BadValue:
    return BadValue(
        _("{value} is no name.").format(value=quoted(text.strip())),
        hint=_(
            "Somebody unnamed has a description instead: in a list an empty name and a note ('adolescent, 17'),"
            " at the shell --description."
        ),
    )


def _names_nobody(name: str, folded: str) -> bool:
    return (
        _NUMBER.sub("", folded) in NOT_NAMED
        or _ABBREVIATED.fullmatch(name) is not None
        or any(folded == words or folded.startswith(words + " ") for words in DESCRIBED)
    )


@cache
def _first_words() -> frozenset[str]:
    """Return the first word of everything that is looked for here."""
    remarks = "fuente fuentes source sources nota notas note notes elaborado actualizado updated na n s"
    texts = (*NOT_NAMED, *DESCRIBED, *TOTALS, *header_words("name"), *remarks.split())
    return frozenset(fold(text).partition(" ")[0] for text in texts)
