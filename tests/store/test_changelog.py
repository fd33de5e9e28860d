"""The change log under random work: every past state exact, every undo right, the chain whole.

The oracle is plain: a copy of the whole record, as dicts, after every changeset.
"""

import copy
import random
import shutil
import sqlite3
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.errors import Refused
from tracker.store import Store, history, ids, proof
from tracker.store.schema import TABLES

NAMES = ("Ana Ruiz", "Luis Díaz", "José Ñáñez", 'Eva "la Negra" Gil', "Iván\tdos", "O'Hara", "李雷", "x" * 50)
DATES = (None, "2024", "2024-02", "2026-01-08..2026-01-12", "..2026-01-14", "2026-02-08T23:45")
COUNTRIES = ("ES", "VE", "CO", "IT")


def whole(db):
    return {table: {row["id"]: dict(row) for row in db.execute(f"SELECT * FROM {table}")} for table in TABLES}


class World:
    """A store and what it held after each changeset: `states[seq]`."""

    def __init__(self, template, folder):
        self.path = folder / "tracker.db"
        shutil.copy(template, self.path)
        self.store = Store.open(self.path)
        self.states = {0: {table: {} for table in TABLES}, 1: self.now()}

    def now(self, **when):
        with self.store.reading(**when) as db:
            return whole(db)

    def note(self):
        """Copy the record under the number of its newest changeset."""
        with self.store.reading() as db:
            head = self.store.head(db)
            for seq in range(max(self.states) + 1, head.seq + 1):
                self.states[seq] = whole(db) if seq == head.seq else None
        return head.seq

    def pick(self, table, number):
        with self.store.reading() as db:
            rows = [row[0] for row in db.execute(f"SELECT id FROM {table} ORDER BY id")]
        return rows[number % len(rows)] if rows else None


STEP = st.tuples(
    st.sampled_from(
        [
            "person",
            "spell",
            "nationality",
            "edit",
            "edit",
            "clear",
            "delete",
            "several",
            "outside",
            "replace",
            "undo",
            "undo",
        ]
    ),
    st.integers(0, 10_000),
    st.integers(0, 10_000),
)


def work(world, kind, one, two):
    """Take one random step; Refused where the record does not allow it."""
    store = world.store
    if kind == "undo":
        return undo(world, one)
    person, spell = world.pick("detainees", one), world.pick("detentions", two)
    if kind in ("outside", "replace"):
        return outside(world, kind, person, one, two)
    with store.writing(f"{kind} {one}") as change:
        if kind == "person" or person is None:
            change.insert("detainees", {"name": NAMES[one % len(NAMES)], "born": DATES[two % len(DATES)]})
        elif kind == "spell":
            change.insert("detentions", {"detainee": person, "began": DATES[two % len(DATES)], "entered": "2026-01-09"})
        elif kind == "nationality":
            change.insert("nationalities", {"detainee": person, "country": COUNTRIES[two % len(COUNTRIES)]})
        elif kind == "edit":
            change.update("detainees", person, {"name": NAMES[two % len(NAMES)], "note": f"{one}", "age": two % 100})
        elif kind == "clear":
            change.update("detainees", person, {"note": None, "born": DATES[two % len(DATES)], "age": None})
        elif kind == "delete":
            change.delete("detentions" if spell and one % 2 else "detainees", spell if spell and one % 2 else person)
        else:
            new = change.insert("detainees", {"name": NAMES[one % len(NAMES)]})
            change.insert_many("tags", [{"detainee": new, "tag": f"t{n}"} for n in range(one % 3)])
            change.update("detainees", new, {"sex": "female"})
            change.update("detainees", person, {"occupation": f"{two}"})
            if two % 3 == 0:
                change.delete("detainees", world_free(change.db) or new)
    return None


def world_free(db):
    """A person nothing points at."""
    row = db.execute(
        "SELECT id FROM detainees d WHERE NOT EXISTS (SELECT 1 FROM detentions WHERE detainee = d.id)"
        " AND NOT EXISTS (SELECT 1 FROM nationalities WHERE detainee = d.id)"
        " AND NOT EXISTS (SELECT 1 FROM tags WHERE detainee = d.id) ORDER BY id LIMIT 1"
    ).fetchone()
    return row[0] if row else None


def outside(world, kind, person, one, two):
    """Write as another program, then take it in with the next write of ours."""
    db = sqlite3.connect(world.path, isolation_level=None)
    if person is None or one % 3 == 0:
        values = (ids.new(), NAMES[one % len(NAMES)], "no date" if two % 2 else "2024-02")
        db.execute("INSERT INTO detainees (id, name, born) VALUES (?, ?, ?)", values)
    elif kind == "replace":
        db.execute("INSERT OR REPLACE INTO detainees (id, name) VALUES (?, ?)", (person, NAMES[two % len(NAMES)]))
    else:
        db.execute("UPDATE detainees SET name = ?, born = ? WHERE id = ?", (NAMES[two % len(NAMES)], "1970", person))
    db.close()
    with world.store.writing("take in"):
        pass
    with world.store.reading() as db:
        assert world.store.head(db).pending == 0


def undo(world, number):
    """Undo a random changeset and set the result against the copies."""
    seq = number % max(world.states) + 1
    before = world.now()
    result = world.store.undo(seq)
    expected = copy.deepcopy(before)
    for table, row in result.touched:
        was = world.states[seq - 1][table].get(row)
        expected[table].pop(row, None)
        if was is not None:
            expected[table][row] = was
    assert world.now() == expected
    with world.store.reading() as db:
        changed = {(entry.table, entry.row) for entry in history.history(db, seq=seq)}
    assert set(result.touched) <= changed


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(steps=st.lists(STEP, min_size=1, max_size=25))
def test_every_past_state_is_exact_and_the_log_proves_whole(template_database, steps):
    folder = Path(tempfile.mkdtemp(prefix="tracker-log-"))
    try:
        world = World(template_database, folder)
        for kind, one, two in steps:
            before = world.now()
            try:
                work(world, kind, one, two)
            except Refused:
                assert world.now() == before
            world.note()
        for seq, state in world.states.items():
            if seq and state is not None:
                assert world.now(known_by=seq) == state
        with world.store.reading() as db:
            assert proof.verify(db).findings == []
    finally:
        shutil.rmtree(folder)


def test_before_the_first_change_nothing_is_known(store, add, snapshot):
    add("detainees", name="Ana")
    assert snapshot(known_by="1990-01-01") == {table: {} for table in TABLES}


def test_empty_to_filled_and_filled_to_empty_are_logged(store, add):
    person = add("detainees", name="Ana")
    with store.writing("fill") as change:
        change.update("detainees", person, {"note": "x"})
    with store.writing("empty") as change:
        change.update("detainees", person, {"note": None})
    with store.reading() as db:
        found = [
            (e.seq, e.before, e.after) for e in history.history(db, rows=[("detainees", person)]) if e.field == "note"
        ]
    assert found == [(3, None, "x"), (4, "x", None)]


def test_seals_cover_at_most_a_thousand_changes(store):
    with store.writing("load") as change:
        change.insert_many("detainees", [{"name": f"Persona {n}"} for n in range(2_500)])
    with store.reading() as db:
        sizes = [row[1] - row[0] + 1 for row in db.execute("SELECT first, last FROM seals WHERE seq = 2")]
        assert proof.verify(db).findings == []
    assert sizes == [1_000, 1_000, 500]


def test_the_same_words_never_give_the_same_hash(store, tmp_path):
    """Reasons and contents are salted: a hash gives nothing away about a name."""
    other = Store.create(tmp_path / "other.db", {})
    for each in (store, other):
        with each.writing("add Ana") as change:
            change.insert("detainees", {"id": "0" * 26, "name": "Ana"})
    rows = []
    for each in (store, other):
        with each.reading() as db:
            rows.append(
                tuple(
                    db.execute(
                        "SELECT said, (SELECT digest FROM seals WHERE seq = 2) FROM changesets WHERE seq = 2"
                    ).fetchone()
                )
            )
    assert rows[0][0] != rows[1][0]
    assert rows[0][1] != rows[1][1]


@pytest.mark.long
def test_fifteen_hundred_random_steps(template_database, tmp_path):
    world, chance = World(template_database, tmp_path), random.Random(2026)
    kinds = [
        "person",
        "spell",
        "nationality",
        "edit",
        "edit",
        "clear",
        "delete",
        "several",
        "outside",
        "replace",
        "undo",
    ]
    undone = 0
    for _ in range(1_500):
        kind = chance.choice(kinds)
        try:
            work(world, kind, chance.randrange(10_000), chance.randrange(10_000))
            undone += kind == "undo"
        except Refused:
            pass
        world.note()
    assert undone > 50
    for seq, state in world.states.items():
        if seq:
            assert world.now(known_by=seq) == state
    with world.store.reading() as db:
        assert proof.verify(db).findings == []
