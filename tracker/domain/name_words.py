"""The words by which names are looked up: what spellings that sound alike share, without particles and titles.

The store keeps these words of every name (`name_words`), so that a printed name finds the people who could be
meant without reading all of them. They only find: whether two names are one person is weighed from the names.
"""

import re
from functools import lru_cache
from typing import Final

from tracker.domain.eastern_names import eastern, eastern_sound
from tracker.domain.names import fold

_PARTICLES: Final = "de del la las los el y e da do dos das di van von der den al bin ibn"
_TITLES: Final = "mr mrs ms sr sra srta dr dra"
PARTICLES: Final = frozenset(f"{_PARTICLES} {_TITLES}".split())

JOINED: Final = 10
"""Names of two or three words up to so many letters are kept as one word too: 刘晓波 has no spaces, Liu Xiaobo has."""
FEW_WORDS: Final = (2, 3)

_SOUNDS: Final = (
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"c(?=[ei])|z"), "s"),
    (re.compile(r"qu(?=[ei])|q|k|ck|c(?!h)"), "k"),
    (re.compile(r"g(?=[ei])|x"), "j"),
    (re.compile(r"(?<![cs])h"), ""),
    (re.compile(r"v|w"), "b"),
    (re.compile(r"y|ll"), "i"),
    (re.compile(r"(.)\1+"), r"\1"),
)
_LL: Final = re.compile(r"ll")
_INITIAL_J: Final = re.compile(r"^j")


@lru_cache(maxsize=1 << 17)
def sound(word: str) -> str:
    """Return what spellings that sound alike in Spanish share: `gorbe` and `gorve`, `yohendry` and `yoendri`."""
    for pattern, into in _SOUNDS:
        word = pattern.sub(into, word)
    return word


@lru_cache(maxsize=1 << 17)
def index_word(word: str) -> str:
    """Return the word a name's word is looked up by: its sound, where y, ll and a first j are one too."""
    return sound(_INITIAL_J.sub("y", _LL.sub("y", word))) or word


@lru_cache(maxsize=1 << 17)
def _keys(word: str) -> tuple[str, ...]:
    key = index_word(word)
    return (key, f"~{eastern_sound(word)}") if eastern(word) else (key,)


def index_words(name: str) -> set[str]:
    """Return the words under which `name` is found: `José de la Cruz Llanos` gives `iose`, `krus`, `ianos`.

    Names of Eastern Europe are found by what their own spellings share as well, after a `~`.
    """
    return words_of_key(fold(name))


def words_of_key(key: str) -> set[str]:
    """Return what `index_words` does for a name of which the folded form is known."""
    words = key.split()
    kept = [word for word in words if word not in PARTICLES] or words
    found = {key for word in kept for key in _keys(word)}
    if len(kept) in FEW_WORDS and sum(map(len, kept)) <= JOINED:
        found.add(index_word("".join(kept)))
    return found
