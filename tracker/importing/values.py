"""What a cell's text means to its field. What cannot be read becomes a problem with its place, and counts as empty."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, Final, TypeVar

from tracker.casework.people import read_sex, tag_key
from tracker.domain import vocabulary
from tracker.domain.countries import read_countries, read_country
from tracker.domain.dates import PartialDate, read_date
from tracker.domain.names import clean, fold
from tracker.domain.rules import is_future
from tracker.domain.text import clean_text
from tracker.errors import BadValue
from tracker.i18n import _
from tracker.importing.date_order import refuse_figures
from tracker.importing.problems import Problems
from tracker.importing.rows import Line

Value = TypeVar("Value")
_NEW: Any = object()

JOINT: Final = "; "
OLDEST: Final = 130
LARGEST_COUNT: Final = 10_000_000
LONGEST_KEPT: Final = 100
MOST_KEPT: Final = 16_384
"""Texts, and the longest of them, of which a reader keeps what they mean."""

WORDS: Final = {
    "sex": "sex",
    "service": "service",
    "stage": "stage",
    "publish": "publish",
    "release_kind": "release_kind",
    "release_basis": "release_basis",
    "release_status": "release_status",
    "measure": "measure",
    "qualifier": "qualifier",
    "reliability": "reliability",
    "stance": "stance",
    "public": "yes_no",
    "dual": "yes_no",
    "default_status": "release_status",
    "house_arrest": "house_arrest_practice",
}
"""Column → the vocabulary its words come from (`kind` depends on the list, and is named where it is read)."""


@dataclass(slots=True)
class Reader:
    """Reads cells in the record's time zone; what cannot be read goes to `problems`."""

    zone: str
    problems: Problems
    today: date
    """The day after which a date lies in the future."""

    known: dict[tuple[object, str], Any] = field(default_factory=dict)
    """What texts were found to mean, (kind of cell, text) → value: rows of one list say the same over and over."""

    def _try(self, line: Line, column: str, kind: object, read: Callable[[str], Value]) -> Value | None:
        text = line.cells.get(column)
        return None if text is None else self.once(line, column, kind, read)

    def once(self, line: Line, column: str, kind: object, read: Callable[[str], Value]) -> Value | None:
        """Return what `read` makes of a cell that is there, as `part` does; every text of a kind is read once."""
        text = line.cells[column]
        found: Value | None = self.known.get((kind, text), _NEW)
        if found is not _NEW:
            return found
        before = self.problems.count
        value = self.part(line, column, text, read)
        if self.problems.count == before and len(text) <= LONGEST_KEPT:
            if len(self.known) >= MOST_KEPT:
                self.known.clear()
            self.known[kind, text] = value
        return value

    def part(self, line: Line, column: str, text: str, read: Callable[[str], Value]) -> Value | None:
        """Return what `read` makes of `text`, one value of a cell; None, and a problem, where it refuses."""
        try:
            return read(text)
        except BadValue as error:
            self.problems.add_error(error, file=line.file, row=line.number, column=column, value=text)
            return None

    def text(self, line: Line, column: str) -> str | None:
        """Return a free text."""
        return self._try(line, column, column, lambda text: clean_text(text, column)) or None

    def name(self, line: Line, column: str) -> str | None:
        """Return a name."""
        return self._try(line, column, "name", clean)

    def names(self, line: Line, column: str) -> list[str]:
        """Return the names of a cell, once each."""
        return self.several(line, column, clean)

    def several(self, line: Line, column: str, read: Callable[[str], Value]) -> list[Value]:
        """Return the values of a cell, once each, in order."""
        text = line.cells.get(column)
        if text is None:
            return []
        parts = [part.strip() for part in text.split(JOINT)]
        found = [self.part(line, column, part, read) for part in parts if part]
        return list(dict.fromkeys(value for value in found if value is not None))

    def when(self, line: Line, column: str) -> PartialDate | None:
        """Return a date, UNKNOWN for the word unknown, None for an empty cell."""
        return self._try(line, column, "past", self._past)

    def until(self, line: Line, column: str) -> PartialDate | None:
        """Return a date that may lie in the future."""
        return self._try(line, column, "date", self._date)

    def _past(self, text: str) -> PartialDate:
        found = self._date(text)
        if is_future(found, self.today):
            raise BadValue(_("The date lies in the future."))
        return found

    def _date(self, text: str) -> PartialDate:
        refuse_figures(text)
        return read_date(text, zone=self.zone)

    def sex(self, line: Line, column: str) -> str | None:
        """Return the key of a sex, None also for the word unknown."""
        return self._try(line, column, "sex or unknown", _sex)

    def word(self, line: Line, column: str, words: str | None = None) -> str | None:
        """Return the key of a vocabulary word (either language)."""
        words = words or WORDS[column]
        return self._try(line, column, words, partial(vocabulary.read, words))

    def yes_no(self, line: Line, column: str) -> bool | None:
        """Return whether a cell says yes."""
        key = self.word(line, column)
        return None if key is None else key == "yes"

    def country(self, line: Line, column: str) -> str | None:
        """Return the code of a country."""
        return self._try(line, column, "country", read_country)

    def countries(self, line: Line, column: str) -> list[str]:
        """Return the codes of the countries of a cell."""
        cell = line.cells.get(column)
        if cell is None:
            return []
        found = [self.part(line, column, part.strip(), read_countries) for part in cell.split(JOINT) if part.strip()]
        return list(dict.fromkeys(code for codes in found if codes is not None for code in codes))

    def years(self, line: Line, column: str) -> int | None:
        """Return an age: a whole number, with or without the word years."""
        return self._try(line, column, "years", partial(_whole, most=OLDEST))

    def number(self, line: Line, column: str, *, least: int = 0, most: int = LARGEST_COUNT) -> int | None:
        """Return a whole number in plain digits."""
        return self._try(line, column, (least, most), partial(_whole, least=least, most=most, unit=None))

    def tags(self, line: Line) -> list[str]:
        """Return the tags of a cell, as lower-case words joined by `_`."""
        return self.several(line, "tags", tag_key)

    def identifiers(self, line: Line) -> list[tuple[str, str]]:
        """Return the identifiers of a cell as (scheme, value)."""
        return self.several(line, "identifier", read_identifier)


def _sex(text: str) -> str | None:
    if fold(text) == "m":
        raise BadValue(
            _("M can be masculino or mujer, and no other letter of the column says which."),
            hint=_("Write male or female, or hombre or mujer."),
        )
    return read_sex(text)


_YEARS: Final = re.compile(r"(?<=\d)\s*(?:años?|anos?|years?|yrs?)(?:\s+(?:de edad|old))?\.?$", re.IGNORECASE)


def _whole(text: str, *, least: int = 0, most: int, unit: re.Pattern[str] | None = _YEARS) -> int:
    """Return a whole number in plain digits, after which `unit` may stand. Raises BadValue."""
    plain = text.strip() if unit is None else unit.sub("", text.strip())
    if plain.isascii() and plain.isdecimal() and len(plain) < 12 and least <= int(plain) <= most:  # noqa: PLR2004
        return int(plain)
    raise BadValue(_("A whole number from {least} to {most} is wanted.").format(least=least, most=most))


def read_identifier(text: str) -> tuple[str, str]:
    """Return (scheme, value) of `SCHEME=VALUE`; a bare value has the scheme `id`. Raises `BadValue` if one is empty."""
    scheme, equals, value = (" ".join(part.split()) for part in text.partition("="))
    if not equals:
        scheme, value = "id", scheme
    if not (scheme and value):
        raise BadValue(_("An identifier is written SCHEME=VALUE, such as foro_penal=1234."))
    return clean_text(scheme, "identifier", 100), clean_text(value, "identifier", 300)


def merged_note(one: str | None, other: str | None) -> str | None:
    """Return both notes, each once, on lines of their own."""
    if not other or one == other or (one and other in one.split("\n")):
        return one
    return f"{one}\n{other}" if one else other


def stored(value: PartialDate | Any) -> Any:
    """Return a read value as the record stores it: a date as its canonical text."""
    return value.text if isinstance(value, PartialDate) else value
