"""What a reader of cells remembers never changes what the next cell means."""

from datetime import date

import pytest

from tracker.importing.problems import Problems
from tracker.importing.rows import Line
from tracker.importing.values import LONGEST_KEPT, MOST_KEPT, Reader


@pytest.fixture
def reader() -> Reader:
    return Reader("UTC", Problems(by_row={}), date(2026, 3, 1))


def row(number: int, **cells: str) -> Line:
    return Line("list.csv", number, cells)


def test_the_same_bad_cell_is_a_problem_of_every_row_that_has_it(reader: Reader) -> None:
    for number in (2, 3):
        assert reader.when(row(number, born="1954-02-29"), "born") is None
    assert reader.problems.by_row is not None
    assert sorted(reader.problems.by_row) == [2, 3]


def test_one_text_means_what_each_column_takes_it_for(reader: Reader) -> None:
    said = row(2, sex="unknown", service="unknown", sentence_ends="2031-05-06", born="2031-05-06")
    assert (reader.sex(said, "sex"), reader.word(said, "service")) == (None, "unknown")
    ends = reader.until(said, "sentence_ends")
    assert ends is not None
    assert ends.text == "2031-05-06"
    assert reader.when(said, "born") is None
    assert reader.problems.count == 1


def test_what_is_remembered_stays_small(reader: Reader) -> None:
    long = "a" * (LONGEST_KEPT + 1)
    for number in range(MOST_KEPT + 10):
        assert reader.text(row(number, note=f"{number}"), "note") == f"{number}"
    assert reader.text(row(1, note=long), "note") == long
    assert len(reader.known) <= MOST_KEPT
    assert all(len(text) <= LONGEST_KEPT for _kind, text in reader.known)
