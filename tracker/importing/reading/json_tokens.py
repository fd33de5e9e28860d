"""The values of a JSON text one after the other: no more than one of them is in memory, whatever the file's size."""

import json
import re
from collections.abc import Iterator
from typing import IO, Any, Final

from tracker.i18n import _
from tracker.importing.reading.records import LONGEST_ROW, Broken, not_text

_PIECE: Final = 1 << 16
_BLANKS: Final = re.compile("[ \t\r\n]*")


class Twice(dict[str, Any]):
    """An object in which `name` stands more than once."""

    name: str


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    twice = Twice(found)
    names = [name for name, _value in pairs]
    twice.name = next(name for name in names if names.count(name) > 1)
    return twice


def _number(text: str) -> str:
    """Return a number as text: as written, but 2024.0 is 2024."""
    whole, point, rest = text.partition(".")
    return whole if point and rest.strip("0") == "" else text


DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_members, parse_int=str, parse_float=_number, parse_constant=lambda _text: None
)


class Tokens:
    """The values of a JSON text one after the other; no more than one of them is in memory."""

    def __init__(self, file: IO[str], encoding: str) -> None:
        self._file = file
        self._encoding = encoding
        self._text = ""
        self._here = 0

    def _more(self) -> bool:
        """Read on; False at the end of the file."""
        try:
            piece = self._file.read(max(_PIECE, len(self._text) - self._here))
        except UnicodeDecodeError:
            raise Broken(not_text(self._encoding)) from None
        self._text = self._text[self._here :] + piece
        self._here = 0
        return bool(piece)

    def peek(self) -> str:
        """Return the next character that is not blank, '' at the end."""
        while True:
            self._here = _BLANKS.match(self._text, self._here).end()  # type: ignore[union-attr]  # it matches nothing, too
            if self._here < len(self._text):
                return self._text[self._here]
            if not self._more():
                return ""

    def take(self, char: str) -> bool:
        """Pass over `char` if it comes next; return whether it did."""
        if self.peek() != char:
            return False
        self._here += 1
        return True

    def value(self) -> Any:
        """Return the next value. Raises `Broken` where there is none, or none that is bounded."""
        self.peek()
        while True:
            try:
                found, end = DECODER.raw_decode(self._text, self._here)
            except RecursionError:
                raise Broken(_("Lists or objects are nested too deeply.")) from None
            except ValueError:
                end = -1
            if end > LONGEST_ROW + self._here or (end < 0 and len(self._text) - self._here > LONGEST_ROW):
                raise Broken(_("A value is longer than {n} characters, or is not JSON.").format(n=LONGEST_ROW))
            # What ends with the text read so far may go on: 12 | 3.
            if 0 <= end < len(self._text):
                self._here = end
                return found
            if not self._more():
                if end < 0:
                    raise Broken(_("This is not JSON: a value is wrong or is cut off."))
                self._here = len(self._text)
                return found

    def list_items(self) -> Iterator[Any]:
        """Yield the elements of the list that begins here."""
        self.take("[")
        if self.take("]"):
            return
        while True:
            yield self.value()
            if not self.take(","):
                break
        if not self.take("]"):
            raise Broken(_("This is not JSON: a comma or a closing bracket is missing."))

    def members(self) -> Iterator[str]:
        """Yield the key of each member of the object that begins here; the caller reads the value."""
        self.take("{")
        if self.take("}"):
            return
        while True:
            key = self.value() if self.peek() == '"' else None
            if not isinstance(key, str) or not self.take(":"):
                raise Broken(_("This is not JSON: a key is missing or wrong."))
            yield key
            if not self.take(","):
                break
        if not self.take("}"):
            raise Broken(_("This is not JSON: a comma or a closing bracket is missing."))
