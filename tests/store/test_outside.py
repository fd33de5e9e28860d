"""Other programs may write to the file: they are seen, taken in under their own name, and cannot hide."""

import sqlite3

import pytest

from tracker.errors import DiskTrouble
from tracker.store import history, ids, proof

PERSON = "0" * 26


def take_in(store):
    with store.writing("take in"):
        pass


def entries(store, seq):
    with store.reading() as db:
        return [(e.action, e.field, e.before, e.after) for e in history.history(db, seq=seq)]


@pytest.fixture
def person(add):
    return add("detainees", id=PERSON, name="Ana Ruiz", born="1970")


def test_an_outside_edit_waits_and_is_then_a_changeset_of_its_own(store, person, other_program):
    other_program.execute("UPDATE detainees SET occupation = 'periodista'")
    with store.reading() as db:
        assert store.head(db)[4] == 1
        waiting = [e for e in history.history(db, rows=[("detainees", person)]) if e.seq is None]
        assert [(e.kind, e.field, e.after) for e in waiting] == [(None, "occupation", "periodista")]
    with store.writing("add") as change:
        change.insert("detainees", {"name": "Luis"})
    assert (change.adopted, change.seq) == (3, 4)
    with store.reading() as db:
        kinds = [(row[0], row[1]) for row in db.execute("SELECT seq, kind FROM changesets WHERE seq > 2")]
        assert kinds == [(3, "outside"), (4, "command")]
        assert store.head(db).pending == 0
        assert proof.verify(db).findings == []
    assert entries(store, 3) == [("changed", "occupation", None, "periodista")]


def test_a_failed_write_leaves_the_outside_edit_waiting(store, person, other_program):
    other_program.execute("UPDATE detainees SET occupation = 'periodista'")

    def fail():
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), store.writing("add"):
        fail()
    with store.reading() as db:
        assert store.head(db)[::4] == (2, 1)


def test_taking_in_alone_is_kept_even_if_our_own_part_changes_nothing(store, person, other_program):
    other_program.execute("UPDATE detainees SET occupation = 'periodista'")
    take_in(store)
    with store.reading() as db:
        assert store.head(db)[::4] == (3, 0)


@pytest.mark.parametrize(
    ("sql", "logged"),
    [
        (f"INSERT INTO detainees (id, name) VALUES ('{'1' * 26}', 'Luis')", [("added", "name", None, "Luis"), ("added", "excluded", None, 0)]),
        ("UPDATE detainees SET sex = 'female'", [("changed", "sex", None, "female")]),
        ("UPDATE detainees SET born = NULL", [("changed", "born", "1970", None)]),
        ("DELETE FROM detainees", [("removed", "name", "Ana Ruiz", None), ("removed", "born", "1970", None), ("removed", "excluded", 0, None)]),
        (
            f"REPLACE INTO detainees (id, name) VALUES ('{PERSON}', 'Otra')",
            [
                ("removed", "name", "Ana Ruiz", None), ("removed", "born", "1970", None), ("removed", "excluded", 0, None),
                ("added", "name", None, "Otra"), ("added", "excluded", None, 0),
            ],
        ),
        (
            f"INSERT INTO detainees (id, name) VALUES ('{PERSON}', 'Otra') ON CONFLICT (id) DO UPDATE SET name = excluded.name",
            [("changed", "name", "Ana Ruiz", "Otra")],
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("recursive", ["OFF", "ON"])
def test_every_way_to_write_is_logged_exactly(store, person, other_program, snapshot, sql, logged, recursive):
    before = snapshot()
    other_program.execute(f"PRAGMA recursive_triggers = {recursive}")
    other_program.execute(sql)
    take_in(store)
    assert entries(store, 3) == logged
    assert snapshot(known_by=2) == before
    with store.reading() as db:
        assert proof.verify(db).findings == []
    store.undo(3)
    assert snapshot() == before


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT OR REPLACE INTO sources (id, slug) VALUES ('b', 'infobae')",
        "UPDATE OR REPLACE sources SET slug = 'infobae' WHERE id = 'c'",
        "INSERT OR REPLACE INTO sources (id, slug, ref) VALUES ('d', 'd', 'S-000000')",
    ],
)
def test_a_row_that_a_replace_pushes_out_by_another_key_is_logged(store, other_program, snapshot, sql):
    with store.writing("add") as change:
        change.insert("sources", {"id": PERSON, "slug": "infobae", "title": "Liberan a veinte"})
        change.insert("sources", {"id": "c", "slug": "el-pais"})
    before = snapshot()
    other_program.execute(sql)
    assert PERSON not in snapshot()["sources"]
    take_in(store)
    assert snapshot(known_by=2) == before
    with store.reading() as db:
        assert proof.verify(db).findings == []
    store.undo(3)
    assert snapshot() == before


def test_what_changes_nothing_leaves_no_trace(store, person, other_program):
    other_program.execute("UPDATE detainees SET name = name")
    other_program.execute(f"INSERT OR IGNORE INTO detainees (id, name) VALUES ('{PERSON}', 'Otra')")
    take_in(store)
    with store.reading() as db:
        assert store.head(db)[::4] == (2, 0)
        assert proof.verify(db).findings == []


def test_an_id_cannot_be_changed(store, person, other_program):
    with pytest.raises(sqlite3.IntegrityError, match="an id never changes"):
        other_program.execute("UPDATE detainees SET id = 'x'")


def test_dates_names_and_refs_written_outside_are_brought_in_line(store, person, other_program, snapshot):
    new = ids.new()
    other_program.execute("UPDATE detainees SET name = 'Ána  RUIZ', born = '1971-05'")
    other_program.execute(
        "INSERT INTO detentions (id, detainee, entered, began) VALUES (?, ?, '2026-01-09', '2024')", (new, person)
    )
    take_in(store)
    now = snapshot()
    row, spell = now["detainees"][person], now["detentions"][new]
    assert (row["name_key"], row["name_exact"]) == ("ana ruiz", "ána ruiz")
    assert (row["born_from"], row["born_to"]) == ("1971-05-01T00:00", "1971-05-31T23:59")
    assert (spell["ref"], spell["began_from"]) == ("D-" + new[-6:], "2024-01-01T00:00")


@pytest.mark.parametrize("text", ["pronto", "2026-02-30", "03/04/2024", ""])
def test_an_outside_date_that_nobody_can_read_leaves_its_bounds_open(store, person, other_program, snapshot, text):
    other_program.execute("UPDATE detainees SET born = ?", (text,))
    take_in(store)
    row = snapshot()["detainees"][person]
    assert (row["born"], row["born_from"], row["born_to"]) == (text, None, None)


def test_bounds_that_contradict_their_date_are_put_right(store, person, other_program, snapshot):
    other_program.execute("UPDATE detainees SET born_from = '1999-01-01T00:00', name_key = 'otra'")
    take_in(store)
    row = snapshot()["detainees"][person]
    assert (row["born_from"], row["name_key"]) == ("1970-01-01T00:00", "ana ruiz")


def test_bytes_that_are_no_text_do_not_stop_our_writes(store, person, other_program, snapshot):
    other_program.execute("UPDATE detainees SET note = CAST(x'ff41' AS TEXT)")
    with pytest.raises(DiskTrouble, match="no text"), store.reading() as db:
        db.execute("SELECT * FROM detainees").fetchall()
    take_in(store)
    assert snapshot()["detainees"][person]["note"] == "\ufffdA"
    with store.writing("add") as change:
        change.insert("detainees", {"name": "Luis"})
    with store.reading() as db:
        assert proof.verify(db).findings == []
        found = [(entry.before, entry.after) for entry in history.history(db, seq=3)]
    assert found == [(None, "\ufffdA")]


def test_a_load_by_sqlite_utils_is_taken_in(store, person, snapshot):
    import sqlite_utils

    tool = sqlite_utils.Database(store.path)
    tool["tags"].insert_all({"id": f"t{n}", "detainee": person, "tag": f"tag {n}"} for n in range(1_500))
    tool["tags"].upsert({"id": "t1", "detainee": person, "tag": "otra"}, pk="id")
    tool.close()
    take_in(store)
    assert len(snapshot()["tags"]) == 1_500
    assert snapshot(known_by=2)["tags"] == {}
    with store.reading() as db:
        assert proof.verify(db).findings == []


def test_rows_invented_in_the_log_do_not_stop_our_writes(store, person, other_program, add):
    """Somebody who writes into the log itself is found by the proof, not by a crash."""
    other_program.execute("""INSERT INTO changes (seq, "table", row, before) VALUES (NULL, 'nonsense', 'x', '{}')""")
    add("detainees", name="Luis")
    with store.reading() as db:
        assert store.head(db)[::4] == (4, 0)
