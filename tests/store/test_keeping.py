"""The copies that the program keeps by itself: named, whole, private, and only ours are ever dropped."""

import shutil
import stat

import pytest

from tracker.errors import Busy, DiskTrouble, Locked
from tracker.paths import locked
from tracker.store import Store, connection, copying, keeping


def names(store):
    return sorted(each.name for each in (store.path.parent / "backups").iterdir())


def edited(store, name):
    with store.writing("add") as change:
        change.insert("detainees", {"name": name})


def test_five_copies_are_kept_the_newest_among_them(store):
    made = []
    for number in range(7):
        edited(store, f"Persona {number}")
        made.append(keeping.keep(store.path).name)
    assert names(store) == sorted(made[-5:])
    copy = store.path.parent / "backups" / made[-1]
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with Store.open(copy).reading() as db:
        assert db.execute("SELECT count(*) FROM detainees").fetchone()[0] == 7


def test_what_is_not_ours_is_never_dropped(store):
    folder = store.path.parent / "backups"
    folder.mkdir()
    text = folder / "tracker-2020-01-01T0000-c1.auto.db"
    text.write_text("a text of that name")
    other = folder / "tracker-2020-01-02T0000-c1.auto.db"
    Store.create(other, {"zone": "UTC", "we": "Otros"})
    before = other.read_bytes()
    for number in range(7):
        edited(store, f"Persona {number}")
        keeping.keep(store.path)
    assert len(names(store)) == 5 + 2
    assert (text.read_text(), other.read_bytes()) == ("a text of that name", before)


def test_two_copies_of_one_minute_and_state_stand_beside_each_other(store):
    first, second = keeping.keep(store.path), keeping.keep(store.path)
    assert second.name == first.name.replace(".auto.db", "-2.auto.db")


def test_a_copy_that_cannot_be_written_drops_nothing(store):
    for _time in range(5):
        keeping.keep(store.path)
    before = names(store)

    def full(_source, _target):
        raise OSError(28, "No space left on device")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keeping, "copy_whole", full)
        with pytest.raises(DiskTrouble, match="No space left"):
            keeping.keep(store.path)
    assert names(store) == before


def test_while_the_bytes_are_held_alone_nobody_reads_or_writes(store, monkeypatch):
    monkeypatch.setenv("TRACKER_BUSY_SECONDS", "0.1")
    with copying.held(store.path, alone=True) as (_db, file):
        assert file.read(16) == connection.MAGIC
        with pytest.raises(Busy), store.reading():
            pass
    with copying.held(store.path) as (_db, file):
        file.read()
        with store.reading() as db:
            assert db.execute("SELECT count(*) FROM changesets").fetchone()[0] == 1
        with pytest.raises(Busy):
            edited(store, "Ana Ruiz")


def test_a_writer_that_waited_for_a_record_which_was_replaced_writes_nowhere(store, tmp_path):
    other = tmp_path / "other.db"
    shutil.copyfile(store.path, other)
    original = connection.connect

    def replaced_meanwhile(path, mode):
        db = original(path, mode)
        db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        other.replace(path)
        return db

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection, "connect", replaced_meanwhile)
        with pytest.raises(Busy):
            edited(store, "Ana Ruiz")
    with store.reading() as db:
        assert db.execute("SELECT count(*) FROM detainees").fetchone()[0] == 0


def test_a_locked_record_opens_for_nobody_even_beside_its_own_plain_file(store):
    locked(store.path).touch()
    with pytest.raises(Locked):
        Store.open(store.path)
    with pytest.raises(Locked), store.writing("add"):
        pass
