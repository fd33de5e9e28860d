"""Reading dates as people write them, without inventing what they left out.

Read: the canonical forms (`date_bounds`), `2026-02-08 23:45`, `2026-02-08T23:45:10` (seconds are dropped), `…Z` and
`…-04:00` (converted to the record's zone), `2026/1/8`, `20260108`, `29.07.2024` (only the day can be 29), `8 Jan 2026`,
`January 8, 2026`, `8 de enero de 2026`, `jueves 8 de enero de 2026` (if it was one), `enero de 2026`, `today`, `ayer`,
`unknown`, and intervals `A..B`, `..B` of these. Refused with a sentence: whatever could be read
in two ways (`03/04/2024`), days that no calendar has, words for the future. A future date itself is read, because
sentences end in the future; `rules.is_future` finds the others.
"""

from datetime import date

from tracker.domain.clock import find_zone, now_moment, today_in
from tracker.domain.date_bounds import (
    UNKNOWN,
    Moment,
    PartialDate,
    bounds,
    end_of_day,
    is_point,
    minus_minute,
    partial,
)
from tracker.domain.date_words import TIMED, UNKNOWN_WORDS, plain_text, read_point, refuse_future
from tracker.domain.names import fold
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


def read_date(text: str, *, zone: str = "UTC", today: date | None = None, optional: bool = False) -> PartialDate:
    """Return the date that `text` means, as precise as it was written.

    `zone` is the record's time zone (times with `Z` or an offset are converted to it, `today` is its day); `today`
    replaces the clock. `unknown` and `desconocido` give UNKNOWN, and so does empty text if `optional`. Raises BadValue.
    """
    if is_point(text):  # the usual case of a list of many rows
        return partial(text)
    plain = plain_text(text)
    if not plain:
        if optional:
            return UNKNOWN
        raise BadValue(_("The date is empty."), hint=_("Give a date, or say unknown."))
    if fold(plain) in UNKNOWN_WORDS:
        return UNKNOWN
    if ".." not in plain:
        return partial(read_point(plain, text, zone, today))
    start, _dots, end = (part.strip() for part in plain.partition(".."))
    if not end:
        raise BadValue(
            _("{value} has no end: a date is not open towards the future.").format(value=quoted(text)),
            hint=_("Give the last day it can be, as in 2026-01-08..2026-01-14."),
        )
    last = read_point(end, text, zone, today)
    if not start:
        return partial(f"..{last}")
    first = read_point(start, text, zone, today)
    return partial(first if first == last else f"{first}..{last}")


def converted(text: str, zone: str) -> str | None:
    """Return the canonical local form of `text` if a time in it had to be converted to `zone`, else None.

    The shell echoes it. Raises BadValue as `read_date` does.
    """
    timed = [found for part in plain_text(text).split("..") if (found := TIMED.fullmatch(part.strip()))]
    return read_date(text, zone=zone).text if any(found["offset"] for found in timed) else None


def read_moment(text: str, *, zone: str = "UTC", today: date | None = None) -> tuple[Moment, PartialDate]:
    """Return the moment asked about, and the date it was read from: a day, month, year or interval counts at its end.

    Raises BadValue also for an unknown date, and for one whose last day, month or year has not begun: nothing is known
    of it yet.
    """
    found = read_date(text, zone=zone, today=today)
    if found.latest is None:
        raise BadValue(
            _("{value} is no moment to ask about.").format(value=quoted(text)),
            hint=_("Give a day, for example 2026-01-12 or today."),
        )
    ends = bounds((found.text or "").rpartition("..")[2])[0]
    if ends is not None and ends[:10] > (today or today_in(zone)).isoformat():
        refuse_future(text)
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
