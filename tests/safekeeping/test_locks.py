"""Locking: exactly one complete copy, plain or locked, whatever happens and whenever; nothing readable beside a locked one."""

import json
import os
import shutil
from pathlib import Path

import pytest
from kept import Keys, child, filled, holds_a_name, listed, proved, state

from tracker import errors
from tracker.paths import locked, plain_list
from tracker.safekeeping import backup, files, lock, placing
from tracker.safekeeping.restore import restore
from tracker.safekeeping.sealing import Key
from tracker.store import Store

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    return Keys(tmp_path_factory.mktemp("keys"))


@pytest.fixture
def record(store, tmp_path):
    """A record in a folder of its own, with evidence, an automatic copy and a plain backup beside it."""
    folder = tmp_path / "case"
    folder.mkdir()
    shutil.move(store.path, folder / "tracker.db")
    made = filled(folder / "tracker.db")
    backup.make(made.path, backup.folder_of(made.path), key=None)
    return made


def locks(record, keys):
    return lock.lock(record.path, lambda: Key([keys.public], None))


def unlocks(record, keys):
    return lock.unlock(record.path, identities=keys.identities)


def test_locked_nothing_of_it_can_be_read_and_unlocked_all_is_as_it_was(record, keys):
    folder = record.path.parent
    before = listed(folder)
    assert len(before) == 5
    assert len(holds_a_name(folder)) >= 3
    done = locks(record, keys)
    assert (done.already, done.evidence, done.copies, done.recovered, done.strange) == (False, 2, 2, False, [])
    assert [one.name for one in folder.rglob("*")] == ["tracker.db.locked"]
    assert locked(record.path).stat().st_mode & 0o777 == 0o600
    assert holds_a_name(folder) == []
    again = locks(record, keys)
    assert again.already
    done = unlocks(record, keys)
    assert (done.already, done.evidence, done.copies) == (False, 2, 2)
    assert listed(folder) == before
    assert all(one.stat().st_mode & 0o077 == 0 for one in folder.rglob("*"))
    proved(record.path)
    assert unlocks(record, keys).already


def test_the_wrong_key_opens_nothing_and_changes_nothing(record, keys, tmp_path):
    locks(record, keys)
    before = listed(record.path.parent)
    with pytest.raises(errors.WrongKey):
        lock.unlock(record.path, identities=Keys(tmp_path / "other").identities)
    with pytest.raises(errors.WrongKey, match="no key was given"):
        lock.unlock(record.path)
    assert listed(record.path.parent) == before
    unlocks(record, keys)


def test_a_passphrase_opens_it_however_its_accents_are_typed(record):
    from tracker.safekeeping import sealing

    lock.lock(record.path, lambda: Key([], sealing.plain("relación de cuatro palabras")))
    with pytest.raises(errors.WrongKey):
        lock.unlock(record.path, ask=lambda: "relacion de cuatro palabras")
    lock.unlock(record.path, ask=lambda: sealing.plain("relacio\u0301n de cuatro palabras"))
    proved(record.path)


def test_a_damaged_locked_file_is_refused_and_stays(record, keys):
    locks(record, keys)
    file = locked(record.path)
    whole = file.read_bytes()
    for place in (1600, 2000, len(whole) // 2, len(whole) - 1500):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
        with pytest.raises((errors.DiskTrouble, errors.WrongKey)):
            unlocks(record, keys)
        assert [one.name for one in file.parent.iterdir()] == [file.name]
    file.write_bytes(whole)
    unlocks(record, keys)
    proved(record.path)


def test_a_locked_record_can_be_restored_elsewhere_as_a_backup(record, keys, tmp_path):
    locks(record, keys)
    there = tmp_path / "abroad" / "tracker.db"
    restore(locked(record.path), there, identities=keys.identities)
    proved(there)
    with pytest.raises(errors.Locked):
        restore(locked(record.path), record.path, identities=keys.identities, replace=lambda _proved: None)


def test_a_program_that_had_it_open_before_is_told_and_writes_nowhere(record, keys):
    with record.reading() as db:
        assert db.execute("SELECT count(*) FROM detainees").fetchone()[0] == 3
    locks(record, keys)
    with pytest.raises(errors.Locked), record.reading():
        pass
    with pytest.raises(errors.Locked), record.writing("add"):
        pass
    assert [one.name for one in record.path.parent.rglob("*")] == ["tracker.db.locked"]


def test_who_holds_the_record_keeps_it_from_being_locked(record, keys, monkeypatch):
    monkeypatch.setenv("TRACKER_BUSY_SECONDS", "0.1")
    before = listed(record.path.parent)
    with record.reading(), pytest.raises(errors.Busy):
        locks(record, keys)
    with placing.alone(record.path), pytest.raises(errors.Busy):
        locks(record, keys)
    assert listed(record.path.parent) == before


def test_somebody_elses_files_stay_and_are_told(record, keys):
    mine = record.path.parent / "evidence" / "my notes.txt"
    mine.write_text("mine")
    done = locks(record, keys)
    assert done.strange == [mine]
    assert mine.read_text() == "mine"


def test_a_second_record_in_the_folder_keeps_its_evidence(record, keys):
    Store.create(record.path.with_name("other.db"), {"zone": "UTC", "we": "Otros"})
    with pytest.raises(errors.Refused, match=r"other\.db is another record"):
        locks(record, keys)


def test_an_edit_by_another_program_after_a_kill_is_never_removed(record, keys):
    """Killed once it was locked, before anything plain was removed; then somebody's program writes to the plain file."""
    plain = {name: sha for name, sha in listed(record.path.parent).items() if name == "tracker.db"}
    copy = record.path.read_bytes()
    locks(record, keys)
    record.path.write_bytes(copy + b"edited")
    plain_list(record.path).write_text(json.dumps(plain))
    done = locks(record, keys)
    assert done.already
    assert done.recovered
    assert done.strange == [record.path]
    with pytest.raises(errors.Refused, match="is in the way"):
        unlocks(record, keys)
    assert record.path.read_bytes() == copy + b"edited"
    record.path.unlink()
    unlocks(record, keys)
    assert record.path.read_bytes() == copy


def test_leftovers_of_other_programs_go_with_the_record(record, keys):
    folder = record.path.parent
    for name in (".tracker.db.abc123.part", "backups/.tracker-2026-01-01T0000-c1.auto.db.abc.part", "evidence/.x.part"):
        (folder / name).write_text("Zoraida Piñango", encoding="utf-8")
    locks(record, keys)
    assert holds_a_name(folder) == []


# Kills


def after_a_death(record, before, keys, work):
    """Check what a death left; then do the same again, and come back to the plain record. Return where it stood."""
    found = state(record.path, before, keys.identities)
    if found == "locked":
        with pytest.raises(errors.Locked):
            Store.open(record.path)
    else:
        proved(record.path)
    work(record, keys)
    assert state(record.path, before, keys.identities) == ("locked" if work is locks else "plain")
    if work is locks:
        assert [one.name for one in record.path.parent.rglob("*")] == ["tracker.db.locked"]
        assert unlocks(record, keys).recovered is False
    assert listed(record.path.parent) == before
    proved(record.path)
    return found


@pytest.mark.parametrize("work", [locks, unlocks])
def test_a_death_before_every_third_step_leaves_one_complete_copy(record, keys, work):
    deaths(record, keys, work, 3)


@pytest.mark.long
@pytest.mark.parametrize("work", [locks, unlocks])
def test_a_death_before_any_step_leaves_one_complete_copy(record, keys, work):
    deaths(record, keys, work, 1)


def deaths(record, keys, work, every):
    before = listed(record.path.parent)
    found = []
    for step in range(0, 500, every):
        if work is unlocks:
            locks(record, keys)
        code = child(lambda: work(record, keys) and None, dies_at=step)
        if code == 0:
            break
        assert code == 9
        found.append(after_a_death(record, before, keys, work))
    ends = ["plain", "locked"] if work is locks else ["locked", "plain"]
    print(f"{work.__name__}: {len(found)} steps, {found.count(ends[0])} before and {found.count(ends[1])} after")
    assert len(found) > 24 // every
    assert found == sorted(found, key=ends.index), "one step decides"
    assert set(found) == set(ends)


def test_a_death_while_cleaning_up_after_a_death_is_cleaned_up(record, keys):
    before = listed(record.path.parent)
    late = 25  # amid the removal of plain files
    for step in range(0, 100, 6):
        assert child(lambda: locks(record, keys) and None, dies_at=late) == 9
        if child(lambda: unlocks(record, keys) and None, dies_at=step) == 0:
            break
        assert (
            state(record.path, before, keys.identities) == "locked"
            or listed(record.path.parent).keys() >= before.keys()
        )
        unlocks(record, keys)
        assert listed(record.path.parent) == before
    assert step > 10


@pytest.mark.parametrize("work", [locks, unlocks])
def test_a_full_disk_leaves_it_as_it_was(record, keys, work):
    """No file may grow beyond a limit, in steps up to what is needed."""
    before = listed(record.path.parent)
    if work is unlocks:
        locks(record, keys)
    whole = listed(record.path.parent)
    largest = max(one.stat().st_size for one in record.path.parent.rglob("*") if one.is_file())
    refused = 0
    for limit in range(0, largest * 3, largest // 12):
        code = child(lambda: work(record, keys) and None, limit=limit)
        if code == 0:
            break
        refused += 1
        assert listed(record.path.parent) == whole, limit
    print(f"{work.__name__}: {refused} limits refused")
    assert refused > 3
    assert state(record.path, before, keys.identities) == ("locked" if work is locks else "plain")


def test_a_full_disk_leaves_no_stump_of_a_backup(record, tmp_path):
    usb, before = tmp_path / "usb", listed(record.path.parent)
    size = record.path.stat().st_size + 400_000
    for limit in range(0, size, size // 16):
        code = child(lambda: backup.make(record.path, usb, key=None) and None, limit=limit)
        assert code != 0
        assert not usb.exists() or list(usb.iterdir()) == []
        assert listed(record.path.parent) == before


def test_a_full_disk_leaves_the_old_record_when_another_is_restored(record, tmp_path):
    made = backup.make(record.path, tmp_path / "usb", key=None)
    with record.writing("later") as change:
        change.insert("detainees", {"name": "Llegada Después"})
    before = listed(record.path.parent)
    size = record.path.stat().st_size
    for limit in range(0, size, size // 8):
        code = child(lambda: restore(made.path, record.path, replace=lambda _proved: None) and None, limit=limit)
        assert code != 0
        assert listed(record.path.parent) == before


def test_a_death_during_a_backup_leaves_no_stump_and_the_next_one_works(record, tmp_path):
    usb, before = tmp_path / "usb", listed(record.path.parent)
    for step in range(100):
        if child(lambda: backup.make(record.path, usb, key=None) and None, dies_at=step) == 0:
            break
        for one in backup.listed(record.path, usb).rows:
            restore(usb / one[0], tmp_path / "there" / "tracker.db", dry_run=True)
        now = listed(record.path.parent)
        assert {name: now[name] for name in before} == before
    assert step > 3
    old = usb.stat().st_mtime - 10_000
    for one in usb.glob(".*.part"):
        os.utime(one, (old, old))
    made = backup.make(record.path, usb, key=None)
    assert not list(usb.glob(".*"))
    restore(made.path, tmp_path / "there" / "tracker.db")
    proved(tmp_path / "there" / "tracker.db")


def test_a_death_during_a_restore_leaves_the_old_record_or_the_new(record, tmp_path):
    made = backup.make(record.path, tmp_path / "usb", key=None)
    with record.writing("later") as change:
        change.insert("detainees", {"name": "Llegada Después"})
    hashes = {"old": listed(record.path.parent)["tracker.db"], "new": made.manifest["parts"]["tracker.db"]["sha256"]}
    original = record.path.read_bytes()
    found = []
    for step in range(100):
        code = child(lambda: restore(made.path, record.path, replace=lambda _proved: None) and None, dies_at=step)
        now = listed(record.path.parent)["tracker.db"]
        found.append(next(name for name, sha in hashes.items() if sha == now))
        if found[-1] == "new":
            assert original in [one.read_bytes() for one in record.path.parent.glob("tracker.db.replaced-*")]
            shutil.copyfile(next(record.path.parent.glob("tracker.db.replaced-*")), record.path)
        proved(record.path)
        if code == 0:
            break
    assert found == sorted(found, reverse=True)
    assert set(found) == {"old", "new"}
    assert files.folder(record.path).is_dir()
    assert Path(made.path).exists()
