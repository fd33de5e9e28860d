"""Eastern European names in Latin letters: what Belarusian, Ukrainian and Russian spellings of one name share.

*Siarhei* and *Sergey*, *Uladzimir* and *Vladimir*, *Navumau* and *Naumov* are one name each. Vowels without stress, h
and g, v and u, dz and d change places between these languages and between the ways to write them.
"""

import re
from functools import lru_cache
from typing import Final

LEAST: Final = 4

_EASTERN: Final = re.compile(
    r"kh|zh|shch|dz|ts[iey]|vich|[aeo]u$|[aeo]v$|[ao]una$|[aeo]vna$|enk[ao]$|sk[iy]|[aei][iy]$|iy|yy|(?<!^)ya[^z]|^u[lv]"
    r"|^i[agh]|eh$|eg$|[lrs]ia[rk]|yau|yev"
)
_STEPS: Final = tuple(
    (re.compile(pattern), into)
    for pattern, into in (
        (r"kh", "x"),
        (r"shch", "sh"),
        (r"dz", "d"),
        (r"ts(?=[iey])", "t"),
        (r"(?<![scz])h", "g"),
        (r"w", "v"),
        (r"[yi]u", "u"),
        (r"[yi][aeo]", "a"),
        (r"[aeo][uvf]+(?=$|[^aeiouy])", "av"),
        (r"^u(?=[^aeiouy])", "v"),
        (r"[aeo]+", "a"),
        (r"[iy]+", "i"),
        (r"(.)\1+", r"\1"),
        (r"i$", ""),
    )
)


def eastern(word: str) -> bool:
    """Tell whether a word is written as such names are; Spanish ones are left to their own rules."""
    return len(word) >= LEAST and _EASTERN.search(word) is not None


@lru_cache(maxsize=1 << 16)
def eastern_sound(word: str) -> str:
    """Return what spellings of one eastern name share: `siarhei` and `sergey` give `sarga`."""
    for pattern, into in _STEPS:
        word = pattern.sub(into, word)
    return word
