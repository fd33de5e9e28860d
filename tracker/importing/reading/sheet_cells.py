"""What a cell of a spreadsheet shows, as text: dates as the date they show, numbers without what Excel adds to them."""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

_BUILT_IN: Final = {
    **dict.fromkeys((*range(27, 32), 36, *range(50, 55), *range(57, 59)), "yyyy-mm-dd"),
    **dict.fromkeys((14, 15), "yyyy-mm-dd"),
    16: "d-mmm-yyyy",
    17: "mmm-yy",
    **dict.fromkeys((18, 19, 20, 21, *range(32, 36), 55, 56, 45, 46, 47), "h:mm"),
    22: "yyyy-mm-dd h:mm",
}
"""The date formats that files name by number only (16 shows no year; the date has one)."""

_NO_LETTERS: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_ZEROS: Final = re.compile("0{2,}")
_FRACTIONS: Final = re.compile(r"\.0+")
_LAST_DAY: Final = 2_958_465  # 9999-12-31
_FALSE_LEAP_DAY: Final = 60
_DIGITS: Final = 15
_MINUTES: Final = 1440


def builtin_format(number: int) -> str:
    """Return the format that a file names by `number` alone, '' for one that shows numbers as they are."""
    return _BUILT_IN.get(number, "")


@lru_cache(maxsize=1024)
def shows(code: str) -> str:
    """Return what a number format shows: day, month, year, time, elapsed, number, or zeros (as many as it has)."""
    plain = _NO_LETTERS.sub("", code.split(";", maxsplit=1)[0]).lower()
    if _ZEROS.fullmatch(plain):
        return "zeros"
    if plain == "general" or not re.search("[ymdhs]", plain) or re.search("[0#?@]", _FRACTIONS.sub("", plain)):
        return "number"
    if "[" in plain:
        return "elapsed"
    if "y" not in plain and "d" not in plain:
        return "month" if re.fullmatch("m{3,}", plain) else "time"
    if "d" in plain:
        return "day"
    return "month" if "m" in plain else "year"


def number_text(text: str, code: str, *, since_1904: bool) -> str | None:
    """Return what a cell that holds the number `text` shows in the format `code`; None if it shows nothing readable."""
    how = shows(code)
    try:
        value = float(text)
    except ValueError:
        return None
    if value != value or value in {float("inf"), float("-inf")}:  # noqa: PLR0124  (NaN)
        return None
    if how in {"number", "zeros"}:
        plain = _plain(text, value)
        return plain.zfill(len(_NO_LETTERS.sub("", code.split(";", maxsplit=1)[0]))) if how == "zeros" else plain
    return _date_text(value, how, since_1904=since_1904)


def _plain(text: str, value: float) -> str:
    """Return a number as a cell shows it that is wide enough: 2024.0 is 2024, 0.30000000000000004 is 0.3."""
    if text.isascii() and text.removeprefix("-").isdigit() and len(text) <= _DIGITS:
        return text
    if value == int(value):
        return str(int(value))
    return f"{value:.{_DIGITS}g}"


def _date_text(value: float, how: str, *, since_1904: bool) -> str | None:
    minutes = round(value * _MINUTES)
    if how == "elapsed":
        return f"{minutes // 60}:{minutes % 60:02}"
    days, minutes = divmod(minutes, _MINUTES)
    clock = f"{minutes // 60:02}:{minutes % 60:02}"
    if how == "time" and not days:
        return clock
    if since_1904:
        days += 1462
    if days < 1 or days > _LAST_DAY or days == _FALSE_LEAP_DAY:
        return None
    # Day 60 is 29 February 1900, which no calendar but Excel's has.
    shown = (date(1899, 12, 30) if days > _FALSE_LEAP_DAY else date(1899, 12, 31)) + timedelta(days=days)
    if how == "year":
        return f"{shown.year:04}"
    if how == "month":
        return f"{shown.year:04}-{shown.month:02}"
    return f"{shown.isoformat()} {clock}" if minutes else shown.isoformat()
