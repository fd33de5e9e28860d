"""Versions of a list stand in order of time, and are sure only where somebody or something says so."""

import sqlite3

import pytest

from tracker.importing.lists.versions import place, sure, timeline


@pytest.fixture
def lists():
    """Make lists of the name `week`, in the order given: (id, day, source, file)."""

    def make(*rows):
        db = sqlite3.connect(":memory:")
        db.row_factory = sqlite3.Row
        db.execute("CREATE TABLE lists (id, ref, name, as_of, source, sha256)")
        db.executemany("INSERT INTO lists VALUES (?1, 'L-' || ?1, 'week', ?2, ?3, ?4)", rows)
        return db

    return make


def test_versions_stand_by_their_days_and_one_without_a_day_where_it_came(lists):
    days = ("2026-01-20", "2026-01-05", None, "2026-01", "2026-01-20")
    db = lists(*((f"{number}", day, None, f"file {number}") for number, day in enumerate(days)))
    assert [one.id for one in timeline(db, "week")] == ["3", "1", "0", "2", "4"]
    here = place(db, "week", "0")
    assert (here.before.id, here.earlier, [one.id for one in here.later]) == ("1", ("3",), ["2", "4"])
    assert place(db, "week", "3").before is None


def test_of_the_lists_of_one_file_none_is_later_than_another(lists):
    db = lists(*((str(year), str(year), None, "one") for year in (2023, 2024, 2025)))
    assert place(db, "week", "2023").later == ()


@pytest.mark.parametrize(
    ("second", "certain"),
    [
        (("2026-01-12", "a", "two"), True),  # the same page, another day
        (("2026-01-05", "a", "two"), False),  # the same page and day: two lists of one article
        (("2026-01-12", "b", "two"), False),
        (("2026-01-12", None, "one"), True),  # one file
    ],
)
def test_it_is_a_guess_that_lists_of_one_publisher_are_versions_of_one(lists, second, certain):
    before, now = timeline(lists(("1", "2026-01-05", "a", "one"), ("2", *second)), "week")
    assert sure(before, now, named=False) is certain
    assert sure(before, now, named=True)
