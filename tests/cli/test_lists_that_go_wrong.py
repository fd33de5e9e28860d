"""What goes wrong with lists and the files written for them: nothing is lost, nothing written over, all of it said."""

import csv
import os
from pathlib import Path

import pytest

SOURCE = "https://www.uno.example/2026/01/12/lista"
BAD = "name,detained_on\nAna Ruiz Pineda,2025-02-03\nEva Soto,2026-02-30\n"
CLAIMS = "claimant,measure,min,as_of\nForo Penal,released,72,2026-01-14\n"


def written(text, name="list.csv"):
    Path(name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return name


def names(tracker):
    return {row["name"] for row in tracker.rows("detainee", "list")}


def rows_of(path):
    with Path(path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# The files that are written


@pytest.fixture
def waiting(tracker):
    """A question that waits for an answer."""
    tracker.ok("import", written("name,age\nAna Ruiz Pineda,40\n"), "-s", SOURCE)
    tracker.ok("import", written("name\nAna Ruiz Pineda\n", "two.csv"), "--no-source")
    assert len(tracker.rows("review")) == 1
    return tracker


WRITING = (
    ("import", "list.csv", "--no-source", "--skip-bad"),
    ("import", "list.csv", "--no-source", "--review"),
    ("import", "list.csv", "--no-source", "--dry-run", "-o"),
    ("compare", "list.csv", "-o"),
    ("claim", "import", "claims.csv", "--no-source", "--create-claimants", "-o"),
    ("review", "-o"),
    ("review", "--write"),
)


@pytest.mark.parametrize("words", WRITING, ids=" ".join)
def test_no_file_of_a_list_is_written_over_the_record(waiting, words):
    written(BAD)
    written(CLAIMS, "claims.csv")
    before = waiting.database.read_bytes()
    Path("linked.db").symlink_to(waiting.database)
    os.link(waiting.database, "same.db")
    for name in (waiting.database.name, str(waiting.database), "linked.db", "same.db"):
        refused = waiting(*words, name)
        assert (refused.code, "is the database itself" in refused.err) == (3, True)
    refused = waiting(*words, f"{waiting.database.name}-journal")
    assert (refused.code, "belongs to the database" in refused.err) == (3, True)
    assert waiting.database.read_bytes() == before
    assert not Path(f"{waiting.database.name}-journal").exists()


@pytest.mark.parametrize("words", [words for words in WRITING if words[-1] != "-o"], ids=" ".join)
def test_a_file_that_may_hold_work_is_not_written_over(waiting, words):
    written(BAD)
    written("answers", "sheet.csv")
    before = waiting.database.read_bytes()
    refused = waiting(*words, "sheet.csv")
    assert refused.code == 3
    assert "sheet.csv is there already, and is not written over." in refused.err
    assert Path("sheet.csv").read_text(encoding="utf-8") == "answers"
    assert waiting.database.read_bytes() == before


def test_two_files_of_one_name_and_a_list_compared_are_refused(tracker):
    written(BAD)
    twice = tracker("import", "list.csv", "--no-source", "--skip-bad", "x.csv", "--review", "./x.csv")
    assert (twice.code, "is named twice" in twice.err) == (3, True)
    written("name\nEva Soto\n", "two.csv")
    over = tracker("compare", "list.csv", "two.csv", "-o", "two.csv")
    assert (over.code, "two.csv is the list itself" in over.err) == (3, True)
    assert not Path("x.csv").exists()
    assert names(tracker) == set()
