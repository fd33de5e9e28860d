import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.date_bounds import UNKNOWN, partial
from tracker.domain.same_release import Told, agrees, days_apart, is_upgrade, same_release, sharper
from tracker.domain.vocabulary import keys

DATES = [None, "2025", "2026", "2026-01", "2026-02", "2026-01-12", "2026-01-15", "2026-01-16", "2026-02-01"]
DATES += ["2026-01-12T23:45", "2026-01-10..2026-01-14", "..2026-01-14", "..2025-12-31"]

dates = st.sampled_from(DATES).map(partial)
told = st.builds(
    Told, st.sampled_from(keys("release_kind")), st.sampled_from(["announced", "reported", "verified"]), dates
)


def said(on, kind="unstated", status="reported"):
    return Told(kind, status, partial(on))


@pytest.mark.parametrize(
    ("one", "other", "days"),
    [
        ("2026-01-12", "2026-01-12", 0),
        ("2026-01-12", "2026-01-15", 3),
        ("2026-01-12T23:45", "2026-01-13T00:05", 1),
        ("2026-01", "2026-01-12", 0),
        ("2025", "2026-01-12", 12),
        ("..2026-01-14", "2026-01-12", 0),
        ("..2026-01-14", "2026-01-20", 6),
        ("..2026-01-14", "..2025-01-01", 0),
        (None, "2026-01-12", 0),
        (None, None, 0),
    ],
)
def test_days_apart_is_the_fewest_the_two_dates_allow(one, other, days):
    assert days_apart(partial(one), partial(other)) == days
    assert days_apart(partial(other), partial(one)) == days


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (said("2026-01-12"), said("2026-01-15"), True),
        (said("2026-01-12"), said("2026-01-16"), False),
        (said("2026-01-12", status="announced"), said("2026-03-01", status="verified"), True),
        (said("2026-01-12", "full"), said("2026-01-12", "bail"), False),
        (said("2026-01-12", "full"), said("2026-01-12", "unstated"), True),
        (said("2026-01-12", "full", "announced"), said("2026-01-12", "bail"), False),
        (said(None), said("2026-01-12", "full"), True),
    ],
)
def test_same_release_by_kind_and_by_three_days_or_an_announcement(one, other, same):
    assert same_release(one, other) is same
    assert same_release(other, one) is same


@pytest.mark.parametrize(
    ("new", "last", "upgrade"),
    [
        (said("2026-02-20", "full"), said("2026-02-10", "house_arrest"), True),
        (said("2026-02-20", "unstated"), said("2026-02-10", "house_arrest"), True),
        (said("2026-02-20", "house_arrest"), said("2026-02-10", "full"), False),
        (said("2026-02-20", "bail"), said("2026-02-10", "conditional"), False),
        (said("2026-02-10", "full"), said("2026-02-20", "bail"), False),
        (said("2026-02", "full"), said("2026-02-10", "bail"), False),
        (said(None, "full"), said("2026-02-10", "bail"), False),
    ],
)
def test_an_upgrade_is_certainly_later_and_freer(new, last, upgrade):
    assert is_upgrade(new, last) is upgrade


@pytest.mark.parametrize(
    ("new", "old", "is_sharper"),
    [
        ("2026-01-12", "2026-01", True),
        ("2026-01-12T23:45", "2026-01-12", True),
        ("2026-01-12", None, True),
        ("2026-01-12", "..2026-01-14", True),
        ("..2026-01-12", "..2026-01-14", True),
        ("2026-01", "2026-01-12", False),
        ("2026-01-12", "2026-01-12", False),
        (None, "2026-01-12", False),
        ("2026-01-12..2026-01-16", "2026-01-10..2026-01-14", False),
        ("..2026-01-14", "2026-01", False),
    ],
)
def test_a_sharper_date_lies_within_the_one_it_replaces(new, old, is_sharper):
    assert sharper(partial(new), partial(old)) is is_sharper


@given(told, told)
def test_two_statements_are_never_both_one_release_and_certainly_far_apart(one, other):
    if same_release(one, other) and "announced" not in (one.status, other.status):
        assert days_apart(one.on, other.on) <= 3
    assert same_release(one, one)
    assert not is_upgrade(one, one)


@given(dates, dates)
def test_dates_that_agree_have_no_day_between_them(one, other):
    if agrees(one, other):
        assert days_apart(one, other) == 0
    if sharper(one, other):
        assert agrees(one, other)
        assert not sharper(other, one)
    assert agrees(one, UNKNOWN)
