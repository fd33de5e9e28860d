"""Which encoding a text is in: what is certain is taken, what is not is asked.

A byte order mark settles it; so does being UTF-8 from end to end; NULs in every other byte mean UTF-16. What remains
is Windows-1252 only if every character then is one that western lists hold, in a place where they hold it: Polish,
Turkish or Russian in their own code pages, or an old Mac's Spanish, decode as Windows-1252 too, into other names.
"""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from tracker.domain.text import quoted
from tracker.errors import BadValue
from tracker.i18n import _
from tracker.importing.reading.files import ListFile

_PIECE: Final = 1 << 18
_SAMPLE: Final = 1 << 16

_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_NAMES: Final = {
    "utf-8-sig": "UTF-8",
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "cp1252": "Windows-1252",
}

_VOWELS: Final = "áéíóúàâôöäÁÉÍÓÚÀÂÔÖÄ"
_OTHERS: Final = "ñçüÑÇÜ"
_LETTER: Final = (
    rf"(?:[A-Za-z{_VOWELS}üÜ]|[ñÑ](?=[aeiouáéíóúAEIOUÁÉÍÓÚ])|[çÇ](?=[aouáóúãAOUÁÓÚÃ])"
    r"|ã(?=[oe])|õ(?=e)|Ã(?=[OE])|Õ(?=E))"
)

# With a plain letter somewhere, and never two accented vowels, or two of ñ, ç, ü, side by side (Ñáñez, lingüística).
_WORD: Final = re.compile(
    rf"(?<![^\W\d_])(?=[^\W\d_]*[A-Za-z])(?![^\W\d_]*(?:[{_VOWELS}]{{2}}|[{_OTHERS}]{{2}})){_LETTER}+(?![^\W\d_])"
)
_QUOTES: Final = re.compile(
    r"(?<!\w)[“‘«¿¡](?=\w)|(?<=[\w.!?…])[”’»](?!\w)|(?<=[A-Za-z])’(?=[A-Z]|(?:s|t|d|m|re|ll|ve)\b)"
)
_SIGNS: Final = re.compile(
    r"(?<=[\dNnMD.])[ºª°](?!\w)|(?<![^\W\d_])[–—](?![^\W\d_])|(?<=[\w.,;])…|(?<=\d)\s?€|€(?=\s?\d)"
)


def shown(encoding: str) -> str:
    """Return the name of an encoding as people know it."""
    return _NAMES.get(encoding, encoding)


def read_encoding(given: str) -> str:
    """Return the encoding that `given` names. Raises `BadValue`."""
    try:
        found = codecs.lookup(given)
    except (LookupError, ValueError):
        found = None
    if found is None or not getattr(found, "_is_text_encoding", False) or found.name in {"idna", "punycode"}:
        raise BadValue(
            _("There is no encoding {value}.").format(value=quoted(given)),
            hint=_("Usual ones: {names}.").format(names="utf-8, utf-16, windows-1252"),
        )
    return "utf-8-sig" if found.name == "utf-8" else found.name


def recognise_encoding(file: ListFile) -> str:
    """Return the encoding of the text in `file`. Raises `BadValue` where it is not certain."""
    head = file.head()
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    if b"\0" in head:
        # Text that has NULs is UTF-16, or no text: then the reader of rows says so.
        low, high = head[0::2].count(0), head[1::2].count(0)
        if high > 8 * low and high > len(head) // 4:
            return "utf-16-le"
        if low > 8 * high and low > len(head) // 4:
            return "utf-16-be"
        return "utf-8-sig"
    with file.open() as data:
        if _is_utf8(data):
            return "utf-8-sig"
    with file.open() as data:
        sample = b"".join(_lines_beyond_ascii(data))
    if _is_western(sample):
        return "cp1252"
    raise BadValue(
        _("The encoding of {file} is not certain.").format(file=file.name),
        hint=_("Save it as UTF-8, or name its encoding: --encoding {choices}.").format(
            choices=_(" or --encoding ").join(_likely(sample))
        ),
    )


def _is_utf8(data: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while piece := data.read(_PIECE):
            if not (piece.isascii() and not decoder.getstate()[0]):
                decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _lines_beyond_ascii(data: BinaryIO) -> Iterator[bytes]:
    """Yield what is not plain ASCII of the whole file, as lines, until there is enough of it."""
    taken = 0
    while taken < _SAMPLE and (line := data.readline(_PIECE)):
        if not line.isascii():
            taken += len(line)
            yield line


def _is_western(sample: bytes) -> bool:
    """Return whether every character of `sample` is one that lists in western languages hold, where they hold it."""
    try:
        text = sample.decode("cp1252")
    except UnicodeDecodeError:
        return False
    signs = _SIGNS.sub(" ", _QUOTES.sub(" ", text))
    rest = _WORD.sub(" ", signs)
    # In an old DOS file the no-break space is an á: it counts as a space where other letters are certain.
    if any(letter in signs for letter in _VOWELS + _OTHERS):
        rest = rest.replace("\xa0", " ")
    return rest.isascii()


def _likely(sample: bytes) -> list[str]:
    """Return the encodings that `sample` may be in, the likely ones first."""
    from charset_normalizer import from_bytes  # 40 ms

    guesses = [match.encoding for match in from_bytes(sample[:_PIECE])]
    kept = [name for name in guesses if name.startswith(("cp12", "mac_", "gb", "big5", "shift", "euc", "koi"))][:3]
    return list(dict.fromkeys(["windows-1252", *(name.replace("cp12", "windows-12") for name in kept)]))
