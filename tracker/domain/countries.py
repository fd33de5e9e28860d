"""Countries: read from a code, a name or a demonym in English or Spanish, and named in either language.

Codes are ISO 3166-1 alpha-2, and XK for Kosovo, which sources name although ISO does not. Names come from babel;
demonyms and other names in use from `demonyms.json`, `{code: {"en": demonyms, "es": demonyms, "names": other names}}`,
of which plurals are made here. A word that belongs to two countries in that data (Congolese, coreano) is refused with
both named.
"""

import json
import re
from contextlib import suppress
from functools import cache
from importlib.resources import files
from typing import Final

from tracker.domain.names import fold
from tracker.domain.text import quoted
from tracker.errors import BadValue
from tracker.i18n import LANGUAGES, _
from tracker.i18n import language as spoken

_JOINTS: Final = re.compile(r"\s*[/,+&]\s*|\s+(?:y|e|and)\s+", re.IGNORECASE)
"""What stands between nationalities that are listed in one cell."""

_DUAL: Final = re.compile(r"^\s*(?:dual|doble)(?:\s+(?:national(?:ity)?|nacionalidad))?\s*:?\s+", re.IGNORECASE)
"""What only says that several follow."""

# Words that come and go in names of countries: "the Bahamas", "Antigua & Barbuda", "los Estados Unidos".
_FILLERS: Final = frozenset({"the", "of", "and", "y", "e", "de", "del", "el", "la", "los", "las"})

# First halves of Spanish compounds (hispano-venezolana), for the sentence that asks for each nationality by itself.
_HALVES: Final = {
    "anglo": "GB",
    "colombo": "CO",
    "franco": "FR",
    "germano": "DE",
    "greco": "GR",
    "hispano": "ES",
    "italo": "IT",
    "luso": "PT",
    "sino": "CN",
}

_LONGEST: Final = 100


def known(code: str) -> bool:
    """Return whether `code` is a country's code, in capitals."""
    return code in _data()


def country_name(code: str, language: str | None = None) -> str:
    """Return the name of the country `code` in `language` (`en` or `es`; None: the one in force).

    A code nobody knows comes back as it is: a stored value is shown, never an error.
    """
    return _territories(language or spoken())[code] if known(code) else code


def read_country(text: str) -> str:
    """Return the code of the country that `text` names: code, name or demonym, in English or Spanish.

    Accents and case do not matter. Raises BadValue for a word that fits none (with near ones as hint), for one that
    fits several, and for two nationalities in one word.
    """
    code = text.strip().upper()
    if known(code):
        return code
    found = _index().get(_key(text), ()) if len(text) <= _LONGEST else ()
    if len(found) == 1:
        return found[0]
    if found:
        raise BadValue(
            _("{value} can be more than one country.").format(value=quoted(text)),
            hint=_("Say which: {choices}.").format(choices=_listed(found)),
        )
    raise BadValue(_("{value} is no country or nationality known here.").format(value=quoted(text)), hint=_hint(text))


def read_countries(text: str) -> tuple[str, ...]:
    """Return the codes of a cell that may name two or more: `Venezolana / Española`, `colombo-venezolana`.

    Raises BadValue as `read_country` does, where not every part of it is a country or nationality.
    """
    try:
        return (read_country(text),)
    except BadValue as problem:
        plain = _DUAL.sub("", text[: 2 * _LONGEST])
        for joint in (_JOINTS, "-"):
            parts = joint.split(plain) if isinstance(joint, re.Pattern) else plain.split(joint)
            if len(parts) > 1:
                with suppress(BadValue):
                    return tuple(dict.fromkeys(code for part in parts for code in read_countries(part)))
        both = _both(plain)
        if len(both) > 1:
            return both
        raise problem from None


def _hint(text: str) -> str:
    """Return what to do about a word that fits no country."""
    from difflib import get_close_matches

    short = text[:_LONGEST]
    halves = _both(short)
    if halves:
        return _("Give each nationality by itself: {choices}.").format(choices=_listed(halves))
    near = get_close_matches(_key(short), _index(), n=3, cutoff=0.75)
    codes = dict.fromkeys(code for key in near for code in _index()[key])
    if codes:
        return _("Did you mean {choices}?").format(choices=_listed(tuple(codes)))
    return _("Use a two-letter code (ES), a country (Spain, España) or a nationality (Spanish, española).")


def _both(text: str) -> tuple[str, ...]:
    """Return the codes of a compound such as *Spanish-Venezuelan* or *hispano-venezolana*, else nothing."""
    words = [word for word in fold(text).split() if word not in _FILLERS]
    if len(words) != 2:  # noqa: PLR2004  (two nationalities)
        return ()
    codes = [(_HALVES[word],) if word in _HALVES else _index().get(_key(word), ()) for word in words]
    if any(len(found) != 1 for found in codes):
        return ()
    return tuple(dict.fromkeys(found[0] for found in codes))


def _listed(codes: tuple[str, ...]) -> str:
    """Return `Spain (ES), Venezuela (VE)`."""
    return ", ".join(f"{country_name(code)} ({code})" for code in codes)


def _key(text: str) -> str:
    """Return what a name of a country is compared by."""
    words = fold(text).split()
    return " ".join("st" if word == "saint" else word for word in words if word not in _FILLERS)


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    text = files("tracker.domain").joinpath("demonyms.json").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, list[str]]] = json.loads(text)
    return loaded


@cache
def _territories(language: str) -> dict[str, str]:
    from babel import Locale  # 20 ms

    return dict(Locale(language).territories)


@cache
def _index() -> dict[str, tuple[str, ...]]:
    """Return every word and name → the codes it can mean, in order of code."""
    index: dict[str, tuple[str, ...]] = {}
    for code, entry in _data().items():
        words = [*entry.get("names", ()), *(_territories(tongue)[code] for tongue in LANGUAGES)]
        words += [form for word in entry.get("en", ()) for form in (word, _english_plural(word))]
        words += [form for word in entry.get("es", ()) for form in (word, *_spanish_plurals(word))]
        for key in {_key(word) for word in words}:
            index[key] = (*index.get(key, ()), code)
    return index


def _english_plural(word: str) -> str:
    """Return the plural of an English demonym; those that have none (Swiss, Chinese, French) stay as they are."""
    return word if word.endswith(("s", "ese", "sh", "ch", "x", "men")) else f"{word}s"


def _spanish_plurals(word: str) -> tuple[str, ...]:
    """Return the plurals of a Spanish demonym: venezolanos; iraníes and iranís; españoles."""
    if word[-1] in "íú":
        return f"{word}es", f"{word}s"
    return (f"{word}s",) if word[-1] in "aeoáéó" else (f"{word}es",)
