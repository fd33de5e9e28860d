"""Options of every question that are empty, or could mean two things."""

import sqlite3

import pytest
from shell import Tracker

QUESTIONS = [
    *(("remaining",), ("released",), ("detainee", "list"), ("find", "ana"), ("release", "list"), ("history",)),
    *(("bulletin",), ("summary",), ("claim", "list"), ("export", "list"), ("export", "remaining"), ("check",)),
]


@pytest.fixture
def case(tracker: Tracker) -> Tracker:
    tracker.ok("detainee", "add", "Ana Ruiz Prieto", "--detained-on", "2025-03-02")
    return tracker


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("given", ["", " "])
def test_an_empty_file_name_is_told(case: Tracker, question: tuple[str, ...], given: str) -> None:
    ran = case(*question, "-o", given)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("--output needs the name of a file: it is empty.\n")


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("given", ["", " , "])
def test_columns_that_name_none_are_told_with_those_there_are(
    case: Tracker, question: tuple[str, ...], given: str
) -> None:
    ran = case(*question, "--columns", given)
    assert (ran.code, ran.out) == (3, "")
    problem, hint = ran.err.splitlines()
    assert problem == "--columns names no column."
    listed = hint.removeprefix("Columns: ").split(", ")
    assert case(*question, "--columns", listed[0]).code in (0, 5)  # 5: a check found something


def change_numbered(case: Tracker, seq: int) -> None:
    """Let there be a change of that number, as in a record of many years."""
    with sqlite3.connect(case.database) as db:
        db.execute(
            "INSERT INTO changesets (seq, id, kind, at, prev, hash)"
            " SELECT ?, 'another', kind, at, prev, hash FROM changesets WHERE seq = 2",
            (seq,),
        )


def test_four_digits_are_a_year_where_no_change_has_that_number(case: Tracker) -> None:
    early = case("remaining", "--known-by", "2024")
    assert (early.code, early.out) == (3, "")
    assert "Nothing was on record yet by “2024”." in early.err
    assert len(case.rows("remaining", "--known-by", "2")) == 1
    assert len(case.rows("remaining", "--known-by", "#2")) == 1
    for missing in ("#2024", "2099", "1200"):
        ran = case("remaining", "--known-by", missing)
        assert (ran.code, ran.out) == (4, "")
        assert f"There is no change {missing.removeprefix('#')}." in ran.err


def test_four_digits_that_are_a_year_and_a_change_are_refused(case: Tracker) -> None:
    change_numbered(case, 2024)
    ran = case("remaining", "--known-by", "2024")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err == (
        "2024 could be a year or the number of a change.\n"
        "Write 2024-12-31 for the end of the year, or #2024 for the change.\n"
    )
    assert len(case.rows("remaining", "--known-by", "#2024")) == 1
    assert "Nothing was on record yet" in case("remaining", "--known-by", "2024-12-31").err


PERSON = [
    *("--nationality", "--tag", "--other-name", "--born", "--sex", "--identifier", "--age", "--service", "--note"),
    *("--detained-on", "--facility", "--source", "--publish"),
]
LOST = [
    *((("detainee", "add", "Luis Paz Mora"), option) for option in PERSON),
    *((("detainee", "edit", "Ana Ruiz Prieto"), option) for option in PERSON[:3]),
    *((("release", "add", "Ana Ruiz Prieto", "--on", "2026-01-12"), option) for option in ("--source", "--facility")),
    (("release", "add", "Ana Ruiz Prieto"), "--on"),
    (("detention", "transfer", "Ana Ruiz Prieto", "--to", "Rodeo I", "--on", "2026-01-01"), "--source"),
    (("detainee", "edit", "Ana Ruiz Prieto", "--sex", "female"), "--source"),
    (("source", "add", "Una lista", "--published", "2026-01-12"), "--author"),
]


@pytest.mark.parametrize(("words", "option"), LOST)
@pytest.mark.parametrize("given", ["", " "])
def test_an_empty_value_never_loses_a_fact_unnoticed(
    case: Tracker, words: tuple[str, ...], option: str, given: str
) -> None:
    before = case.database.read_bytes()
    ran = case(*words, option, given)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith(f"{option} is empty.\n")
    assert case.database.read_bytes() == before
