"""The words of names stay those of the names, whatever changes them."""

import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.domain.name_words import index_words
from tracker.store import Store, connection, migrations, proof


def kept(db):
    return {(row[0], row[1]) for row in db.execute("SELECT word, detainee FROM name_words")}


def due(db):
    every = "SELECT id, name FROM detainees WHERE name IS NOT NULL UNION ALL SELECT detainee, name FROM names"
    return {(word, row[0]) for row in db.execute(every) for word in index_words(row[1])}


def people(db):
    return [row[0] for row in db.execute("SELECT id FROM detainees ORDER BY id")]


def others(db):
    return [row[0] for row in db.execute("SELECT id FROM names ORDER BY id")]


NAMES = st.sampled_from(
    [
        "Ana Ruiz",
        "Anna Ruís",
        "José de la Cruz",
        "ANA  RUIZ",
        "Сергей Дубовой",
        "刘晓波",
        "de la",
        "Yolmer Llanos",
        "!? a",
    ]
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["add", "nameless", "rename", "unname", "other", "move", "drop", "remove", "undo", "outside", "bulk"]),
        NAMES, st.integers(0, 7),
    ),
    max_size=14,
)  # fmt: skip


def step(store: Store, what: str, name: str, pick: int) -> None:
    if what == "undo":
        with store.reading() as db:
            newest = store.head(db).seq
        if newest > 1:
            store.undo(newest)
        return
    if what == "outside":
        db = sqlite3.connect(store.path)
        db.execute("UPDATE detainees SET name = ? WHERE name IS NOT NULL AND rowid % 3 = ?", (name, pick % 3))
        db.execute("DELETE FROM names WHERE rowid % 4 = ?", (pick % 4,))
        db.commit()
        db.close()
    with store.writing(what) as change:
        who, also = people(change.db), others(change.db)
        if what == "add":
            change.insert("detainees", {"name": name})
        elif what == "nameless":
            change.insert("detainees", {"description": "adolescent, 17"})
        elif what == "bulk":
            ids = change.insert_many("detainees", [{"name": f"{name} {n}o"} for n in range(120)])
            change.insert_many("names", [{"detainee": each, "name": name} for each in ids[:110]])
        elif what in {"rename", "unname"} and who:
            values = {"name": name} if what == "rename" else {"name": None, "description": "sin nombre"}
            change.update("detainees", who[pick % len(who)], values)
        elif what == "other" and who:
            change.insert("names", {"detainee": who[pick % len(who)], "name": name})
        elif what == "move" and who and also:
            change.update("names", also[pick % len(also)], {"detainee": who[-1], "name": name})
        elif what == "drop" and also:
            change.delete("names", also[pick % len(also)])
        elif what == "remove" and who:
            gone = who[pick % len(who)]
            for each in change.db.execute("SELECT id FROM names WHERE detainee = ?", (gone,)).fetchall():
                change.delete("names", each[0])
            change.delete("detainees", gone)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_words_are_those_of_the_names_after_any_changes(template_database, tmp_path_factory, steps):
    path = tmp_path_factory.mktemp("words") / "tracker.db"
    path.write_bytes(template_database.read_bytes())
    store = Store.open(path)
    for each in steps:
        step(store, *each)
        with store.reading() as db:
            assert kept(db) == due(db)
    with store.reading() as db:
        assert proof.verify(db).findings == []


def test_a_dry_run_leaves_no_words(store):
    with store.writing("add", dry_run=True) as change:
        change.insert("detainees", {"name": "Ana Ruiz"})
    with store.reading() as db:
        assert kept(db) == set()


def test_words_are_no_part_of_what_is_logged_or_proven(store):
    with store.writing("add") as change:
        change.insert("detainees", {"name": "Ana Ruiz"})
    db = sqlite3.connect(store.path, isolation_level=None)
    db.execute("DELETE FROM name_words")
    db.close()
    with store.reading() as db:
        assert proof.verify(db).findings == []
        assert store.head(db).pending == 0


def test_a_record_whose_words_another_program_dropped_is_refused(store):
    from tracker.errors import NotOurs

    db = sqlite3.connect(store.path)
    db.execute("DROP TABLE name_words")
    db.commit()
    db.close()
    with pytest.raises(NotOurs, match="name_words"), store.reading():
        pass


def test_the_step_to_version_two_makes_and_fills_them(tmp_path):
    db = sqlite3.connect(tmp_path / "old.db")
    db.row_factory = sqlite3.Row
    migrations.m001_the_record_and_its_log(db)
    db.execute("INSERT INTO detainees (id, name) VALUES ('a', 'Ana Ruiz')")
    db.execute("INSERT INTO names (id, detainee, name) VALUES ('b', 'a', 'Anita')")
    migrations.m002_lists_taken_in(db)
    assert kept(db) == {("ana", "a"), ("ruis", "a"), ("anita", "a"), *((w, "a") for w in index_words("Ana Ruiz"))}
    assert connection.strangers(db) == []
    db.close()
