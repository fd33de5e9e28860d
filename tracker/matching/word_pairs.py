"""How likely two words of two names are one: the same, heard, mistyped, shortened, an initial, a pet name."""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from tracker.domain.eastern_names import eastern, eastern_sound
from tracker.domain.name_words import index_word, sound
from tracker.matching.words import ALIKE, everyday

SAME: Final = "same"
SOUND: Final = "sound"
SLIP: Final = "slip"
SHORT: Final = "short"
PET: Final = "pet"
INITIAL: Final = "initial"
JOINED: Final = "joined"

_PET_NAMES: Final = """
pepe jose|paco francisco|pancho francisco|nacho ignacio|chucho jesus|chuy jesus|memo guillermo|lalo eduardo
beto alberto|beto roberto|nando fernando|quique enrique|kike enrique|toño antonio|tono antonio|nino antonio|lucho luis
manolo manuel|lola dolores|concha concepcion|maite teresa|tere teresa|charo rosario|chayo rosario|lupe guadalupe
mayte teresa|nena elena|pili pilar|loli dolores|chelo consuelo|goyo gregorio|rafa rafael|santi santiago|tito alberto
perico pedro|kiko francisco|curro francisco|cheo jose|chema jose|majo maria|marisol maria|maru maria|moncho ramon
bill william|bob robert|dick richard|jim james|jack john|ted theodore|ted edward|liz elizabeth|peggy margaret
tony antonio|tony anthony|mike michael|sasha alexander|sasha aleksandr|misha mikhail|vova vladimir|volodya vladimir
kolya nikolai|seryozha sergei|dima dmitri|lyosha alexei|katya ekaterina|tanya tatiana|masha maria|natasha natalia
"""
_PETS: Final = frozenset(frozenset(pair.split()) for pair in re.split(r"[|\n]", _PET_NAMES) if pair)

WORTH: Final = {SAME: 1.0, SOUND: 0.92, JOINED: 0.95, SLIP: 0.8, PET: 0.6, SHORT: 0.6, INITIAL: 0.25}
"""Which part of a word's weight a pair of words is worth, by how they are alike."""

LOOSE_SOUND: Final = 0.6  # Jovanny and Yovanny, Llanos and Yanos
EASTERN: Final = 0.75
FAR_SLIP: Final = 0.6
SHORT_SLIP: Final = 0.5
LOOSE_SLIP: Final = 0.45
LOOSE_SHARE: Final = 0.34  # Dmitri Valerievich, Dmitriy Valeriyevich
GLUED: Final = frozenset(
    {"de", "da", "do", "dos", "das", "del", "dela", "delos", "delas", "la", "al", "el", "ben", "bin", "van"}
)
"""Particles that are written as part of a surname by some: Delacruz, De La Cruz."""
_SON_OF: Final = re.compile(r"(?:[aeiouy]*[vw])?(?:ich|ych|its|yts|ivna|yvna|ovna|evna|avna|na)")
"""What makes a father's name of a name, or of a surname in -ov: Oleksandr, Oleksandrovych; Vasiliev, Vasilievich."""
_HIS_AND_HERS: Final = {
    "": ("ina", "eta", "ela", "ita", "le", "fa", "fina"),  # César, Cesarina; Juan, Juanita; José, Josefina
    "o": ("ina", "eta", "ela", "ita"),  # Guillermo, Guillermina
    "e": ("a", "ina", "eta", "ee"),  # Vicente, Vicenta; Enrique, Enriqueta; René, Renée
    "es": ("ea", "eina"),  # Andrés, Andreína
    "er": ("ra",),  # Alexander, Alexandra
    "os": ("ota",),  # Carlos, Carlota
    "as": ("e", "eta"),  # Nicolás, Nicole
}
"""How a man's name ends, and a woman's that is made of it (besides -o and -a, and an -a more)."""
_VOWELS: Final = re.compile(r"[aeiouwy]")
_WEAK: Final = str.maketrans("pj", "bk")  # Arabic has no p; what Spanish writes j others write kh
_SHORT_WORD: Final = 4
_SHORTENED: Final = 3
_LONG_WORD: Final = 7
_VERY_LONG: Final = 10


class Alike(NamedTuple):
    """How two words are alike (None: two words), and which part of their weight that is worth."""

    how: str | None
    worth: float


NOT_ALIKE: Final = Alike(None, 0.0)


@lru_cache(maxsize=1 << 17)
def transliterated_pair(one: str, other: str) -> Alike:
    """Return how two words are alike of which one was in another script: vowels come and go on the way."""
    found = word_pair(one, other)
    if found.worth >= FAR_SLIP or min(len(one), len(other)) <= 1:
        return found
    bones = _bones(one)
    if bones == _bones(other) and (len(bones) >= _SHORTENED or one[0] == other[0]):
        return Alike(SOUND, FAR_SLIP)
    return found


def _bones(word: str) -> str:
    """Return the consonants of a word as they sound."""
    return _VOWELS.sub("", sound(word).translate(_WEAK))


@lru_cache(maxsize=1 << 17)
def word_pair(one: str, other: str) -> Alike:  # noqa: PLR0911  (one way to be alike after the other)
    """Return how two folded words are alike; the order of the two does not matter."""
    if one == other:
        return Alike(SAME, WORTH[SAME]) if len(one) > 1 else Alike(INITIAL, WORTH[INITIAL])
    short, long = sorted((one, other), key=lambda word: (len(word), word))
    if len(short) == 1:
        return Alike(INITIAL, WORTH[INITIAL]) if long.startswith(short) else NOT_ALIKE
    if two_sexes(one, other):
        return NOT_ALIKE
    if sound(one) == sound(other):
        return Alike(SOUND, WORTH[SOUND])
    if index_word(one) == index_word(other):
        return Alike(SOUND, LOOSE_SOUND)
    if frozenset((one, other)) in _PETS:
        return Alike(PET, WORTH[PET])
    if everyday(one) and everyday(other):  # Fernández and Hernández are two names
        return NOT_ALIKE
    found = _by_letters(short, long)
    return (
        found
        if found.worth >= EASTERN or not (eastern(one) or eastern(other))
        else max(found, _eastern(one, other), key=_worth)
    )


@lru_cache(maxsize=1 << 15)
def two_sexes(one: str, other: str) -> bool:
    """Tell whether two words differ as a man's and a woman's name do: Mario and María, Guillermo and Guillermina."""
    short, long = sorted((one, other), key=lambda word: (len(word), word))
    if long == short + "a" or (short[:-1] == long[:-1] and {short[-1], long[-1]} == {"a", "o"}):
        return True
    return len(short) >= _SHORT_WORD and any(
        man.endswith(his) and woman.endswith(hers) and man[: len(man) - len(his)] == woman[: len(woman) - len(hers)]
        for man, woman in ((one, other), (other, one))
        for his, all_hers in _HIS_AND_HERS.items()
        for hers in all_hers
    )


def _worth(alike: Alike) -> float:
    return alike.worth


def _eastern(one: str, other: str) -> Alike:
    """Return how alike two words are as names of Eastern Europe."""
    from rapidfuzz.distance import OSA

    ours, theirs = eastern_sound(one), eastern_sound(other)
    if ours == theirs:
        return Alike(SOUND, EASTERN)
    if min(len(ours), len(theirs)) >= _LONG_WORD - 1 and OSA.distance(ours, theirs) == 1:
        return Alike(SLIP, FAR_SLIP)
    return NOT_ALIKE


def _by_letters(short: str, long: str) -> Alike:  # noqa: PLR0911  (one way to be alike after the other)
    from rapidfuzz.distance import OSA, JaroWinkler

    if long.endswith(short) and long[: -len(short)] in GLUED:
        return Alike(JOINED, WORTH[JOINED])
    if long.startswith(short) and _SON_OF.fullmatch(long[len(short) :]):
        return NOT_ALIKE
    distance = OSA.distance(short, long)
    if sound(short)[:1] == sound(long)[:1]:
        distance = min(distance, OSA.distance(sound(short), sound(long)))
    if distance <= 1 and len(short) >= _SHORT_WORD:
        return Alike(SLIP, WORTH[SLIP] if len(short) > _SHORT_WORD else SHORT_SLIP)
    if len(short) >= _SHORTENED and long.startswith(short):
        return Alike(SHORT, WORTH[SHORT])
    near = JaroWinkler.similarity(short, long) >= ALIKE
    if near and ((distance == 2 and len(long) >= _LONG_WORD) or (distance == 3 and len(long) >= _VERY_LONG)):  # noqa: PLR2004
        return Alike(SLIP, FAR_SLIP)
    if len(short) >= _LONG_WORD - 1 and near and distance <= len(long) * LOOSE_SHARE:
        return Alike(SLIP, LOOSE_SLIP)
    return NOT_ALIKE
