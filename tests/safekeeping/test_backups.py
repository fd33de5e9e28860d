"""Backups: whole, private, checked; damaged ones are refused; the old record is kept when one is restored."""

import random
import shutil
import stat
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from kept import Keys, filled, listed, proved

from tracker import errors
from tracker.safekeeping import backup, files, sealing, unpacking
from tracker.safekeeping.restore import restore
from tracker.safekeeping.sealing import Key
from tracker.store import Store, keeping
from tracker.store.schema import SCHEMA_VERSION


@pytest.fixture
def record(store):
    filled(store.path)
    return store


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    return Keys(tmp_path_factory.mktemp("keys"))


def content(path):
    with Store.open(path).reading() as db:
        return [tuple(row) for row in db.execute("SELECT * FROM changesets")], [
            tuple(row) for row in db.execute("SELECT * FROM detainees ORDER BY id")
        ]


def test_a_backup_holds_everything_and_only_its_owner_reads_it(record, tmp_path):
    made = backup.make(record.path, tmp_path / "usb", key=None)
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.path.parent.stat().st_mode) == 0o700
    assert [one.name for one in (tmp_path / "usb").iterdir()] == [made.path.name]
    with tarfile.open(made.path) as tar:
        names = tar.getnames()
    assert names[:2] == ["TRACKER-BACKUP.txt", "tracker.db"]
    assert names[-1] == "manifest.json"
    assert len(names) == 5
    assert made.manifest["counts"]["detainees"] == 3
    with record.reading() as db:
        assert made.manifest["changeset"] == {"seq": 2, "hash": record.head(db).hash}


@pytest.mark.parametrize("encrypted", [False, True])
def test_a_restored_backup_is_the_record_with_its_evidence(record, tmp_path, keys, encrypted):
    key = Key([keys.public], None) if encrypted else None
    made = backup.make(record.path, tmp_path / "usb", key=key)
    there = tmp_path / "abroad" / "tracker.db"
    done = restore(made.path, there, identities=keys.identities)
    assert content(there) == content(record.path)
    assert (done.proved.evidence, done.proved.not_whole, done.proved.findings) == (2, [], [])
    proved(there)
    assert {Path(name).parts[0] for name in listed(there.parent)} == {"tracker.db", "evidence"}
    assert stat.S_IMODE(there.stat().st_mode) == 0o600


def test_an_encrypted_backup_opens_with_tar_and_age_alone(record, tmp_path, keys):
    made = backup.make(record.path, tmp_path, key=Key([keys.public], None))
    with tarfile.open(made.path) as tar:
        sealed = tar.extractfile("record.tar.age").read()
        assert b"age -d -i KEYFILE" in tar.extractfile("TRACKER-BACKUP.txt").read()
    import pyrage

    (tmp_path / "record.tar").write_bytes(pyrage.decrypt(sealed, keys.identities))
    with tarfile.open(tmp_path / "record.tar") as tar:
        assert tar.extractfile("tracker.db").read() == record.path.read_bytes()


def test_others_go_on_working_while_a_backup_is_made(record, tmp_path):
    script = """
import sys
from pathlib import Path
from tracker.store import Store
store = Store.open(Path(sys.argv[1]))
print("ready", flush=True)
for n in range(60):
    with store.writing("load") as change:
        for each in range(5):
            change.insert("detainees", {"name": f"Persona {n} {each}"})
"""
    with subprocess.Popen([sys.executable, "-c", script, record.path], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout.readline() == "ready\n"
        made = [backup.make(record.path, tmp_path / "usb", key=None) for _time in range(6)]
        assert writer.wait() == 0
    seen = []
    for number, each in enumerate(made):
        there = tmp_path / f"r{number}" / "tracker.db"
        restore(each.path, there)
        proved(there)
        seen.append(each.manifest["counts"]["detainees"])
    assert all((count - 3) % 5 == 0 for count in seen)
    assert seen == sorted(seen)


def test_keep_drops_the_oldest_of_this_record_and_nothing_else(record, tmp_path, keys):
    usb = tmp_path / "usb"
    first = [backup.make(record.path, usb, key=None).path for _time in range(3)]
    foreign = usb / first[0].name.replace("-c2", "-c1")
    foreign.write_bytes(b"a file of that name")
    Store.create(tmp_path / "other" / "tracker.db", {"zone": "UTC", "we": "Otros"})
    other = backup.make(tmp_path / "other" / "tracker.db", usb, key=None).path
    last = backup.make(record.path, usb, key=Key([keys.public], None), keep=2)
    assert last.dropped == first[:2]
    assert {one.name for one in usb.iterdir()} == {foreign.name, other.name, first[2].name, last.path.name}
    alone = backup.make(record.path, usb, key=None, keep=1)
    assert alone.path.exists()
    assert len(keeping.of_this(record.path, usb, backup.OURS)) == 3
    with pytest.raises(errors.BadValue):
        backup.make(record.path, usb, key=None, keep=0)


def test_evidence_that_is_not_whole_is_told_and_backed_up_as_it_is(record, tmp_path):
    with record.reading() as db:
        gone, altered = [row[0] for row in db.execute("SELECT sha256 FROM evidence ORDER BY size")]
    files.place(record.path, gone).unlink()
    files.place(record.path, altered).write_bytes(b"another")
    made = backup.make(record.path, tmp_path / "usb", key=None)
    assert sorted(made.not_whole) == sorted([gone, altered])
    done = restore(made.path, tmp_path / "there" / "tracker.db")
    assert sorted(done.proved.not_whole) == sorted([gone, altered])


@pytest.mark.parametrize("form", ["plain", "encrypted"])
def test_flipped_bits_are_refused_or_without_effect(record, tmp_path, keys, form):
    refused, harmless = flips(record, tmp_path, keys, form, 30)
    print(f"{form}: {refused} refused, {harmless} without effect")
    assert refused > 20


@pytest.mark.long
@pytest.mark.parametrize("form", ["plain", "encrypted"])
def test_a_thousand_flipped_bits(record, tmp_path, keys, form):
    refused, harmless = flips(record, tmp_path, keys, form, 1000)
    print(f"{form}: {refused} refused, {harmless} without effect")
    assert refused > 900


def flips(record, tmp_path, keys, form, count):
    made = backup.make(record.path, tmp_path / "usb", key=Key([keys.public], None) if form == "encrypted" else None)
    whole, chance = made.path.read_bytes(), random.Random(7)
    damaged, there = tmp_path / "damaged.tar", tmp_path / "there" / "tracker.db"
    refused = harmless = 0
    for _time in range(count):
        place, bit = chance.randrange(len(whole)), 1 << chance.randrange(8)
        damaged.write_bytes(whole[:place] + bytes([whole[place] ^ bit]) + whole[place + 1 :])
        try:
            restore(damaged, there, identities=keys.identities)
        except (errors.DiskTrouble, errors.NotOurs, errors.WrongKey):
            refused += 1
            assert listed(there.parent) == {}
        else:
            harmless += 1
            assert there.read_bytes() == record.path.read_bytes()
            shutil.rmtree(there.parent)
    return refused, harmless


@pytest.mark.parametrize("form", ["plain", "encrypted"])
def test_a_backup_cut_short_is_refused(record, tmp_path, keys, form):
    made = backup.make(record.path, tmp_path / "usb", key=Key([keys.public], None) if form == "encrypted" else None)
    whole, cut = made.path.read_bytes(), tmp_path / "cut.tar"
    for size in (0, 10, 512, 1024, 1536, len(whole) // 2, len(whole) - 1024 - 512, len(whole) - 5000):
        cut.write_bytes(whole[:size])
        with pytest.raises((errors.DiskTrouble, errors.NotOurs)):
            restore(cut, tmp_path / "there" / "tracker.db", identities=keys.identities)
        assert listed(tmp_path / "there") == {}


def test_a_record_there_is_replaced_only_when_asked_and_kept(record, tmp_path):
    made = backup.make(record.path, tmp_path / "usb", key=None)
    with record.writing("later") as change:
        change.insert("detainees", {"name": "Llegada Después"})
    later, before = content(record.path), listed(record.path.parent)
    with pytest.raises(errors.Refused, match="already something"):
        restore(made.path, record.path)

    def no(_proved):
        raise errors.Refused("no")

    with pytest.raises(errors.Refused, match="no"):
        restore(made.path, record.path, replace=no)
    assert listed(record.path.parent) == before
    done = restore(made.path, record.path, replace=lambda _proved: None)
    assert content(done.kept) == later
    assert done.kept.name.startswith("tracker.db.replaced-20")
    assert stat.S_IMODE(done.kept.stat().st_mode) == 0o600
    assert len(content(record.path)[1]) == 3
    proved(record.path)


def test_what_is_damaged_beyond_opening_can_be_replaced_and_is_kept(record, tmp_path):
    made = backup.make(record.path, tmp_path / "usb", key=None)
    before = content(record.path)
    spoilt = b"\0" * 100 + record.path.read_bytes()[100:]
    record.path.write_bytes(spoilt)
    record.path.with_name("tracker.db-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"x" * 2000)
    done = restore(made.path, record.path, replace=lambda _proved: None)
    assert done.kept.read_bytes() == spoilt
    assert not record.path.with_name("tracker.db-journal").exists()
    assert content(record.path) == before
    proved(record.path)


def test_a_backup_of_another_record_replaces_nothing(record, tmp_path):
    other = Store.create(tmp_path / "other" / "tracker.db", {"zone": "UTC", "we": "Otros"})
    made = backup.make(other.path, tmp_path / "usb", key=None)
    before = listed(record.path.parent)
    with pytest.raises(errors.Refused, match="another record"):
        restore(made.path, record.path, replace=lambda _proved: None)
    assert listed(record.path.parent) == before


def test_a_record_that_does_not_agree_with_its_log_is_taken_only_knowingly(record, tmp_path):
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(record.path)) as db:
        db.execute("UPDATE changes SET before = '{}' WHERE n = 1")
        db.execute("UPDATE changesets SET reason = 'another' WHERE seq = 2")
        db.commit()
    made = backup.make(record.path, tmp_path / "usb", key=None)
    there = tmp_path / "there" / "tracker.db"
    with pytest.raises(errors.Problems, match="does not agree"):
        restore(made.path, there)
    assert listed(there.parent) == {}
    assert restore(made.path, there, altered=True).proved.findings
    assert there.exists()


def test_a_backup_of_a_newer_version_is_refused_and_named(record, tmp_path):
    data = bytearray(record.path.read_bytes())
    data[60:64] = (SCHEMA_VERSION + 1).to_bytes(4, "big")
    newer = tmp_path / "newer.db"
    newer.write_bytes(data)
    with pytest.raises(errors.NotOurs, match=r"newer\.db was made by a newer tracker"):
        restore(newer, tmp_path / "there" / "tracker.db")
    assert listed(tmp_path / "there") == {}


def test_an_automatic_copy_is_restored_as_a_backup_is(record, tmp_path):
    [copy] = (record.path.parent / "backups").iterdir()
    there = tmp_path / "there" / "tracker.db"
    restore(copy, there)
    assert content(there) == content(record.path)


def test_a_copy_of_an_older_version_is_brought_up_to_this_one(tmp_path):
    import sqlite3
    from contextlib import closing

    old = tmp_path / "old.db"
    with closing(sqlite3.connect(old)) as db:
        db.executescript((Path(__file__).parents[1] / "store" / "version_1.sql").read_text(encoding="utf-8"))
    there = tmp_path / "there" / "tracker.db"
    restore(old, there)
    proved(there)
    assert list(listed(there.parent)) == ["tracker.db"]
    assert Store.open(there)


def test_keys_that_are_none_say_what_they_should_be(tmp_path, keys):
    for given in ("age1foo", "age1" + "q" * 58, "", str(keys.file)):
        with pytest.raises((errors.BadValue, OSError)):
            sealing.read_recipients([given])
    secret = keys.file.read_text().splitlines()[1]
    with pytest.raises(errors.BadValue) as told:
        sealing.Key([secret], None)
    assert secret not in told.value.message
    many = tmp_path / "keys.txt"
    many.write_text(f"# abroad\n{keys.public}\n\n{keys.public}\n")
    assert sealing.read_recipients([str(many), keys.public]) == [keys.public]
    many.write_text("no key\n")
    with pytest.raises(errors.BadValue) as told:
        sealing.read_identities(str(many))
    assert "no key\n" not in told.value.message


@pytest.mark.parametrize("weak", ["", "corta", "12345678901", "aaaaaaaaaaaaaaaa", "abcabcabcabcabc"])
def test_a_passphrase_that_is_easily_guessed_is_refused(weak):
    with pytest.raises(errors.Refused, match="too weak"):
        sealing.check_new(weak)
    sealing.check_new("cuatro palabras sin relación")


def test_what_is_in_a_file_cannot_lead_outside(record, tmp_path):
    """A backup made by a stranger: names that are not ours are not unpacked anywhere."""
    import io

    evil = tmp_path / "evil.tar"
    for name in ("../../evil", "/tmp/evil", "evidence/ab/../../../evil", "evidence/ab/evil", "copies/x"):
        with tarfile.open(evil, "w") as tar:
            for each, data in (("TRACKER-BACKUP.txt", b"note"), (name, b"evil")):
                info = tarfile.TarInfo(each)
                info.size = len(data)
                tar.addfile(info, io.BytesIO(data))
        with pytest.raises(errors.DiskTrouble, match="damaged"):
            restore(evil, tmp_path / "there" / "tracker.db")
    assert listed(tmp_path / "there") == {}
    assert unpacking.look(record.path) is None


def test_a_hostile_manifest_is_a_damaged_file(record, tmp_path):
    import hashlib
    import io
    import json

    data = record.path.read_bytes()
    parts = {"tracker.db": {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}}
    texts = [
        json.dumps({"parts": parts, "counts": []}),
        json.dumps({"parts": parts, "counts": {"detainees": 4}}),
        json.dumps({"parts": []}),
        json.dumps([parts]),
        "[" * 100_000,
        "",
    ]
    evil, there = tmp_path / "evil.tar", tmp_path / "there" / "tracker.db"
    for text in texts:
        body = f"{text}\n".encode()
        closed = body + hashlib.sha256(body).hexdigest().encode() + b"\n"
        with tarfile.open(evil, "w", format=tarfile.GNU_FORMAT) as tar:
            for name, content in (("TRACKER-BACKUP.txt", b"note"), ("tracker.db", data), ("manifest.json", closed)):
                info = tarfile.TarInfo(name)
                info.size = len(content)
                tar.addfile(info, io.BytesIO(content))
        with pytest.raises(errors.DiskTrouble, match="damaged"):
            restore(evil, there)
        backup.listed(record.path, tmp_path)
    assert listed(tmp_path / "there") == {}


def test_a_part_of_negative_size_is_refused(record, tmp_path):
    info = tarfile.TarInfo("tracker.db")
    header = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    header[124:136] = b"\xff" * 11 + b"\x00"  # -256, as GNU tar writes numbers that are no octal ones
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    note = tarfile.TarInfo("TRACKER-BACKUP.txt").tobuf(tarfile.GNU_FORMAT)
    evil = tmp_path / "evil.tar"
    evil.write_bytes(note + bytes(header) + bytes(4096))
    with pytest.raises(errors.DiskTrouble, match="damaged"):
        restore(evil, tmp_path / "there" / "tracker.db")
