"""One day, month, year or minute as people write it, in English and Spanish, turned into its canonical text.

The figures and month names are read from patterns of our own, which prove which parts were given: a date parser
fills in what is missing (`2024` became a day). What could be read in two ways is refused with both readings: of
figures with the year last, those are read that fit one order only (`29.07.2024`).
"""

import re
import unicodedata
from datetime import date, datetime, timedelta, timezone
from typing import Final, NoReturn

from tracker.domain.clock import find_zone, today_in
from tracker.domain.date_bounds import check_calendar, check_clock, month_name, weekday_name
from tracker.domain.names import exact, fold
from tracker.domain.text import quoted
from tracker.errors import BadValue
from tracker.i18n import _

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

_WEEKDAYS: Final = {
    word: number
    for number, words in enumerate(
        (
            "monday mon lunes lun",
            "tuesday tues tue martes mar",
            "wednesday wed miercoles mie",
            "thursday thurs thur thu jueves jue",
            "friday fri viernes vie",
            "saturday sat sabado sab",
            "sunday sun domingo dom",
        )
    )
    for word in words.split()
}

LONGEST: Final = 200

UNKNOWN_WORDS: Final = frozenset({"unknown", "desconocido", "desconocida"})
_DAYS_BACK: Final = {"today": 0, "hoy": 0, "yesterday": 1, "ayer": 1}
_FUTURE_WORDS: Final = frozenset({"tomorrow", "manana", "pasado manana", "day after tomorrow"})

_DASHES: Final = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
_ORDINAL: Final = r"(?: ?(?:st|nd|rd|th|o|ro|er))?"
_MONTH_WORD: Final = f"({'|'.join(sorted(_MONTHS, key=len, reverse=True))})"

TIMED: Final = re.compile(
    r"(?P<day>.*?[0-9]t|.*?\S[\s,]+)(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?:[0-5][0-9]|60)(?:[.,][0-9]+)?)?"
    r"\s*(?P<offset>z|[+-][0-9]{2}(?::?[0-9]{2})?)?"
)
_YEAR_FIRST: Final = re.compile(r"([0-9]{4})(?:([-/.])([0-9]{1,2})(?:\2([0-9]{1,2}))?)?")
_BASIC: Final = re.compile(r"([0-9]{4})()([0-9]{2})([0-9]{2})")
_YEAR_LAST: Final = re.compile(r"(?:([0-9]{1,2})\s*[-/.]\s*)?([0-9]{1,2})\s*[-/.]\s*([0-9]{4}|[0-9]{2})")
_WORDED: Final = re.compile(r"[\w\s.,/'-]+")  # a "?" or "(approx.)" would be lost in folding, and a doubt with it
_DAY_MONTH: Final = re.compile(
    rf"(?:(?:el|the) )?([0-9]{{1,2}}){_ORDINAL} (?:(?:de|of) )?{_MONTH_WORD}(?: (?:de |del |of )?([0-9]+))?"
)
_MONTH_DAY: Final = re.compile(rf"{_MONTH_WORD} ([0-9]{{1,2}}){_ORDINAL}(?: ([0-9]{{4}}))?")
_MONTH_YEAR: Final = re.compile(rf"{_MONTH_WORD} (?:(?:de|del|of) )?([0-9]{{4}})")
_WITH_WEEKDAY: Final = re.compile(r"([^\W\d_]{3,10})[.,]*\s+(\S.*)")


def plain_text(text: str) -> str:
    """Return `text` in lower case, with plain digits, dashes and single spaces. Raises BadValue if it is too long."""
    if len(text) > LONGEST:
        refuse(text)
    return exact(unicodedata.normalize("NFKC", text)).translate(_DASHES)


def read_point(point: str, text: str, zone: str, today: date | None) -> str:
    """Return the canonical form of one day, month, year or minute; `text` is what the user wrote, for the sentence."""
    timed = TIMED.fullmatch(point)
    if timed is None:
        return _read_day(point, text, zone, today)
    day = _read_day(timed["day"].removesuffix("t").rstrip(" ,"), text, zone, today)
    if len(day) != len("2026-02-08"):
        refuse(text)
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
        refuse(text)
    there = timezone(-ahead if offset[0] == "-" else ahead)
    here = datetime.fromisoformat(stamp).replace(tzinfo=there).astimezone(find_zone(zone))
    check_calendar(text, here.year)
    return here.strftime("%Y-%m-%dT%H:%M")


def _read_day(point: str, text: str, zone: str, today: date | None) -> str:
    """Return the canonical form of a day, month or year."""
    if found := _YEAR_FIRST.fullmatch(point) or _BASIC.fullmatch(point):
        return _canonical(text, found[1], found[3], found[4])
    if found := _YEAR_LAST.fullmatch(point):
        return _read_year_last(text, found[1], found[2], found[3])
    words = fold(point) if _WORDED.fullmatch(point) else ""
    if words in _DAYS_BACK:
        return ((today or today_in(zone)) - timedelta(days=_DAYS_BACK[words])).isoformat()
    if words in _FUTURE_WORDS:
        refuse_future(text)
    named = _read_named_month(words, text)  # "mar 2 2026" is a day of March before it is a Tuesday
    if named is not None:
        return named
    if (found := _WITH_WEEKDAY.fullmatch(point)) and (weekday := _WEEKDAYS.get(fold(found[1]))) is not None:
        return _on_weekday(_read_day(found[2], text, zone, today), weekday, text)
    return refuse(text)


def _on_weekday(day: str, weekday: int, text: str) -> str:
    """Return `day`, which was written with the name of a weekday. Raises BadValue where it is not that weekday."""
    if len(day) != len("2026-02-08"):
        refuse(text)
    truly = date.fromisoformat(day).weekday()
    if truly != weekday:
        raise BadValue(
            _("{value} names the wrong day of the week: {day} is a {weekday}.").format(
                value=quoted(text), day=_in_words(day), weekday=weekday_name(truly)
            ),
            hint=_("One of the two is a slip; leave out the day of the week once you know which."),
        )
    return day


def refuse_future(text: str) -> NoReturn:
    """Raise BadValue for a day that has not come."""
    raise BadValue(
        _("{value} lies in the future.").format(value=quoted(text)),
        hint=_("Name a day that has come: nothing is known yet of a later one."),
    )


def _read_named_month(words: str, text: str) -> str | None:
    """Return the canonical form of a month or day whose month is named (the order of its parts is then plain)."""
    if found := _MONTH_YEAR.fullmatch(words):
        return _canonical(text, found[2], _MONTHS[found[1]])
    if found := _DAY_MONTH.fullmatch(words):
        return _with_year(text, found[3], found[2], found[1])
    if found := _MONTH_DAY.fullmatch(words):
        return _with_year(text, found[3], found[1], found[2])
    return None


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


def _read_year_last(text: str, one: str | None, two: str, year: str) -> str:
    """Return the canonical form of figures with the year last. Raises BadValue where they could mean two days.

    A year of two digits is never read, but the sentence says what it could mean.
    """
    full = int(year) if len(year) == len("2026") else _century(int(year))
    orders = {(None, two)} if one is None else {(one, two), (two, one)}
    readings: list[str] = []
    for day, month in sorted(orders, key=lambda order: order != (one, two)):
        try:
            readings.append(_canonical(text, str(full), month, day))
        except BadValue:
            continue
    if not readings:
        refuse(text)
    if len(readings) == 1:
        if len(year) == len("2026"):
            return readings[0]
        raise BadValue(
            _("{value} has no year in four digits.").format(value=quoted(text)),
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


def refuse(text: str) -> NoReturn:
    """Raise BadValue: no form of date."""
    raise BadValue(
        _("{value} cannot be read as a date.").format(value=quoted(text)),
        hint=_(
            "Write 2026, 2026-01, 2026-01-08, 2026-01-08T23:45, 2026-01-08..2026-01-10, ..2026-01-14, "
            "8 Jan 2026, today, yesterday or unknown."
        ),
    )
