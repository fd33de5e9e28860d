"""`backup`, `restore`, `lock`, `unlock` and `help` from the shell: the drill, the refusals, and passphrases nobody sees."""

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from every_command import LINES, OWN_DATABASE, WHOLE_FILES, line
from shell import Tracker

from tracker.safekeeping import backup, unpacking
from tracker.store import Store, proof

PHRASE = "cuatro palabras sin relación"
NAMES = ("Zoraida Piñango", "Ananías Querales", "Yubirí Ochoa")


@pytest.fixture
def case(tracker, tmp_path):
    """A record with evidence in a folder of its own."""
    folder = tmp_path / "case"
    folder.mkdir()
    shutil.move(tracker.database, folder / "tracker.db")
    made = Tracker(folder / "tracker.db")
    made.ok("source", "add", "Lista", "--slug", "lista-2026-01-12", "--published", "2026-01-12")
    for name in NAMES:
        made.ok("detainee", "add", name, "--detained-on", "2025-03-02", "-s", "lista-2026-01-12")
    made.ok("publish", NAMES[0], "named")
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.4 " + NAMES[1].encode() * 100)
    made.ok("source", "attach", "lista-2026-01-12", str(scan))
    return made


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    import pyrage

    identity = pyrage.x25519.Identity.generate()
    file = tmp_path_factory.mktemp("keys") / "key.txt"
    file.write_text(f"{identity}\n")
    return str(identity.to_public()), str(file)


def names_in(folder):
    needles = [word.encode() for name in NAMES for word in name.split()]
    found = (one for one in Path(folder).rglob("*") if one.is_file())
    return [one.name for one in found if any(needle in one.read_bytes() for needle in needles)]


def test_the_drill(case, keys, tmp_path):
    """Attached, backed up abroad, locked, taken by a thief, unlocked, spoilt, audited, restored, published."""
    public, secret = keys
    folder = case.database.parent
    [made] = case.ok("backup", str(tmp_path / "usb"), "--recipient", public).out.splitlines()
    case.ok("lock", "--recipient", public)
    shutil.copytree(folder, tmp_path / "thief")
    assert names_in(tmp_path / "thief") == names_in(tmp_path / "usb") == []
    assert [one.name for one in folder.iterdir()] == ["tracker.db.locked"]
    case.ok("unlock", "--identity", secret)
    assert {row["name"] for row in case.rows("remaining")} == set(NAMES)

    data = bytearray(case.database.read_bytes())
    place = data.index(b"Querales")
    data[place] ^= 1
    case.database.write_bytes(data)
    assert case("audit").code == 5

    ran = case("restore", made, "--identity", secret)
    assert ran.code == 3
    assert "--replace" in ran.err
    ran = case.ok("restore", made, "--identity", secret, "--replace", "--yes")
    assert ran.out.strip() == str(case.database)
    assert "Everything in it agrees with its change log." in ran.err
    assert len(list(folder.glob("tracker.db.replaced-*"))) == 1
    assert case("audit").code == 0
    assert {row["name"] for row in case.rows("remaining")} == set(NAMES)
    published = case.ok("remaining", "--public", "--csv").out
    assert NAMES[0] in published
    assert not any(word in published for name in NAMES[1:] for word in name.split())


def test_a_backup_says_what_it_holds_and_that_anybody_can_read_it(case):
    ran = case.ok("backup")
    path = Path(ran.out.strip())
    assert path.parent == case.database.parent / "backups"
    assert re.fullmatch(r"tracker-\d{4}-\d\d-\d\dT\d{4}-c\d+\.backup\.tar", path.name)
    assert "people 3" in ran.err
    assert "evidence files 1" in ran.err
    assert "It is not encrypted" in ran.err
    assert path.stat().st_mode & 0o777 == 0o600
    [row] = case.rows("backup", "--list")
    assert (row["file"], row["kind"], row["people"], row["evidence"]) == (path.name, "plain", "3", "1")
    path.write_bytes(path.read_bytes()[:-3000])
    [row] = case.rows("backup", "--list")
    assert row["kind"] == "damaged"


def test_keep_says_how_many_older_ones_went(case, tmp_path):
    for _time in range(3):
        case.ok("backup", str(tmp_path / "usb"))
    ran = case.ok("backup", str(tmp_path / "usb"), "--keep", "2")
    assert "2 older backups were removed." in ran.err
    assert len(list((tmp_path / "usb").iterdir())) == 2
    ran = case("backup", str(tmp_path / "usb"), "--keep", "0")
    assert (ran.code, len(list((tmp_path / "usb").iterdir()))) == (3, 2)


def test_evidence_that_is_missing_is_told_with_code_5_and_the_backup_is_there(case):
    [evidence] = (one for one in (case.database.parent / "evidence").rglob("*") if one.is_file())
    evidence.unlink()
    ran = case("backup")
    assert ran.code == 5
    assert Path(ran.out.strip()).exists()
    assert "1 evidence file is missing or altered" in ran.err


def test_every_other_command_says_that_the_record_is_locked(case, keys):
    case.ok("lock", "--recipient", keys[0])
    before = sorted(one.name for one in case.database.parent.iterdir())
    refs = {"unnamed": "P-000000", "claim": "K-000000", "case": "case", "edition": "edition"}
    tried = 0
    for name in LINES:
        if name in OWN_DATABASE | WHOLE_FILES or name in ("doctor", "edition verify", "edition list"):
            continue
        try:
            words = line(name, refs)
        except KeyError:
            words = name.split()
        ran = case(*words)
        if ran.code in (2, 3) and "locked" not in ran.err:
            continue  # refused for what its line says, before any record is opened
        assert ran.code == 12, (name, ran)
        assert "is locked" in ran.err, (name, ran)
        assert "tracker unlock" in ran.err, (name, ran)
        tried += 1
    assert tried > 40
    for words in (("backup",), ("init", "--country", "VE", "--zone", "America/Caracas")):
        ran = case(*words)
        assert ran.code == 12, ran
    assert sorted(one.name for one in case.database.parent.iterdir()) == before
    assert "already" not in case.ok("unlock", "--identity", keys[1]).err


def test_a_locked_record_is_found_where_a_plain_one_would_be(case, keys, tmp_path, monkeypatch):
    data = tmp_path / "work" / "data"
    data.mkdir(parents=True)
    shutil.copy(case.database, data / "tracker.db")
    (data.parent / "deep").mkdir()
    monkeypatch.chdir(data.parent / "deep")
    anywhere = {"TRACKER_DB": ""}
    case.ok("lock", "--recipient", keys[0], env=anywhere)
    assert (data / "tracker.db.locked").exists()
    assert case("remaining", env=anywhere).code == 12
    case.ok("unlock", "--identity", keys[1], env=anywhere)
    assert (data / "tracker.db").exists()


def test_wrong_keys_are_told_with_code_12(case, keys, tmp_path):
    import pyrage

    other = tmp_path / "other.txt"
    other.write_text(f"{pyrage.x25519.Identity.generate()}\n")
    made = case.ok("backup", "--recipient", keys[0]).out.strip()
    case.ok("lock", "--recipient", keys[0])
    for words in (("unlock", "--identity", str(other)), ("unlock",), ("restore", made, "--to", "x.db", "--identity", str(other)),
                  ("restore", made, "--to", "x.db")):  # fmt: skip
        ran = case(*words)
        assert (ran.code, ran.out) == (12, ""), ran
        assert len(ran.err.strip().splitlines()) == 2
    assert not Path("x.db").exists()


@pytest.mark.parametrize("words", [("backup",), ("lock",), ("unlock",), ("restore", "nothing.tar")])
def test_nothing_there_is_told(tracker, tmp_path, words):
    tracker.database.unlink()
    ran = tracker(*words)
    assert ran.code == (13 if words[0] == "restore" else 10), ran
    assert "Traceback" not in ran.err
    assert [one.name for one in tmp_path.iterdir()] == []


@pytest.mark.parametrize(
    "words",
    [
        ("restore", "text.txt", "--to", "x.db"),
        ("restore", ".", "--to", "x.db"),
        ("restore", "", "--to", "x.db"),
        ("restore", "a\0b", "--to", "x.db"),
        ("restore", "text.txt", "--to", ""),
        ("backup", ""),
        ("backup", "text.txt"),
        ("backup", "--recipient", "age1nonsense"),
        ("backup", "--recipient", "x" * 10_000),
        ("backup", "--passphrase"),
        ("backup", "--passphrase-fd", "77"),
        ("backup", "--passphrase-fd", "-1"),
        ("backup", "--passphrase-fd", "99999999999999999999"),
        ("lock",),
        ("lock", "--recipient", "\u202eage1"),
        ("unlock", "--identity", "text.txt"),
        ("unlock", "--identity", "\x1b[31m"),
        ("help", "nonsense\x1b[2J"),
    ],
)
def test_what_cannot_be_is_refused_in_words_with_nothing_changed(case, tmp_path, words):
    (tmp_path / "text.txt").write_text("Ana\n")
    before = case.database.read_bytes()
    ran = case(*words)
    assert ran.code in (2, 3, 10, 13), ran
    assert ran.out == ""
    assert 1 <= len(ran.err.strip().splitlines()) <= 4, ran
    assert "should not have" not in ran.err
    assert not re.search("[\x00-\x09\x0b-\x1f\u202a-\u202e]", ran.err)
    assert case.database.read_bytes() == before
    assert not (tmp_path / "x.db").exists()
    assert not (case.database.parent / "backups").exists()


def test_a_secret_key_given_for_a_public_one_is_not_repeated(case, keys):
    secret = Path(keys[1]).read_text().strip()
    ran = case("backup", "--recipient", secret)
    assert ran.code in (3, 13)
    assert secret[16:] not in ran.err + ran.out


def test_help_security_says_what_a_lock_does_not_do(tracker):
    page = " ".join(tracker.ok("help", "security").out.split())
    for said in ("Encrypt the whole disk first", "SSDs", "swap, hibernation", "no way back in without it"):
        assert said in page
    assert "security" in tracker.ok("help").out
    assert tracker("help", "me").code == 3


def run(case, *words, descriptor=None, **more):
    env = {**os.environ, "TRACKER_DB": str(case.database), "LANG": "C.UTF-8", "TRACKER_ACTOR": "tester"}
    passed = {"pass_fds": (descriptor,)} if descriptor is not None else {}
    return subprocess.Popen([sys.executable, "-m", "tracker", *words], env=env, **passed, **more)


def test_the_passphrase_is_nowhere_to_be_seen(case, tmp_path):
    """Neither in the arguments or environment of the process, nor in what it prints, nor in any file; weak ones go nowhere."""
    end, start = os.pipe()
    with run(
        case, "lock", "--passphrase-fd", str(end), descriptor=end, stderr=subprocess.PIPE, stdout=subprocess.PIPE
    ) as worker:
        os.close(end)
        proc = Path(f"/proc/{worker.pid}")
        shown = b"".join((proc / name).read_bytes() for name in ("cmdline", "environ")) if proc.exists() else b""
        os.write(start, f"{PHRASE}\n".encode())
        os.close(start)
        out, err = worker.communicate(timeout=120)
    assert worker.returncode == 0, err
    everything = shown + out + err + b"".join(one.read_bytes() for one in tmp_path.rglob("*") if one.is_file())
    assert "relación".encode() not in everything
    assert names_in(case.database.parent) == []
    weak, start = os.pipe()
    os.write(start, b"corta\n")
    os.close(start)
    ran = Tracker(tmp_path / "case2.db")("lock", "--passphrase-fd", str(weak), "--db", str(case.database))
    os.close(weak)
    assert "The record is locked" in ran.err, "already locked: nothing was asked"


def test_a_weak_passphrase_is_refused_and_nothing_locked(case):
    before = case.database.read_bytes()
    for weak in ("corta", "aaaaaaaaaaaaaaa"):
        end, start = os.pipe()
        os.write(start, f"{weak}\n".encode())
        os.close(start)
        ran = case("lock", "--passphrase-fd", str(end))
        os.close(end)
        assert ran.code == 3
        assert "too weak" in ran.err
        assert weak not in ran.err
    assert case.database.read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
def test_on_a_terminal_it_is_asked_for_twice_and_not_shown(case):
    import pexpect

    env = {**os.environ, "TRACKER_DB": str(case.database), "LANG": "C.UTF-8"}
    asked = pexpect.spawn(sys.executable, ["-m", "tracker", "lock"], env=env, encoding="utf-8", timeout=60)
    asked.expect("New passphrase: ")
    asked.sendline(PHRASE)
    asked.expect("The same again: ")
    asked.sendline(PHRASE + "x")
    asked.expect("The two are not the same")
    asked.expect(pexpect.EOF)
    asked.close()
    assert asked.exitstatus == 3
    assert "palabras" not in (asked.before or "")
    assert case.database.exists()
    before = case.database.read_bytes()
    for word, questions in (("lock", ("New passphrase: ", "The same again: ")), ("unlock", ("Passphrase: ",))):
        asked = pexpect.spawn(sys.executable, ["-m", "tracker", word], env=env, encoding="utf-8", timeout=60)
        for question in questions:
            asked.expect(question)
            asked.sendline(PHRASE)
        asked.expect(pexpect.EOF)
        asked.close()
        assert asked.exitstatus == 0
        assert "palabras" not in asked.before
        assert case.database.exists() == (word == "unlock")
    assert case.database.read_bytes() == before


# Kills at random moments: of the program itself, from outside


def whole(case, keys, before, *, backing_up=False):
    """Insist that the record is there, plain or locked; return it plain, as it was."""
    _public, secret = keys
    case.ok("unlock", "--identity", secret)  # also where it is plain: what was left is cleaned up
    with Store.open(case.database).reading() as db:
        assert proof.verify(db).findings == []
    assert case.database.read_bytes() == before
    left = [one for one in case.database.parent.rglob(".*") if not (backing_up and one.name.endswith(".part"))]
    assert left == []


def kills(case, keys, command, count):
    public, secret = keys
    case.ok("backup")
    before = case.database.read_bytes()
    usb = case.database.parent.parent / "usb"
    words = {"backup": ("backup", str(usb), "--recipient", public), "lock": ("lock", "--recipient", public),
             "unlock": ("unlock", "--identity", secret)}[command]  # fmt: skip
    if command == "unlock":
        case.ok("lock", "--recipient", public)
    began = time.monotonic()
    assert run(case, *words, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL).wait() == 0
    lasts = time.monotonic() - began
    chance, killed = random.Random(9), 0
    for _time in range(count):
        whole(case, keys, before, backing_up=command == "backup")
        if command == "unlock":
            case.ok("lock", "--recipient", public)
        worker = run(case, *words, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        time.sleep(chance.uniform(lasts * 0.3, lasts * 1.05))
        worker.send_signal(signal.SIGKILL)
        killed += worker.wait() == -signal.SIGKILL
        # What the next lock or unlock says is part of the same promise.
        if command == "lock":
            case.ok("lock", "--recipient", public)
            assert [one.name for one in case.database.parent.rglob("*")] == ["tracker.db.locked"]
    if command == "backup":
        case.ok("lock", "--recipient", public)  # what a backup that was killed had opened to count goes, too
        assert [one.name for one in case.database.parent.rglob("*")] == ["tracker.db.locked"]
    whole(case, keys, before)
    for one in usb.glob("*.tar") if usb.exists() else ():
        assert backup.record_of(one)
        found = unpacking.look(one)
        from tracker.safekeeping.sealing import read_identities

        assert unpacking.read(found, read_identities(secret))["counts"]["detainees"] == 3
    print(f"{command}: killed {killed} of {count} times")
    assert killed > count // 4


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
@pytest.mark.parametrize("command", ["backup", "lock", "unlock"])
def test_five_kills_leave_it_before_or_after(case, keys, command):
    kills(case, keys, command, 5)


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
@pytest.mark.parametrize("command", ["backup", "lock", "unlock"])
def test_two_hundred_kills_leave_it_before_or_after(case, keys, command):
    kills(case, keys, command, 200)
