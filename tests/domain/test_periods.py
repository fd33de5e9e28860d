"""A stretch of time in days, weeks and months: no minute is left out, none counted twice."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.date_bounds import minus_minute
from tracker.domain.periods import fitting, periods, read_per
from tracker.errors import BadValue

days = st.dates(date(1999, 12, 25), date(2028, 1, 10))


@given(start=days, length=st.integers(0, 400), per=st.sampled_from(("day", "week", "month")))
def test_periods_follow_each_other_without_a_gap(start, length, per):
    first, last = f"{start}T00:00", f"{start + timedelta(days=length)}T23:59"
    found = periods(first, last, per)
    assert (found[0].first, found[-1].last) == (first, last)
    for one, following in pairwise(found):
        assert one.last == minus_minute(following.first)
        assert one.name < following.name
    for one in found:
        begins = date.fromisoformat(one.first[:10])
        if per == "week":
            year, week, _day = begins.isocalendar()
            assert one.name == f"{year}-W{week:02}"
            assert begins.weekday() == 0 or one is found[0]
        else:
            assert one.first.startswith(one.name)


def test_weeks_are_iso_weeks_also_at_the_turn_of_the_year():
    assert [one.name for one in periods("2025-12-28T00:00", "2026-01-12T23:59", "week")] == [
        "2025-W52",
        "2026-W01",
        "2026-W02",
        "2026-W03",
    ]


def test_a_stretch_that_begins_and_ends_within_a_day_keeps_its_minutes():
    assert periods("2026-02-08T12:00", "2026-02-08T23:45", "month") == [
        ("2026-02", "2026-02-08T12:00", "2026-02-08T23:45")
    ]


def test_the_period_fits_the_stretch():
    assert fitting("2026-01-08T00:00", "2026-01-31T23:59") == "day"
    assert fitting("2026-01-08T00:00", "2026-03-08T23:59") == "week"
    assert fitting("2025-01-08T00:00", "2026-03-08T23:59") == "month"


def test_words():
    assert [read_per(word) for word in ("Day", "semana", "mes", None)] == ["day", "week", "month", None]
    for word in ("", "year", "W"):
        with pytest.raises(BadValue):
            read_per(word)
    with pytest.raises(BadValue, match="more than"):
        periods("1990-01-01T00:00", "2026-01-01T23:59", "day")
