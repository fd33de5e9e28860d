"""Canonical dates and their bounds, against the calendar of the standard library."""

# ruff: noqa: DTZ001  (local time of the record has no zone of its own)

import calendar
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.date_bounds import UNKNOWN, bounds, end_of_day, is_point, minus_minute, month_name, partial
from tracker.errors import BadValue
from tracker.i18n import set_language

DAYS = st.dates(min_value=date(1850, 1, 1), max_value=date(2200, 12, 31))
MINUTES = st.datetimes(min_value=datetime(1850, 1, 1), max_value=datetime(2200, 12, 31, 23, 59)).map(
    lambda when: when.replace(second=0, microsecond=0)
)


def oracle(canonical: str) -> tuple[datetime, datetime]:
    """First and last minute of a year, month, day or minute, the slow way: by its length."""
    if len(canonical) == 4:
        return datetime(int(canonical), 1, 1), datetime(int(canonical), 12, 31, 23, 59)
    if len(canonical) == 7:
        year, month = int(canonical[:4]), int(canonical[5:])
        return datetime(year, month, 1), datetime(year, month, calendar.monthrange(year, month)[1], 23, 59)
    start = datetime.fromisoformat(canonical)
    return start, start if "T" in canonical else start + timedelta(hours=23, minutes=59)


POINTS = st.one_of(
    DAYS.map(lambda day: f"{day.year:04}"),
    DAYS.map(lambda day: day.isoformat()[:7]),
    DAYS.map(date.isoformat),
    MINUTES.map(lambda when: when.isoformat(timespec="minutes")),
)


@given(POINTS)
def test_a_point_has_the_calendars_first_and_last_minute(point: str) -> None:
    assert is_point(point)
    assert bounds(point) == tuple(end.isoformat(timespec="minutes") for end in oracle(point))


@given(POINTS, POINTS)
def test_an_interval_runs_from_the_first_of_one_to_the_last_of_the_other(one: str, other: str) -> None:
    (start, _), (_, end) = oracle(one), oracle(other)
    if end < start:
        with pytest.raises(BadValue, match="ends before it begins") as caught:
            bounds(f"{one}..{other}")
        assert f"{other}..{one}" in str(caught.value.hint)
    else:
        assert bounds(f"{one}..{other}") == (bounds(one)[0], bounds(other)[1])
    assert bounds(f"..{other}") == (None, bounds(other)[1])


def test_nothing_known_has_no_bounds() -> None:
    assert bounds(None) == (None, None)
    assert partial(None) == UNKNOWN
    assert not UNKNOWN.known


def test_partial_carries_text_and_bounds() -> None:
    found = partial("2024-02")
    assert (found.text, found.earliest, found.latest) == ("2024-02", "2024-02-01T00:00", "2024-02-29T23:59")
    assert found.known
    assert not is_point("2024-02..2024-03")


@pytest.mark.parametrize(
    "text",
    [
        *[
            "",
            "..",
            "2024..",
            "24",
            "2024-2",
            "2024-02-1",
            "2024/02/01",
            "2024-02-16T9:00",
            "2024-02-16 09:00",
            "unknown",
        ],
        *["2024-02-16T09:00Z", "2024-02-16T09:00:00", "2024..2025..2026", " 2024", "2024\n", "٢٠٢٤", "2024..."],
    ],
)
def test_text_that_is_not_canonical_is_refused(text: str) -> None:
    with pytest.raises(BadValue, match="not a date in its stored form"):
        bounds(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2026-02-30", "February 2026 has 28 days"),
        ("2024-02-30", "February 2024 has 29 days"),
        ("1900-02-29", "February 1900 has 28 days"),
        ("2026-04-31", "April 2026 has 30 days"),
        ("2026-01-00", "January 2026 has 31 days"),
        ("2026-13", "no month 13"),
        ("2026-00-10", "no month 0"),
        ("1849", "1850 to 2200"),
        ("2201-01", "1850 to 2200"),
        ("2026-02-08T24:00", "00:00 to 23:59"),
        ("2026-02-08T23:60", "00:00 to 23:59"),
        ("2026-01-08..2026-02-30", "February 2026 has 28 days"),
    ],
)
def test_what_no_calendar_or_clock_has_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(BadValue, match=reason):
        bounds(text)


def test_the_year_2000_was_a_leap_year() -> None:
    assert bounds("2000-02")[1] == "2000-02-29T23:59"


def test_an_interval_may_end_inside_its_own_first_month() -> None:
    assert bounds("2024-02..2024-02-10") == ("2024-02-01T00:00", "2024-02-10T23:59")
    assert bounds("2024-02-10..2024-02") == ("2024-02-10T00:00", "2024-02-29T23:59")


@given(MINUTES.filter(lambda when: when > datetime(1850, 1, 1)))
def test_minus_minute_is_the_minute_before(when: datetime) -> None:
    before = minus_minute(when.isoformat(timespec="minutes"))
    assert datetime.fromisoformat(before) == when - timedelta(minutes=1)
    assert len(before) == len("2026-01-08T00:00")


def test_a_day_ends_in_its_last_minute() -> None:
    assert end_of_day("2026-01-08") == bounds("2026-01-08")[1]


def test_months_are_named_as_the_calendar_names_them() -> None:
    set_language("en")
    assert [month_name(month) for month in range(1, 13)] == list(calendar.month_name)[1:]
