"""Several programs at once, and programs that die: no update lost, no half write."""

import random
import signal
import subprocess
import sys
import time

from tracker.store import Store, proof

PROCESSES = 8
UPDATES = 12

COUNTER = """
import sys
from pathlib import Path
from tracker.store import Store
store = Store.open(Path(sys.argv[1]))
person = sys.argv[2]
for _ in range(int(sys.argv[3])):
    with store.writing("count") as change:
        age = change.get("detainees", person)["age"]
        change.update("detainees", person, {"age": age + 1})
"""

LOAD = """
import sys
from pathlib import Path
from tracker.store import Store
store = Store.open(Path(sys.argv[1]))
print("ready", flush=True)
while True:
    with store.writing("load") as change:
        people = change.insert_many("detainees", ({"name": f"Persona {n}", "note": "x" * 400} for n in range(1_500)))
        for person in people[:40]:
            change.insert("detentions", {"detainee": person, "entered": "2026-01-09"})
    print("done", flush=True)
"""


def run(script, *arguments):
    return subprocess.Popen([sys.executable, "-c", script, *map(str, arguments)], stdout=subprocess.PIPE, text=True)


def test_eight_programs_at_once_lose_no_update(store, add):
    person = add("detainees", name="Ana", age=0)
    workers = [run(COUNTER, store.path, person, UPDATES) for _ in range(PROCESSES)]
    assert [worker.wait(timeout=120) for worker in workers] == [0] * PROCESSES
    for worker in workers:
        worker.stdout.close()
    with store.reading() as db:
        assert db.execute("SELECT age FROM detainees").fetchone()[0] == PROCESSES * UPDATES
        assert store.head(db).seq == 2 + PROCESSES * UPDATES
        assert proof.verify(db).findings == []


def whole_loads(store):
    """How many loads are there; none may be there in part."""
    with store.reading() as db:
        people = db.execute("SELECT count(*) FROM detainees").fetchone()[0]
        spells = db.execute("SELECT count(*) FROM detentions").fetchone()[0]
        assert people % 1_500 == 0
        assert spells == people // 1_500 * 40
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert proof.verify(db).findings == []
    return people // 1_500


def test_kill_9_in_the_middle_of_a_write_leaves_it_whole_or_not_there(store):
    chance = random.Random(9)
    for _ in range(5):
        before = whole_loads(store)
        worker = run(LOAD, store.path)
        assert worker.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0.02, 0.25))
        worker.kill()
        done = worker.stdout.read().count("done")
        worker.wait()
        worker.stdout.close()
        assert before + done <= whole_loads(store) <= before + done + 1
    with store.writing("add") as change:
        change.insert("facilities", {"name": "El Rodeo"})
    assert change.seq is not None


def test_ctrl_c_in_the_middle_of_a_write_leaves_it_whole_or_not_there(store):
    found = 0
    for wait in (0.05, 0.15):
        worker = subprocess.Popen(
            [sys.executable, "-c", LOAD, str(store.path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert worker.stdout.readline() == "ready\n"
        time.sleep(wait)
        worker.send_signal(signal.SIGINT)
        out, err = worker.communicate(timeout=30)
        assert "KeyboardInterrupt" in err
        found, before = whole_loads(store), found
        assert before + out.count("done") <= found <= before + out.count("done") + 1
    assert [each.name for each in store.path.parent.iterdir()] == ["tracker.db"]


def test_a_hot_journal_left_by_a_dead_writer_is_rolled_back_by_the_next_reading(store, add):
    """The writer dies after SQLite began to write into the file itself: only the journal knows what was there."""
    add("detainees", name="Ana")
    script = """
import os, sys
from pathlib import Path
from tracker.store import Store, connection
store = Store(Path(sys.argv[1]))
with store.writing("load") as change:
    change.db.execute("PRAGMA cache_size = 10")
    change.db.execute("PRAGMA cache_spill = 5")
    for n in range(3000):
        change.insert("detainees", {"name": f"Persona {n}", "note": "x" * 400})
    os._exit(9)
"""
    before = store.path.read_bytes()
    assert subprocess.run([sys.executable, "-c", script, store.path], check=False).returncode == 9
    journal = store.path.with_name("tracker.db-journal")
    assert journal.stat().st_size > 0
    assert store.path.read_bytes() != before
    with Store.open(store.path).reading() as db:
        assert [row[0] for row in db.execute("SELECT name FROM detainees")] == ["Ana"]
        assert proof.verify(db).findings == []
    assert not journal.exists() or journal.stat().st_size == 0
    assert store.path.read_bytes()[:100] == before[:100]
