"""Names of people, places and organisations: as stored, as identity, as a key for comparison.

A name is kept as given (`clean`). Two names are the same text if `exact` agrees, which sees through
composed and decomposed accents, zero-width characters, kinds of space and case; a Cyrillic о stays another letter, and
`mixed_scripts` finds it. `fold` goes further, to plain ASCII words, and says what *could* be the same name.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from tracker.domain.text import BLANK, quoted, refuse_controls
from tracker.errors import BadValue
from tracker.i18n import _

LONGEST: Final = 300

# Format characters (category Cf) of every plane, and blank ones: nothing that a reader sees.
_UNSEEN: Final = re.compile(
    f"[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f{BLANK}]"
)

# Turns the direction of everything after it: never part of a name.
_TURNING: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")

# What NFD leaves of accented Latin, and the punctuation of printed names.
_STRIPPED: Final = dict.fromkeys(range(0x300, 0x370)) | dict.fromkeys(
    map(ord, "‘’‚‛“”„«»‹›´¨·•–—‐‑‒―…¿¡′″ʼʹ`\u00a0"), " "
)

_NOT_WORD: Final = re.compile(r"[^a-z0-9]+")

# Scripts that one word may mix: Japanese and Korean do.
_EAST_ASIAN: Final = frozenset(
    {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC"}
)


def exact(name: str) -> str:
    """Return the identity of `name`: NFC, without format characters, single spaces, case folded."""
    return " ".join(filter(None, map(_exact_word, name.split())))


def fold(name: str) -> str:
    """Return `name` as lower-case ASCII words in their order: `Rocío  SAN MIGUEL` gives `rocio san miguel`.

    Accents go, other scripts are transliterated, punctuation becomes a space. A name of which nothing is left
    that way gives its `exact` form, so that two such names are not taken for one.
    """
    return " ".join(filter(None, map(_fold_word, name.split()))) or exact(name)


# People share their words: of a million names, most words come from these caches (a third of the time).
@lru_cache(maxsize=1 << 16)
def _exact_word(word: str) -> str:
    if word.isascii():
        return word.lower()
    seen = unicodedata.normalize("NFD", _UNSEEN.sub("", word))
    return unicodedata.normalize("NFC", seen.casefold())


@lru_cache(maxsize=1 << 16)
def _fold_word(word: str) -> str:
    plain = word
    if not plain.isascii():
        plain = unicodedata.normalize("NFD", _UNSEEN.sub("", plain)).translate(_STRIPPED)
        if not plain.isascii():
            plain = _transliterated(word)
    return _NOT_WORD.sub(" ", plain.lower()).strip()


def _transliterated(name: str) -> str:
    """Return `name` in ASCII, letter by letter; signs that a transliteration adds (Ol'ga) split no word."""
    from anyascii import anyascii

    out: list[str] = []
    for char in unicodedata.normalize("NFC", _UNSEEN.sub("", name)):
        if char.isalnum():
            out.extend(letter for letter in anyascii(char) if letter.isalnum())
        elif unicodedata.category(char)[0] != "M":
            out.append(" ")
    return "".join(out)


def tokens(name: str) -> list[str]:
    """Return the words of `fold(name)`, in order."""
    return fold(name).split()


def clean(name: str) -> str:
    """Return `name` as it is stored: NFC, trimmed, with single spaces, otherwise as given.

    Raises BadValue if it is empty, longer than 300 characters, has no letter, or holds a control character
    or one that turns the writing direction.
    """
    what = _("name")
    text = unicodedata.normalize("NFC", name)
    text = text.strip().strip("\ufeff\u200b\u200e\u200f\u2060").strip()
    if not text:
        raise BadValue(_("The name is empty."), hint=_("Give a name, or enter the person as unnamed."))
    if len(text) > LONGEST:
        raise BadValue(
            _("A name of {count} characters is too long: {value}").format(count=len(text), value=quoted(text)),
            hint=_("At most {limit} characters fit here.").format(limit=LONGEST),
        )
    if not text.isprintable():
        refuse_controls(text, what)
        if _TURNING.search(text):
            raise BadValue(
                _("The name {value} holds characters that turn the writing direction.").format(value=quoted(text)),
                hint=_("Type it again without them."),
            )
    if not any(char.isalpha() for char in text):
        raise BadValue(
            _("{value} is no name: it has no letters.").format(value=quoted(text)),
            hint=_("Give a name, or enter the person as unnamed."),
        )
    return " ".join(text.split())


def mixed_scripts(name: str) -> bool:
    """Return whether one word of `name` mixes scripts, as *Jоsé* with a Cyrillic о does.

    Two scripts in two words are no finding (`Liu Xiaobo 刘晓波`), nor what Japanese and Korean mix by nature.
    """
    if name.isascii():
        return False
    return any(
        len({script for char in word if (script := _script(char))}) > 1 for word in re.split(r"[\s\-/()]+", name)
    )


def _script(char: str) -> str | None:
    """Return the script of a letter, by its Unicode name; None for marks, digits, signs and modifiers."""
    if unicodedata.category(char) not in {"Lu", "Ll", "Lt", "Lo"} or char in "ªº":
        return None
    words = unicodedata.name(char, "UNNAMED").split()
    first = words[1] if words[0] in {"FULLWIDTH", "HALFWIDTH"} else words[0]
    return "CJK" if first in _EAST_ASIAN else first
