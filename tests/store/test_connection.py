"""Files that are not ours are never touched, locks are waited for, and every trouble has its sentence."""

import hashlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from tracker.errors import Busy, DiskTrouble, NoDatabase, NotOurs
from tracker.store import Store, connection, schema, trouble


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def foreign(path, application_id=0, user_version=0):
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE recipes (id INTEGER PRIMARY KEY, dish TEXT)")
    db.execute("INSERT INTO recipes (dish) VALUES ('hallaca')")
    db.execute(f"PRAGMA application_id = {application_id}")
    db.execute(f"PRAGMA user_version = {user_version}")
    db.commit()
    db.close()


def use(path):
    """Open, read and write: what any command does."""
    store = Store.open(path)
    with store.reading() as db:
        db.execute("SELECT count(*) FROM detainees").fetchone()
    with store.writing("add") as change:
        change.insert("detainees", {"name": "Ana"})


@pytest.mark.parametrize("name", ["nothing.db", "no/such/folder.db"])
def test_no_file_is_no_database(tmp_path, name):
    with pytest.raises(NoDatabase, match="There is no database") as caught:
        Store.open(tmp_path / name)
    assert "tracker init" in caught.value.hint
    assert list(tmp_path.iterdir()) == []


def test_a_file_used_as_a_folder_is_no_database(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(NoDatabase):
        Store.open(tmp_path / "file" / "tracker.db")


def test_a_folder_is_not_ours(tmp_path):
    with pytest.raises(NotOurs, match="is a folder"):
        Store.open(tmp_path)


def test_a_pipe_is_not_ours_and_is_not_waited_for(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    with pytest.raises(NotOurs, match="not a plain file"):
        Store.open(path)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty file"),
        (b"nombre,fecha\nAna,2026-01-09\n", "not a tracker database"),
        (b"SQLite format 3\0", "not a tracker database"),
        (b"SQLite format 3\0" + bytes(84), "another program"),
        (os.urandom(5000), "not a tracker database"),
    ],
)
def test_other_files_are_not_ours_and_stay_as_they_are(tmp_path, content, sentence):
    path = tmp_path / "file.db"
    path.write_bytes(content)
    with pytest.raises(NotOurs, match=sentence):
        use(path)
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("application_id", "user_version", "sentence"),
    [
        (0, 0, "another program"),
        (0, 1, "another program"),
        (schema.APPLICATION_ID, 0, "not a tracker database"),
        (schema.APPLICATION_ID, schema.SCHEMA_VERSION, "structure.*changes"),
        (schema.APPLICATION_ID, schema.SCHEMA_VERSION + 1, "newer tracker"),
        (schema.APPLICATION_ID, 2**31 - 1, "newer tracker"),
    ],
)
def test_foreign_databases_are_not_ours_and_stay_as_they_are(tmp_path, application_id, user_version, sentence):
    path = tmp_path / "recipes.db"
    foreign(path, application_id, user_version)
    before = digest(path)
    with pytest.raises(NotOurs, match=sentence):
        use(path)
    assert digest(path) == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_newer_database_is_refused_with_both_versions(store):
    raw = sqlite3.connect(store.path)
    raw.execute("PRAGMA user_version = 99")
    raw.close()
    before = digest(store.path)
    with pytest.raises(
        NotOurs, match=f"version 99 of the record; this one knows up to {schema.SCHEMA_VERSION}"
    ) as caught:
        Store.open(store.path)
    assert "Update tracker" in caught.value.hint
    assert digest(store.path) == before


@pytest.mark.parametrize(
    ("sql", "name"),
    [
        ("CREATE TRIGGER spy AFTER INSERT ON detainees BEGIN DELETE FROM tags; END", "spy"),
        ("CREATE VIEW people AS SELECT * FROM detainees", "people"),
        ("DROP TRIGGER log_detainees_update", "log_detainees_update"),
        ("ALTER TABLE detainees ADD COLUMN shoe_size INTEGER", "detainees"),
        ("ALTER TABLE tags RENAME TO labels", "tags"),
        ("DROP TABLE evidence", "evidence"),
    ],
)
def test_a_changed_structure_is_refused_by_name_for_reading_and_writing(store, other_program, sql, name):
    other_program.execute("PRAGMA foreign_keys = OFF")
    other_program.execute(sql)
    with pytest.raises(NotOurs, match=rf"changed the structure.*\b{name}\b"), store.reading():
        pass
    with pytest.raises(NotOurs, match=rf"changed the structure.*\b{name}\b"), store.writing("add"):
        pass


def test_a_database_that_was_switched_to_wal_is_switched_back(store, other_program, add):
    other_program.execute("PRAGMA journal_mode=WAL")
    other_program.close()
    with store.reading() as db:
        assert db.execute("SELECT count(*) FROM settings").fetchone()[0] == 5
    add("detainees", name="Ana")
    assert store.path.read_bytes()[18:20] == b"\x01\x01"
    assert [each.name for each in store.path.parent.iterdir()] == ["tracker.db"]


def test_tables_and_indexes_of_other_programs_do_no_harm(store, other_program, add):
    other_program.execute("CREATE TABLE my_notes (text TEXT)")
    other_program.execute("CREATE INDEX my_index ON detainees (occupation)")
    other_program.execute("ANALYZE")
    add("detainees", name="Ana")
    with store.reading() as db:
        assert db.execute("SELECT count(*) FROM detainees").fetchone()[0] == 1


def test_a_trusting_reading_sees_a_changed_structure(store, other_program):
    other_program.execute("DROP TRIGGER log_detainees_update")
    db = connection.open_read(store.path, trusting=True)
    assert connection.strangers(db) == ["log_detainees_update"]
    db.close()


def test_a_lock_is_waited_for_and_then_said(store, other_program, monkeypatch, snapshot):
    monkeypatch.setenv("TRACKER_BUSY_SECONDS", "0.3")
    before = snapshot()
    other_program.execute("BEGIN EXCLUSIVE")
    began = time.monotonic()
    with pytest.raises(Busy, match="Another program is using") as caught, store.writing("add"):
        pass
    assert 0.3 <= time.monotonic() - began < 3
    assert "Nothing was changed" in caught.value.hint
    with pytest.raises(Busy), store.reading():
        pass
    other_program.execute("ROLLBACK")
    assert snapshot() == before


def test_a_lock_that_goes_in_time_is_only_waited_for(store, add):
    script = f"""
import sqlite3, time
db = sqlite3.connect({str(store.path)!r}, isolation_level=None)
db.execute("BEGIN EXCLUSIVE")
print("locked", flush=True)
time.sleep(0.6)
db.execute("COMMIT")
"""
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline() == "locked\n"
        add("detainees", name="Ana")
        with store.reading() as db:
            assert db.execute("SELECT count(*) FROM detainees").fetchone()[0] == 1
    assert holder.returncode == 0


def test_a_reader_in_the_way_is_waited_for_at_the_commit(store, other_program, monkeypatch, snapshot):
    """SQLite lets a writer begin beside readers; the lock is refused only when it commits."""
    monkeypatch.setenv("TRACKER_BUSY_SECONDS", "0.3")
    before = snapshot()
    other_program.execute("BEGIN")
    other_program.execute("SELECT count(*) FROM detainees").fetchall()
    with pytest.raises(Busy), store.writing("add") as change:
        change.insert("detainees", {"name": "Ana"})
    other_program.execute("COMMIT")
    assert snapshot() == before
    with store.writing("add") as change:
        change.insert("detainees", {"name": "Ana"})
    assert change.seq == 2


def test_a_reader_that_leaves_in_time_only_delays_the_commit(store, snapshot):
    script = f"""
import sqlite3, sys
db = sqlite3.connect({str(store.path)!r}, isolation_level=None)
db.execute("BEGIN")
db.execute("SELECT count(*) FROM detainees").fetchall()
print("reading", flush=True)
sys.stdin.readline()
import time; time.sleep(0.5)
db.execute("COMMIT")
"""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-c", script], **pipes) as reader:
        assert reader.stdout.readline() == "reading\n"
        with store.writing("add") as change:
            change.insert("detainees", {"name": "Ana"})
            reader.stdin.write("go\n")
            reader.stdin.flush()
    assert len(snapshot()["detainees"]) == 1


@pytest.mark.parametrize(("text", "seconds"), [("2.5", 2.5), ("0", 0.0), ("soon", 30.0), ("", 30.0)])
def test_how_long_to_wait_comes_from_the_environment(monkeypatch, text, seconds):
    monkeypatch.setenv("TRACKER_BUSY_SECONDS", text)
    assert connection.busy_seconds() == seconds


def stop_with_ctrl_c(script, ready="ready\n", wait=0.3):
    """Run `script`, send it SIGINT once it has said it is ready, return (seconds to the end, its last words)."""
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == ready
        time.sleep(wait)
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        try:
            said = process.communicate(timeout=20)[0]
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    return time.monotonic() - began, said


def test_ctrl_c_breaks_the_wait_for_a_lock(store, other_program):
    other_program.execute("BEGIN EXCLUSIVE")
    seconds, said = stop_with_ctrl_c(f"""
from pathlib import Path
from tracker.store import Store
print("ready", flush=True)
try:
    with Store(Path({str(store.path)!r})).writing("add"):
        pass
except KeyboardInterrupt:
    print("interrupted")
""")
    assert said == "interrupted\n"
    assert seconds < 2


def test_ctrl_c_breaks_a_long_question(store):
    seconds, said = stop_with_ctrl_c(f"""
from pathlib import Path
from tracker.store import Store
try:
    with Store(Path({str(store.path)!r})).reading() as db:
        print("ready", flush=True)
        db.execute("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n").fetchone()
except KeyboardInterrupt:
    print("interrupted")
""")
    assert said == "interrupted\n"
    assert seconds < 2


def test_a_folder_that_cannot_be_written_is_read_and_not_written(store, add, monkeypatch):
    """As root every folder can be written: the question is put to `os.access`, and SQLite opens `mode=ro`."""
    add("detainees", name="Ana")
    monkeypatch.setattr(connection.os, "access", lambda path, mode: False)
    modes = []
    real = connection.connect
    monkeypatch.setattr(connection, "connect", lambda path, mode: modes.append(mode) or real(path, mode))
    with store.reading(known_by=2) as db:
        assert db.execute("SELECT count(*) FROM detainees").fetchone()[0] == 1
    assert modes[-1] == "ro"
    before = digest(store.path)
    with pytest.raises(DiskTrouble, match="cannot be written"), store.writing("add"):
        pass
    assert digest(store.path) == before


def as_nobody(work):
    """Run `work` in a child process without root's rights (they ignore permissions); True if it raised nothing."""
    child = os.fork()
    if child == 0:
        try:
            if os.geteuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            work()
        except BaseException:  # noqa: BLE001
            import traceback

            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@pytest.mark.parametrize("file_mode", [0o444, 0o666])
def test_a_read_only_folder_is_read_and_refused_for_writing(store, add, file_mode):
    add("detainees", name="Ana")
    folder = Path(tempfile.mkdtemp(prefix="tracker-read-only-"))  # outside pytest's folder, closed to others
    path = folder / "tracker.db"
    path.write_bytes(store.path.read_bytes())
    path.chmod(file_mode)
    folder.chmod(0o555)
    before = digest(path)

    def work():
        guarded = Store.open(path)
        with guarded.reading(known_by=2) as db:
            assert db.execute("SELECT count(*) FROM detainees").fetchone()[0] == 1
        with pytest.raises(DiskTrouble, match="cannot be written"), guarded.writing("add"):
            pass
        with pytest.raises(DiskTrouble, match="Cannot create"):
            Store.create(folder / "other.db", {})

    try:
        assert as_nobody(work)
        assert digest(path) == before
    finally:
        folder.chmod(0o700)
        shutil.rmtree(folder)


def test_a_file_closed_to_others_is_disk_trouble(store):
    folder = Path(tempfile.mkdtemp(prefix="tracker-closed-"))
    folder.chmod(0o755)
    path = folder / "tracker.db"
    path.write_bytes(store.path.read_bytes())
    path.chmod(0o000)

    def work():
        with pytest.raises(DiskTrouble, match="cannot be read: Permission denied"):
            Store.open(path)

    try:
        assert as_nobody(work)
    finally:
        shutil.rmtree(folder)


def test_a_read_only_disk_is_said_so():
    """/proc and /sys are never writable, not even by root."""
    with pytest.raises(DiskTrouble, match="Cannot create"):
        Store.create(Path("/proc/tracker/tracker.db"), {})


def test_an_unreadable_file_is_disk_trouble(tmp_path, monkeypatch):
    path = tmp_path / "tracker.db"
    path.write_bytes(b"x")

    def refuse(self, *args):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "open", refuse)
    with pytest.raises(DiskTrouble, match="cannot be read: Permission denied"):
        Store.open(path)


def test_a_name_too_long_for_the_disk_is_disk_trouble(tmp_path):
    with pytest.raises(DiskTrouble):
        Store.open(tmp_path / ("x" * 300))
    with pytest.raises(DiskTrouble):
        Store.create(tmp_path / ("x" * 300), {})


def test_a_damaged_file_gets_a_sentence(store, add):
    for n in range(50):
        add("detainees", name=f"Persona {n}")
    content = bytearray(store.path.read_bytes())
    content[8192:] = b"\xff" * (len(content) - 8192)
    store.path.write_bytes(content)
    with pytest.raises((DiskTrouble, NotOurs)) as caught, store.reading() as db:
        db.execute("SELECT * FROM detainees").fetchall()
    assert str(store.path) in caught.value.message


def sqlite_error(code, text="why"):
    problem = sqlite3.OperationalError(text)
    problem.sqlite_errorcode = code
    return problem


@pytest.mark.parametrize(
    ("code", "error", "words"),
    [
        (sqlite3.SQLITE_FULL, DiskTrouble, "disk is full"),
        (sqlite3.SQLITE_IOERR | (10 << 8), DiskTrouble, "cannot be read or written: why"),
        (sqlite3.SQLITE_CANTOPEN, DiskTrouble, "cannot be read or written: why"),
        (sqlite3.SQLITE_READONLY | (3 << 8), DiskTrouble, "cannot be written"),
        (sqlite3.SQLITE_CORRUPT, DiskTrouble, "damaged"),
        (sqlite3.SQLITE_NOTADB, NotOurs, "not a tracker database"),
        (sqlite3.SQLITE_BUSY | (2 << 8), Busy, "Another program"),
        (sqlite3.SQLITE_LOCKED, Busy, "Another program"),
    ],
)
def test_sqlite_errors_become_sentences_with_the_path(tmp_path, code, error, words):
    path = tmp_path / "tracker.db"
    with pytest.raises(error, match=words) as caught, trouble.translated(path):
        raise sqlite_error(code)
    assert str(path) in caught.value.message


def test_a_mistake_of_ours_stays_what_it_is(tmp_path):
    with pytest.raises(sqlite3.OperationalError, match="no such table"), trouble.translated(tmp_path):
        sqlite3.connect(":memory:").execute("SELECT * FROM missing")


def many(change):
    change.insert_many("detainees", [{"name": f"Persona {n}", "note": "x" * 500} for n in range(2_000)])


def one_by_one(change):
    for n in range(2_000):
        change.insert("detainees", {"name": f"Persona {n}", "note": "x" * 500})


@pytest.mark.parametrize("fill", [many, one_by_one])
def test_a_full_disk_keeps_nothing(store, add, snapshot, monkeypatch, fill):
    """A limit on the file's pages makes SQLite say what a full disk says."""
    before = snapshot()
    real = connection.open_write

    def small(path):
        db = real(path)
        db.execute(f"PRAGMA max_page_count = {db.execute('PRAGMA page_count').fetchone()[0] + 2}")
        return db

    monkeypatch.setattr(connection, "open_write", small)
    with pytest.raises(DiskTrouble, match="disk is full"), store.writing("add") as change:
        fill(change)
    monkeypatch.undo()
    assert snapshot() == before
    add("detainees", name="Ana")


def test_pragmas_of_a_write_are_those_of_the_design(store):
    wanted = {"foreign_keys": 1, "journal_mode": "delete", "synchronous": 2, "secure_delete": 1, "temp_store": 2}
    with store.writing("look") as change:
        found = {name: change.db.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted}
        assert change.db.execute("PRAGMA defer_foreign_keys").fetchone()[0] == 1
    assert found == wanted


def test_the_journal_is_private_too(store):
    with store.writing("add") as change:
        change.insert("detainees", {"name": "Ana"})
        modes = [path.stat().st_mode & 0o777 for path in store.path.parent.iterdir()]
    assert modes == [0o600, 0o600]
