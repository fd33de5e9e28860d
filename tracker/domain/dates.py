"""Reading the dates people write, in English and Spanish, without inventing what they left out.

Read: the canonical forms (`date_bounds`), `2026-02-08 23:45`, `2026-02-08T23:45:10` (seconds are dropped), `…Z` and `…-04:00` (converted
to the record's zone), `2026/1/8`, `8 Jan 2026`, `January 8, 2026`, `8 de enero de 2026`, `enero de 2026`, `today`, `ayer`, `unknown`,
and intervals `A..B`, `..B` of these. Refused with a sentence: anything whose parts could be read in two ways (`03/04/2024`),
days that no calendar has, words for the future. A future date itself is read: sentences end in the future.

Spellings are read from a table of our own: a date parser fills in what is missing (`2024` became a day).
"""

import re
import unicodedata
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Final, NoReturn

from tracker.domain.date_bounds import (
    UNKNOWN,
    Moment,
    PartialDate,
    bounds,
    check_calendar,
    check_clock,
    end_of_day,
    minus_minute,
    month_name,
    partial,
    refuse_backwards,
)
from tracker.domain.names import exact, fold
from tracker.domain.text import quoted
from tracker.errors import BadValue
from tracker.i18n import _

__all__ = [
    "UNKNOWN",
    "Moment",
    "PartialDate",
    "bounds",
    "converted",
    "end_of_day",
    "find_zone",
    "minus_minute",
    "now_moment",
    "partial",
    "read_date",
    "read_moment",
    "read_window",
    "today_in",
]

_MONTHS: Final = {
    word: month
    for month, words in enumerate(
        (
            "january jan enero ene",
            "february feb febrero",
            "march mar marzo",
            "april apr abril abr",
            "may mayo",
            "june jun junio",
            "july jul julio",
            "august aug agosto ago",
            "september sep sept septiembre setiembre set",
            "october oct octubre",
            "november nov noviembre",
            "december dec diciembre dic",
        ),
        start=1,
    )
    for word in words.split()
}

_UNKNOWN_WORDS: Final = frozenset({"unknown", "desconocido", "desconocida"})
_DAYS_BACK: Final = {"today": 0, "hoy": 0, "yesterday": 1, "ayer": 1}
_FUTURE_WORDS: Final = frozenset({"tomorrow", "manana", "pasado manana", "day after tomorrow"})

_DASHES: Final = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
_ORDINAL: Final = r"(?: ?(?:st|nd|rd|th|o|ro|er))?"
_MONTH_WORD: Final = f"({'|'.join(sorted(_MONTHS, key=len, reverse=True))})"

_TIMED: Final = re.compile(
    r"(?P<day>.*?[0-9]t|.*?\S[\s,]+)(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?:[0-5][0-9]|60)(?:[.,][0-9]+)?)?"
    r"\s*(?P<offset>z|[+-][0-9]{2}(?::?[0-9]{2})?)?"
)
_YEAR_FIRST: Final = re.compile(r"([0-9]{4})(?:([-/.])([0-9]{1,2})(?:\2([0-9]{1,2}))?)?")
_YEAR_LAST: Final = re.compile(r"(?:([0-9]{1,2})\s*[-/.]\s*)?([0-9]{1,2})\s*[-/.]\s*([0-9]{4}|[0-9]{2})")
_DAY_MONTH: Final = re.compile(
    rf"(?:(?:el|the) )?([0-9]{{1,2}}){_ORDINAL} (?:(?:de|of) )?{_MONTH_WORD}(?: (?:de |del |of )?([0-9]+))?"
)
_MONTH_DAY: Final = re.compile(rf"{_MONTH_WORD} ([0-9]{{1,2}}){_ORDINAL}(?: ([0-9]{{4}}))?")
_MONTH_YEAR: Final = re.compile(rf"{_MONTH_WORD} (?:(?:de|del|of) )?([0-9]{{4}})")


def read_date(text: str, *, zone: str = "UTC", today: date | None = None, optional: bool = False) -> PartialDate:
    """Return the date that `text` means, as precise as it was written.

    `zone` is the record's time zone (times with `Z` or an offset are converted to it, `today` is its day); `today`
    replaces the clock. `unknown` and `desconocido` give UNKNOWN, and so does empty text if `optional`. Raises BadValue.
    """
    plain = _plain(text)
    if not plain:
        if optional:
            return UNKNOWN
        raise BadValue(_("The date is empty."), hint=_("Give a date, or say unknown."))
    if fold(plain) in _UNKNOWN_WORDS:
        return UNKNOWN
    if ".." not in plain:
        return partial(_read_point(plain, text, zone, today))
    start, _dots, end = (part.strip() for part in plain.partition(".."))
    if not end:
        raise BadValue(
            _("{value} has no end: a date is not open towards the future.").format(value=quoted(text)),
            hint=_("Write the last day it can be: {example}.").format(example=f"{start}..2026-01-14"),
        )
    last = _read_point(end, text, zone, today)
    if not start:
        return partial(f"..{last}")
    first = _read_point(start, text, zone, today)
    if first == last:
        return partial(first)
    return partial(f"{first}..{last}")


def converted(text: str, zone: str) -> str | None:
    """Return the canonical local form of `text` if a time in it was converted to `zone`, for the shell to echo; else None.

    Raises BadValue as `read_date` does.
    """
    parts = _plain(text).split("..")
    timed = [found for part in parts if (found := _TIMED.fullmatch(part.strip()))]
    return read_date(text, zone=zone).text if any(found["offset"] for found in timed) else None


def read_moment(text: str, *, zone: str = "UTC", today: date | None = None) -> tuple[Moment, PartialDate]:
    """Return the moment asked about, and the date it was read from: a day, month, year or interval counts at its end.

    Raises BadValue also for an unknown date.
    """
    found = read_date(text, zone=zone, today=today)
    if found.latest is None:
        raise BadValue(
            _("{value} is no moment to ask about.").format(value=quoted(text)),
            hint=_("Give a day, for example 2026-01-12 or today."),
        )
    return found.latest, found


def read_window(
    frm: str | None, to: str | None, *, zone: str = "UTC", today: date | None = None
) -> tuple[Moment | None, Moment]:
    """Return a window's first and last minute: the start of `frm` (None: no start), the end of `to` (None: of today).

    Raises BadValue also if it ends before it begins, or a bound is unknown.
    """
    today = today or today_in(zone)
    last = read_moment(to, zone=zone, today=today)[0] if to is not None else end_of_day(today.isoformat())
    if frm is None:
        return None, last
    first = read_moment(frm, zone=zone, today=today)[1].earliest
    if first is not None and last < first:
        raise BadValue(
            _("The window ends ({to}) before it begins ({first}).").format(to=last, first=first),
            hint=_("Put the earlier date first."),
        )
    return first, last


def find_zone(name: str) -> tzinfo:
    """Return the time zone of that name (`America/Caracas`). Raises BadValue if there is none."""
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown; empty or outside the database; a folder of it
        raise BadValue(
            _("There is no time zone {value}.").format(value=quoted(name)),
            hint=_("Use a name of the IANA list, such as America/Caracas or Europe/Madrid."),
        ) from None


def now_moment(zone: str) -> Moment:
    """Return the minute it is now in `zone`."""
    return datetime.now(find_zone(zone)).strftime("%Y-%m-%dT%H:%M")


def today_in(zone: str) -> date:
    """Return the day it is now in `zone`."""
    return datetime.now(find_zone(zone)).date()


def _plain(text: str) -> str:
    """Return `text` in lower case, with plain digits, dashes and single spaces."""
    return exact(unicodedata.normalize("NFKC", text)).translate(_DASHES)


def _read_point(plain: str, text: str, zone: str, today: date | None) -> str:
    """Return the canonical form of one day, month, year or minute; `text` is what the user wrote, for the sentence."""
    timed = _TIMED.fullmatch(plain)
    if timed is None:
        return _read_day(plain, text, zone, today)
    day = _read_day(timed["day"].removesuffix("t").rstrip(" ,"), text, zone, today)
    if len(day) != len("2026-02-08"):
        _refuse(text)
    hour, minute = int(timed["hour"]), int(timed["minute"])
    check_clock(text, hour, minute)
    if timed["offset"] is None:
        return f"{day}T{hour:02}:{minute:02}"
    return _local(f"{day}T{hour:02}:{minute:02}", timed["offset"], text, zone)


def _local(stamp: str, offset: str, text: str, zone: str) -> str:
    """Return the minute `stamp`, given at `offset` from UTC, in the record's zone."""
    digits = offset.lstrip("+-z").replace(":", "").ljust(4, "0")
    ahead = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if ahead >= timedelta(hours=15):
        _refuse(text)
    there = timezone(-ahead if offset[0] == "-" else ahead)
    here = datetime.fromisoformat(stamp).replace(tzinfo=there).astimezone(find_zone(zone))
    check_calendar(text, here.year)
    return here.strftime("%Y-%m-%dT%H:%M")


def _read_day(plain: str, text: str, zone: str, today: date | None) -> str:
    """Return the canonical form of a day, month or year."""
    if found := _YEAR_FIRST.fullmatch(plain):
        return _canonical(text, found[1], found[3], found[4])
    if found := _YEAR_LAST.fullmatch(plain):
        _refuse_year_last(text, found[1], found[2], found[3])
    words = fold(plain)
    if words in _DAYS_BACK:
        return ((today or today_in(zone)) - timedelta(days=_DAYS_BACK[words])).isoformat()
    if words in _FUTURE_WORDS:
        raise BadValue(
            _("{value} lies in the future.").format(value=quoted(text)),
            hint=_("A fact cannot lie in the future. Enter it once it has happened."),
        )
    if found := _MONTH_YEAR.fullmatch(words):
        return _canonical(text, found[2], _MONTHS[found[1]])
    if found := _DAY_MONTH.fullmatch(words):
        return _with_year(text, found[3], found[2], found[1])
    if found := _MONTH_DAY.fullmatch(words):
        return _with_year(text, found[3], found[1], found[2])
    _refuse(text)


def _with_year(text: str, year: str | None, month: str, day: str) -> str:
    """Return the canonical form of a day with a named month; a year must be there, in four digits."""
    if year is None or len(year) != len("2026"):
        raise BadValue(
            _("{value} has no year in four digits.").format(value=quoted(text)),
            hint=_("Give the year too: {example}.").format(example=f"{day} {month} 2026"),
        )
    return _canonical(text, year, _MONTHS[month], day)


def _canonical(text: str, year: str, month: str | int | None = None, day: str | None = None) -> str:
    """Return `2026`, `2026-01` or `2026-01-08`, once the calendar has it."""
    check_calendar(text, int(year), None if month is None else int(month), None if day is None else int(day))
    return "-".join(f"{int(part):02}" for part in (year, month, day) if part is not None)


def _refuse_year_last(text: str, one: str | None, two: str, year: str) -> NoReturn:
    """Raise BadValue for a date in figures with the year at its end, naming what it could mean."""
    full = int(year) if len(year) == len("2026") else _century(int(year))
    orders = {(None, two)} if one is None else {(one, two), (two, one)}
    readings: list[str] = []
    for day, month in sorted(orders, key=lambda order: order != (one, two)):
        try:
            readings.append(_canonical(text, str(full), month, day))
        except BadValue:
            continue
    if not readings:
        _refuse(text)
    if len(readings) == 1:
        raise BadValue(
            _("{value} puts the year last; in figures, the year comes first here.").format(value=quoted(text)),
            hint=_("Write {iso}.").format(iso=readings[0]),
        )
    raise BadValue(
        _("{value} is ambiguous: day first or month first?").format(value=quoted(text)),
        hint=_("Write {first} for {first_words}, or {second} for {second_words}.").format(
            first=readings[0],
            first_words=_in_words(readings[0]),
            second=readings[1],
            second_words=_in_words(readings[1]),
        ),
    )


def _century(year: int) -> int:
    """Return a two-digit year in full, for a suggestion only."""
    return 2000 + year if year < 70 else 1900 + year  # noqa: PLR2004  (the usual turning point)


def _in_words(day: str) -> str:
    """Return `2024-04-03` as `3 April 2024` or `3 de abril de 2024`."""
    year, month, number = (int(part) for part in day.split("-"))
    return _("{day} {month} {year}").format(day=number, month=month_name(month), year=year)


def _refuse(text: str) -> NoReturn:
    """Raise BadValue: no form of date."""
    raise BadValue(
        _("{value} cannot be read as a date.").format(value=quoted(text)),
        hint=_(
            "Write 2026, 2026-01, 2026-01-08, 2026-01-08T23:45, 2026-01-08..2026-01-10, ..2026-01-14, "
            "8 Jan 2026, today, yesterday or unknown."
        ),
    )
