"""The structure that the store generates, set against what SQLite makes of it."""

import sqlite3

import pytest

from tracker.store import connection, structure
from tracker.store.schema import ADDED, DATE_COLUMNS, LOG_TABLES, NAME_COLUMNS, REF_LETTERS, TABLES

ALL = [*TABLES, *LOG_TABLES]


@pytest.fixture(scope="module")
def made():
    db = sqlite3.connect(":memory:")
    for statement in (*structure.creation(1), *structure.creation(2)):
        db.execute(statement)
    yield db
    db.close()


@pytest.mark.parametrize("table", ALL)
def test_columns_are_those_of_the_table(made, table):
    assert structure.columns(table) == tuple(row[1] for row in made.execute(f"PRAGMA table_info({table})"))


@pytest.mark.parametrize("table", list(TABLES))
def test_references_are_the_foreign_keys_of_the_table(made, table):
    keys = {row[3]: row[2] for row in made.execute(f"PRAGMA foreign_key_list({table})")}
    assert structure.references(table) == keys


@pytest.mark.parametrize("table", list(TABLES))
def test_uniques_are_the_unique_keys_of_the_table(made, table):
    keys = [
        tuple(column[2] for column in made.execute(f"PRAGMA index_info({index[1]})"))
        for index in made.execute(f"PRAGMA index_list({table})")
        if index[3] == "u"
    ]
    assert sorted(structure.uniques(table)) == sorted(keys)


@pytest.mark.parametrize("table", list(TABLES))
def test_every_foreign_key_is_indexed(made, table):
    leading = {
        made.execute(f"PRAGMA index_info({index[1]})").fetchone()[2]
        for index in made.execute(f"PRAGMA index_list({table})")
    }
    assert set(structure.references(table)) <= leading


def test_no_foreign_key_cascades(made):
    for table in ALL:
        for key in made.execute(f"PRAGMA foreign_key_list({table})"):
            assert key[5:7] == ("NO ACTION", "NO ACTION")


def test_every_table_is_strict(made):
    assert all(row[5] == 1 for row in made.execute("PRAGMA table_list") if row[1] in ALL)


def test_derived_columns_exist(made):
    for table in {*DATE_COLUMNS, *NAME_COLUMNS, *REF_LETTERS}:
        assert structure.derived(table) < set(structure.columns(table))
    assert structure.derived("detentions") == {
        "ref", "began_from", "began_to", "sentence_ends_from", "sentence_ends_to",
    }  # fmt: skip


def test_ref_letters_are_one_capital_each():
    assert len(set(REF_LETTERS.values())) == len(REF_LETTERS)
    assert all(len(letter) == 1 and letter.isupper() for letter in REF_LETTERS.values())


def test_expected_structure_is_what_sqlite_keeps(made):
    assert connection.strangers(made) == []


def test_added_columns_stand_where_alter_table_puts_them(monkeypatch):
    """With and without table constraints: the text SQLite keeps after ALTER TABLE is the text we expect."""
    before = [structure.table_sql(table) for table in ("stays", "sources")]
    added = (*ADDED, (1, "stays", "room TEXT"), (1, "sources", "archive TEXT"), (1, "sources", "pages INTEGER"))
    monkeypatch.setattr(structure, "ADDED", added)
    structure.table_sql.cache_clear()
    try:
        expected = [structure.table_sql(table) for table in ("stays", "sources")]
    finally:
        structure.table_sql.cache_clear()
    db = sqlite3.connect(":memory:")
    for text in before:
        db.execute(text)
    db.execute("ALTER TABLE stays ADD COLUMN room TEXT")
    db.execute("ALTER TABLE sources ADD COLUMN archive TEXT")
    db.execute("ALTER TABLE sources ADD COLUMN pages INTEGER")
    assert [row[0] for row in db.execute("SELECT sql FROM sqlite_schema WHERE type = 'table'")] == expected
    db.close()
