"""Small figures are not told, and nobody can compute them from what is."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tracker.domain.small_cells import Sum, blurred, suppressed


def table(rows):
    """The figures of a table with its margins, and what adds up in it."""
    figures, sums = {}, []
    wide = len(rows[0])
    for r, row in enumerate([*rows, [sum(column) for column in zip(*rows, strict=True)]]):
        figures |= {(r, c): n for c, n in enumerate([*row, sum(row)])}
        sums.append(Sum((r, wide), tuple((r, c) for c in range(wide))))
    sums += [Sum((len(rows), c), tuple((r, c) for r in range(len(rows)))) for c in range(wide + 1)]
    return figures, sums


def computed(sums, figures, hidden):
    """What can be computed of the hidden figures: equations solved in fractions, by another way than the program's."""
    unknown = sorted(hidden)
    lines = []
    for one in sums:
        line = [Fraction(0)] * len(unknown)
        for key in one.parts:
            if key in hidden:
                line[unknown.index(key)] += 1
        if one.whole in hidden:
            line[unknown.index(one.whole)] -= 1
        lines.append(line)
    done = 0
    for column in range(len(unknown)):
        pivot = next((r for r in range(done, len(lines)) if lines[r][column]), None)
        if pivot is None:
            continue
        lines[done], lines[pivot] = lines[pivot], lines[done]
        lines[done] = [value / lines[done][column] for value in lines[done]]
        for r in range(len(lines)):
            if r != done and lines[r][column]:
                times = lines[r][column]
                lines[r] = [value - times * own for value, own in zip(lines[r], lines[done], strict=True)]
        done += 1
    return [unknown[[bool(value) for value in line].index(True)] for line in lines if sum(map(bool, line)) == 1]


tables = st.integers(1, 4).flatmap(
    lambda wide: st.lists(st.lists(st.integers(0, 9), min_size=wide, max_size=wide), min_size=1, max_size=5)
)


@given(tables, st.integers(2, 5))
def test_no_small_figure_is_told_and_none_can_be_computed(rows, least):
    figures, sums = table(rows)
    hidden = suppressed(figures, sums, least)
    assert not [key for key, n in figures.items() if 0 < n < least and key not in hidden]
    assert not computed(sums, figures, hidden)
    for one in sums:
        parts = [figures[key] for key in one.parts if key in hidden]
        if parts and one.whole not in hidden:
            assert len(parts) > 1
            assert sum(parts) - (len(parts) - 1) >= least  # not even: all of them are small


@given(tables, st.integers(2, 4))
def test_each_small_figure_could_be_another(rows, least):
    """Among all tables that show the same, each small figure takes at least two values."""
    assume(len(rows) * len(rows[0]) <= 6 and max(map(max, rows)) <= 4)
    figures, sums = table(rows)
    hidden = suppressed(figures, sums, least)
    small = [key for key, n in figures.items() if 0 < n < least]
    inner = [(r, c) for r in range(len(rows)) for c in range(len(rows[0]))]
    free = [key for key in inner if key in hidden]
    assume(len(free) <= 5)
    seen = {key: set() for key in small}
    for values in product(range(7), repeat=len(free)):
        given_ = {**{key: figures[key] for key in inner}, **dict(zip(free, values, strict=True))}
        wide = len(rows[0])
        other, _sums = table([[given_[r, c] for c in range(wide)] for r in range(len(rows))])
        if all(other[key] == figures[key] for key in figures if key not in hidden):
            for key in small:
                seen[key].add(other[key])
    assert all(len(values) > 1 for values in seen.values())


def test_what_holds_no_small_figure_is_told_whole():
    figures, sums = table([[5, 0, 7], [9, 3, 0]])
    assert suppressed(figures, sums, 3) == set()


def test_one_small_figure_takes_one_more_of_its_row_and_column_with_it():
    figures, sums = table([[1, 8, 9], [7, 6, 5], [20, 30, 40]])
    assert len(suppressed(figures, sums, 3)) == 4


def test_where_the_whole_is_small_nothing_of_it_is_told():
    figures, sums = table([[1, 0, 0], [50, 60, 70], [50, 60, 70]])
    assert {(0, 0), (0, 1), (0, 2), (0, 3)} <= suppressed(figures, sums, 3)


features = st.lists(st.tuples(st.sampled_from("mf"), st.sampled_from("ABC"), st.integers(1, 4)), max_size=40)


@given(features, st.integers(2, 5))
def test_no_mix_of_features_that_is_told_is_that_of_a_few(rows, least):
    told = blurred(rows, least)
    left = [tuple(value if shown else None for value, shown in zip(row, show, strict=True))
            for row, show in zip(rows, told, strict=True)]  # fmt: skip
    assert all(left.count(mix) >= min(least, len(rows)) for mix in left)


@pytest.mark.parametrize("rows", [[], [("a",)]])
def test_nobody_and_one_person_have_no_mix_to_tell(rows):
    assert blurred(rows, 3) == [[False]] * len(rows) or blurred(rows, 3) == [[True]] * len(rows)


def test_where_nothing_helps_nothing_is_told():
    """A whole without parts is known to whoever knows what it adds up: hiding others does not hide it."""
    assert suppressed({"w": 2, "x": 9}, [Sum("w", ())], 5) == {"w", "x"}
