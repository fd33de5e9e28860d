"""Which list is a version of which, at the shell: nobody is gone from a list because of another list."""

from pathlib import Path

import pytest

HEADER = "name,nationalities,detained_on\n"
ANA, EVA, LEO = "Ana Ruiz Pineda,VE,2025-03-02\n", "Eva Soto,CO,2025-11-20\n", "Leo Paz Febres,ES,2024-02\n"
TWELFTH, FOURTEENTH = "https://www.uno.example/2026/01/12/held", "https://www.uno.example/2026/01/14/freed"
NAMED = ("--no-source", "--list", "week")


def written(text, name="list.csv"):
    Path(name).write_text(HEADER + text, encoding="utf-8")
    return name


def out(case):
    return {row["name"] for row in case.rows("release", "list", "--columns", "name")}


def test_what_comes_through_a_pipe_is_a_version_of_nothing_unless_named(tracker):
    tracker.ok("import", "-", "--no-source", stdin=HEADER + ANA + EVA)
    before = tracker.database.read_bytes()
    refused = tracker("import", "-", "--no-source", "--absent", "released", stdin=HEADER + LEO)
    assert refused.code == 3
    assert "has no name, so it is a version of no other." in refused.err
    assert "Give the name of the list with --list." in refused.err
    assert tracker.database.read_bytes() == before
    told = tracker.ok("import", "-", "--no-source", stdin=HEADER + LEO)
    assert "no longer on it" not in told.err
    assert out(tracker) == set()
    again = tracker.ok("import", "-", "--no-source", stdin=HEADER + LEO)
    assert "This very file was taken in" in again.err
    tracker.ok("import", "-", *NAMED, "--as-of", "2026-01-05", stdin=HEADER + ANA + LEO)
    tracker.ok("import", "-", *NAMED, "--as-of", "2026-01-12", "--absent", "released", stdin=HEADER + LEO)
    assert out(tracker) == {"Ana Ruiz Pineda"}


def test_two_lists_of_one_publisher_may_be_two_lists(tracker):
    first = tracker.ok("import", written(ANA + EVA), "-s", TWELFTH)
    assert "of the list" not in first.err
    words = ("import", written(LEO, "freed.csv"), "-s", FOURTEENTH)
    told = tracker.ok(*words, "--dry-run")
    guess = "Taken for version 2026-01-14 of the list “uno”, after 2026-01-12, L-"
    assert guess in told.err
    before = tracker.database.read_bytes()
    refused = tracker(*words, "--absent", "released")
    assert refused.code == 3
    assert "Nobody says that this is a version of the list “uno” as of 2026-01-12, L-" in refused.err
    assert "--list uno" in refused.err
    assert tracker.database.read_bytes() == before
    assert guess in tracker.ok(*words).err
    assert out(tracker) == set()
    tracker.ok("undo", "--yes")
    named = tracker.ok(*words, "--list", "uno", "--absent", "released")
    assert "Version 2026-01-14 of the list “uno”, after 2026-01-12, L-" in named.err
    assert out(tracker) == {"Ana Ruiz Pineda", "Eva Soto"}


def test_a_page_that_changed_is_the_same_list_and_a_file_of_the_same_name_may_not_be(tracker):
    tracker.ok("import", written(ANA + EVA), "-s", TWELFTH)
    later = ("-s", TWELFTH, "--as-of", "2026-01-20", "--absent", "released")
    tracker.ok("import", written(ANA, "page.csv"), *later)
    assert out(tracker) == {"Eva Soto"}
    tracker.ok("import", written(ANA + LEO), "--no-source")
    refused = tracker("import", written(ANA), "--no-source", "--absent", "released")
    assert refused.code == 3
    assert "of the list “list.csv” as of day unknown, L-" in refused.err


@pytest.fixture
def later_first(tracker):
    """A list of the 20th with Eva and Leo, one of the 1st with Ana, Eva and Leo; that of the 5th comes last."""
    tracker.ok("import", written(EVA + LEO), *NAMED, "--as-of", "2026-01-20")
    tracker.ok("import", written(ANA + EVA + LEO, "first.csv"), *NAMED, "--as-of", "2026-01-01")
    return tracker


def test_nobody_is_gone_whom_a_later_list_has(later_first):
    told = later_first.ok("import", written(LEO, "fifth.csv"), *NAMED, "--as-of", "2026-01-05", "--absent", "released")
    assert "Version 2026-01-05 of the list “week”, after 2026-01-01, L-" in told.err
    assert "A later version is on record (2026-01-20, L-" in told.err
    assert "1 person on the last version of this list is no longer on it: Ana Ruiz Pineda" in told.err
    assert out(later_first) == {"Ana Ruiz Pineda"}
    assert [row["on"] for row in later_first.rows("release", "list", "Ana Ruiz Pineda")] == ["2026-01-01..2026-01-05"]


def test_a_list_that_is_the_oldest_ends_nothing(tracker):
    tracker.ok("import", written(ANA), *NAMED, "--as-of", "2026-01-20")
    told = tracker.ok("import", written(EVA, "old.csv"), *NAMED, "--as-of", "2026-01-05", "--absent", "released")
    assert "no longer on it" not in told.err
    assert out(tracker) == set()


@pytest.mark.parametrize(
    "row",
    ["Eva Soto,CO,2025-11-31\n", "Eva Soto,CO,2025-11-20,one too many\n", "Eva Soto Luna,CO\n", "Soto, Eva,CO,\n"],
)
def test_of_somebody_whose_row_could_not_be_read_nobody_says_that_they_are_gone(tracker, row):
    tracker.ok("import", written(ANA + EVA + LEO), *NAMED, "--as-of", "2026-01-05")
    words = ("import", written(ANA + row, "next.csv"), *NAMED, "--as-of", "2026-01-12", "--skip-bad", "bad.csv")
    told = tracker(*words)
    assert told.code == 5
    assert "Of 1 person it cannot be told whether they are still on it, for their row could not be read: Eva Soto" in (
        told.err
    )
    assert "1 person on the last version of this list is no longer on it: Leo Paz Febres" in told.err
    tracker.ok("undo", "--yes")
    refused = tracker(*words[:-1], "again.csv", "--absent", "released")
    assert refused.code == 3
    assert "1 row of this list is not settled" in refused.err
