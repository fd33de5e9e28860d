"""The closed lists of the record, with English and Spanish labels, and the ranks between their terms.

Keys are an interface: stored, exported and never translated. Labels are shown. `read` takes a key, either language's
label or a listed synonym, whatever its accents and case. No word belongs to two terms of one vocabulary (tested).
"""

from functools import cache
from typing import Final, NamedTuple

from tracker.domain.text import quoted
from tracker.domain.vocabulary_terms import TERMS, TITLES
from tracker.errors import BadValue
from tracker.i18n import _, language


class Term(NamedTuple):
    """One entry of a closed list: its `key`, its English and Spanish labels, and other words that mean it."""

    key: str
    en: str
    es: str
    also: tuple[str, ...] = ()

    def label(self) -> str:
        """Return the label in the language in force."""
        return self.es if language() == "es" else self.en

    def words(self) -> tuple[str, ...]:
        """Return every spelling that `read` takes for this term."""
        return (self.key, self.en, self.es, *self.also)


VOCABULARIES: Final[dict[str, tuple[Term, ...]]] = {
    name: tuple(Term(key, en, es, tuple(also)) for key, en, es, *also in terms) for name, terms in TERMS.items()
}

UNKNOWN: Final = Term("unknown", "unknown", "desconocido")
"""What `label` says for `unknown` in a list that has no such term: the row of those about whom nothing is recorded."""

DEPRIVED: Final = ("detained", "whereabouts_unknown", "house_arrest")
"""The standings of people deprived of liberty."""

KIND_STANDING: Final = {
    "unstated": "out",
    "full": "free",
    "precautionary": "restricted",
    "conditional": "restricted",
    "bail": "restricted",
    "medical": "restricted",
    "house_arrest": "house_arrest",
    "exile": "free",
    "deported": "free",
    "escaped": "escaped",
}
"""Release kind → the standing it leaves a person in."""

STATUS_RANK: Final = {"retracted": 0, "announced": 1, "reported": 2, "verified": 3}
"""How much a release's status is worth; it rises by who speaks, never by how many repeat."""

CLAIMANT_DEFAULT_STATUS: Final = {
    "detaining_state": "announced",
    "court": "announced",  # a court of that state: an order to release is not yet a release
    "foreign_state": "verified",
    "monitor": "verified",
    "union": "verified",
    "family": "verified",
    "lawyer": "verified",
    "detainee": "verified",
    "ourselves": "verified",
    "media": "reported",
    "intergovernmental": "reported",
    "witness": "reported",
    "party": "reported",
    "other": "reported",
}
"""Claimant kind → the status of a release on that claimant's word, unless the claimant's own default differs."""

FREEDOM: Final = {
    "house_arrest": 0,
    "escaped": 1,
    "unstated": 1,  # terms nobody stated are neither freer nor less free than measures
    "precautionary": 1,
    "conditional": 1,
    "bail": 1,
    "medical": 1,
    "exile": 2,
    "deported": 2,
    "full": 2,
}
"""Release kind → how free its terms are; a later release with a higher one is an upgrade."""

RESTRICTIVENESS: Final = {
    "none": 0,
    "deceased": 0,
    "died": 0,
    "free": 1,
    "out": 2,
    "escaped": 3,
    "restricted": 4,
    "house_arrest": 5,
    "whereabouts_unknown": 6,
    "detained": 7,
}
"""Standing → how restrictive; on a tie the higher one holds."""


def freer(kind: str, than: str) -> bool:
    """Return whether release terms `kind` are freer than the terms `than`."""
    return FREEDOM[kind] > FREEDOM[than]


def keys(vocabulary: str) -> tuple[str, ...]:
    """Return the keys of `vocabulary`, in the order they are shown."""
    return tuple(term.key for term in VOCABULARIES[vocabulary])


def title(vocabulary: str) -> str:
    """Return what `vocabulary` is called in a sentence, in the language in force."""
    return _(TITLES[vocabulary])


def label(vocabulary: str, key: str) -> str:
    """Return the label of `key` in the language in force.

    A key the list does not have comes back as it is (a stored value is shown, never an error); `unknown`
    has a label in every list.
    """
    found = _by_key(vocabulary).get(key)
    if found is None:
        return UNKNOWN.label() if key == UNKNOWN.key else key
    return found.label()


def read(vocabulary: str, text: str) -> str:
    """Return the key that `text` means: a key, an English or Spanish label, or a synonym.

    Raises BadValue, with the choices as hint.
    """
    from tracker.domain.names import fold

    found = _by_word(vocabulary).get(fold(text))
    if found is not None:
        return found
    choices = ", ".join(_choice(term) for term in VOCABULARIES[vocabulary])
    raise BadValue(
        _("{value} is not a word for: {what}.").format(value=quoted(text), what=title(vocabulary)),
        hint=_("Use one of: {choices}.").format(choices=choices),
    )


def _choice(term: Term) -> str:
    """Return a term as a choice: the key, and its label where that says more."""
    from tracker.domain.names import fold

    shown = term.label()
    return term.key if fold(shown) == fold(term.key) else f"{term.key} ({shown})"


@cache
def _by_key(vocabulary: str) -> dict[str, Term]:
    return {term.key: term for term in VOCABULARIES[vocabulary]}


@cache
def _by_word(vocabulary: str) -> dict[str, str]:
    from tracker.domain.names import fold

    return {fold(word): term.key for term in VOCABULARIES[vocabulary] for word in term.words()}
