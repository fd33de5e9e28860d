"""A printed name, taken apart: the words that count, and the ones that stand beside them in quotes or brackets.

`Antonio ‘Nino’ Buzzeta (Buceta) de Rangel` has the words antonio, buzzeta, rangel; nino and buceta stand beside them;
what follows *de* after two words may be a husband's name. `PÉREZ, Ana` is read as `Ana PÉREZ`.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from tracker.domain.name_words import PARTICLES
from tracker.domain.names import fold

_TITLES: Final = frozenset(
    """
    don dona mr mrs ms miss sir sr sra srta dr dra prof ing lic abg monsieur madame herr frau signor signora
    general coronel capitan teniente sargento colonel captain lieutenant sergeant president
    presidente sheikh shaikh haji
    junior jr
    """.split()  # noqa: SIM905  (a list of 40 lines says no more)
)
_BESIDE: Final = re.compile(
    r"(?:(?<=\s)|(?<=^))[‘'\"“«„‚](?P<quoted>[^‘'\"“«„]+?)[’'\"”»“](?=[\s,.;)]|$)|[(\[](?P<bracketed>[^)\]]*)[)\]]"
)
_ALIAS: Final = re.compile(r"[\s,;/]+(?:alias|a\.?\s?k\.?\s?a\.?|conocid[oa] como|known as)\s+", re.IGNORECASE)
_SOFT: Final = re.compile(r"(?<=[\u0400-\u04ff])['’ʼ](?=[\u0400-\u04ff])")
"""An apostrophe inside a word of Cyrillic letters is one of its signs: Валер’еўна."""
_MARRIED: Final = frozenset({"de", "da"})
_GIVEN_AND_SURNAME: Final = 2
LATIN: Final = 0x24F
"""The last of the Latin letters with accents: beyond, a name was transliterated."""


@dataclass(frozen=True, slots=True)
class Printed:
    """The words of a name in order, those beside it, and the place from which words may be a spouse's name.

    `other_script`: it is not printed in Latin letters.
    """

    words: tuple[str, ...]
    beside: tuple[str, ...]
    married: int
    other_script: bool = False


@lru_cache(maxsize=1 << 15)
def taken_apart(name: str) -> Printed:
    """Return the words of `name`; where only titles and particles are left, those."""
    main, *aliases = _ALIAS.split(_SOFT.sub("", name))
    beside = [found.group("quoted") or found.group("bracketed") or "" for found in _BESIDE.finditer(main)]
    bare = _BESIDE.sub(" ", main)
    if not fold(bare).strip():
        bare, beside = main, []
    if bare.count(",") == 1:
        bare = " ".join(reversed(bare.split(",")))
    words, married = _words(bare)
    extra = tuple(word for text in (*beside, *aliases) for word in _words(text)[0] if word not in words)
    return Printed(words, extra, married, any(char.isalpha() and ord(char) > LATIN for char in main))


def _words(text: str) -> tuple[tuple[str, ...], int]:
    every = fold(text).split()
    kept: list[str] = []
    married: int | None = None
    for place, word in enumerate(every):
        if word not in PARTICLES and word not in _TITLES:
            last_before = place > 0 and every[place - 1] in _MARRIED
            if married is None and last_before and len(kept) >= _GIVEN_AND_SURNAME:
                married = len(kept)
            kept.append(word)
    return tuple(kept or every), len(kept or every) if married is None else married
