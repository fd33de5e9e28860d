"""Upgrades: whole or not at all, after a backup, with the log intact. A next version is invented in a process of its own."""

import re
import sqlite3
import stat
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tracker.errors import DiskTrouble, Refused
from tracker.store import Store, connection, copying, derived, door, migrations, proof, schema, seals, structure
from tracker.store.schema import SCHEMA_VERSION

NEXT_VERSION = """
import sqlite3, sys
from pathlib import Path
from tracker import errors
from tracker.store import Store, connection, door, history, migrations, proof, schema, structure
added = (*schema.ADDED, (4, "detainees", "height TEXT"), (4, "stays", "room TEXT"))
for module in (schema, connection, door, migrations, structure):
    module.SCHEMA_VERSION = 4
    module.ADDED = added

def m004_height(db):
    migrations.add_columns(db, 4)
    db.execute("UPDATE detainees SET height = '170' WHERE name LIKE 'Ana%'")

migrations.STEPS.append(m004_height)
path = Path(sys.argv[1])
"""


def next_version_of(path, script):
    """Run `script` as the next version of tracker would run, on the database at `path`."""
    return subprocess.run(
        [sys.executable, "-c", NEXT_VERSION + script, str(path)], capture_output=True, text=True, check=False
    )


@pytest.fixture
def people(store):
    with store.writing("add") as change:
        for name in ("Ana Ruiz", "Luis Díaz"):
            change.insert("detainees", {"name": name})
    return store


def test_there_is_one_step_for_each_version_named_by_its_number():
    assert len(migrations.STEPS) == SCHEMA_VERSION
    for number, step in enumerate(migrations.STEPS, 1):
        assert step.__name__.startswith(f"m{number:03}_")


def test_a_new_database_is_what_all_steps_through_sqlite_utils_make(tmp_path, store):
    """Creation runs plain sqlite3; sqlite-utils must find nothing left to do, and make the same by itself."""
    import sqlite_utils

    raw = sqlite3.connect(store.path)
    ours = sqlite_utils.Database(raw, recursive_triggers=False)
    ledger = sqlite_utils.Migrations(migrations.MIGRATION_SET)
    for step in migrations.STEPS:
        ledger(name=step.__name__)(lambda db, step=step: step(db.conn))
    assert ledger.pending(ours) == []
    assert [each.name for each in ledger.applied(ours)] == [step.__name__ for step in migrations.STEPS]

    other = sqlite3.connect(tmp_path / "other.db")
    ledger.apply(sqlite_utils.Database(other, recursive_triggers=False))
    everything = "SELECT type, name, sql FROM sqlite_schema WHERE tbl_name <> '_sqlite_migrations' ORDER BY 1, 2"
    assert raw.execute(everything).fetchall() == other.execute(everything).fetchall()
    assert raw.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION
    raw.close()
    other.close()


def test_creating_is_fast(tmp_path):
    """Under 100 ms of work (it measures about 20), the best of five: a busy machine is not our doing."""
    seconds = []
    for n in range(5):
        began = time.process_time()
        Store.create(tmp_path / f"{n}.db", {"country": "VE"})
        seconds.append(time.process_time() - began)
    assert min(seconds) < 0.1


def test_a_database_of_this_version_is_not_upgraded(people):
    before = people.path.read_bytes()
    assert migrations.upgrade(people.path) is None
    Store.open(people.path)
    assert people.path.read_bytes() == before
    assert len(list(people.path.parent.iterdir())) == 1


def test_an_upgrade_backs_up_adds_columns_logs_data_and_proves(people):
    before = people.path.read_bytes()
    done = next_version_of(
        people.path,
        """
store = Store.open(path)
with store.reading() as db:
    print([tuple(row) for row in db.execute("SELECT name, height FROM detainees ORDER BY name")])
    print(proof.verify(db).findings, connection.strangers(db), db.execute("PRAGMA user_version").fetchone()[0])
    print([tuple(row) for row in db.execute("SELECT seq, kind, reason FROM changesets WHERE seq > 2")])
    print([(e.field, e.before, e.after) for e in history.history(db, seq=3)])
with store.reading(known_by=2) as db:
    print([tuple(row) for row in db.execute("SELECT name, height FROM detainees ORDER BY name")])
with store.writing("edit") as change:
    change.update("detainees", change.db.execute("SELECT id FROM detainees WHERE name LIKE 'Luis%'").fetchone()[0], {"height": "180"})
store.undo()
with store.reading() as db:
    print(proof.verify(db).findings)
""",
    )
    assert done.stdout.splitlines() == [
        "[('Ana Ruiz', '170'), ('Luis Díaz', None)]",
        "[] [] 4",
        "[(3, 'migrate', 'm004_height')]",
        "[('height', None, '170')]",
        "[('Ana Ruiz', None), ('Luis Díaz', None)]",
        "[]",
    ], done.stderr
    (backup,) = (people.path.parent / "backups").iterdir()
    assert re.fullmatch(r"tracker-\d{4}-\d\d-\d\dT\d{4}-c2\.auto\.db", backup.name)
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert people.path.read_bytes() != before
    with Store.open(backup).reading() as db:
        assert [row[0] for row in db.execute("SELECT name FROM detainees ORDER BY name")] == ["Ana Ruiz", "Luis Díaz"]
        assert proof.verify(db).findings == []


def test_a_record_of_version_1_is_upgraded_with_its_whole_log(version_1):
    """The frozen file, through the invented next version: as in any later version, nothing of the log is touched."""
    with closing(sqlite3.connect(version_1)) as db:
        logged = db.execute("SELECT * FROM changes").fetchall()
    done = next_version_of(
        version_1,
        """
store = Store.open(path)
with store.reading() as db:
    print(proof.verify(db).findings, connection.strangers(db), db.execute("PRAGMA user_version").fetchone()[0])
    print(db.execute("SELECT height FROM detainees WHERE name LIKE 'Ana%'").fetchone()[0])
""",
    )
    assert done.stdout.splitlines() == ["[] [] 4", "170"], done.stderr
    with closing(sqlite3.connect(version_1)) as db:
        assert db.execute("SELECT * FROM changes").fetchall()[: len(logged)] == logged


@pytest.fixture
def next_version(monkeypatch):
    """The next version within this process: the constants wherever they were imported, and nothing remembered of version 1."""
    cached = [
        each for module in (structure, seals, derived) for each in vars(module).values() if hasattr(each, "cache_clear")
    ]

    def forget():
        for each in cached:
            each.cache_clear()

    def m004_height(db):
        migrations.add_columns(db, 4)

    added = (*schema.ADDED, (4, "detainees", "height TEXT"))
    for module in (schema, connection, door, migrations, structure):
        for name, value in (("SCHEMA_VERSION", 4), ("ADDED", added)):
            if hasattr(module, name):
                monkeypatch.setattr(module, name, value)
    monkeypatch.setattr(migrations, "STEPS", [*migrations.STEPS, m004_height])
    forget()
    yield
    monkeypatch.undo()
    forget()


def test_an_upgrade_within_this_process_takes_in_outside_edits_first(people, other_program, next_version):
    other_program.execute("UPDATE detainees SET name = 'Ana Otra' WHERE name LIKE 'Ana%'")
    upgraded = Store.open(people.path)
    with upgraded.reading() as db:
        kinds = [(row[0], row[1]) for row in db.execute("SELECT seq, kind FROM changesets WHERE seq > 2")]
        assert kinds == [(3, "outside"), (4, "migrate")]
        assert db.execute("SELECT name_key FROM detainees WHERE name = 'Ana Otra'").fetchone()[0] == "ana otra"
        assert connection.strangers(db) == []
        assert proof.verify(db).findings == []
    with pytest.raises(Refused, match="Change 4 cannot be undone"):
        upgraded.undo(4)
    with upgraded.writing("edit") as change:
        change.insert("detainees", {"name": "Eva", "height": "160"})
    assert migrations.upgrade(people.path) is None


def test_an_upgraded_and_a_new_database_have_the_same_structure(people):
    done = next_version_of(
        people.path,
        """
everything = "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE tbl_name <> '_sqlite_migrations' ORDER BY 1, 2"
new = Store.create(path.with_name("new.db"), {})
found = []
for each in (Store.open(path), new):
    with each.reading() as db:
        found.append([tuple(row) for row in db.execute(everything)])
print(found[0] == found[1], len(found[0]) > 100)
""",
    )
    assert done.stdout == "True True\n", done.stderr


def test_edits_of_other_programs_before_an_upgrade_stay_their_own(people, other_program):
    other_program.execute("UPDATE detainees SET name = 'Ana Otra', born = '1970' WHERE name LIKE 'Ana%'")
    done = next_version_of(
        people.path,
        """
store = Store.open(path)
with store.reading() as db:
    print([tuple(row) for row in db.execute("SELECT seq, kind FROM changesets WHERE seq > 2")])
    print([tuple(row) for row in db.execute("SELECT name_key, born_from FROM detainees WHERE name LIKE 'Ana%'")])
    print(proof.verify(db).findings, store.head(db).pending)
    print({e.field for e in history.history(db, seq=3)})
""",
    )
    assert done.stdout.splitlines()[:3] == [
        "[(3, 'outside'), (4, 'migrate')]",
        "[('ana otra', '1970-01-01T00:00')]",
        "[] 0",
    ], done.stderr
    assert "'name'" in done.stdout.splitlines()[3]


@pytest.mark.parametrize("failure", ["raise ZeroDivisionError", "import os; os._exit(9)", "raise KeyboardInterrupt"])
def test_an_upgrade_that_breaks_off_changes_nothing(people, failure):
    with people.reading() as db:
        before = [tuple(row) for row in db.execute("SELECT * FROM changes")]
    done = next_version_of(
        people.path,
        f"""
def m004_height(db):
    migrations.add_columns(db, 4)
    db.execute("UPDATE detainees SET height = '170'")
    {failure}
migrations.STEPS[-1] = m004_height
Store.open(path)
""",
    )
    assert done.returncode != 0
    again = Store.open(people.path)
    with again.reading() as db:
        assert [tuple(row) for row in db.execute("SELECT * FROM changes")] == before
        assert db.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION
        assert proof.verify(db).findings == []


def test_an_upgrade_waits_for_the_lock_and_is_done_once(people):
    """Two new programs at once: one upgrades, the other finds it done."""
    script = NEXT_VERSION + "Store.open(path); print('open')"
    both = [
        subprocess.Popen([sys.executable, "-c", script, str(people.path)], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    assert [each.communicate()[0] for each in both] == ["open\n", "open\n"]
    assert len(list((people.path.parent / "backups").iterdir())) == 1


def test_an_old_database_with_unknown_triggers_is_refused_and_untouched(people, other_program):
    other_program.execute("CREATE TRIGGER spy AFTER INSERT ON detainees BEGIN DELETE FROM tags; END")
    before = people.path.read_bytes()
    done = next_version_of(
        people.path,
        """
try:
    Store.open(path)
except errors.NotOurs as problem:
    print(problem.message)
""",
    )
    assert "spy" in done.stdout, done.stderr
    assert people.path.read_bytes() == before
    assert len(list(people.path.parent.iterdir())) == 1


def test_an_upgrade_needs_room_for_its_backup(people):
    before = people.path.read_bytes()
    done = next_version_of(
        people.path,
        """
from tracker.store import keeping
def full(source, target):
    raise errors.DiskTrouble("full")
keeping.copy_whole = full
try:
    Store.open(path)
except errors.DiskTrouble as problem:
    print(problem.message)
""",
    )
    assert done.stdout == "full\n", done.stderr
    assert people.path.read_bytes() == before


def test_a_copy_is_whole_private_and_reads_back(people, tmp_path):
    target = tmp_path / "copy.db"
    copying.copy_whole(people.path, target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with people.reading() as one, Store.open(target).reading() as other:
        assert people.head(one) == people.head(other)
        assert proof.verify(other).findings == []
    assert {each.name for each in tmp_path.iterdir()} == {"tracker.db", "copy.db"}


def test_a_copy_is_made_beside_a_writer(people, tmp_path):
    with people.writing("add") as change:
        change.insert("detainees", {"name": "Eva"})
        copying.copy_whole(people.path, tmp_path / "copy.db")
    with Store.open(tmp_path / "copy.db").reading() as db:
        assert db.execute("SELECT count(*) FROM detainees").fetchone()[0] == 2


def test_a_copy_that_does_not_read_back_is_not_kept(people, tmp_path, monkeypatch):
    real = connection.connect

    def damaged(path, mode):
        db = real(path, mode)
        if path.suffix == ".part":
            db.close()
            db = sqlite3.connect(":memory:")
            db.execute("CREATE TABLE changesets (seq, hash)")
        return db

    monkeypatch.setattr(connection, "connect", damaged)
    with pytest.raises(DiskTrouble, match="did not read back"):
        copying.copy_whole(people.path, tmp_path / "copy.db")
    assert {each.name for each in tmp_path.iterdir()} == {"tracker.db"}


def test_a_copy_where_nothing_can_be_written_is_disk_trouble(people, tmp_path):
    with pytest.raises(DiskTrouble):
        copying.copy_whole(people.path, Path("/proc/copy.db"))
    with pytest.raises(DiskTrouble):
        copying.copy_whole(people.path, tmp_path / "no folder" / "copy.db")
