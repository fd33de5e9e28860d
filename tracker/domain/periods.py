"""A stretch of time cut into days, ISO weeks (from Monday) or months: what a timeline has a row for each of.

The first and last period are cut off where the stretch begins and ends; they keep the name of the whole.
"""

from datetime import date, timedelta
from typing import Final, NamedTuple

from tracker.domain.date_bounds import Moment
from tracker.domain.names import fold
from tracker.domain.text import quoted
from tracker.errors import BadValue
from tracker.i18n import _

PER: Final = ("day", "week", "month")
MOST: Final = 1_500
"""Periods beyond which nobody reads: four years of days, a lifetime of weeks."""

_DAYS_BY_DAY: Final = 31
_DAYS_BY_WEEK: Final = 27 * 7
_WORDS: Final = {"dia": "day", "semana": "week", "mes": "month"}


class Period(NamedTuple):
    """A day, week or month: `2026-01-08`, `2026-W02`, `2026-01`; its first and last minute within the stretch."""

    name: str
    first: Moment
    last: Moment


def read_per(word: str | None) -> str | None:
    """Return `day`, `week` or `month`, or None for no word. Raises BadValue."""
    if word is None:
        return None
    key = fold(word)
    if (found := _WORDS.get(key, key)) in PER:
        return found
    raise BadValue(_("--per takes {choices}, not {value}.").format(choices=" / ".join(PER), value=quoted(word)))


def fitting(first: Moment, last: Moment) -> str:
    """Return by what a stretch reads best: days up to a month of them, weeks up to half a year, then months."""
    days = (_day(last) - _day(first)).days + 1
    return "day" if days <= _DAYS_BY_DAY else "week" if days <= _DAYS_BY_WEEK else "month"


def periods(first: Moment, last: Moment, per: str) -> list[Period]:
    """Return the periods from one minute to another, in order. Raises BadValue where they are too many to read."""
    found: list[Period] = []
    day, end = _day(first), _day(last)
    while day <= end:
        name, following = _named(day, per)
        begins = first if not found else f"{day.isoformat()}T00:00"
        ends = last if following > end else f"{(following - timedelta(days=1)).isoformat()}T23:59"
        found.append(Period(name, begins, ends))
        if len(found) > MOST:
            raise BadValue(
                _("That is more than {most} periods.").format(most=MOST),
                hint=_("Choose --per week or --per month, or a shorter time with --from and --to."),
            )
        day = following
    return found


def _day(moment: Moment) -> date:
    return date.fromisoformat(moment[:10])


def _named(day: date, per: str) -> tuple[str, date]:
    """Return the name of the period a day lies in, and the first day after it."""
    if per == "day":
        return day.isoformat(), day + timedelta(days=1)
    if per == "week":
        year, week, weekday = day.isocalendar()
        return f"{year}-W{week:02}", day + timedelta(days=8 - weekday)
    return f"{day:%Y-%m}", (day.replace(day=1) + timedelta(days=32)).replace(day=1)
