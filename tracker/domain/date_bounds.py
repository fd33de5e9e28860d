"""A date as precise as its source gave it: canonical text, and the earliest and latest minute it can mean.

Canonical text is `2024`, `2024-02`, `2024-02-16`, `2026-02-08T23:45`, `A..B` with A and B any of these, or `..B` (by
then). A minute (a *moment*) is `YYYY-MM-DDTHH:MM`, local time of the record, and compares as text. Open and unknown
bounds are None. Years run from 1850 to 2200, so that every year has four digits and a typing error shows.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final, NoReturn, TypeAlias

from tracker.domain.text import quoted
from tracker.errors import BadValue
from tracker.i18n import _

Moment: TypeAlias = str
"""`YYYY-MM-DDTHH:MM`, local time of the record."""

FIRST_YEAR: Final = 1850
LAST_YEAR: Final = 2200
MONTHS_IN_YEAR: Final = 12

_DAYS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LEAP_MONTH: Final = 2
_POINT: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(?:T([0-9]{2}):([0-9]{2}))?)?)?")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date with its precision: canonical `text`, and its `earliest` and `latest` minute.

    All three are None when the date is unknown; `earliest` alone is None for a date open at its start (`..2026-01-14`).
    """

    text: str | None
    earliest: Moment | None
    latest: Moment | None

    @property
    def known(self) -> bool:
        """Whether anything is known of the date."""
        return self.text is not None


UNKNOWN: Final = PartialDate(None, None, None)


def bounds(canonical: str | None) -> tuple[Moment | None, Moment | None]:
    """Return the earliest and latest minute of a canonical date; (None, None) for None.

    Raises BadValue for text that is not canonical.
    """
    return (None, None) if canonical is None else _bounds(canonical)


def partial(canonical: str | None) -> PartialDate:
    """Return the PartialDate of a canonical text. Raises BadValue for text that is not canonical."""
    return PartialDate(canonical, *bounds(canonical))


def is_point(text: str) -> bool:
    """Return whether `text` has the canonical shape of a year, month, day or minute (the calendar may not have it)."""
    return _POINT.fullmatch(text) is not None


# A record of a million dates has a few thousand different ones: remembered, a call costs a tenth.
@lru_cache(maxsize=1 << 15)
def _bounds(canonical: str) -> tuple[Moment | None, Moment]:
    start, dots, end = canonical.partition("..")
    if not dots:
        return _point(canonical)
    earliest = _point(start)[0] if start else None
    latest = _point(end)[1]
    if earliest is not None and latest < earliest:
        refuse_backwards(start, end)
    return earliest, latest


def _point(text: str) -> tuple[Moment, Moment]:
    """Return the first and last minute of a year, month, day or minute."""
    found = _POINT.fullmatch(text)
    if found is None:
        raise BadValue(
            _("{value} is not a date in its stored form.").format(value=quoted(text)),
            hint=_("Stored dates look like 2024, 2024-02, 2024-02-16, 2024-02-16T23:45, A..B or ..B."),
        )
    year, month, day, hour, minute = (None if part is None else int(part) for part in found.groups())
    check_calendar(text, year or 0, month, day)
    if hour is not None:
        check_clock(text, hour, minute or 0)
        return text, text
    if day is not None:
        return f"{text}T00:00", f"{text}T23:59"
    if month is not None:
        return f"{text}-01T00:00", f"{text}-{days_in(year or 0, month):02}T23:59"
    return f"{text}-01-01T00:00", f"{text}-12-31T23:59"


def days_in(year: int, month: int) -> int:
    """Return how many days a month has."""
    leap = month == _LEAP_MONTH and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if leap else _DAYS[month - 1]


def check_calendar(text: str, year: int, month: int | None = None, day: int | None = None) -> None:
    """Raise BadValue, naming `text`, for a year, month or day that no calendar has or the record does not take."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadValue(
            _("{value} cannot be: years run from {first} to {last} here.").format(
                value=quoted(text), first=FIRST_YEAR, last=LAST_YEAR
            ),
            hint=_("Check the year."),
        )
    if month is not None and not 1 <= month <= MONTHS_IN_YEAR:
        raise BadValue(
            _("{value} cannot be: there is no month {month}.").format(value=quoted(text), month=month),
            hint=_("Write year, month, day: 2026-01-08."),
        )
    if day is None or month is None:
        return
    last = days_in(year, month)
    if not 1 <= day <= last:
        raise BadValue(
            _("{value} cannot be: {month} {year} has {days} days.").format(
                value=quoted(text), month=month_name(month), year=year, days=last
            ),
            hint=_("Check the day, or give only the month: {month}.").format(month=f"{year}-{month:02}"),
        )


def check_clock(text: str, hour: int, minute: int) -> None:
    """Raise BadValue, naming `text`, for a time that no clock shows."""
    if hour > 23 or minute > 59:  # noqa: PLR2004  (a day's last hour, an hour's last minute)
        raise BadValue(
            _("{value} cannot be: a day runs from 00:00 to 23:59.").format(value=quoted(text)),
            hint=_("Check the time."),
        )


def refuse_backwards(start: str, end: str) -> NoReturn:
    """Raise BadValue: the interval `start..end` ends before it begins."""
    raise BadValue(
        _("{value} ends before it begins.").format(value=quoted(f"{start}..{end}")),
        hint=_("Put the earlier date first: {better}.").format(better=f"{end}..{start}"),
    )


def month_name(month: int) -> str:
    """Return the name of a month (1 to 12) in the language in force."""
    names = (
        _("January"),
        _("February"),
        _("March"),
        _("April"),
        _("May"),
        _("June"),
        _("July"),
        _("August"),
        _("September"),
        _("October"),
        _("November"),
        _("December"),
    )
    return names[month - 1]


def end_of_day(day: str) -> Moment:
    """Return the last minute of `day` (`YYYY-MM-DD`)."""
    return f"{day}T23:59"


def minus_minute(moment: Moment) -> Moment:
    """Return the minute before `moment`."""
    return (datetime.fromisoformat(moment) - timedelta(minutes=1)).isoformat(timespec="minutes")


def weekday_name(weekday: int) -> str:
    """Return the name of a day of the week (Monday is 0) in the language in force."""
    names = (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )
    return names[weekday]
