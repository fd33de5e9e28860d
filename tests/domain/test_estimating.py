"""Chapman's estimator against worked examples in print, and what holds for any two lists."""

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.estimating import chapman

PUBLISHED = {
    # one, other, both -> estimate; standard error, normal 95 % interval (where printed)
    "Krebs 1989, box 2.1": ((948, 421, 167), 2383, None, None),
    "Ricker 1975": ((109, 177, 57), 337, None, None),
    "Pine and others 2013, box 11.2": ((421, 332, 88), 1578, None, (1330, 1826)),
    "Seber 2002, tables 3.7 and 3.8": ((500, 149, 7), 9393, 3022, (3470, None)),
}


@pytest.mark.parametrize(("lists", "estimate", "error", "normal"), PUBLISHED.values(), ids=PUBLISHED)
def test_the_estimate_and_its_error_are_those_of_the_textbooks(
    lists: tuple[int, int, int], estimate: int, error: int | None, normal: tuple[int, int | None] | None
) -> None:
    found = chapman(*lists)
    assert round(found.total) == estimate
    if error is not None:
        assert round(found.error) == error
    if normal is not None:
        low, high = normal
        # Seber's lower bound is printed with 1.96 and the rounded error: 9393 - 1.96 * 3022 = 3470
        assert abs(found.total - 1.96 * found.error - low) < 1
        assert high is None or round(found.total + 1.96 * found.error) == high


HEPATITIS = {
    # An outbreak in Taiwan, 1995, three lists of cases: 135, 122 and 126; the data of the R package CARE1, whose
    # estN.pair makes this very interval. Worked out from its formula apart from this code, to whole people.
    "P and Q": ((135, 122, 49), 334, 29, (289, 403)),
    "P and E": ((135, 126, 45), 374, 36, (319, 461)),
    "Q and E": ((122, 126, 46), 331, 30, (285, 404)),
}


@pytest.mark.parametrize(("lists", "estimate", "error", "interval"), HEPATITIS.values(), ids=HEPATITIS)
def test_the_interval_is_that_of_chao(
    lists: tuple[int, int, int], estimate: int, error: int, interval: tuple[int, int]
) -> None:
    found = chapman(*lists)
    assert (round(found.total), round(found.error)) == (estimate, error)
    assert (round(found.low), round(found.high)) == interval


def test_by_hand() -> None:
    """(9+1)(11+1)/(7+1) - 1 = 14 in all, 13 seen, 1 unseen; var = 10*12*2*4/(64*9) = 5/3."""
    found = chapman(9, 11, 7)
    assert (found.total, found.seen, found.unseen) == (14, 13, 1)
    assert isclose(found.error**2, 5 / 3)


@given(both=st.integers(0, 500), one=st.integers(1, 500), other=st.integers(1, 500))
def test_the_interval_holds_the_estimate_and_never_less_than_was_seen(both: int, one: int, other: int) -> None:
    found = chapman(both + one, both + other, both)
    assert found.seen < found.low < found.total < found.high
    assert chapman(both + other, both + one, both) == found
    assert isclose(found.unseen, one * other / (both + 1))  # the same, said otherwise


@pytest.mark.parametrize("lists", [(7, 9, 7), (9, 7, 7), (5, 5, 6), (5, 5, -1)])
def test_a_list_that_holds_the_other_has_no_estimate(lists: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match=str(lists[2])):
        chapman(*lists)
