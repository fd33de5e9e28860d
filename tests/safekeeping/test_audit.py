"""The audit in its layer: what it tells of edits from outside, of structure, of what is derived; that it changes nothing."""

import hashlib
import shutil
import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import BadValue, NotOurs, TrackerError
from tracker.safekeeping.audit import Audit, audit, read_head
from tracker.store import Store

ANA, EVA = "a" * 26, "b" * 26


@pytest.fixture
def record(store: Store) -> Store:
    """Two people, one of them edited."""
    with store.writing("add") as change:
        change.insert("detainees", {"id": ANA, "name": "Ana Ruiz", "born": "1980"})
        change.insert("detainees", {"id": EVA, "name": "Eva Gil"})
        change.insert("nationalities", {"detainee": ANA, "country": "VE"})
        change.insert("names", {"detainee": ANA, "name": "Anita Ruiz"})
    with store.writing("edit") as change:
        change.update("detainees", EVA, {"sex": "female"})
    return store


def look(store: Store, *, deep: bool = True, heads: tuple[tuple[int, str], ...] = ()) -> Audit:
    return audit(Store.for_audit(store.path), deep=deep, heads=heads, begins=lambda _what: None)


def kinds(done: Audit) -> list[tuple[str, str]]:
    return [(one.finding, one.severity) for one in done.findings]


def outside(store: Store, *statements: str) -> None:
    """Write as any other program would."""
    with closing(sqlite3.connect(store.path, isolation_level=None)) as db:
        for statement in statements:
            db.execute(statement)


def behind(store: Store, *statements: str) -> None:
    """Write behind the log's back: without triggers, which are put back as they were."""
    with closing(sqlite3.connect(store.path, isolation_level=None)) as db:
        db.execute("BEGIN")
        kept = db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _sql in kept:
            db.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            db.execute(statement)
        for _name, sql in kept:
            db.execute(sql)
        db.execute("COMMIT")


def sha(store: Store) -> str:
    return hashlib.sha256(store.path.read_bytes()).hexdigest()


@pytest.mark.parametrize("deep", [False, True])
def test_an_honest_record_is_clean_and_stays_as_it_is(record: Store, deep: bool) -> None:
    before = sha(record)
    done = look(record, deep=deep)
    assert (done.findings, done.clean) == ([], True)
    assert sha(record) == before
    assert done.foot[0].startswith("Looked at: rows ")


@pytest.mark.parametrize(
    ("statement", "table", "ref", "said"),
    [
        (f"UPDATE detainees SET name = 'Ana Paz' WHERE id = '{ANA}'", "detainees", "P-aaaaaa", ["Ana Ruiz → Ana Paz"]),
        (f"UPDATE detainees SET sex = NULL WHERE id = '{EVA}'", "detainees", "P-bbbbbb", ["female → –"]),
        (f"INSERT INTO tags VALUES ('t', '{ANA}', 'x')", "tags", "tags t", ["added it: detainee: P-aaaaaa; tag: x"]),
        ("DELETE FROM nationalities", "nationalities", None, ["removed it: detainee: P-aaaaaa; country: VE"]),
        (
            f"REPLACE INTO detainees (id, ref, name) VALUES ('{ANA}', 'P-aaaaaa', 'Ana Paz')",
            "detainees",
            "P-aaaaaa",
            ["Ana Ruiz → Ana Paz", "1980 → –"],
        ),
    ],
    ids=["update", "emptied", "insert", "delete", "replace"],
)  # fmt: skip
def test_an_edit_by_another_program_is_told_by_row_column_before_and_after(
    record: Store, statement: str, table: str, ref: str | None, said: list[str]
) -> None:
    outside(record, statement)
    done = look(record)
    assert set(kinds(done)) == {("outside_edit", "warning")}
    assert not done.clean
    assert {one.table for one in done.findings} == {table}
    assert ref is None or {one.ref for one in done.findings} == {ref}
    for words in said:
        assert any(words in one.message for one in done.findings), (words, done.findings)


def test_an_edit_taken_in_is_a_note_until_it_is_undone(record: Store) -> None:
    outside(record, f"UPDATE detainees SET note = 'x' WHERE id = '{ANA}'")
    with record.writing("edit") as change:
        change.update("detainees", EVA, {"note": "y"})
    done = look(record)
    assert kinds(done) == [("outside_edit", "note")]
    assert done.clean
    assert f"taken in as change {change.adopted}" in done.findings[0].message
    record.undo(change.seq)
    record.undo(change.adopted)
    assert look(record).findings == []


def test_many_edits_are_counted_not_listed(record: Store) -> None:
    outside(
        record,
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200)"
        f" INSERT INTO tags SELECT 't' || i, '{ANA}', 'tag ' || i FROM n",
    )
    done = look(record)
    assert len(done.findings) == 201
    assert "1000 more rows" in done.findings[-1].message


def test_a_row_put_in_behind_the_log_is_an_outside_edit_and_an_error(record: Store) -> None:
    behind(record, f"INSERT INTO tags VALUES ('t', '{ANA}', 'x')")
    assert kinds(look(record)) == [("outside_edit", "error")]


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE detainees SET name = 'Otra' WHERE id = '{ANA}'",
        f"DELETE FROM detainees WHERE id = '{EVA}'",
        "UPDATE changes SET before = replace(before, 'Eva', 'Ada') WHERE before LIKE '%Eva%'",
        "DELETE FROM changes WHERE seq = 3",
        "UPDATE changes SET before = NULL, gone = 1 WHERE before LIKE '%Eva%'",
        "DELETE FROM changesets WHERE seq = 3",
        "UPDATE changesets SET at = '2020-01-01T00:00:00.000Z' WHERE seq = 2",
        "UPDATE changesets SET reason = 'something else' WHERE seq = 2",
        "DELETE FROM seals WHERE seq = 2",
        "UPDATE seals SET key = NULL WHERE seq = 2",
        "DELETE FROM session",
    ],
)
def test_tampering_is_told_and_is_an_error(record: Store, statement: str) -> None:
    behind(record, statement)
    done = look(record)
    assert ("tampered", "error") in kinds(done)
    assert not look(record, deep=False).clean


def test_a_whole_older_copy_is_betrayed_by_what_was_printed(record: Store) -> None:
    older = record.path.with_name("older.db")
    shutil.copyfile(record.path, older)
    with record.writing("edit") as change:
        change.update("detainees", ANA, {"note": "later"})
    with record.reading() as db:
        head = record.head(db)
    printed = read_head(f"change {head.seq} ({head.hash[:8]})")
    assert look(record, heads=(printed,)).clean
    shutil.copyfile(older, record.path)
    assert look(record).clean, "by itself an older copy is whole"
    assert kinds(look(record, heads=(printed,))) == [("tampered", "error")]


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("DROP TRIGGER log_detainees_update", "log_detainees_update"),
        ("CREATE TRIGGER spy AFTER INSERT ON detainees BEGIN SELECT 1; END", "spy"),
        ("CREATE VIEW people AS SELECT * FROM detainees", "people"),
        ("DROP INDEX names_detainee", "names_detainee"),
        ("ALTER TABLE detainees ADD COLUMN height TEXT", "detainees"),
        ("PRAGMA user_version = 2", "header"),
    ],
)
def test_a_structure_that_is_not_ours_is_told(record: Store, statement: str, name: str) -> None:
    outside(record, statement)
    done = look(record)
    assert ("structure", "error") in kinds(done)
    assert any(name in one.message for one in done.findings)
    assert sorted(path.name for path in record.path.parent.iterdir()) == ["tracker.db"], (
        "nothing was brought up to date"
    )


def test_tables_of_other_programs_do_not_matter(record: Store) -> None:
    outside(record, "CREATE TABLE mine (x)", "CREATE INDEX mine_too ON detainees (note)")
    assert look(record).findings == []


def test_what_points_at_nothing_is_told_with_its_column(record: Store) -> None:
    behind(record, "INSERT INTO nationalities VALUES ('n', 'nobody', 'ES')")
    found = [one for one in look(record).findings if one.finding == "foreign_key"]
    assert [(one.table, one.column) for one in found] == [("nationalities", "detainee")]


@pytest.mark.parametrize(
    ("statement", "column"),
    [
        ("UPDATE name_words SET word = 'zzz' WHERE word = 'anita'", "name_words"),
        ("DELETE FROM name_words WHERE word = 'jil'", "name_words"),
        (f"INSERT INTO name_words VALUES ('zzz', '{EVA}')", "name_words"),
        ("INSERT INTO name_words VALUES ('zzz', 'nobody')", "name_words"),
    ],
)
def test_words_that_are_not_those_of_the_names_are_told_by_deep_alone(
    record: Store, statement: str, column: str
) -> None:
    outside(record, statement)
    assert look(record, deep=False).clean
    assert [(one.finding, one.column) for one in look(record).findings] == [("derived", column)]


def test_bounds_and_keys_that_do_not_follow_are_told_by_deep(record: Store) -> None:
    """As a program that writes through the log with bounds of its own leaves them: sealed, and wrong."""
    with record.writing("edit") as change:
        change.db.execute("UPDATE detainees SET born_to = '1999-12-31T23:59', name_key = 'x' WHERE id = ?", (ANA,))
    assert look(record, deep=False).clean
    assert {(one.finding, one.column) for one in look(record).findings} == {
        ("derived", "born_to"),
        ("derived", "name_key"),
    }


def test_an_outside_name_waiting_to_be_taken_in_is_no_wrong_key(record: Store) -> None:
    outside(record, "UPDATE names SET name = 'Otra Persona'", f"UPDATE detainees SET born = '1970' WHERE id = '{ANA}'")
    assert set(kinds(look(record))) == {("outside_edit", "warning")}


def test_a_file_that_cannot_be_opened_is_a_sentence(record: Store) -> None:
    data = bytearray(record.path.read_bytes())
    data[100:5000] = b"\xff" * 4900
    record.path.write_bytes(bytes(data))
    with pytest.raises(NotOurs, match="damaged"):
        look(record)


@pytest.mark.parametrize("part", range(8))
def test_a_file_shot_to_pieces_never_raises_anything_else(record: Store, part: int) -> None:
    data = bytearray(record.path.read_bytes())
    size = len(data) // 8
    data[part * size + 100 : part * size + 8_292] = bytes(8_192)
    record.path.write_bytes(bytes(data))
    try:
        found = look(record).clean
    except TrackerError as problem:
        found = problem.code != 10
    assert not found


@given(st.integers(1, 10**9), st.text("0123456789abcdef", min_size=6, max_size=64))
def test_a_head_is_read_as_it_is_printed(seq: int, begins: str) -> None:
    for text in (
        f"{seq}:{begins}",
        f"{seq} ({begins})",
        f"change {seq} ({begins})",
        f" cambio {seq} ({begins.upper()}).",
    ):
        assert read_head(text) == (seq, begins)


@pytest.mark.parametrize("text", ["", "41", "ab12cd34", "41:", "41:xyz", "41:ab12", ":ab12cd34", "4 1:ab12cd34"])
def test_what_is_no_head_is_refused(text: str) -> None:
    with pytest.raises(BadValue):
        read_head(text)
