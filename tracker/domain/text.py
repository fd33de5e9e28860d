r"""Text from anywhere, made safe to show and fit to store.

Output is hostile until proven safe. `safe` shows as `\uXXXX` (`\UXXXXXXXX` beyond the first
plane) whatever could move a cursor, turn the direction of a line, or hide: control characters, line and
paragraph separators, format and bidi characters, tags, private use, unassigned code points, lone
surrogates, and letters that look like nothing. Kept as they are: emoji; a joiner (U+200C, U+200D) between two
letters of a script that needs it, such as Persian or Hindi; one variation selector after an ideograph or a symbol.
"""

import re
import unicodedata
from typing import Final

from tracker.errors import BadValue
from tracker.i18n import _

JOINERS: Final = "\u200c\u200d"

# Printable to Python, blank to the eye: fillers, joiners of graphemes, variation selectors.
BLANK: Final = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef"

_BLANKS: Final = f"[{BLANK}]"  # a pattern is compiled when it is first needed: most starts never do

_UNPRINTED: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})

# Arabic to N'Ko, the Indic scripts to Sinhala, Tibetan, Myanmar, Khmer, Mongolian, Arabic presentation forms.
_JOINING: Final = "[\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc]"

_CUT_ESCAPE: Final = r"\\(?:u[0-9A-F]{0,3}|U[0-9A-F]{0,7})?\Z"


def safe(text: str, *, keep_newlines: bool = False) -> str:
    """Return `text` as it may be shown; `keep_newlines` leaves line feeds and tabs alone.

    Plain text, the usual case, comes back as the same object after two scans in C.
    """
    if text.isprintable() and (text.isascii() or not re.search(_BLANKS, text)):
        return text
    if keep_newlines:
        text = text.replace("\r\n", "\n")
    kept = "\n\t" if keep_newlines else ""
    return "".join(
        char if char in kept or _harmless(text, here, char) else _escaped(char) for here, char in enumerate(text)
    )


def _harmless(text: str, here: int, char: str) -> bool:
    """Return whether the character at `here` can be shown as it is."""
    if char in JOINERS:
        return _joins(text[here - 1 : here]) and _joins(text[here + 1 : here + 2])
    if re.match(_BLANKS, char):
        return here > 0 and _varies(text[here - 1], char)
    return unicodedata.category(char) not in _UNPRINTED


def _joins(neighbour: str) -> bool:
    """Return whether `neighbour` (one character or none) is a letter or mark of a joining script."""
    return bool(re.match(_JOINING, neighbour)) and unicodedata.category(neighbour)[0] in "LM"


def _varies(base: str, selector: str) -> bool:
    """Return whether `selector` is a variation selector with a meaning after `base`."""
    if selector in "\ufe0e\ufe0f":
        return base in "#*0123456789" or unicodedata.category(base) in {"So", "Sm", "Sk", "Po"}
    ideograph = "\u3400" <= base <= "\u9fff" or "\U00020000" <= base <= "\U0003ffff"
    return ideograph and ("\ufe00" <= selector <= "\ufe0d" or selector >= "\U000e0100")


def _escaped(char: str) -> str:
    """Return the visible code of one character."""
    code = ord(char)
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"  # noqa: PLR2004  (the first plane's end)


def quoted(text: str, limit: int = 80) -> str:
    """Return `text` in quotation marks for a sentence: safe, on one line, at most `limit` characters inside them."""
    return f"“{brief(text, limit)}”"


def brief(text: str, limit: int = 80) -> str:
    """Return `text` made safe, on one line, cut to `limit` characters."""
    shown = safe(text[: limit + 1])
    if len(shown) > limit:
        shown = re.sub(_CUT_ESCAPE, "", shown[: limit - 1]) + "…"
    return shown


def clean_text(text: str, what: str, limit: int = 10_000) -> str:
    """Return a free text as it is stored: NFC, line ends as line feeds, trimmed at both ends.

    `what` names the field in the user's language. Raises BadValue for control characters other than line ends and tabs,
    for characters that no file can hold (lone surrogates), and for more than `limit` characters.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if len(text) > limit:
        raise BadValue(
            _("{what}: {count} characters are too many.").format(what=what, count=len(text)),
            hint=_("At most {limit} characters fit here. Keep long texts as a file of evidence.").format(limit=limit),
        )
    if not text.isprintable():
        refuse_controls(text, what, allowed="\n\t")
    return text


def refuse_controls(text: str, what: str, allowed: str = "") -> None:
    """Raise BadValue if `text` holds a control character not in `allowed`, or a lone surrogate."""
    for char in text:
        if char not in allowed and unicodedata.category(char) in {"Cc", "Cs"}:
            raise BadValue(
                _("{what}: {value} holds the control character {code}.").format(
                    what=what, value=quoted(text), code=f"U+{ord(char):04X}"
                ),
                hint=_("Type it again without that character; it often comes along when text is pasted."),
            )
