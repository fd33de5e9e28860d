"""Dates in figures with the year last, as a stranger's list has them: 03/04/2024, 29.7.2024.

Which of the two is the day is never guessed: somebody says it once for the list. Until then the list is refused, and
cells that can be read in one order only (13/1/2024) tell which it looks like.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from tracker.domain.text import quoted
from tracker.domain.vocabulary import label
from tracker.errors import BadValue
from tracker.i18n import _

DAY_FIRST: Final = "day_first"
MONTH_FIRST: Final = "month_first"

_FIGURES: Final = re.compile(
    r"(?<![0-9/-])(?<![0-9]\.)([0-9]{1,2})\s*[-/.]\s*([0-9]{1,2})\s*[-/.]\s*([0-9]{4})(?![0-9])"
)
_SHORT_YEAR: Final = re.compile(r"[0-9]{1,2}\s*[-/.]\s*[0-9]{1,2}\s*[-/.]\s*[0-9]{2}")
_MONTHS: Final = 12
_DAYS: Final = 31
is_iso: Final = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}\Z").match
"""Whether a text is the usual cell of a date, told at once."""


def has_figures(text: str) -> bool:
    """Return whether a text holds a day in figures with the year last."""
    return _FIGURES.search(text) is not None


def refuse_figures(text: str) -> None:
    """Raise BadValue for a text that still holds such a day once those that fit were read, or has a short year."""
    if _SHORT_YEAR.fullmatch(text.strip()):
        raise BadValue(
            _("{value} has no year in four digits.").format(value=quoted(text)),
            hint=_("Which century it is, no list says: write the year in full."),
        )
    found = _FIGURES.search(text)
    if found is not None and max(int(found[1]), int(found[2])) > _MONTHS:
        raise BadValue(
            _("{value} does not fit the order of day and month that holds here.").format(value=quoted(text)),
            hint=_("Write the year first: {year}-MM-DD.").format(year=found[3]),
        )


def shown(order: str) -> str:
    """Return an order as people read it."""
    return label("date_order", order)


def option(order: str) -> str:
    """Return the option that declares an order."""
    return f"--dates {order.replace('_', '-')}"


@dataclass(slots=True)
class DateOrder:
    """Which part comes first in the dates of a list: `order`, or None until somebody says so."""

    order: str | None = None
    saved: bool = False
    """Whether the order is that saved for the list, rather than given."""

    used: bool = False
    refused: bool = False
    """Whether a date was met whose order nobody has said."""

    _first: tuple[int, str, str] | None = None
    _proofs: dict[str, tuple[int, str, str]] = field(default_factory=dict)

    def read(self, text: str, row: int, column: str) -> str:
        """Return a date cell with its day in ISO order; one that does not fit the order stays for its field to refuse.

        While the order is not known the cell is noted, and `stop_if_any` tells it.
        """
        if self.order is None:
            self._note(text, row, column)
            return text
        found = _FIGURES.sub(self._iso, text)
        self.used = self.used or found != text
        return found

    def _iso(self, found: re.Match[str]) -> str:
        one, two = int(found[1]), int(found[2])
        day, month = (one, two) if self.order == DAY_FIRST else (two, one)
        fits = 1 <= month <= _MONTHS and 1 <= day <= _DAYS
        return f"{found[3]}-{month:02}-{day:02}" if fits else found[0]

    def _note(self, text: str, row: int, column: str) -> None:
        if self._first is None:
            self._first, self.refused = (row, column, text), True
        for found in _FIGURES.finditer(text):
            one, two = int(found[1]), int(found[2])
            if two <= _MONTHS < one <= _DAYS:
                self._proofs.setdefault(DAY_FIRST, (row, column, text))
            elif one <= _MONTHS < two <= _DAYS:
                self._proofs.setdefault(MONTH_FIRST, (row, column, text))

    def stop_if_any(self, file: str) -> None:
        """Raise BadValue where dates were met whose order nobody has said, with what their column tells about it."""
        if self._first is None:
            return
        row, column, text = self._first
        raise BadValue(
            _("{file}, row {row}, {column} {value}: is the day first, or the month?").format(
                file=file, row=row, column=column, value=quoted(text, 40)
            ),
            hint=self._advice(),
        )

    def _advice(self) -> str:
        if len(self._proofs) > 1:
            (row, column, text), (row2, column2, text2) = self._proofs[DAY_FIRST], self._proofs[MONTH_FIRST]
            return _(
                "Both are there: {value} (row {row}, {column}) can only be day first, {value2} (row {row2}, {column2})"
                " only month first. Write those of one kind with the year first, then say {option} or {option2}."
            ).format(
                value=quoted(text, 40),
                row=row,
                column=column,
                value2=quoted(text2, 40),
                row2=row2,
                column2=column2,
                option=option(DAY_FIRST),
                option2=option(MONTH_FIRST),
            )
        for order, (row, column, text) in self._proofs.items():
            return _("Row {row} has {value} ({column}), so these look {order}: say {option}.").format(
                row=row, value=quoted(text, 40), column=column, order=shown(order), option=option(order)
            )
        return _("Nothing in the list tells. Say {option} or {option2}, once you know which.").format(
            option=option(DAY_FIRST), option2=option(MONTH_FIRST)
        )

    def sentences(self) -> list[str]:
        """Return in which order dates were read, if it is one that was saved."""
        if not (self.used and self.saved and self.order):
            return []
        return [_("Dates are read {order}, as saved for this list.").format(order=shown(self.order))]
